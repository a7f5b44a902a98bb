// How a form changes while it is built. Pure: lines are columns or rows alike.
import {
  type CollectionColumn,
  type CollectionDefinition,
  type CollectionRow,
  isNumeric,
  limits,
} from '@khuevan/core/collections/definition.ts';

export type Line = CollectionColumn | CollectionRow;
export type Axis = 'columns' | 'rows';

/** Keys are never used again: what was typed under one would come back. */
function newKey(lines: readonly Line[], letter: string, deleted: number): string {
  const last = Math.max(0, deleted, ...lines.map((each) => Number(each.key.slice(1))));
  return `${letter}${last + 1}`;
}

export interface BuiltForm extends CollectionDefinition {
  /** The highest number of a key that was ever given, of columns and of rows. */
  lastKeys: { columns: number; rows: number };
}

const lastNumber = (lines: readonly Line[]): number => Math.max(0, ...lines.map((each) => Number(each.key.slice(1))));

export const beginBuilding = (form: CollectionDefinition): BuiltForm => ({
  ...form,
  lastKeys: { columns: lastNumber(form.columns), rows: lastNumber(form.rows) },
});

export const endBuilding = ({ lastKeys: _, ...form }: BuiltForm): CollectionDefinition => form;

/** Behind a line, or at the end. */
export function addLines(form: BuiltForm, axis: Axis, labels: readonly string[], after?: string): BuiltForm {
  let next = form;
  let behind = after;
  for (const label of labels) {
    if (next[axis].length >= (axis === 'columns' ? limits.columns : limits.rows)) return next;
    const key = newKey(next[axis], axis === 'columns' ? 'c' : 'r', next.lastKeys[axis]);
    const index = behind === undefined ? next[axis].length : next[axis].findIndex((each) => each.key === behind) + 1;
    const lastKeys = { ...next.lastKeys, [axis]: Number(key.slice(1)) };
    next =
      axis === 'columns'
        ? {
            ...next,
            lastKeys,
            columns: next.columns.toSpliced(index, 0, { key, label, type: 'integer', required: false }),
          }
        : { ...next, lastKeys, rows: next.rows.toSpliced(index, 0, { key, label, indent: 0 }) };
    behind = key;
  }
  return next;
}

/** A line that is gone is in no sum any longer; a sum of nothing is no sum. */
export function removeLine(form: BuiltForm, axis: Axis, key: string): BuiltForm {
  const without = <L extends Line>(lines: readonly L[]): L[] =>
    lines.filter((each) => each.key !== key).map((each) => ({ ...each, sumOf: sumWithout(each.sumOf, key) }));
  return axis === 'columns' ? { ...form, columns: without(form.columns) } : { ...form, rows: without(form.rows) };
}

function sumWithout(sumOf: string[] | undefined, key: string): string[] | undefined {
  const left = sumOf?.filter((each) => each !== key);
  return left && left.length > 0 ? left : undefined;
}

export function moveLine(form: BuiltForm, axis: Axis, key: string, by: 1 | -1): BuiltForm {
  const moved = <L extends Line>(lines: readonly L[]): L[] => {
    const from = lines.findIndex((each) => each.key === key);
    const to = from + by;
    if (from < 0 || to < 0 || to >= lines.length) return [...lines];
    return lines.toSpliced(from, 1).toSpliced(to, 0, lines[from]!);
  };
  return axis === 'columns' ? { ...form, columns: moved(form.columns) } : { ...form, rows: moved(form.rows) };
}

export function changeLine(
  form: BuiltForm,
  axis: Axis,
  key: string,
  change: Partial<CollectionColumn & CollectionRow>,
): BuiltForm {
  const changed = <L extends Line>(lines: readonly L[]): L[] =>
    lines.map((each) => (each.key === key ? { ...each, ...change } : each));
  return axis === 'columns' ? { ...form, columns: changed(form.columns) } : { ...form, rows: changed(form.rows) };
}

/** What a line may add up: other lines of numbers. */
export const summable = (lines: readonly Line[], key: string): Line[] =>
  lines.filter((each) => each.key !== key && (each.type === undefined || isNumeric(each.type)));

export function toggleSum(line: Line, part: string): string[] | undefined {
  const parts = line.sumOf ?? [];
  const next = parts.includes(part) ? parts.filter((each) => each !== part) : [...parts, part];
  return next.length > 0 ? next : undefined;
}

/** A list has no rows of its own; back in a grid there is one again. */
export function changeShape(form: BuiltForm, shape: CollectionDefinition['shape'], firstRow: string): BuiltForm {
  if (form.shape === shape) return form;
  return shape === 'list'
    ? { ...form, shape, rows: [] }
    : addLines({ ...form, shape }, 'rows', form.rows.length === 0 ? [firstRow] : []);
}

export const choicesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[;\n]/)
      .map((each) => each.trim())
      .filter(Boolean),
  ),
];
