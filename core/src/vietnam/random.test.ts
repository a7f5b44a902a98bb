import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from './random.ts';

const draw = (seed: string, count: number) => {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test('the same seed gives the same numbers, for ever', () => {
  assert.deepEqual(draw('khue-van', 1000), draw('khue-van', 1000));
  // Computed by an implementation in another language: if these change, every demo database and every expected figure changes.
  const random = createRandom('khue-van');
  assert.deepEqual(
    [random.integer(0, 999_999), random.integer(0, 999_999), random.integer(0, 999_999)],
    [585_876, 673_499, 661_719],
  );
});

test('seeds that differ little give streams that have nothing in common', () => {
  const seeds = ['', 'a', 'b', 'aa', 'school-1', 'school-2', 'school-10'];
  const drawn = seeds.flatMap((seed) => draw(seed, 2000));
  assert.ok(new Set(drawn).size > drawn.length - 10);
});

test('a fork is independent: drawing from it shifts nothing here', () => {
  const [plain, forking] = [createRandom('seed'), createRandom('seed')];
  forking.fork('names').integer(1, 6);
  assert.equal(plain.next(), forking.next());
  assert.deepEqual(
    draw('seed/names', 3),
    Array.from(
      { length: 3 },
      (
        (fork) => () =>
          fork.next()
      )(createRandom('seed').fork('names')),
    ),
  );
});

describe('the numbers look random', () => {
  const COUNT = 100_000;
  test('each of 256 equal parts of [0, 1) is hit as often as chance allows', () => {
    const hits = new Array<number>(256).fill(0);
    for (const value of draw('uniform', COUNT)) hits[Math.floor(value * 256)]! += 1;
    const expected = COUNT / 256;
    const chiSquare = hits.reduce((sum, hit) => sum + (hit - expected) ** 2 / expected, 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6; five of them to either side.
    assert.ok(chiSquare > 142 && chiSquare < 368, String(chiSquare));
  });

  test('one number says nothing of the next', () => {
    const values = draw('serial', COUNT);
    const covariance =
      values.slice(1).reduce((sum, value, index) => sum + (value - 0.5) * ((values[index] ?? 0) - 0.5), 0) / COUNT;
    assert.ok(Math.abs(covariance * 12) < 0.02, String(covariance));
  });

  test('integers are unbiased and reach both ends', () => {
    const random = createRandom('dice');
    const hits = new Map<number, number>();
    for (let index = 0; index < 60_000; index++) {
      const face = random.integer(1, 6);
      hits.set(face, (hits.get(face) ?? 0) + 1);
    }
    assert.deepEqual(
      [...hits.keys()].toSorted((a, b) => a - b),
      [1, 2, 3, 4, 5, 6],
    );
    for (const hit of hits.values()) assert.ok(Math.abs(hit - 10_000) < 500, String(hit));
  });

  test('weights are kept', () => {
    const random = createRandom('weights');
    const hits = { a: 0, b: 0, never: 0 };
    for (let index = 0; index < 20_000; index++)
      hits[
        random.weighted([
          ['a', 3],
          ['never', 0],
          ['b', 1],
        ] as const)
      ] += 1;
    assert.equal(hits.never, 0);
    assert.ok(Math.abs(hits.a - 15_000) < 400, String(hits.a));
  });

  test('chance', () => {
    const random = createRandom('chance');
    const hits = Array.from({ length: 20_000 }, () => random.chance(0.015)).filter(Boolean).length;
    assert.ok(hits > 220 && hits < 380, String(hits));
    assert.ok(!random.chance(0) && random.chance(1));
  });
});

test('whatever is asked stays inside what was given', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: -1000, max: 1000 }), fc.nat(1000), (seed, min, size) => {
      const random = createRandom(seed);
      for (const value of [random.integer(min, min + size), random.around(min, min + size)]) {
        assert.ok(Number.isInteger(value) && value >= min && value <= min + size);
      }
      const items = Array.from({ length: size % 20 }, (_, index) => index);
      assert.deepEqual(
        random.shuffle(items).sort((a, b) => a - b),
        items,
      );
      if (items.length > 0) assert.ok(items.includes(random.pick(items)));
    }),
  );
});

test('what cannot be drawn is refused', () => {
  const random = createRandom('x');
  assert.throws(() => random.integer(2, 1), RangeError);
  assert.throws(() => random.integer(0.5, 3), RangeError);
  assert.throws(() => random.pick([]), RangeError);
  assert.throws(() => random.weighted([['a', 0]]), RangeError);
});
