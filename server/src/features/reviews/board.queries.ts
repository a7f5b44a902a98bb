import { sql } from 'kysely';
import type { ReportState } from '@khuevan/core/reports/states.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { Tx } from '#platform/database.ts';

export interface FormOfPeriodRow {
  form_code: string;
  form_version: string;
  level: string;
  period_name: string;
  period_kind: string;
  school_year: number;
  as_of: string;
  unit_kind: UnitKind;
  unit_name: string;
}

/** The form as a period asks for it, for a unit to which the period applies. */
export async function selectFormOfPeriod(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
): Promise<FormOfPeriodRow | undefined> {
  const { rows } = await sql<FormOfPeriodRow>`
    select f.form_code, f.form_version, f.level, p.name as period_name, p.kind as period_kind, p.school_year, p.as_of, u.kind as unit_kind, u.name as unit_name
    from period p join period_form f on f.period_id = p.id and f.form_code = ${formCode} join unit u on u.id = ${unitId}
    where p.id = ${periodId} and (exists (select 1 from units_over(u.id, p.as_of) a where a.unit_id = p.owner_id) or p.owner_id = u.id)`.execute(
    tx,
  );
  return rows[0];
}

export interface BoardRow {
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  code: string;
  parent_id: string;
  parent_name: string;
  due_on: string | null;
  id: string | null;
  form_version: string | null;
  state: ReportState | null;
  state_since: Date | null;
  reviewer_id: string | null;
  reviewer_name: string | null;
  holder_name: string | null;
  holder_id: string | null;
  last_submission_no: number | null;
  last_sent_at: Date | null;
  open_items: number;
}

/** Every list is bounded: a ministry sees offices only. */
const mostUnits = 5000;

/**
 * Who owes the form below a unit, and how far they are. What the scope hides is taken once per table: the list of units is then a
 * condition of an index and not a filter of each row.
 */
export async function selectBoard(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
  { officesOnly }: { officesOnly: boolean },
): Promise<BoardRow[]> {
  const { rows } = await sql<BoardRow>`
    with asked as materialized (
      select b.* from period p join period_form f on f.period_id = p.id and f.form_code = ${formCode}
      cross join lateral units_asked(${unitId}, f.level, p.as_of) b
      where p.id = ${periodId} and not (${officesOnly} and b.kind = 'school')
    ), begun as materialized (
      select r.unit_id, r.id, r.form_version, r.state, r.state_since, r.reviewer_id, r.holder_id, r.last_submission_no, r.last_sent_at, r.due_on
      from report r
      where r.period_id = ${periodId} and r.form_code = ${formCode}
    ), items as materialized (
      select m.unit_id, m.report_id, count(*)::integer as open_items from remark m
      where m.is_work_item and m.resolved_at is null
      group by m.unit_id, m.report_id
    )
    select a.unit_id, a.name as unit_name, a.kind as unit_kind, a.code, a.parent_id, o.name as parent_name, coalesce(b.due_on, d.due_on) as due_on,
      b.id, b.form_version, b.state, b.state_since, b.reviewer_id, v.name as reviewer_name, b.holder_id, h.name as holder_name,
      b.last_submission_no, b.last_sent_at, coalesce(i.open_items, 0) as open_items
    from asked a
    join unit o on o.id = a.parent_id
    left join due_dates(${periodId}, array (select unit_id from asked)) d on d.unit_id = a.unit_id
    left join begun b on b.unit_id = a.unit_id
    left join items i on i.unit_id = b.unit_id and i.report_id = b.id
    left join unit v on v.id = b.reviewer_id
    left join unit h on h.id = b.holder_id
    where a.kind = 'school' or d.due_on is not null
    order by a.kind = 'school', o.name collate "vi-x-icu", a.name collate "vi-x-icu"
    limit ${mostUnits}`.execute(tx);
  return rows;
}
