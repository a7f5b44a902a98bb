import { codeEntry } from '../codes/index.ts';

/**
 * The personal identification number, 12 digits: three of the place where the birth was registered, one of century and
 * sex, two of the year of birth, six at random. There is no check digit.
 * NĐ 137/2015/NĐ-CP, Điều 13; TT 07/2016/TT-BCA, Điều 7.
 */
export interface Pin {
  prefix: string;
  /** Code of the list `sex`. */
  sex: '01' | '02';
  birthYear: number;
  serial: string;
}

export type PinFault = 'bad_format' | 'unknown_prefix' | 'sex_mismatch' | 'birth_year_mismatch';

export interface PinFinding {
  fault: PinFault;
  severity: 'error' | 'warning';
}

const PATTERN = /^(\d{3})(\d)(\d{2})(\d{6})$/;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2399;

/** Reads the parts; null when it is not twelve digits. */
export function parsePin(text: string): Pin | null {
  const match = PATTERN.exec(text);
  if (!match) return null;
  const [, prefix = '', century = '', year = '', serial = ''] = match;
  const digit = Number(century);
  return {
    prefix,
    sex: digit % 2 === 0 ? '01' : '02',
    birthYear: FIRST_YEAR + Math.floor(digit / 2) * 100 + Number(year),
    serial,
  };
}

/** @throws RangeError when a part does not fit the layout. */
export function buildPin({ prefix, sex, birthYear, serial }: Pin): string {
  if (!Number.isInteger(birthYear) || birthYear < FIRST_YEAR || birthYear > LAST_YEAR)
    throw new RangeError(`no century digit for ${birthYear}`);
  const century = Math.floor((birthYear - FIRST_YEAR) / 100) * 2 + (sex === '02' ? 1 : 0);
  const pin = `${prefix}${century}${String(birthYear % 100).padStart(2, '0')}${serial}`;
  if (!PATTERN.test(pin)) throw new RangeError('prefix has three digits and serial six');
  return pin;
}

/**
 * Faults of a number, given what else is known of the person. `birthDate` is ISO. A prefix that is no province may be
 * a country's (births registered abroad), so it is only a warning.
 */
export function checkPin(text: string, person: { sex?: string | null; birthDate?: string | null } = {}): PinFinding[] {
  const pin = parsePin(text);
  if (!pin) return [{ fault: 'bad_format', severity: 'error' }];
  const findings: PinFinding[] = [];
  if (!codeEntry('pin_prefix', pin.prefix)) findings.push({ fault: 'unknown_prefix', severity: 'warning' });
  if (person.sex && person.sex !== pin.sex) findings.push({ fault: 'sex_mismatch', severity: 'error' });
  if (person.birthDate && Number(person.birthDate.slice(0, 4)) !== pin.birthYear) {
    findings.push({ fault: 'birth_year_mismatch', severity: 'error' });
  }
  return findings;
}

/** `019318••••21` for people without the right to see it. What is not a number is hidden whole. */
export function maskPin(text: string): string {
  if (!PATTERN.test(text)) return '•'.repeat(text.length);
  return `${text.slice(0, 6)}••••${text.slice(10)}`;
}
