// Real databases for tests: one migrated template on the test server, cloned for each test file.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { appUrl, createDatabase, type Database } from './database.ts';
import { startThrowawayPostgres } from './embedded-postgres.ts';
import { digestOf, migrate, readMigrations } from './migrate.ts';
import { createSecrets, type Secrets } from './secrets.ts';

export interface TestDatabase {
  ownerUrl: string;
  appUrl: string;
  database: Database;
  /** As the owner, past row-level security: for arranging and for independent recounts. */
  owner: pg.Pool;
  secrets: Secrets;
  close(): Promise<void>;
}

/** For a program that is started on a test database. */
export const testSecretKey = Buffer.alloc(32, 7);
export const testSecrets = createSecrets(testSecretKey);
const lockKey = 991_204;

/** A fresh migrated database. `npm test` gives the server's address in KHUEVAN_TEST_DATABASE; a file run alone starts its own. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const given = process.env.KHUEVAN_TEST_DATABASE;
  const own = given ? undefined : await startThrowawayPostgres();
  const serverUrl = given ?? own!.url;
  const template = await ensureTemplate(serverUrl);
  const name = `khuevan_test_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, (client) => client.query(`create database ${name} template ${template}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const ownerUrl = url.href;
  const app = appUrl(ownerUrl, testSecrets.derive('database role'));
  const database = createDatabase(app);
  const owner = new pg.Pool({ connectionString: ownerUrl, max: 4 });
  owner.on('error', () => undefined);
  return {
    ownerUrl,
    appUrl: app,
    database,
    owner,
    secrets: testSecrets,
    async close() {
      await database.close();
      await owner.end();
      await onServer(serverUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
      await own?.stop();
    },
  };
}

async function ensureTemplate(serverUrl: string): Promise<string> {
  const name = `khuevan_template_${digestOf(await readMigrations())}`;
  await onServer(serverUrl, async (client) => {
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount) return;
    await client.query(`create database ${name}_making`);
    const url = new URL(serverUrl);
    url.pathname = `/${name}_making`;
    await migrate(url.href, testSecrets.derive('database role'));
    await client.query(`alter database ${name}_making rename to ${name}`);
  });
  return name;
}

async function onServer<T>(serverUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
