import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { newId } from '../../new-id.ts';
import { fieldsOfHeading } from './clipboard.ts';
import { type CellChange, changeCell, newRow, type SheetRow, valueIn } from './sheet-rows.ts';

/** A place in the sheet: index of the row, and of the field among the shown ones. */
export interface Place {
  row: number;
  column: number;
}

/** From the cell where it began to the one where it ends, both included. */
export interface Range {
  from: Place;
  to: Place;
}

export interface Box {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export function boxOf({ from, to }: Range): Box {
  return {
    top: Math.min(from.row, to.row),
    bottom: Math.max(from.row, to.row),
    left: Math.min(from.column, to.column),
    right: Math.max(from.column, to.column),
  };
}

export function isInside({ row, column }: Place, { top, bottom, left, right }: Box): boolean {
  return row >= top && row <= bottom && column >= left && column <= right;
}

export function cellsOf({ top, bottom, left, right }: Box): number {
  return (bottom - top + 1) * (right - left + 1);
}

/** Empties the cells that are not kept by others. */
export function clearing(rows: SheetRow[], fields: Field[], box: Box): CellChange[] {
  return rows
    .slice(box.top, box.bottom + 1)
    .flatMap(({ id }) => fields.slice(box.left, box.right + 1).map((field) => ({ id, key: field.key, value: null })));
}

/** Ctrl+D: the first row of the range goes into those below; a range of one row takes the row above. Masked numbers are not copied. */
export function fillingDown(rows: SheetRow[], fields: Field[], box: Box): CellChange[] {
  const source = rows[box.top === box.bottom ? box.top - 1 : box.top];
  if (!source) return [];
  const targets = rows.slice(box.top === box.bottom ? box.top : box.top + 1, box.bottom + 1);
  const copied = fields.slice(box.left, box.right + 1).filter((field) => field.type !== 'pin');
  return targets.flatMap(({ id }) =>
    copied.map((field) => ({ id, key: field.key, value: valueIn(source, field.key) })),
  );
}

export interface Pasting {
  changes: CellChange[];
  added: SheetRow[];
  cells: number;
}

interface PasteInput {
  kind: RecordKind;
  rows: SheetRow[];
  fields: Field[];
  block: string[][];
  range: Range;
  mayAdd: boolean;
  /** Values a new row begins with. */
  begin: Record<string, unknown>;
}

/** Where each cell of a pasted block goes: over the cells from the range's corner on, and beyond the last row into new rows. */
export function planPaste({ kind, rows, fields, block, range, mayAdd, begin }: PasteInput): Pasting {
  const box = boxOf(range);
  const heading = block[0] && block.length > 1 ? fieldsOfHeading(block[0], kind.fields) : null;
  const lines = heading ? block.slice(1) : block;
  const single = lines.length === 1 && lines[0]!.length === 1 ? lines[0]![0]! : null;
  const height = single === null ? lines.length : box.bottom - box.top + 1;
  const width = single === null ? Math.max(0, ...lines.map((line) => line.length)) : box.right - box.left + 1;
  const targets = heading ?? Array.from({ length: width }, (_, column) => fields[box.left + column] ?? null);
  const result: Pasting = { changes: [], added: [], cells: 0 };
  for (let offset = 0; offset < height; offset++) {
    const texts = targets.flatMap((field, column) => {
      const text = single ?? lines[offset]?.[column];
      return field && !field.readOnly && text !== undefined ? [{ key: field.key, text }] : [];
    });
    const row = rows[box.top + offset];
    if (row) result.changes.push(...texts.map((each) => ({ id: row.id, ...each })));
    else if (mayAdd && texts.some((each) => each.text.trim() !== '')) {
      const id = newId();
      result.added.push(texts.reduce((made, each) => changeCell(kind, made, { id, ...each }), newRow(id, begin)));
    } else continue;
    result.cells += texts.length;
  }
  return result;
}
