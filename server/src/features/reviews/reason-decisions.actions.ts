import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { decideReasons } from '@khuevan/core/contract/checks.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { describeReportRow, requireActingFor, takeReport } from '#features/reports';
import type { Writing } from '#platform/database.ts';
import { tellUnit } from './report-notices.queries.ts';
import { insertReasonDecisions, selectSentReasons } from './reason-decisions.queries.ts';

/** The reviewer takes reasons or refuses them, while the report waits for the decision; the last word on a reason counts. */
export async function decideOnReasons(
  { tx, access, audit }: Writing,
  unitId: string,
  reportId: string,
  { submissionNo, findingKeys, kind, note }: BodyOf<typeof decideReasons>,
): Promise<ResponseOf<typeof decideReasons>> {
  const report = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, report.reviewer_id, 'reviews.write', report.level);
  if (report.state !== 'submitted' || report.last_submission_id === null)
    throw new ProblemError('wrong_state', { state: stateWords[report.state].vi });
  if (submissionNo !== report.last_submission_no)
    throw new ProblemError('stale_record', {}, { current: describeReportRow(report) });
  if (kind === 'refused' && note === null) throw new ProblemError('reason_required');
  const sent = new Map(
    (await selectSentReasons(tx, unitId, report.last_submission_id)).map((said) => [said.findingKey, said.reason]),
  );
  const reasons = [...new Set(findingKeys)].map((findingKey) => {
    const reason = sent.get(findingKey);
    if (reason === undefined) throw new ProblemError('not_found');
    return { findingKey, reason };
  });
  await insertReasonDecisions(tx, reasons, {
    unitId,
    reportId,
    submissionId: report.last_submission_id,
    kind,
    note,
    decidedBy: access.actor.accountId,
    decidedByName: access.actor.name,
    decidedIn: report.reviewer_id,
  });
  if (kind === 'refused')
    await tellUnit(tx, report, { kind, fromUnitId: report.reviewer_id, dueOn: null, once: submissionNo });
  audit.subjectKind = 'report';
  audit.subjectId = reportId;
  audit.detail = { submissionNo, kind, note, findingKeys };
  return { decided: reasons.length };
}
