import { entriesFor } from '@khuevan/core/codes/index.ts';
import { preschoolPart } from '@khuevan/core/codes/levels.ts';
import { budgetLine, type roomKind } from '@khuevan/core/codes/schools.ts';
import type { Text } from '@khuevan/core/records/field.ts';

export type TypedKind = 'room' | 'budget';
type RoomKindEntry = (typeof roomKind.entries)[number];
type BudgetLineEntry = (typeof budgetLine.entries)[number] & { printedAt?: readonly string[] };

/** One line of the table: a kind of room or a line of the budget, whether it is on record or not. */
export interface TypedLine {
  /** Among the lines of the table; `lineCodeOf` its record. */
  code: string;
  name: Text;
  /** The group it belongs to: a heading stands over the first of each. */
  group: string;
  /** What makes a record this line's. */
  values: Record<string, unknown>;
  /** Of a line of the budget. */
  split?: 'total' | 'source' | 'use';
  /** May be left out: it then counts as nothing. */
  isOptional?: boolean;
  /** Of rooms of preschool: nursery or kindergarten. */
  part?: Text;
}

const preschool = '01';

/** The lines of a level: the kinds of room that it has, in preschool those of each part; the lines of its budget sheet. Level `*`: of the form of every level. */
export function typedLines(kind: TypedKind, level: string): TypedLine[] {
  if (kind === 'budget')
    return (budgetLine.entries as readonly BudgetLineEntry[])
      .filter(({ printedAt }) => printedAt?.includes(level) ?? true)
      .map(({ code, vi, en, block, split, printedAt }) => ({
        code,
        name: { vi, en },
        group: `${block} ${split}`,
        values: { line: code },
        split,
        isOptional: printedAt !== undefined,
      }));
  const kinds = entriesFor('room_kind', [level]) as readonly RoomKindEntry[];
  const parts = level === preschool ? preschoolPart.entries : [undefined];
  return parts.flatMap((part) =>
    kinds.map(({ code, vi, en, block }): TypedLine => {
      const values = { level, ...(part && { preschoolPart: part.code }), roomKind: code };
      return {
        code: lineCodeOf('room', values),
        name: { vi, en },
        group: part?.code ?? block,
        values,
        ...(part && { part: { vi: part.vi, en: part.en } }),
      };
    }),
  );
}

/** The line of a record. */
export function lineCodeOf(kind: TypedKind, values: Record<string, unknown>): string {
  const keys = kind === 'budget' ? [values.line] : [values.preschoolPart, values.roomKind];
  return keys.filter((key) => typeof key === 'string').join('-');
}

/** The field that says which line a record is, and those that are typed. */
export const typedFields: Record<TypedKind, { line: string; amounts: readonly string[] }> = {
  room: { line: 'roomKind', amounts: ['solid', 'semiSolid', 'temporary'] },
  budget: { line: 'line', amounts: ['settled', 'planned', 'estimated'] },
};

/** What a new record of a line begins with: nothing is 0 until a number is typed over it. */
export function beginLine(kind: TypedKind, { values }: TypedLine): Record<string, unknown> {
  return { ...values, ...Object.fromEntries(typedFields[kind].amounts.map((amount) => [amount, 0])) };
}

export interface SumFault {
  /** Line of the total. */
  line: Text;
  split: 'source' | 'use';
  amount: string;
  sum: number;
  total: number;
}

const hundredths = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

/** Each split of each block of the budget must add up to its total; said while it is typed, not only at the check. */
export function sumFaults(lines: readonly TypedLine[], valueAt: (code: string, amount: string) => unknown): SumFault[] {
  const sumOf = (group: string, amount: string) =>
    lines.filter((line) => line.group === group).reduce((so, { code }) => so + hundredths(valueAt(code, amount)), 0);
  return lines
    .filter(({ split }) => split === 'total')
    .flatMap(({ code, name, group }) =>
      (['source', 'use'] as const).flatMap((split) =>
        typedFields.budget.amounts.flatMap((amount) => {
          const sum = sumOf(group.replace('total', split), amount);
          const total = hundredths(valueAt(code, amount));
          return sum === total ? [] : [{ line: name, split, amount, sum: sum / 100, total: total / 100 }];
        }),
      ),
    );
}

/** The cell beside another one in the table of numbers, by the arrow keys and Enter. */
export function besides(
  key: string,
  row: number,
  column: number,
  rows: number,
  columns: number,
): { row: number; column: number } | null {
  const next = { Enter: [1, 0], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[key];
  if (!next) return null;
  const to = { row: row + next[0]!, column: column + next[1]! };
  return to.row >= 0 && to.row < rows && to.column >= 0 && to.column < columns ? to : null;
}
