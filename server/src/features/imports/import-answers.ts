// Imports as the API shows them.
import type { Finding, Severity } from '@khuevan/core/findings.ts';
import type { importState } from '@khuevan/core/contract/imports.ts';
import type { RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { ruleFace, subjectOf } from '@khuevan/core/rules/catalogue.ts';
import type { z } from 'zod';
import type { FindingRow, ImportRow, PreviewRow, RuleCount } from './imports.queries.ts';
import type { StagingShape } from './staging-shape.ts';

export type ImportAnswer = z.output<typeof importState>;

export function answerOf(row: ImportRow): ImportAnswer {
  return {
    id: row.id,
    kind: row.kind as ImportAnswer['kind'],
    schoolYear: row.school_year,
    fileName: row.file_name,
    state: row.state as ImportAnswer['state'],
    rowsRead: row.rows_read,
    rowsTotal: row.rows_total,
    rowsGood: row.rows_good,
    rowsBad: row.rows_bad,
    toAdd: row.to_add,
    toChange: row.to_change,
    toLeave: row.to_leave,
    refusal: row.refusal as unknown as ImportAnswer['refusal'],
    mode: row.mode as ImportAnswer['mode'],
    hasMarkedFile: row.marked_file_id !== null,
    accountName: row.account_name,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    version: row.version,
  };
}

export function findingOf(kind: RecordKindName, row: FindingRow): Finding {
  return {
    rule: row.rule,
    severity: row.severity as Severity,
    kind,
    ...(row.subject !== null && { subject: row.subject }),
    ...(row.field !== null && { field: row.field }),
    ...(row.sheet !== null && { sheet: row.sheet }),
    ...(row.row_no !== null && { row: row.row_no }),
    ...(row.value !== null && { value: row.value }),
    ...(row.params !== null && { params: row.params as unknown as Record<string, string | number> }),
  };
}

/** With the sentence a person reads. */
export function say(finding: Finding) {
  return { ...finding, message: ruleFace(finding.rule).message(finding) };
}

export function summaryOf(row: RuleCount) {
  return {
    rule: row.rule,
    severity: row.severity,
    title: ruleFace(row.rule).title,
    count: row.count,
    firstRow: row.first_row,
    lastRow: row.last_row,
    sheet: row.sheet,
  };
}

/** Fields that the reader may not see. */
export function hiddenFields(kind: RecordKind, maySeeSensitive: boolean): string[] {
  return maySeeSensitive ? [] : kind.fields.filter((field) => field.sensitive).map((field) => field.key);
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export function previewOf(
  row: PreviewRow,
  shape: StagingShape,
  sheets: Record<number, string>,
  hidden: readonly string[],
) {
  const { kind } = shape;
  const keys = shape.columns.map((column) => column.key).filter((key) => !hidden.includes(key));
  const stored = row.stored;
  // A code that was issued and a number that came masked or not at all stay as they are.
  const stays = (key: string) => (key === 'code' || key === 'pin') && row.waiting[key] === null;
  return {
    row: row.row_no,
    sheet: sheets[row.sheet_no] ?? '',
    subject: subjectOf(kind.name, row.waiting) ?? '',
    values: Object.fromEntries(keys.map((key) => [key, row.waiting[key] ?? null])),
    changes: stored
      ? keys
          .filter((key) => !stays(key) && !isSame(row.waiting[key], stored[key]))
          .map((key) => ({ field: key, before: stored[key] ?? null, after: row.waiting[key] ?? null }))
      : [],
  };
}
