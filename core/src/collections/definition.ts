// The small form of an ad-hoc collection, as an officer builds it: a grid of rows and columns, or a list to which units add rows.
import { z } from 'zod';
import type { Text } from '../records/field.ts';

export const limits = {
  columns: 50,
  rows: 200,
  listRows: 2000,
  choices: 50,
  label: 200,
  text: 1000,
  /** Characters of an answer as JSON: what one request carries. */
  content: 3_500_000,
  files: 10,
} as const;

export const cellTypes = ['integer', 'decimal', 'text', 'date', 'boolean', 'choice'] as const;
export type CellType = (typeof cellTypes)[number];

export const cellTypeWords: Record<CellType, Text> = {
  integer: { vi: 'Số nguyên', en: 'Whole number' },
  decimal: { vi: 'Số thập phân', en: 'Decimal number' },
  text: { vi: 'Chữ', en: 'Text' },
  date: { vi: 'Ngày', en: 'Date' },
  boolean: { vi: 'Có/Không', en: 'Yes or no' },
  choice: { vi: 'Chọn trong danh sách', en: 'Choice' },
};

const label = z.string().trim().min(1).max(limits.label);
const choices = z.array(label).min(1).max(limits.choices);
const columnKey = z.string().regex(/^c\d{1,4}$/);
const rowKey = z.string().regex(/^r\d{1,4}$/);

export const column = z.object({
  key: columnKey,
  label,
  type: z.enum(cellTypes),
  required: z.boolean().default(false),
  /** For the type `choice`. */
  choices: choices.optional(),
  /** The sum of these columns: nobody types it. */
  sumOf: z.array(columnKey).min(1).max(limits.columns).optional(),
});

export const row = z.object({
  key: rowKey,
  label,
  indent: z.number().int().min(0).max(3).default(0),
  /** Cells of this row are of this type, whatever their column is. */
  type: z.enum(cellTypes).optional(),
  choices: choices.optional(),
  /** The sum of these rows, in every column of numbers. */
  sumOf: z.array(rowKey).min(1).max(limits.rows).optional(),
});

export const definition = z.object({
  /** A grid has the rows of its builder; to a list units add as many as they need. */
  shape: z.enum(['grid', 'list']),
  columns: z.array(column).max(limits.columns),
  rows: z.array(row).max(limits.rows),
  attachments: z.boolean(),
});

export type CollectionColumn = z.output<typeof column>;
export type CollectionRow = z.output<typeof row>;
export type CollectionDefinition = z.output<typeof definition>;

export const emptyDefinition: CollectionDefinition = {
  shape: 'grid',
  columns: [{ key: 'c1', label: 'Số lượng', type: 'integer', required: true }],
  rows: [{ key: 'r1', label: 'Chỉ tiêu 1', indent: 0 }],
  attachments: false,
};

export const isNumeric = (type: CellType): boolean => type === 'integer' || type === 'decimal';

/** A list is one row that is repeated: it has columns only. */
const listRow: CollectionRow = { key: 'r0', label: '', indent: 0 };
export const rowsOf = (form: CollectionDefinition): CollectionRow[] => (form.shape === 'list' ? [listRow] : form.rows);

export type Place =
  | { kind: 'input'; type: CellType; required: boolean; choices: readonly string[] }
  | { kind: 'sum' }
  /** Nothing can stand here: a sum of what is no number. */
  | { kind: 'closed' };

/** What a cell is, by its row and column. */
export function placeOf(atRow: CollectionRow, atColumn: CollectionColumn): Place {
  if (atRow.sumOf) return { kind: isNumeric(atColumn.type) ? 'sum' : 'closed' };
  if (atColumn.sumOf) return { kind: atRow.type === undefined || isNumeric(atRow.type) ? 'sum' : 'closed' };
  const type = atRow.type ?? atColumn.type;
  return {
    kind: 'input',
    type,
    required: atColumn.required,
    choices: (atRow.type === undefined ? atColumn.choices : atRow.choices) ?? [],
  };
}

export interface DefinitionFault {
  /** Key of the row or column; null for the whole form. */
  at: string | null;
  text: Text;
}

const fault = (at: string | null, vi: string, en: string): DefinitionFault => ({ at, text: { vi, en } });

/** Why a form cannot be published yet; empty when it can. */
export function findDefinitionFaults(form: CollectionDefinition): DefinitionFault[] {
  const faults: DefinitionFault[] = [];
  if (form.columns.length === 0) faults.push(fault(null, 'Biểu chưa có cột nào.', 'The form has no column.'));
  if (form.shape === 'grid' && form.rows.length === 0)
    faults.push(fault(null, 'Biểu chưa có dòng nào.', 'The form has no row.'));
  if (form.shape === 'list' && form.rows.length > 0)
    faults.push(fault(null, 'Danh sách không có dòng định sẵn.', 'A list has no rows of its own.'));
  faults.push(...findDoubled(form.columns, 'cột', 'column', true), ...findDoubled(form.rows, 'dòng', 'row', false));
  for (const each of [...form.columns, ...form.rows])
    if (each.type === 'choice' && !each.sumOf && !each.choices?.length)
      faults.push(
        fault(each.key, `“${each.label}” chưa có giá trị để chọn.`, `“${each.label}” has nothing to choose.`),
      );
  faults.push(...findSumFaults(form.columns), ...findSumFaults(form.rows));
  if (!rowsOf(form).some((each) => form.columns.some((other) => placeOf(each, other).kind === 'input')))
    faults.push(fault(null, 'Biểu chưa có ô nào để nhập.', 'The form has no cell to fill in.'));
  return faults;
}

function findDoubled(
  lines: ReadonlyArray<{ key: string; label: string }>,
  vi: string,
  en: string,
  labelsToo: boolean,
): DefinitionFault[] {
  const keys = new Set<string>();
  const labels = new Set<string>();
  return lines.flatMap(({ key, label: name }) => {
    const isDoubled = keys.has(key) || (labelsToo && labels.has(name.toLowerCase()));
    keys.add(key);
    labels.add(name.toLowerCase());
    return isDoubled ? [fault(key, `Có hai ${vi} “${name}”.`, `Two ${en}s are called “${name}”.`)] : [];
  });
}

function findSumFaults(lines: ReadonlyArray<CollectionColumn | CollectionRow>): DefinitionFault[] {
  const byKey = new Map(lines.map((each) => [each.key, each]));
  return lines.flatMap((each): DefinitionFault[] => {
    if (!each.sumOf) return [];
    const name = each.label;
    if (each.type !== undefined && !isNumeric(each.type))
      return [fault(each.key, `“${name}” là tổng nên phải là số.`, `“${name}” is a sum, so it must be a number.`)];
    const parts = each.sumOf.map((key) => byKey.get(key));
    if (parts.includes(undefined))
      return [fault(each.key, `“${name}” cộng một mục đã bị xóa.`, `“${name}” adds up something that was removed.`)];
    const wrong = parts.find((part) => part?.type !== undefined && !isNumeric(part.type));
    if (wrong)
      return [
        fault(
          each.key,
          `“${name}” cộng “${wrong.label}” không phải là số.`,
          `“${name}” adds “${wrong.label}”, no number.`,
        ),
      ];
    if (new Set(each.sumOf).size < each.sumOf.length)
      return [fault(each.key, `“${name}” cộng một mục hai lần.`, `“${name}” adds something twice.`)];
    return isCircular(each.key, byKey)
      ? [fault(each.key, `“${name}” cộng vòng về chính nó.`, `“${name}” adds up to itself.`)]
      : [];
  });
}

function isCircular(start: string, byKey: ReadonlyMap<string, { sumOf?: string[] | undefined }>): boolean {
  const seen = new Set<string>();
  const open = [...(byKey.get(start)?.sumOf ?? [])];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === start) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...(byKey.get(key)?.sumOf ?? []));
  }
  return false;
}

/** "r3.c2": the cell of a grid. */
export const cellKeyOf = (rowKeyed: string, columnKeyed: string): string => `${rowKeyed}.${columnKeyed}`;

const isSuperset = (after: readonly string[] | undefined, before: readonly string[] | undefined): boolean =>
  (before ?? []).every((each) => after?.includes(each));

/** Whether a form only adds to another one or words it anew, so that what was typed into the old one stands in the new. */
export function isAddition(before: CollectionDefinition, after: CollectionDefinition): boolean {
  const keeps = (
    old: ReadonlyArray<CollectionColumn | CollectionRow>,
    now: ReadonlyArray<CollectionColumn | CollectionRow>,
  ): boolean => {
    const byKey = new Map(now.map((each) => [each.key, each]));
    return old.every((each) => {
      const next = byKey.get(each.key);
      return (
        next !== undefined &&
        next.type === each.type &&
        isSuperset(next.choices, each.choices) &&
        (each.sumOf === undefined) === (next.sumOf === undefined) &&
        isSuperset(next.sumOf, each.sumOf)
      );
    });
  };
  return (
    before.shape === after.shape &&
    (after.attachments || !before.attachments) &&
    keeps(before.columns, after.columns) &&
    keeps(before.rows, after.rows)
  );
}
