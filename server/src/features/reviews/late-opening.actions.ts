import type { BodyOf } from '@khuevan/core/contract/endpoint.ts';
import type { openLate } from '@khuevan/core/contract/reviews.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { selectDuties } from '#features/periods';
import {
  describeReport,
  insertEvent,
  insertReport,
  moveReport,
  requireEvent,
  takeReport,
  type WholeReport,
} from '#features/reports';
import type { Writing } from '#platform/database.ts';
import { tellUnit } from './report-notices.queries.ts';
import { findUnitAbove, requireDay } from './review.actions.ts';

/** One unit works on after the period has closed, to the end of a day; begun for it where it had not begun. */
export async function openForOneUnit(
  writing: Writing,
  unitId: string,
  { periodId, formCode, until, reason }: BodyOf<typeof openLate>,
): Promise<WholeReport> {
  const { tx, access, audit } = writing;
  requireDay(until, 'until');
  const [duty] = await selectDuties(tx, unitId, { periodId, formCode });
  if (!duty) throw new ProblemError('not_found');
  const { id, isNew } = await insertReport(tx, {
    unitId,
    periodId,
    formCode,
    formVersion: duty.form_version,
    reviewerId: duty.reviewer_id,
  });
  const report = await takeReport(tx, unitId, id);
  const fromUnitId = await findUnitAbove(tx, access, report, 'reports.reopen');
  const accountName = access.actor.name;
  if (isNew) await insertEvent(tx, report, { kind: 'start', state: 'draft', accountName });
  const state = requireEvent(report.state, 'extend');
  const opened = await moveReport(tx, report, { state, to: 'unit', dueOn: until, openUntil: until });
  const submissionNo = report.last_submission_no || null;
  await insertEvent(tx, report, { kind: 'extend', state, accountName, reason, submissionNo, dueOn: until });
  await tellUnit(tx, report, { kind: 'extended', fromUnitId, dueOn: until, once: until });
  audit.subjectKind = 'report';
  audit.subjectId = id;
  audit.detail = { periodId, formCode, until, reason };
  return describeReport(writing, opened);
}
