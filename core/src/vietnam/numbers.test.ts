import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { formatNumber, parseNumber, roundHalfUp, roundRatio } from './numbers.ts';

describe('formatNumber', () => {
  const table: [number, number | undefined, string][] = [
    [1234.5, undefined, '1.234,5'],
    [0, undefined, '0'],
    [-0, undefined, '0'],
    [999, undefined, '999'],
    [1000, undefined, '1.000'],
    [-1_234_567.25, undefined, '-1.234.567,25'],
    [1e21, undefined, '1.000.000.000.000.000.000.000'],
    [1e-7, undefined, '0,0000001'],
    [3.125, 2, '3,13'],
    [5, 2, '5,00'],
    [0.005, 2, '0,01'],
    [-0.001, 2, '0,00'],
    [999.995, 2, '1.000,00'],
    [12, 0, '12'],
  ];
  for (const [value, decimals, expected] of table)
    test(`${value} ${decimals ?? ''}`, () => assert.equal(formatNumber(value, decimals), expected));

  test('writes as the Vietnamese locale of the engine does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), fc.integer({ min: 0, max: 3 }), (whole, decimals) => {
        const value = whole / 10 ** decimals;
        const locale = new Intl.NumberFormat('vi-VN', {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        });
        assert.equal(formatNumber(value, decimals), locale.format(value));
      }),
    );
  });
});

describe('parseNumber', () => {
  const good: [string, number][] = [
    ['0', 0],
    ['1234', 1234],
    ['1.234', 1234],
    ['1.234,5', 1234.5],
    ['1234,5', 1234.5],
    ['1.234.567,25', 1_234_567.25],
    ['-12,5', -12.5],
    [' 7 ', 7],
    ['007', 7],
    ['0,50', 0.5],
  ];
  for (const [text, expected] of good) test(text, () => assert.equal(parseNumber(text), expected));

  for (const text of [
    '',
    '-',
    ',5',
    '5,',
    '1.5',
    '1.23',
    '1,234.5',
    '12.34.567',
    '.123',
    '1..234',
    '1 234',
    '1e3',
    '0x10',
    '٣',
    'NaN',
    '1,2,3',
    '+5',
    '--5',
  ]) {
    test(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseNumber(text), null));
  }

  test('reads back what formatNumber writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        assert.equal(parseNumber(formatNumber(value)), value === 0 ? 0 : value),
      ),
    );
  });
});

describe('roundHalfUp', () => {
  const table: [number, number, number][] = [
    [0.5, 0, 1],
    [1.5, 0, 2],
    [2.5, 0, 3],
    [-0.5, 0, -1],
    [-2.5, 0, -3],
    [1.005, 2, 1.01],
    [1.255, 2, 1.26],
    [8.345, 2, 8.35],
    [2.4999, 0, 2],
    [1e-7, 2, 0],
    [5e-7, 6, 0.000001],
    [123_456_789.125, 2, 123_456_789.13],
    [7, 2, 7],
    [1e300, 2, 1e300],
  ];
  for (const [value, decimals, expected] of table)
    test(`${value} to ${decimals}`, () => assert.equal(roundHalfUp(value, decimals), expected));

  test('refuses what is not finite', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) assert.throws(() => roundHalfUp(value), RangeError);
  });
});

describe('roundRatio', () => {
  const table: [number, number, number, number | null][] = [
    // 1 of 32 pupils, in percent with two decimals, as printed by a provincial department in 2023.
    [100, 32, 2, 3.13],
    [1, 3, 2, 0.33],
    [2, 3, 2, 0.67],
    [1, 2, 0, 1],
    [0, 7, 2, 0],
    [5, 0, 2, null],
    [-1, 2, 0, -1],
    [1005, 1000, 2, 1.01],
  ];
  for (const [n, d, decimals, expected] of table)
    test(`${n}/${d}`, () => assert.equal(roundRatio(n, d, decimals), expected));

  test('the error is at most half a unit of the last place, and the half goes up', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 3 }),
        (n, d, decimals) => {
          const unit = 10 ** decimals;
          const shown = Math.round((roundRatio(n, d, decimals) ?? Number.NaN) * unit);
          // n/d * unit in (shown - 1/2, ...]: 2*n*unit - d < 2*shown*d <= 2*n*unit + d, all whole numbers below 2^53.
          assert.ok(2 * n * unit - d < 2 * shown * d && 2 * shown * d <= 2 * n * unit + d);
        },
      ),
    );
  });
});
