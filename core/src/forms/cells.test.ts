import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalCells, findBlankCells, findStrayCells, placesOf, subtractCells, sumCells } from './cells.ts';
import type { Cells } from './definition.ts';
import { sampleForm } from './sample-form.ts';

const keys = ['1.1', '1.2', '2.1', 'B1.1', '37.12'];
// Counts, and million đồng with two decimals, held as the nearest binary fraction.
const amount = fc.oneof(
  fc.nat(2_000_000),
  fc.nat(1_000_000_000).map((hundredths) => hundredths / 100),
);
const cells = fc.dictionary(fc.constantFrom(...keys), amount, { noNullPrototype: true });
const inHundredths = (value: number | undefined): bigint => BigInt(Math.round((value ?? 0) * 100));

test('a sum of forms holds, cell by cell, the exact sum of its parts', () => {
  fc.assert(
    fc.property(fc.array(cells, { maxLength: 30 }), (parts) => {
      const sum = sumCells(parts);
      for (const key of keys) {
        const filled = parts.filter((part) => part[key] !== undefined);
        assert.equal(sum[key] !== undefined, filled.length > 0);
        assert.equal(
          inHundredths(sum[key]),
          filled.reduce((total, part) => total + inHundredths(part[key]), 0n),
        );
      }
    }),
  );
});

test('a total follows a corrected part: plus the new one, minus the old one', () => {
  fc.assert(
    fc.property(fc.array(cells, { minLength: 1, maxLength: 10 }), cells, (parts, corrected) => {
      const old = parts[0] ?? {};
      const moved = sumCells([sumCells(parts), subtractCells(corrected, old)]);
      const again = sumCells([corrected, ...parts.slice(1)]);
      for (const key of keys) assert.equal(inHundredths(moved[key]), inHundredths(again[key]));
    }),
  );
});

test('a difference added to its start gives its end, and to itself is empty', () => {
  fc.assert(
    fc.property(cells, cells, (from, to) => {
      const end = sumCells([from, subtractCells(to, from)]);
      for (const key of keys) assert.equal(end[key] ?? 0, to[key] ?? 0);
      assert.deepEqual(subtractCells(to, to), {});
    }),
  );
});

test('the canonical text is the same for the same cells in any order, and reads back', () => {
  fc.assert(
    fc.property(cells, fc.nat(), (filled, turn) => {
      const entries = Object.entries(filled);
      const cut = entries.length === 0 ? 0 : turn % entries.length;
      const turned: Cells = Object.fromEntries([...entries.slice(cut), ...entries.slice(0, cut)]);
      assert.equal(canonicalCells(turned), canonicalCells(filled));
      assert.deepEqual(JSON.parse(canonicalCells(filled)), filled);
    }),
  );
  assert.equal(canonicalCells({ '2.1': 0.1 + 0.2, '10.1': 5, '1.1': -0 }), '{"1.1":0,"10.1":5,"2.1":0.3}');
});

test('the places of a form are its rows by its columns, with the cells that stay empty marked', () => {
  const places = placesOf(sampleForm).map((place) => `${place.key}${place.empty ? '#' : ''}`);
  assert.deepEqual(places, ['1.1', '1.2', '2.1', '2.2', '3.1', '3.2#', '4.1', '4.2', 'B1.1']);
});

test('cells that do not belong in the form are found, each for its reason', () => {
  const faults = findStrayCells(sampleForm, {
    '1.1': 5,
    '9.1': 1,
    '3.2': 0,
    '2.1': -1,
    '2.2': 1.5,
    'B1.1': 12.25,
    '4.1': NaN,
  });
  assert.deepEqual(faults.map(({ rule, cell = '' }) => `${rule} ${cell}`).sort(), [
    's-01.cell-value 2.1',
    's-01.cell-value 2.2',
    's-01.cell-value 4.1',
    's-01.empty-cell 3.2',
    's-01.unknown-cell 9.1',
  ]);
  assert.deepEqual(findStrayCells(sampleForm, { 'B1.1': 12.255 }).length, 1);
});

test('blank cells are missing unless they must be empty or may stay blank', () => {
  assert.deepEqual(
    findBlankCells(sampleForm, { '1.1': 0, '1.2': 0, '2.2': 0, '3.1': 0 }).map((place) => place.key),
    ['2.1', 'B1.1'],
  );
});
