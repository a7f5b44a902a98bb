// Reads a filled Excel file of an answer. A cell that cannot be read is kept as it stands in the file and said by its place there.
import { type CollectionCells, type CollectionContent, readCell } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionColumn,
  type CollectionDefinition,
  type CollectionRow,
  limits,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';
import type { ProblemError } from '@khuevan/core/problems.ts';
import { formatDate, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { normalizeText, searchKey } from '@khuevan/core/vietnam/text.ts';
import type { ByteSource } from '#platform/byte-source.ts';
import { columnName } from '#platform/excel-cells.ts';
import { CellError, ExcelDate, openWorkbook, type ReadCell, type ReadRow } from '#platform/excel-reader.ts';
import { refused } from '#platform/excel-refusals.ts';
import { keyHeading, labelHeading, stampSheet } from './answer-sheet.ts';

export interface AnswerFile {
  content: CollectionContent;
  /** "D7" by "row.column"; rows of a list by their index among those of the file. */
  places: ReadonlyMap<string, string>;
}

const lastHeadingRow = 20;
const mostRows = lastHeadingRow + Math.max(limits.listRows, limits.rows) + 200;

const refuse = (vi: string, en: string): ProblemError => refused({ vi, en });

/** @throws ProblemError file_refused */
export async function readAnswerFile(
  source: ByteSource,
  form: CollectionDefinition,
  { collectionId, unitCode }: { collectionId: string; unitCode: string },
): Promise<AnswerFile> {
  const { sheets } = await openWorkbook(source);
  const stamp = sheets.find((each) => each.name === stampSheet);
  if (stamp) refuseOther(await readRows(stamp.rows()), collectionId, unitCode);
  for (const sheet of sheets.filter((each) => each.isVisible)) {
    const rows = await readRows(sheet.rows());
    const headings = findHeadings(rows, form);
    if (headings) return readContent(rows, headings, form);
  }
  throw refuse(
    `Không thấy dòng tiêu đề với các cột ${namesOf(form.columns)}. Tải mẫu của báo cáo này, nhập vào đó rồi tải lên.`,
    `There is no row of headings with the columns ${namesOf(form.columns)}. Download the template, fill it in and upload it.`,
  );
}

const namesOf = (columns: readonly CollectionColumn[]): string =>
  columns
    .filter((each) => !each.sumOf)
    .slice(0, 5)
    .map((each) => `“${each.label}”`)
    .join(', ');

async function readRows(batches: AsyncGenerator<ReadRow[]>): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for await (const batch of batches) {
    rows.push(...batch.filter((row) => row.cells.some((cell) => cell !== undefined && cell !== '')));
    if (rows.length > mostRows)
      throw refuse(
        `Tệp có nhiều hơn ${limits.listRows} dòng. Rút bớt dòng rồi tải lên lại.`,
        `The file has more than ${limits.listRows} rows. Leave some out and upload again.`,
      );
  }
  return rows;
}

const textOf = (cell: ReadCell): string => (typeof cell === 'string' ? normalizeText(cell) : '');

function refuseOther(rows: ReadRow[], collectionId: string, unitCode: string): void {
  const said = new Map(rows.map((row) => [textOf(row.cells[0]), textOf(row.cells[1])]));
  if (said.get('collection') !== undefined && said.get('collection') !== collectionId)
    throw refuse(
      'Đây là mẫu của báo cáo đột xuất khác. Tải mẫu của đúng báo cáo này.',
      'This is the template of another collection. Download the one of this collection.',
    );
  if (said.get('unit') !== undefined && said.get('unit') !== unitCode)
    throw refuse(
      `Mẫu này được tạo cho đơn vị mã ${said.get('unit')}, không phải đơn vị đang làm việc. Tải mẫu của đúng đơn vị.`,
      `This template was made for the unit with code ${said.get('unit')}, not for the one you are working in. Download that unit’s own.`,
    );
}

interface Headings {
  row: number;
  columns: Map<string, number>;
  key: number;
  label: number;
}

const fold = (text: string): string => searchKey(text.replace(/\s*\*$/, ''));

/** The row that names every column that is filled in. */
function findHeadings(rows: ReadRow[], form: CollectionDefinition): Headings | undefined {
  const asked = form.columns.filter((each) => !each.sumOf);
  for (const { number, cells } of rows) {
    if (number > lastHeadingRow) return undefined;
    const at = new Map<string, number>();
    for (const [index, cell] of [...cells].entries()) if (textOf(cell)) at.set(fold(textOf(cell)), index);
    const columns = asked.flatMap((each): Array<[string, number]> => {
      const index = at.get(fold(each.label));
      return index === undefined ? [] : [[each.key, index]];
    });
    const label = at.get(fold(labelHeading)) ?? -1;
    const key = at.get(fold(keyHeading)) ?? -1;
    const isWhole = columns.length === asked.length && (form.shape === 'list' || label >= 0 || key >= 0);
    if (isWhole) return { row: number, columns: new Map(columns), key, label };
  }
  return undefined;
}

function readContent(rows: ReadRow[], headings: Headings, form: CollectionDefinition): AnswerFile {
  const places = new Map<string, string>();
  const below = rows.filter((row) => row.number > headings.row);
  const content: CollectionContent = { cells: {}, rows: [] };
  const take = (row: CollectionRow, line: ReadRow, at: string): CollectionCells =>
    Object.fromEntries(
      form.columns.flatMap((column): Array<[string, string | number | boolean]> => {
        const index = headings.columns.get(column.key);
        const place = placeOf(row, column);
        if (index === undefined || place.kind !== 'input') return [];
        const { value } = readCell(place, rawOf(line.cells[index], place.type));
        if (value === null) return [];
        places.set(cellKeyOf(at, column.key), `${columnName(index)}${line.number}`);
        return [[column.key, value]];
      }),
    );
  if (form.shape === 'grid') {
    const findRow = rowFinder(form, headings);
    for (const line of below) {
      const row = findRow(line);
      if (!row) continue;
      for (const [key, value] of Object.entries(take(row, line, row.key)))
        content.cells[cellKeyOf(row.key, key)] = value;
    }
  } else {
    const [only] = rowsOf(form);
    for (const line of below) {
      const cells = take(only!, line, String(content.rows.length));
      if (Object.keys(cells).length > 0) content.rows.push(cells);
    }
  }
  if (Object.keys(content.cells).length === 0 && content.rows.length === 0)
    throw refuse('Tệp chưa có ô nào được nhập.', 'Nothing has been filled in in the file.');
  return { content, places };
}

/** By the hidden key; where somebody removed it, by a label that stands once. */
function rowFinder(form: CollectionDefinition, { key, label }: Headings): (line: ReadRow) => CollectionRow | undefined {
  const byKey = new Map(form.rows.map((row) => [row.key, row]));
  const byLabel = new Map<string, CollectionRow | undefined>();
  for (const row of form.rows) byLabel.set(fold(row.label), byLabel.has(fold(row.label)) ? undefined : row);
  return ({ cells }) =>
    (key >= 0 ? byKey.get(textOf(cells[key])) : undefined) ??
    (label >= 0 ? byLabel.get(fold(textOf(cells[label]))) : undefined);
}

function rawOf(cell: ReadCell, type: string): unknown {
  if (cell instanceof CellError) return cell.code;
  if (!(cell instanceof ExcelDate)) return cell;
  const day = Math.floor(cell.serial);
  if (type === 'date') return day;
  const iso = parseDate(day);
  return iso === null ? String(cell.serial) : formatDate(iso);
}
