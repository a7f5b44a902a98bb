import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { openAggregateCell, readAggregate, readBoard } from '@khuevan/core/contract/reviews.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { cellKey } from '@khuevan/core/forms/definition.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { daysLate, daysLeft } from '@khuevan/core/reports/deadlines.ts';
import { findForm } from '#features/forms';
import { addedSince } from '#features/reports';
import { dayOf, now, today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { selectCellParts, selectTotal, selectTotalCell } from './aggregate-cells.queries.ts';
import { selectBoard, selectFormOfPeriod, type BoardRow, type FormOfPeriodRow } from './board.queries.ts';

export type Board = ResponseOf<typeof readBoard>;
export type BoardUnit = Board['units'][number];

/** @throws ProblemError not_found where the period does not concern the unit. */
async function findFormOfPeriod(tx: Tx, unitId: string, periodId: string, formCode: string): Promise<FormOfPeriodRow> {
  const row = await selectFormOfPeriod(tx, unitId, periodId, formCode);
  if (!row) throw new ProblemError('not_found');
  return row;
}

export async function drawBoard(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: QueryOf<typeof readBoard>,
): Promise<Board & { form: FormOfPeriodRow }> {
  const form = await findFormOfPeriod(tx, unitId, periodId, formCode);
  const rows = await selectBoard(tx, unitId, periodId, formCode, { officesOnly: form.unit_kind === 'ministry' });
  const { slug } = findForm(form.form_code, form.form_version);
  const units = rows.map((row) => describeBoardRow(row, form, slug, periodId));
  const totals: Record<string, number> = {
    total: units.length,
    late: units.filter((unit) => unit.daysLate > 0).length,
  };
  for (const { state } of units) totals[state] = (totals[state] ?? 0) + 1;
  return { at: now().toISOString(), totals, units, form };
}

function describeBoardRow(row: BoardRow, form: FormOfPeriodRow, slug: string, periodId: string): BoardUnit {
  const state = row.state ?? 'not-started';
  return {
    id: row.id,
    unitId: row.unit_id,
    unitName: row.unit_name,
    unitKind: row.unit_kind,
    code: row.code,
    parentId: row.parent_id,
    parentName: row.parent_name,
    periodId,
    periodName: form.period_name,
    schoolYear: form.school_year,
    asOf: form.as_of,
    formCode: form.form_code,
    formSlug: slug,
    formVersion: row.form_version ?? form.form_version,
    state,
    stateSince: row.state_since?.toISOString() ?? null,
    holderId: row.holder_id ?? row.unit_id,
    holderName: row.holder_name ?? row.unit_name,
    reviewerId: row.reviewer_id ?? row.parent_id,
    reviewerName: row.reviewer_name ?? row.parent_name,
    dueOn: row.due_on,
    daysLeft: daysLeft(today(), row.due_on),
    daysLate: daysLate(today(), row.due_on, state, row.last_sent_at && dayOf(row.last_sent_at)),
    lastSubmissionNo: row.last_submission_no ?? 0,
    openWorkItems: row.open_items,
  };
}

export async function describeAggregate(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: QueryOf<typeof readAggregate>,
): Promise<ResponseOf<typeof readAggregate>> {
  const total = await selectTotal(tx, unitId, periodId, formCode);
  if (!total) throw new ProblemError('not_found');
  return {
    cells: total.cells ?? {},
    parts: total.parts ?? 0,
    schools: total.schools,
    updatedAt: total.updated_at?.toISOString() ?? null,
    formSlug: findForm(formCode, total.form_version).slug,
    formVersion: total.form_version,
    supplement:
      total.first_version === null
        ? null
        : {
            cells: [
              ...addedSince(
                { form_code: formCode, form_version: total.first_version },
                { form_code: formCode, form_version: total.form_version },
              ),
            ],
            parts: total.supplemented,
          },
  };
}

export async function openCellOfAggregate(
  tx: Tx,
  unitId: string,
  place: { row: string; column: string },
  query: QueryOf<typeof openAggregateCell>,
): Promise<ResponseOf<typeof openAggregateCell>> {
  const form = await findFormOfPeriod(tx, unitId, query.periodId, query.formCode);
  const cell = cellKey(place.row, place.column);
  if (!placesOf(findForm(form.form_code, form.form_version)).some((each) => each.key === cell))
    throw new ProblemError('not_found');
  const asked = { periodId: query.periodId, formCode: query.formCode, level: form.level, asOf: form.as_of, cell };
  const rows = await selectCellParts(tx, unitId, asked, query.pageSize, (query.page - 1) * query.pageSize);
  return {
    total: rows[0]?.total ?? 0,
    value: await selectTotalCell(tx, unitId, asked),
    parts: rows.map((row) => ({
      unitId: row.unit_id,
      unitName: row.unit_name,
      unitKind: row.unit_kind,
      reportId: row.report_id,
      submissionNo: row.submission_no,
      value: row.value,
    })),
  };
}
