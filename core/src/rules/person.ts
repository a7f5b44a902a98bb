import { codeName } from '../codes/index.ts';
import { pinPrefix } from '../codes/pin-prefixes.ts';
import { formatDate } from '../vietnam/dates.ts';
import { maskPin } from '../vietnam/pin.ts';
import { kept, type RecordRule, type Spot, textOf } from './rule.ts';

/** Rules on one person that hold for students and staff alike. */

export type PersonKind = 'student' | 'staff';

const STRUCTURE = 'NĐ 137/2015/NĐ-CP, Điều 13; TT 07/2016/TT-BCA, Điều 7';

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
  1900 +
  Math.floor((head.charCodeAt(3) - ZERO) / 2) * 100 +
  (head.charCodeAt(4) - ZERO) * 10 +
  (head.charCodeAt(5) - ZERO);

const spot = (pin: string, params: Spot['params']): Spot[] => [{ field: 'pin', value: maskPin(pin), params }];

const sexName = (code: unknown, language: 'vi' | 'en') => codeName('sex', String(code), language);

const pinSex = (kind: PersonKind): RecordRule => ({
  id: `${kind}_pin_sex`,
  kind,
  field: 'pin',
  severity: 'error',
  source: STRUCTURE,
  title: { vi: 'Số định danh không khớp giới tính', en: 'Identification number does not fit the sex' },
  message: ({ params: p = {} }) => ({
    vi: `Chữ số thứ tư của số định danh là của ${sexName(p.number, 'vi')} nhưng ghi giới tính ${sexName(p.stated, 'vi')}. Đối chiếu giấy khai sinh rồi sửa ô sai.`,
    en: `The fourth digit of the number belongs to ${sexName(p.number, 'en')}, but the sex is ${sexName(p.stated, 'en')}. Compare with the birth certificate and correct the wrong one.`,
  }),
  check: ({ pin, sex }) => {
    const head = headOf(pin);
    if (head === undefined || !sex || sexOf(head) === sex) return kept;
    return spot(head, { number: sexOf(head), stated: textOf(sex) });
  },
});

const pinBirthYear = (kind: PersonKind): RecordRule => ({
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
});

const pinPlace = (kind: PersonKind): RecordRule => ({
  id: `${kind}_pin_prefix`,
  kind,
  field: 'pin',
  severity: 'warning',
  source: `${STRUCTURE} và Phụ lục 1`,
  title: {
    vi: 'Ba số đầu của số định danh không phải mã tỉnh',
    en: 'Identification number that begins with no province',
  },
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
});

const nameOfOneWord = (kind: PersonKind): RecordRule => ({
  id: `${kind}_name_one_word`,
  kind,
  field: 'fullName',
  severity: 'warning',
  source: 'Bộ luật Dân sự 91/2015/QH13, Điều 26 khoản 1',
  title: { vi: 'Họ và tên chỉ có một từ', en: 'Full name of one word' },
  message: ({ value }) => ({
    vi: `“${value}” thiếu họ hoặc tên. Ghi đủ họ, chữ đệm và tên như giấy khai sinh; nếu khai sinh chỉ có một từ, nêu lý do khi gửi.`,
    en: `“${value}” lacks the family or the given name. Write the name as on the birth certificate; if that has one word only, say so when sending.`,
  }),
  check: ({ fullName }) => {
    const text = textOf(fullName);
    return text === '' || text.includes(' ') ? kept : [{ field: 'fullName', value: text }];
  },
});

/** Name and personal number. */
export function identityRules(kind: PersonKind): RecordRule[] {
  return [pinSex(kind), pinBirthYear(kind), pinPlace(kind), nameOfOneWord(kind)];
}

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
    check: ({ enteredOn, leftOn }) => {
      const entered = textOf(enteredOn);
      const left = textOf(leftOn);
      if (entered === '' || left === '' || left > entered) return kept;
      return [{ field: 'leftOn', value: left, params: { left: formatDate(left), entered: formatDate(entered) } }];
    },
  };
}
