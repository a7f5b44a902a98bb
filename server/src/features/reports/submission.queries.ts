import { sql } from 'kysely';
import type { SetSeverity, Tolerance } from '@khuevan/core/checks/settings.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { now } from '#platform/clock.ts';
import { type Tx, writeUnanswered } from '#platform/database.ts';
import { textOfCells } from './known-figures.ts';
import type { ReportRow } from './report.queries.ts';

/** A submission below that a total is made of. */
export interface Part {
  unitId: string;
  submissionId: string;
  hash: string;
}

export interface FrozenExplanation {
  findingKey: string;
  reason: string;
  accountName: string;
  message?: Text;
}

/** What a unit above had set otherwise than the form says, when the report was sent. */
export interface FrozenSetting {
  rule: string;
  severity: SetSeverity;
  tolerance: Tolerance;
  ownerName: string;
}

export interface SubmissionRow {
  id: string;
  no: number;
  hash: string;
  code: string;
  sent_at: Date | string;
  sent_by_name: string;
  form_version: string;
  kept_from: number | null;
  decision: 'approved' | 'returned' | 'reopened' | null;
  reason: string | null;
  decided_by_name: string | null;
  decided_at: Date | string | null;
  due_on: string | null;
}

// A returned or reopened submission stays what the last decision made of it.
const submissionColumns = sql`
  s.id, s.no, s.hash, s.code, s.sent_at, s.sent_by_name, s.form_version, s.kept_from,
  d.kind as decision, d.reason, d.decided_by_name, d.decided_at, d.due_on
  from submission s left join lateral (
    select * from decision c where c.unit_id = s.unit_id and c.submission_id = s.id
    order by c.kind = 'approved', c.decided_at desc limit 1
  ) d on true`;

/** Newest first. */
export const submissionRows = (unitId: string, reportId: string) => sql<SubmissionRow>`
  select ${submissionColumns} where s.unit_id = ${unitId} and s.report_id = ${reportId} order by s.no desc limit 200`;

export interface WholeSubmissionRow extends SubmissionRow {
  cells: Cells;
  parts: Part[];
  explanations: FrozenExplanation[];
  check_settings: FrozenSetting[];
}

export async function selectSubmission(
  tx: Tx,
  unitId: string,
  reportId: string,
  no: number,
): Promise<WholeSubmissionRow | undefined> {
  const { rows } = await sql<WholeSubmissionRow>`
    select w.cells, w.parts, w.explanations, w.check_settings, f.* from submission w, lateral (
      select ${submissionColumns} where s.unit_id = w.unit_id and s.id = w.id
    ) f
    where w.unit_id = ${unitId} and w.report_id = ${reportId} and w.no = ${no}`.execute(tx);
  return rows[0];
}

/** Cells of a submission. */
export async function selectSentCells(tx: Tx, unitId: string, submissionId: string): Promise<Cells> {
  const row = await tx
    .selectFrom('submission')
    .select('cells')
    .where('unit_id', '=', unitId)
    .where('id', '=', submissionId)
    .executeTakeFirstOrThrow();
  return row.cells as Cells;
}

/** The versions of a report's submissions and what was kept in them, to find where a cell was counted. */
export async function selectKeptFrom(
  tx: Tx,
  unitId: string,
  reportId: string,
): Promise<Map<number, { form_version: string; kept_from: number | null }>> {
  const rows = await tx
    .selectFrom('submission')
    .select(['no', 'form_version', 'kept_from'])
    .where('unit_id', '=', unitId)
    .where('report_id', '=', reportId)
    .execute();
  return new Map(rows.map((row) => [row.no, row]));
}

export async function selectUnitNames(tx: Tx, unitIds: string[]): Promise<Map<string, string>> {
  if (unitIds.length === 0) return new Map();
  const rows = await tx.selectFrom('unit').select(['id', 'name']).where('id', 'in', unitIds).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export interface NewSubmission {
  no: number;
  keptFrom: number | null;
  cells: Cells;
  parts: Part[];
  explanations: FrozenExplanation[];
  checkSettings: FrozenSetting[];
  recordsDigest: string;
  hash: string;
  code: string;
  sentBy: string;
  sentByName: string;
}

export async function insertSubmission(
  tx: Tx,
  report: ReportRow,
  id: string,
  submission: NewSubmission,
): Promise<void> {
  const freezing = tx.insertInto('submission').values({
    unit_id: report.unit_id,
    id,
    report_id: report.id,
    no: submission.no,
    form_version: report.form_version,
    kept_from: submission.keptFrom,
    cells: textOfCells(submission.cells),
    parts: JSON.stringify(submission.parts),
    explanations: JSON.stringify(submission.explanations),
    check_settings: JSON.stringify(submission.checkSettings),
    records_digest: submission.recordsDigest,
    hash: submission.hash,
    code: submission.code,
    sent_by: submission.sentBy,
    sent_by_name: submission.sentByName,
    sent_at: now(),
  });
  await writeUnanswered(tx, freezing.compile());
}

/** False where the code is taken. */
export async function takePrintCode(tx: Tx, unitId: string, submissionId: string, code: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('print_code')
    .values({ code, unit_id: unitId, submission_id: submissionId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
