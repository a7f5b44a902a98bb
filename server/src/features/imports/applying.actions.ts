// Background work: stores the waiting rows. What they mean is found out again under the schools' locks, so that two imports at
// once, or the same file twice, store nothing twice. One transaction with its audit entry; a large import of many schools is
// shared with a branch of it, which becomes real with the first or not at all.
import { ProblemError } from '@khuevan/core/problems.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { codePattern } from '#features/records';
import { canBranch, openBranch, settleBranch, type Branch, type BranchScope } from '#platform/branch.ts';
import { now } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import { enqueue } from '#platform/jobs.ts';
import { isRace } from '#platform/passing-faults.ts';
import {
  type Applying,
  type CodePattern,
  addRecords,
  registerKnown,
  storeNewRows,
  updatePersons,
  updateRecords,
} from './applying.queries.ts';
import { bookkeeping, endUnfinished } from './import-endings.actions.ts';
import { type ImportJob, NothingToDo, type WorkParts } from './import-parts.ts';
import { changeImport, findImport, type ImportRow, readSchoolsInScope, type SchoolRow } from './imports.queries.ts';
import { groupsOf, matchAll } from './matching.actions.ts';
import { countMatches, forgetMatches, hasMatchedRows, hasRefusedRows, type MatchCounts } from './matching.queries.ts';
import {
  type ImportKey,
  lockImport,
  lockSchools,
  narrowToSchools,
  narrowToUnit,
  planForMany,
  type SchoolRows,
} from './staging.queries.ts';
import { stagingShape } from './staging-shape.ts';

/** Somebody stored the same record between the comparison and the writing; comparing again will see it. */
const mostAttempts = 3;
/** Fewer rows are not worth a second transaction. */
const rowsToShare = 20_000;
const earlierPart = 0.48;

export async function applyImportFile(parts: WorkParts, job: ImportJob): Promise<void> {
  try {
    await settleImport(parts, job);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await applyOnce(parts, job, attempt);
        return;
      } catch (error) {
        if (!isRace(error) || attempt === mostAttempts) throw error;
      }
    }
  } catch (error) {
    await endUnfinished(parts, job, error);
  }
}

/** A branch that a killed server left waiting is ended as its import was decided. Whoever is at work holds the lock. */
export async function settleImport(parts: WorkParts, job: ImportJob): Promise<void> {
  const key: ImportKey = { unitId: job.unitId, id: job.importId };
  const found = await bookkeeping(
    parts,
    job,
  )(async (tx) => {
    await lockImport(tx, key);
    return findImport(tx, key);
  });
  await settleBranch(parts.database, key.id, found?.state === 'applied');
}

async function applyOnce(parts: WorkParts, job: ImportJob, attempt: number): Promise<void> {
  const { database } = parts;
  const key: ImportKey = { unitId: job.unitId, id: job.importId };
  let branch: Branch | undefined;
  try {
    await database.write(job.actor, job.unitId, 'records.write', 'imports.apply', async (writing) => {
      const { tx, audit } = writing;
      await lockImport(tx, key);
      const found = await findImport(tx, key);
      if (found?.state !== 'applying') throw new NothingToDo();
      const plan = await planApplying(parts, writing, key, found, attempt);
      audit.subjectKind = 'import';
      audit.subjectId = key.id;
      if (plan.shares.length > 1) branch = await openBranch(database, scopeOf(job, audit.id), key.id);
      try {
        audit.detail = await applyShares(job, plan, found, branch ? [tx, branch.tx] : [tx]);
        await branch?.prepare();
      } catch (error) {
        await branch?.abandon();
        branch = undefined;
        throw error;
      }
    });
  } catch (error) {
    // Whether the first transaction was committed is not for us to guess: its connection may be what failed.
    if (branch) await settleImport(parts, job);
    throw error;
  }
  await branch?.commit();
}

const scopeOf = (job: ImportJob, auditId: string): BranchScope => ({
  actor: job.actor,
  unitId: job.unitId,
  permission: 'records.write',
  auditId,
});

type Schools = SchoolRows[];

interface ApplyPlan {
  applying: Applying;
  known: Map<string, SchoolRow>;
  /** Schools of each transaction. */
  shares: Schools[];
  isDoubtful: boolean;
  sheets: Record<number, string>;
}

async function planApplying(
  { database }: WorkParts,
  { tx }: Writing,
  key: ImportKey,
  found: ImportRow,
  attempt: number,
): Promise<ApplyPlan> {
  const shape = stagingShape(found.kind as RecordKindName, found.fields);
  const known = new Map((await readSchoolsInScope(tx)).map((school) => [school.id, school]));
  await narrowToUnit(tx, key.unitId);
  const schools = found.schools as unknown as SchoolRows[];
  if (!schools.every((school) => known.has(school.id))) throw new ProblemError('forbidden');
  // The database itself refuses what refers to nothing or is in use elsewhere; only then is it worth finding out which rows.
  const isDoubtful = attempt > 1 || (await hasRefusedRows(tx, key));
  const rows = schools.reduce((sum, school) => sum + school.rows, 0);
  const isShared = !isDoubtful && rows >= rowsToShare && schools.length > 1 && (await canBranch(database));
  return {
    applying: { key, shape, schoolYear: found.school_year },
    known,
    shares: isShared ? halvesOf(schools, rows) : [schools],
    isDoubtful,
    sheets: found.sheets as Record<number, string>,
  };
}

/**
 * Two runs of schools; both keep the order in which schools are locked. The later schools get some more: where nothing lies behind
 * them, as in a first import, an index grows at its end, and that is a sixth faster than in its midst.
 */
function halvesOf(schools: Schools, rows: number): Schools[] {
  let before = 0;
  const middle = schools.findIndex((school) => (before += school.rows) >= rows * earlierPart);
  return [schools.slice(0, middle + 1), schools.slice(middle + 1)].filter((share) => share.length > 0);
}

async function applyShares(
  job: ImportJob,
  plan: ApplyPlan,
  found: ImportRow,
  transactions: Tx[],
): Promise<Record<string, unknown>> {
  const { applying, shares } = plan;
  const [tx] = transactions as [Tx];
  for (const [index, share] of shares.entries()) await beginShare(transactions[index]!, applying.key, share);
  const compared = await together(shares.map((share, index) => compareShare(transactions[index]!, plan, share)));
  const counts = total(compared);
  const rowsBad = found.rows_read - counts.waiting + counts.none;
  const shown = {
    to_add: counts.add,
    to_change: counts.change,
    to_leave: counts.leave,
    rows_good: found.rows_read - rowsBad,
    rows_bad: rowsBad,
  };
  const { kind, school_year: schoolYear, file_name: file, file_sha256: sha256, mode } = found;
  const said = { kind, schoolYear, file, sha256, mode, rowsBad };
  if (mode === 'all' && rowsBad > 0) {
    await changeImport(tx, applying.key, { ...shown, state: 'ready', mode: null });
    return { ...said, stored: false };
  }
  await together(shares.map((share, index) => storeShare(transactions[index]!, plan, share, compared[index]!)));
  await changeImport(tx, applying.key, { ...shown, state: 'applied', finished_at: now() });
  await enqueue(tx, 'imports.tidy', { ...job }, `tidy:${applying.key.id}`);
  const schools = shares.reduce((sum, share) => sum + share.length, 0);
  return { ...said, stored: true, added: counts.add, changed: counts.change, left: counts.leave, schools };
}

/** All are awaited even when one fails: a transaction is not ended while it is at work. */
async function together<T>(works: Promise<T>[]): Promise<T[]> {
  const outcomes = await Promise.allSettled(works);
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason as Error;
  return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<T>).value);
}

const idsOf = (schools: Schools) => schools.map((school) => school.id);

async function beginShare(tx: Tx, key: ImportKey, share: Schools): Promise<void> {
  await narrowToUnit(tx, key.unitId);
  await planForMany(tx);
  await lockSchools(tx, idsOf(share));
}

async function compareShare(tx: Tx, { applying, isDoubtful, sheets }: ApplyPlan, share: Schools): Promise<MatchCounts> {
  const look = { references: isDoubtful, registry: isDoubtful, warnings: false };
  await forgetMatches(tx, applying.key, idsOf(share));
  await matchAll(tx, { ...applying, sheets }, share, look);
  return countMatches(tx, applying.key, share);
}

function total(parts: readonly MatchCounts[]): MatchCounts {
  const sum = (key: keyof MatchCounts) => parts.reduce((all, part) => all + part[key], 0);
  return {
    waiting: sum('waiting'),
    unmatched: sum('unmatched'),
    add: sum('add'),
    change: sum('change'),
    leave: sum('leave'),
    none: sum('none'),
  };
}

/** Changes first: a spell that the file ends makes room for the one that follows it. */
async function storeShare(
  tx: Tx,
  { applying, known }: ApplyPlan,
  share: Schools,
  { unmatched }: MatchCounts,
): Promise<void> {
  const schools = idsOf(share);
  if (await hasMatchedRows(tx, applying.key, schools))
    for (const group of groupsOf(share)) await storeMatched(tx, applying, group);
  await narrowToSchools(tx, schools);
  const stored = await storeNewRows(tx, applying, schools, patternsOf(schools, known, applying.shape.kind.name));
  // What waited is not what was read: nothing of it is stored.
  if (stored !== unmatched) throw new Error(`${stored} rows instead of ${unmatched}`);
}

async function storeMatched(tx: Tx, applying: Applying, group: string[]): Promise<void> {
  await narrowToSchools(tx, group);
  if (applying.shape.person) await updatePersons(tx, applying, group);
  await updateRecords(tx, applying, group);
  await addRecords(tx, applying, group);
  await registerKnown(tx, applying, group);
}

function patternsOf(group: readonly string[], known: Map<string, SchoolRow>, kind: RecordKindName): CodePattern[] {
  return group.map((schoolId) => ({ schoolId, ...codePattern(known.get(schoolId)!.code, kind) }));
}
