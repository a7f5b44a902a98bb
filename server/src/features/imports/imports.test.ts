// A file's way into the records: read, judged, compared, stored; again, in part, for an office, under two hands at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from '#platform/testing.ts';
import { bytesOf, type ImportBody, type Importer, sheetOf, openImporting } from '#testing/imports.ts';
import { typedStudent } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting());
});
after(async () => {
  await app.close();
  await db.close();
});

const count = async (sql: string, values: unknown[] = []) =>
  Number((await db.owner.query<{ n: string }>(`select count(*) as n from ${sql}`, values)).rows[0]!.n);

const pick = ({ rowsRead, rowsGood, rowsBad, toAdd, toChange, toLeave }: ImportBody) => ({
  rowsRead,
  rowsGood,
  rowsBad,
  toAdd,
  toChange,
  toLeave,
});

test('a school imports its pupils; the same file again changes nothing', async () => {
  const file = await bytesOf([
    sheetOf('student', [
      typedStudent('Nguyễn Văn An', { pin: '019218000001' }),
      typedStudent('Trần Thị Bình', { sex: '02' }),
    ]),
  ]);
  const ready = await importer.readIn('clerk.doican', 'doiCan', 'student', file);
  assert.equal(ready.state, 'ready', JSON.stringify(ready));
  assert.deepEqual(pick(ready), { rowsRead: 2, rowsGood: 2, rowsBad: 0, toAdd: 2, toChange: 0, toLeave: 0 });
  assert.equal(await count('student'), 0);
  const applied = await importer.apply('clerk.doican', 'doiCan', ready.id);
  assert.equal(applied.state, 'applied');
  assert.equal(await count('student'), 2);
  const again = await importer.readIn('clerk.doican', 'doiCan', 'student', file);
  assert.deepEqual(pick(again), { rowsRead: 2, rowsGood: 2, rowsBad: 0, toAdd: 0, toChange: 0, toLeave: 2 });
  await importer.apply('clerk.doican', 'doiCan', again.id);
  assert.equal(await count('student'), 2);
  assert.equal(await count('history'), 0);
});
