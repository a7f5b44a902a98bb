// Reports below an office with what was said of their figures. Everything here is inside the scope of the transaction.
import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { ReportState } from '@khuevan/core/reports/states.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import type { Tx } from '#platform/database.ts';

export interface SaidReason {
  findingKey: string;
  reason: string;
  accountName: string;
  message?: Text;
}

export interface ReportBelow {
  unit_id: string;
  code: string;
  name: string;
  kind: UnitKind;
  parent_name: string;
  report_id: string;
  form_version: string;
  state: ReportState;
  last_submission_no: number;
  /** Of what was sent where it lies with the reviewer or is approved, else as they are stated now. */
  reasons: SaidReason[];
  /** As they were fetched, where the unit is at work. */
  draft: Cells | null;
  approved_by_name: string | null;
  approved_at: Date | null;
}

export async function selectReportsBelow(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
  { officesOnly }: { officesOnly: boolean },
): Promise<ReportBelow[]> {
  const { rows } = await sql<ReportBelow>`
    with asked as materialized (
      select b.* from period p join period_form f on f.period_id = p.id and f.form_code = ${formCode}
      cross join lateral units_asked(${unitId}, f.level, p.as_of) b
      where p.id = ${periodId} and not (${officesOnly} and b.kind = 'school')
    ), begun as materialized (
      select r.* from report r where r.period_id = ${periodId} and r.form_code = ${formCode} and (r.compiled_at is not null or r.last_submission_no > 0)
    ), stated as materialized (
      select e.unit_id, e.report_id, jsonb_agg(jsonb_build_object('findingKey', e.finding_key, 'reason', e.reason, 'accountName', e.account_name)) as reasons
      from explanation e where e.report_id in (select id from begun where state not in ('submitted', 'approved')) group by e.unit_id, e.report_id
    )
    select a.unit_id, a.code, a.name, a.kind, o.name as parent_name, b.id as report_id, b.form_version, b.state, b.last_submission_no,
      coalesce(case when b.state in ('submitted', 'approved') then s.explanations else t.reasons end, '[]') as reasons,
      case when b.state not in ('submitted', 'approved') and b.compiled_at is not null then b.cells end as draft,
      d.decided_by_name as approved_by_name, d.decided_at as approved_at
    from asked a
    join begun b on b.unit_id = a.unit_id
    join unit o on o.id = a.parent_id
    left join submission s on s.unit_id = b.unit_id and s.report_id = b.id and s.no = b.last_submission_no
    left join decision d on b.state = 'approved' and d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = 'approved'
    left join stated t on t.unit_id = b.unit_id and t.report_id = b.id
    order by a.kind = 'school', o.name collate "vi-x-icu", a.name collate "vi-x-icu", a.unit_id`.execute(tx);
  return rows;
}

export interface DecisionBelow {
  report_id: string;
  finding_key: string;
  reason: string;
  kind: 'accepted' | 'refused';
  note: string | null;
  decided_by_name: string;
  decided_at: Date;
  submission_no: number;
}

/** The newest on each reason of the reports of a form. */
export async function selectDecisionsBelow(tx: Tx, periodId: string, formCode: string): Promise<DecisionBelow[]> {
  const { rows } = await sql<DecisionBelow>`
    select distinct on (d.unit_id, d.report_id, d.finding_key, d.reason) d.report_id, d.finding_key, d.reason, d.kind, d.note, d.decided_by_name,
      d.decided_at, s.no as submission_no
    from report r
    join explanation_decision d on d.unit_id = r.unit_id and d.report_id = r.id
    join submission s on s.unit_id = d.unit_id and s.id = d.submission_id
    where r.period_id = ${periodId} and r.form_code = ${formCode}
    order by d.unit_id, d.report_id, d.finding_key, d.reason, d.decided_at desc, d.id desc`.execute(tx);
  return rows;
}
