import type { BodyOf } from '@khuevan/core/contract/endpoint.ts';
import type { addRemark, answerRemark, reopenReport, returnReport } from '@khuevan/core/contract/reviews.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import type { Permission } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { formOf } from '#features/forms';
import {
  actsFor,
  describeRemark,
  describeReport,
  describeReportRow,
  insertEvent,
  moveReport,
  requireActingFor,
  requireEvent,
  selectRemark,
  takeReport,
  type ReportRow,
  type WholeReport,
} from '#features/reports';
import { today } from '#platform/clock.ts';
import type { Access, Tx, Writing } from '#platform/database.ts';
import { countRefusedReasons } from './reason-decisions.queries.ts';
import { tellUnit } from './report-notices.queries.ts';
import { countSubmission, insertDecision, insertRemarks, selectChain, storeAnswer } from './review.queries.ts';

type Remark = WholeReport['remarks'][number];

/** Only the unit that holds the report decides on it, and only on the submission that the decider has seen. */
async function takeForDecision(writing: Writing, unitId: string, reportId: string, submissionNo: number) {
  const { tx, access } = writing;
  const report = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, report.reviewer_id, 'reviews.write', report.level);
  if (submissionNo !== report.last_submission_no)
    throw new ProblemError('stale_record', {}, { current: describeReportRow(report) });
  return { report, submissionId: lastSubmission(report) };
}

/** States in which a decision or a comment is possible have a submission. */
function lastSubmission(report: ReportRow): string {
  if (report.last_submission_id === null) throw new ProblemError('wrong_state', { state: stateWords[report.state].vi });
  return report.last_submission_id;
}

function noteDecision({ audit }: Writing, report: ReportRow, detail: Record<string, unknown>): void {
  audit.subjectKind = 'report';
  audit.subjectId = report.id;
  audit.detail = { submissionNo: report.last_submission_no, ...detail };
}

/** The decision and the totals above change together, in this transaction. */
export async function approve(
  writing: Writing,
  unitId: string,
  reportId: string,
  submissionNo: number,
): Promise<WholeReport> {
  const { tx, access } = writing;
  const { report, submissionId } = await takeForDecision(writing, unitId, reportId, submissionNo);
  const state = requireEvent(report.state, 'approve');
  const refused = await countRefusedReasons(tx, unitId, reportId, submissionId);
  if (refused > 0) throw new ProblemError('reasons_refused', { count: refused });
  const accountName = access.actor.name;
  await insertDecision(tx, {
    unitId,
    reportId,
    submissionId,
    kind: 'approved',
    reason: null,
    dueOn: null,
    accountId: access.actor.accountId,
    accountName,
    decidedIn: report.reviewer_id,
  });
  const approved = await moveReport(tx, report, { state, to: 'reviewer' });
  await insertEvent(tx, report, { kind: 'approve', state, accountName, submissionNo });
  noteDecision(writing, report, { submissionId });
  const answered = await describeReport(writing, approved);
  // Last: the totals that all schools share stay locked for as short as can be. An office's report is made of schools' already.
  if (report.unit_kind === 'school') await countSubmission(tx, report, submissionId);
  return answered;
}

export async function returnForCorrection(
  writing: Writing,
  unitId: string,
  reportId: string,
  body: BodyOf<typeof returnReport>,
): Promise<WholeReport> {
  const { tx, access } = writing;
  const { report, submissionId } = await takeForDecision(writing, unitId, reportId, body.submissionNo);
  const state = requireEvent(report.state, 'return');
  requireDay(body.dueOn, 'dueOn');
  for (const item of body.items) requireCell(report, item.cell);
  const { accountId, name: accountName } = access.actor;
  await insertDecision(tx, {
    unitId,
    reportId,
    submissionId,
    kind: 'returned',
    reason: body.reason,
    dueOn: body.dueOn,
    accountId,
    accountName,
    decidedIn: report.reviewer_id,
  });
  await insertRemarks(
    tx,
    {
      unitId,
      reportId,
      submissionId,
      authorId: accountId,
      authorName: accountName,
      authorUnitId: report.reviewer_id,
      isWorkItem: true,
    },
    body.items,
  );
  const returned = await moveReport(tx, report, { state, to: 'unit', dueOn: body.dueOn });
  await insertEvent(tx, report, {
    kind: 'return',
    state,
    accountName,
    reason: body.reason,
    submissionNo: body.submissionNo,
    dueOn: body.dueOn,
  });
  const { reviewer_id: fromUnitId, last_submission_no: once } = report;
  await tellUnit(tx, report, { kind: 'returned', fromUnitId, dueOn: body.dueOn, once });
  noteDecision(writing, report, { submissionId, reason: body.reason, dueOn: body.dueOn, items: body.items.length });
  return describeReport(writing, returned);
}

/** Takes an approved report out of the totals and gives it back to its unit, to the end of a day. */
export async function reopen(
  writing: Writing,
  unitId: string,
  reportId: string,
  { reason, until }: BodyOf<typeof reopenReport>,
): Promise<WholeReport> {
  const { tx, access } = writing;
  const report = await takeReport(tx, unitId, reportId);
  const decidedIn = await findUnitAbove(tx, access, report, 'reports.reopen');
  const state = requireEvent(report.state, 'reopen');
  requireDay(until, 'until');
  const submissionId = lastSubmission(report);
  const { accountId, name: accountName } = access.actor;
  await insertDecision(tx, {
    unitId,
    reportId,
    submissionId,
    kind: 'reopened',
    reason,
    dueOn: until,
    accountId,
    accountName,
    decidedIn,
  });
  const reopened = await moveReport(tx, report, { state, to: 'unit', dueOn: until, openUntil: until });
  await insertEvent(tx, report, {
    kind: 'reopen',
    state,
    accountName,
    reason,
    submissionNo: report.last_submission_no,
    dueOn: until,
  });
  await tellUnit(tx, report, {
    kind: 'reopened',
    fromUnitId: decidedIn,
    dueOn: until,
    once: report.last_submission_no,
  });
  noteDecision(writing, report, { submissionId, reason, until });
  const answered = await describeReport(writing, reopened);
  if (report.unit_kind === 'school') await countSubmission(tx, report, null);
  return answered;
}

/** A day until which somebody may work. @throws ProblemError invalid_request where it has passed */
export function requireDay(day: string, field: string): void {
  if (day < today())
    throw new ProblemError('invalid_request', { path: `body.${field}`, reason: 'không được trước hôm nay' });
}

/** The nearest unit of the reporting chain in which the actor may do this. @throws ProblemError forbidden */
export async function findUnitAbove(
  tx: Tx,
  access: Access,
  report: ReportRow,
  permission: Permission,
): Promise<string> {
  const chain = await selectChain(tx, report.unit_id, report.level, report.as_of);
  const found = chain.find((unitId) => actsFor(access.memberships, unitId, permission, report.level));
  if (!found) throw new ProblemError('forbidden');
  return found;
}

function requireCell(report: ReportRow, cell: string | null): void {
  if (cell === null || placesOf(formOf(report)).some((place) => place.key === cell)) return;
  throw new ProblemError('invalid_request', {
    path: 'body.cell',
    reason: `biểu ${report.form_code} không có ô ${cell}`,
  });
}

export async function comment(
  writing: Writing,
  unitId: string,
  reportId: string,
  { cell, text }: BodyOf<typeof addRemark>,
): Promise<Remark> {
  const { tx, access, audit } = writing;
  const report = await takeReport(tx, unitId, reportId);
  const authorUnitId = await findUnitAbove(tx, access, report, 'reviews.write');
  requireEvent(report.state, 'remark');
  requireCell(report, cell);
  const submissionId = lastSubmission(report);
  const { accountId: authorId, name: authorName } = access.actor;
  const [id] = await insertRemarks(
    tx,
    { unitId, reportId, submissionId, authorId, authorName, authorUnitId, isWorkItem: false },
    [{ cell, text }],
  );
  audit.subjectKind = 'remark';
  audit.subjectId = id!;
  audit.detail = { reportId, cell, text };
  return findRemark(tx, unitId, reportId, id!);
}

async function findRemark(tx: Tx, unitId: string, reportId: string, remarkId: string): Promise<Remark> {
  const row = await selectRemark(tx, unitId, reportId, remarkId);
  if (!row) throw new ProblemError('not_found');
  return describeRemark(row);
}

export async function answer(
  writing: Writing,
  unitId: string,
  reportId: string,
  remarkId: string,
  body: BodyOf<typeof answerRemark>,
): Promise<Remark> {
  const { tx, access, audit } = writing;
  const report = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, unitId, 'reports.prepare', report.level);
  requireEvent(report.state, 'answer');
  const before = await findRemark(tx, unitId, reportId, remarkId);
  if (!(await storeAnswer(tx, unitId, remarkId, body.version, body.answer, access.actor.name))) {
    throw new ProblemError('stale_record', {}, { current: before });
  }
  audit.subjectKind = 'remark';
  audit.subjectId = remarkId;
  audit.detail = { reportId, answer: body.answer };
  return findRemark(tx, unitId, reportId, remarkId);
}
