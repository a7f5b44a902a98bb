// The records of a school as they were known at a moment.
import { sql, type RawBuilder } from 'kysely';

const tables = [
  'school_profile',
  'site',
  'class',
  'student',
  'enrolment',
  'staff_member',
  'assignment',
  'room',
  'budget_line',
];

/** When a submission was written, by the clock that stamps the records. */
export const momentOf = (unitId: string, reportId: string, no: number): RawBuilder<unknown> =>
  sql`(select recorded_at from submission where unit_id = ${unitId} and report_id = ${reportId} and no = ${no})`;

/**
 * A "with" under which each table of records holds what it held then: rows that have not changed since, and of the others the
 * version that history kept. The statement below it need not know.
 */
export function asRecordedAt(schoolIds: readonly string[], moment: RawBuilder<unknown>): RawBuilder<unknown> {
  const then = tables.map((table) => {
    const name = sql.table(table);
    return sql`${name} as (
      select r.* from ${name} r where r.school_id = any (${schoolIds}::uuid[]) and r.recorded_at <= (select at from moment)
      union all
      select was.* from history h cross join lateral jsonb_populate_record(null::${name}, h.content) was
      where h.school_id = any (${schoolIds}::uuid[]) and h.table_name = ${table}
        and h.recorded_from <= (select at from moment) and h.recorded_to > (select at from moment))`;
  });
  return sql`with moment as (select ${moment} as at), ${sql.join(then)}`;
}
