import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDays } from './days.ts';

test('days from a deadline are whole numbers with commas', () => {
  assert.deepEqual(parseDays('1, -3;-7  +3'), [-7, -3, 1, 3]);
  assert.deepEqual(parseDays(' '), []);
  assert.deepEqual(parseDays('−2'), [-2]);
  for (const wrong of ['1,5x', 'ba', '--3', '61', '1.5', '100']) assert.equal(parseDays(wrong), null, wrong);
  assert.equal(parseDays(Array.from({ length: 21 }, (_, index) => index).join()), null);
});
