// The test application holds answers to the contract: what a query selected beside it does not slip out.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { z } from 'zod';
import { endpoint } from '@khuevan/core/contract/shapes.ts';
import { serve } from '#platform/http.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from './app.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

const counted = endpoint({
  method: 'GET',
  path: '/counted',
  tag: 'tests',
  access: 'public',
  summary: { vi: 'Đếm', en: 'Count' },
  response: z.object({ areas: z.array(z.object({ key: z.string(), late: z.number() })) }),
});

test('an answer with a column that the contract does not name fails, wherever it stands', async () => {
  const named = { key: 'a', late: 1 };
  const beside = { ...named, no_area: 0 };
  for (const [areas, statusCode] of [
    [[named], 200],
    [[named, beside], 500],
  ] as const) {
    const app = await createTestApp(db, [(parts) => serve(parts, counted, async () => ({ areas: [...areas] }))]);
    app.log.level = 'silent';
    assert.equal((await app.inject('/api/v1/counted')).statusCode, statusCode);
    await app.close();
  }
});
