// Fourth act: the schools of the other levels send their forms, whoever reviews them approves, and each level's total is held
// against a recount in plain SQL past all that compiles and adds up.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeName } from '@khuevan/core/codes/index.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { approveReport, readAggregate, readBoard } from '@khuevan/core/contract/reviews.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { everyLevel } from '@khuevan/core/forms/definition.ts';
import { compileForm, findForm } from '#features/forms';
import { differencesFrom, type LevelCount, type LevelRows, levelRows } from '#features/demo';
import type { Person } from './api-client.ts';
import { compareCells, recountBy, recountOf, schoolsIn, sumOf } from './recount.ts';
import { formCode, mustBeRefused, sendReport } from './report.act.ts';
import type { Stage } from './stage.ts';
import { eachOf, must, type Story } from './step.ts';

export interface LevelFigures {
  level: string;
  form: string;
  schools: number;
  classes: number;
  students: number;
}

type Period = ResponseOf<typeof listPeriods>['periods'][number];
type Form = Period['forms'][number];
type Owed = ResponseOf<typeof readBoard>['units'][number] & { form: Form };

const atOnce = 6;

export async function playLevels(story: Story, stage: Stage): Promise<LevelFigures[]> {
  const province = await stage.enter(`so.${stage.schools[0]!.provinceCode}`);
  const { periods } = await province.call(listPeriods, {
    params: { unitId: province.unitId },
    query: { schoolYear: stage.schoolYear },
  });
  const period = periods.find((each) => each.forms.some(({ code }) => code === formCode))!;
  const owed = await readOwed(province, period);
  const reviewers = await enterReviewers(stage, owed);
  await playSeveralLevels(story, stage, period, owed, reviewers);
  await story.step(
    'schools of the other levels send, their reviewers approve',
    () => eachOf(bySchool(owed), atOnce, (forms) => sendAndApprove(stage, period, forms, reviewers)),
    (_) => ({ reports: owed.length }),
  );
  await story.step(
    'every cell of every form at the province = its recount in SQL',
    () => holdEveryCell(stage, province, period),
    (compared) => compared,
  );
  return story.step(
    'the total of every level = a recount in plain SQL',
    () => holdTotals(stage, province, period),
    (figures) => Object.fromEntries(figures.map(({ level, students }) => [codeName('level', level, 'vi'), students])),
  );
}

/** All would make the story half as long again; the figures of the others are held as the province would read them. */
const everyLevelSentByOneIn = 20;

/** What the schools of the province have not begun yet, form by form; of the forms of every level, what some of them send. */
async function readOwed(province: Person, period: Period): Promise<Owed[]> {
  const owed: Owed[] = [];
  for (const form of period.forms) {
    const query = { periodId: period.id, formCode: form.code };
    const { units } = await province.call(readBoard, { params: { unitId: province.unitId }, query });
    const schools = units.filter(({ unitKind, state }) => unitKind === 'school' && state === 'not-started');
    const sending =
      form.level === everyLevel ? schools.filter((_, place) => place % everyLevelSentByOneIn === 0) : schools;
    owed.push(...sending.map((unit) => ({ ...unit, form })));
  }
  return owed;
}

const bySchool = (owed: readonly Owed[]): Owed[][] => [...Map.groupBy(owed, ({ unitId }) => unitId).values()];

/** The districts, and of the Sở the department of each level. */
async function enterReviewers(stage: Stage, owed: readonly Owed[]): Promise<(report: Owed) => Person> {
  const { rows } = await stage.owner.query<{ id: string; kind: string; code: string }>(
    'select id, kind, code from unit where id = any ($1)',
    [[...new Set(owed.map(({ reviewerId }) => reviewerId))]],
  );
  const people = new Map<string, Person>();
  for (const { id, kind, code } of rows) {
    if (kind === 'district') people.set(id, await stage.enter(`phong.${code.toLowerCase()}`));
    else for (const each of departments) people.set(id + each.prefix, await stage.enter(`${each.prefix}.${code}`));
  }
  return ({ reviewerId, form }) =>
    people.get(reviewerId) ??
    people.get(reviewerId + (departments.find(({ levels }) => levels.includes(form.level))?.prefix ?? 'so'))!;
}

const departments = [
  { prefix: 'so.mn', levels: ['01'] },
  { prefix: 'so.th', levels: ['02'] },
  { prefix: 'so.trh', levels: ['03', '04'] },
  { prefix: 'so', levels: ['05'] },
];

async function sendAndApprove(
  stage: Stage,
  period: Period,
  forms: readonly Owed[],
  reviewerOf: (report: Owed) => Person,
): Promise<void> {
  const clerk = await stage.enter(`truong.${forms[0]!.code.toLowerCase()}`);
  for (const owed of forms) {
    const { id: reportId, lastSubmissionNo: submissionNo } = await sendReport(clerk, period.id, owed.form.code);
    await reviewerOf(owed).call(approveReport, { params: { unitId: owed.unitId, reportId }, body: { submissionNo } });
  }
}

/** One school sends a form for each of its levels; each goes to who reviews that level, and to nobody else. Takes it out of what is owed. */
async function playSeveralLevels(
  story: Story,
  stage: Stage,
  period: Period,
  owed: Owed[],
  reviewerOf: (report: Owed) => Person,
): Promise<void> {
  const ofLevels = owed.filter(({ form }) => form.level !== everyLevel);
  const [school] = bySchool(ofLevels).toSorted((a, b) => b.length - a.length);
  if (!school || school.length < 2) return;
  await story.step(
    'a school of several levels sends each level its form, to whoever reviews that level',
    async () => {
      const clerk = await stage.enter(`truong.${school[0]!.code.toLowerCase()}`);
      for (const report of school) {
        const { id: reportId, lastSubmissionNo: submissionNo } = await sendReport(clerk, period.id, report.form.code);
        const asked = { params: { unitId: report.unitId, reportId }, body: { submissionNo } };
        const mine = reviewerOf(report);
        for (const other of new Set(school.map(reviewerOf)))
          if (other !== mine)
            await mustBeRefused(other.call(approveReport, asked), 403, `${other.username} of another level`);
        must(
          (await mine.call(approveReport, asked)).state === 'approved',
          `${mine.username} approves ${report.form.code}`,
        );
      }
    },
    () => ({ school: school[0]!.unitName, forms: school.map(({ form }) => form.code).join() }),
  );
  for (const report of school) owed.splice(owed.indexOf(report), 1);
}

/** That of the primary form was held when its total was there. @throws Error with what differs */
async function holdEveryCell(stage: Stage, province: Person, period: Period): Promise<Record<string, number>> {
  const compared = await Promise.all(
    period.forms
      .filter(({ code }) => code !== formCode)
      .map(async (form) => {
        const query = { periodId: period.id, formCode: form.code };
        const recount = await recountOf(form);
        const { cells } = await province.call(readAggregate, { params: { unitId: province.unitId }, query });
        const sent = await recountBy(stage, recount, await schoolsIn(stage, query));
        const count = compareCells(cells, sent, `recount of ${form.code}`);
        if (form.level === everyLevel) {
          const { schoolIds, whole } = await compileWhole(stage, province, form);
          compareCells(whole, await recountBy(stage, recount, schoolIds), `recount of ${form.code} for every school`);
        }
        return [form.code, count] as const;
      }),
  );
  return Object.fromEntries(compared);
}

/** What the province would state if every school had sent, as its officer may read the records. */
async function compileWhole({ owner, database, schoolYear }: Stage, province: Person, { code, version }: Form) {
  const { rows: schools } = await owner.query<{ id: string }>(`select id from unit where kind = 'school'`);
  const { rows: accounts } = await owner.query<{ id: string }>('select id from account where username = $1', [
    province.username,
  ]);
  const schoolIds = schools.map(({ id }) => id);
  const actor = { accountId: accounts[0]!.id, name: province.username };
  const compiled = await database.read(actor, province.unitId, 'reports.read', ({ tx }) =>
    compileForm(tx, findForm(code, version), { schoolIds, schoolYear, asOf: `${schoolYear}-09-30` }),
  );
  return { schoolIds, whole: sumOf(compiled.values()) };
}

/** @throws Error with what differs */
async function holdTotals(stage: Stage, province: Person, period: Period): Promise<LevelFigures[]> {
  const counted = await countLevels(stage);
  const figures: LevelFigures[] = [];
  for (const form of period.forms) {
    const rows = levelRows.find(({ slug }) => slug === form.slug);
    if (!rows) continue;
    const query = { periodId: period.id, formCode: form.code };
    const { cells, parts } = await province.call(readAggregate, { params: { unitId: province.unitId }, query });
    const differences = differencesFrom(counted, rows, cells);
    must(differences.length === 0, differences.join('; '));
    figures.push(figuresOf(rows, form, cells, parts));
  }
  const classes = figures.reduce((sum, each) => sum + each.classes, 0);
  must(classes === stage.built.records.class, `${classes} classes of ${stage.built.records.class} are in the totals`);
  return figures;
}

const figuresOf = (rows: LevelRows, form: Form, cells: Record<string, number>, schools: number): LevelFigures => ({
  level: form.level,
  form: form.code,
  schools,
  classes: cells[`${rows.class}.1`] ?? 0,
  students: cells[`${rows.student}.1`] ?? 0,
});

async function countLevels({ owner, schoolYear }: Stage): Promise<LevelCount[]> {
  const recount = await readFile(join(import.meta.dirname, '../features/demo/recount-levels.sql'), 'utf8');
  const { rows: schools } = await owner.query<{ id: string }>(`select id from unit where kind = 'school'`);
  const asked = [schools.map(({ id }) => id), schoolYear, `${schoolYear}-09-30`];
  return (await owner.query<LevelCount>(recount, asked)).rows;
}
