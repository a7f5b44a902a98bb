/**
 * Seeded random numbers for synthetic data: the same seed gives the same numbers on every machine and in every version,
 * because only 32-bit whole-number arithmetic and one division are used. Not for secrets.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand), seeded from text by the cyrb128 mix.
 */
export interface Random {
  /** In [0, 1), 32 bits. */
  next(): number;
  /** A whole number between both, both included. */
  integer(min: number, max: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError when there is nothing to pick. */
  pick<T>(items: readonly T[]): T;
  /** Picks by weight; weights need not add up to anything. @throws RangeError when no weight is positive. */
  weighted<T>(items: readonly (readonly [item: T, weight: number])[]): T;
  /** Bell-shaped around the middle of the range, both ends included. */
  around(min: number, max: number): number;
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[];
  /** An independent stream: what is drawn from it does not shift what is drawn here. */
  fork(label: string): Random;
}

function mixSeed(text: string): [number, number, number, number] {
  let [h1, h2, h3, h4] = [1_779_033_703, 3_144_134_277, 1_013_904_242, 2_773_480_762];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    h1 = h2 ^ Math.imul(h1 ^ code, 597_399_067);
    h2 = h3 ^ Math.imul(h2 ^ code, 2_869_860_233);
    h3 = h4 ^ Math.imul(h3 ^ code, 951_274_213);
    h4 = h1 ^ Math.imul(h4 ^ code, 2_716_044_179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597_399_067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2_869_860_233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951_274_213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2_716_044_179);
  return [(h1 ^ h2 ^ h3 ^ h4) >>> 0, (h2 ^ h1) >>> 0, (h3 ^ h1) >>> 0, (h4 ^ h1) >>> 0];
}

/** The next 32 bits, as a whole number from 0 to 2^32 - 1. */
function sfc32(seed: string): () => number {
  let [a, b, c, counter] = mixSeed(seed);
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return sum >>> 0;
  };
  // The first outputs still resemble the seed.
  for (let round = 0; round < 15; round++) next();
  return next;
}

const RANGE = 2 ** 32;

export function createRandom(seed: string): Random {
  const bits = sfc32(seed);
  const next = () => bits() / RANGE;

  const integer = (min: number, max: number) => {
    const size = max - min + 1;
    if (!Number.isInteger(min) || !Number.isInteger(max) || size < 1 || size > RANGE)
      throw new RangeError(`no whole number between ${min} and ${max}`);
    // Draws above the last whole multiple are thrown away, else small numbers would come more often.
    const limit = RANGE - (RANGE % size);
    let draw = bits();
    while (draw >= limit) draw = bits();
    return min + (draw % size);
  };

  const pick = <T>(items: readonly T[]): T => {
    if (items.length === 0) throw new RangeError('nothing to pick from');
    return items[integer(0, items.length - 1)] as T;
  };

  // Plain loops: a demo province draws by weight more than a million times.
  const weighted = <T>(items: readonly (readonly [T, number])[]): T => {
    let total = 0;
    for (const item of items) total += item[1];
    if (!(total > 0)) throw new RangeError('no positive weight');
    let left = next() * total;
    let last: readonly [T, number] | undefined;
    for (const item of items) {
      if (item[1] <= 0) continue;
      last = item;
      if (left < item[1]) break;
      left -= item[1];
    }
    return (last as readonly [T, number])[0];
  };

  return {
    next,
    integer,
    chance: (probability) => next() < probability,
    pick,
    weighted,
    around: (min, max) => min + Math.floor(((next() + next() + next()) / 3) * (max - min + 1)),
    shuffle: (items) => {
      const copy = [...items];
      for (let last = copy.length - 1; last > 0; last--) {
        const other = integer(0, last);
        [copy[last], copy[other]] = [copy[other] as (typeof copy)[number], copy[last] as (typeof copy)[number]];
      }
      return copy;
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
