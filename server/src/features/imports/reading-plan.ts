// What the reader of a file is told, and what it answers; plain data, because it may run in another thread.
import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { RuleContext } from '@khuevan/core/rules/rule.ts';
import type { RowType } from '#platform/row-packer.ts';

export interface SchoolFacts {
  id: string;
  code: string;
  context: RuleContext;
}

export interface ReadingPlan {
  kind: RecordKindName;
  schoolYear: number;
  unitCode: string;
  /** An office names the school in each row; a school is always itself. */
  isOffice: boolean;
  /** Levels whose fields the file has; null for all of them. */
  levels: readonly string[] | null;
  schools: SchoolFacts[];
  /** Of the table in which good rows wait. */
  rowType: RowType;
}

/** What the file is made of; comes before the first batch. */
export interface FileHead {
  type: 'head';
  /** Fields that have a column, in the order of the kind. */
  fields: string[];
  /** Names by number. */
  sheets: Record<number, string>;
  ignored: FileFinding[];
}

export interface FileFinding extends Finding {
  sheetNo: number;
}

export interface RowBatch {
  type: 'batch';
  /** Rows that can be stored, packed as the waiting table has them; one value for the database. */
  rows: Uint8Array<ArrayBuffer>;
  count: number;
  /** Numbers in full. Each is to be put in its row encrypted: two places in `rows` a number, for the cipher and for the hash. */
  pins: string[];
  pinPlaces: number[];
  findings: FileFinding[];
  rowsRead: number;
  rowsBad: number;
  /** Part of the file that has been read, 0 to 1. */
  share: number;
  /** Good rows of each school so far, in the whole file. */
  rowsOfSchools: ReadonlyMap<string, number>;
  /** Whether two rows so far may say the same record or person. */
  mayRepeat: boolean;
  /** To be called when the rows are stored, where they lie in a buffer that is used again. */
  giveBack?: () => void;
}

export const mostRows = 200_000;
export const mostFindings = 500_000;
