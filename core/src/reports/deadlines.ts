import { daysBetween } from '../vietnam/dates.ts';
import type { ReportState } from './states.ts';

export type PeriodState = 'planned' | 'open' | 'closed';

/** Both days belong to the period. Days are ISO. */
export function periodStateOn(day: string, opensOn: string, closesOn: string): PeriodState {
  return day < opensOn ? 'planned' : day > closesOn ? 'closed' : 'open';
}

/** Days until the deadline, 0 on the day itself, negative when it has passed. */
export function daysLeft(day: string, dueOn: string | null): number | null {
  return dueOn === null ? null : daysBetween(day, dueOn);
}

/**
 * Days by which a report is late: counted to the day it was last sent, else to today. What a unit was asked to send again is
 * counted from the day by which it was asked for.
 */
export function daysLate(today: string, dueOn: string | null, state: ReportState, lastSentOn: string | null): number {
  if (dueOn === null) return 0;
  const sent = state === 'submitted' || state === 'approved';
  return Math.max(0, daysBetween(dueOn, sent && lastSentOn !== null ? lastSentOn : today));
}
