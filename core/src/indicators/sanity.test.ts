import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleIndicator } from './sample-indicator.ts';
import { findDoubtfulValues, findFewerReports } from './sanity.ts';
import type { Figure } from './figure.ts';

const figure = (value: number | null, breakdown: Figure['breakdown'] = 'all'): Figure => ({
  breakdown,
  numerator: value,
  denominator: 100,
  value,
  missing: [],
});
const gross = { ...sampleIndicator, slug: 'gross', isShare: false };
const net = { ...sampleIndicator, slug: 'net', atMost: 'gross' };
const rulesOf = (netValue: number | null, grossValue: number | null) =>
  findDoubtfulValues([
    { indicator: gross, figures: [figure(grossValue), figure(90, 'female')] },
    { indicator: net, figures: [figure(netValue)] },
  ]).map((each) => `${each.slug} ${each.rule}`);

test('the net rate is held against the gross one and against the whole', () => {
  assert.deepEqual(rulesOf(97.5, 97.5), []);
  assert.deepEqual(rulesOf(97.51, 97.5), ['net above_limit']);
  assert.deepEqual(rulesOf(100, 104), []);
  assert.deepEqual(rulesOf(100.01, 104), ['net above_hundred'], 'the gross rate may be above 100');
  assert.deepEqual(rulesOf(101, 100), ['net above_hundred', 'net above_limit']);
  assert.deepEqual(rulesOf(null, 100), []);
  assert.deepEqual(rulesOf(97, null), []);
});

test('breakdowns are compared each with its own', () => {
  const found = findDoubtfulValues([
    { indicator: gross, figures: [figure(99), figure(90, 'female')] },
    { indicator: net, figures: [figure(95), figure(95, 'female')] },
  ]);
  assert.deepEqual(
    found.map((each) => each.breakdown),
    ['female'],
  );
});

test('some of the schools against all of the people is too low yet', () => {
  const office = { ...sampleIndicator, reach: 'office' as const, denominator: [{ ages: { from: 6, to: 10 } }] };
  const rules = (parts: number, value: number | null = 40) =>
    findFewerReports(office, figure(value), { parts, schools: 5 }).length;
  assert.deepEqual([rules(4), rules(5), rules(4, null)], [1, 0, 0]);
  assert.deepEqual(findFewerReports(sampleIndicator, figure(40), { parts: 4, schools: 5 }), [], 'pupils by pupils');
});
