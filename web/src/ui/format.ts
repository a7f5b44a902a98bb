import type { Language } from '../preferences.ts';
import { useLanguage } from '../text/words.ts';

/** Vietnam has one time zone; a deadline means its day, wherever the reader is. */
const timeZone = 'Asia/Ho_Chi_Minh';
const locales: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

const numbers = new Map<string, Intl.NumberFormat>();

/** 1.234,5 in Vietnamese; 1,234.5 in English. */
export function formatNumber(value: number, language: Language, digits?: { min?: number; max?: number }): string {
  const key = `${language} ${digits?.min ?? 0} ${digits?.max ?? 2}`;
  let format = numbers.get(key);
  if (!format) {
    // "always": Vietnamese usage would otherwise leave 1234 without its point.
    format = new Intl.NumberFormat(locales[language], {
      minimumFractionDigits: digits?.min ?? 0,
      maximumFractionDigits: digits?.max ?? 2,
      useGrouping: 'always',
    });
    numbers.set(key, format);
  }
  return format.format(value);
}

/** dd/mm/yyyy of an ISO day; anything else as it is. */
export function formatDate(day: string): string {
  return /^\d{4}-\d{2}-\d{2}/.test(day) ? `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}` : day;
}

const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });

/** 10:42 */
export function formatClock(time: string | number | Date): string {
  return clock.format(new Date(time));
}

/** 30/09/2025 10:42 */
export function formatTime(time: string | number | Date): string {
  const moment = new Date(time);
  return `${formatDate(calendar.format(moment))} ${clock.format(moment)}`;
}

/** "2025-2026" of the year in which a school year begins. */
export function formatSchoolYear(year: number): string {
  return `${year}-${year + 1}`;
}

/** "thứ Tư, 09/10/2024" */
export function formatWeekday(day: string, language: Language): string {
  const date = new Date(`${day}T00:00:00Z`);
  const name = new Intl.DateTimeFormat(locales[language], { weekday: 'long', timeZone: 'UTC' }).format(date);
  // Inside a Vietnamese sentence: only the number of a weekday keeps its capital, and Sunday has none.
  const spoken =
    language === 'en' ? name : date.getUTCDay() === 0 ? name.toLowerCase() : name[0]!.toLowerCase() + name.slice(1);
  return `${spoken}, ${formatDate(day)}`;
}

interface Formats {
  number: (value: number | null | undefined, digits?: { min?: number; max?: number }) => string;
  percent: (part: number, whole: number) => string;
}

/** Numbers in the reader's language; an empty string where there is none. */
export function useFormat(): Formats {
  const language = useLanguage();
  return {
    number: (value, digits) => (value === null || value === undefined ? '' : formatNumber(value, language, digits)),
    percent: (part, whole) =>
      whole === 0 ? '' : `${formatNumber((100 * part) / whole, language, { min: 1, max: 1 })} %`,
  };
}

/** 30/09/2025 of a moment, in Vietnam. */
export function formatDayOf(time: string | number | Date): string {
  return formatDate(calendar.format(new Date(time)));
}
