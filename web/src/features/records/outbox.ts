import type { SheetRow, Unread, Values } from './sheet-rows.ts';

/** What was typed in a row and is not stored yet, as it is kept on the device. */
export interface KeptRow {
  id: string;
  version: string | null;
  edits: Values;
  unread: Record<string, Unread>;
  /** The stored values under the edits, to see later whether somebody else changed them. */
  under: Values;
  isRemoved?: true;
}

/** A place on the device that outlives the page: the browser's local storage. */
export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Each account, school, kind and year has its own; nobody else who uses the device gets to see it in the app. */
export function outboxKey(accountId: string, schoolId: string, kind: string, schoolYear: number): string {
  return `khuevan.outbox.${accountId}.${schoolId}.${kind}.${schoolYear}`;
}

export function keepableRow(row: SheetRow): KeptRow | null {
  const edits = { ...row.sent, ...row.edits };
  if (Object.keys(edits).length === 0 && Object.keys(row.unread).length === 0) return null;
  const under = Object.fromEntries(Object.keys(edits).map((key) => [key, row.stored[key] ?? null]));
  return { id: row.id, version: row.version, edits, unread: row.unread, under };
}

/** False where the device refuses to keep it: then the person must know. */
export function keepRows(storage: DeviceStorage, key: string, rows: KeptRow[]): boolean {
  try {
    if (rows.length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(rows));
    return true;
  } catch {
    return false;
  }
}

export function keptRows(storage: DeviceStorage, key: string): KeptRow[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? (kept as KeptRow[]) : [];
  } catch {
    return [];
  }
}
