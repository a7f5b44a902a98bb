// What a running program stands on: configuration, secret, database brought up to date. Shared by the server, the commands and the bench.
import { join } from 'node:path';
import pg from 'pg';
import { loadReferences } from '#features/codes';
import { moveClock } from '#platform/clock.ts';
import { readConfig, type Config } from '#platform/config.ts';
import { appUrl, createDatabase, type Database } from '#platform/database.ts';
import { findRunningPostgres, startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createLog, type Log } from '#platform/log.ts';
import { migrate } from '#platform/migrate.ts';
import { loadSecrets, type Secrets } from '#platform/secrets.ts';

export interface Runtime {
  config: Config;
  log: Log;
  secrets: Secrets;
  database: Database;
  /** The owner's address: migrations, loading, jobs' own tables. Never used to answer a request. */
  ownerUrl: string;
  close(): Promise<void>;
}

/** With `joinRunning`, a command uses the embedded database that a server is running now instead of starting it. */
export async function openRuntime(
  environment: NodeJS.ProcessEnv,
  options: { joinRunning?: boolean } = {},
): Promise<Runtime> {
  const config = readConfig(environment);
  const log = createLog(config);
  const secrets = await loadSecrets(config);
  const server = await openServer(config, log, options.joinRunning ?? false);
  try {
    const password = secrets.derive('database role');
    await migrate(server.url, password);
    await asOwner(server.url, async (client) => {
      await loadReferences(client);
      const { rows } = await client.query<{ value: number }>(
        `select (value ->> 'offsetMs')::bigint as value from setting where key = 'demo'`,
      );
      if (rows[0]) moveClock(Number(rows[0].value));
    });
    const database = createDatabase(appUrl(server.url, password));
    return {
      config,
      log,
      secrets,
      database,
      ownerUrl: server.url,
      async close() {
        await database.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openServer(
  config: Config,
  log: Log,
  joinRunning: boolean,
): Promise<{ url: string; stop(): Promise<void> }> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: async () => undefined };
  const dataDir = join(config.KHUEVAN_DATA, 'postgres');
  const running = joinRunning ? await findRunningPostgres(dataDir) : undefined;
  if (running) return { url: running, stop: async () => undefined };
  return startEmbeddedPostgres({ dataDir, log: (message) => log.info(message) });
}

export async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
