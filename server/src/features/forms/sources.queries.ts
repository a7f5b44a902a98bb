// Where each measure counts: its base relation on the as-of day, and the SQL of its dimensions. See docs/decisions/0004.
import { sql, type RawBuilder } from 'kysely';
import { codeList } from '@khuevan/core/codes/index.ts';
import { everyLevel, type Filter, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import type { MeasureName } from '@khuevan/core/forms/measures.ts';
import { startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import { ageDimension, ageMonthsDimension, dimension, type Dimensions, type Predicate } from './predicates.queries.ts';

/** Whose records are counted, of which school year, on which day (ISO). */
export interface CountingScope {
  schoolIds: readonly string[];
  schoolYear: number;
  asOf: string;
  /** The as-of day of the opening, after which movements are counted; absent it is the law's. */
  countsFrom?: string;
}

export interface Source {
  from: RawBuilder<unknown>;
  where: Predicate;
  /** Which of these records are there on the measure's day; absent where it has none. */
  there?: Predicate;
  schoolId: RawBuilder<unknown>;
  id: RawBuilder<unknown>;
  dimensions: Dimensions;
  /** What a record adds; by the column's `amount`, or '' where columns name none. Absent: each row of the base adds 1. */
  amounts?: Record<string, RawBuilder<unknown>>;
  /** For reading the records behind a cell. */
  subject: RawBuilder<unknown>;
  detail: RawBuilder<unknown>;
  order: RawBuilder<unknown>;
}

const codesWhere = (list: string, attribute: string, value: unknown): string[] =>
  codeList(list)
    .entries.filter((entry) => (entry as unknown as Record<string, unknown>)[attribute] === value)
    .map((entry) => entry.code);

const present = (table: string, { asOf }: CountingScope): Predicate =>
  sql`${sql.ref(`${table}.entered_on`)} <= ${asOf}::date and (${sql.ref(`${table}.left_on`)} is null or ${sql.ref(`${table}.left_on`)} > ${asOf}::date)`;
const inScope = (table: string, { schoolIds, schoolYear }: CountingScope): Predicate =>
  sql`${sql.ref(`${table}.school_id`)} = any (${schoolIds}::uuid[]) and ${sql.ref(`${table}.school_year`)} = ${schoolYear}`;
const minority = dimension('minority', sql`s.ethnicity <> all (${codesWhere('ethnicity', 'minority', false)}::text[])`);
const column = (name: string, reference: string): ReturnType<typeof dimension> => dimension(name, sql.ref(reference));

/** Facts of the school: `p` is its profile of the year, `u` the unit. */
const schoolFacts = (of: 'record' | 'school'): ReturnType<typeof dimension>[] => [
  dimension('ownership', sql`p.ownership`, of),
  dimension('area', sql`p.region`, of),
  dimension('schoolKind', sql`p.school_kind`, of),
  dimension('mainLevel', sql`u.main_level`, of),
  dimension('levelGroup', sql`u.level_group`, of),
];

const named = (...entries: ReturnType<typeof dimension>[]): Dimensions =>
  Object.fromEntries([...schoolFacts('school'), ...entries]);

/** Pupils of two days are the same records: one reading counts both. */
export const recordsOf = (measure: MeasureName): MeasureName => (measure === 'opening' ? 'student' : measure);

/** What a form counts, and where. `filter` holds for all of it. */
export function sourceOf(
  measure: MeasureName,
  form: FormDefinition,
  scope: CountingScope,
  filter: Filter = {},
): Source {
  switch (measure) {
    case 'school':
      return schools(form, scope);
    case 'site':
      return sites(scope);
    case 'class':
      return classes(scope);
    case 'student':
      return students(scope, filter);
    case 'opening':
      return students({ ...scope, asOf: openingDay(scope) }, filter);
    case 'movement':
      return movements(scope);
    case 'staff':
      return staff(scope);
    case 'departure':
      return departures(scope);
    case 'room':
      return rooms(scope);
    case 'budget':
      return budgetLines(scope);
  }
}

function schools(form: FormDefinition, scope: CountingScope): Source {
  const grades =
    form.level === everyLevel
      ? codeList('grade').entries.map((entry) => entry.code)
      : codesWhere('grade', 'level', form.level);
  return {
    from: sql`school_profile p join unit u on u.id = p.school_id
      left join (select c.school_id, count(*) as classes from class c where ${inScope('c', scope)} and c.grade = any (${grades}::text[])
        group by c.school_id) k on k.school_id = p.school_id
      left join (select t.school_id, count(*) as sites, count(*) filter (where not t.is_main) as satellites from site t where ${inScope('t', scope)}
        group by t.school_id) t on t.school_id = p.school_id
      left join (select e.school_id, count(*) as included from enrolment e ${specialClasses(scope)}
        where ${inScope('e', scope)} and ${present('e', scope)} and e.grade = any (${grades}::text[]) and e.disability is not null and not ${inSpecialClass}
        group by e.school_id) i on i.school_id = p.school_id`,
    where: inScope('p', scope),
    schoolId: sql`p.school_id`,
    id: sql`p.id`,
    dimensions: Object.fromEntries([
      ...schoolFacts('record'),
      dimension('classes', sql`coalesce(k.classes, 0)`),
      dimension('inclusiveStudents', sql`coalesce(i.included, 0)`),
      dimension('satelliteSites', sql`coalesce(t.satellites, 0)`),
      dimension('sites', sql`coalesce(t.sites, 0)`),
      column('levels', 'u.levels'),
      dimension('lowestLevel', sql`(select min(l.level) from unnest(u.levels) l (level))`),
      column('nationalStandard', 'p.national_standard'),
      column('twoSessions', 'p.two_sessions'),
      column('computers', 'p.computers'),
      column('internet', 'p.internet'),
      column('onlineTeaching', 'p.online_teaching'),
      column('electricity', 'p.electricity'),
      column('cleanWater', 'p.clean_water'),
      column('drinkingWater', 'p.drinking_water'),
      column('toilets', 'p.toilets'),
      column('handWashing', 'p.hand_washing'),
      column('lifeSkills', 'p.life_skills'),
      column('disabilityAccess', 'p.disability_access'),
      column('counselling', 'p.counselling'),
      column('disasterPlan', 'p.disaster_plan'),
    ]),
    subject: sql`u.name`,
    detail: sql`u.code`,
    order: sql`u.name`,
  };
}

function sites(scope: CountingScope): Source {
  return {
    from: sql`site t`,
    where: inScope('t', scope),
    schoolId: sql`t.school_id`,
    id: sql`t.id`,
    dimensions: named(column('isMain', 't.is_main')),
    subject: sql`t.name`,
    detail: sql`t.code`,
    order: sql`t.code`,
  };
}

const countedByClass = (scope: CountingScope, which: Predicate): RawBuilder<unknown> => sql`(
  select e.school_id, coalesce(e.opening_class_code, e.class_code) as code, count(*) as children from enrolment e
  where ${inScope('e', scope)} and ${present('e', scope)} and ${which} group by e.school_id, coalesce(e.opening_class_code, e.class_code)
)`;

function classes(scope: CountingScope): Source {
  return {
    // A form that asks for no children of a class does not pay for them: the planner leaves the join out.
    from: sql`class c
      left join ${countedByClass(scope, sql`true`)} n on n.school_id = c.school_id and n.code = c.code
      left join ${countedByClass(scope, sql`e.disability is not null`)} d on d.school_id = c.school_id and d.code = c.code`,
    where: inScope('c', scope),
    schoolId: sql`c.school_id`,
    id: sql`c.id`,
    dimensions: named(
      column('grade', 'c.grade'),
      column('twoSessions', 'c.two_sessions'),
      column('boardingClass', 'c.boarding'),
      column('special', 'c.special'),
      column('combined', 'c.combined'),
      column('specialisation', 'c.specialisation'),
      column('combinedAges', 'c.combined_ages'),
      column('ageGroup', 'c.age_group'),
      dimension('children', sql`coalesce(n.children, 0)`),
      dimension('includedChildren', sql`case when c.special then 0 else coalesce(d.children, 0) end`),
    ),
    subject: sql`c.name`,
    detail: sql`c.grade`,
    order: sql`c.grade || c.code`,
  };
}

/** Few classes are special: one small list a school, instead of a class for every pupil. */
const specialClasses = (scope: CountingScope): RawBuilder<unknown> => sql`left join (
  select c.school_id, array_agg(c.code) as codes from class c where ${inScope('c', scope)} and c.special group by c.school_id
) special on special.school_id = e.school_id`;
const inSpecialClass = sql<boolean>`coalesce(coalesce(e.opening_class_code, e.class_code) = any (special.codes), false)`;

/** Spells with their persons, joined in memory. The scope is said for both tables: it tells the planner how much it joins. */
const spells = ({ schoolIds }: CountingScope): RawBuilder<unknown> =>
  sql`enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id and s.school_id = any (${schoolIds}::uuid[])`;

/** Of few persons: those alone are read, by their index, and not everybody of the schools. */
const fewSpells = (scope: CountingScope): RawBuilder<unknown> =>
  sql`${spells(scope)} and s.id = any (array(select f.student_id from enrolment f where ${inScope('f', scope)} and f.disability is not null))`;

function students(scope: CountingScope, filter: Filter = {}): Source {
  return {
    from: sql`${filter.disability === '*' ? fewSpells(scope) : spells(scope)} ${specialClasses(scope)}`,
    where: inScope('e', scope),
    there: present('e', scope),
    schoolId: sql`e.school_id`,
    id: sql`e.id`,
    dimensions: named(
      column('sex', 's.sex'),
      minority,
      ageDimension(sql`s.birth_date`, scope.schoolYear),
      ageMonthsDimension(sql`s.birth_date`, scope.asOf),
      column('grade', 'e.grade'),
      column('newEntrant', 'e.new_entrant'),
      column('repeating', 'e.repeating'),
      column('twoSessions', 'e.two_sessions'),
      column('boarding', 'e.boarding'),
      column('disability', 'e.disability'),
      dimension('special', inSpecialClass),
      column('informatics', 'e.informatics'),
      column('foreignLanguage', 'e.foreign_language'),
      column('vocational', 'e.vocational'),
      column('policyGroup', 'e.policy_group'),
      column('costSupport', 'e.cost_support'),
      column('smallMinoritySupport', 'e.small_minority_support'),
      column('mealSupport', 'e.meal_support'),
      column('educationResult', 'e.education_result'),
      column('learningResult', 'e.learning_result'),
      column('conductResult', 'e.conduct_result'),
      column('yearResult', 'e.year_result'),
      column('healthChecked', 'e.health_checked'),
      column('nutrition', 'e.nutrition'),
      column('feeRelief', 'e.fee_relief'),
      column('lunchSupport', 'e.lunch_support'),
    ),
    subject: sql`s.full_name`,
    detail: sql`e.class_code`,
    order: sql`row(s.given_name, s.other_names)`,
  };
}

/** Said by the period itself when it was opened: what has been opened or approved since cannot change these figures. */
const openingDay = ({ schoolYear, countsFrom }: CountingScope): string => countsFrom ?? startOfYearAsOf(schoolYear);
const sinceOpening = (reference: string, scope: CountingScope): Predicate =>
  sql`${sql.ref(reference)} > ${openingDay(scope)}::date and ${sql.ref(reference)} <= ${scope.asOf}::date`;

/** A spell that began and ended since the opening is two movements. */
function movements(scope: CountingScope): Source {
  return {
    ...students(scope),
    there: undefined,
    from: sql`${spells(scope)}
      cross join lateral (values (e.entered_on, e.entry_status, null::text, null::text), (e.left_on, e.leave_status, e.leave_reason, e.destination))
        as m (day, status, reason, destination)`,
    // Said of the spell first, which most spells fail.
    where: sql`${inScope('e', scope)} and (e.entered_on > ${openingDay(scope)}::date or e.left_on > ${openingDay(scope)}::date) and ${sinceOpening('m.day', scope)}`,
    dimensions: named(
      column('sex', 's.sex'),
      minority,
      column('grade', 'e.grade'),
      column('disability', 'e.disability'),
      column('status', 'm.status'),
      column('leaveReason', 'm.reason'),
      column('destination', 'm.destination'),
    ),
  };
}

function staff(scope: CountingScope): Source {
  return {
    from: sql`assignment a join staff_member s on s.school_id = a.school_id and s.id = a.staff_member_id and s.school_id = any (${scope.schoolIds}::uuid[])`,
    where: sql`${inScope('a', scope)} and ${present('a', scope)} and a.status = any (${codesWhere('staff_status', 'working', true)}::text[])`,
    schoolId: sql`a.school_id`,
    id: sql`a.id`,
    dimensions: named(
      column('sex', 's.sex'),
      minority,
      ageDimension(sql`s.birth_date`, scope.schoolYear),
      column('level', 'a.level'),
      column('preschoolPart', 'a.preschool_part'),
      column('staffGroup', 'a.staff_group'),
      column('position', 'a.position'),
      column('contract', 'a.contract'),
      column('training', 'a.training'),
      column('youthLeader', 'a.youth_leader'),
      column('multipleDuties', 'a.multiple_duties'),
      column('subjects', 'a.subjects'),
    ),
    subject: sql`s.full_name`,
    detail: sql`coalesce(a.position, a.staff_group)`,
    order: sql`row(s.given_name, s.other_names)`,
  };
}

/** Whatever became of them: the status says whether they retired or went elsewhere. */
function departures(scope: CountingScope): Source {
  const members = staff(scope);
  return {
    ...members,
    where: sql`${inScope('a', scope)} and ${sinceOpening('a.left_on', scope)}`,
    dimensions: { ...members.dimensions, ...Object.fromEntries([column('staffStatus', 'a.status')]) },
  };
}

function rooms(scope: CountingScope): Source {
  return {
    from: sql`room r cross join lateral (values ('solid', r.solid), ('semiSolid', r.semi_solid), ('temporary', r.temporary)) as part (solidity, rooms)`,
    where: inScope('r', scope),
    schoolId: sql`r.school_id`,
    id: sql`r.id`,
    dimensions: named(
      column('level', 'r.level'),
      column('preschoolPart', 'r.preschool_part'),
      column('roomKind', 'r.room_kind'),
      column('solidity', 'part.solidity'),
    ),
    amounts: { '': sql`part.rooms` },
    subject: sql`r.room_kind`,
    detail: sql`r.level`,
    order: sql`r.room_kind`,
  };
}

function budgetLines(scope: CountingScope): Source {
  return {
    from: sql`budget_line b`,
    where: inScope('b', scope),
    schoolId: sql`b.school_id`,
    id: sql`b.id`,
    dimensions: named(column('line', 'b.line')),
    amounts: { settled: sql`b.settled`, planned: sql`b.planned`, estimated: sql`b.estimated` },
    subject: sql`b.line`,
    detail: sql`''`,
    order: sql`b.line`,
  };
}
