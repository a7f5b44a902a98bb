// What a server that was killed may leave at any step of an import, and that the next look takes it up: once, and not under the
// hands of whoever still works on it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '#testing/cast.ts';
import { bytesOf, type ImportBody, type Importer, sheetOf, type Values, openImporting } from '#testing/imports.ts';
import { typedStudent } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting({ schools: ['doiCan'], classes: ['1A'] }));
});
after(async () => {
  await app.close();
  await db.close();
});

const upload = async (...rows: Values[]) => {
  const { body } = await importer.upload(
    'clerk.doican',
    'doiCan',
    'student',
    await bytesOf([sheetOf('student', rows)]),
  );
  return body.id;
};
const read = (id: string) => importer.ask<ImportBody>('clerk.doican', 'doiCan', id);
const apply = (id: string, mode: string) =>
  importer.request('clerk.doican', 'POST', `/units/${units.doiCan.id}/imports/${id}/applications`, { mode });
const count = async (from: string, values: unknown[] = []) =>
  Number((await db.owner.query<{ n: string }>(`select count(*) as n from ${from}`, values)).rows[0]!.n);
const named = (name: string) => count('student where full_name = $1', [name]);

/** A worker took the queued jobs and was never heard of again. */
async function killWorker(): Promise<void> {
  await db.owner.query(
    `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'dead', attempts = attempts + 1`,
  );
}

/** As when a server starts, and each minute. */
async function look(): Promise<void> {
  await db.owner.query(`select graphile_worker.add_job('imports.resume', max_attempts => 1)`);
  await importer.work();
}

/** Some minutes ago nothing had moved since. */
const letTimePass = () =>
  db.owner.query(
    `update import set touched_at = touched_at - interval '10 minutes', created_at = created_at - interval '10 minutes'`,
  );

test('an import whose reading or storing was begun by a dead worker is read and stored', async () => {
  const id = await upload(typedStudent('Nguyễn Văn An'));
  await killWorker();
  await importer.work();
  assert.equal((await read(id)).state, 'waiting', 'the job itself is locked');
  await look();
  assert.equal((await read(id)).state, 'ready');
  await apply(id, 'all');
  await killWorker();
  await importer.work();
  assert.deepEqual([(await read(id)).state, await named('Nguyễn Văn An')], ['applying', 0]);
  await look();
  assert.deepEqual([(await read(id)).state, await named('Nguyễn Văn An')], ['applied', 1]);
  assert.equal(await count('import_student'), 0);
});

test('an import of somebody who may not write there any more fails in the end instead of being at work for ever', async () => {
  const id = await upload(typedStudent('Vũ Thị Hạnh'));
  const membership = `membership set valid = daterange(lower(valid), $1) where account_id = (select account_id from import where id = $2)`;
  await db.owner.query(`update ${membership}`, ['2024-10-01', id]);
  const state = async () =>
    (await db.owner.query<{ state: string }>('select state from import where id = $1', [id])).rows[0]!.state;
  let looks = 0;
  for (; looks < 30 && (await state()) === 'waiting'; looks += 1) {
    await letTimePass();
    await look();
  }
  assert.deepEqual([await state(), looks], ['failed', 21]);
  await db.owner.query(`update ${membership}`, [null, id]);
  assert.equal((await read(id)).state, 'failed');
});

test('an import that somebody works on is left alone', async () => {
  const id = await upload(typedStudent('Trần Thị Bình'));
  await killWorker();
  const other = new pg.Client({ connectionString: db.ownerUrl });
  await other.connect();
  await other.query(`select pg_advisory_lock(import_lock($1))`, [id]);
  await look();
  assert.equal((await read(id)).state, 'waiting');
  assert.equal(await count(`graphile_worker.jobs where locked_by is distinct from 'dead'`), 0, 'nothing was queued');
  await other.end();
  await look();
  assert.equal((await read(id)).state, 'ready');
});

test('a marked-up file that was never finished is made after all', async () => {
  const id = await upload(typedStudent('Lê Văn Cường'), typedStudent('Sai', { birthDate: '31/02/2018' }));
  await db.owner.query(
    `create function lose_mark() returns trigger language plpgsql as $$ begin new.locked_by := 'dead'; new.locked_at := now(); return new; end $$`,
  );
  await db.owner.query(
    `create trigger lose_mark before insert on graphile_worker._private_jobs for each row when (new.key like 'mark:%' and new.payload ->> 'importId' = '${id}') execute function lose_mark()`,
  );
  await importer.work();
  await db.owner.query(`drop trigger lose_mark on graphile_worker._private_jobs`);
  const ready = await read(id);
  assert.deepEqual([ready.state, ready.rowsBad, ready.hasMarkedFile], ['ready', 1, false]);
  await look();
  assert.equal((await read(id)).hasMarkedFile, false, 'it may still be being made');
  await letTimePass();
  await look();
  assert.equal((await read(id)).hasMarkedFile, true);
});

test('a second transaction that a killed server left is ended as its import was decided', async () => {
  const most = await db.owner.query<{ max_prepared_transactions: string }>('show max_prepared_transactions');
  assert.ok(Number(most.rows[0]!.max_prepared_transactions) > 0, 'the server of the tests knows prepared transactions');
  for (const isStored of [true, false]) {
    const id = await upload(typedStudent(isStored ? 'Phạm Văn Dũng' : 'Hoàng Thị Én'));
    await importer.work();
    if (isStored) await apply(id, 'all');
    await importer.work();
    const branch = new pg.Client({ connectionString: db.appUrl });
    await branch.connect();
    await branch.query('begin');
    await branch.query(`set local app.report_units = '{${units.doiCan.id}}'`);
    await branch.query(
      `insert into import_finding (unit_id, import_id, rule, severity) values ($1, $2, 'of_branch', 'warning')`,
      [units.doiCan.id, id],
    );
    await branch.query(`prepare transaction 'khuevan-${id}'`);
    await branch.end();
    await look();
    assert.equal(await count('pg_prepared_xacts where database = current_database()'), 0);
    assert.equal(await count(`import_finding where import_id = $1 and rule = 'of_branch'`, [id]), isStored ? 1 : 0);
    assert.equal((await read(id)).state, isStored ? 'applied' : 'ready');
  }
});
