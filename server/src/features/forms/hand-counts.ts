// What indicators count, written a second time as plain SQL over the records of the school year 2024: for indicators.test.ts.
// Reads neither forms nor indicator files. `:who` is everybody, women and girls, or ethnic minorities.
import type pg from 'pg';

/** Numerator and denominator; without one the numerator is the value. */
interface HandCount {
  above: string;
  below?: string;
  times?: number;
}

/** Tables that the counts read: who was there on the day, who worked, what was spent. */
export async function seatHands(client: pg.PoolClient): Promise<void> {
  await client.query(`
    create temporary table learner as
    select e.school_id, e.school_year as year, e.grade, e.disability, c.special, e.new_entrant, e.repeating, e.informatics,
      e.foreign_language, e.vocational, e.year_result, s.sex = '02' as is_female, s.ethnicity not in ('01', '55') as is_minority,
      case when e.grade in ('16', '17') then 'mn' when e.grade <= '05' then 'th' when e.grade <= '09' then 'thcs'
        when e.grade <= '12' then 'thpt' else 'gdtx' end as level,
      e.entered_on <= make_date(e.school_year, 9, 30) and coalesce(e.left_on > make_date(e.school_year, 9, 30), true) as at_start,
      e.entered_on <= make_date(e.school_year + 1, 5, 31) and coalesce(e.left_on > make_date(e.school_year + 1, 5, 31), true) as at_end
    from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
    join class c on c.school_id = e.school_id and c.school_year = e.school_year and c.code = coalesce(e.opening_class_code, e.class_code);
    create temporary table worker as
    select a.level, a.staff_group, a.position, a.contract, a.multiple_duties, m.sex = '02' as is_female,
      m.ethnicity not in ('01', '55') as is_minority
    from assignment a join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
    where a.school_year = 2024 and a.status in ('01', '07') and a.entered_on <= '2024-09-30' and coalesce(a.left_on > '2024-09-30', true);
    create temporary table money as
    select b.line, b.planned, b.estimated, u.main_level as level from budget_line b join unit u on u.id = b.school_id where b.school_year = 2024;
    create temporary table place as
    select u.id, u.main_level as level, p.school_kind, p.disability_access from unit u join school_profile p on p.school_id = u.id and p.school_year = 2024`);
}

const count = (table: string, where: string): string => `select count(*) from ${table} where ${where}`;
const learners = (where: string): string => count('learner', `year = 2024 and at_start and :who and ${where}`);
const gdtx = (where = 'true'): string => learners(`level = 'gdtx' and ${where}`);
const nextYear = (where: string): string => count('learner', `year = 2025 and at_start and :who and ${where}`);
const disabled = (where = 'true'): string => learners(`disability is not null and ${where}`);
const staff = (where: string): string => count('worker', `:who and contract not in ('05', '06') and ${where}`);
const gdtxClasses = count('class', "school_year = 2024 and grade >= '13' and grade not in ('16', '17')");
const rooms = (sum: string): string =>
  `select sum(${sum}) from room where school_year = 2024 and level = '05' and room_kind = 'classroom'`;
const spent = (line: string, where = 'true', amount = 'estimated'): string =>
  `select coalesce(sum(${amount}), 0) from money where line in (${line}) and ${where}`;
const wholeSpent = "'total', 'training_total', 'retraining_total'";

const teachers = staff("level = '05' and staff_group = '03'");
const support = staff("staff_group = '02' and position = '33'");
/** Who of the support staff the form knows: a kind of its own, or anybody who has several duties. */
const counted = "'09', '10', '11', '13', '15', '16', '25', '32', '33', '34'";
const gdtxStaff = staff(
  `level = '05' and (staff_group in ('01', '03', '06') or staff_group = '02' and (position in (${counted}) or position = '12' and multiple_duties))`,
);

/** A level among the learners, and its code. */
const levels = [
  ['mn', '01'],
  ['th', '02'],
  ['thcs', '03'],
  ['thpt', '04'],
  ['gdtx', '05'],
] as const;
const kinds = { vision: '03', hearing: '02', intellect: '05', movement: '01', mental: '04', other: '06' };
const grades = [
  ...[1, 2, 3, 4, 5].map((grade) => ['th', grade] as const),
  ...[6, 7, 8, 9].map((grade) => ['thcs', grade] as const),
  ...[10, 11, 12].map((grade) => ['thpt', grade] as const),
];
const inGrade = (grade: number): string => `grade = '${String(grade).padStart(2, '0')}'`;
const notPromoted = (grade: number): string =>
  count('learner', `year = 2024 and at_end and :who and ${inGrade(grade)} and year_result = '03'`);
const graduates = (where: string): string =>
  count('learner', `year = 2024 and at_end and :who and level = 'thpt' and ${where}`);
const percent = (above: string, below: string): HandCount => ({ above, below, times: 100 });

const inclusive = (slug: string) =>
  percent(disabled(`level = '${slug}' and not special`), disabled(`level = '${slug}'`));
const effective = (first: number): HandCount =>
  percent(
    nextYear(`level = '${first === 6 ? 'thcs' : 'thpt'}' and new_entrant`),
    `(${learners(inGrade(first - 1))}) - (${notPromoted(first - 1)})`,
  );

export const handCounts: Readonly<Record<string, HandCount>> = {
  'gdtx-centres': { above: count('place', "level = '05'") },
  'gdtx-classes': { above: gdtxClasses },
  'gdtx-classrooms': { above: rooms('solid + semi_solid + temporary') },
  'gdtx-staff': { above: gdtxStaff },
  'gdtx-visiting': {
    above: count('worker', ":who and level = '05' and staff_group in ('03', '06') and contract in ('05', '06')"),
  },
  'gdtx-learners': { above: gdtx() },
  'gdtx-literacy': { above: gdtx("grade = '18'") },
  'gdtx-post-literacy': { above: gdtx("grade = '19'") },
  'gdtx-primary': { above: gdtx("grade between '24' and '28'") },
  'gdtx-lower-secondary': { above: gdtx("grade between '20' and '23'") },
  'gdtx-upper-secondary': { above: gdtx("grade between '13' and '15'") },
  'gdtx-new-entrants': { above: gdtx('new_entrant') },
  'gdtx-disabled': { above: gdtx('disability is not null') },
  'gdtx-upper-secondary-part': percent(
    gdtx("grade between '13' and '15'"),
    learners("(grade between '13' and '15' or level = 'thpt')"),
  ),
  'gdtx-upper-secondary-ger': percent(
    learners("(grade between '13' and '15' or level = 'thpt')"),
    // 100 people and as many as the age of each of 15, 16 and 17; half of them women, rounded down; of minorities nothing is known.
    "case ':who' when 'true' then 348 when 'is_female' then 173 end",
  ),
  'gdtx-repeaters-share': percent(gdtx('repeating'), gdtx()),
  'gdtx-repetition-uis': percent(nextYear("level = 'gdtx' and repeating"), gdtx()),
  'gdtx-informatics': percent(gdtx('informatics'), gdtx()),
  'gdtx-foreign-language': percent(gdtx('foreign_language is not null'), gdtx()),
  'gdtx-vocational': percent(gdtx('vocational'), gdtx()),
  'gdtx-learners-per-class': { above: gdtx(), below: gdtxClasses },
  'gdtx-learners-per-teacher': { above: gdtx(), below: teachers },
  'gdtx-teachers-per-class': { above: teachers, below: gdtxClasses },
  'gdtx-rooms-solid': percent(rooms('solid'), rooms('solid + semi_solid + temporary')),
  'gdtx-rooms-per-class': { above: rooms('solid + semi_solid + temporary'), below: gdtxClasses },
  'mn-inclusive-share': inclusive('mn'),
  'gdtx-inclusive-share': inclusive('gdtx'),

  'kt-learners': { above: disabled() },
  'kt-inclusive': { above: disabled('not special') },
  'kt-special': { above: disabled('special') },
  'kt-special-units': { above: count('place', "school_kind in ('04', '18')") },
  'kt-support-staff': { above: support },
  'kt-inclusive-share': percent(disabled('not special'), disabled()),
  'kt-share': percent(disabled(), learners('true')),
  ...Object.fromEntries(
    Object.entries(kinds).map(([kind, code]) => [
      `kt-${kind}`,
      percent(disabled(`disability = '${code}'`), disabled()),
    ]),
  ),
  'kt-learners-per-support': { above: disabled(), below: support },
  'kt-inclusive-units': percent(
    'select count(distinct school_id) from learner where year = 2024 and at_start and disability is not null and not special',
    count('place', 'true'),
  ),
  'kt-accessible': percent(count('place', 'disability_access'), count('place', 'true')),

  'ns-total': { above: spent(wholeSpent) },
  'ns-execution': percent(spent(wholeSpent), spent(wholeSpent, 'true', 'planned')),
  'ns-per-learner': { above: spent("'total'"), below: learners('true') },
  'ns-personal-share': percent(spent("'use_personal'"), spent("'total'")),
  'ns-state-share': percent(spent("'source_budget'"), spent("'total'")),
  'ns-preschool': percent(spent("'total'", "level = '01'"), spent(wholeSpent)),
  'ns-primary': percent(spent("'total'", "level = '02'"), spent(wholeSpent)),
  'ns-lower-secondary': percent(spent("'total'", "level = '03'"), spent(wholeSpent)),
  'ns-upper-secondary': percent(spent("'total'", "level = '04'"), spent(wholeSpent)),
  'ns-continuing': percent(spent("'total'", "level = '05'"), spent(wholeSpent)),
  'ns-training': percent(spent("'training_total', 'retraining_total'"), spent(wholeSpent)),
  ...Object.fromEntries(
    levels.flatMap(([slug, code]): Array<[string, HandCount]> => {
      const total = spent("'total'", `level = '${code}'`);
      return [
        [`${slug}-spending-per-learner`, { above: total, below: learners(`level = '${slug}'`) }],
        [`${slug}-personal-share`, percent(spent("'use_personal'", `level = '${code}'`), total)],
        [`${slug}-state-share`, percent(spent("'source_budget'", `level = '${code}'`), total)],
      ];
    }),
  ),

  'thpt-graduation': percent(graduates("year_result = '07'"), graduates("year_result in ('07', '08')")),
  'thcs-transition-effective': effective(6),
  'thpt-transition-effective': effective(10),
  ...Object.fromEntries(
    grades.map(([slug, grade]) => [
      `${slug}-repetition-uis-${grade}`,
      percent(notPromoted(grade), learners(inGrade(grade))),
    ]),
  ),
};
