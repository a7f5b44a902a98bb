import { addDays, endOfYearAsOf, startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';

export type PeriodKind = 'start' | 'middle' | 'end';
export type DeadlineKind = 'school' | 'commune' | 'district' | 'province';
export const deadlineKinds: readonly DeadlineKind[] = ['school', 'commune', 'district', 'province'];

export interface PeriodDays {
  asOf: string;
  opensOn: string;
  closesOn: string;
  deadlines: Partial<Record<DeadlineKind, string>>;
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
    deadlines: Object.fromEntries(tiers.map((tier) => [tier, addDays(from, after[tier])])),
  };
}

export type PeriodFault = 'name' | 'forms' | 'asOf' | 'opensOn' | 'closesOn' | 'deadlines' | DeadlineKind;

/** What the server would refuse, said before it is asked. Days are ISO text, or null where they cannot be read. */
export function findFaults(period: {
  name: string;
  forms: number;
  asOf: string | null;
  opensOn: string | null;
  closesOn: string | null;
  deadlines: Partial<Record<DeadlineKind, string | null>>;
}): Map<PeriodFault, 'short' | 'none' | 'day' | 'order' | 'outside'> {
  const faults = new Map<PeriodFault, 'short' | 'none' | 'day' | 'order' | 'outside'>();
  if (period.name.trim().length < 3) faults.set('name', 'short');
  if (period.forms === 0) faults.set('forms', 'none');
  for (const key of ['asOf', 'opensOn', 'closesOn'] as const) if (!period[key]) faults.set(key, 'day');
  const { opensOn, closesOn } = period;
  if (opensOn && closesOn && closesOn < opensOn) faults.set('closesOn', 'order');
  const given = Object.entries(period.deadlines) as [DeadlineKind, string | null][];
  if (given.length === 0) faults.set('deadlines', 'none');
  for (const [tier, day] of given) {
    if (day === null) faults.set(tier, 'day');
    else if (opensOn && closesOn && (day < opensOn || day > closesOn)) faults.set(tier, 'outside');
  }
  return faults;
}
