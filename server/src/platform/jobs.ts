// Background work. Jobs are queued inside the writing transaction and run by whichever instance is free.
import { Logger, parseCronItems, run, type Runner, type Task } from 'graphile-worker';
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { Log } from './log.ts';

/** Queues a job; it becomes visible when the transaction commits. The same `key` replaces a job that has not begun. */
export async function enqueue(tx: Tx, task: string, payload: Record<string, unknown>, key?: string): Promise<void> {
  await sql`select enqueue_job(${task}, ${JSON.stringify(payload)}::json, ${key ?? null})`.execute(tx);
}

/** 7:00 in Vietnam. What was missed within half a day is made up for. */
const everyMorning = { match: '0 0 * * *', options: { maxAttempts: 3, backfillPeriod: 43_200_000 } };

/**
 * `lookAfter` are tasks without payload that begin now, and again each minute: they find what others left undone. `daily` ones begin
 * now too, and each morning; they do nothing twice.
 */
export async function startWorker(
  ownerUrl: string,
  tasks: Record<string, (payload: unknown) => Promise<void>>,
  { lookAfter, daily }: { lookAfter: readonly string[]; daily: readonly string[] },
  log: Log,
): Promise<Runner> {
  const taskList: Record<string, Task> = Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [name, async (payload: unknown) => work(payload)]),
  );
  const runner = await run({
    connectionString: ownerUrl,
    taskList,
    parsedCronItems: parseCronItems([
      ...lookAfter.map((task) => ({ task, match: '* * * * *', options: { maxAttempts: 1, backfillPeriod: 0 } })),
      ...daily.map((task) => ({ task, ...everyMorning })),
    ]),
    concurrency: 2,
    pollInterval: 1000,
    noHandleSignals: true,
    noPreparedStatements: false,
    maxPoolSize: 4,
    logger: workerLogger(log),
  });
  for (const name of [...lookAfter, ...daily]) await runner.addJob(name, {}, { maxAttempts: 1 });
  return runner;
}

function workerLogger(log: Log) {
  return new Logger(() => (level, message) => {
    if (level === 'error' || level === 'warning') log.warn({ worker: true }, message);
  });
}
