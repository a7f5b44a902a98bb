import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Column } from './definition.ts';
import { layOutHead } from './headings.ts';

const column = (code: string, ...headings: string[]): Column => ({
  code,
  filter: {},
  headings: headings.map((vi) => ({ vi, en: vi })),
});
const drawn = (columns: Column[]) =>
  layOutHead(columns).map((row) =>
    row.map((cell) => `${cell.text.vi}@${cell.column} ${cell.columnSpan}x${cell.rowSpan}`),
  );

test('neighbours under one heading share it; a lone heading fills the height', () => {
  assert.deepEqual(
    drawn([
      column('1', 'Tổng số'),
      column('2', 'Công lập', 'Nữ'),
      column('3', 'Công lập', 'Nam'),
      column('4', 'Tư thục', 'Nữ'),
    ]),
    [
      ['Tổng số@0 1x2', 'Công lập@1 2x1', 'Tư thục@3 1x1'],
      ['Nữ@1 1x1', 'Nam@2 1x1', 'Nữ@3 1x1'],
    ],
  );
});

test('equal words under different headings stay apart, and every place of the grid is covered once', () => {
  const columns = [column('1', 'A', 'Tổng số'), column('2', 'A', 'Nữ'), column('3', 'B', 'Tổng số'), column('4', 'C')];
  const covered = new Set<string>();
  for (const cell of layOutHead(columns).flat())
    for (let x = 0; x < cell.columnSpan; x += 1)
      for (let y = 0; y < cell.rowSpan; y += 1) {
        const place = `${cell.column + x},${cell.row + y}`;
        assert.ok(!covered.has(place), place);
        covered.add(place);
      }
  assert.equal(covered.size, 8);
});
