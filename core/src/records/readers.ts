import { codeList } from '../codes/index.ts';
import { parseDate } from '../vietnam/dates.ts';
import { formatNumber, parseNumber } from '../vietnam/numbers.ts';
import { beginningOf, nameFault, normalizeName, normalizeText, searchKey } from '../vietnam/text.ts';
import { codeMatcher } from './code-matcher.ts';
import type { Field } from './field.ts';

/**
 * One reader per type of field: a loose cell (text, number, Date, boolean; of JSON, of a pasted sheet, of Excel) to the
 * value that is stored, null for an empty cell, or a Fault. A text that begins with = + - @ stays the text it is;
 * writers of Excel and CSV must keep it from becoming a formula.
 */
export type Reader = (raw: unknown) => unknown;

export class Fault {
  readonly rule: string;
  readonly params: Record<string, string | number> | undefined;

  constructor(rule: string, params?: Record<string, string | number>) {
    this.rule = rule;
    this.params = params;
  }
}

/** A value that came masked to somebody without the right to see it and now comes back: keep what is stored. */
export const UNCHANGED = Symbol('unchanged');

const DEFAULT_LONGEST = 200;
const LONGEST_REFERENCE = 20;
const MOST = 1_000_000;

const BAD_TEXT = new Fault('bad_text');
const BAD_NAME = new Fault('bad_name');
const BAD_DATE = new Fault('bad_date');
const BAD_NUMBER = new Fault('bad_number');
const BAD_BOOLEAN = new Fault('bad_boolean');
const BAD_CODE = new Fault('bad_code');

// Already clean: letters whose composed form is the only one, signs, single spaces. Spares most cells the slow way.
const CLEAN_TEXT = /^[!-~\u00C0-\u024F\u1E00-\u1EFF]+(?: [!-~\u00C0-\u024F\u1E00-\u1EFF]+)*$/;
const CLEAN_NAME = /^[A-Za-zÀ-ÏÑ-ÖØ-ïñ-öø-ƈƊ-ɏẀ-ỹ]+(?: [A-Za-zÀ-ÏÑ-ÖØ-ïñ-öø-ƈƊ-ɏẀ-ỹ]+)*$/;
// Tab, line feed and the like count as spaces; the other control characters and noncharacters have no place in a cell.
const FORBIDDEN = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFE\uFFFF]/;

/** The cell as clean text, null when empty. */
function textFrom(raw: unknown): string | null | Fault {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw === 'number') return Number.isFinite(raw) ? String(raw) : BAD_TEXT;
  if (typeof raw !== 'string') return BAD_TEXT;
  if (CLEAN_TEXT.test(raw)) return raw;
  if (FORBIDDEN.test(raw) || !raw.isWellFormed()) return BAD_TEXT;
  return normalizeText(raw) || null;
}

/** Excel keeps a result of arithmetic with its binary error. */
const ERROR_OF_BINARY = 1e-6;

function textReader(longest: number): Reader {
  return (raw) => {
    const text = textFrom(raw);
    if (typeof text !== 'string') return text;
    return text.length > longest ? new Fault('too_long', { length: text.length, max: longest }) : text;
  };
}

function nameReader(longest: number): Reader {
  return (raw) => {
    if (typeof raw === 'string' && raw.length <= longest && CLEAN_NAME.test(raw)) return raw;
    const text = textFrom(raw);
    if (typeof text !== 'string') return text;
    const name = normalizeName(text);
    if (name.length > longest) return new Fault('too_long', { length: name.length, max: longest });
    const fault = nameFault(name);
    // One word only is a name all the same; a rule asks about it.
    return fault === null || fault === 'one_word' ? name : BAD_NAME;
  };
}

/** Serials before 1920 are years or ages typed into a date column. */
const FIRST_SERIAL = 7306;
const LAST_SERIAL = 73_415;
const DATES_REMEMBERED = 20_000;

function dateReader(): Reader {
  // Days come again and again: to look one up costs a tenth of reading it.
  const remembered = new Map<string | number, string | Fault | null>();
  const readText = (raw: string): string | Fault | null => {
    const text = textFrom(raw);
    return typeof text === 'string' ? (parseDate(text) ?? BAD_DATE) : text;
  };
  const readSerial = (raw: number): string | Fault =>
    raw >= FIRST_SERIAL && raw <= LAST_SERIAL ? (parseDate(Math.floor(raw)) ?? BAD_DATE) : BAD_DATE;
  return (raw) => {
    if (raw === null || raw === undefined || raw === '') return null;
    if (typeof raw === 'string' || typeof raw === 'number') {
      let date = remembered.get(raw);
      if (date === undefined) {
        date = typeof raw === 'string' ? readText(raw) : readSerial(raw);
        if (remembered.size >= DATES_REMEMBERED) remembered.clear();
        remembered.set(raw, date);
      }
      return date;
    }
    if (raw instanceof Date && !Number.isNaN(raw.getTime()))
      return parseDate(raw.toISOString().slice(0, 10)) ?? BAD_DATE;
    return BAD_DATE;
  };
}

function numberFrom(raw: unknown): number | null | Fault {
  if (typeof raw === 'number') return raw;
  const text = textFrom(raw);
  if (typeof text !== 'string') return text === null ? null : BAD_NUMBER;
  // One or two digits after a point can only be decimals; three are thousands, as Vietnamese people write them.
  const value = /^\d+\.\d{1,2}$/.test(text) ? Number(text) : parseNumber(text);
  return value ?? BAD_NUMBER;
}

function numberReader(decimals: 0 | 2, most: number): Reader {
  const scale = 10 ** decimals;
  return (raw) => {
    const value = numberFrom(raw);
    if (typeof value !== 'number') return value;
    // Adding 0 turns -0 into 0.
    const rounded = Math.round(value * scale) / scale + 0;
    if (!Number.isFinite(value) || value < 0 || Math.abs(rounded - value) > ERROR_OF_BINARY) return BAD_NUMBER;
    return rounded > most ? new Fault('too_large', { most: formatNumber(most) }) : rounded;
  };
}

const answers = new Map<string, boolean>([
  ...['x', 'v', '✓', '✔', '☑', 'co', '1', 'true', 'dung', 'yes', 'y'].map((text): [string, boolean] => [text, true]),
  ...['khong', 'k', '0', 'false', 'sai', 'no', 'n', '☐'].map((text): [string, boolean] => [text, false]),
]);

function readBoolean(raw: unknown): boolean | null | Fault {
  if (typeof raw === 'boolean' || raw === null) return raw;
  if (raw === undefined || raw === '') return null;
  if (raw === 'Có' || raw === 'x' || raw === 1) return true;
  if (raw === 'Không' || raw === 0) return false;
  if (typeof raw !== 'string') return BAD_BOOLEAN;
  const text = textFrom(raw);
  if (typeof text !== 'string') return text === null ? null : BAD_BOOLEAN;
  return answers.get(searchKey(text)) ?? BAD_BOOLEAN;
}

function codeReader(slug: string): Reader {
  const match = codeMatcher(slug);
  return (raw) => {
    if (raw === null || raw === undefined || raw === '') return null;
    if (typeof raw === 'string') return match(raw) ?? (raw.trim() === '' ? null : BAD_CODE);
    return typeof raw === 'number' ? (match(String(raw)) ?? BAD_CODE) : BAD_CODE;
  };
}

/** Parts of a cell that holds several codes: an array from JSON, or text parted by ";" or lines. */
function piecesOf(raw: unknown): string[] | null {
  if (typeof raw === 'string') return raw.split(/[;|\n]/);
  if (typeof raw === 'number') return [String(raw)];
  if (!Array.isArray(raw)) return null;
  // A copy has no holes, which `every` would pass over.
  const pieces = [...(raw as unknown[])];
  return pieces.every((each) => typeof each === 'string' || typeof each === 'number') ? pieces.map(String) : null;
}

function codesReader(slug: string): Reader {
  const match = codeMatcher(slug);
  const order = new Map(codeList(slug).entries.map((entry, index) => [entry.code, index]));
  const readPiece = (piece: string): string[] | null => {
    const whole = match(piece);
    if (whole !== undefined) return [whole];
    // Names may hold commas, so they part only what is no name.
    const parts = piece.split(/[,+]/).map((part) => match(part.trim()));
    return parts.every((part) => part !== undefined) ? parts : null;
  };
  return (raw) => {
    if (raw === null || raw === undefined || raw === '') return null;
    const pieces = piecesOf(raw);
    if (pieces === null) return BAD_CODE;
    const codes = new Set<string>();
    for (const piece of pieces) {
      if (piece.trim() === '') continue;
      const read = readPiece(piece.trim());
      if (read === null) return new Fault('bad_code', { part: beginningOf(piece.trim(), 100) });
      for (const code of read) codes.add(code);
    }
    return codes.size === 0 ? null : [...codes].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  };
}

const PIN = /^\d{12}$/;
/** A number cell has lost the zeros in front; every province's prefix begins with one or two. */
const SHORTEST_NUMERIC_PIN = 1_000_000_000;

function readPin(raw: unknown): string | null | Fault | typeof UNCHANGED {
  if (typeof raw === 'string' && PIN.test(raw)) return raw;
  if (typeof raw === 'number' && Number.isInteger(raw) && raw >= SHORTEST_NUMERIC_PIN) {
    const padded = String(raw).padStart(12, '0');
    return PIN.test(padded) ? padded : new Fault('bad_pin', { digits: padded.length });
  }
  const text = textFrom(raw);
  if (text === null) return null;
  if (typeof text !== 'string') return new Fault('bad_pin', { digits: 0 });
  if (text.includes('•')) return UNCHANGED;
  const digits = text.replace(/[\s.-]/g, '');
  return PIN.test(digits) ? digits : new Fault('bad_pin', { digits: digits.replace(/\D/g, '').length });
}

/** The reader of a field; build once, use for every row. */
export function readerOf(field: Field): Reader {
  switch (field.type) {
    case 'text':
      return textReader(field.max ?? DEFAULT_LONGEST);
    case 'reference':
      return textReader(field.max ?? LONGEST_REFERENCE);
    case 'name':
      return nameReader(field.max ?? DEFAULT_LONGEST);
    case 'date':
      return dateReader();
    case 'integer':
      return numberReader(0, field.most ?? MOST);
    case 'decimal':
      return numberReader(2, field.most ?? MOST);
    case 'boolean':
      return readBoolean;
    case 'code':
      return codeReader(field.list ?? '');
    case 'codes':
      return codesReader(field.list ?? '');
    case 'pin':
      return readPin;
  }
}
