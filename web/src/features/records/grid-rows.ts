import { formatValue } from '@khuevan/core/records/format.ts';
import type { Field } from '@khuevan/core/records/field.ts';
import type { Language } from '../../preferences.ts';
import { type CellChange, isSameValue, type SheetRow, toneOf, valueIn } from './sheet-rows.ts';
import type { Box } from './range.ts';

/** What a person means with the editor: a choice of a list, or text. */
export type Entry = { value: unknown } | { text: string };

/** A row on the screen: one of the store, one still to be loaded, or the empty one at the end. */
export type GridRow = { key: string; index: number; entry?: { key: string; entry: Entry } } & (
  | { role: 'record'; row: SheetRow }
  | { role: 'loading' | 'blank'; row: null }
);

const shown = new WeakMap<SheetRow, GridRow>();

/** Unchanged rows keep their object, so that the grid draws only what changed. */
function recordRow(row: SheetRow, index: number): GridRow {
  const known = shown.get(row);
  if (known?.index === index) return known;
  const made: GridRow = { key: row.id, index, role: 'record', row };
  shown.set(row, made);
  return made;
}

export function gridRowsOf(rows: SheetRow[], missing: number, hasBlank: boolean): GridRow[] {
  const all = rows.map(recordRow);
  for (let count = 0; count < missing; count++)
    all.push({ key: `loading-${count}`, index: all.length, role: 'loading', row: null });
  if (hasBlank && missing === 0) all.push({ key: 'blank', index: all.length, role: 'blank', row: null });
  return all;
}

/** A value as text: what is shown, copied, and put into the editor. */
export function cellText(row: SheetRow, field: Field, language: Language): string {
  return row.unread[field.key]?.text ?? formatValue(field, valueIn(row, field.key), language);
}

/** The change that an entry makes; null where it was only looked at. */
export function changeOf(row: SheetRow, field: Field, entry: Entry, language: Language): CellChange | null {
  const isSame =
    'text' in entry
      ? entry.text === cellText(row, field, language)
      : !(field.key in row.unread) && isSameValue(entry.value, valueIn(row, field.key));
  return isSame ? null : { id: row.id, key: field.key, ...entry };
}

export function cellClass(gridRow: GridRow, field: Field, column: number, box: Box | null): string {
  const classes: string[] = [];
  if (field.type === 'integer' || field.type === 'decimal') classes.push('kv-cell--number');
  if (field.readOnly) classes.push('kv-cell--locked');
  if (gridRow.role === 'blank') classes.push('kv-cell--blank');
  const tone = gridRow.row && toneOf(gridRow.row, field.key);
  if (tone) classes.push(`kv-cell--${tone}`);
  const isInRange =
    box && gridRow.index >= box.top && gridRow.index <= box.bottom && column >= box.left && column <= box.right;
  // One cell alone is shown by its frame.
  if (isInRange && (box.top !== box.bottom || box.left !== box.right)) classes.push('kv-cell--range');
  return classes.join(' ');
}
