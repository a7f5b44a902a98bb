// Where the story is played: a database of its own, a server on loopback, the built province. All gone at the end.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import pg from 'pg';
import { today } from '#platform/clock.ts';
import type { Database } from '#platform/database.ts';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createApp } from '../app.ts';
import { asOwner, openRuntime } from '../runtime.ts';
import { startFeatureWorker } from '../worker.ts';
import {
  buildProvince,
  demoPassword,
  readFacts,
  readProvinceFile,
  startDemoClock,
  type BuildResult,
  type SchoolLine,
} from '#features/demo';
import type { LineFault } from '#features/units';
import { enter, type Person } from './api-client.ts';

export interface Stage {
  address: string;
  schoolYear: number;
  schools: SchoolLine[];
  built: BuildResult;
  faults: LineFault[];
  /** As the owner, past row-level security: for arranging and for the independent recount. */
  owner: pg.Pool;
  /** As the application, for what no endpoint answers: a form of schools that have not sent. */
  database: Database;
  enter(username: string): Promise<Person>;
  close(): Promise<void>;
}

const usualSettings = (): NodeJS.ProcessEnv => ({
  KHUEVAN_SECRET: randomBytes(32).toString('base64'),
  KHUEVAN_LOG_LEVEL: 'warn',
  KHUEVAN_PUBLIC_URL: 'https://khuevan.example',
  KHUEVAN_RATE_LIMIT: '100000',
});

/**
 * @param levels that get records and forms; all of them if none are named
 * @param settings beside those of the stage
 */
export async function openStage(
  file: string,
  schoolYear: number,
  levels?: readonly string[],
  settings: NodeJS.ProcessEnv = {},
): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-demo-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), log: () => undefined });
  try {
    const place = { DATABASE_URL: postgres.url, KHUEVAN_DATA: folder };
    const runtime = await openRuntime({ ...usualSettings(), ...place, ...settings });
    const owner = new pg.Pool({ connectionString: postgres.url, max: 3 });
    owner.on('error', () => undefined);
    const { schools, faults } = readProvinceFile(await readFile(file, 'utf8'));
    const facts = await readFacts(file);
    const built = await asOwner(postgres.url, async (client) => {
      await startDemoClock(client, schoolYear);
      return buildProvince(client, runtime.secrets, {
        schools,
        schoolYear,
        seed: 'demo',
        today: today(),
        ...(levels ? { levels } : {}),
        facts,
      });
    });
    const app = await createApp(runtime);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const worker = await startFeatureWorker(runtime);
    const address = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    return {
      address,
      schoolYear,
      schools,
      built,
      faults: [...faults, ...built.faults],
      owner,
      database: runtime.database,
      enter: (username) => enter(address, username, demoPassword),
      async close() {
        await app.close();
        await worker.stop();
        await owner.end();
        await runtime.close();
        await untilAlone(postgres.url);
        await postgres.stop();
        await removeFolder();
      },
    };
  } catch (error) {
    await postgres.stop();
    await removeFolder();
    throw error;
  }
}

/** pg's pools say that they have ended before their connections have; a server that stops under one is an error nobody hears. */
async function untilAlone(url: string): Promise<void> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  for (let attempt = 0; attempt < 50; attempt++) {
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::integer as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    if (rows[0]!.others === 0) break;
    await setTimeout(100);
  }
  await client.end();
}
