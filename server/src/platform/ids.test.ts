import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newId, newIds } from './ids.ts';

const version7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const written = (ids: Buffer): string[] =>
  Array.from({ length: ids.length / 16 }, (_, index) =>
    ids.toString('hex', index * 16, index * 16 + 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
  );
const timeOf = (id: string) => Number.parseInt(id.replace('-', '').slice(0, 12), 16);

test('an id is a UUID of version 7 of this moment, and no other is the same', () => {
  const before = Date.now();
  const ids = Array.from({ length: 1000 }, newId);
  for (const id of ids) {
    assert.match(id, version7);
    assert.ok(timeOf(id) >= before && timeOf(id) <= Date.now());
  }
  assert.equal(new Set(ids).size, ids.length);
});

test('many at once are as one, and each comes after the one before it', () => {
  const before = Date.now();
  const ids = written(newIds(10_000));
  assert.equal(ids.length, 10_000);
  for (const id of ids) {
    assert.match(id, version7);
    assert.ok(timeOf(id) >= before && timeOf(id) <= Date.now() + 3);
  }
  assert.deepEqual(ids, ids.toSorted());
  assert.equal(
    new Set(ids.map((id) => id.slice(19))).size,
    ids.length,
    'what follows the time and the count is chance',
  );
});
