// What rules may know beside the record, read only where a kind's rules ask for it.
import { sql, type RawBuilder } from 'kysely';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { RuleContext } from '@khuevan/core/rules/rule.ts';
import type { Tx } from '#platform/database.ts';
import type { Place } from './record-reading.queries.ts';

/** The school's code beside the context: codes of people begin with it. */
export interface School {
  code: string;
  context: RuleContext;
}

type ClassRow = [
  code: string,
  grade: string,
  special: boolean,
  combined: boolean,
  combinedGrades: string[] | null,
  ageGroup: string | null,
];

interface Row {
  code: string;
  levels: string[];
  level_group: string | null;
  difficult_areas: string[] | null;
  classes: ClassRow[] | null;
  sites: string[] | null;
  staff: string[] | null;
  pupils: Record<string, number> | null;
}

/** Undefined where the unit is no school. */
export async function readSchool(
  tx: Tx,
  place: Place,
  asOf: string,
  kinds: readonly RecordKindName[],
): Promise<School | undefined> {
  const asks = (kind: RecordKindName, part: RawBuilder<unknown>) => (kinds.includes(kind) ? part : sql`null`);
  const { schoolId, schoolYear } = place;
  const here = sql`r.school_id = ${schoolId} and r.school_year = ${schoolYear}`;
  const { rows } = await sql<Row>`
    select u.code, u.levels, u.level_group,
      ${asks('student', sql`(select r.difficult_areas from school_profile r where ${here})`)} as difficult_areas,
      ${asks('student', sql`(select json_agg(json_build_array(r.code, r.grade, r.special, r.combined, r.combined_grades, r.age_group)) from class r where ${here})`)} as classes,
      ${asks('class', sql`(select array_agg(r.code) from site r where ${here})`)} as sites,
      ${asks('class', sql`(select array_agg(r.code) from staff_record r where ${here})`)} as staff,
      ${asks(
        'class',
        sql`(select json_object_agg(present.class_code, present.pupils) from (
        select r.class_code, count(*) as pupils from enrolment r
        where ${here} and r.entered_on <= ${asOf} and (r.left_on is null or r.left_on > ${asOf}) group by r.class_code) present)`,
      )} as pupils
    from unit u where u.id = ${schoolId} and u.kind = 'school'`.execute(tx);
  const row = rows[0];
  return row && { code: row.code, context: contextOf(row, schoolYear, asOf, kinds) };
}

function contextOf(row: Row, schoolYear: number, asOf: string, kinds: readonly RecordKindName[]): RuleContext {
  const isOfClass = kinds.includes('class');
  return {
    schoolYear,
    asOf,
    levels: row.levels,
    levelGroup: row.level_group,
    classes: new Map(
      (row.classes ?? []).map(([code, grade, special, combined, combinedGrades, ageGroup]) => [
        code,
        { grade, special, combined, combinedGrades: combinedGrades ?? [], ageGroup },
      ]),
    ),
    sites: isOfClass ? new Set(row.sites) : undefined,
    staff: isOfClass ? new Set(row.staff) : undefined,
    pupils: isOfClass ? new Map(Object.entries(row.pupils ?? {})) : undefined,
    difficultArea: kinds.includes('student') ? (row.difficult_areas ?? []).length > 0 : undefined,
  };
}
