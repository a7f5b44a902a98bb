import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { collections, paths } from './paths.ts';

test('collections are those of the record kinds', () => {
  assert.deepEqual(
    collections,
    Object.fromEntries(Object.values(recordKinds).map((kind) => [kind.name, kind.collection])),
  );
});

test('a builder makes the address and the pattern of its route', () => {
  assert.equal(
    paths.records('u1', 'students', { id: 'r1', field: 'pin' }),
    '/units/u1/records/students?id=r1&field=pin',
  );
  assert.equal(paths.records(':unitId', ':collection'), '/units/:unitId/records/:collection');
  assert.equal(paths.signIn('/units/u1?year=2024'), '/sign-in?back=%2Funits%2Fu1%3Fyear%3D2024');
});
