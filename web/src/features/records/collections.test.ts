import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kindOfCollection, offeredKind, sheetFields } from './collections.ts';

const classes = kindOfCollection('classes')!;
const students = kindOfCollection('students')!;
const columnsAt = (kind: typeof classes, levels: readonly string[] | null) =>
  sheetFields(offeredKind(kind, levels), true).map(({ key }) => key);

test('the sheet of a primary school has no column of preschools; that of a school of both levels has it', () => {
  assert.ok(!columnsAt(classes, ['02']).includes('ageGroup'));
  assert.ok(columnsAt(classes, ['01', '02']).includes('ageGroup'));
  assert.ok(!columnsAt(students, ['02', '03']).includes('healthChecked'));
  assert.ok(columnsAt(students, ['01']).includes('healthChecked'));
  assert.deepEqual(columnsAt(students, null).toSorted(), students.fields.map(({ key }) => key).toSorted());
});

test('the same levels give the same object, so that a sheet that is open goes on', () => {
  assert.equal(offeredKind(classes, ['01', '02']), offeredKind(classes, ['01', '02']));
  assert.notEqual(offeredKind(classes, ['02']), offeredKind(classes, ['01', '02']));
});
