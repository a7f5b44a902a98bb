// Every form of every level filled from the records of a million learners and their staff, start and end of the year, as the
// officer of their province under row-level security. The baseline is one pass by hand for each measure that the forms count.
import assert from 'node:assert/strict';
import { grade, levelGroup } from '../core/src/codes/levels.ts';
import { type Cells, type FormDefinition, isFilledAt } from '../core/src/forms/definition.ts';
import type { MeasureName } from '../core/src/forms/measures.ts';
import { isAskedIn, newestVersions } from '../core/src/forms/versions.ts';
import { levelRows } from '../server/src/features/demo/index.ts';
import { compileForm, loadForms } from '../server/src/features/forms/index.ts';
import { seatPeriod } from '../server/src/testing/reports.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, prepare, tell, timesOf } from './measure.ts';
import { type BenchSchool, buildOriginal, buildWhole, provinceReviewer, schoolYear, seatOffices } from './province.ts';
import { type Bare, raiseBare } from './stage.ts';

const timesByHand = 4;
const measured = 3;
const startDay = `${schoolYear}-09-30`;
const endDay = `${schoolYear + 1}-05-31`;
/** Of ten schools: preschools, primary, lower and upper secondary, of two, of all levels, and continuing education. */
const mix = ['01', '06', '07', '01', '06', '08', '01', '09', '11', '13'];

export default async function measureLevels(): Promise<BenchLine[]> {
  const bare = await raiseBare();
  try {
    await seatOffices(bare.owner);
    await seatPeriod(bare.owner, schoolYear);
    const schools = await prepare('100,000 learners of all levels', () =>
      buildOriginal(bare.owner, bare.runtime.secrets, mix),
    );
    await prepare('1,000,000 learners of all levels', async () =>
      schools.push(...(await buildWhole(bare.owner, schools))),
    );
    const forms = newestVersions(loadForms().filter(({ valid }) => valid.from <= startDay));
    await compareStudents(bare, forms, schools);
    let ours = 0;
    for (const form of forms) {
      const took = median(await timesOf(measured, () => compile(bare, form, schools)));
      tell(`  ${form.code}: ${took.toFixed(0)} ms`);
      ours += took;
    }
    let hands = 0;
    for (const [measure, text] of Object.entries(byHand)) {
      const took = median(
        await timesOf(measured, () => bare.owner.query(text, [schools.map(({ id }) => id), schoolYear])),
      );
      tell(`  ${measure} by hand: ${took.toFixed(0)} ms`);
      hands += took;
    }
    return [
      atMost({ name: 'compile-all-levels', unit: 'ms', value: ours, baseline: hands, limit: hands * timesByHand }),
    ];
  } finally {
    await bare.close();
  }
}

const levelsOf = (group: string): readonly string[] => levelGroup.entries.find(({ code }) => code === group)!.levels;
const teaches = (form: FormDefinition, school: BenchSchool): boolean =>
  isFilledAt(form.level, levelsOf(school.levelGroup));

async function compile(
  { owner, runtime }: Bare,
  form: FormDefinition,
  schools: readonly BenchSchool[],
): Promise<Map<string, Cells>> {
  const { username, unitId } = provinceReviewer;
  const { rows } = await owner.query<{ id: string }>('select id from account where username = $1', [username]);
  const schoolIds = schools.filter((school) => teaches(form, school)).map(({ id }) => id);
  const asOf = isAskedIn(form, 'end') ? endDay : startDay;
  return runtime.database.read({ accountId: rows[0]!.id, name: username }, unitId, 'reports.read', ({ tx }) =>
    compileForm(tx, form, { schoolIds, schoolYear, asOf }),
  );
}

const countedGrades = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12', '13', '16', '17'];

/** Learners of each level: what the forms say is what the table holds. */
async function compareStudents(
  bare: Bare,
  forms: readonly FormDefinition[],
  schools: readonly BenchSchool[],
): Promise<void> {
  for (const { slug, level, student } of levelRows) {
    const form = forms.find((each) => each.slug === slug)!;
    const compiled = await compile(bare, form, schools);
    const stated = [...compiled.values()].reduce((sum, cells) => sum + (cells[`${student}.1`] ?? 0), 0);
    const { rows } = await bare.owner.query<{ held: number }>(
      `select count(*)::integer as held from enrolment e where e.school_year = $1 and e.grade = any ($2) and ${present('e', startDay)}`,
      [schoolYear, grade.entries.filter((each) => each.level === level).map(({ code }) => code)],
    );
    assert.equal(stated, rows[0]!.held, slug);
    assert.ok(stated > 10_000, slug);
  }
}

/** Sixty counts in one pass, as in the bench of the primary form. */
function countsOf(conditions: readonly string[], who: readonly string[]): string {
  return conditions
    .flatMap((condition) => who.map((each) => `count(*) filter (where ${condition} and ${each})`))
    .map((count, index) => `${count}::integer as n${index}`)
    .join(', ');
}

const present = (table: string, day: string) =>
  `${table}.entered_on <= '${day}' and (${table}.left_on is null or ${table}.left_on > '${day}')`;
const people = [
  'true',
  `s.sex = '02'`,
  `s.ethnicity <> all ('{01,55}')`,
  `s.sex = '02' and s.ethnicity <> all ('{01,55}')`,
];
const grades = countedGrades.map((code) => `e.grade = '${code}'`);
const spells = `from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id where e.school_id = any ($1::uuid[]) and e.school_year = $2`;
const posts = `from assignment a join staff_member s on s.school_id = a.school_id and s.id = a.staff_member_id where a.school_id = any ($1::uuid[]) and a.school_year = $2`;
const trainings = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map(
  (code) => `a.training = '${code}'`,
);
const rowsOf = (table: string, counted: string) =>
  `select t.school_id, ${counted} from ${table} t where t.school_id = any ($1::uuid[]) and t.school_year = $2 group by t.school_id`;

/** One pass for each measure, by whoever may see everything: grouped by school, some dozens of counts. */
const byHand: Record<MeasureName, string> = {
  school: rowsOf(
    'school_profile',
    `count(*) filter (where t.computers), count(*) filter (where t.internet), count(*) filter (where t.toilets)`,
  ),
  site: rowsOf('site', 'count(*), count(*) filter (where not t.is_main)'),
  class: rowsOf('class', countedGrades.map((code) => `count(*) filter (where t.grade = '${code}')`).join(', ')),
  student: `select e.school_id, ${countsOf(grades, people)} ${spells} and ${present('e', startDay)} group by e.school_id`,
  opening: `select e.school_id, ${countsOf(grades, people)} ${spells} and ${present('e', startDay)} group by e.school_id`,
  movement: `select e.school_id, ${countsOf(grades, people)} ${spells} and (e.entered_on > '${startDay}' or e.left_on > '${startDay}') group by e.school_id`,
  staff: `select a.school_id, ${countsOf(trainings, people)} ${posts} and ${present('a', startDay)} group by a.school_id`,
  departure: `select a.school_id, ${countsOf(trainings, people)} ${posts} and a.left_on > '${startDay}' group by a.school_id`,
  room: rowsOf('room', `sum(t.solid), sum(t.semi_solid), sum(t.temporary)`),
  budget: rowsOf('budget_line', `sum(t.settled), sum(t.planned), sum(t.estimated)`),
};
