// The only place that reads the clock. A demo runs on a day of its own, so that deadlines of a past school year make sense.
import { AsyncLocalStorage } from 'node:async_hooks';

let offsetMs = 0;
const fixed = new AsyncLocalStorage<Date>();

/** Moves the clock so that this moment becomes `start`; used once, when a demo starts. */
export function startClockAt(start: Date): void {
  offsetMs = start.getTime() - Date.now();
}

export function moveClock(byMs: number): void {
  offsetMs = byMs;
}

export function now(): Date {
  return fixed.getStore() ?? new Date(Date.now() + offsetMs);
}

/** The moment outside, also while a demo lives in another year: what authenticator apps count by. */
export function timeOutside(): Date {
  return fixed.getStore() ?? new Date();
}

/** The day of a moment in Vietnam (UTC+7), ISO. */
export function dayOf(moment: Date): string {
  return new Date(moment.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

export function today(): string {
  return dayOf(now());
}

/** The school year of a day: it begins on 1 July here, so that summer preparation belongs to the coming year. */
export function schoolYearOf(day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(day.slice(5, 7)) >= 7 ? year : year - 1;
}

/** Runs with the clock standing still: for tests and for the demo's story. */
export function atTime<T>(moment: Date, work: () => T): T {
  return fixed.run(moment, work);
}
