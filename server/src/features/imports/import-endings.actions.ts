// How work on an import ends when it does not end well.
import { ProblemError } from '@khuevan/core/problems.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import type { InScope } from '#platform/files.ts';
import { isPassing } from '#platform/passing-faults.ts';
import { asProblem } from '#platform/problems.ts';
import { type ImportJob, NothingToDo, type WorkParts } from './import-parts.ts';
import { changeImport, findImport } from './imports.queries.ts';

/** Short transactions beside the long one: progress and states that others should see at once. */
export function bookkeeping({ database }: WorkParts, job: ImportJob): InScope {
  return <T>(work: (tx: Tx) => Promise<T>) =>
    database.read(job.actor, job.unitId, 'records.write', ({ tx }) => work(tx));
}

const unfinished = ['waiting', 'reading', 'applying'];

/** A file that is refused is an answer; a fault that may pass is tried again; any other ends the import. */
export async function endUnfinished(parts: WorkParts, job: ImportJob, error: unknown): Promise<void> {
  if (error instanceof NothingToDo) return;
  if (isPassing(error)) throw error;
  const problem = asProblem(error);
  const isRefusal = error instanceof ProblemError && error.code === 'file_refused';
  const key = { unitId: job.unitId, id: job.importId };
  await bookkeeping(
    parts,
    job,
  )(async (tx) => {
    const found = await findImport(tx, key);
    if (found && unfinished.includes(found.state))
      await changeImport(tx, key, {
        state: isRefusal ? 'refused' : 'failed',
        refusal: problem.text,
        finished_at: now(),
      });
  });
  // The worker's log shows what nobody foresaw.
  if (problem.code === 'internal') throw error;
}
