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

test('places in a report are part of its address, and a print code that of the check page', () => {
  assert.equal(paths.report('u1', 'r1', { step: 'form', cell: '40.1' }), '/units/u1/reports/r1?step=form&cell=40.1');
  assert.equal(paths.review(':unitId', ':reportUnitId', ':reportId'), '/units/:unitId/reviews/:reportUnitId/:reportId');
  assert.equal(paths.board('u1', { period: 'p1', form: '02-TH-ĐN' }), '/units/u1/board?period=p1&form=02-TH-%C4%90N');
  assert.equal(paths.print('u1', 'r1', { no: 2 }), '/units/u1/reports/r1/print?no=2');
  assert.equal(paths.check(':code'), '/kiem-tra/:code');
});
