import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyDefinition } from '@khuevan/core/collections/definition.ts';
import {
  addLines,
  beginBuilding,
  changeLine,
  changeShape,
  choicesIn,
  endBuilding,
  moveLine,
  removeLine,
  toggleSum,
} from './builder-form.ts';

const labels = (lines: ReadonlyArray<{ label: string }>) => lines.map((each) => each.label);

test('lines are added where they are asked for, with keys that were never used', () => {
  const one = addLines(beginBuilding(emptyDefinition), 'rows', ['Hai', 'Ba'], 'r1');
  assert.deepEqual(labels(one.rows), ['Chỉ tiêu 1', 'Hai', 'Ba']);
  const gone = removeLine(one, 'rows', 'r3');
  const again = addLines(gone, 'rows', ['Bốn']);
  assert.deepEqual(
    again.rows.map((each) => each.key),
    ['r1', 'r2', 'r4'],
  );
  assert.equal(
    addLines(
      again,
      'rows',
      Array.from({ length: 300 }, () => 'x'),
    ).rows.length,
    200,
  );
  assert.ok(!('lastKeys' in endBuilding(again)));
});

test('a line that is removed leaves the sums, and a sum of nothing ends', () => {
  let form = addLines(beginBuilding(emptyDefinition), 'rows', ['Hai', 'Cộng']);
  for (const part of ['r1', 'r2']) form = changeLine(form, 'rows', 'r3', { sumOf: toggleSum(form.rows[2]!, part) });
  assert.deepEqual(form.rows[2]!.sumOf, ['r1', 'r2']);
  form = removeLine(form, 'rows', 'r1');
  assert.deepEqual(form.rows.at(-1)!.sumOf, ['r2']);
  assert.equal(removeLine(form, 'rows', 'r2').rows[0]!.sumOf, undefined);
});

test('lines move within their ends; a list has no rows and a grid has one', () => {
  const form = addLines(beginBuilding(emptyDefinition), 'columns', ['Hai']);
  assert.deepEqual(labels(moveLine(form, 'columns', 'c2', -1).columns), ['Hai', 'Số lượng']);
  assert.deepEqual(labels(moveLine(form, 'columns', 'c2', 1).columns), ['Số lượng', 'Hai']);
  const list = changeShape(form, 'list', 'Một');
  assert.deepEqual(list.rows, []);
  assert.deepEqual(labels(changeShape(list, 'grid', 'Một').rows), ['Một']);
});

test('choices are parted by semicolons or lines, each once', () => {
  assert.deepEqual(choicesIn(' Tốt; Yếu\nTốt;; '), ['Tốt', 'Yếu']);
});
