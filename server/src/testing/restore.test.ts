// A dump is restored without a search path, without triggers, and rows are written as they stand: what computes a column or checks
// a row must find its functions all the same. And a stopped data folder is a backup.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import pg from 'pg';
import { startEmbeddedPostgres } from '#platform/embedded-postgres.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { seatSchools } from './story.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
  await seatSchools(db);
});
after(() => db.close());

test('every row can be written again as a restore does it: no search path, no triggers', async () => {
  const client = await db.owner.connect();
  try {
    const { rows: tables } = await client.query<{ name: string; columns: string }>(`
      select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' group by c.relname order by 1`);
    await client.query('begin');
    await client.query(`set local session_replication_role = replica`);
    await client.query(`set local search_path = ''`);
    let rewritten = 0;
    for (const { name, columns } of tables) {
      const table = `public.${client.escapeIdentifier(name)}`;
      await client.query(`create temp table kept on commit drop as table ${table}`);
      await client.query(`delete from ${table}`);
      await client.query(`insert into ${table} (${columns}) select ${columns} from pg_temp.kept`);
      const { rows } = await client.query<{ n: number; lost: number }>(
        `select (select count(*) from ${table})::integer as n,
           (select count(*) from (select k::text from pg_temp.kept k except select t::text from ${table} t) l)::integer as lost`,
      );
      assert.equal(rows[0]!.lost, 0, `${name} comes back as it was, computed columns among it`);
      rewritten += rows[0]!.n;
      await client.query('drop table pg_temp.kept');
    }
    assert.ok(rewritten > 500, `${rewritten} rows were written again`);
    await client.query('rollback');
  } finally {
    client.release();
  }
});

/** With owners and rights, as docs/operations.md says: PostgreSQL takes no files of somebody else. */
function copyFolder(from: string, to: string): void {
  if (process.platform === 'win32') cpSync(from, to, { recursive: true });
  else assert.equal(spawnSync('cp', ['-a', from, to]).status, 0);
}

test('the data folder of a stopped program, copied elsewhere, starts with all that was in it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-backup-'));
  const log = () => undefined;
  const ask = async (url: string, statement: string): Promise<unknown[]> => {
    const client = new pg.Client(url);
    await client.connect();
    try {
      return (await client.query({ text: statement, rowMode: 'array' })).rows.flat();
    } finally {
      await client.end();
    }
  };
  try {
    const original = await startEmbeddedPostgres({ dataDir: join(folder, 'here'), log });
    await ask(original.url, `create table note as select 'giữ nguyên' as text`);
    await original.stop();
    copyFolder(join(folder, 'here'), join(folder, 'there'));
    const copy = await startEmbeddedPostgres({ dataDir: join(folder, 'there'), log });
    try {
      assert.deepEqual(await ask(copy.url, 'select text from note'), ['giữ nguyên']);
    } finally {
      await copy.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
