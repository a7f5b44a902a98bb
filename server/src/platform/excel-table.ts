// Any list as a workbook: a title, a row of headings that stays in sight and can be filtered, and the rows.
import type { Readable } from 'node:stream';
import { columnName, type Cell } from './excel-cells.ts';
import type { Format } from './excel-styles.ts';
import { type SheetRow, writeWorkbook } from './excel-writer.ts';

export interface TableColumn {
  label: string;
  /** In characters. */
  width?: number;
  format?: Format;
}

export interface TableFace {
  /** Name of the sheet. */
  name: string;
  /** Lines above the headings; the first is the title. */
  above?: readonly string[];
  /** Columns that stay in sight. */
  frozenColumns?: number;
}

/** Rows are asked for as they are written, so a list of any length takes little memory. */
export function writeTable(
  face: TableFace,
  columns: readonly TableColumn[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
): Readable {
  const above = face.above ?? [];
  const headingRow = above.length + 1;
  return writeWorkbook([
    {
      name: sheetName(face.name),
      columns: columns.map(({ width = 16, format }) => ({ width, format })),
      rows: lines(above, columns, rows),
      frozen: { rows: headingRow, columns: face.frozenColumns ?? 0 },
      filter: columns.length > 0 ? `A${headingRow}:${columnName(columns.length - 1)}${headingRow}` : undefined,
      landscape: true,
    },
  ]);
}

async function* lines(
  above: readonly string[],
  columns: readonly TableColumn[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
): AsyncGenerator<SheetRow> {
  for (const [index, text] of above.entries())
    yield { cells: [{ value: text, tone: index === 0 ? 'title' : 'muted', format: 'general' }] };
  yield { cells: columns.map(({ label }) => ({ value: label, tone: 'header', format: 'general' })), height: 32 };
  for await (const cells of rows) yield { cells };
}

const longestSheetName = 31;

/** Excel refuses some marks, quotes at either end, and long names. */
export function sheetName(name: string): string {
  return (
    name
      .replaceAll(/[\\/?*[\]:]/g, ' ')
      .slice(0, longestSheetName)
      // Half of a letter at the cut.
      .replace(/[\uD800-\uDBFF]$/, '')
      .replaceAll(/^[' ]+|[' ]+$/g, '') || 'Sheet1'
  );
}
