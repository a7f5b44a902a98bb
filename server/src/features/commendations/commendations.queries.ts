import { sql } from 'kysely';
import { commendationRule, type CommendationRule } from '@khuevan/core/reports/commendation.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { ReportState } from '@khuevan/core/reports/states.ts';
import type { Tx } from '#platform/database.ts';

export interface ConductRow {
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  code: string;
  parent_name: string | null;
  forms: Array<{
    periodId: string;
    periodName: string;
    formCode: string;
    reportId: string | null;
    dueOn: string | null;
    state: ReportState;
    sendings: Array<{ on: string; dueOn: string | null }>;
    returns: number;
    refused: number;
    isExcused: boolean;
  }>;
}

/** What the units below one did in a school year, or it alone. */
export async function selectConduct(
  tx: Tx,
  unitId: string,
  asked: { schoolYear: number; day: string; alone: boolean; officesOnly: boolean; most: number },
): Promise<ConductRow[]> {
  const { rows } = await sql<ConductRow>`
    with conduct as materialized (
      select c.unit_id, c.parent_id, c.kind, json_agg(json_build_object('periodId', c.period_id, 'periodName', c.period_name, 'formCode', c.form_code,
          'reportId', c.report_id, 'dueOn', c.due_on, 'state', c.state, 'sendings', c.sendings, 'returns', c.returns, 'refused', c.refused,
          'isExcused', c.is_excused)
        order by c.due_on, c.form_code) as forms
      from conduct_below(${unitId}, ${asked.schoolYear}, ${asked.day}, ${asked.alone}) c
      where not (${asked.officesOnly} and c.kind = 'school')
      group by c.unit_id, c.parent_id, c.kind
    )
    select c.unit_id, u.name as unit_name, c.kind as unit_kind, u.code, o.name as parent_name, c.forms
    from conduct c join unit u on u.id = c.unit_id left join unit o on o.id = c.parent_id
    order by u.name collate "vi-x-icu" limit ${asked.most}`.execute(tx);
  return rows;
}

export interface RuleRow {
  unit_name: string;
  unit_kind: UnitKind;
  owner_id: string | null;
  owner_name: string | null;
  rule: CommendationRule | null;
  version: number;
}

/** The rule that holds for a unit: of its province before that of the ministry. */
export async function selectRule(
  tx: Tx,
  unitId: string,
  schoolYear: number,
  day: string,
): Promise<RuleRow | undefined> {
  const { rows } = await sql<Omit<RuleRow, 'rule'> & { rule: unknown }>`
    select u.name as unit_name, u.kind as unit_kind, r.owner_id, r.owner_name, r.rule, coalesce(r.version, 0) as version
    from unit u left join lateral (
      select c.owner_id, o.name as owner_name, c.rule, c.version from commendation_rule c join unit o on o.id = c.owner_id
      where c.school_year = ${schoolYear} and (c.owner_id = u.id or exists (select 1 from units_over(u.id, ${day}) a where a.unit_id = c.owner_id))
      order by o.kind = 'province' desc limit 1
    ) r on true
    where u.id = ${unitId}`.execute(tx);
  const row = rows[0];
  return row && { ...row, rule: row.rule === null ? null : commendationRule.parse(row.rule) };
}

/** False where somebody changed it since; 0 is the version of a rule that is not there yet. */
export async function saveRule(
  tx: Tx,
  saved: { ownerId: string; schoolYear: number; rule: CommendationRule; version: number },
): Promise<boolean> {
  const { rows } = await sql`
    insert into commendation_rule as c (owner_id, school_year, rule) values (${saved.ownerId}, ${saved.schoolYear}, ${JSON.stringify(saved.rule)}::jsonb)
    on conflict on constraint commendation_rule_pk do update set rule = excluded.rule, version = c.version + 1 where c.version = ${saved.version}
    returning c.version`.execute(tx);
  return rows.length === 1;
}
