import { searchKey } from '../vietnam/text.ts';
import { clashes } from './clashes.ts';
import type { PersonKind } from './person.ts';
import { type RecordValues, type SetRule, textOf } from './rule.ts';

/** One person written twice among the students or the staff of a school. Who left and came back has two spells and is none. */

const REGULATION = 'TT 42/2021/TT-BGDĐT, Điều 10';

const words = {
  student: {
    vi: 'học sinh',
    en: 'student',
    key: 'studentId',
    spellSource:
      'QĐ 4998/QĐ-BGDĐT, HSC1 (TRUONG_ID, MA_LOP); mô tả dữ liệu đầu năm 26/10/2020 (MaLopHocDn, MaLopHocCn)',
  },
  staff: { vi: 'cán bộ', en: 'staff member', key: 'staffMemberId', spellSource: 'QĐ 4998/QĐ-BGDĐT, GVC1 (TRUONG_ID)' },
};

/** Words that are often left out or written without their mark ("Thi" for "Thị"). */
const FILLERS = / (thi|van)(?= .)/g;

const lookOf = (record: RecordValues): string => searchKey(textOf(record.fullName)).replace(FILLERS, '');

/** Whether two records speak of the same person; undefined where one has neither a stored person nor a code. */
export function isSamePerson(kind: PersonKind, a: RecordValues, b: RecordValues): boolean | undefined {
  const { key } = words[kind];
  if (a[key] && b[key]) return a[key] === b[key];
  if (!a.code || !b.code) return undefined;
  return a.code === b.code && (a.birthDate === b.birthDate || lookOf(a) === lookOf(b));
}

/** Spells [enteredOn, leftOn) that share a day. */
function overlap(a: RecordValues, b: RecordValues): boolean {
  return (!a.leftOn || textOf(a.leftOn) > textOf(b.enteredOn)) && (!b.leftOn || textOf(b.leftOn) > textOf(a.enteredOn));
}

/** Without an identity a second, later spell of the same name and birth is read as the person coming back. */
function cameBack(a: RecordValues, b: RecordValues): boolean {
  return a.fullName === b.fullName && a.birthDate === b.birthDate && a.sex === b.sex && !overlap(a, b);
}

const isOther = (kind: PersonKind, a: RecordValues, b: RecordValues): boolean =>
  !(isSamePerson(kind, a, b) ?? cameBack(a, b));

/** The number's keyed hash where the store gives one, else the whole number; a masked number identifies nobody. */
function pinKeyOf(record: RecordValues): string {
  const hash = textOf(record.pinHash);
  if (hash !== '') return hash;
  const pin = textOf(record.pin);
  return pin.length === 12 && !pin.includes('•') ? pin : '';
}

/** Two numbers that differ in at most two digits, as by a slip. */
function nearlyEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let differences = 0;
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) differences += 1;
  return differences <= 2;
}

/** Different numbers are different people, and equal ones are the finding of another rule. */
function numbersLeaveDoubt(a: RecordValues, b: RecordValues): boolean {
  const [pinA, pinB] = [pinKeyOf(a), pinKeyOf(b)];
  return pinA === '' || pinB === '' || (pinA !== pinB && nearlyEqual(pinA, pinB));
}

const codeIn = (otherCode: string | number | undefined, word: string) => (otherCode ? ` (${word} ${otherCode})` : '');

const sharedPin = (kind: PersonKind): SetRule => ({
  id: `${kind}_duplicate_pin`,
  kind,
  severity: 'error',
  source: 'Luật Căn cước 26/2023/QH15, Điều 12 (mỗi công dân một số, không lặp lại ở người khác)',
  title: {
    vi: `Hai ${words[kind].vi} cùng số định danh`,
    en: `Two ${words[kind].en}s share an identification number`,
  },
  message: ({ params: p = {} }) => ({
    vi: `Số định danh này đã ghi cho ${p.other}${codeIn(p.otherCode, 'mã')}. Mỗi người chỉ có một số: sửa số sai, hoặc bỏ bản ghi bị trùng.`,
    en: `This number is already written for ${p.other}${codeIn(p.otherCode, 'code')}. Each person has one of their own: correct the wrong one, or remove the duplicate record.`,
  }),
  check: (records) => clashes(records, pinKeyOf, (a, b) => isOther(kind, a, b), 'pin'),
});

const sharedCode = (kind: PersonKind): SetRule => ({
  id: `${kind}_duplicate_code`,
  kind,
  severity: 'error',
  source: `${REGULATION} (mã duy nhất, không đổi)`,
  title: { vi: `Hai ${words[kind].vi} cùng mã`, en: `Two ${words[kind].en}s share a code` },
  message: ({ params: p = {} }) => ({
    vi: `Mã ${p.otherCode} đã cấp cho ${p.other}, người khác họ tên hoặc ngày sinh. Sửa mã, hoặc để trống để hệ thống cấp mã mới.`,
    en: `Code ${p.otherCode} belongs to ${p.other}, with another name or date of birth. Correct it, or leave it empty to be issued a new one.`,
  }),
  check: (records) =>
    clashes(
      records,
      ({ code }) => textOf(code),
      (a, b) => isSamePerson(kind, a, b) === false,
      'code',
    ),
});

const nearNamesake = (kind: PersonKind): SetRule => ({
  id: `${kind}_duplicate_person`,
  kind,
  severity: 'warning',
  source: `${REGULATION} (mỗi người một mã duy nhất); Luật Thống kê 89/2015/QH13`,
  title: {
    vi: `Hai ${words[kind].vi} gần như trùng họ tên, ngày sinh, giới tính`,
    en: `Two ${words[kind].en}s with nearly the same name, birth and sex`,
  },
  message: ({ params: p = {} }) => ({
    vi: `Gần như trùng với ${p.other}${codeIn(p.otherCode, 'mã')}: cùng ngày sinh, giới tính, họ tên khác nhiều nhất ở dấu hoặc chữ đệm. Nếu là một người, bỏ một bản ghi; nếu là hai người, nhập đủ số định danh của cả hai.`,
    en: `Nearly the same as ${p.other}${codeIn(p.otherCode, 'code')}: same birth and sex, the names differ at most by marks or a middle word. If they are one person, remove one record; if two, enter both identification numbers.`,
  }),
  check: (records) => {
    // Few are born on one day: names are folded for these alone, each once.
    const looks = new Map<RecordValues, string>();
    const look = (record: RecordValues): string => {
      const known = looks.get(record) ?? lookOf(record);
      looks.set(record, known);
      return known;
    };
    return clashes(
      records,
      (record) => (record.fullName && record.birthDate ? `${textOf(record.birthDate)}|${textOf(record.sex)}` : ''),
      (a, b) => look(a) === look(b) && numbersLeaveDoubt(a, b) && isOther(kind, a, b),
      'fullName',
    );
  },
});

const overlappingSpells = (kind: PersonKind): SetRule => ({
  id: `${kind}_overlap`,
  kind,
  severity: 'error',
  source: words[kind].spellSource,
  title: {
    vi: `Một ${words[kind].vi} có hai khoảng thời gian chồng nhau`,
    en: `A ${words[kind].en} with two spells that overlap`,
  },
  message: ({ params: p = {} }) => ({
    vi: `${p.other} đã có một bản ghi trong cùng khoảng thời gian${codeIn(p.otherCode, 'mã')}. Ghi ngày rời của lần trước, hoặc bỏ bản ghi thừa.`,
    en: `${p.other} has another record for the same time${codeIn(p.otherCode, 'code')}. Give the earlier one its day of leaving, or remove the surplus record.`,
  }),
  check: (records) =>
    clashes(
      records,
      (record) => textOf(record[words[kind].key]) || textOf(record.code),
      (a, b) => isSamePerson(kind, a, b) === true && overlap(a, b),
      'enteredOn',
    ),
});

export function duplicateRules(kind: PersonKind): SetRule[] {
  return [sharedPin(kind), sharedCode(kind), nearNamesake(kind), overlappingSpells(kind)];
}
