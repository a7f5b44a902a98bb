// Where the promises are measured: a real PostgreSQL that waits for its disk, and the real program on it as a process of its
// own, so that whoever asks and whoever answers do not share an event loop. Made once for all benches of a run.
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { startDemoClock } from '../server/src/features/demo/index.ts';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts';
import { newId } from '../server/src/platform/ids.ts';
import { cookieName } from '../server/src/platform/session.ts';
import { asOwner, openRuntime, type Runtime } from '../server/src/runtime.ts';
import { seatPeriod } from '../server/src/testing/reports.ts';
import { prepare, tell } from './measure.ts';
import { buildOriginal, buildWhole, schoolYear, seatOffices, type BenchSchool } from './province.ts';

const program = join(import.meta.dirname, 'program.ts');
const stopTimeoutMs = 20_000;

export interface Server {
  address: string;
  pid: number;
  stop(): Promise<void>;
}

export interface Stage {
  /** The application's own connections, as its role. */
  runtime: Runtime;
  /** As the owner, past row-level security: for arranging, for baselines and for counting afterwards. */
  owner: pg.Pool;
  periodId: string;
  /** 100,000 pupils; after `growWhole` a million. */
  schools: BenchSchool[];
  /** The program, started as people start it. `environment` adds settings. */
  serve(environment?: Record<string, string>): Promise<Server>;
  /** Headers of signed-in accounts, by user name. */
  signIn(usernames: readonly string[]): Promise<Map<string, Record<string, string>>>;
  growWhole(): Promise<void>;
}

let opened: Promise<Stage & { close(): Promise<void> }> | undefined;

export function openStage(): Promise<Stage> {
  return (opened ??= raise());
}

/** Everything that was started ends, and its folder is gone. */
export async function closeStage(): Promise<void> {
  const stage = await opened?.catch(() => undefined);
  opened = undefined;
  await stage?.close();
}

async function raise(): Promise<Stage & { close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-bench-'));
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: tell });
  const ends: Array<() => Promise<unknown>> = [
    () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
    () => postgres.stop(),
  ];
  const close = async (): Promise<void> => {
    for (let end = ends.pop(); end; end = ends.pop()) await end();
  };
  try {
    const environment = {
      DATABASE_URL: postgres.url,
      KHUEVAN_DATA: folder,
      KHUEVAN_SECRET: randomBytes(32).toString('base64'),
      KHUEVAN_LOG_LEVEL: 'warn',
      KHUEVAN_DEMO: 'off',
    };
    const runtime = await openRuntime(environment);
    ends.push(() => runtime.close());
    const owner = new pg.Pool({ connectionString: postgres.url, max: 32 });
    owner.on('error', () => undefined);
    ends.push(() => owner.end());
    await asOwner(postgres.url, (client) => startDemoClock(client, schoolYear));
    await seatOffices(owner);
    const periodId = await seatPeriod(owner, schoolYear);
    const schools = await prepare('100,000 pupils', () => buildOriginal(owner, runtime.secrets));
    return { runtime, owner, periodId, schools, close, ...actsOf(environment, owner, schools, ends) };
  } catch (error) {
    await close();
    throw error;
  }
}

function actsOf(
  environment: Record<string, string>,
  owner: pg.Pool,
  schools: BenchSchool[],
  ends: Array<() => Promise<unknown>>,
): Pick<Stage, 'serve' | 'signIn' | 'growWhole'> {
  let growing: Promise<void> | undefined;
  return {
    async serve(settings = {}) {
      const server = await startProgram({ ...environment, ...settings });
      ends.push(server.stop);
      return server;
    },
    signIn: (usernames) => openSessions(owner, usernames),
    growWhole: () =>
      (growing ??= prepare('1,000,000 pupils', async () => {
        schools.push(...(await buildWhole(owner, schools)));
      })),
  };
}

/** The program on a free port; it takes a moment to say which. */
async function startProgram(settings: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, [...process.execArgv, program], {
    // Nobody's proxies or settings but these.
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
      HOST: '127.0.0.1',
      PORT: '0',
      KHUEVAN_RATE_LIMIT: '1000000',
      ...settings,
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const stop = () => endProgram(child);
  try {
    for await (const line of createInterface(child.stdout)) {
      const address = /^Khuê Văn: (http:\S+)/.exec(line)?.[1];
      if (!address) continue;
      child.stdout.resume();
      return { address, pid: child.pid!, stop };
    }
    throw new Error('The program ended before it listened.');
  } catch (error) {
    await stop();
    throw error;
  }
}

async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
  await ended;
  clearTimeout(late);
}

/** Past the sign-in page: its cost is that of argon2id, on purpose. */
async function openSessions(
  owner: pg.Pool,
  usernames: readonly string[],
): Promise<Map<string, Record<string, string>>> {
  const sessions = usernames.map((username) => {
    const [token, csrf] = [randomBytes(32).toString('base64url'), randomBytes(24).toString('base64url')];
    return { id: newId(), username, token, csrf, hash: createHash('sha256').update(token).digest('hex') };
  });
  await owner.query(
    `insert into session (id, token_hash, account_id, csrf_token, totp_pending, expires_at)
     select s.id, decode(s.hash, 'hex'), a.id, s.csrf, false, now() + interval '1 day'
     from jsonb_to_recordset($1) as s (id uuid, username text, hash text, csrf text) join account a on a.username = s.username`,
    [JSON.stringify(sessions.map(({ token: _, ...stored }) => stored))],
  );
  return new Map(
    sessions.map(({ username, token, csrf }) => [username, { cookie: `${cookieName}=${token}`, 'x-csrf-token': csrf }]),
  );
}
