// Sums of a collection: what nobody types. A sum of nothing is blank, as its parts are.
import type { CellValue, CollectionCells } from './content.ts';
import { cellKeyOf, type CollectionDefinition, isNumeric, placeOf, rowsOf } from './definition.ts';

/** Amounts are added as whole hundredths: 0,1 + 0,2 is 0,3, and sums over a country stay exact. */
const hundredths = (value: number): bigint => BigInt(Math.round(value * 100));

/** The cells of a grid with its sums; of one row of a list, whose row key is "r0". */
export function withSums(form: CollectionDefinition, cells: CollectionCells): CollectionCells {
  const rows = new Map(rowsOf(form).map((each) => [each.key, each]));
  const columns = new Map(form.columns.map((each) => [each.key, each]));
  const known = new Map<string, bigint | null>();
  const amountAt = (rowKey: string, columnKey: string): bigint | null => {
    const key = cellKeyOf(rowKey, columnKey);
    const found = known.get(key);
    if (found !== undefined) return found;
    const row = rows.get(rowKey);
    const column = columns.get(columnKey);
    let amount: bigint | null = null;
    const place = row && column ? placeOf(row, column) : null;
    const parts =
      place?.kind !== 'sum'
        ? null
        : row!.sumOf
          ? row!.sumOf.map((part) => amountAt(part, columnKey))
          : column!.sumOf!.map((part) => amountAt(rowKey, part));
    if (parts) for (const part of parts) amount = part === null ? amount : (amount ?? 0n) + part;
    else if (place?.kind === 'input' && isNumeric(place.type) && typeof cells[key] === 'number')
      amount = hundredths(cells[key]);
    known.set(key, amount);
    return amount;
  };
  const whole: CollectionCells = { ...cells };
  for (const row of rows.values())
    for (const column of form.columns) {
      if (placeOf(row, column).kind !== 'sum') continue;
      const amount = amountAt(row.key, column.key);
      if (amount !== null) whole[cellKeyOf(row.key, column.key)] = Number(amount) / 100;
    }
  return whole;
}

/** One row of a list with its sums. */
export function withRowSums(form: CollectionDefinition, row: CollectionCells): CollectionCells {
  const [only] = rowsOf(form);
  const keyed = Object.entries(row).map(([key, value]): [string, CellValue] => [cellKeyOf(only!.key, key), value]);
  const whole = withSums(form, Object.fromEntries(keyed));
  return Object.fromEntries(Object.entries(whole).map(([key, value]) => [key.slice(key.indexOf('.') + 1), value]));
}

/** The input cells that a cell is made of and how often each is added; a sum of sums may hold one twice. */
export function leavesOf(form: CollectionDefinition, rowKey: string, columnKey: string): Map<string, number> {
  const rows = new Map(rowsOf(form).map((each) => [each.key, each]));
  const columns = new Map(form.columns.map((each) => [each.key, each]));
  const known = new Map<string, Map<string, number>>();
  const visit = (atRow: string, atColumn: string): Map<string, number> => {
    const key = cellKeyOf(atRow, atColumn);
    const found = known.get(key);
    if (found) return found;
    const leaves = new Map<string, number>();
    const row = rows.get(atRow);
    const column = columns.get(atColumn);
    const place = row && column ? placeOf(row, column) : null;
    if (place?.kind === 'input') leaves.set(key, 1);
    if (place?.kind === 'sum') {
      const parts = row!.sumOf
        ? row!.sumOf.map((part) => visit(part, atColumn))
        : column!.sumOf!.map((part) => visit(atRow, part));
      for (const part of parts) for (const [leaf, times] of part) leaves.set(leaf, (leaves.get(leaf) ?? 0) + times);
    }
    known.set(key, leaves);
    return leaves;
  };
  return visit(rowKey, columnKey);
}
