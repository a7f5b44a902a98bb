// What the reader of a file is told, and what it answers; plain data, because it may run in another thread.
import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { RuleContext } from '@khuevan/core/rules/rule.ts';

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
  schools: SchoolFacts[];
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
  /** Rows that can be stored, each a line, in UTF-8: they are handed on as they are. The numbers in full stand beside. */
  lines: Uint8Array;
  pins: (string | null)[];
  findings: FileFinding[];
  rowsRead: number;
  rowsBad: number;
  /** Part of the file that has been read, 0 to 1. */
  share: number;
}

/** Between the values of a line and between lines; parseRecord lets neither into a value. */
export const valueEnd = '\u001F';
export const lineEnd = '\u001E';

export const mostRows = 200_000;
export const mostFindings = 500_000;
