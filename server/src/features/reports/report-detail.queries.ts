// All that belongs to one report, in one question: it is asked at every step of every school in the last hour of a period.
import { sql, type RawBuilder } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';
import { approvedFigures, selectApprovedFigures } from './other-figures.queries.ts';
import { remarkRows, type ExplanationRow, type RemarkRow, type ReportRow } from './report.queries.ts';
import { submissionRows, type SubmissionRow } from './submission.queries.ts';

export interface EventRow {
  kind: string;
  state: string;
  account_name: string;
  reason: string | null;
  submission_no: number | null;
  at: string;
}

/** All but the cells. Lists newest first; moments as text, as JSON carries them. */
export interface ReportDetail {
  submissions: SubmissionRow[];
  remarks: RemarkRow[];
  explanations: ExplanationRow[];
  events: EventRow[];
  /** Cells of the approved submission of the same form, whatever its version, a school year before in the same kind of period. */
  previous_year: Cells | null;
}

const listOf = (rows: RawBuilder<unknown>) => sql`(select coalesce(json_agg(listed), '[]') from (${rows}) listed)`;

const lastYear = (report: ReportRow, codes: string[]) => ({
  unitIds: [report.unit_id],
  codes,
  schoolYear: report.school_year - 1,
  periodKind: report.period_kind,
});

/** Null where last year's report is not approved, or there was none. @param formCodes as in selectDetail */
export async function selectPreviousYear(tx: Tx, report: ReportRow, formCodes: string[]): Promise<Cells | null> {
  return (await selectApprovedFigures(tx, lastYear(report, formCodes))).get(report.unit_id) ?? null;
}

/** Cells of the approved start-of-year submission of the same unit and year. @param formCodes under which that form is printed */
export async function selectOpening(tx: Tx, report: ReportRow, codes: string[]): Promise<Cells | undefined> {
  const { unit_id: unitId, school_year: schoolYear } = report;
  return (await selectApprovedFigures(tx, { unitIds: [unitId], codes, schoolYear, periodKind: 'start' })).get(unitId);
}

/** @param formCodes under which the form is printed, in any of its versions */
export async function selectDetail(tx: Tx, report: ReportRow, formCodes: string[]): Promise<ReportDetail> {
  const { unit_id: unitId, id } = report;
  const explanations = sql`
    select finding_key, reason, account_name, stated_at from explanation where unit_id = ${unitId} and report_id = ${id} order by finding_key`;
  const events = sql`
    select kind, state, account_name, reason, submission_no, at from report_event
    where unit_id = ${unitId} and report_id = ${id} order by at desc, id desc limit 200`;
  const { rows } = await sql<ReportDetail>`
    select ${listOf(submissionRows(unitId, id))} as submissions, ${listOf(remarkRows(unitId, id))} as remarks,
      ${listOf(explanations)} as explanations, ${listOf(events)} as events, (select f.cells from (${approvedFigures(lastYear(report, formCodes))}) f) as previous_year`.execute(
    tx,
  );
  return rows[0]!;
}
