import { type SheetRow, valueIn } from './sheet-rows.ts';

/** One thing a person did, with what is needed to take it back. */
export type Step =
  | { kind: 'cells'; cells: { id: string; key: string; before: CellState; after: CellState }[] }
  | { kind: 'added'; rows: SheetRow[] }
  | { kind: 'removed'; ids: string[] };

/** A value, or text that could not be read. */
export type CellState = { value: unknown } | { text: string };

const longest = 200;

export interface Past {
  done: Step[];
  undone: Step[];
}

export const noPast: Past = { done: [], undone: [] };

export function remember(past: Past, step: Step): Past {
  return { done: [...past.done.slice(1 - longest), step], undone: [] };
}

export function takeBack(past: Past): [Step | undefined, Past] {
  const step = past.done.at(-1);
  return step ? [step, { done: past.done.slice(0, -1), undone: [...past.undone, step] }] : [undefined, past];
}

export function doAgain(past: Past): [Step | undefined, Past] {
  const step = past.undone.at(-1);
  return step ? [step, { done: [...past.done, step], undone: past.undone.slice(0, -1) }] : [undefined, past];
}

export function stateOfCell(row: SheetRow, key: string): CellState {
  const unread = row.unread[key];
  return unread ? { text: unread.text } : { value: valueIn(row, key) };
}
