// Packed rows are what PostgreSQL reads: every value is held against the same value sent as text.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { newIds } from './ids.ts';
import { RowPacker, type RowType } from './row-packer.ts';
import { createTestDatabase, type TestDatabase } from './testing.ts';

let db: TestDatabase;
let type: RowType;

before(async () => {
  db = await createTestDatabase();
  await db.owner
    .query(`create table packed (gone integer, flag boolean, small smallint, whole integer, words text, list text[], day date, amount numeric(14, 2),
    bytes bytea, id uuid); alter table packed drop column gone`);
  const { rows } = await db.owner.query<{ oid: number; name: string; typeOid: number }>(
    `select c.reltype::integer as oid, a.attname as name, a.atttypid::integer as "typeOid" from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relname = 'packed' and a.attnum > 0 and not a.attisdropped order by a.attnum`,
  );
  type = { oid: rows[0]!.oid, columns: rows.map(({ name, typeOid }) => ({ name, typeOid })) };
});
after(() => db.close());

const nullable = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 4 });
// What the database cannot hold is not sent to it: the character of number nothing.
const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((value) => value.replaceAll('\0', '').toWellFormed());
const day = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((value) => value.toISOString().slice(0, 10));
const row = fc.tuple(
  nullable(fc.boolean()),
  nullable(fc.integer({ min: -32_768, max: 32_767 })),
  nullable(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
  nullable(text),
  nullable(fc.array(text, { maxLength: 4 })),
  nullable(day),
  nullable(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }).map((cents) => cents / 100)),
  nullable(fc.uint8Array({ maxLength: 80 })),
  fc.constant(null).map(() => Buffer.from(newIds(1))),
);

test('rows of all types come out as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const packer = new RowPacker(type, new ArrayBuffer(64));
      for (const values of rows) packer.add(values);
      assert.equal(packer.count, rows.length);
      const packed = Buffer.from(packer.finish());
      const { rows: read } = await db.owner.query<Record<string, unknown>>(
        `select flag, small, whole, words, list, day::text, amount::text, encode(bytes, 'hex') as bytes, id::text from unnest($1::packed[])`,
        [packed],
      );
      const plain = rows.map(([flag, small, whole, words, list, date, amount, bytes, id]) => {
        const hex = id.toString('hex');
        return {
          flag,
          small,
          whole,
          words,
          list,
          day: date,
          amount: amount === null ? null : (Math.round(amount * 100) / 100).toFixed(2),
          bytes: bytes === null ? null : Buffer.from(bytes).toString('hex'),
          id: [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-'),
        };
      });
      assert.deepEqual(read, plain);
    }),
    { numRuns: 60 },
  );
});

test('places are kept free for bytes that come later, in a buffer that held other rows', async () => {
  const room = new ArrayBuffer(4096);
  new Uint8Array(room).fill(0xff);
  const packer = new RowPacker(type, room);
  packer.add([true, 1, 1, 'một', ['a'], '2024-09-05', 1.5, 5, newIds(1)]);
  packer.add([false, 2, 2, 'hai', [], '2024-09-05', 0, 5, newIds(1)]);
  const packed = Buffer.from(packer.finish());
  for (const [index, at] of packer.reserved.entries()) packed.write(`tên ${index}`.slice(0, 4), at, 'utf8');
  const { rows } = await db.owner.query<{ words: string; text: string }>(
    `select words, convert_from(bytes, 'utf8') as text from unnest($1::packed[])`,
    [packed],
  );
  assert.deepEqual(rows, [
    { words: 'một', text: 'tên ' },
    { words: 'hai', text: 'tên ' },
  ]);
});

test('columns of other types and numbers that are none are refused', () => {
  assert.throws(() => new RowPacker({ oid: 1, columns: [{ name: 'box', typeOid: 603 }] }), /box/);
  const packer = new RowPacker({ oid: 1, columns: [{ name: 'amount', typeOid: 1700 }] });
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, 1e30])
    assert.throws(() => packer.add([wrong]), RangeError);
});
