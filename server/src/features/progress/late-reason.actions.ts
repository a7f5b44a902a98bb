import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { acceptLateReason, stateLateReason } from '@khuevan/core/contract/progress.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { daysLate } from '@khuevan/core/reports/deadlines.ts';
import { selectDuties } from '#features/periods';
import { actsFor, requireActingFor } from '#features/reports';
import { dayOf, today } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import {
  acceptReason,
  type LateReasonRow,
  saveLateReason,
  selectLateReasons,
  selectSending,
} from './late-reason.queries.ts';

type LateReason = ResponseOf<typeof stateLateReason>;

const describe = (row: LateReasonRow): LateReason => ({
  periodId: row.period_id,
  formCode: row.form_code,
  reason: row.reason,
  expectedOn: row.expected_on,
  accountName: row.account_name,
  statedAt: row.stated_at.toISOString(),
  acceptedByName: row.accepted_by_name,
});

export async function listReasons(tx: Tx, unitId: string, periodId: string | undefined): Promise<LateReason[]> {
  return (await selectLateReasons(tx, unitId, periodId)).map(describe);
}

/** The unit itself says why: before its deadline if it foresees it, or after. Not for what came in time. */
export async function stateReason(
  { tx, access, audit }: Writing,
  unitId: string,
  body: BodyOf<typeof stateLateReason>,
): Promise<LateReason> {
  const [duty] = await selectDuties(tx, unitId, body);
  if (!duty) throw new ProblemError('not_found');
  requireActingFor(access.memberships, unitId, 'reports.prepare', duty.level);
  if (body.expectedOn !== null && body.expectedOn < today())
    throw new ProblemError('invalid_request', { path: 'body.expectedOn', reason: 'không được trước hôm nay' });
  const report = await selectSending(tx, unitId, body);
  const isSent = report?.state === 'submitted' || report?.state === 'approved';
  const dueOn = report?.due_on ?? duty.due_on;
  const sentOn = report?.last_sent_at ? dayOf(report.last_sent_at) : null;
  if (isSent && daysLate(today(), dueOn, report.state, sentOn) === 0)
    throw new ProblemError('wrong_state', { state: 'đã gửi đúng hạn' });
  audit.subjectKind = 'period';
  audit.subjectId = body.periodId;
  audit.detail = { ...body };
  return describe(await saveLateReason(tx, unitId, { ...body, accountName: access.actor.name }));
}

/** A unit above takes the reason: lateness then costs half of its points. */
export async function takeReason(
  { tx, access, audit }: Writing,
  unitId: string,
  { periodId, formCode, reason }: BodyOf<typeof acceptLateReason>,
): Promise<LateReason> {
  const [duty] = await selectDuties(tx, unitId, { periodId, formCode });
  if (!duty) throw new ProblemError('not_found');
  const inUnits = access.memberships
    .map((each) => each.unitId)
    .filter((each) => each !== unitId && actsFor(access.memberships, each, 'reviews.write', duty.level));
  if (inUnits.length === 0) throw new ProblemError('forbidden');
  if (!(await acceptReason(tx, unitId, { periodId, formCode, reason, inUnits, accountName: access.actor.name })))
    throw new ProblemError('not_found');
  audit.subjectKind = 'period';
  audit.subjectId = periodId;
  audit.detail = { formCode };
  const taken = (await selectLateReasons(tx, unitId, periodId)).find((row) => row.form_code === formCode);
  return describe(taken!);
}
