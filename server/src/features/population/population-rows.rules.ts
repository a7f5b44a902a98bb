// The rows of a population file. Every row is either read or said: its number, what is wrong, and what to do.
import type { Text } from '@khuevan/core/records/field.ts';
import { parseNumber } from '@khuevan/core/vietnam/numbers.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';

export type FileCell = string | number | undefined;

export interface FileRow {
  /** As Excel numbers it, from 1. */
  number: number;
  cells: FileCell[];
}

export interface AgeCount {
  age: number;
  people: number;
  female: number | null;
  minority: number | null;
  minorityFemale: number | null;
}

export interface RowFault {
  row: number;
  message: Text;
}

export interface ReadPopulation {
  /** By code of the place. */
  places: Map<string, AgeCount[]>;
  rows: number;
  faults: RowFault[];
}

export const populationColumns = [
  { key: 'code', label: 'Mã đơn vị', width: 14 },
  { key: 'name', label: 'Tên đơn vị', width: 40 },
  { key: 'age', label: 'Tuổi', width: 8 },
  { key: 'people', label: 'Tổng số', width: 14 },
  { key: 'female', label: 'Trong đó nữ', width: 14 },
  { key: 'minority', label: 'Dân tộc thiểu số', width: 16 },
  { key: 'minorityFemale', label: 'Nữ dân tộc thiểu số', width: 18 },
] as const;
type ColumnKey = (typeof populationColumns)[number]['key'];

const required: readonly ColumnKey[] = ['code', 'age', 'people'];
/** Headings stand below the title and its explanation. */
const lastHeadingRow = 10;

/** The column of each heading; undefined where no row has the required ones. */
function findHeadings(rows: readonly FileRow[]): { row: number; columns: Map<ColumnKey, number> } | undefined {
  for (const row of rows.filter((each) => each.number <= lastHeadingRow)) {
    const columns = new Map<ColumnKey, number>();
    for (const [index, cell] of row.cells.entries()) {
      const key = searchKey(String(cell ?? ''));
      const column = populationColumns.find((each) => searchKey(each.label) === key);
      if (column && !columns.has(column.key)) columns.set(column.key, index);
    }
    if (required.every((key) => columns.has(key))) return { row: row.number, columns };
  }
  return undefined;
}

/** @returns undefined where the file has no such headings at all */
export function readPopulationRows(
  rows: readonly FileRow[],
  isPlace: (code: string) => boolean,
): ReadPopulation | undefined {
  const headings = findHeadings(rows);
  if (!headings) return undefined;
  const found: ReadPopulation = { places: new Map(), rows: 0, faults: [] };
  for (const row of rows) {
    if (row.number <= headings.row) continue;
    const cellOf = (key: ColumnKey): FileCell => row.cells[headings.columns.get(key) ?? -1];
    // The template lists every age of every place: where nothing was typed there is nothing to read.
    if ((['people', 'female', 'minority', 'minorityFemale'] as const).every((key) => isBlank(cellOf(key)))) continue;
    found.rows += 1;
    const fault = readRow(cellOf, isPlace, found.places);
    if (fault) found.faults.push({ row: row.number, message: fault });
  }
  return found;
}

const isBlank = (cell: FileCell): boolean => cell === undefined || String(cell).trim() === '';

function readRow(
  cellOf: (key: ColumnKey) => FileCell,
  isPlace: (code: string) => boolean,
  places: Map<string, AgeCount[]>,
): Text | undefined {
  const code = String(cellOf('code') ?? '').trim();
  if (!isPlace(code))
    return {
      vi: `Mã đơn vị “${code}” không có trong phạm vi của đơn vị đang nhập. Dùng mã trong tệp mẫu.`,
      en: `The unit code “${code}” is not within reach. Use a code of the template.`,
    };
  const age = readCount(cellOf('age'));
  if (typeof age !== 'number' || age > 120)
    return { vi: 'Tuổi phải là số nguyên từ 0 đến 120.', en: 'Age is a whole number from 0 to 120.' };
  const counts: Partial<Record<ColumnKey, number | null>> = {};
  for (const { key, label } of populationColumns.slice(3)) {
    const count = readCount(cellOf(key));
    if (count === undefined)
      return {
        vi: `“${label}” phải là số nguyên không âm, không phải “${String(cellOf(key))}”.`,
        en: `“${label}” is a whole number and not below zero, not “${String(cellOf(key))}”.`,
      };
    counts[key] = count;
  }
  const { people = null, female = null, minority = null, minorityFemale = null } = counts;
  if (people === null) return { vi: 'Thiếu tổng số người.', en: 'The total is missing.' };
  const fault = faultOf(people, female, minority, minorityFemale);
  if (fault) return fault;
  const known = places.get(code) ?? [];
  if (known.some((each) => each.age === age))
    return {
      vi: `Tuổi ${age} của ${code} đã có ở dòng trên. Bỏ một dòng.`,
      en: `Age ${age} of ${code} stands above already. Remove one row.`,
    };
  places.set(code, [...known, { age, people, female, minority, minorityFemale }]);
  return undefined;
}

/** A whole number, null where blank, undefined where it is neither. "1.234" is how a thousand and more is written. */
function readCount(cell: FileCell): number | null | undefined {
  if (isBlank(cell)) return null;
  const value = typeof cell === 'number' ? cell : parseNumber(String(cell));
  return value !== null && Number.isSafeInteger(value) && value >= 0 && value <= 200_000_000 ? value : undefined;
}

function faultOf(
  people: number,
  female: number | null,
  minority: number | null,
  minorityFemale: number | null,
): Text | undefined {
  if ((female ?? 0) > people)
    return {
      vi: `Nữ (${female}) nhiều hơn tổng số (${people}).`,
      en: `More women (${female}) than people (${people}).`,
    };
  if ((minority ?? 0) > people)
    return {
      vi: `Dân tộc thiểu số (${minority}) nhiều hơn tổng số (${people}).`,
      en: `More of minorities (${minority}) than people (${people}).`,
    };
  if (minorityFemale === null) return undefined;
  const most = Math.min(female ?? people, minority ?? people);
  if (minorityFemale > most)
    return {
      vi: `Nữ dân tộc thiểu số (${minorityFemale}) nhiều hơn số nữ hoặc số dân tộc thiểu số (${most}).`,
      en: `More women of minorities (${minorityFemale}) than women or people of minorities (${most}).`,
    };
  const least = female !== null && minority !== null ? female + minority - people : 0;
  return minorityFemale < least
    ? {
        vi: `Nữ dân tộc thiểu số (${minorityFemale}) ít hơn mức có thể (${least}) khi có ${female} nữ và ${minority} dân tộc thiểu số trong ${people} người.`,
        en: `Fewer women of minorities (${minorityFemale}) than there can be (${least}) with ${female} women and ${minority} of minorities among ${people} people.`,
      }
    : undefined;
}
