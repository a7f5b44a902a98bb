import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export interface ReviewTaskRow {
  period_id: string;
  period_name: string;
  form_code: string;
  level: string;
  count: number;
  since: Date;
  due_on: string | null;
}

/** Reports that wait for a unit's decision, by period and form. */
export async function selectToReview(tx: Tx, unitId: string): Promise<ReviewTaskRow[]> {
  const { rows } = await sql<ReviewTaskRow>`
    with held as materialized (
      select r.period_id, r.form_code, r.state_since from report r
      where r.holder_id = ${unitId} and r.state = 'submitted'
    )
    select p.id as period_id, p.name as period_name, h.form_code, f.level, count(*)::integer as count, min(h.state_since) as since, d.due_on
    from held h join period p on p.id = h.period_id join period_form f on f.period_id = p.id and f.form_code = h.form_code
    left join lateral due_dates(p.id, array[${unitId}::uuid]) d on true
    group by p.id, p.name, h.form_code, f.level, d.due_on order by min(h.state_since)`.execute(tx);
  return rows;
}

/** Work items not yet answered, by report. */
export async function countOpenItems(tx: Tx, unitId: string): Promise<Map<string, number>> {
  const rows = await tx
    .selectFrom('remark')
    .select(['report_id', sql<number>`count(*)::integer`.as('items')])
    .where('unit_id', '=', unitId)
    .where('is_work_item', '=', true)
    .where('resolved_at', 'is', null)
    .where('answer', 'is', null)
    .groupBy('report_id')
    .execute();
  return new Map(rows.map((row) => [row.report_id, row.items]));
}

export async function selectReadyImports(
  tx: Tx,
  unitId: string,
): Promise<Array<{ id: string; kind: string; file_name: string; created_at: Date; rows_good: number }>> {
  return tx
    .selectFrom('import')
    .select(['id', 'kind', 'file_name', 'created_at', 'rows_good'])
    .where('unit_id', '=', unitId)
    .where('state', '=', 'ready')
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute();
}

export interface SchoolFiguresRow {
  students: number;
  students_with_pin: number;
  classes: number;
  staff: number;
  staff_with_pin: number;
  teachers: Array<{ level: string; training: string; subjects: string[] | null }>;
}

/** A school as it stands on a day. Staff who work there: active or on leave (status 01, 07). */
export async function selectSchoolFigures(
  tx: Tx,
  schoolId: string,
  schoolYear: number,
  day: string,
  teacher: string,
): Promise<SchoolFiguresRow> {
  const { rows } = await sql<SchoolFiguresRow>`
    select s.*, c.*, t.* from (
      select count(*)::integer as students, count(pin_hash)::integer as students_with_pin from student_record
      where school_id = ${schoolId} and school_year = ${schoolYear} and entered_on <= ${day} and (left_on is null or left_on > ${day})
    ) s, (
      select count(*)::integer as classes from class where school_id = ${schoolId} and school_year = ${schoolYear}
    ) c, (
      select count(*)::integer as staff, count(pin_hash)::integer as staff_with_pin,
        coalesce(json_agg(json_build_object('level', level, 'training', training, 'subjects', subjects)) filter (where staff_group = ${teacher}), '[]') as teachers
      from staff_record
      where school_id = ${schoolId} and school_year = ${schoolYear} and status in ('01', '07')
        and entered_on <= ${day} and (left_on is null or left_on > ${day})
    ) t`.execute(tx);
  return rows[0]!;
}
