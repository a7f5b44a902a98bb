import { addDays, endOfYearAsOf, startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import type { DeadlineKind } from './deadline-draft.ts';

export type PeriodKind = 'start' | 'middle' | 'end';

export interface PeriodDays {
  asOf: string;
  opensOn: string;
  closesOn: string;
  deadlines: Array<{ unitKind: DeadlineKind; dueOn: string }>;
}

/** Districts ended on 1 July 2025 (Luật 72/2025/QH15); communes manage primary schools since. */
export function tiersBelow(owner: string, schoolYear: number): DeadlineKind[] {
  const middle: DeadlineKind = schoolYear < 2025 ? 'district' : 'commune';
  return owner === 'ministry' ? ['school', middle, 'province'] : ['school', middle];
}

/** 30 September and 31 May by TT 24/2018/TT-BGDĐT; in between, the end of the first term in the usual plan of the school year. */
function asOfDay(kind: PeriodKind, schoolYear: number): string {
  return { start: startOfYearAsOf(schoolYear), middle: `${schoolYear + 1}-01-15`, end: endOfYearAsOf(schoolYear) }[
    kind
  ];
}

/**
 * Days as the provinces' letters set them: work begins the day after the as-of day, schools have fifteen days, each tier above
 * some more; corrections are done within six weeks. A period is never opened in the past.
 */
export function defaultDays(
  kind: PeriodKind,
  schoolYear: number,
  today: string,
  tiers: readonly DeadlineKind[],
): PeriodDays {
  const asOf = asOfDay(kind, schoolYear);
  const from = asOf >= today ? addDays(asOf, 1) : today;
  const after: Record<DeadlineKind, number> = { school: 15, commune: 20, district: 25, province: 30 };
  return {
    asOf,
    opensOn: from,
    closesOn: addDays(from, 45),
    deadlines: tiers.map((tier) => ({ unitKind: tier, dueOn: addDays(from, after[tier]) })),
  };
}

export type DayKey = 'asOf' | 'opensOn' | 'closesOn' | 'reviewFrom' | 'reviewUntil' | 'resendBy';
export type PeriodFault = 'name' | 'forms' | 'deadlines' | DayKey;
type Fault = 'short' | 'none' | 'day' | 'order' | 'review';

/** What the server would refuse, said before it is asked. Days are ISO text, or null where they cannot be read. */
export function findFaults(
  period: { name: string; forms: number; deadlines: readonly unknown[] } & Record<
    'asOf' | 'opensOn' | 'closesOn',
    string | null
  > & {
      /** Undefined where nothing was typed: a period need not say when is reviewed. */
      review: ReadonlyArray<[DayKey, string | null | undefined]>;
    },
): Map<PeriodFault, Fault> {
  const faults = new Map<PeriodFault, Fault>();
  if (period.name.trim().length < 3) faults.set('name', 'short');
  if (period.forms === 0) faults.set('forms', 'none');
  for (const key of ['asOf', 'opensOn', 'closesOn'] as const) if (!period[key]) faults.set(key, 'day');
  const { opensOn, closesOn } = period;
  if (opensOn && closesOn && closesOn < opensOn) faults.set('closesOn', 'order');
  if (period.deadlines.length === 0) faults.set('deadlines', 'none');
  let before = opensOn;
  for (const [key, day] of period.review) {
    if (day === undefined) continue;
    if (day === null) faults.set(key, 'day');
    else if ((before && day < before) || (closesOn && day > closesOn)) faults.set(key, 'review');
    before = day ?? before;
  }
  return faults;
}
