import type { z } from 'zod';
import type { checkSetting, formCheck } from '@khuevan/core/contract/checks.ts';
import { type SetSeverity, type Tolerance, toleranceBounds } from '@khuevan/core/checks/settings.ts';
import { formatNumber, parseNumber, roundHalfUp } from '@khuevan/core/vietnam/numbers.ts';
import type { checksText } from '../../text/checks.ts';

export type FormCheck = z.output<typeof formCheck>;
export type CheckSetting = z.output<typeof checkSetting>;
type Words = (typeof checksText)['vi'];

/** What counts for a unit: as the form says, unless somebody above has set it. */
export function inForce(check: FormCheck): { severity: SetSeverity; tolerance: Tolerance } {
  return {
    severity: check.setting?.severity ?? check.severity,
    tolerance: { ...check.tolerance, ...check.setting?.tolerance },
  };
}

const percent = (share: number): string => formatNumber(roundHalfUp(share * 100, 2));

/** A tolerance in words: "lệch đến 10% hoặc đến 20 đơn vị tính". */
export function describeTolerance({ share = 0, least = 0, times }: Tolerance, words: Words): string {
  if (times !== undefined) {
    const parts = [words.timesOf(formatNumber(times)), ...(share > 0 ? [words.shareOf(percent(share))] : [])];
    return parts.join(words.and);
  }
  const parts = [
    ...(share > 0 ? [words.shareOf(percent(share))] : []),
    ...(least > 0 ? [words.leastOf(formatNumber(least))] : []),
  ];
  return parts.length === 0 ? words.exact : parts.join(words.or);
}

export type TypedTolerance = Partial<Record<keyof Tolerance, string>>;

/** As it stands in the fields: a share as per cent. */
export function typeTolerance(tolerance: Tolerance): TypedTolerance {
  return Object.fromEntries(
    (Object.entries(tolerance) as Array<[keyof Tolerance, number]>).map(([key, value]) => [
      key,
      key === 'share' ? percent(value) : formatNumber(value),
    ]),
  );
}

/** What was typed; null where one is no number or out of bounds. */
export function readTolerance(typed: TypedTolerance): Tolerance | null {
  const read: Tolerance = {};
  for (const [key, text] of Object.entries(typed) as Array<[keyof Tolerance, string]>) {
    const value = readPart(key, text);
    if (value === null) return null;
    read[key] = value;
  }
  return read;
}

export function readPart(key: keyof Tolerance, text: string): number | null {
  const number = parseNumber(text);
  if (number === null) return null;
  const value = key === 'share' ? number / 100 : number;
  const { least, most } = toleranceBounds[key];
  return value >= least && value <= most ? value : null;
}
