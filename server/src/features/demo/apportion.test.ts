import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { apportion } from './apportion.ts';

test('parts add up and lie within one of their exact share', () => {
  const weights = fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(fc.nat(100_000), weights, (total, shares) => {
      const parts = apportion(total, shares);
      const sum = shares.reduce((all, share) => all + share, 0);
      assert.equal(
        parts.reduce((all, part) => all + part, 0),
        total,
      );
      for (const [index, part] of parts.entries()) {
        assert.ok(Number.isInteger(part) && Math.abs(part - (total * (shares[index] ?? 0)) / sum) < 1);
      }
    }),
  );
});

test('examples', () => {
  assert.deepEqual(apportion(5, [1, 1, 1]), [2, 2, 1]);
  assert.deepEqual(apportion(10, [0, 3, 1]), [0, 8, 2]);
  assert.deepEqual(apportion(7, []), []);
  assert.deepEqual(apportion(3, [0, 0]), [0, 0]);
});
