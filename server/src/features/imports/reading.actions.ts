// Background work: reads an uploaded file, puts its good rows in waiting, notes what is wrong, and finds out what storing the
// rows would change. One transaction: a killed server leaves nothing of it.
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { levelsAsked } from '@khuevan/core/records/kinds.ts';
import { now, today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { openFile } from '#platform/files.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Secrets } from '#platform/secrets.ts';
import { takeOutDuplicates } from './duplicates.queries.ts';
import { bookkeeping, endUnfinished } from './import-endings.actions.ts';
import { type ImportJob, NothingToDo, type WorkParts } from './import-parts.ts';
import {
  changeImport,
  findImport,
  type ImportRow,
  readSchoolsInScope,
  readUnit,
  showProgress,
} from './imports.queries.ts';

import { matchAll } from './matching.actions.ts';
import { countMatches } from './matching.queries.ts';
import type { FileHead, ReadingPlan, RowBatch } from './reading-plan.ts';
import { readAside } from './reading.thread.ts';
import { readContexts } from './rule-contexts.queries.ts';
import {
  addFindings,
  clearStaging,
  type ImportKey,
  lockImport,
  narrowToUnit,
  planForMany,
  readRowType,
  stageRows,
  type SchoolRows,
  stagedSchools,
} from './staging.queries.ts';
import { type StagingShape, stagingShape } from './staging-shape.ts';

/** As often as a page asks. */
const progressMs = 1000;

export async function readImportFile(parts: WorkParts, job: ImportJob): Promise<void> {
  const { database } = parts;
  const key: ImportKey = { unitId: job.unitId, id: job.importId };
  try {
    await database.write(job.actor, job.unitId, 'records.write', 'imports.read', async ({ tx, audit }) => {
      await lockImport(tx, key);
      const found = await findImport(tx, key);
      if (!found || (found.state !== 'waiting' && found.state !== 'reading')) throw new NothingToDo();
      audit.subjectKind = 'import';
      audit.subjectId = key.id;
      audit.detail = await readInto(parts, job, tx, key, found);
    });
  } catch (error) {
    await endUnfinished(parts, job, error);
  }
}

async function readInto(
  parts: WorkParts,
  job: ImportJob,
  tx: Tx,
  key: ImportKey,
  found: ImportRow,
): Promise<Record<string, unknown>> {
  const aside = bookkeeping(parts, job);
  await aside((other) => changeImport(other, key, { state: 'reading', rows_read: 0, rows_total: null }));
  const plan = await planReading(tx, found);
  const file = await openFile(parts.secrets, aside, key.unitId, found.file_id);
  await narrowToUnit(tx, key.unitId);
  await planForMany(tx);
  await clearStaging(tx, key, { findings: true });
  const reading = new Reading(tx, key, plan, parts.secrets, (rows, share) =>
    aside((other) => showProgress(other, key, rows, Math.max(rows, Math.round(rows / Math.max(share, 0.01))))),
  );
  for await (const item of readAside(file.source, plan))
    await (item.type === 'head' ? reading.begin(item) : reading.take(item));
  await reading.finish();
  return finishReading(tx, job, key, found, reading);
}

async function planReading(tx: Tx, found: ImportRow): Promise<ReadingPlan> {
  const unit = (await readUnit(tx, found.unit_id))!;
  const schools = await readSchoolsInScope(tx);
  const contexts = await readContexts(tx, found.kind as RecordKindName, schools, found.school_year, today());
  return {
    kind: found.kind as RecordKindName,
    schoolYear: found.school_year,
    unitCode: unit.code,
    isOffice: unit.kind !== 'school',
    levels: levelsAsked(unit),
    schools: schools.map(({ id, code }) => ({ id, code, context: contexts.get(id)! })),
    rowType: await readRowType(tx, found.kind as RecordKindName),
  };
}

/** Takes the batches of one file into the database: while one is being stored, the numbers of the next are encrypted. */
class Reading {
  rows = 0;
  bad = 0;
  mayRepeat = false;
  rowsOfSchools: ReadonlyMap<string, number> = new Map();
  shape: StagingShape | undefined;
  sheets: Record<number, string> = {};
  private readonly tx: Tx;
  private readonly key: ImportKey;
  private readonly plan: ReadingPlan;
  private readonly secrets: Secrets;
  private readonly tell: (rows: number, share: number) => Promise<void>;
  private told = performance.now();
  private storing: Promise<void> = Promise.resolve();

  constructor(
    tx: Tx,
    key: ImportKey,
    plan: ReadingPlan,
    secrets: Secrets,
    tell: (rows: number, share: number) => Promise<void>,
  ) {
    this.tx = tx;
    this.key = key;
    this.plan = plan;
    this.secrets = secrets;
    this.tell = tell;
  }

  async begin(head: FileHead): Promise<void> {
    this.shape = stagingShape(this.plan.kind, head.fields);
    this.sheets = head.sheets;
    await addFindings(this.tx, this.key, head.ignored);
  }

  async take(batch: RowBatch): Promise<void> {
    this.secrets.seal(batch.pins, batch.rows, batch.pinPlaces);
    await this.storing;
    this.rows += batch.rowsRead;
    this.bad += batch.rowsBad;
    this.mayRepeat = batch.mayRepeat;
    this.rowsOfSchools = batch.rowsOfSchools;
    this.storing = this.store(batch);
    // Heard at the next await; until then it must not count as unheard.
    this.storing.catch(() => undefined);
    if (performance.now() - this.told < progressMs) return;
    this.told = performance.now();
    await this.tell(this.rows, batch.share);
  }

  async finish(): Promise<void> {
    await this.storing;
  }

  private async store(batch: RowBatch): Promise<void> {
    await stageRows(this.tx, this.key, this.shape!, batch, this.plan.rowType);
    batch.giveBack?.();
    await addFindings(this.tx, this.key, batch.findings);
  }
}

/** As the database orders ids. */
const inOrder = (rowsOfSchools: ReadonlyMap<string, number>): SchoolRows[] =>
  [...rowsOfSchools].map(([id, rows]) => ({ id, rows })).toSorted((a, b) => (a.id < b.id ? -1 : 1));

async function finishReading(
  tx: Tx,
  job: ImportJob,
  key: ImportKey,
  found: ImportRow,
  reading: Reading,
): Promise<Record<string, unknown>> {
  const { shape, sheets, rows, bad } = reading;
  if (!shape) throw new ProblemError('internal');
  const repeated = reading.mayRepeat ? await takeOutDuplicates(tx, key, shape, sheets) : 0;
  const schools = repeated > 0 ? await stagedSchools(tx, key, shape) : inOrder(reading.rowsOfSchools);
  await matchAll(tx, { key, shape, schoolYear: found.school_year, sheets }, schools, {
    references: false,
    registry: true,
    warnings: true,
  });
  const { add, change, leave, none } = await countMatches(tx, key, schools);
  const rowsBad = bad + repeated + none;
  await changeImport(tx, key, {
    state: 'ready',
    fields: shape.columns.map((column) => column.key),
    sheets: JSON.stringify(sheets),
    schools: JSON.stringify(schools),
    persons_repeat: reading.mayRepeat,
    rows_read: rows,
    rows_total: rows,
    rows_good: rows - rowsBad,
    rows_bad: rowsBad,
    to_add: add,
    to_change: change,
    to_leave: leave,
    finished_at: now(),
  });
  if (rowsBad > 0) await enqueue(tx, 'imports.mark', { ...job }, `mark:${key.id}`);
  return {
    kind: found.kind,
    schoolYear: found.school_year,
    file: found.file_name,
    sha256: found.file_sha256,
    rows,
    rowsBad,
  };
}
