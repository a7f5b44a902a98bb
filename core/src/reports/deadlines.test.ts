import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysLate, daysLeft, periodStateOn } from './deadlines.ts';

test('a period is open on its first and on its last day', () => {
  const days = ['2024-09-30', '2024-10-01', '2024-10-31', '2024-11-01'];
  assert.deepEqual(
    days.map((day) => periodStateOn(day, '2024-10-01', '2024-10-31')),
    ['planned', 'open', 'open', 'closed'],
  );
});

test('days left run through zero', () => {
  assert.deepEqual(
    ['2024-10-24', '2024-10-25', '2024-10-26'].map((day) => daysLeft(day, '2024-10-25')),
    [1, 0, -1],
  );
  assert.equal(daysLeft('2024-10-25', null), null);
});

test('what was sent in time stays in time; what was returned counts on', () => {
  assert.equal(daysLate('2024-11-20', '2024-10-25', 'approved', '2024-10-25'), 0);
  assert.equal(daysLate('2024-11-20', '2024-10-25', 'submitted', '2024-10-27'), 2);
  assert.equal(daysLate('2024-10-30', '2024-10-25', 'returned', '2024-10-20'), 5);
  assert.equal(daysLate('2024-10-30', '2024-10-25', 'not-started', null), 5);
  assert.equal(daysLate('2024-10-20', '2024-10-25', 'draft', null), 0);
  assert.equal(daysLate('2024-10-30', null, 'draft', null), 0);
});
