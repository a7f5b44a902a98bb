// Where the promises are measured: a real PostgreSQL that waits for its disk, and the real program on it as a process of its
// own, so that whoever asks and whoever answers do not share an event loop. Made once for all benches of a run.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startDemoClock } from '../server/src/features/demo/index.ts';
import { startEmbeddedPostgres } from '../server/src/platform/embedded-postgres.ts';
import { newId } from '../server/src/platform/ids.ts';
import { cookieName } from '../server/src/platform/session.ts';
import { asOwner, openRuntime, type Runtime } from '../server/src/runtime.ts';
import { seatPeriod } from '../server/src/testing/reports.ts';
import { type RunningProgram, startProgram } from '../server/src/testing/running-program.ts';
import { prepare, tell } from './measure.ts';
import { buildOriginal, buildWhole, schoolYear, seatOffices, type BenchSchool } from './province.ts';

/** A database with its ministry's start-of-year period, and the program beside it. */
export interface Bare {
  /** The application's own connections, as its role. */
  runtime: Runtime;
  /** As the owner, past row-level security: for arranging, for baselines and for counting afterwards. */
  owner: pg.Pool;
  /** The program, started as people start it. `environment` adds settings. */
  serve(environment?: Record<string, string>): Promise<RunningProgram>;
  /** Headers of signed-in accounts, by user name. */
  signIn(usernames: readonly string[]): Promise<Map<string, Record<string, string>>>;
  close(): Promise<void>;
}

export interface Stage extends Bare {
  periodId: string;
  /** 100,000 pupils; after `growWhole` a million. */
  schools: BenchSchool[];
  growWhole(): Promise<void>;
}

let opened: Promise<Stage> | undefined;
const others = new Set<Bare>();

export function openStage(): Promise<Stage> {
  return (opened ??= raise());
}

/** Everything that was started ends, and its folder is gone. */
export async function closeStage(): Promise<void> {
  const stage = await opened?.catch(() => undefined);
  opened = undefined;
  await stage?.close();
  for (const other of others) await other.close();
}

async function raise(): Promise<Stage> {
  const bare = await raiseBare();
  const { owner, runtime } = bare;
  try {
    await seatOffices(owner);
    const periodId = await seatPeriod(owner, schoolYear);
    const schools = await prepare('100,000 pupils', () => buildOriginal(owner, runtime.secrets));
    let growing: Promise<void> | undefined;
    const growWhole = () =>
      (growing ??= prepare('1,000,000 pupils', async () => {
        schools.push(...(await buildWhole(owner, schools)));
      }));
    return { ...bare, periodId, schools, growWhole };
  } catch (error) {
    await bare.close();
    throw error;
  }
}

/** An empty database of its own, with the clock of the school year; ended by `closeStage` at the latest. */
export async function raiseBare(): Promise<Bare> {
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
    const bare: Bare = {
      runtime,
      owner,
      close,
      async serve(settings = {}) {
        const server = await startProgram({ KHUEVAN_RATE_LIMIT: '1000000', ...environment, ...settings });
        ends.push(server.stop);
        return server;
      },
      signIn: (usernames) => openSessions(owner, usernames),
    };
    others.add(bare);
    return bare;
  } catch (error) {
    await close();
    throw error;
  }
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
