// Plain, numbered, forward-only migrations. Safe to run from several instances at once: an advisory lock lets one in.
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runMigrations } from 'graphile-worker';
import pg from 'pg';

const folder = join(import.meta.dirname, '../../../db/migrations');
const lockKey = 7_305_212;

export interface Migration {
  name: string;
  sql: string;
}

export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name)).toSorted();
  return Promise.all(names.map(async (name) => ({ name, sql: await readFile(join(folder, name), 'utf8') })));
}

/** Changes with any migration; names test templates. */
export function digestOf(migrations: Migration[]): string {
  return createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 12);
}

/**
 * Brings the database to the newest schema and gives the application's role its password and settings.
 * @throws Error when an applied migration was changed afterwards, or the server is older than PostgreSQL 18.
 */
export async function migrate(ownerUrl: string, appPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: server } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::integer as version`,
    );
    if (server[0]!.version < 180_000) throw new Error('Cần PostgreSQL từ bản 18. / PostgreSQL 18 or later is needed.');
    await client.query('select pg_advisory_lock($1)', [lockKey]);
    await client.query(`create table if not exists migration (
      name text not null constraint migration_pk primary key, digest text not null, applied_at timestamptz not null default now())`);
    const { rows: applied } = await client.query<{ name: string; digest: string }>(
      'select name, digest from migration',
    );
    const known = new Map(applied.map((row) => [row.name, row.digest]));
    for (const migration of await readMigrations()) await applyOnce(client, migration, known);
    await runMigrations({ connectionString: ownerUrl });
    await client.query(`alter role khuevan_app password ${client.escapeLiteral(appPassword)}`);
    // One row would be merged with a whole table where statistics are of the first few who came (docs/decisions/0026).
    await client.query('alter role khuevan_app set enable_mergejoin = off');
    await client.query(`grant connect on database ${client.escapeIdentifier(client.database!)} to khuevan_app`);
  } finally {
    await client.end();
  }
}

async function applyOnce(client: pg.Client, migration: Migration, known: Map<string, string>): Promise<void> {
  const digest = digestOf([migration]);
  const before = known.get(migration.name);
  if (before === digest) return;
  if (before) throw new Error(`Migration ${migration.name} was changed after it was applied`);
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into migration (name, digest) values ($1, $2)', [migration.name, digest]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
