// Background work: stores the waiting rows, in one transaction with its audit entry. What the rows mean is found out again
// under the schools' locks, so that two imports at once, or the same file twice, store nothing twice.
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { codePattern } from '#features/records';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { enqueue } from '#platform/jobs.ts';
import { isRace } from '#platform/passing-faults.ts';
import {
  type Applying,
  insertPersons,
  insertRecords,
  registerImported,
  updatePersons,
  updateRecords,
} from './applying.queries.ts';
import { endUnfinished } from './import-endings.actions.ts';
import { type ImportJob, NothingToDo, type WorkParts } from './import-parts.ts';
import { changeImport, findImport, type ImportRow, readSchoolsInScope, type SchoolRow } from './imports.queries.ts';
import { groupsOf, matchAll } from './matching.actions.ts';
import { countMatches, forgetMatches, type MatchCounts } from './matching.queries.ts';
import {
  type ImportKey,
  lockImport,
  lockSchools,
  planAsUsual,
  planForMany,
  narrowToSchools,
  narrowToUnit,
  stagedSchools,
} from './staging.queries.ts';
import { stagingShape } from './staging-shape.ts';

/** Somebody stored the same record between the comparison and the writing; comparing again will see it. */
const mostAttempts = 3;

export async function applyImportFile(parts: WorkParts, job: ImportJob): Promise<void> {
  const { database } = parts;
  const key: ImportKey = { unitId: job.unitId, id: job.importId };
  try {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await database.write(job.actor, job.unitId, 'records.write', 'imports.apply', async ({ tx, audit }) => {
          await lockImport(tx, key);
          const found = await findImport(tx, key);
          if (found?.state !== 'applying') throw new NothingToDo();
          audit.subjectKind = 'import';
          audit.subjectId = key.id;
          audit.detail = await applyRows(tx, job, key, found);
        });
        return;
      } catch (error) {
        if (!isRace(error) || attempt === mostAttempts) throw error;
      }
    }
  } catch (error) {
    await endUnfinished(parts, job, error);
  }
}

async function applyRows(tx: Tx, job: ImportJob, key: ImportKey, found: ImportRow): Promise<Record<string, unknown>> {
  const shape = stagingShape(found.kind as RecordKindName, found.fields);
  const reachable = await readSchoolsInScope(tx);
  await narrowToUnit(tx, key.unitId);
  const schools = await stagedSchools(tx, key, shape);
  const known = new Map(reachable.map((school) => [school.id, school]));
  if (!schools.every((school) => known.has(school.id))) throw new ProblemError('forbidden');
  await lockSchools(
    tx,
    schools.map((school) => school.id),
  );
  await forgetMatches(tx, key);
  await matchAll(
    tx,
    { key, shape, schoolYear: found.school_year, sheets: found.sheets as Record<number, string> },
    schools,
    { withWarnings: false },
  );
  const counts = await countMatches(tx, key, shape);
  const file = {
    kind: found.kind,
    schoolYear: found.school_year,
    file: found.file_name,
    sha256: found.file_sha256,
    mode: found.mode,
  };
  const rowsBad = found.rows_read - counts.waiting + counts.none;
  if (found.mode === 'all' && rowsBad > 0) {
    await changeImport(tx, key, {
      ...shown(counts),
      state: 'ready',
      mode: null,
      rows_good: found.rows_read - rowsBad,
      rows_bad: rowsBad,
    });
    return { ...file, stored: false, rowsBad };
  }
  const applying: Applying = { key, shape, schoolYear: found.school_year };
  await planForMany(tx);
  for (const group of groupsOf(schools)) await storeGroup(tx, applying, group, known);
  await planAsUsual(tx);
  await changeImport(tx, key, {
    ...shown(counts),
    state: 'applied',
    rows_good: found.rows_read - rowsBad,
    rows_bad: rowsBad,
    finished_at: now(),
  });
  await enqueue(tx, 'imports.tidy', { ...job }, `tidy:${key.id}`);
  return {
    ...file,
    stored: true,
    added: counts.add,
    changed: counts.change,
    left: counts.leave,
    rowsBad,
    schools: schools.length,
  };
}

const shown = (counts: MatchCounts) => ({ to_add: counts.add, to_change: counts.change, to_leave: counts.leave });

/** Changes first: a spell that the file ends makes room for the one that follows it. */
async function storeGroup(tx: Tx, applying: Applying, group: string[], known: Map<string, SchoolRow>): Promise<void> {
  const { shape } = applying;
  await narrowToSchools(tx, group);
  if (shape.person) await updatePersons(tx, applying, group);
  await updateRecords(tx, applying, group);
  if (shape.person)
    await insertPersons(
      tx,
      applying,
      group,
      group.map((schoolId) => ({ schoolId, ...codePattern(known.get(schoolId)!.code, shape.kind.name) })),
    );
  await insertRecords(tx, applying, group);
  await registerImported(tx, applying, group);
}
