import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyContent } from '@khuevan/core/collections/content.ts';
import { type CollectionDefinition, limits } from '@khuevan/core/collections/definition.ts';
import { addRow, besides, pasteBlock, removeRow, typeCell } from './answer-cells.ts';

const grid: CollectionDefinition = {
  shape: 'grid',
  columns: [
    { key: 'c1', label: 'A', type: 'integer', required: false },
    { key: 'c2', label: 'B', type: 'text', required: false },
    { key: 'c3', label: 'C', type: 'integer', required: false, sumOf: ['c1'] },
  ],
  rows: [
    { key: 'r1', label: '1', indent: 0 },
    { key: 'r2', label: '2', indent: 0, sumOf: ['r1', 'r3'] },
    { key: 'r3', label: '3', indent: 0 },
  ],
  attachments: false,
};
const list: CollectionDefinition = { ...grid, shape: 'list', rows: [] };

test('a block from Excel fills cells from where it is pasted and passes over what nobody types', () => {
  const block = [
    ['1.000', 'một', '9', 'ngoài'],
    ['5', 'bỏ', '9'],
    ['ba', '', ''],
    ['ngoài', '', ''],
  ];
  assert.deepEqual(pasteBlock(grid, emptyContent, { row: 0, column: 0 }, block).cells, {
    'r1.c1': 1000,
    'r1.c2': 'một',
    'r3.c1': 'ba',
  });
  assert.deepEqual(pasteBlock(list, { cells: {}, rows: [{ c1: 7 }] }, { row: 1, column: 0 }, block.slice(0, 2)).rows, [
    { c1: 7 },
    { c1: 1000, c2: 'một' },
    { c1: 5, c2: 'bỏ' },
  ]);
});

test('a cell that is emptied is gone; rows come and go within the limit', () => {
  const typed = typeCell(grid, emptyContent, { row: 0, column: 0 }, '5');
  assert.deepEqual(typeCell(grid, typed, { row: 0, column: 0 }, '').cells, {});
  assert.equal(typeCell(grid, typed, { row: 0, column: 2 }, '9'), typed);
  const full = { cells: {}, rows: Array.from({ length: limits.listRows }, () => ({})) };
  assert.equal(addRow(full).rows.length, limits.listRows);
  assert.equal(typeCell(list, full, { row: limits.listRows, column: 0 }, '1').rows.length, limits.listRows);
  assert.deepEqual(removeRow({ cells: {}, rows: [{ c1: 1 }, { c1: 2 }] }, 0).rows, [{ c1: 2 }]);
});

test('Enter and the arrows go to the next cell that is typed', () => {
  assert.deepEqual(besides(grid, 3, { row: 0, column: 0 }, 'Enter'), { row: 2, column: 0 });
  assert.deepEqual(besides(grid, 3, { row: 2, column: 0 }, 'ArrowUp'), { row: 0, column: 0 });
  assert.equal(besides(grid, 3, { row: 2, column: 0 }, 'ArrowDown'), null);
  assert.equal(besides(grid, 3, { row: 0, column: 0 }, 'Tab'), null);
});
