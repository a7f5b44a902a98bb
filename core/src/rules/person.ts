import { codeName } from '../codes/index.ts';
import { pinPrefix } from '../codes/pin-prefixes.ts';
import { formatDate } from '../vietnam/dates.ts';
import { maskPin } from '../vietnam/pin.ts';
import { searchKey } from '../vietnam/text.ts';
import { clashes } from './clashes.ts';
import { kept, type RecordRule, type RecordValues, type SetRule, type Spot, textOf } from './rule.ts';

/** Rules on identity that hold for students and staff alike. */

type PersonKind = 'student' | 'staff';

const STRUCTURE = 'NĐ 137/2015/NĐ-CP, Điều 13; TT 07/2016/TT-BCA, Điều 7';
const REGULATION = 'TT 42/2021/TT-BGDĐT, Điều 10';

const prefixes: ReadonlySet<string> = new Set(pinPrefix.entries.map((entry) => entry.code));
const ZERO = 48;

/**
 * The first six digits say place, century, sex and year; they stay readable in a masked number ("019318••••21"), so stored
 * records are checked without being decrypted. Undefined where there is no number.
 */
function headOf(pin: unknown): string | undefined {
  const text = textOf(pin);
  return text.length === 12 ? text : undefined;
}

const sexOf = (head: string): string => ((head.charCodeAt(3) - ZERO) % 2 === 0 ? '01' : '02');

const yearOf = (head: string): number =>
  1900 + Math.floor((head.charCodeAt(3) - ZERO) / 2) * 100 + (head.charCodeAt(4) - ZERO) * 10 + (head.charCodeAt(5) - ZERO);

const spot = (pin: string, params: Spot['params']): Spot[] => [{ field: 'pin', value: maskPin(pin), params }];

export function pinRules(kind: PersonKind): RecordRule[] {
  return [
    {
      id: `${kind}_pin_sex`,
      kind,
      field: 'pin',
      severity: 'error',
      source: STRUCTURE,
      title: { vi: 'Số định danh không khớp giới tính', en: 'Identification number does not fit the sex' },
      message: ({ params: p = {} }) => ({
        vi: `Chữ số thứ tư của số định danh là của ${name('sex', p.number, 'vi')} nhưng ghi giới tính ${name('sex', p.stated, 'vi')}. Đối chiếu giấy khai sinh rồi sửa ô sai.`,
        en: `The fourth digit of the number belongs to ${name('sex', p.number, 'en')}, but the sex is ${name('sex', p.stated, 'en')}. Compare with the birth certificate and correct the wrong one.`,
      }),
      check: ({ pin, sex }) => {
        const head = headOf(pin);
        return head === undefined || !sex || sexOf(head) === sex ? kept : spot(head, { number: sexOf(head), stated: textOf(sex) });
      },
    },
    {
      id: `${kind}_pin_birth_year`,
      kind,
      field: 'pin',
      severity: 'error',
      source: STRUCTURE,
      title: { vi: 'Số định danh không khớp năm sinh', en: 'Identification number does not fit the year of birth' },
      message: ({ params: p = {} }) => ({
        vi: `Số định danh là của người sinh năm ${p.number} nhưng ngày sinh ghi năm ${p.stated}. Đối chiếu giấy khai sinh rồi sửa ô sai.`,
        en: `The number belongs to a person born in ${p.number}, but the date of birth says ${p.stated}. Compare with the birth certificate and correct the wrong one.`,
      }),
      check: ({ pin, birthDate }) => {
        const head = headOf(pin);
        if (head === undefined || !birthDate) return kept;
        const stated = Number.parseInt(textOf(birthDate), 10);
        return yearOf(head) === stated ? kept : spot(head, { number: yearOf(head), stated });
      },
    },
    {
      id: `${kind}_pin_prefix`,
      kind,
      field: 'pin',
      severity: 'warning',
      source: `${STRUCTURE} và Phụ lục 1`,
      title: { vi: 'Ba số đầu của số định danh không phải mã tỉnh', en: 'Identification number that begins with no province' },
      message: ({ params: p = {} }) => ({
        vi: `Ba số đầu ${p.prefix} không phải mã tỉnh nơi đăng ký khai sinh. Kiểm tra lại; nếu khai sinh ở nước ngoài thì nêu lý do khi gửi.`,
        en: `${p.prefix} is not the code of a province where births are registered. Check it; if the birth was registered abroad, say so when sending.`,
      }),
      check: ({ pin }) => {
        const head = headOf(pin);
        if (head === undefined) return kept;
        const prefix = head.slice(0, 3);
        return prefixes.has(prefix) ? kept : spot(head, { prefix });
      },
    },
    {
      id: `${kind}_name_one_word`,
      kind,
      field: 'fullName',
      severity: 'warning',
      source: 'Bộ luật Dân sự 91/2015/QH13, Điều 26',
      title: { vi: 'Họ và tên chỉ có một từ', en: 'Full name of one word' },
      message: ({ value }) => ({
        vi: `“${value}” thiếu họ hoặc tên. Ghi đủ họ, chữ đệm và tên như giấy khai sinh; nếu khai sinh chỉ có một từ, nêu lý do khi gửi.`,
        en: `“${value}” lacks the family or the given name. Write the name as on the birth certificate; if that has one word only, say so when sending.`,
      }),
      check: ({ fullName }) => {
        const text = textOf(fullName);
        return text === '' || text.includes(' ') ? kept : [{ field: 'fullName', value: text }];
      },
    },
  ];
}

function name(list: string, code: unknown, language: 'vi' | 'en'): string {
  return codeName(list, String(code), language);
}

/** Whether two records speak of the same person; undefined where one has neither a stored person nor a code. */
export function isSamePerson(a: RecordValues, b: RecordValues, personKey: string): boolean | undefined {
  if (a[personKey] && b[personKey]) return a[personKey] === b[personKey];
  if (!a.code || !b.code) return undefined;
  return a.code === b.code && (a.birthDate === b.birthDate || lookOf(a) === lookOf(b));
}

/** Spells [enteredOn, leftOn) that share a day. */
function overlap(a: RecordValues, b: RecordValues): boolean {
  return (!a.leftOn || textOf(a.leftOn) > textOf(b.enteredOn)) && (!b.leftOn || textOf(b.leftOn) > textOf(a.enteredOn));
}

/** Words that are often left out or written without their mark ("Thi" for "Thị"). */
const FILLERS = / (thi|van)(?= .)/g;

const lookOf = (record: RecordValues): string => searchKey(textOf(record.fullName)).replace(FILLERS, '');

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

const words = {
  student: { vi: 'học sinh', en: 'student', key: 'studentId' },
  staff: { vi: 'cán bộ', en: 'staff member', key: 'staffMemberId' },
};

/** Duplicates of one school. A person who left and came back has several spells and is no duplicate. */
export function duplicateRules(kind: PersonKind): SetRule[] {
  const { vi, en, key } = words[kind];
  const sameNamed = (a: RecordValues, b: RecordValues) => a.fullName === b.fullName && a.birthDate === b.birthDate && a.sex === b.sex;
  // Without an identity a second, later spell of the same name and birth is read as the person coming back.
  const cameBack = (a: RecordValues, b: RecordValues) => sameNamed(a, b) && !overlap(a, b);
  const isOther = (a: RecordValues, b: RecordValues) => {
    const same = isSamePerson(a, b, key);
    return same === undefined ? !cameBack(a, b) : !same;
  };
  return [
    {
      id: `${kind}_duplicate_pin`,
      kind,
      severity: 'error',
      source: `NĐ 137/2015/NĐ-CP, Điều 13 (mỗi công dân một số); ${REGULATION}`,
      title: { vi: `Hai ${vi} cùng số định danh`, en: `Two of the ${en}s share an identification number` },
      message: ({ params: p = {} }) => ({
        vi: `Số định danh này đã ghi cho ${p.other}${p.otherCode ? ` (mã ${p.otherCode})` : ''}. Mỗi người chỉ có một số: sửa số sai, hoặc bỏ bản ghi bị trùng.`,
        en: `This number is already written for ${p.other}${p.otherCode ? ` (code ${p.otherCode})` : ''}. Each person has one of their own: correct the wrong one, or remove the duplicate record.`,
      }),
      check: (records) => clashes(records, pinKeyOf, isOther, 'pin'),
    },
    {
      id: `${kind}_duplicate_code`,
      kind,
      severity: 'error',
      source: `${REGULATION} (mã duy nhất, không đổi)`,
      title: { vi: `Hai ${vi} cùng mã`, en: `Two of the ${en}s share a code` },
      message: ({ params: p = {} }) => ({
        vi: `Mã ${p.otherCode} đã cấp cho ${p.other}, người khác họ tên hoặc ngày sinh. Sửa mã, hoặc để trống để hệ thống cấp mã mới.`,
        en: `Code ${p.otherCode} belongs to ${p.other}, with another name or date of birth. Correct it, or leave it empty to be issued a new one.`,
      }),
      check: (records) => clashes(records, ({ code }) => textOf(code), (a, b) => isSamePerson(a, b, key) === false, 'code'),
    },
    {
      id: `${kind}_duplicate_person`,
      kind,
      severity: 'warning',
      source: `${REGULATION}; Luật Thống kê 89/2015/QH13, Điều 5 (không trùng lặp)`,
      title: { vi: `Hai ${vi} gần như trùng họ tên, ngày sinh, giới tính`, en: `Two of the ${en}s with nearly the same name, birth and sex` },
      message: ({ params: p = {} }) => ({
        vi: `Gần như trùng với ${p.other}${p.otherCode ? ` (mã ${p.otherCode})` : ''}: cùng ngày sinh, giới tính, họ tên chỉ khác dấu hoặc chữ đệm. Nếu là một người, bỏ một bản ghi; nếu là hai người, nhập đủ số định danh của cả hai.`,
        en: `Nearly the same as ${p.other}${p.otherCode ? ` (code ${p.otherCode})` : ''}: same birth and sex, the names differ at most by marks or a middle word. If they are one person, remove one record; if two, enter both identification numbers.`,
      }),
      check: (records) =>
        clashes(
          records,
          (record) => (record.fullName && record.birthDate ? `${lookOf(record)}|${textOf(record.birthDate)}|${textOf(record.sex)}` : ''),
          (a, b) => {
            const pinA = pinKeyOf(a);
            const pinB = pinKeyOf(b);
            // Different numbers are different people, and equal ones are the finding of another rule.
            if (pinA !== '' && pinB !== '' && (pinA === pinB || !nearlyEqual(pinA, pinB))) return false;
            return isOther(a, b);
          },
          'fullName',
        ),
    },
    {
      id: `${kind}_overlap`,
      kind,
      severity: 'error',
      source: 'QĐ 4998/QĐ-BGDĐT; mô tả dữ liệu đầu năm 26/10/2020: mỗi thời điểm chỉ ở một lớp, một trường',
      title: { vi: `Một ${vi} có hai khoảng thời gian chồng nhau`, en: `One of the ${en}s has two spells that overlap` },
      message: ({ params: p = {} }) => ({
        vi: `${p.other} đã có một bản ghi trong cùng khoảng thời gian (mã ${p.otherCode}). Ghi ngày rời của lần trước, hoặc bỏ bản ghi thừa.`,
        en: `${p.other} has another record for the same time (code ${p.otherCode}). Give the earlier one its day of leaving, or remove the surplus record.`,
      }),
      check: (records) =>
        clashes(
          records,
          (record) => textOf(record[key]) || textOf(record.code),
          (a, b) => isSamePerson(a, b, key) === true && overlap(a, b),
          'enteredOn',
        ),
    },
  ];
}

/** Status or date of a spell that ended before it began; shared so that both kinds say it alike. */
export function leftBeforeEntered(kind: PersonKind, source: string): RecordRule {
  return {
    id: `${kind}_left_before_entered`,
    kind,
    field: 'leftOn',
    severity: 'error',
    source,
    title: { vi: 'Ngày rời không sau ngày vào', en: 'Left on or before the day of entry' },
    message: ({ params: p = {} }) => ({
      vi: `Ngày rời ${p.left} phải sau ngày vào ${p.entered}. Sửa một trong hai ngày.`,
      en: `The day of leaving ${p.left} must be after the day of entry ${p.entered}. Correct one of them.`,
    }),
    check: ({ enteredOn, leftOn }) =>
      leftOn && enteredOn && textOf(leftOn) <= textOf(enteredOn)
        ? [{ field: 'leftOn', value: textOf(leftOn), params: { left: formatDate(textOf(leftOn)), entered: formatDate(textOf(enteredOn)) } }]
        : kept,
  };
}
