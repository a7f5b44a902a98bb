import { ProblemError } from '@khuevan/core/problems.ts';
import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type {
  compareSubmissions,
  compileReport,
  explainFinding,
  readSubmission,
  startReport,
} from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { codesOfForm } from '#features/forms';
import { selectDuties } from '#features/periods';
import { today } from '#platform/clock.ts';
import type { Reading, Tx, Writing } from '#platform/database.ts';
import { describeJudgement, judgeReport } from './checks.actions.ts';
import { currentDigest, draftCells, findRecordFindings, workOut } from './figures.actions.ts';
import { missingIn, type Missing } from './missing.actions.ts';
import { decisionsBy } from './reason-decisions.ts';
import { selectReasonDecisions } from './reason-decisions.queries.ts';
import * as faces from './report-face.ts';
import {
  holdFormVersion,
  insertEvent,
  insertReport,
  lockReport,
  putExplanation,
  selectReport,
  selectReportsOf,
  storeFigures,
  storeMissing,
  type ReportRow,
} from './report.queries.ts';
import { requireActingFor, requireEvent, requireOpen } from './report.rules.ts';
import { selectDetail } from './report-detail.queries.ts';
import { describeSupplement } from './supplement.ts';
import { selectSubmission, selectUnitNames } from './submission.queries.ts';

/** @throws ProblemError not_found */
export async function findReport(tx: Tx, unitId: string, reportId: string): Promise<ReportRow> {
  const row = await selectReport(tx, unitId, reportId);
  if (!row) throw new ProblemError('not_found');
  return row;
}

/** For a change. @throws ProblemError not_found */
export async function takeReport(tx: Tx, unitId: string, reportId: string): Promise<ReportRow> {
  const row = await lockReport(tx, unitId, reportId);
  if (!row) throw new ProblemError('not_found');
  return row;
}

/** @param known cells of the report, and the digest of what it is made of now, where they are at hand */
export async function describeReport(
  { tx, access }: Reading,
  row: ReportRow,
  known: { cells?: Cells; digest?: string } = {},
): Promise<faces.WholeReport> {
  // Who may not see the records cannot tell whether they have changed; an office's report is made of submissions.
  const maySee = row.unit_kind !== 'school' || access.may('records.read');
  const detail = await selectDetail(tx, row, codesOfForm(row.form_code));
  return {
    ...faces.describeReportRow(row),
    cells: known.cells ?? (await draftCells(tx, row)),
    resendBy: row.resend_by,
    compiledAt: row.compiled_at?.toISOString() ?? null,
    outdated:
      row.compiled_at !== null && maySee && (known.digest ?? (await currentDigest(tx, row))) !== row.records_digest,
    version: row.version,
    submissions: detail.submissions.map(faces.describeSubmission),
    remarks: detail.remarks.map(faces.describeRemark),
    explanations: detail.explanations.map(faces.describeExplanation),
    events: detail.events.map(faces.describeEvent),
    supplement: describeSupplement(row, detail.submissions),
    previousYear: detail.previous_year,
  };
}

export async function readWholeReport(reading: Reading, unitId: string, reportId: string): Promise<faces.WholeReport> {
  return describeReport(reading, await findReport(reading.tx, unitId, reportId));
}

/** What a unit owes and what it has begun, newest period first. */
export async function listReportsOf(tx: Tx, unitId: string, periodId: string | undefined): Promise<faces.ReportFace[]> {
  const duties = await selectDuties(tx, unitId, { periodId });
  const begun = (await selectReportsOf(tx, unitId, periodId)).map(faces.describeReportRow);
  const keyOf = (report: faces.ReportFace) => `${report.periodId} ${report.formCode}`;
  const byKey = new Map(begun.map((report) => [keyOf(report), report]));
  const owed = duties.map(faces.describeDuty).map((duty) => byKey.get(keyOf(duty)) ?? duty);
  const beyond = begun.filter((report) => !owed.includes(report));
  return [...owed, ...beyond].toSorted((a, b) => (a.asOf < b.asOf ? 1 : a.asOf > b.asOf ? -1 : 0));
}

export async function startNewReport(
  writing: Writing,
  unitId: string,
  { periodId, formCode }: BodyOf<typeof startReport>,
): Promise<faces.WholeReport> {
  const { tx, access, audit } = writing;
  const [duty] = await selectDuties(tx, unitId, { periodId, formCode });
  if (!duty) throw new ProblemError('not_found');
  requireActingFor(access.memberships, unitId, 'reports.prepare', duty.level);
  requireOpen(duty, today());
  const { id, isNew } = await insertReport(tx, {
    unitId,
    periodId,
    formCode,
    formVersion: await holdFormVersion(tx, periodId, formCode),
    reviewerId: duty.reviewer_id,
  });
  if (isNew)
    await insertEvent(tx, { unit_id: unitId, id }, { kind: 'start', state: 'draft', accountName: access.actor.name });
  audit.subjectKind = 'report';
  audit.subjectId = id;
  audit.detail = { periodId, formCode };
  return describeReport(writing, await findReport(tx, unitId, id), isNew ? { cells: {} } : {});
}

/** "Lấy dữ liệu": the figures of the records as they are now, or the list of what is missing in them. */
export async function compileFigures(
  writing: Writing,
  unitId: string,
  reportId: string,
): Promise<ResponseOf<typeof compileReport>> {
  const { tx, access, audit } = writing;
  const row = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, unitId, 'reports.prepare', row.level);
  const state = requireEvent(row.state, 'compile');
  requireOpen(row, today());
  audit.subjectKind = 'report';
  audit.subjectId = reportId;
  const digest = await currentDigest(tx, row);
  const { findings, figures } = await workOut(tx, row, digest, (found) => missingIn(found).length > 0);
  if (!figures) {
    const missing = missingIn(findings);
    await storeMissing(tx, row, missing.length);
    audit.detail = { missing: missing.length };
    return { blocked: true, missingTotal: missing.length, missing: missing.slice(0, shownAtOnce), report: null };
  }
  const stored = await storeFigures(tx, row, figures.cells, figures.digest);
  await insertEvent(tx, row, { kind: 'compile', state, accountName: access.actor.name });
  const report = await describeReport(writing, stored, figures);
  return { blocked: false, missingTotal: 0, missing: [], report };
}

const shownAtOnce = 500;

export async function listMissing(
  tx: Tx,
  unitId: string,
  reportId: string,
): Promise<{ report: ReportRow; missing: Missing[] }> {
  const report = await findReport(tx, unitId, reportId);
  return { report, missing: missingIn(await findRecordFindings(tx, report, await currentDigest(tx, report))) };
}

export async function checkFigures({ tx, access }: Reading, unitId: string, reportId: string) {
  const row = await findReport(tx, unitId, reportId);
  const cells = await draftCells(tx, row);
  const digest = access.may('records.read') ? await currentDigest(tx, row) : undefined;
  return describeJudgement(await judgeReport(tx, row, cells, digest));
}

export async function stateReason(
  writing: Writing,
  unitId: string,
  reportId: string,
  findingKey: string,
  { reason }: BodyOf<typeof explainFinding>,
): Promise<void> {
  const { tx, access, audit } = writing;
  const row = await takeReport(tx, unitId, reportId);
  requireActingFor(access.memberships, unitId, 'reports.prepare', row.level);
  requireEvent(row.state, 'explain');
  await putExplanation(tx, row, findingKey, reason, access.actor.name);
  audit.subjectKind = 'report';
  audit.subjectId = reportId;
  audit.detail = { findingKey, reason };
}

export async function readOneSubmission(
  tx: Tx,
  unitId: string,
  reportId: string,
  no: number,
): Promise<ResponseOf<typeof readSubmission>> {
  const row = await selectSubmission(tx, unitId, reportId, no);
  if (!row) throw new ProblemError('not_found');
  const names = await selectUnitNames(
    tx,
    row.parts.map((part) => part.unitId),
  );
  const decisionOn = decisionsBy(await selectReasonDecisions(tx, unitId, reportId));
  return {
    ...faces.describeSubmission(row),
    cells: row.cells,
    parts: row.parts.map((part) => ({ ...part, unitName: names.get(part.unitId) ?? '' })),
    explanations: row.explanations.map((said) => ({ ...said, decision: decisionOn(said.findingKey, said.reason) })),
    checkSettings: row.check_settings,
  };
}

/** Differing cells, in the order of the form. 0 stands for the report as it is being prepared. */
export async function compareVersions(
  tx: Tx,
  unitId: string,
  reportId: string,
  from: number,
  to: number,
): Promise<ResponseOf<typeof compareSubmissions>> {
  const row = await findReport(tx, unitId, reportId);
  const cellsOf = async (no: number): Promise<Cells> =>
    no === 0 ? draftCells(tx, row) : (await readOneSubmission(tx, unitId, reportId, no)).cells;
  const before = await cellsOf(from);
  const after = await cellsOf(to);
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  const changed = [...keys].filter((key) => before[key] !== after[key]);
  return {
    differences: changed
      .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
      .map((cell) => ({ cell, before: before[cell] ?? null, after: after[cell] ?? null })),
  };
}
