import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf } from '@khuevan/core/records/kinds.ts';
import { student } from '@khuevan/core/records/student.ts';
import { boxOf, cellsOf, clearing, fillingDown, planPaste } from './range.ts';
import { rowOf, stateOf, valueIn } from './sheet-rows.ts';

const fields = ['fullName', 'birthDate', 'sex', 'pin', 'ministryCode'].map((key) => fieldOf(student, key));
const rows = ['An', 'Bình', 'Chi'].map((name, index) =>
  rowOf({
    id: `r${index}`,
    version: '1',
    values: {
      fullName: `Nguyễn ${name}`,
      birthDate: '2018-03-12',
      sex: index === 0 ? '02' : '01',
      pin: '019318••••21',
      ministryCode: null,
    },
    findings: [],
  }),
);
const at = (row: number, column: number, row2 = row, column2 = column) => ({
  from: { row, column },
  to: { row: row2, column: column2 },
});
const plan = (text: string[][], range: ReturnType<typeof at>, mayAdd = true) =>
  planPaste({ kind: student, rows, fields, block: text, range, mayAdd, begin: { repeating: false } });

test('a range is the same whichever corner it began at', () => {
  assert.deepEqual(boxOf(at(2, 3, 0, 1)), { top: 0, bottom: 2, left: 1, right: 3 });
  assert.equal(cellsOf(boxOf(at(2, 3, 0, 1))), 9);
});

test('a block goes over the cells from the corner on, and beyond the last row into new rows', () => {
  const { changes, added, cells } = plan(
    [
      ['Lý Dung', '01/07/2018'],
      ['Ma Giang', '22/02/2018'],
    ],
    at(2, 0),
  );
  assert.deepEqual(changes, [
    { id: 'r2', key: 'fullName', text: 'Lý Dung' },
    { id: 'r2', key: 'birthDate', text: '01/07/2018' },
  ]);
  assert.equal(added.length, 1);
  assert.deepEqual(
    [valueIn(added[0]!, 'fullName'), valueIn(added[0]!, 'birthDate'), valueIn(added[0]!, 'repeating')],
    ['Ma Giang', '2018-02-22', false],
  );
  assert.equal(stateOf(added[0]!), 'waiting');
  assert.equal(cells, 4);
});

test('one cell fills the whole range; empty lines add nothing; who may not add gets none', () => {
  assert.deepEqual(
    plan([['Nữ']], at(0, 2, 2, 2)).changes.map((change) => change.id),
    ['r0', 'r1', 'r2'],
  );
  assert.equal(
    plan(
      [
        ['a', 'b'],
        ['', ' '],
      ],
      at(2, 0),
    ).added.length,
    0,
  );
  assert.equal(
    plan(
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
      at(2, 0),
      false,
    ).added.length,
    0,
  );
});

test('headings send the columns to their fields, shown or not', () => {
  const { changes } = plan(
    [
      ['Giới tính', 'Mã định danh Bộ GDĐT'],
      ['Nữ', '1900000001'],
    ],
    at(1, 0),
  );
  assert.deepEqual(changes, [
    { id: 'r1', key: 'sex', text: 'Nữ' },
    { id: 'r1', key: 'ministryCode', text: '1900000001' },
  ]);
});

test('filling down takes the first row of the range, or the row above a single one; numbers of people are not copied', () => {
  assert.deepEqual(fillingDown(rows, fields, boxOf(at(0, 2, 2, 3))), [
    { id: 'r1', key: 'sex', value: '02' },
    { id: 'r2', key: 'sex', value: '02' },
  ]);
  assert.deepEqual(fillingDown(rows, fields, boxOf(at(1, 2))), [{ id: 'r1', key: 'sex', value: '02' }]);
  assert.deepEqual(fillingDown(rows, fields, boxOf(at(0, 2))), []);
});

test('clearing empties each cell of the range', () => {
  assert.deepEqual(clearing(rows, fields, boxOf(at(0, 1, 1, 1))), [
    { id: 'r0', key: 'birthDate', value: null },
    { id: 'r1', key: 'birthDate', value: null },
  ]);
});
