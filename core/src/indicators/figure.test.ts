import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sampleForm } from '../forms/sample-form.ts';
import { breakdownNames, type IndicatorDefinition } from './definition.ts';
import { type KnownFigures, workOut } from './figure.ts';
import { planIndicator } from './plan.ts';
import { sampleIndicator } from './sample-indicator.ts';

/** Cells as they are printed; totals are kept in hundredths. */
const knowing = (cells: Record<string, number | null>, people: number | null = null): KnownFigures => ({
  cell: (form, year, cell) => {
    const value = cells[`${form} ${year} ${cell}`];
    return value === undefined || value === null ? value : Math.round(value * 100);
  },
  people: () => people,
});
const planOf = (indicator: IndicatorDefinition) => planIndicator(indicator, () => sampleForm)!;
const figureOf = (indicator: IndicatorDefinition, known: KnownFigures, breakdown = 'all') =>
  workOut(
    indicator,
    planOf(indicator).breakdowns.find((each) => each.breakdown === breakdown)!,
    2024,
    known,
  );
const year = (numerator: number | null, denominator: number | null) =>
  knowing({ 's-01 2024 2.1': numerator, 's-01 2024 1.1': denominator });

test('halves are rounded up, and nothing passes through binary fractions', () => {
  for (const [numerator, denominator, expected] of [
    [1, 32, 3.13], // 3.125
    [1, 8, 12.5],
    [1, 3, 33.33],
    [2, 3, 66.67],
    [201, 20000, 1.01], // 1.005, which lies below it as a binary fraction
    [20099, 2000000, 1], // 1.00495
    [0, 7, 0],
    [7, 7, 100],
    [999_995, 1_000_000, 100], // 99.9995
  ] as const)
    assert.equal(
      figureOf(sampleIndicator, year(numerator, denominator)).value,
      expected,
      `${numerator}/${denominator}`,
    );
});

test('a rate is the exact quotient, rounded half up, whatever the numbers', () => {
  fc.assert(
    fc.property(fc.nat(5_000_000), fc.integer({ min: 1, max: 5_000_000 }), fc.nat(4), (above, below, decimals) => {
      const { value } = figureOf({ ...sampleIndicator, decimals }, year(above, below));
      // Held against the definition of rounding and not against another division: |value - quotient| <= half a unit, up at the half.
      const scaled = BigInt(value!.toFixed(decimals).replace('.', ''));
      const exact = BigInt(above) * 100n * 10n ** BigInt(decimals) * 2n;
      const rounded = scaled * 2n * BigInt(below);
      assert.ok(rounded - exact <= BigInt(below) && exact - rounded < BigInt(below));
    }),
  );
});

test('what is not known is blank and says why; it is never nothing', () => {
  const of = (known: KnownFigures) => {
    const { value, numerator, denominator, missing } = figureOf(sampleIndicator, known);
    return [value, numerator, denominator, missing.map((each) => each.kind).join()];
  };
  assert.deepEqual(of(knowing({})), [null, null, null, 'form']);
  assert.deepEqual(of(year(null, 30)), [null, null, 30, 'cell']);
  assert.deepEqual(of(year(3, null)), [null, 3, null, 'cell']);
  assert.deepEqual(of(year(0, 0)), [null, 0, 0, 'nobody']);
  assert.deepEqual(of(year(0, 5)), [0, 0, 5, '']);
});

test('a rate without a population is blank, and names the ages and the year', () => {
  const rate: IndicatorDefinition = {
    ...sampleIndicator,
    reach: 'office',
    denominator: [{ ages: { from: 6, to: 10 } }],
  };
  const figure = figureOf(rate, year(3, null));
  assert.deepEqual([figure.value, figure.numerator, figure.denominator], [null, 3, null]);
  assert.deepEqual(figure.missing, [{ kind: 'population', year: 2024, ages: { from: 6, to: 10 } }]);
  const known = knowing({ 's-01 2024 2.1': 3 }, 32);
  assert.equal(figureOf(rate, known).value, 9.38); // 9.375
  assert.equal(figureOf(rate, knowing({ 's-01 2024 2.1': 3 }, 0)).value, null);
});

test('a column that a breakdown has no cells for is not offered; men are all less the women', () => {
  assert.deepEqual(
    planOf(sampleIndicator).breakdowns.map((each) => each.breakdown),
    ['all', 'female', 'male'],
  );
  const marked: IndicatorDefinition = { ...sampleIndicator, numerator: [{ form: 's-01', rows: ['3'] }] };
  assert.deepEqual(
    planOf(marked).breakdowns.map((each) => each.breakdown),
    ['all'],
    'row 3 is printed # for women',
  );
  const known = knowing({
    's-01 2024 1.1': 50,
    's-01 2024 1.2': 20,
    's-01 2024 2.1': 11,
    's-01 2024 2.2': 4,
  });
  const men = figureOf(sampleIndicator, known, 'male');
  assert.deepEqual([men.numerator, men.denominator, men.value], [7, 30, 23.33]);
  assert.equal(breakdownNames.length, 7);
});

test('next year is another year: this year’s cells do not stand in for it', () => {
  const later: IndicatorDefinition = {
    ...sampleIndicator,
    isShare: false,
    numerator: [{ form: 's-01', rows: ['2'], yearOffset: 1 }],
  };
  const figure = figureOf(later, year(3, 30));
  assert.deepEqual(figure.missing, [{ kind: 'form', form: 's-01', schoolYear: 2025 }]);
  const known = knowing({ 's-01 2024 1.1': 30, 's-01 2025 2.1': 6 });
  assert.equal(figureOf(later, known).value, 20);
});
