/**
 * Days without time of day, as ISO strings (yyyy-mm-dd). People write dd/mm/yyyy, Excel stores serial numbers, exchange
 * files carry ISO with an empty time. Nothing is guessed: what is not exactly one of these is null.
 */

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
const DAY_MS = 86_400_000;

function toIso(year: number, month: number, day: number): string | null {
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) return null;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > lastDay) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Excel's 1900 system counts a 29 February 1900 that never was: serials up to 59 lie a day nearer, 60 is no day. */
function fromExcelSerial(serial: number): string | null {
  if (!Number.isInteger(serial) || serial < 1 || serial === 60) return null;
  const days = serial < 60 ? serial : serial - 1;
  const date = new Date(Date.UTC(1899, 11, 31) + days * DAY_MS);
  if (Number.isNaN(date.getTime())) return null;
  return toIso(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** dd/mm/yyyy (also with - or . and without leading zeros), yyyy-mm-dd with or without a zero time, or an Excel serial number. */
export function parseDate(value: string | number): string | null {
  if (typeof value === 'number') return fromExcelSerial(value);
  const text = value.trim();
  const vietnamese = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text);
  if (vietnamese) return toIso(Number(vietnamese[4]), Number(vietnamese[3]), Number(vietnamese[1]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:T00:00(?::00(?:\.0+)?)?Z?)?$/.exec(text);
  return iso ? toIso(Number(iso[1]), Number(iso[2]), Number(iso[3])) : null;
}

export function isDate(iso: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && parseDate(iso) === iso;
}

/** dd/mm/yyyy, as people read it. */
export function formatDate(iso: string): string {
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(0, 4)}`;
}

/** Days from one ISO day to another; negative when the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

export function addDays(iso: string, days: number): string {
  return new Date(Date.parse(iso) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A school year is named by the year in which it starts: 2024 is "2024-2025". */
export function formatSchoolYear(schoolYear: number): string {
  return `${schoolYear}-${schoolYear + 1}`;
}

/** "2024-2025" (also "2024 - 2025") as 2024; null when the years do not follow each other. */
export function parseSchoolYear(text: string): number | null {
  const match = /^(\d{4})\s*[-–]\s*(\d{4})$/.exec(text.trim());
  return match && Number(match[2]) === Number(match[1]) + 1 ? Number(match[1]) : null;
}

/** Age in a school year counts calendar years only: a child born at any day of 2018 is 6 in 2024-2025. */
export function ageInSchoolYear(birthDate: string, schoolYear: number): number {
  return schoolYear - Number(birthDate.slice(0, 4));
}

/** Completed months of age on a day, as the ages of preschool children are counted; negative before the birth. */
export function ageInMonths(birthDate: string, day: string): number {
  const months = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return months(day) - months(birthDate) - (day.slice(8, 10) < birthDate.slice(8, 10) ? 1 : 0);
}

/** Start-of-year statistics count as of 30 September (TT 24/2018/TT-BGDĐT). */
export function startOfYearAsOf(schoolYear: number): string {
  return `${schoolYear}-09-30`;
}

/** End-of-year statistics count as of 31 May (TT 24/2018/TT-BGDĐT). */
export function endOfYearAsOf(schoolYear: number): string {
  return `${schoolYear + 1}-05-31`;
}
