// What rules may know beside a record, for all schools of an import at once, and only what the kind's rules ask for.
import { sql, type RawBuilder } from 'kysely';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { RuleContext } from '@khuevan/core/rules/rule.ts';
import type { Tx } from '#platform/database.ts';
import type { SchoolRow } from './imports.queries.ts';

type ClassFact = [
  code: string,
  grade: string,
  special: boolean,
  combined: boolean,
  combinedGrades: string[] | null,
  ageGroup: string | null,
];

interface Facts {
  school_id: string;
  classes: ClassFact[] | null;
  difficult: boolean | null;
  sites: string[] | null;
  staff: string[] | null;
}

export async function readContexts(
  tx: Tx,
  kind: RecordKindName,
  schools: readonly SchoolRow[],
  schoolYear: number,
  asOf: string,
): Promise<Map<string, RuleContext>> {
  const facts = await readFacts(tx, kind, schools, schoolYear);
  return new Map(schools.map((school) => [school.id, contextOf(kind, school, facts.get(school.id), schoolYear, asOf)]));
}

async function readFacts(
  tx: Tx,
  kind: RecordKindName,
  schools: readonly SchoolRow[],
  schoolYear: number,
): Promise<Map<string, Facts>> {
  const ids = schools.map((school) => school.id);
  const perSchool = (table: string, fact: RawBuilder<unknown>) =>
    sql`(select r.school_id, ${fact} as fact from ${sql.table(table)} r
      where r.school_id = any (${ids}::uuid[]) and r.school_year = ${schoolYear} group by r.school_id)`;
  const asked = (isAsked: boolean, query: RawBuilder<unknown>, type: string) =>
    isAsked ? query : sql`(select null::uuid as school_id, null::${sql.raw(type)} as fact)`;
  const isOfStudents = kind === 'student';
  const isOfClasses = kind === 'class';
  const classes = sql`json_agg(json_build_array(r.code, r.grade, r.special, r.combined, r.combined_grades, r.age_group))`;
  const codes = sql`array_agg(r.code)`;
  const { rows } = await sql<Facts>`
    select s.id as school_id, c.fact as classes, p.fact as difficult, t.fact as sites, f.fact as staff
    from unnest(${ids}::uuid[]) as s (id)
    left join ${asked(isOfStudents, perSchool('class', classes), 'json')} c on c.school_id = s.id
    left join ${asked(isOfStudents, perSchool('school_profile', sql`bool_or(cardinality(r.difficult_areas) > 0)`), 'boolean')} p on p.school_id = s.id
    left join ${asked(isOfClasses, perSchool('site', codes), 'text[]')} t on t.school_id = s.id
    left join ${asked(isOfClasses, perSchool('staff_record', codes), 'text[]')} f on f.school_id = s.id`.execute(tx);
  return new Map(rows.map((row) => [row.school_id, row]));
}

function contextOf(
  kind: RecordKindName,
  { levels }: SchoolRow,
  facts: Facts | undefined,
  schoolYear: number,
  asOf: string,
): RuleContext {
  const classes = (facts?.classes ?? []).map(([code, grade, special, combined, combinedGrades, ageGroup]) => {
    return [code, { grade, special, combined, combinedGrades: combinedGrades ?? [], ageGroup }] as const;
  });
  return {
    schoolYear,
    asOf,
    levels,
    classes: new Map(classes),
    ...(kind === 'class' && { sites: new Set(facts?.sites), staff: new Set(facts?.staff) }),
    ...(kind === 'student' && { difficultArea: facts?.difficult ?? false }),
  };
}
