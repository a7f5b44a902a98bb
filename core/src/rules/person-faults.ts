import { buildPin, parsePin } from '../vietnam/pin.ts';
import { type RecordValues, textOf } from './rule.ts';

/** Changes to a synthetic person that break one rule of person.ts or duplicates.ts and leave all others kept. */

export type Change = (record: RecordValues) => RecordValues;
export type SetChange = (records: readonly RecordValues[]) => RecordValues[];

const SPARE_SERIAL = '900001';

/** A number that fits the record's birth and sex; the record's own where it has one. */
export function pinOf(record: RecordValues): string {
  const pin = textOf(record.pin);
  if (parsePin(pin)) return pin;
  return buildPin({
    prefix: '019',
    sex: record.sex === '02' ? '02' : '01',
    birthYear: Number(textOf(record.birthDate).slice(0, 4)),
    serial: SPARE_SERIAL,
  });
}

/** The same person, born in another year, with a number that fits. */
export function bornIn(record: RecordValues, year: number): RecordValues {
  const birthDate = `${year}-06-15`;
  return { ...record, birthDate, pin: pinOf({ ...record, birthDate, pin: null }) };
}

const withDigit = (pin: string, place: number, change: (digit: number) => number) =>
  pin.slice(0, place) + change(Number(pin[place])) + pin.slice(place + 1);

export const pinFaults: Readonly<Record<string, Change>> = {
  pin_sex: (record) => ({ ...record, pin: withDigit(pinOf(record), 3, (digit) => digit ^ 1) }),
  pin_birth_year: (record) => ({ ...record, pin: withDigit(pinOf(record), 5, (digit) => (digit + 1) % 10) }),
  // 003 was given to no province.
  pin_prefix: (record) => ({ ...record, pin: `003${pinOf(record).slice(3)}` }),
  name_one_word: (record) => ({ ...record, fullName: textOf(record.fullName).split(' ').at(-1) ?? '' }),
};

/** A second record beside the given one: same class or work, same birth, sex and number's head, nothing that identifies. */
function beside(record: RecordValues, changes: RecordValues): RecordValues {
  const pin = pinOf(record);
  return {
    ...record,
    id: undefined,
    studentId: undefined,
    staffMemberId: undefined,
    pinHash: undefined,
    code: null,
    ministryCode: null,
    pin: `${pin.slice(0, 6)}${SPARE_SERIAL}`,
    ...changes,
  };
}

const OTHER_NAME = 'Triệu Mùi Ghến';

const dayAfter = (day: unknown) => new Date(Date.parse(textOf(day)) + 86_400_000).toISOString().slice(0, 10);
const dayBefore = (day: unknown) => new Date(Date.parse(textOf(day)) - 86_400_000).toISOString().slice(0, 10);

function addTo(
  records: readonly RecordValues[],
  pick: (record: RecordValues) => boolean,
  changes: (record: RecordValues) => RecordValues,
): RecordValues[] {
  const record = records.find(pick);
  if (!record) throw new RangeError('no record of the set can carry this fault');
  return [...records, beside(record, changes(record))];
}

const stays = ({ leftOn, pin, code }: RecordValues) => !leftOn && Boolean(pin) && Boolean(code);

/** Surplus records, by the name of the rule without its kind. `extra` keeps them ordinary in their kind (e.g. no second head). */
export function duplicateFaults(isOrdinary: (record: RecordValues) => boolean): Readonly<Record<string, SetChange>> {
  const pick = (record: RecordValues) => stays(record) && isOrdinary(record);
  return {
    duplicate_pin: (records) => addTo(records, pick, (first) => ({ fullName: OTHER_NAME, pin: first.pin })),
    duplicate_code: (records) =>
      addTo(records, pick, (first) => ({ fullName: OTHER_NAME, code: first.code, birthDate: otherDay(first) })),
    duplicate_person: (records) =>
      addTo(records, pick, (first) => ({
        fullName: textOf(first.fullName).replace('Thị', 'Thi'),
        pin: withDigit(textOf(first.pin), 11, (digit) => (digit + 1) % 10),
      })),
    overlap: (records) =>
      addTo(records, pick, (first) => ({
        code: first.code,
        pin: first.pin,
        ministryCode: first.ministryCode,
        enteredOn: dayAfter(first.enteredOn),
      })),
  };
}

/** Another day of the same year. */
function otherDay({ birthDate }: RecordValues): string {
  const after = dayAfter(birthDate);
  return after.slice(0, 4) === textOf(birthDate).slice(0, 4) ? after : dayBefore(birthDate);
}
