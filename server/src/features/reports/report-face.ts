// Rows as the contract says them.
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listReports, readReport } from '@khuevan/core/contract/reports.ts';
import { daysLeft } from '@khuevan/core/reports/deadlines.ts';
import { formOf } from '#features/forms';
import type { DutyRow } from '#features/periods';
import { today } from '#platform/clock.ts';
import type { ExplanationRow, RemarkRow, ReportRow } from './report.queries.ts';
import type { EventRow } from './report-detail.queries.ts';
import type { SubmissionRow } from './submission.queries.ts';

/** A moment as the contract says it, from a row or from JSON out of the database. */
const moment = (value: Date | string): string => new Date(value).toISOString();

export type ReportFace = ResponseOf<typeof listReports>['reports'][number];
export type WholeReport = ResponseOf<typeof readReport>;

function describeForm(asked: { form_code: string; form_version: string }) {
  const { slug, name, version } = formOf(asked);
  return { formSlug: slug, formVersion: version, formName: name };
}

export function describeReportRow(row: ReportRow): ReportFace & { id: string } {
  return {
    id: row.id,
    unitId: row.unit_id,
    unitName: row.unit_name,
    unitKind: row.unit_kind,
    periodId: row.period_id,
    periodName: row.period_name,
    schoolYear: row.school_year,
    asOf: row.as_of,
    formCode: row.form_code,
    ...describeForm(row),
    state: row.state,
    stateSince: row.state_since.toISOString(),
    holderId: row.holder_id,
    holderName: row.holder_name,
    reviewerId: row.reviewer_id,
    reviewerName: row.reviewer_name,
    dueOn: row.due_on,
    daysLeft: daysLeft(today(), row.due_on),
    lastSubmissionNo: row.last_submission_no,
  };
}

/** A report that is owed and not started yet. */
export function describeDuty(duty: DutyRow): ReportFace {
  return {
    id: null,
    unitId: duty.unit_id,
    unitName: duty.unit_name,
    unitKind: duty.unit_kind,
    periodId: duty.period_id,
    periodName: duty.period_name,
    schoolYear: duty.school_year,
    asOf: duty.as_of,
    formCode: duty.form_code,
    ...describeForm(duty),
    state: 'not-started',
    stateSince: null,
    holderId: duty.unit_id,
    holderName: duty.unit_name,
    reviewerId: duty.reviewer_id,
    reviewerName: duty.reviewer_name,
    dueOn: duty.due_on,
    daysLeft: daysLeft(today(), duty.due_on),
    lastSubmissionNo: 0,
  };
}

export function describeSubmission(row: SubmissionRow): WholeReport['submissions'][number] {
  return {
    id: row.id,
    no: row.no,
    hash: row.hash,
    code: row.code,
    sentAt: moment(row.sent_at),
    sentByName: row.sent_by_name,
    formVersion: row.form_version,
    keptFrom: row.kept_from,
    decision:
      row.decision === null
        ? null
        : {
            kind: row.decision,
            reason: row.reason,
            decidedByName: row.decided_by_name ?? '',
            decidedAt: moment(row.decided_at ?? row.sent_at),
            dueOn: row.due_on,
          },
  };
}

export function describeRemark(row: RemarkRow): WholeReport['remarks'][number] {
  return {
    id: row.id,
    cell: row.cell,
    text: row.text,
    isWorkItem: row.is_work_item,
    authorName: row.author_name,
    authorUnitName: row.author_unit_name,
    writtenAt: moment(row.written_at),
    submissionNo: row.submission_no,
    answer: row.answer,
    answeredByName: row.answered_by_name,
    answeredAt: row.answered_at && moment(row.answered_at),
    resolvedAt: row.resolved_at && moment(row.resolved_at),
    version: row.version,
  };
}

export function describeEvent(row: EventRow): WholeReport['events'][number] {
  return {
    kind: row.kind,
    state: row.state,
    accountName: row.account_name,
    reason: row.reason,
    submissionNo: row.submission_no,
    at: moment(row.at),
  };
}

export function describeExplanation(row: ExplanationRow): WholeReport['explanations'][number] {
  return {
    findingKey: row.finding_key,
    reason: row.reason,
    accountName: row.account_name,
    statedAt: moment(row.stated_at),
  };
}
