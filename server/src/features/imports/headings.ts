// Columns are known by the text of their heading, in any order, with or without diacritics, capitals and stars.
import type { Field, RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor } from '@khuevan/core/records/kinds.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import type { ReadingPlan } from './reading-plan.ts';

/** What else schools call a column, beside its names in the template. */
const otherHeadings: Partial<Record<RecordKindName, Record<string, string[]>>> = {
  student: {
    code: ['Mã HS', 'Mã định danh học sinh'],
    fullName: ['Họ tên', 'Họ và tên học sinh', 'Họ tên học sinh'],
    birthDate: ['Ngày tháng năm sinh'],
    sex: ['Giới'],
    pin: ['Số CCCD', 'CCCD', 'Số định danh', 'Mã định danh cá nhân', 'Số ĐDCN'],
    classCode: ['Mã lớp', 'Lớp học'],
    grade: ['Khối lớp', 'Mã khối'],
    educationResult: ['Kết quả giáo dục', 'Mức đạt được về kết quả giáo dục'],
    learningResult: ['Kết quả học tập', 'KQ học tập'],
    conductResult: ['Kết quả rèn luyện', 'KQ rèn luyện'],
    yearResult: ['Kết quả cả năm', 'Lên lớp'],
  },
  staff: {
    code: ['Mã CB', 'Mã giáo viên', 'Mã cán bộ giáo viên'],
    fullName: ['Họ tên', 'Họ và tên cán bộ'],
    birthDate: ['Ngày tháng năm sinh'],
    sex: ['Giới'],
    pin: ['Số CCCD', 'CCCD', 'Số định danh', 'Mã định danh cá nhân', 'Số ĐDCN'],
  },
};

export const schoolHeading = { vi: 'Mã trường', en: 'School code' };
/** The column that we ourselves put in front of a marked-up file. */
export const findingsHeading = 'Lỗi cần sửa';

export interface Headings {
  /** Row number of the headings. */
  row: number;
  /** Column of each field that was found. */
  columns: Map<string, number>;
  schoolColumn: number | undefined;
  /** Headings that mean nothing to us. */
  ignored: { column: number; text: string }[];
  /** Fields that two columns claim. */
  doubled: Field[];
}

export const noHeadings: Headings = { row: 0, columns: new Map(), schoolColumn: undefined, ignored: [], doubled: [] };

const fold = (text: string): string => searchKey(text).replaceAll(/[^a-z0-9]+/g, '');

const SCHOOL = 'school code of the row';

/** Whose columns the file has: an office names the school of each row, and has the fields of all levels. */
export type Columns = Pick<ReadingPlan, 'isOffice' | 'levels'>;

/** Folded heading -> field key. */
function knownHeadings(kind: RecordKind, { isOffice, levels }: Columns): Map<string, string> {
  const known = new Map<string, string>();
  for (const field of fieldsFor(kind, levels)) {
    for (const text of [field.label.vi, field.label.en, ...(otherHeadings[kind.name]?.[field.key] ?? [])])
      known.set(fold(text), field.key);
  }
  if (isOffice) for (const text of [schoolHeading.vi, schoolHeading.en]) known.set(fold(text), SCHOOL);
  return known;
}

/** Titles and guidance may stand above the headings, but not more of it than this. */
export const lastHeadingRow = 20;
const FEWEST_MATCHES = 2;

export interface TextRow {
  number: number;
  cells: readonly unknown[];
}

/** The row that has most of the headings of the kind; undefined where no row looks like headings at all. */
export function findHeadings(rows: readonly TextRow[], kind: RecordKind, columns: Columns): Headings | undefined {
  const known = knownHeadings(kind, columns);
  let best: Headings | undefined;
  for (const row of rows) {
    if (row.number > lastHeadingRow) break;
    const found = readHeadings(row, kind, known);
    if (found.columns.size >= FEWEST_MATCHES && found.columns.size > (best?.columns.size ?? 0)) best = found;
  }
  return best;
}

function readHeadings(row: TextRow, kind: RecordKind, known: Map<string, string>): Headings {
  const headings: Headings = { ...noHeadings, row: row.number, columns: new Map(), ignored: [], doubled: [] };
  for (const [column, cell] of row.cells.entries()) {
    if (typeof cell !== 'string' || cell.trim() === '') continue;
    const key = known.get(fold(cell));
    if (key === SCHOOL) headings.schoolColumn ??= column;
    else if (key === undefined) {
      if (fold(cell) !== fold(findingsHeading)) headings.ignored.push({ column, text: cell.trim() });
    } else if (headings.columns.has(key)) headings.doubled.push(kind.fields.find((field) => field.key === key)!);
    else headings.columns.set(key, column);
  }
  return headings;
}

/** Columns that must be there and are not: the required ones, and those by which a record without a person is known. */
export function missingFields(headings: Headings, kind: RecordKind, { levels }: Pick<Columns, 'levels'>): Field[] {
  const isKey = ({ key }: Field) => !kind.person && kind.naturalKeys.flat().includes(key);
  return fieldsFor(kind, levels).filter(
    (field) => (field.required || isKey(field)) && !field.readOnly && !headings.columns.has(field.key),
  );
}
