// Rows of reports and of what belongs to them. Everything here is inside the scope of the transaction.
import { sql } from 'kysely';
import type { Cells, PeriodKind } from '@khuevan/core/forms/definition.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { ReportEvent, ReportState } from '@khuevan/core/reports/states.ts';
import { now } from '#platform/clock.ts';
import { type Tx, writeUnanswered } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { textOfCells } from './known-figures.ts';

export interface ReportRow {
  id: string;
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  unit_levels: string[];
  period_id: string;
  period_name: string;
  period_kind: PeriodKind;
  school_year: number;
  as_of: string;
  counts_from: string;
  opens_on: string;
  /** Of the period, or the last day given to this report alone. */
  closes_on: string;
  form_code: string;
  form_version: string;
  level: string;
  state: ReportState;
  state_since: Date;
  reviewer_id: string;
  reviewer_name: string;
  holder_id: string;
  holder_name: string;
  last_submission_no: number;
  last_submission_id: string | null;
  /** Version of the form that was sent last. */
  last_form_version: string | null;
  /** Set by the last return, else by the period. */
  due_on: string | null;
  resend_by: string | null;
  missing_total: number;
  compiled_at: Date | null;
  records_digest: string | null;
  version: number;
}

const reportColumns = sql`
  r.id, r.unit_id, u.name as unit_name, u.kind as unit_kind, u.levels as unit_levels, r.period_id, p.name as period_name, p.kind as period_kind, p.school_year, p.as_of, opening_day(p) as counts_from, p.opens_on,
  greatest(p.closes_on, r.open_until, r.due_on) as closes_on, r.form_code, r.form_version, f.level, r.state, r.state_since, r.reviewer_id, v.name as reviewer_name, r.holder_id,
  h.name as holder_name, r.last_submission_no, s.id as last_submission_id, s.form_version as last_form_version, coalesce(r.due_on, (select d.due_on from due_dates(r.period_id, array[r.unit_id]) d)) as due_on, p.resend_by, r.missing_total, r.compiled_at, r.records_digest,
  r.version
  from report r
  join unit u on u.id = r.unit_id
  join unit v on v.id = r.reviewer_id
  join unit h on h.id = r.holder_id
  join period p on p.id = r.period_id
  join period_form f on f.period_id = r.period_id and f.form_code = r.form_code
  left join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no`;

export async function selectReport(tx: Tx, unitId: string, reportId: string): Promise<ReportRow | undefined> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} where r.unit_id = ${unitId} and r.id = ${reportId}`.execute(tx);
  return rows[0];
}

/** For a change: nobody else changes the report until this transaction ends. */
export async function lockReport(tx: Tx, unitId: string, reportId: string): Promise<ReportRow | undefined> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} where r.unit_id = ${unitId} and r.id = ${reportId} for update of r`.execute(tx);
  return rows[0];
}

export async function selectReportsOf(tx: Tx, unitId: string, periodId: string | undefined): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} where r.unit_id = ${unitId} and (${periodId ?? null}::uuid is null or r.period_id = ${periodId ?? null})`.execute(
    tx,
  );
  return rows;
}

export async function selectDraftCells(tx: Tx, unitId: string, reportId: string): Promise<Cells> {
  const { rows } = await sql<{ cells: Cells }>`
    select cells from report where unit_id = ${unitId} and id = ${reportId}`.execute(tx);
  return rows[0]?.cells ?? {};
}

/** The same as they are stored: to be compared, without being read. */
export async function selectDraftText(tx: Tx, unitId: string, reportId: string): Promise<string> {
  const { rows } = await sql<{ cells: string }>`
    select cells::text from report where unit_id = ${unitId} and id = ${reportId}`.execute(tx);
  return rows[0]?.cells ?? '{}';
}

export interface NewReport {
  unitId: string;
  periodId: string;
  formCode: string;
  formVersion: string;
  reviewerId: string;
}

/** The version of the form that a period asks for now; it stays so until this transaction ends. */
export async function holdFormVersion(tx: Tx, periodId: string, formCode: string): Promise<string> {
  await sql`select pg_advisory_xact_lock_shared(form_lock(${periodId}, ${formCode}))`.execute(tx);
  const { form_version: version } = await tx
    .selectFrom('period_form')
    .select('form_version')
    .where('period_id', '=', periodId)
    .where('form_code', '=', formCode)
    .executeTakeFirstOrThrow();
  return version;
}

/** Another click may have started it already: then its id. */
export async function insertReport(tx: Tx, report: NewReport): Promise<{ id: string; isNew: boolean }> {
  const inserted = await tx
    .insertInto('report')
    .values({
      unit_id: report.unitId,
      id: newId(),
      period_id: report.periodId,
      form_code: report.formCode,
      form_version: report.formVersion,
      state: 'draft' satisfies ReportState,
      reviewer_id: report.reviewerId,
      holder_id: report.unitId,
      state_since: now(),
    })
    .onConflict((conflict) => conflict.constraint('report_once').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return { id: inserted.id, isNew: true };
  const existing = await tx
    .selectFrom('report')
    .select('id')
    .where('unit_id', '=', report.unitId)
    .where('period_id', '=', report.periodId)
    .where('form_code', '=', report.formCode)
    .executeTakeFirstOrThrow();
  return { id: existing.id, isNew: false };
}

/** @returns the report as it is now */
export async function storeFigures(tx: Tx, report: ReportRow, cells: Cells, digest: string): Promise<ReportRow> {
  const stored = {
    ...report,
    records_digest: digest,
    compiled_at: now(),
    missing_total: 0,
    version: report.version + 1,
  };
  const storing = sql`
    update report set cells = ${textOfCells(cells)}::json, records_digest = ${digest}, compiled_at = ${stored.compiled_at}, missing_total = 0,
      version = ${stored.version}
    where unit_id = ${report.unit_id} and id = ${report.id}`;
  await writeUnanswered(tx, storing.compile(tx));
  return stored;
}

export async function storeMissing(tx: Tx, report: ReportRow, total: number): Promise<void> {
  await tx
    .updateTable('report')
    .set({ missing_total: total })
    .where('unit_id', '=', report.unit_id)
    .where('id', '=', report.id)
    .execute();
}

export interface Move {
  state: ReportState;
  /** Who holds it now. */
  to: 'unit' | 'reviewer';
  /** With a new submission. */
  submission?: { id: string; no: number };
  /** With a return. */
  dueOn?: string;
  /** The last day of work, where the period has closed. */
  openUntil?: string;
}

/** @returns the report as it is now */
export async function moveReport(
  tx: Tx,
  report: ReportRow,
  { state, to, submission, dueOn, openUntil }: Move,
): Promise<ReportRow> {
  const moved: ReportRow = {
    ...report,
    state,
    state_since: now(),
    holder_id: to === 'unit' ? report.unit_id : report.reviewer_id,
    holder_name: to === 'unit' ? report.unit_name : report.reviewer_name,
    last_submission_no: submission?.no ?? report.last_submission_no,
    last_submission_id: submission?.id ?? report.last_submission_id,
    last_form_version: submission ? report.form_version : report.last_form_version,
    due_on: dueOn ?? report.due_on,
    closes_on: [report.closes_on, openUntil ?? '', dueOn ?? ''].toSorted().at(-1)!,
    version: report.version + 1,
  };
  const moving = tx
    .updateTable('report')
    .set({
      state,
      holder_id: moved.holder_id,
      state_since: moved.state_since,
      last_submission_no: moved.last_submission_no,
      version: moved.version,
    })
    .$if(dueOn !== undefined, (update) => update.set({ due_on: dueOn! }))
    .$if(openUntil !== undefined, (update) => update.set({ open_until: openUntil! }))
    .where('unit_id', '=', report.unit_id)
    .where('id', '=', report.id);
  await writeUnanswered(tx, moving.compile());
  return moved;
}

export interface NewEvent {
  kind: ReportEvent;
  state: ReportState;
  accountName: string;
  reason?: string | null;
  submissionNo?: number | null;
  /** By when the unit is asked to send after this. */
  dueOn?: string;
}

export async function insertEvent(tx: Tx, report: { unit_id: string; id: string }, event: NewEvent): Promise<void> {
  const adding = tx.insertInto('report_event').values({
    unit_id: report.unit_id,
    id: newId(),
    report_id: report.id,
    kind: event.kind,
    state: event.state,
    account_name: event.accountName,
    reason: event.reason ?? null,
    submission_no: event.submissionNo ?? null,
    at: now(),
    due_on: event.dueOn ?? null,
  });
  await writeUnanswered(tx, adding.compile());
}

export interface ExplanationRow {
  finding_key: string;
  reason: string;
  account_name: string;
  stated_at: Date | string;
}

export async function selectExplanations(tx: Tx, unitId: string, reportId: string): Promise<ExplanationRow[]> {
  return tx
    .selectFrom('explanation')
    .select(['finding_key', 'reason', 'account_name', 'stated_at'])
    .where('unit_id', '=', unitId)
    .where('report_id', '=', reportId)
    .orderBy('finding_key')
    .execute();
}

export async function putExplanation(
  tx: Tx,
  report: ReportRow,
  findingKey: string,
  reason: string,
  accountName: string,
): Promise<void> {
  const said = { reason, account_name: accountName, stated_at: now() };
  const putting = tx
    .insertInto('explanation')
    .values({ unit_id: report.unit_id, report_id: report.id, finding_key: findingKey, ...said })
    .onConflict((conflict) => conflict.constraint('explanation_pk').doUpdateSet(said));
  await writeUnanswered(tx, putting.compile());
}

export interface RemarkRow {
  id: string;
  cell: string | null;
  text: string;
  is_work_item: boolean;
  author_name: string;
  author_unit_name: string;
  written_at: Date | string;
  submission_no: number | null;
  answer: string | null;
  answered_by_name: string | null;
  answered_at: Date | string | null;
  resolved_at: Date | string | null;
  version: number;
}

/** Open ones first, newest first. */
export const remarkRows = (unitId: string, reportId: string, remarkId?: string) => sql<RemarkRow>`
  select m.id, m.cell, m.text, m.is_work_item, m.author_name, a.name as author_unit_name, m.written_at, s.no as submission_no,
    m.answer, m.answered_by_name, m.answered_at, m.resolved_at, m.version
  from remark m
  join unit a on a.id = m.author_unit_id
  left join submission s on s.unit_id = m.unit_id and s.id = m.submission_id
  where m.unit_id = ${unitId} and m.report_id = ${reportId} and (${remarkId ?? null}::uuid is null or m.id = ${remarkId ?? null})
  order by m.resolved_at is not null, m.written_at desc, m.id desc
  limit 1000`;

export async function selectRemark(
  tx: Tx,
  unitId: string,
  reportId: string,
  remarkId: string,
): Promise<RemarkRow | undefined> {
  return (await remarkRows(unitId, reportId, remarkId).execute(tx)).rows[0];
}

/** Work items that the unit has not answered yet. */
export async function selectUnansweredItems(
  tx: Tx,
  unitId: string,
  reportId: string,
): Promise<Array<{ id: string; cell: string | null; text: string }>> {
  return tx
    .selectFrom('remark')
    .select(['id', 'cell', 'text'])
    .where('unit_id', '=', unitId)
    .where('report_id', '=', reportId)
    .where('is_work_item', '=', true)
    .where('answer', 'is', null)
    .where('resolved_at', 'is', null)
    .execute();
}

/** What was said about earlier versions is settled by the next one. */
export async function resolveRemarks(tx: Tx, unitId: string, reportId: string): Promise<void> {
  const resolving = tx
    .updateTable('remark')
    .set({ resolved_at: now() })
    .set((expression) => ({ version: expression('version', '+', 1) }))
    .where('unit_id', '=', unitId)
    .where('report_id', '=', reportId)
    .where('resolved_at', 'is', null);
  await writeUnanswered(tx, resolving.compile());
}

export async function selectUnitFace(
  tx: Tx,
  unitId: string,
): Promise<{ kind: UnitKind; levels: string[] } | undefined> {
  const row = await tx.selectFrom('unit').select(['kind', 'levels']).where('id', '=', unitId).executeTakeFirst();
  return row && { kind: row.kind as UnitKind, levels: row.levels };
}
