// Fourth act: the schools of the other levels send their forms, whoever reviews them approves, and each level's total is held
// against a recount in plain SQL past all that compiles and adds up.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeName } from '@khuevan/core/codes/index.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { approveReport, readAggregate, readBoard } from '@khuevan/core/contract/reviews.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { differencesFrom, type LevelCount, type LevelRows, levelRows } from '#features/demo';
import type { Person } from './api-client.ts';
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
  return story.step(
    'the total of every level = a recount in plain SQL',
    () => holdTotals(stage, province, period),
    (figures) => Object.fromEntries(figures.map(({ level, students }) => [codeName('level', level, 'vi'), students])),
  );
}

/** What the schools of the province have not begun yet, form by form. */
async function readOwed(province: Person, period: Period): Promise<Owed[]> {
  const owed: Owed[] = [];
  for (const form of period.forms) {
    const query = { periodId: period.id, formCode: form.code };
    const { units } = await province.call(readBoard, { params: { unitId: province.unitId }, query });
    owed.push(
      ...units
        .filter(({ unitKind, state }) => unitKind === 'school' && state === 'not-started')
        .map((unit) => ({ ...unit, form })),
    );
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
  const [school] = bySchool(owed).toSorted((a, b) => b.length - a.length);
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
