// The real program as a process of its own, on a test database: to be killed, and started again.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestDatabase, testSecretKey } from '#platform/testing.ts';

const program = join(import.meta.dirname, 'program.ts');

export interface RunningProgram {
  address: string;
  /** At once, without a word of farewell. */
  kill(): Promise<void>;
}

export interface Programs {
  start(): Promise<RunningProgram>;
  /** Ends what still runs. */
  close(): Promise<void>;
}

export async function preparePrograms(db: TestDatabase): Promise<Programs> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-program-'));
  const running = new Set<RunningProgram>();
  return {
    async start() {
      const child = spawn(process.execPath, [program], {
        env: {
          PATH: process.env.PATH,
          DATABASE_URL: db.ownerUrl,
          KHUEVAN_SECRET: testSecretKey.toString('base64'),
          KHUEVAN_DATA: folder,
          KHUEVAN_DEMO: 'off',
          KHUEVAN_LOG_LEVEL: 'error',
          HOST: '127.0.0.1',
          PORT: '0',
        },
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      const started: RunningProgram = {
        address: await addressOf(child),
        async kill() {
          running.delete(started);
          if (child.exitCode !== null || child.signalCode !== null) return;
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        },
      };
      running.add(started);
      return started;
    },
    async close() {
      for (const started of running) await started.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface(child.stdout!)) {
    const address = /^Khuê Văn: (http:\S+)/.exec(line)?.[1];
    if (!address) continue;
    child.stdout!.resume();
    return address;
  }
  throw new Error('The program ended before it listened.');
}
