import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleForm } from '../forms/sample-form.ts';
import { IndicatorFault, parseIndicators } from './parse.ts';
import { sampleIndicator } from './sample-indicator.ts';

const faultsOf = (...indicators: unknown[]): string[] => {
  try {
    parseIndicators(indicators, [sampleForm]);
    return [];
  } catch (error) {
    assert.ok(error instanceof IndicatorFault);
    return error.faults;
  }
};

test('a sound indicator is read as it is written', () => {
  assert.deepEqual(parseIndicators([sampleIndicator], [sampleForm]), [sampleIndicator]);
});

test('what cannot hold is said', () => {
  const planted: Array<[object, RegExp]> = [
    [{ numerator: [{ form: 's-01', rows: ['9'] }] }, /form s-01 1 has no row 9/],
    [
      { numerator: [{ form: 's-01', rows: ['2'], amount: 'planned' }] },
      /row 2 of s-01 has no column of the amount planned/,
    ],
    [{ level: '77' }, /level 77 is not in the code list/],
    [{ denominator: null }, /a count has no denominator/],
    [{ unit: 'ratio' }, /a share is said in percent/],
    [{ denominator: [{ ages: { from: 6, to: 10 } }] }, /a school has no population of its own/],
    [{ reach: 'office', denominator: [{ ages: { from: 10, to: 6 } }] }, /ages end before they begin/],
    [{ atMost: 'nowhere' }, /nowhere is no indicator that could limit it/],
    [{ moetCode: '21' }, /moetCode/],
    [{ sourced: 'x' }, /sourced/],
  ];
  for (const [change, fault] of planted) {
    const faults = faultsOf({ ...sampleIndicator, ...change });
    assert.equal(faults.length, 1, faults.join());
    assert.match(faults[0]!, fault);
  }
});

test('versions of an indicator follow one another, on no day two', () => {
  const until = { ...sampleIndicator, valid: { from: '2020-01-01', to: '2023-12-31' } };
  const since = { ...sampleIndicator, version: '2', valid: { from: '2024-01-01', to: null } };
  assert.deepEqual(faultsOf(until, since), []);
  assert.match(faultsOf(until, { ...since, valid: { from: '2023-12-31', to: null } }).join(), /hold on the same day/);
  assert.match(faultsOf(until, { ...since, reach: 'office' }).join(), /not the same thing/);
});

test('a form that is not here yet cannot be judged', () => {
  assert.deepEqual(faultsOf({ ...sampleIndicator, numerator: [{ form: 'x-99', rows: ['1'] }] }), []);
});
