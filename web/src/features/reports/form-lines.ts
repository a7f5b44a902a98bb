import {
  type Cells,
  cellKey,
  type Column,
  columnsOf,
  type FormDefinition,
  type Row,
  type Section,
  termOf,
} from '@khuevan/core/forms/definition.ts';
import type { MeasureName } from '@khuevan/core/forms/measures.ts';

/** A line of a form's table as printed: a caption over a subdivision, or a row of figures. */
export type FormLine = { kind: 'caption'; key: string; row: Row } | { kind: 'row'; key: string; row: Row };

export function linesOf(section: Section): FormLine[] {
  return section.rows.flatMap((row): FormLine[] => {
    const line: FormLine = { kind: 'row', key: row.code, row };
    return row.caption ? [{ kind: 'caption', key: `caption ${row.code}`, row }, line] : [line];
  });
}

/** Sections that share columns and stand one after the other are one table, as in print: I and II of the primary form. */
export interface FormTab {
  id: string;
  numbers: string;
  sections: Section[];
}

export function tabsOf(form: FormDefinition): FormTab[] {
  const tabs: FormTab[] = [];
  let columnSet: string | undefined;
  for (const section of form.sections) {
    const tab = tabs.at(-1);
    if (tab && section.columnSet === columnSet) {
      tab.sections.push(section);
      tab.numbers = `${tab.sections[0]!.number}-${section.number}`;
    } else tabs.push({ id: section.id, numbers: section.number, sections: [section] });
    columnSet = section.columnSet;
  }
  return tabs;
}

export interface CellPlace {
  key: string;
  tab: FormTab;
  section: Section;
  row: Row;
  column: Column;
}

/** Where a cell stands; undefined for a key that the form does not have. */
export function placeOf(form: FormDefinition, key: string): CellPlace | undefined {
  const [rowCode, columnCode] = splitCell(key);
  for (const tab of tabsOf(form)) {
    for (const section of tab.sections) {
      const row = section.rows.find((each) => each.code === rowCode);
      const column = row && columnsOf(form, section).find((each) => each.code === columnCode);
      if (row && column) return { key, tab, section, row, column };
    }
  }
  return undefined;
}

export function splitCell(key: string): [row: string, column: string] {
  const dot = key.lastIndexOf('.');
  return [key.slice(0, dot), key.slice(dot + 1)];
}

/** The cell beside another one, for the arrow keys; the same one at the edge. Cells that must stay empty are walked over too: the eye counts columns. */
export function neighbourOf(
  form: FormDefinition,
  key: string,
  move: 'up' | 'down' | 'left' | 'right' | 'first' | 'last',
): string {
  const place = placeOf(form, key);
  if (!place) return key;
  const rows = place.tab.sections.flatMap((section) => section.rows);
  const columns = columnsOf(form, place.section);
  const row = rows.indexOf(place.row);
  const column = columns.indexOf(place.column);
  const clamp = (index: number, length: number) => Math.min(Math.max(index, 0), length - 1);
  const nextRow = rows[clamp(row + (move === 'down' ? 1 : move === 'up' ? -1 : 0), rows.length)]!;
  const to = { left: column - 1, right: column + 1, first: 0, last: columns.length - 1, up: column, down: column }[
    move
  ];
  return cellKey(nextRow.code, columns[clamp(to, columns.length)]!.code);
}

/** The figure that sums up a measure: its first row, or the rows that make up the whole, in the first column of the form. */
export function headlineOf(
  form: FormDefinition,
  cells: Cells,
  measure: MeasureName,
  amount?: string,
): number | undefined {
  for (const section of form.sections) {
    const row = section.rows.find((each) => each.measure === measure);
    const column = columnsOf(form, section).find((each) =>
      amount ? each.amount === amount : Object.keys(each.filter).length === 0,
    );
    if (!row || !column) continue;
    const parts = (section.whole ?? [row.code]).map((code) => cells[cellKey(code, column.code)]);
    return parts.every((part) => part === undefined)
      ? undefined
      : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
  }
  return undefined;
}

/** Printed headings of a column without repeating a word: "Tổng số, Nữ". */
export function headingOf(column: Column, language: 'vi' | 'en'): string {
  return [...new Set(column.headings.map((heading) => heading[language]))].join(', ');
}

export function labelOf(row: Row, language: 'vi' | 'en'): string {
  return row.number && /\d/.test(row.number) ? `${row.number} ${row.label[language]}` : row.label[language];
}

/** The cells that a finding of the form compares, the one it points at left out. */
export function relatedCells(
  form: FormDefinition,
  { rule, cell }: { rule: string; cell?: string | undefined },
): string[] {
  const check = cell && form.checks.find((each) => rule === `${form.slug}.${each.id}`);
  if (!check) return [];
  const [row, column] = splitCell(cell);
  const keyOf = {
    rows: (code: string) => cellKey(code, column),
    columns: (code: string) => cellKey(row, code),
    cells: (code: string) => code,
  }[check.by];
  return [...check.left, ...check.right].map((term) => keyOf(termOf(term).of)).filter((key) => key !== cell);
}
