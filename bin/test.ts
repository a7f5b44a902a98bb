// Runs every *.test.ts (or those whose path holds one of the arguments) against one throwaway PostgreSQL, whose URL the
// tests find in KHUEVAN_TEST_DATABASE. The browser journeys come last and one at a time: they measure what people wait.
import { globSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { run, type EventData } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { startThrowawayPostgres } from '../server/src/platform/embedded-postgres.ts';

type Totals = { passed: number; failed: number; skipped: number };

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ['core', 'db', 'server', 'web', 'bin', 'bench', 'e2e'];
const fileTimeoutMs = 600_000;

function findTests(wanted: string[]): string[] {
  const all = globSync(
    folders.map((folder) => `${folder}/**/*.test.{ts,tsx,mjs}`),
    { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] },
  );
  return all.filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part))).toSorted();
}

/** A failed parent only repeats that one of its children failed. */
function isOwnFailure({ details }: EventData.TestFail): boolean {
  return !('failureType' in details.error && details.error.failureType === 'subtestsFailed');
}

function describeFailure({ name, file, line, details }: EventData.TestFail): string {
  const place = file ? `${relative(root, file)}:${line ?? 1}` : '';
  const reason = details.error.cause ?? details.error;
  return `✖ ${name}  (${place})\n${inspect(reason, { depth: 6 })}`.replaceAll('\n', '\n    ');
}

/** Runs the files, tells of each file when it is done and of each failure with what the file had printed. */
async function runFiles(files: string[], concurrency: number, signal: AbortSignal): Promise<Totals> {
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  const printed = new Map<string, string>();
  const note = (file = '', text: string) => printed.set(file, (printed.get(file) ?? '') + text);
  const stream = run({
    files: files.map((file) => resolve(root, file)),
    cwd: root,
    concurrency,
    timeout: fileTimeoutMs,
    isolation: 'process',
    signal,
  });
  stream.on('test:stdout', ({ file, message }) => note(file, message));
  stream.on('test:stderr', ({ file, message }) => note(file, message));
  stream.on('test:fail', (failure) => {
    if (isOwnFailure(failure)) note(failure.file, `${describeFailure(failure)}\n`);
  });
  stream.on('test:summary', ({ file, counts, duration_ms }) => {
    const skipped = counts.skipped + counts.todo;
    const failed = counts.tests - counts.passed - skipped;
    if (file) {
      console.log(
        `${failed ? '✖' : '✔'} ${relative(root, file)}  ${counts.tests} tests, ${Math.round(duration_ms)} ms`,
      );
      if (failed) console.log(printed.get(file) ?? '');
      printed.delete(file);
      return;
    }
    totals.passed = counts.passed;
    totals.failed = failed;
    totals.skipped = skipped;
    // Left over: what files said that did not get as far as a summary of their own.
    console.log([...printed.values()].join(''));
  });
  stream.resume();
  await new Promise((done) => stream.once('close', done));
  return totals;
}

async function main(): Promise<number> {
  const files = findTests(process.argv.slice(2));
  if (files.length === 0) console.log('Không có tệp kiểm thử nào khớp. / No test file matches.');
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  const began = performance.now();
  const database = process.env.KHUEVAN_TEST_DATABASE ? undefined : await startThrowawayPostgres();
  if (database) process.env.KHUEVAN_TEST_DATABASE = database.url;
  const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  try {
    const journeys = files.filter((file) => file.startsWith('e2e/'));
    const others = files.filter((file) => !journeys.includes(file));
    for (const [group, concurrency] of [
      [others, 2],
      [journeys, 1],
    ] as const) {
      if (group.length === 0 || interruption.signal.aborted) continue;
      const outcome = await runFiles(group, concurrency, interruption.signal);
      totals.passed += outcome.passed;
      totals.failed += outcome.failed;
      totals.skipped += outcome.skipped;
    }
  } finally {
    await database?.stop();
  }
  console.log(`${Math.round((performance.now() - began) / 1000)} s`);
  console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped ? `, ${totals.skipped} skipped` : ''}`);
  return totals.failed > 0 || totals.passed === 0 || interruption.signal.aborted ? 1 : 0;
}

process.exitCode = await main();
