import { codeEntry, entriesFor } from '../codes/index.ts';
import { formatDate } from '../vietnam/dates.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import type { Field } from './field.ts';

const YES_NO = { vi: ['Có', 'Không'], en: ['Yes', 'No'] } as const;

/** A stored value as people read it, and as parseRecord reads it back in Vietnamese. Empty text for none. */
export function formatValue(field: Field, value: unknown, language: 'vi' | 'en' = 'vi'): string {
  if (value === null || value === undefined) return '';
  switch (field.type) {
    case 'date':
      return typeof value === 'string' ? formatDate(value) : '';
    case 'integer':
    case 'decimal':
      return typeof value === 'number' ? formatNumber(value) : '';
    case 'boolean':
      return YES_NO[language][value === true ? 0 : 1];
    case 'code':
      return typeof value === 'string' ? nameOf(field, value, language) : '';
    case 'codes':
      return Array.isArray(value) ? value.map((code) => nameOf(field, String(code), language)).join('; ') : '';
    default:
      return typeof value === 'string' ? value : '';
  }
}

function nameOf(field: Field, code: string, language: 'vi' | 'en'): string {
  return codeEntry(field.list ?? '', code)?.[language] ?? code;
}

/** The choices of a drop-down at these levels, as parseRecord reads them: "01 - Kinh". */
export function choicesOf(field: Field, levels: readonly string[] | null): string[] {
  return field.list ? entriesFor(field.list, levels).map((entry) => choiceOf(entry.code, entry.vi)) : [];
}

export function choiceOf(code: string, name: string): string {
  return `${code} - ${name}`;
}
