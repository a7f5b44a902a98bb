import { problems } from '@khuevan/core/problems.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import {
  receiveRefusal,
  receiveStale,
  receiveStored,
  type SheetRow,
  type ShownFinding,
  type StoredRecord,
  type Values,
} from './sheet-rows.ts';

export interface RowToSave {
  id: string;
  version?: string;
  values: Values;
}

export interface SaveResult {
  state: 'saved' | 'invalid' | 'stale' | 'refused';
  record: StoredRecord | null;
  findings: ShownFinding[];
  problem: Text | null;
}

/** What the sheet asks of the server. A promise that fails means: nothing is known to be stored. */
export interface SheetServer {
  /** Answers in the order of the rows. The same key again with the same rows stores nothing twice. */
  save(rows: RowToSave[], idempotencyKey: string): Promise<SaveResult[]>;
  /** Null when it is removed, else why not. */
  remove(id: string, version: string): Promise<Text | null>;
}

/** The row after its answer. */
export function receive(row: SheetRow, answer: SaveResult | undefined): SheetRow {
  if (!answer) return row;
  if (answer.state === 'saved' && answer.record) return receiveStored(row, answer.record);
  if (answer.state === 'stale' && answer.record) return receiveStale(row, answer.record);
  return receiveRefusal(row, answer.problem ?? problems.invalid_record.message({}), answer.findings);
}
