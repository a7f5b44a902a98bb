import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';
import type { Part } from './submission.queries.ts';

export interface AggregateRow {
  cells: Cells;
  parts: Part[];
}

/** The total of a unit with the submissions it is made of, as of one moment: a decision is in both or in neither. */
export async function selectAggregateWithParts(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
): Promise<AggregateRow> {
  const { rows } = await sql<AggregateRow>`
    select
      coalesce((select a.cells from aggregate a where a.unit_id = ${unitId} and a.period_id = ${periodId} and a.form_code = ${formCode}), '{}') as cells,
      (select coalesce(json_agg(json_build_object('unitId', c.unit_id, 'submissionId', c.submission_id, 'hash', c.hash) order by c.unit_id), '[]')
       from counted_submission c
       where c.period_id = ${periodId} and c.form_code = ${formCode}
         and ${unitId}::uuid = any (c.counted_in)) as parts`.execute(tx);
  return rows[0] ?? { cells: {}, parts: [] };
}

export interface MissingUnit {
  id: string;
  name: string;
  kind: string;
  state: string | null;
}

/** Units below that owe the form and whose report is not approved. */
export async function selectUnapproved(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
): Promise<MissingUnit[]> {
  const { rows } = await sql<MissingUnit>`
    with asked as materialized (
      select b.unit_id, b.kind, b.name
      from period p join period_form f on f.period_id = p.id and f.form_code = ${formCode}
      cross join lateral units_asked(${unitId}, f.level, p.as_of) b
      where p.id = ${periodId}
    ), sent as materialized (
      select r.unit_id, r.state from report r
      where r.period_id = ${periodId} and r.form_code = ${formCode}
    )
    select a.unit_id as id, a.name, a.kind, s.state from asked a left join sent s on s.unit_id = a.unit_id
    left join due_dates(${periodId}, array (select unit_id from asked)) d on d.unit_id = a.unit_id
    where s.state is distinct from 'approved' and (a.kind = 'school' or d.due_on is not null)
    order by a.kind = 'school', a.name collate "vi-x-icu"`.execute(tx);
  return rows;
}
