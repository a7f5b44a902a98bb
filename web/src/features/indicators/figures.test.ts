import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ComparedUnit, groupIndicators, lengthOf, type Listed, sortByValue } from './figures.ts';

const unit = (unitName: string, value: number | null) => ({ unitName, value }) as ComparedUnit;

test('units stand from the highest down, those without a value last, equal ones as they came', () => {
  const units = [unit('A', null), unit('B', 3), unit('C', 0), unit('D', 7), unit('E', 3), unit('F', null)];
  assert.deepEqual(
    sortByValue(units).map((each) => each.unitName),
    ['D', 'B', 'E', 'C', 'A', 'F'],
  );
});

test('a bar is as long as its share of the longest; no value has none', () => {
  const units = [unit('A', 8), unit('B', 2), unit('C', null), unit('D', 0)];
  assert.deepEqual(
    units.map((each) => lengthOf(each.value, units)),
    [100, 25, 0, 0],
  );
  assert.equal(lengthOf(0, [unit('A', 0)]), 0);
});

test('indicators stand in the order of their groups, each once', () => {
  const listed = (['rooms', 'size', 'size', 'flow'] as const).map(
    (group, index) => ({ group, slug: `i${index}` }) as Listed,
  );
  assert.deepEqual(
    groupIndicators(listed).map(({ group, indicators }) => [group, indicators.map((each) => each.slug)]),
    [
      ['size', ['i1', 'i2']],
      ['flow', ['i3']],
      ['rooms', ['i0']],
    ],
  );
});
