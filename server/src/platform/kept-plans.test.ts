import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { type Tx, writeUnanswered } from './database.ts';
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
  await assert.rejects(failing, { code: '22023' }, 'the reason is that of the first to fail');
  const { rows } = await sql<{ value: number }>`select 1 as value`.execute(connections);
  assert.equal(rows[0]!.value, 1, 'the connection serves on');
});

test('what is written without waiting is there for what follows, and a failure is never lost', async () => {
  const { db: connections } = db.database;
  await db.owner.query('create table slate (line integer primary key)');
  await db.owner.query('grant select, insert on slate to khuevan_app');
  const lines = async () => (await db.owner.query<{ line: number }>('select line from slate order by line')).rows;
  const write = (tx: Tx, line: number) =>
    writeUnanswered(tx, sql`insert into slate values (${line}::integer)`.compile(tx));
  await connections.transaction().execute(async (tx) => {
    await write(tx, 1);
    const { rows } = await sql<{ line: number }>`select line from slate`.execute(tx);
    assert.deepEqual(rows, [{ line: 1 }]);
    await write(tx, 2);
  });
  assert.deepEqual(await lines(), [{ line: 1 }, { line: 2 }], 'the last one too, which only the commit followed');
  const doubled = (then: (tx: Tx) => Promise<unknown>) =>
    connections.transaction().execute(async (tx) => {
      await write(tx, 3);
      await write(tx, 1);
      await then(tx);
    });
  const isDouble = { code: '23505', constraint: 'slate_pkey' };
  await assert.rejects(
    doubled(() => Promise.resolve()),
    isDouble,
    'found by the commit',
  );
  await assert.rejects(
    doubled((tx) => sql`select 1`.execute(tx)),
    isDouble,
  );
  const givenUp = new Error('given up');
  await assert.rejects(
    doubled(() => Promise.reject(givenUp)),
    (error) => error === givenUp,
  );
  assert.deepEqual(await lines(), [{ line: 1 }, { line: 2 }]);
  await connections.transaction().execute(async (tx) => write(tx, 3));
  assert.equal((await lines()).length, 3, 'the connection serves on');
});
