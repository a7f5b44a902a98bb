import { budgetLine, roomKind } from '@khuevan/core/codes/schools.ts';
import type { Text } from '@khuevan/core/records/field.ts';

export type TypedKind = 'room' | 'budget';

/** One line of the table: a kind of room or a line of the budget, whether it is on record or not. */
export interface TypedLine {
  code: string;
  name: Text;
  /** The group it belongs to: a heading stands over the first of each. */
  group: string;
}

export const typedLines: Record<TypedKind, readonly TypedLine[]> = {
  room: roomKind.entries.map(({ code, vi, en, block }) => ({ code, name: { vi, en }, group: block })),
  budget: budgetLine.entries.map(({ code, vi, en, split }) => ({ code, name: { vi, en }, group: split })),
};

/** The field that says which line a record is, and those that are typed. */
export const typedFields: Record<TypedKind, { line: string; amounts: readonly string[] }> = {
  room: { line: 'roomKind', amounts: ['solid', 'semiSolid', 'temporary'] },
  budget: { line: 'line', amounts: ['settled', 'planned', 'estimated'] },
};

/** What a new record of a line begins with: nothing is 0 until a number is typed over it. */
export function beginLine(kind: TypedKind, code: string, level: string): Record<string, unknown> {
  const { line, amounts } = typedFields[kind];
  return {
    ...(kind === 'room' && { level }),
    [line]: code,
    ...Object.fromEntries(amounts.map((amount) => [amount, 0])),
  };
}

export interface SumFault {
  split: 'source' | 'use';
  amount: string;
  sum: number;
  total: number;
}

const hundredths = (value: unknown): number => Math.round(Number(value ?? 0) * 100);

/** Each split of the budget must add up to the total; said while it is typed, not only at the check. */
export function sumFaults(valueAt: (code: string, amount: string) => unknown): SumFault[] {
  const codesOf = (split: string) =>
    budgetLine.entries.filter((entry) => entry.split === split).map((entry) => entry.code);
  return (['source', 'use'] as const).flatMap((split) =>
    typedFields.budget.amounts.flatMap((amount) => {
      const sum = codesOf(split).reduce((so, code) => so + hundredths(valueAt(code, amount)), 0);
      const total = hundredths(valueAt('total', amount));
      return sum === total ? [] : [{ split, amount, sum: sum / 100, total: total / 100 }];
    }),
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
