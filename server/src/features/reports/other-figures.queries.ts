// Figures of other forms and other years of the same units, which the checks of a form compare with.
import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';

export interface OtherFigures {
  unit_id: string;
  code: string;
  cells: Cells;
}

export interface AskedFigures {
  unitIds: string[];
  /** Under which the form is printed, in any of its versions. */
  codes: string[];
  schoolYear: number;
  periodKind: string;
  /** This year: also what is not approved yet. */
  isNow: boolean;
}

/**
 * Of a school what it sent, or is preparing; of an office the total of what is approved below it, once that is all of it: totals of
 * different schools do not compare. Of another year only what was approved.
 */
export async function selectOtherFigures(
  tx: Tx,
  { unitIds, codes, schoolYear, periodKind, isNow }: AskedFigures,
): Promise<Map<string, OtherFigures>> {
  const { rows } = await sql<OtherFigures>`
    with filled as (
      select r.unit_id, r.form_code as code, case when r.state in ('submitted', 'approved') then s.cells else r.cells end as cells, p.as_of
      from report r
      join unit u on u.id = r.unit_id and u.kind = 'school'
      join period p on p.id = r.period_id and p.school_year = ${schoolYear} and p.kind = ${periodKind}
      left join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no
      where r.unit_id = any (${unitIds}) and r.form_code = any (${codes}) and r.compiled_at is not null and (r.state = 'approved' or ${isNow})
      union all
      select a.unit_id, a.form_code, a.cells, p.as_of from aggregate a
      join unit u on u.id = a.unit_id and u.kind <> 'school'
      join period p on p.id = a.period_id and p.school_year = ${schoolYear} and p.kind = ${periodKind}
      join period_form f on f.period_id = a.period_id and f.form_code = a.form_code
      where a.unit_id = any (${unitIds}) and a.form_code = any (${codes}) and a.parts > 0 and a.parts = schools_asked(a.unit_id, f.level, p.as_of)
    )
    select distinct on (unit_id) unit_id, code, cells from filled order by unit_id, as_of desc`.execute(tx);
  return new Map(rows.map((row) => [row.unit_id, row]));
}

/** Those of the offices in whose total every school is that is asked. */
export async function selectWholeTotals(
  tx: Tx,
  unitIds: string[],
  periodId: string,
  formCode: string,
): Promise<Set<string>> {
  const { rows } = await sql<{ unit_id: string }>`
    select a.unit_id from aggregate_sum a
    join period p on p.id = a.period_id
    join period_form f on f.period_id = a.period_id and f.form_code = a.form_code
    where a.unit_id = any (${unitIds}) and a.period_id = ${periodId} and a.form_code = ${formCode}
      and a.parts > 0 and a.parts = schools_asked(a.unit_id, f.level, p.as_of)`.execute(tx);
  return new Set(rows.map((row) => row.unit_id));
}

type ApprovedFigures = Omit<AskedFigures, 'isNow'>;

/** The last approved report of a form in a year, by unit. */
export const approvedFigures = ({ unitIds, codes, schoolYear, periodKind }: ApprovedFigures) => sql<{
  unit_id: string;
  cells: Cells;
}>`
  select distinct on (r.unit_id) r.unit_id, s.cells from report r
  join period p on p.id = r.period_id and p.school_year = ${schoolYear} and p.kind = ${periodKind}
  join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no
  where r.unit_id = any (${unitIds}) and r.form_code = any (${codes}) and r.state = 'approved'
  order by r.unit_id, p.as_of desc`;

export async function selectApprovedFigures(tx: Tx, asked: ApprovedFigures): Promise<Map<string, Cells>> {
  const { rows } = await approvedFigures(asked).execute(tx);
  return new Map(rows.map((row) => [row.unit_id, row.cells]));
}
