import { endOfYearAsOf, startOfYearAsOf } from '../vietnam/dates.ts';

/**
 * Limits of a school year, all ISO days, both ends included. Provinces fix their own days inside the ministry's yearly
 * frame (e.g. QĐ 2045/QĐ-BGDĐT ngày 01/8/2024: back to school from August, semester 1 ends before 18 January, the year before
 * 31 May), so the seasons overlap: only a date that no province could mean is outside.
 */
export interface SchoolYear {
  whole: Span;
  /** Last day on which a pupil may still be said to have been there from the opening: the as-of day of the opening report. */
  opening: string;
  /** As-of day of the end-of-year report: the last day of lessons in the ministry's frame. */
  closing: string;
  /** No programme of a year is completed before this day. */
  resultsFrom: string;
  /** Seasons of statuses 02-09: code list `student_status`, attribute `semester`. */
  semester1: Span;
  semester2: Span;
  summerBefore: Span;
  summerAfter: Span;
}

export interface Span {
  from: string;
  to: string;
}

const known = new Map<number, SchoolYear>();

/** `year` is the calendar year in which the school year begins. */
export function schoolYear(year: number): SchoolYear {
  let found = known.get(year);
  if (!found) {
    found = {
      whole: { from: `${year}-06-01`, to: `${year + 1}-08-31` },
      opening: startOfYearAsOf(year),
      closing: endOfYearAsOf(year),
      resultsFrom: `${year + 1}-05-01`,
      semester1: { from: `${year}-08-15`, to: `${year + 1}-01-31` },
      semester2: { from: `${year + 1}-01-01`, to: `${year + 1}-05-31` },
      summerBefore: { from: `${year}-06-01`, to: `${year}-09-04` },
      summerAfter: { from: `${year + 1}-06-01`, to: `${year + 1}-08-31` },
    };
    known.set(year, found);
  }
  return found;
}

export function isIn(day: string, span: Span): boolean {
  return span.from <= day && day <= span.to;
}
