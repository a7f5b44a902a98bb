// How an answer changes under the hands: a cell typed, a block pasted, a row of a list added or removed. Pure.
import {
  type CollectionCells,
  type CollectionContent,
  type CellValue,
  readCell,
} from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionDefinition,
  type CollectionRow,
  limits,
  type Place,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';

/** Row and column as they are counted on the screen, from 0. */
export interface CellAt {
  row: number;
  column: number;
}

export const rowAt = (form: CollectionDefinition, row: number): CollectionRow =>
  form.shape === 'list' ? rowsOf(form)[0]! : form.rows[row]!;

export function valueAt(form: CollectionDefinition, content: CollectionContent, at: CellAt): CellValue | undefined {
  const column = form.columns[at.column]!.key;
  return form.shape === 'list'
    ? content.rows[at.row]?.[column]
    : content.cells[cellKeyOf(rowAt(form, at.row).key, column)];
}

export const placeAt = (form: CollectionDefinition, at: CellAt): Place =>
  placeOf(rowAt(form, at.row), form.columns[at.column]!);

function put(cells: CollectionCells, key: string, value: CellValue | null): CollectionCells {
  if (value !== null) return { ...cells, [key]: value };
  const { [key]: _, ...rest } = cells;
  return rest;
}

/** What cannot be read is kept as it was typed. Cells that nobody types stay as they are. */
export function typeCell(
  form: CollectionDefinition,
  content: CollectionContent,
  at: CellAt,
  text: string,
): CollectionContent {
  const place = placeAt(form, at);
  if (place.kind !== 'input') return content;
  const { value } = readCell(place, text);
  const column = form.columns[at.column]!.key;
  if (form.shape === 'grid')
    return { ...content, cells: put(content.cells, cellKeyOf(rowAt(form, at.row).key, column), value) };
  if (at.row >= limits.listRows) return content;
  const rows = [...content.rows];
  while (rows.length <= at.row) rows.push({});
  rows[at.row] = put(rows[at.row]!, column, value);
  return { ...content, rows };
}

/** From this cell on, over what is there; a list grows as far as it may. */
export function pasteBlock(
  form: CollectionDefinition,
  content: CollectionContent,
  from: CellAt,
  block: readonly string[][],
): CollectionContent {
  let next = content;
  for (const [down, line] of block.entries())
    for (const [right, text] of line.entries()) {
      const at = { row: from.row + down, column: from.column + right };
      const isInside = at.column < form.columns.length && (form.shape === 'list' || at.row < form.rows.length);
      if (isInside) next = typeCell(form, next, at, text);
    }
  return next;
}

export const addRow = (content: CollectionContent): CollectionContent =>
  content.rows.length < limits.listRows ? { ...content, rows: [...content.rows, {}] } : content;

export const removeRow = (content: CollectionContent, row: number): CollectionContent => ({
  ...content,
  rows: content.rows.filter((_, index) => index !== row),
});

/** The next cell to type into, by the keys of a sheet; null where there is none. */
export function besides(form: CollectionDefinition, rows: number, at: CellAt, key: string): CellAt | null {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[key];
  if (step === undefined) return null;
  for (let row = at.row + step; row >= 0 && row < rows; row += step) {
    const next = { row, column: at.column };
    if (placeAt(form, next).kind === 'input') return next;
  }
  return null;
}
