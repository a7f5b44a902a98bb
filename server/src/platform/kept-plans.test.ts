import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** Statements kept by the one connection that the work runs on. */
const keptAfter = (work: (ask: (list: number[]) => Promise<number>) => Promise<void>) =>
  db.database.db.connection().execute(async (connection) => {
    const count = async () => {
      const { rows } = await sql<{ kept: number }>`
        select count(*)::integer as kept from pg_prepared_statements`.execute(connection);
      return rows[0]!.kept;
    };
    const before_ = await count();
    await work(async (list) => {
      const { rows } = await sql<{ sum: number }>`
        select sum(n)::integer as sum from unnest(${list}::integer[]) n`.execute(connection);
      return rows[0]!.sum;
    });
    return (await count()) - before_;
  });

test('a plan is kept once its statement is asked often, and answers as before', async () => {
  const kept = await keptAfter(async (ask) => {
    for (let turn = 1; turn <= 12; turn += 1) assert.equal(await ask([turn, turn]), 2 * turn);
  });
  assert.equal(kept, 1);
});

test('lists of other lengths are other statements; long lists are planned each time', async () => {
  const kept = await keptAfter(async (ask) => {
    for (let turn = 1; turn <= 12; turn += 1) {
      assert.equal(await ask([1, 2, turn]), 3 + turn);
      assert.equal(await ask(Array.from({ length: 100 }, () => turn)), 100 * turn);
    }
  });
  assert.equal(kept, 1);
});

test('what answers nothing is sent with what follows, and that fails where it did', async () => {
  const { db: connections } = db.database;
  await connections.transaction().execute(async (tx) => {
    await sql`set local work_mem = '5MB'`.execute(tx);
    const { rows } = await sql<{ value: string }>`select current_setting('work_mem') as value`.execute(tx);
    assert.equal(rows[0]!.value, '5MB');
  });
  const failing = connections.transaction().execute(async (tx) => {
    await sql`set local work_mem = 'much'`.execute(tx);
    await sql`select 1`.execute(tx);
  });
  await assert.rejects(failing, { code: '25P02' });
  const { rows } = await sql<{ value: number }>`select 1 as value`.execute(connections);
  assert.equal(rows[0]!.value, 1, 'the connection serves on');
});
