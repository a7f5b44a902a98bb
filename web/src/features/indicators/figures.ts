// Figures of indicators as they are shown.
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { compareUnits, listIndicators, readIndicator } from '@khuevan/core/contract/indicators.ts';
import { type IndicatorGroup, indicatorGroups } from '@khuevan/core/indicators/definition.ts';

export type Listed = ResponseOf<typeof listIndicators>['indicators'][number];
export type Shown = ResponseOf<typeof readIndicator>;
export type Figure = Shown['figures'][number];
export type Missing = Figure['missing'][number];
export type ComparedUnit = ResponseOf<typeof compareUnits>['units'][number];

/** Groups in their order, without empty ones. */
export function groupIndicators(listed: readonly Listed[]): Array<{ group: IndicatorGroup; indicators: Listed[] }> {
  return indicatorGroups
    .map((group) => ({ group, indicators: listed.filter((each) => each.group === group) }))
    .filter(({ indicators }) => indicators.length > 0);
}

/** The highest first, units without a value last; equal ones in the order they came. */
export function sortByValue(units: readonly ComparedUnit[]): ComparedUnit[] {
  return units.toSorted((a, b) => (b.value ?? Number.NEGATIVE_INFINITY) - (a.value ?? Number.NEGATIVE_INFINITY) || 0);
}

/** How long the bar of a value is, in percent of the longest; nothing for no value. */
export function lengthOf(value: number | null, units: readonly Pick<ComparedUnit, 'value'>[]): number {
  const longest = Math.max(0, ...units.map((each) => each.value ?? 0));
  return value === null || value <= 0 || longest === 0 ? 0 : (100 * value) / longest;
}
