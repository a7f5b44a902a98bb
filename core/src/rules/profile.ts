import { codeEntry, codeName } from '../codes/index.ts';
import { formatDate } from '../vietnam/dates.ts';
import { kept, type RecordRule, type RecordValues, textOf } from './rule.ts';

const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, TRC1';
const FORM = 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 16-18';

/** Whether the entry of a list that says at which levels it exists fits one of the school's levels. */
function isOfLevels(list: string, code: unknown, levels: readonly string[]): boolean {
  const entry = codeEntry(list, textOf(code)) as { levels?: readonly string[] } | undefined;
  return entry?.levels === undefined || entry.levels.some((level) => levels.includes(level));
}

function levelRule(
  id: string,
  field: 'ownership' | 'schoolKind',
  list: string,
  source: string,
  title: RecordRule['title'],
): RecordRule {
  return {
    id,
    kind: 'profile',
    field,
    severity: 'error',
    source,
    title,
    message: ({ value }) => ({
      vi: `“${codeName(list, String(value), 'vi')}” không có ở cấp học của trường. Chọn giá trị khác trong danh mục.`,
      en: `“${codeName(list, String(value), 'en')}” does not exist at the school's level. Choose another value from the list.`,
    }),
    check: (record, { levels }) =>
      !record[field] || isOfLevels(list, record[field], levels) ? kept : [{ field, value: textOf(record[field]) }],
  };
}

const needsPower = ({ computers, internet, onlineTeaching }: RecordValues) =>
  computers === true || internet === true || onlineTeaching === true;

export const profileRules: RecordRule[] = [
  levelRule('profile_ownership', 'ownership', 'ownership', 'Luật Giáo dục 43/2019/QH14, Điều 47', {
    vi: 'Loại hình không có ở cấp học của trường',
    en: "Ownership that does not exist at the school's level",
  }),
  levelRule(
    'profile_school_kind',
    'schoolKind',
    'school_kind',
    `${TECHNICAL_RULES}; danh mục loại trường (DM_LOAI_TRUONG)`,
    {
      vi: 'Loại trường không có ở cấp học của trường',
      en: "Kind of school that does not exist at the school's level",
    },
  ),
  {
    id: 'profile_founded_later',
    kind: 'profile',
    field: 'foundedOn',
    severity: 'error',
    source: `${TECHNICAL_RULES} (NAM_THANH_LAP)`,
    title: { vi: 'Ngày thành lập ở tương lai', en: 'Founded in the future' },
    message: ({ params: p = {} }) => ({
      vi: `Ngày thành lập ${p.day} sau ngày ${p.asOf}. Ghi ngày của quyết định thành lập trường.`,
      en: `The founding day ${p.day} is after ${p.asOf}. Enter the day of the founding decision.`,
    }),
    check: ({ foundedOn }, { asOf }) => {
      const day = textOf(foundedOn);
      return day > asOf
        ? [{ field: 'foundedOn', value: day, params: { day: formatDate(day), asOf: formatDate(asOf) } }]
        : kept;
    },
  },
  {
    id: 'profile_no_electricity',
    kind: 'profile',
    field: 'electricity',
    severity: 'warning',
    source: FORM,
    title: {
      vi: 'Dùng máy tính, Internet nhưng không có điện lưới',
      en: 'Computers or Internet without grid electricity',
    },
    message: () => ({
      vi: 'Trường dùng máy tính, Internet hoặc học trực tuyến nhưng ghi không có điện lưới. Kiểm tra lại các ô này; nếu dùng nguồn điện khác, nêu lý do khi gửi.',
      en: 'The school uses computers, the Internet or online teaching, yet has no grid electricity. Check these; if it has another source of power, say so when sending.',
    }),
    check: (record) => (record.electricity === false && needsPower(record) ? [{ field: 'electricity' }] : kept),
  },
  {
    id: 'profile_online_without_internet',
    kind: 'profile',
    field: 'onlineTeaching',
    severity: 'warning',
    source: `${FORM}; hướng dẫn báo cáo đầu năm 2022-2023 của Sở GDĐT Hải Phòng, mục 4.1`,
    title: { vi: 'Học trực tuyến nhưng không khai thác Internet', en: 'Online teaching without Internet' },
    message: () => ({
      vi: 'Trường có tổ chức học trực tuyến nhưng ghi không khai thác Internet cho dạy học. Kiểm tra lại hai ô này.',
      en: 'The school teaches online, yet does not use the Internet for teaching. Check both.',
    }),
    check: ({ onlineTeaching, internet }) =>
      onlineTeaching === true && internet === false ? [{ field: 'onlineTeaching' }] : kept,
  },
];
