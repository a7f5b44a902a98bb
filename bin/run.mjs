// Runs one of our tasks on a machine that has only git, npm and some Node from 20 on: installs what is missing, then
// hands the task to Node 24, which itself comes from npm. Plain JavaScript, because an old Node must be able to read it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runToEnd } from './child.mjs';
import { findNode24, installIfNeeded } from './install.mjs';
import { buildWebIfNeeded } from './web-build.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The one list of tasks. `web`: the task serves or visits the web app, so it must be built first. */
const tasks = {
  start: { entry: 'server/src/main.ts', web: true },
  test: { entry: 'bin/test.ts', web: true },
  check: { entry: 'bin/check.ts', web: false },
  demo: { entry: 'server/src/play/main.ts', web: false },
  bench: { entry: 'bench/run.ts', web: false },
  dev: { entry: 'bin/dev.ts', web: false },
  khuevan: { entry: 'server/src/cli.ts', web: false },
};

/**
 * Young objects get less room than Node would give them: a third of the memory, at no cost in speed that could be measured. Old
 * ones may double before they are collected: else Node collects them after every few megabytes of bytes that pass through.
 */
const flags = ['--max-semi-space-size=8', '--heap-growing-percent=100'];

/** What Node has compiled is kept for the next process and for threads, which then start in half the time. */
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules', '.cache', 'compiled');

/**
 * Buffers come and go in many threads: the C library of Linux keeps what they leave behind for each thread apart, a quarter of the
 * program's memory after a large import, unless it is told to share and to give back. Other systems read none of this.
 */
process.env.MALLOC_ARENA_MAX ??= '2';
process.env.MALLOC_MMAP_THRESHOLD_ ??= String(256 * 1024);
process.env.MALLOC_TRIM_THRESHOLD_ ??= String(1024 * 1024);

/** npm's shell does not pass signals on: when it is gone, npm was told to stop, and so are we. */
function stopWithNpm() {
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 250).unref();
}

async function main() {
  const [name = '', ...args] = process.argv.slice(2);
  if (!Object.hasOwn(tasks, name)) {
    console.error(`Lệnh không có: "${name}". Các lệnh: ${Object.keys(tasks).join(', ')}`);
    console.error(`No such task: "${name}". Tasks: ${Object.keys(tasks).join(', ')}`);
    return 2;
  }
  const task = tasks[/** @type {keyof typeof tasks} */ (name)];
  if (process.env.npm_lifecycle_event) stopWithNpm();
  await installIfNeeded(root);
  const node = findNode24(root);
  if (task.web) await buildWebIfNeeded(root, node);
  return await runToEnd(node, [...flags, join(root, task.entry), ...args]);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
