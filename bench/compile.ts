// Form 02-TH-ĐN filled from the records: for one school of 1,500 pupils as its clerk, and for every school of a province of a
// million pupils as its officer, under row-level security. The baseline is one pass over the pupils by hand.
import assert from 'node:assert/strict';
import type { Cells } from '../core/src/forms/definition.ts';
import { compileForm, findForm } from '../server/src/features/forms/index.ts';
import { form } from '../server/src/testing/reports.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, p95, timesOf } from './measure.ts';
import { provinceReviewer, schoolYear, whole } from './province.ts';
import { openStage, type Stage } from './stage.ts';

const promise = { schoolP95Ms: 50, timesOnePass: 3 };
const asOf = `${schoolYear}-09-30`;
const runs = { school: { warming: 40, measured: 200 }, province: { warming: 1, measured: 3 } };

/** Sixty of the form's counts: pupils by grade, age and what they are given; of each all, girls, minority, minority girls. */
function countsByHand(): string[] {
  const grades = ['01', '02', '03', '04', '05'].map((grade) => `e.grade = '${grade}'`);
  const ages = [6, 7, 8, 9, 10].map(
    (age) => `s.birth_date between '${schoolYear - age}-01-01' and '${schoolYear - age}-12-31'`,
  );
  const states = ['true', 'e.repeating', 'e.new_entrant', 'e.two_sessions', 'e.disability is not null'];
  const minority = `s.ethnicity <> all ('{01,55}')`;
  return [...grades, ...ages, ...states].flatMap((of) =>
    ['true', `s.sex = '02'`, minority, `${minority} and s.sex = '02'`].map((who) => `${of} and ${who}`),
  );
}

const byHand = `select e.school_id, ${countsByHand()
  .map((condition, index) => `count(*) filter (where ${condition})::integer as n${index}`)
  .join(', ')}
  from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id
  where e.school_id = any ($1::uuid[]) and e.school_year = $2 and e.entered_on <= $3 and (e.left_on is null or e.left_on > $3) group by e.school_id`;

/** The form's cells for the counts by hand, in their order: by grade, by age, all. */
const cellsByHand = [40, 41, 42, 43, 44, 46, 47, 48, 49, 50, 37].flatMap((row) =>
  [1, 2, 3, 4].map((column) => `${row}.${column}`),
);

export default async function measureCompiling(): Promise<BenchLine[]> {
  const stage = await openStage();
  await stage.growWhole();
  const largest = stage.schools[0]!;
  const school = await measure(stage, largest.clerk, largest.id, [largest.id], runs.school);
  const all = stage.schools.map(({ id }) => id);
  const province = await measure(stage, provinceReviewer.username, provinceReviewer.unitId, all, runs.province);
  assert.ok(all.length >= whole.schools && school.pupils >= 1500 * 0.95 && province.pupils >= whole.pupils * 0.95);
  const onePass = median(province.byHand);
  return [
    atMost({
      name: 'compile-school',
      unit: 'ms',
      value: p95(school.ours),
      baseline: p95(school.byHand),
      limit: promise.schoolP95Ms,
    }),
    atMost({
      name: 'compile-province',
      unit: 'ms',
      value: median(province.ours),
      baseline: onePass,
      limit: onePass * promise.timesOnePass,
    }),
  ];
}

async function measure(
  { runtime, owner }: Stage,
  username: string,
  unitId: string,
  schoolIds: string[],
  { warming, measured }: { warming: number; measured: number },
): Promise<{ ours: number[]; byHand: number[]; pupils: number }> {
  const { rows } = await owner.query<{ id: string }>('select id from account where username = $1', [username]);
  const actor = { accountId: rows[0]!.id, name: username };
  const definition = findForm(form.code, form.version);
  const compile = () =>
    runtime.database.read(actor, unitId, 'reports.read', ({ tx }) =>
      compileForm(tx, definition, { schoolIds, schoolYear, asOf }),
    );
  const count = () =>
    owner.query<Record<string, number> & { school_id: string }>(byHand, [schoolIds, schoolYear, asOf]);

  const pupils = compare(await compile(), (await count()).rows);
  await timesOf(warming, count);
  const hands = await timesOf(measured, count);
  await timesOf(warming, compile);
  const ours = await timesOf(measured, compile);
  return { ours, byHand: hands, pupils };
}

/** Both counted the same, school by school. Answers the pupils counted. */
function compare(compiled: Map<string, Cells>, counted: Array<Record<string, number> & { school_id: string }>): number {
  assert.equal(counted.length, compiled.size);
  for (const row of counted) {
    const cells = compiled.get(row.school_id)!;
    cellsByHand.forEach((cell, index) => assert.equal(cells[cell], row[`n${index}`], `${row.school_id}: ${cell}`));
  }
  return counted.reduce((sum, { school_id }) => sum + compiled.get(school_id)!['37.1']!, 0);
}
