import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectFinish } from './finish.ts';

test('the rest comes at the pace of the last days', () => {
  // 14 in 7 days are 2 a day: 9 more take 4.5 days, so the fifth day.
  assert.deepEqual(expectFinish('2024-10-20', { remaining: 9, recent: 14, daysOpen: 20 }), {
    state: 'expected',
    on: '2024-10-25',
    perDay: 2,
  });
  // Open for three days only: 6 in 3 days.
  assert.deepEqual(expectFinish('2024-10-31', { remaining: 2, recent: 6, daysOpen: 3 }), {
    state: 'expected',
    on: '2024-11-01',
    perDay: 2,
  });
});

test('no day is named from too little, and none is needed when all is there', () => {
  assert.equal(expectFinish('2024-10-20', { remaining: 100, recent: 4, daysOpen: 20 }).state, 'unknown');
  assert.equal(expectFinish('2024-10-20', { remaining: 100, recent: 60, daysOpen: 2 }).state, 'unknown');
  assert.equal(expectFinish('2024-10-20', { remaining: 10_000, recent: 7, daysOpen: 20 }).state, 'unknown');
  assert.equal(expectFinish('2024-10-20', { remaining: 0, recent: 0, daysOpen: 1 }).state, 'done');
});

test('a quicker pace never ends later, more to come never ends earlier', () => {
  const dayOf = (remaining: number, recent: number): string => {
    const finish = expectFinish('2024-10-20', { remaining, recent, daysOpen: 30 });
    return finish.state === 'expected' ? finish.on : '9999';
  };
  for (let remaining = 1; remaining < 300; remaining += 7)
    for (let recent = 1; recent < 60; recent += 3) {
      assert.ok(dayOf(remaining, recent + 1) <= dayOf(remaining, recent));
      assert.ok(dayOf(remaining + 1, recent) >= dayOf(remaining, recent));
    }
});
