import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { rowsOf } from '@khuevan/core/codes/code-list.ts';
import { codeLists } from '@khuevan/core/codes/index.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { loadReferences } from './index.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

test('servers that start for the first time at once load the references once, and none fails', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => db.owner.connect()));
  try {
    await db.owner.query(`delete from setting where key = 'references'`);
    await db.owner.query('delete from code_entry');
    await Promise.all(clients.map((client) => loadReferences(client)));
  } finally {
    for (const client of clients) client.release();
  }
  const { rows } = await db.owner.query<{ entries: number; settings: number; provinces: number }>(
    `select (select count(*) from code_entry)::integer as entries,
       (select count(*) from setting where key = 'references')::integer as settings,
       (select count(*) from admin_unit where level = 'province' and valid @> date '2025-07-01')::integer as provinces`,
  );
  assert.deepEqual(rows[0], { entries: codeLists.flatMap((list) => rowsOf(list)).length, settings: 1, provinces: 34 });
});
