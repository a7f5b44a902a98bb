// The template of a record kind: headings (required ones red), drop-downs, notes, a page of guidance, and a hidden stamp. The
// same sheets carry an export, which is a prefilled template, and a marked-up file.
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { choicesOf } from '@khuevan/core/records/format.ts';
import { fieldsFor } from '@khuevan/core/records/kinds.ts';
import { codeList } from '@khuevan/core/codes/index.ts';
import { formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { columnName, type Cell } from '#platform/excel-cells.ts';
import type { Format } from '#platform/excel-styles.ts';
import { sheetName } from '#platform/excel-table.ts';
import type { DropDown, Note, Sheet, SheetRow } from '#platform/excel-writer.ts';
import { schoolHeading } from './headings.ts';
import { digestOfFields, stampRows, stampSheet } from './template-stamp.ts';

export interface TemplateUnit {
  code: string;
  name: string;
  /** An office has a column for the school of each row. */
  isOffice: boolean;
  /** Levels a school teaches; null for an office, whose files have the columns of all. */
  levels: readonly string[] | null;
}

/** A column of the data sheet; one without a field is the school's code, or a column of the person's own. */
export interface TemplateColumn {
  heading: string;
  field?: Field;
  isSchool?: boolean;
  /** Column of an uploaded file that it shows, from 0. */
  source?: number;
  width?: number;
}

export interface TemplateFace {
  kind: RecordKind;
  unit: TemplateUnit;
  schoolYear: number;
  columns: readonly TemplateColumn[];
  /** Codes that a reference may take, by field key: the school's classes, sites, staff. */
  choices?: Readonly<Record<string, readonly string[]>>;
}

const listsSheet = 'Danh muc';
const headingRow = 4;
const firstDataRow = headingRow + 1;
/** Drop-downs reach this far below the headings. */
const lastDropDownRow = 20_000;

const formats: Record<Field['type'], Format> = {
  text: 'text',
  name: 'text',
  reference: 'text',
  code: 'text',
  codes: 'text',
  pin: 'text',
  boolean: 'text',
  date: 'date',
  integer: 'integer',
  decimal: 'decimal',
};

export function templateColumns(
  kind: RecordKind,
  unit: TemplateUnit,
  hidden: readonly string[] = [],
): TemplateColumn[] {
  const fields = fieldsFor(kind, unit.levels)
    .filter((field) => !field.readOnly && !hidden.includes(field.key))
    .map((field): TemplateColumn => ({ heading: field.label.vi, field }));
  return unit.isOffice ? [{ heading: schoolHeading.vi, isSchool: true }, ...fields] : fields;
}

/** Data first, so that the workbook opens where people write. */
export function templateSheets(
  face: TemplateFace,
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>,
  more: readonly Sheet[] = [],
): Sheet[] {
  const lists = listsOf(face);
  const { kind, unit, schoolYear } = face;
  const stamp = stampRows({
    kind: kind.name,
    fields: digestOfFields(kind, unit.levels),
    unitCode: unit.code,
    schoolYear,
  });
  return [
    {
      name: sheetName(kind.label.vi),
      columns: face.columns.map(({ field, width }) => ({
        width: width ?? Math.max(12, Math.round((field?.width ?? 100) / 7)),
        format: field ? formats[field.type] : 'text',
      })),
      rows: dataRows(face, rows),
      frozen: { rows: headingRow, columns: frozenColumns(face) },
      filter: `A${headingRow}:${columnName(face.columns.length - 1)}${headingRow}`,
      dropDowns: dropDownsOf(face, lists),
      noted: true,
      landscape: true,
    },
    ...more,
    guidanceSheet(face),
    {
      name: listsSheet,
      state: 'hidden',
      columns: lists.map(() => ({ width: 30, format: 'text' as const })),
      rows: listRows(lists),
    },
    {
      name: stampSheet,
      state: 'veryHidden',
      columns: [{ width: 12 }, { width: 30 }],
      rows: stamp.map((cells) => ({ cells })),
    },
  ];
}

/** Name and code stay in sight. */
function frozenColumns({ columns }: TemplateFace): number {
  const last = columns.findIndex(({ field }) => field?.key === 'fullName' || field?.key === 'name');
  return last < 0 || last > 4 ? 1 : last + 1;
}

async function* dataRows(
  { kind, unit, schoolYear, columns }: TemplateFace,
  rows: Iterable<SheetRow> | AsyncIterable<SheetRow>,
): AsyncGenerator<SheetRow> {
  yield {
    cells: [
      {
        value: `${kind.label.vi.toUpperCase()} NĂM HỌC ${formatSchoolYear(schoolYear)}`,
        tone: 'title',
        format: 'general',
      },
    ],
    height: 22,
  };
  yield { cells: [{ value: `${unit.name} (mã ${unit.code})`, tone: 'strong', format: 'general' }] };
  yield {
    cells: [
      {
        value:
          'Cột tiêu đề đỏ là bắt buộc. Không đổi tiêu đề; có thể đổi thứ tự cột. Rê chuột vào tiêu đề để xem hướng dẫn.',
        tone: 'muted',
        format: 'general',
      },
    ],
  };
  yield {
    cells: columns.map(({ heading, field, isSchool }) => ({
      value: field?.required ? `${heading} *` : heading,
      tone: field?.required || isSchool ? 'required' : 'header',
      format: 'general',
    })),
    notes: columns.flatMap((column, index): Note[] => {
      const text = noteOf(column);
      return text ? [{ column: index, text }] : [];
    }),
    height: 45,
  };
  yield* rows;
}

const howToFill: Partial<Record<Field['type'], string>> = {
  date: 'Ngày dạng ngày/tháng/năm, ví dụ 05/09/2018.',
  boolean: 'Ghi Có hoặc Không.',
  code: 'Chọn trong danh sách thả xuống.',
  codes: 'Ghi một hoặc nhiều giá trị của danh mục, cách nhau bằng dấu “;”.',
  pin: 'Đủ 12 chữ số, để ô dạng chữ (Text) để không mất số 0 ở đầu. Số đã che (có dấu •) được giữ nguyên; để trống cũng giữ số đang lưu.',
  integer: 'Số nguyên không âm.',
  decimal: 'Số không âm, tối đa hai chữ số sau dấu phẩy.',
};

function noteOf({ field, isSchool }: TemplateColumn): string {
  if (isSchool) return 'Bắt buộc.\nMã của trường trực thuộc.';
  if (!field) return '';
  return [
    field.required ? 'Bắt buộc.' : '',
    howToFill[field.type] ?? '',
    field.to ? `Mã ${labels[field.to] ?? ''} đã có của trường.` : '',
    field.max ? `Tối đa ${field.max} ký tự.` : '',
    field.guidance?.vi ?? '',
    field.source ? `Căn cứ: ${field.source}.` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

const labels: Partial<Record<string, string>> = { class: 'lớp', site: 'điểm trường', staff: 'cán bộ' };

interface ListColumn {
  key: string;
  label: string;
  choices: readonly string[];
  column: number;
}

/** One column of the hidden sheet for each list in use. */
function listsOf({ columns, choices, unit }: TemplateFace): ListColumn[] {
  const lists = new Map<string, Omit<ListColumn, 'column'>>();
  for (const { field } of columns) {
    if (!field) continue;
    const key = listKey(field);
    const own = choices?.[field.key];
    if (field.type === 'boolean') lists.set(key, { key, label: 'Có/Không', choices: ['Có', 'Không'] });
    else if (field.list)
      lists.set(key, { key, label: codeList(field.list).name.vi, choices: choicesOf(field, unit.levels) });
    else if (own && own.length > 0) lists.set(key, { key, label: field.label.vi, choices: own });
  }
  return [...lists.values()].map((list, column) => ({ ...list, column }));
}

const listKey = (field: Field) => (field.type === 'boolean' ? 'boolean' : (field.list ?? `reference ${field.to}`));

function dropDownsOf({ columns }: TemplateFace, lists: readonly ListColumn[]): DropDown[] {
  return columns.flatMap(({ field }, column): DropDown[] => {
    const list = field && lists.find((each) => each.key === listKey(field));
    if (!list) return [];
    const name = columnName(list.column);
    // Several values in one cell, and codes typed by hand, must stay possible: only yes and no are strict.
    return [
      {
        column,
        firstRow: firstDataRow,
        lastRow: lastDropDownRow,
        source: `'${listsSheet}'!$${name}$2:$${name}$${list.choices.length + 1}`,
        strict: field.type === 'boolean',
      },
    ];
  });
}

function* listRows(lists: readonly ListColumn[]): Generator<SheetRow> {
  const longest = Math.max(0, ...lists.map((list) => list.choices.length));
  yield { cells: lists.map(({ label }): Cell => ({ value: label, tone: 'header' })) };
  for (let index = 0; index < longest; index += 1) yield { cells: lists.map((list) => list.choices[index] ?? null) };
}

const steps = [
  '1. Nhập dữ liệu ở sheet đầu tiên, từ dòng ngay dưới dòng tiêu đề. Mỗi dòng một bản ghi.',
  '2. Cột tiêu đề màu đỏ (có dấu *) là bắt buộc. Cột khác có thể để trống hoặc bỏ hẳn: cột bị bỏ thì dữ liệu đang có được giữ nguyên.',
  '3. Ô có danh mục: chọn trong danh sách thả xuống, hoặc ghi mã, hoặc ghi tên của danh mục.',
  '4. Ngày nhập dạng ngày/tháng/năm. Mã, số định danh, số điện thoại là chữ: giữ số 0 ở đầu.',
  '5. Lưu tệp dạng .xlsx, không macro, không mật khẩu, rồi tải lên ở mục Nhập từ Excel. Hệ thống đọc ở nền, báo từng ô sai, cho xem trước sẽ thêm, sửa, giữ nguyên dòng nào.',
  '6. Tải lại cùng một tệp không làm dữ liệu lặp: dòng đã có thì được sửa hoặc giữ nguyên.',
];

function guidanceSheet(face: TemplateFace): Sheet {
  return {
    name: 'Hướng dẫn',
    columns: [
      { width: 34, format: 'wrapped' },
      { width: 12, format: 'wrapped' },
      { width: 60, format: 'wrapped' },
      { width: 60, format: 'wrapped' },
    ],
    rows: guidanceRows(face),
  };
}

function* guidanceRows({ kind, columns, unit }: TemplateFace): Generator<SheetRow> {
  yield { cells: [{ value: `Hướng dẫn nhập ${kind.label.vi}`, tone: 'title', format: 'general' }] };
  yield { cells: [{ value: `Căn cứ: ${kind.source}`, tone: 'muted', format: 'general' }] };
  for (const step of steps) yield { cells: [{ value: step, tone: 'plain', format: 'general' }] };
  yield { cells: [] };
  const head = ['Tên cột', 'Bắt buộc', 'Cách ghi', 'Giá trị trong danh mục'];
  yield { cells: head.map((value): Cell => ({ value, tone: 'header', format: 'general' })) };
  for (const column of columns) {
    const { field, heading } = column;
    const choices = field?.list ? choicesOf(field, unit.levels) : [];
    const shown =
      choices.length > 30
        ? [...choices.slice(0, 30), `… (${choices.length} giá trị, xem danh sách thả xuống)`]
        : choices;
    yield {
      cells: [
        heading,
        field?.required || column.isSchool ? 'Có' : '',
        noteOf(column).replaceAll('\n', ' '),
        shown.join('; '),
      ],
    };
  }
}
