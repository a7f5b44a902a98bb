import { buildPin } from '@khuevan/core/vietnam/pin.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { SchoolOrder, Sex } from './drafts.ts';

/**
 * Numbers that must be unique in the country, issued school by school without a common counter: the n-th number of school s
 * among S schools is n * S + s, spread over its range by a multiplication that never meets itself.
 *
 * Six digits follow prefix, sex and year. Up to 899,999 they belong to the schools of the prefix's own province; above,
 * a hundredth each to the children whom the other provinces have with that prefix.
 */
const LOCAL_SERIALS = 900_000;
/** Shares no factor (2, 3, 5) with the range, so multiplying by it permutes the range. */
const SPREAD = 387_127;
const FOREIGN_SERIALS = 1000;
const FOREIGN_SPREAD = 367;
/** The ranges of each year and sex start elsewhere, so that the first numbers of a school do not end alike. */
const YEAR_SHIFT = 52_711;
const PROVINCE_CODES = 100;

/** Where births of some children were registered: neighbours of Thái Nguyên, the capital, the delta. A school sees one of them. */
const OTHER_PREFIXES = ['001', '006', '020', '024', '026', '008', '004', '034', '036', '038'] as const;
const FOREIGN_SHARE = 0.05;

export interface NumberIssuer {
  issuePin(random: Random, person: { sex: Sex; birthDate: string }): string;
  issueMinistryCode(): string;
}

export function createIssuer({
  ordinal,
  schoolCount,
  provinceCode,
}: Pick<SchoolOrder, 'ordinal' | 'schoolCount' | 'provinceCode'>): NumberIssuer {
  if (ordinal < 0 || ordinal >= schoolCount) throw new RangeError('ordinal must lie below schoolCount');
  const issued = new Map<string, number>();
  const next = (group: string, step: number, start: number): number => {
    const count = issued.get(group) ?? 0;
    issued.set(group, count + 1);
    return count * step + start;
  };
  const local = `0${provinceCode}`;
  const kinds = OTHER_PREFIXES.length;
  const foreign = OTHER_PREFIXES[ordinal % kinds] as string;

  return {
    issuePin(random, { sex, birthDate }) {
      const birthYear = Number(birthDate.slice(0, 4));
      if (random.chance(FOREIGN_SHARE) && foreign !== local) {
        const index = next(`${foreign}${sex}${birthYear}`, Math.ceil(schoolCount / kinds), Math.floor(ordinal / kinds));
        const serial =
          LOCAL_SERIALS +
          ((index * FOREIGN_SPREAD + birthYear) % FOREIGN_SERIALS) * PROVINCE_CODES +
          Number(provinceCode);
        if (index < FOREIGN_SERIALS) return buildPin({ prefix: foreign, sex, birthYear, serial: String(serial) });
      }
      const index = next(`${local}${sex}${birthYear}`, schoolCount, ordinal);
      if (index >= LOCAL_SERIALS)
        throw new RangeError(`no personal numbers left for province ${provinceCode} and year ${birthYear}`);
      return buildPin({
        prefix: local,
        sex,
        birthYear,
        serial: String((index * SPREAD + birthYear * YEAR_SHIFT + Number(sex)) % LOCAL_SERIALS).padStart(6, '0'),
      });
    },
    issueMinistryCode: () => `${provinceCode}${String(next('ministry', schoolCount, ordinal)).padStart(8, '0')}`,
  };
}

/** Ten digits of a range that no operator has: calls reach nobody. */
export function drawPhone(random: Random): string {
  return `0199${String(random.integer(0, 999_999)).padStart(6, '0')}`;
}
