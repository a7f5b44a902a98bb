import { addDays } from '../vietnam/dates.ts';

/** Days that the pace is taken from: today and those before it. */
export const paceDays = 7;
/** With fewer sent in these days, or fewer days since the beginning, no day is named. */
const fewestSent = 5;
const fewestDays = 3;
/** Beyond this the pace says nothing about a day. */
const furthestDays = 180;

export interface Pace {
  /** Forms that are still to come. */
  remaining: number;
  /** Forms that came in the last `paceDays` days. */
  recent: number;
  /** Days since the work began, today included. */
  daysOpen: number;
}

/** Why no day is named, or the day. */
export type Finish = { state: 'done' } | { state: 'unknown' } | { state: 'expected'; on: string; perDay: number };

/** When the rest will have come if each day brings as many as one of the last days did. */
export function expectFinish(today: string, { remaining, recent, daysOpen }: Pace): Finish {
  if (remaining <= 0) return { state: 'done' };
  if (recent < fewestSent || daysOpen < fewestDays) return { state: 'unknown' };
  const perDay = recent / Math.min(paceDays, daysOpen);
  const days = Math.ceil(remaining / perDay);
  return days > furthestDays ? { state: 'unknown' } : { state: 'expected', on: addDays(today, days), perDay };
}
