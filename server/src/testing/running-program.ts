// The real program as a process of its own: to be measured, killed, and started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestDatabase, testSecretKey } from '#platform/testing.ts';

const program = join(import.meta.dirname, 'program.ts');
const stopTimeoutMs = 20_000;

export interface RunningProgram {
  address: string;
  pid: number;
  /** As people end it. */
  stop(): Promise<void>;
  /** At once, without a word of farewell. */
  kill(): Promise<void>;
}

/** On a free port; it takes a moment to say which. */
export async function startProgram(settings: Record<string, string>): Promise<RunningProgram> {
  const child = spawn(process.execPath, [...process.execArgv.filter(isOfMemory), program], {
    // Nobody's proxies or settings but these.
    env: {
      PATH: process.env.PATH,
      ...Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('MALLOC_'))),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOST: '127.0.0.1',
      PORT: '0',
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const end = (signal: NodeJS.Signals) => endProgram(child, signal);
  try {
    const address = await addressOf(child);
    return { address, pid: child.pid!, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

/** The runner says how the program's memory may grow and shrink; what else it was given, as by a test run, is its own affair. */
const isOfMemory = (flag: string) => /^--(max-semi-space-size|heap-growing-percent)=/.test(flag);

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface(child.stdout!)) {
    const address = /^Khuê Văn: (http:\S+)/.exec(line)?.[1];
    if (!address) continue;
    child.stdout!.resume();
    return address;
  }
  throw new Error('The program ended before it listened.');
}

async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(late);
}

export interface Programs {
  start(): Promise<RunningProgram>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

/** On a test database, with a folder of their own. */
export async function preparePrograms(db: TestDatabase): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-program-'));
  const running: RunningProgram[] = [];
  return {
    async start() {
      const started = await startProgram({
        DATABASE_URL: db.ownerUrl,
        KHUEVAN_SECRET: testSecretKey.toString('base64'),
        KHUEVAN_DATA: folder,
        KHUEVAN_DEMO: 'off',
        KHUEVAN_LOG_LEVEL: 'error',
      });
      running.push(started);
      return started;
    },
    async close() {
      for (const started of running) await started.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
