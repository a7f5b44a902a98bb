// From a form and its cells to what a print shows, line by line. Pure; the PDF and the Excel file both come from it.
import {
  cellKey,
  columnsOf,
  type Cells,
  type FormDefinition,
  type Row,
  type Section,
} from '@khuevan/core/forms/definition.ts';
import { layOutHead, remarkOn } from '@khuevan/core/forms/headings.ts';

export interface PrintPart {
  depth: number;
  head: Array<{ text: string; x: number; y: number; columnSpan: number; rowSpan: number }>;
  columns: string[];
  rows: PrintRow[];
}

export type PrintRow =
  | { kind: 'title'; text: string }
  | { kind: 'caption'; text: string; indent: number }
  | {
      kind: 'row';
      text: string;
      unit: string;
      code: string;
      indent: number;
      strong: boolean;
      values: Array<number | '#' | null>;
    };

/** Sections that share columns and follow one another are one table, as in the official layout. */
export function layOutPrint(form: FormDefinition, cells: Cells): PrintPart[] {
  const parts: PrintPart[] = [];
  let columnSet: string | undefined;
  for (const section of form.sections) {
    if (section.columnSet !== columnSet) parts.push(startPart(form, section));
    columnSet = section.columnSet;
    parts.at(-1)!.rows.push({ kind: 'title', text: titleOf(section) }, ...rowsOf(form, section, cells));
  }
  return parts;
}

function titleOf(section: Section): string {
  const remark = remarkOn(section);
  return `${section.number} ${section.title.vi}${remark ? ` – ${remark.vi}` : ''}`.trim();
}

function startPart(form: FormDefinition, section: Section): PrintPart {
  const columns = columnsOf(form, section);
  const head = layOutHead(columns);
  return {
    depth: head.length,
    head: head.flat().map((cell) => ({
      text: cell.text.vi,
      x: cell.column,
      y: cell.row,
      columnSpan: cell.columnSpan,
      rowSpan: cell.rowSpan,
    })),
    columns: columns.map((column) => column.code),
    rows: [],
  };
}

function rowsOf(form: FormDefinition, section: Section, cells: Cells): PrintRow[] {
  const columns = columnsOf(form, section);
  let caption: string | undefined;
  return section.rows.flatMap((row): PrintRow[] => {
    const lines: PrintRow[] = [];
    if (row.caption && row.caption.vi !== caption)
      lines.push({ kind: 'caption', text: row.caption.vi, indent: row.indent });
    caption = row.caption?.vi;
    lines.push({
      kind: 'row',
      text: labelOf(row),
      unit: row.unit.vi,
      code: row.code,
      indent: row.indent,
      strong: row.indent === 0,
      values: columns.map((column) =>
        row.empty?.includes(column.code) ? '#' : (cells[cellKey(row.code, column.code)] ?? null),
      ),
    });
    return lines;
  });
}

function labelOf(row: Row): string {
  return row.number ? `${row.number} ${row.label.vi}` : row.label.vi;
}
