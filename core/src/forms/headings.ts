import type { Text } from '../records/field.ts';
import type { Column, Section } from './definition.ts';

/** One cell of a table's head. Spans count columns and head rows. */
export interface HeadCell {
  text: Text;
  column: number;
  columnSpan: number;
  row: number;
  rowSpan: number;
}

/**
 * The head of a form's table: equal neighbouring headings are one wide cell, a column with fewer headings is one tall cell.
 * Rows are given from top to bottom, cells from left to right; `column` counts from 0.
 */
export function layOutHead(columns: readonly Column[]): HeadCell[][] {
  const depth = Math.max(...columns.map((column) => column.headings.length));
  const pathOf = (column: Column, level: number) => JSON.stringify(column.headings.slice(0, level + 1));
  return Array.from({ length: depth }, (_, row) => {
    const cells: HeadCell[] = [];
    for (const [index, column] of columns.entries()) {
      const text = column.headings[row];
      if (!text) continue;
      const isLast = row === column.headings.length - 1;
      const previous = cells.at(-1);
      const before = columns[index - 1];
      if (
        previous &&
        before &&
        !isLast &&
        before.headings.length > row + 1 &&
        pathOf(before, row) === pathOf(column, row)
      ) {
        previous.columnSpan += 1;
        continue;
      }
      cells.push({ text, column: index, columnSpan: 1, row, rowSpan: isLast ? depth - row : 1 });
    }
    return cells;
  });
}

const unofficial: Text = {
  vi: 'mã riêng, không thuộc biểu chính thức',
  en: 'codes of our own, not part of the official form',
};

/** What stands after the title of a section that is not official, on the screen, on paper and in Excel alike. */
export const remarkOn = (section: Section): Text | null => (section.official === false ? unofficial : null);
