import type { CodeEntry } from '../codes/code-list.ts';
import { codeList } from '../codes/index.ts';
import { normalizeText, searchKey } from '../vietnam/text.ts';

/** How people write an entry of a code list: its code, its name with or without diacritics, or both as in our drop-downs. */

/** Other names in use in schools and in older files, by list and code; matched like the names themselves. */
const otherNames: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  sex: { '02': ['Gái'], '01': ['Trai'] },
  ethnicity: {
    '01': ['Việt'],
    '05': ['Khmer'],
    '08': ["H'Mông", 'Mông', 'Mèo'],
    '10': ['Jrai'],
    '12': ['Rhadé', 'Ra-đê'],
    '15': ['Sán Chỉ', 'Cao Lan', 'Cao Lan - Sán Chỉ'],
    '16': ["K'Ho"],
    '23': ['Vân Kiều'],
    '30': ['Cor'],
    '31': ['Pa-cô'],
    '55': ['Nước ngoài'],
  },
  grade: Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [String(index + 1).padStart(2, '0'), [`Khối ${index + 1}`]]),
  ),
  sessions_per_week: {
    '01': ['5 buổi'],
    '02': ['6 buổi'],
    '03': ['7 buổi'],
    '04': ['8 buổi'],
    '05': ['9 buổi'],
    '06': ['10 buổi'],
  },
  education_result: { '01': ['HTXS'], '02': ['HTT'], '03': ['HT'], '04': ['CHT'] },
  result_level: { '01': ['T'], '02': ['K'], '03': ['Đ'], '04': ['CĐ'] },
  year_result: {
    '01': ['Lên lớp'],
    '02': ['Kiểm tra lại', 'Thi lại', 'Đánh giá lại', 'Rèn luyện hè', 'Rèn luyện trong hè'],
    '03': ['Ở lại lớp', 'Lưu ban'],
    '04': ['HTCTTH'],
    '05': ['Tốt nghiệp THCS', 'Hoàn thành chương trình THCS'],
    '06': ['Hoàn thành chương trình THPT'],
    '07': ['Tốt nghiệp THPT'],
    '08': ['Dự thi chưa tốt nghiệp', 'Trượt tốt nghiệp THPT'],
  },
  staff_position: {
    '09': ['Thư viện'],
    '10': ['Thiết bị'],
    '11': ['Y tế'],
    '15': ['Kế toán'],
    '16': ['Văn thư'],
    '17': ['Bảo vệ'],
    '25': ['Thủ quỹ'],
  },
  national_standard: { '02': ['Mức 1', 'Mức độ 1'], '03': ['Mức 2', 'Mức độ 2'] },
};

/** In these lists a bare "5" may mean the code 05 or five of something; it is refused rather than guessed. */
const ambiguousNumbers: ReadonlySet<string> = new Set(['sessions_per_week']);

const fold = (text: string): string => searchKey(text).replace(/[^a-z0-9]+/g, '');

/** Names folded to letters and digits; what two entries share belongs to neither. */
function foldedNames(slug: string, entries: readonly CodeEntry[]): Map<string, string> {
  const found = new Map<string, string>();
  const shared = new Set<string>();
  for (const { code, vi } of entries) {
    for (const name of [vi, ...(otherNames[slug]?.[code] ?? [])]) {
      const key = fold(name);
      if (found.has(key) && found.get(key) !== code) shared.add(key);
      found.set(key, code);
    }
  }
  for (const key of shared) found.delete(key);
  return found;
}

function exactForms(slug: string, entries: readonly CodeEntry[]): Map<string, string> {
  const forms = new Map<string, string>();
  for (const { code, vi } of entries) {
    forms.set(vi, code);
    forms.set(`${code} - ${vi}`, code);
    // Excel turns 01 into 1.
    if (/^0\d$/.test(code) && !ambiguousNumbers.has(slug)) forms.set(code.slice(1), code);
  }
  for (const { code } of entries) forms.set(code, code);
  return forms;
}

const REMEMBERED = 500;

/** Reads what people wrote as a code of the list; undefined when it is none. */
export type CodeMatcher = (text: string) => string | undefined;

function buildMatcher(slug: string): CodeMatcher {
  const { entries } = codeList(slug);
  const exact = exactForms(slug, entries);
  const folded = foldedNames(slug, entries);
  const remembered = new Map<string, string | undefined>();

  const search = (text: string): string | undefined => {
    const clean = normalizeText(text);
    const direct = exact.get(clean) ?? folded.get(fold(clean));
    if (direct !== undefined) return direct;
    const both = /^([0-9a-z_]+)\s*[-–.:]\s*(.+)$/i.exec(clean);
    if (!both) return undefined;
    // Code and name must agree, or one of them is a slip.
    const code = exact.get(both[1] ?? '');
    return code !== undefined && folded.get(fold(both[2] ?? '')) === code ? code : undefined;
  };

  return (text) => {
    const direct = exact.get(text);
    if (direct !== undefined) return direct;
    if (remembered.has(text)) return remembered.get(text);
    const code = search(text);
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(text, code);
    return code;
  };
}

const matchers = new Map<string, CodeMatcher>();

/** @throws RangeError for a list that does not exist. */
export function codeMatcher(slug: string): CodeMatcher {
  let matcher = matchers.get(slug);
  if (!matcher) {
    matcher = buildMatcher(slug);
    matchers.set(slug, matcher);
  }
  return matcher;
}
