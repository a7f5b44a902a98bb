// The result as a workbook: sums and who answered what, or the joined list. Rows are asked for as they are written.
import { type CellValue, formatCell } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CellType,
  type CollectionDefinition,
  isNumeric,
  type Place,
  placeOf,
} from '@khuevan/core/collections/definition.ts';
import { withRowSums, withSums } from '@khuevan/core/collections/sums.ts';
import { type Cell, columnName } from '#platform/excel-cells.ts';
import { sheetName } from '#platform/excel-table.ts';
import type { Sheet, SheetRow } from '#platform/excel-writer.ts';
import { excelCell, formats } from './answer-sheet.ts';
import type { Sums } from './results.actions.ts';
import type { ContentRow } from './results.queries.ts';

export interface ResultFace {
  title: string;
  /** Lines under the title: who asked, how many answered, when this was drawn. */
  lines: string[];
  form: CollectionDefinition;
  sums: Sums;
}

/** Excel holds a little over a million rows; what is beyond stays in the sums. */
const mostLines = 1_000_000;
const unitColumns = [{ width: 14 }, { width: 40 }];

const header = (value: string): Cell => ({ value, tone: 'header', format: 'general' });

function* head(face: ResultFace): Generator<SheetRow> {
  yield { cells: [{ value: face.title, tone: 'title', format: 'general' }] };
  for (const line of face.lines) yield { cells: [{ value: line, tone: 'muted', format: 'general' }] };
}

const headingRowOf = (face: ResultFace): number => face.lines.length + 2;

export function resultSheets(face: ResultFace, contents: () => AsyncIterable<ContentRow>): Sheet[] {
  return face.form.shape === 'grid' ? [sumSheet(face), answerSheet(face, contents)] : [joinedSheet(face, contents)];
}

/** What stands in a cell of the result: a sum, how many said what, or how many answered. */
export function shownSum(place: Place, key: string, sums: Sums): number | string | null {
  if (place.kind === 'closed') return 'X';
  if (place.kind === 'sum' || isNumeric(place.type)) return sums.cells[key] ?? null;
  const tallies = sums.tallies[key];
  if (tallies) return tallies.map(({ choice, count }) => `${nameOf(place.type, choice)}: ${count}`).join('; ');
  const filled = sums.filled[key];
  return filled === undefined ? null : `${filled} câu trả lời`;
}

export const nameOf = (type: CellType, choice: string): string =>
  type === 'boolean' ? formatCell(type, choice === 'true') : choice;

function sumSheet(face: ResultFace): Sheet {
  const { form, sums } = face;
  return {
    name: 'Tổng hợp',
    columns: [{ width: 50, format: 'wrapped' }, ...form.columns.map(() => ({ width: 16 }))],
    rows: (function* (): Generator<SheetRow> {
      yield* head(face);
      yield { cells: ['Chỉ tiêu', ...form.columns.map((each) => each.label)].map(header), height: 32 };
      for (const row of form.rows)
        yield {
          cells: [
            { value: ' '.repeat(row.indent * 4) + row.label, tone: row.sumOf ? 'strong' : 'plain', format: 'wrapped' },
            ...form.columns.map((each) => shownSum(placeOf(row, each), cellKeyOf(row.key, each.key), sums)),
          ],
        };
    })(),
    frozen: { rows: headingRowOf(face), columns: 1 },
    landscape: true,
  };
}

/** A line for each row of each answer. */
function answerSheet(face: ResultFace, contents: () => AsyncIterable<ContentRow>): Sheet {
  const { form } = face;
  return {
    name: sheetName('Từng đơn vị'),
    columns: [...unitColumns, { width: 40, format: 'wrapped' }, ...form.columns.map(() => ({ width: 16 }))],
    rows: (async function* (): AsyncGenerator<SheetRow> {
      yield* head(face);
      const names = ['Mã đơn vị', 'Đơn vị', 'Chỉ tiêu', ...form.columns.map((each) => each.label)];
      yield { cells: names.map(header), height: 32 };
      let lines = 0;
      for await (const answer of contents()) {
        lines += form.rows.length;
        if (lines > mostLines) return;
        const whole = withSums(form, answer.cells);
        for (const row of form.rows)
          yield {
            cells: [
              answer.code,
              answer.name,
              row.label,
              ...form.columns.map((each) => valueCell(placeOf(row, each), whole[cellKeyOf(row.key, each.key)])),
            ],
          };
      }
    })(),
    frozen: { rows: headingRowOf(face), columns: 2 },
    filter: `A${headingRowOf(face)}:${columnName(form.columns.length + 2)}${headingRowOf(face)}`,
    landscape: true,
  };
}

function valueCell(place: Place, value: CellValue | undefined): Cell {
  if (place.kind === 'closed') return 'X';
  return place.kind === 'sum' ? value : excelCell(place.type, value);
}

function joinedSheet(face: ResultFace, contents: () => AsyncIterable<ContentRow>): Sheet {
  const { form } = face;
  return {
    name: sheetName('Danh sách'),
    columns: [...unitColumns, ...form.columns.map((each) => ({ width: 20, format: formats[each.type] }))],
    rows: (async function* (): AsyncGenerator<SheetRow> {
      yield* head(face);
      yield { cells: ['Mã đơn vị', 'Đơn vị', ...form.columns.map((each) => each.label)].map(header), height: 32 };
      let lines = 0;
      for await (const answer of contents())
        for (const row of answer.list_rows) {
          lines += 1;
          if (lines > mostLines) return;
          const whole = withRowSums(form, row);
          yield {
            cells: [answer.code, answer.name, ...form.columns.map((each) => excelCell(each.type, whole[each.key]))],
          };
        }
    })(),
    frozen: { rows: headingRowOf(face), columns: 2 },
    filter: `A${headingRowOf(face)}:${columnName(form.columns.length + 1)}${headingRowOf(face)}`,
    landscape: true,
  };
}
