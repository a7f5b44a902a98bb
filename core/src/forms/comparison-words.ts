import { toHundredths } from './cells.ts';
import type { Check } from './definition.ts';

// An error is a rule of the form; a warning is an expectation that a reason can answer.
export const comparisonWords = {
  error: {
    '=': { vi: 'phải bằng', en: 'must equal' },
    '<=': { vi: 'không được lớn hơn', en: 'must not be more than' },
    '>=': { vi: 'không được nhỏ hơn', en: 'must not be less than' },
  },
  warning: {
    '=': { vi: 'thường bằng', en: 'should equal' },
    '<=': { vi: 'thường không lớn hơn', en: 'should not be more than' },
    '>=': { vi: 'thường không nhỏ hơn', en: 'should not be less than' },
  },
};

/** How far the sides of a comparison may be apart. */
export function toleranceOf({ tolerance = 0, share = 0 }: Pick<Check, 'tolerance' | 'share'>, right: number): number {
  return Math.max(tolerance, toHundredths(Math.abs(right) * share));
}
