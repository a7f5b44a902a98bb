// What a unit answers: cells of a grid, or rows of a list. Reading never fails: what cannot be read is kept as it was typed.
import type { Text } from '../records/field.ts';
import { Fault, type Reader, readerOf } from '../records/readers.ts';
import { formatDate } from '../vietnam/dates.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { normalizeText, searchKey } from '../vietnam/text.ts';
import {
  cellKeyOf,
  type CellType,
  type CollectionDefinition,
  type CollectionRow,
  limits,
  type Place,
  placeOf,
  rowsOf,
} from './definition.ts';

export type CellValue = string | number | boolean;
export type CollectionCells = Record<string, CellValue>;

export interface CollectionContent {
  /** Of a grid, by "row.column". */
  cells: CollectionCells;
  /** Of a list, each by column. */
  rows: CollectionCells[];
}

export const emptyContent: CollectionContent = { cells: {}, rows: [] };

export interface ContentFinding {
  /** Key of a row of the grid, or index of a row of the list; null for the whole answer. */
  row: string | null;
  column: string | null;
  text: Text;
}

/** Đồng of a province's budget fit; their sums over the country stay exact. */
const mostNumber = 9_999_999_999_999;
const fieldOf = (type: 'integer' | 'decimal' | 'date' | 'boolean' | 'text') => ({
  key: 'cell',
  label: { vi: '', en: '' },
  type,
  most: mostNumber,
  max: limits.text,
});
const readers: Record<Exclude<CellType, 'choice'>, Reader> = {
  integer: readerOf(fieldOf('integer')),
  decimal: readerOf(fieldOf('decimal')),
  date: readerOf(fieldOf('date')),
  boolean: readerOf(fieldOf('boolean')),
  text: readerOf(fieldOf('text')),
};

const howTo: Record<CellType, Text> = {
  integer: { vi: 'Phải là số nguyên không âm, ví dụ 1.250.', en: 'Must be a whole number, not negative.' },
  decimal: {
    vi: 'Phải là số không âm, tối đa hai chữ số sau dấu phẩy, ví dụ 12,5.',
    en: 'Must be a number, not negative, with at most two decimals.',
  },
  text: { vi: `Phải là chữ, tối đa ${limits.text} ký tự.`, en: `Must be text of at most ${limits.text} characters.` },
  date: { vi: 'Phải là ngày/tháng/năm, ví dụ 05/09/2024.', en: 'Must be a day as dd/mm/yyyy.' },
  boolean: { vi: 'Phải là Có hoặc Không.', en: 'Must be yes or no.' },
  choice: { vi: 'Phải là một giá trị trong danh sách.', en: 'Must be one of the list.' },
};

type InputPlace = Extract<Place, { kind: 'input' }>;

export interface ReadCell {
  /** Null for an empty cell; the text as typed where it could not be read. */
  value: CellValue | null;
  fault: Text | null;
}

/** Reads what was typed, pasted, sent or found in Excel. */
export function readCell({ type, choices }: Pick<InputPlace, 'type' | 'choices'>, raw: unknown): ReadCell {
  const read = type === 'choice' ? readChoice(choices, raw) : readers[type](raw);
  if (read === null) return { value: null, fault: null };
  if (typeof read === 'string' || typeof read === 'number' || typeof read === 'boolean')
    return { value: read, fault: null };
  const kept = typeof raw === 'number' || typeof raw === 'boolean' ? raw : String(raw).slice(0, 2 * limits.text);
  return { value: kept, fault: howTo[type] };
}

function readChoice(choices: readonly string[], raw: unknown): string | null | Fault {
  if (raw === null || raw === undefined || raw === '') return null;
  if (typeof raw !== 'string' && typeof raw !== 'number') return new Fault('choice');
  const text = normalizeText(String(raw));
  if (text === '') return null;
  const key = searchKey(text);
  return (
    choices.find((each) => each === text) ?? choices.find((each) => searchKey(each) === key) ?? new Fault('choice')
  );
}

/** As people read it; what could not be read as it was typed. */
export function formatCell(type: CellType | 'sum', value: CellValue | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'boolean') return value ? 'Có' : 'Không';
  return type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDate(value) : value;
}

/** The content with every cell as its type, without what the form does not ask. */
export function tidyContent(form: CollectionDefinition, content: CollectionContent): CollectionContent {
  if (form.shape === 'grid') {
    const cells: CollectionCells = {};
    for (const row of form.rows)
      for (const [key, value] of tidyRow(form, row, (column) => content.cells[cellKeyOf(row.key, column)]))
        cells[cellKeyOf(row.key, key)] = value;
    return { cells, rows: [] };
  }
  const [row] = rowsOf(form);
  const rows = content.rows.map((each): CollectionCells =>
    Object.fromEntries(tidyRow(form, row!, (column) => each[column])),
  );
  // Empty rows at the end are where somebody was going to type.
  const last = rows.findLastIndex((each) => Object.keys(each).length > 0);
  return { cells: {}, rows: rows.slice(0, last + 1) };
}

function tidyRow(
  form: CollectionDefinition,
  row: CollectionRow,
  rawAt: (column: string) => unknown,
): Array<[string, CellValue]> {
  return form.columns.flatMap((column): Array<[string, CellValue]> => {
    const place = placeOf(row, column);
    if (place.kind !== 'input') return [];
    const { value } = readCell(place, rawAt(column.key));
    return value === null ? [] : [[column.key, value]];
  });
}

/** What must be corrected before the answer can be sent; the first thousand. */
export function checkContent(form: CollectionDefinition, content: CollectionContent): ContentFinding[] {
  const findings: ContentFinding[] = [];
  const whole = (vi: string, en: string) => findings.push({ row: null, column: null, text: { vi, en } });
  if (form.shape === 'grid') {
    for (const row of form.rows)
      findings.push(...checkRow(form, row, row.key, (key) => content.cells[cellKeyOf(row.key, key)]));
    if (Object.keys(content.cells).length === 0) whole('Biểu chưa có số liệu nào.', 'Nothing has been filled in.');
  } else {
    if (content.rows.length > limits.listRows)
      whole(`Danh sách có nhiều hơn ${limits.listRows} dòng.`, `The list has more than ${limits.listRows} rows.`);
    const [row] = rowsOf(form);
    for (const [index, each] of content.rows.slice(0, limits.listRows).entries()) {
      findings.push(...checkRow(form, row!, String(index), (key) => each[key]));
      if (findings.length > 1000) break;
    }
  }
  if (JSON.stringify(content).length > limits.content)
    whole('Câu trả lời quá dài. Rút bớt chữ hoặc số dòng.', 'The answer is too long. Shorten texts or leave out rows.');
  return findings.slice(0, 1000);
}

function checkRow(
  form: CollectionDefinition,
  row: CollectionRow,
  at: string,
  valueAt: (column: string) => CellValue | undefined,
): ContentFinding[] {
  return form.columns.flatMap((column): ContentFinding[] => {
    const place = placeOf(row, column);
    if (place.kind !== 'input') return [];
    const { value, fault } = readCell(place, valueAt(column.key));
    if (fault) return [{ row: at, column: column.key, text: fault }];
    if (value === null && place.required)
      return [{ row: at, column: column.key, text: { vi: 'Ô này bắt buộc nhập.', en: 'This cell is required.' } }];
    return [];
  });
}
