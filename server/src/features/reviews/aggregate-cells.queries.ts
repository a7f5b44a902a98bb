import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { Tx } from '#platform/database.ts';

export interface TotalRow {
  cells: Cells | null;
  parts: number | null;
  updated_at: Date | null;
  form_version: string;
  /** Set where another version was published while the period ran. */
  first_version: string | null;
  /** Parts by the present version; counted only where there was another. */
  supplemented: number;
  /** That owe the form, at and below the unit. */
  schools: number;
}

/** A unit's total of a form, for a unit to which the period applies. */
export async function selectTotal(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
): Promise<TotalRow | undefined> {
  const { rows } = await sql<TotalRow>`
    select a.cells, a.parts, a.updated_at, f.form_version, f.first_version,
      case when f.first_version is null then 0 else parts_by_version(u.id, p.id, f.form_code, f.form_version) end as supplemented,
      schools_asked(u.id, f.level, p.as_of) as schools
    from period p
    join period_form f on f.period_id = p.id and f.form_code = ${formCode}
    join unit u on u.id = ${unitId}
    left join aggregate a on a.unit_id = u.id and a.period_id = p.id and a.form_code = f.form_code
    where p.id = ${periodId} and (p.owner_id = u.id or exists (select 1 from units_over(u.id, p.as_of) o where o.unit_id = p.owner_id))`.execute(
    tx,
  );
  return rows[0];
}

/** One cell of a unit's total; null where blank. */
export async function selectTotalCell(tx: Tx, unitId: string, asked: CellAsked): Promise<number | null> {
  const { rows } = await sql<{ value: number | null }>`
    select case when a.filled[k.place] > 0 then a.amounts[k.place] / 100.0 end as value
    from aggregate_sum a join (
      select array_position(f.cells, ${asked.cell}) as place from period_form f where f.period_id = ${asked.periodId} and f.form_code = ${asked.formCode}
    ) k on true
    where a.unit_id = ${unitId} and a.period_id = ${asked.periodId} and a.form_code = ${asked.formCode}`.execute(tx);
  return rows[0]?.value ?? null;
}

export interface CellPartRow {
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  report_id: string | null;
  submission_no: number | null;
  value: number | null;
  total: number;
}

export interface CellAsked {
  periodId: string;
  formCode: string;
  level: string;
  asOf: string;
  cell: string;
}

/** What one cell of a total is made of: the totals of the units directly below, or the school's own submission. */
export async function selectCellParts(
  tx: Tx,
  unitId: string,
  asked: CellAsked,
  limit: number,
  offset: number,
): Promise<CellPartRow[]> {
  const { periodId, formCode, level, asOf, cell } = asked;
  const { rows } = await sql<CellPartRow>`
    with below as (
      select b.unit_id, b.kind, b.name from units_asked_next(${unitId}, ${level}, ${asOf}) b
      union all
      select u.id, u.kind, u.name from unit u where u.id = ${unitId} and u.kind = 'school'
    ), shown as materialized (
      select b.*, count(*) over ()::integer as total from below b
      order by b.kind = 'school', b.name collate "vi-x-icu" limit ${limit} offset ${offset}
    -- One look at each table, for those that are shown: the scope is then read once, and lists of figures are long.
    ), held as materialized (
      select a.unit_id, case when a.filled[k.place] > 0 then a.amounts[k.place] / 100.0 end as value
      from aggregate_sum a cross join (select array_position(f.cells, ${cell}) as place from period_form f where f.period_id = ${periodId} and f.form_code = ${formCode}) k
      where a.unit_id = any (array (select s.unit_id from shown s)) and a.period_id = ${periodId} and a.form_code = ${formCode}
    ), begun as materialized (
      select r.unit_id, r.id, r.last_submission_no from report r
      where r.unit_id = any (array (select s.unit_id from shown s)) and r.period_id = ${periodId} and r.form_code = ${formCode}
    ), counted as materialized (
      select c.unit_id, c.no from counted_submission c
      where c.unit_id = any (array (select s.unit_id from shown s)) and c.period_id = ${periodId} and c.form_code = ${formCode}
    )
    select b.unit_id, b.name as unit_name, b.kind as unit_kind, r.id as report_id, b.total, h.value,
      case when b.kind = 'school' then c.no else nullif(r.last_submission_no, 0) end as submission_no
    from shown b
    left join held h on h.unit_id = b.unit_id
    left join begun r on r.unit_id = b.unit_id
    left join counted c on c.unit_id = b.unit_id
    order by b.kind = 'school', b.name collate "vi-x-icu"`.execute(tx);
  return rows;
}
