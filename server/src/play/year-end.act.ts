// The end of the year: the clock moves to June, results are given, movements balance, and the report goes its way.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openPeriod } from '@khuevan/core/contract/periods.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { compileReport, printReport, startReport } from '@khuevan/core/contract/reports.ts';
import { approveReport, readAggregate } from '@khuevan/core/contract/reviews.ts';
import { resultsByAssessment } from '@khuevan/core/rules/student-results.ts';
import { endOfYearAsOf, formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { versionsInForce } from '#features/forms';
import { startClockAt } from '#platform/clock.ts';
import type { Person } from './api-client.ts';
import { finishReport } from './report.act.ts';
import type { Stage } from './stage.ts';
import { must, type Story } from './step.ts';

export interface YearEndFigures {
  form: string;
  opening: number;
  came: number;
  left: number;
  closing: number;
}

interface Codes {
  school: string;
  district: string;
}

/** People sign in again: their sessions ended long before June. */
export async function playYearEnd(story: Story, stage: Stage, codes: Codes, out: string): Promise<YearEndFigures> {
  const { schoolYear } = stage;
  const asOf = endOfYearAsOf(schoolYear);
  startClockAt(new Date(`${schoolYear + 1}-06-05T08:00:00+07:00`));
  const form = versionsInForce('x02-th-cn', asOf).at(-1);
  if (!form) throw new Error(`no end-of-year form is in force on ${asOf}`);
  const ministry = await stage.enter('bo');
  const day = (monthAndDay: string) => `${schoolYear + 1}-${monthAndDay}`;
  const period = await story.step(
    'June: the ministry opens the end-of-year period',
    () =>
      ministry.call(openPeriod, {
        params: { unitId: ministry.unitId },
        body: {
          name: `Báo cáo cuối năm học ${formatSchoolYear(schoolYear)}`,
          schoolYear,
          kind: 'end',
          asOf,
          opensOn: day('06-01'),
          closesOn: day('07-15'),
          forms: [{ code: form.code, version: form.version }],
          deadlines: [
            { unitKind: 'school', dueOn: day('06-15') },
            { unitKind: 'district', dueOn: day('06-25') },
            { unitKind: 'province', dueOn: day('06-30') },
          ],
        },
      }),
    (opened) => ({ forms: opened.forms.length }),
  );
  const clerk = await stage.enter(`truong.${codes.school.toLowerCase()}`);
  const reviewer = await stage.enter(`phong.${codes.district}`);
  return reportYear(story, stage, { clerk, reviewer }, { periodId: period.id, formCode: form.code, asOf, out });
}

interface Asked {
  periodId: string;
  formCode: string;
  asOf: string;
  out: string;
}

async function reportYear(
  story: Story,
  stage: Stage,
  { clerk, reviewer }: { clerk: Person; reviewer: Person },
  { periodId, formCode, asOf, out }: Asked,
): Promise<YearEndFigures> {
  const { id } = await clerk.call(startReport, { params: { unitId: clerk.unitId }, body: { periodId, formCode } });
  const params = { unitId: clerk.unitId, reportId: id };
  await story.step(
    '"Lấy dữ liệu" is blocked: no results of the year yet',
    () => clerk.call(compileReport, { params }),
    (answer) => ({ missing: answer.missingTotal }),
  );
  await story.step(
    'pupils who came and went since, and a result for everybody',
    () => endTheYear(clerk, stage.schoolYear, asOf),
    (saved) => ({ saved }),
  );
  const sent = await story.step(
    'the movements balance for every grade and sex; "Gửi"',
    async () => {
      must(!(await clerk.call(compileReport, { params })).blocked, 'nothing is missing now');
      const report = await finishReport(clerk, id);
      for (const grade of ['', '1', '2', '3', '4', '5'])
        for (const column of ['1', '2']) {
          const cell = (row: string): number => report.cells[`${row}${grade}.${column}`]!;
          const held = cell('DN') + cell('DE') + cell('TL') - cell('DI') - cell('TH');
          must(held === cell('CN'), `grade ${grade}, column ${column}: ${held} is not ${cell('CN')}`);
        }
      return report;
    },
    ({ cells }) => ({ opening: cells['DN.1'], closing: cells['CN.1'] }),
  );
  const print = await clerk.file(printReport, { params, query: { no: sent.lastSubmissionNo } });
  must(print.subarray(0, 4).toString('latin1') === '%PDF', 'the form of the end of the year is printed');
  await writeFile(join(out, 'bieu-truong-cuoi-nam.pdf'), print);
  await reviewer.call(approveReport, { params, body: { submissionNo: sent.lastSubmissionNo } });
  const total = await reviewer.call(readAggregate, {
    params: { unitId: reviewer.unitId },
    query: { periodId, formCode },
  });
  must(total.cells['CN.1'] === sent.cells['CN.1'], 'the approved form is the total so far');
  const counted = await countByHand(stage, clerk.unitId, asOf);
  must(
    counted.opening === sent.cells['DN.1'] &&
      counted.came === sent.cells['DE.1']! + sent.cells['TL.1']! &&
      counted.left === sent.cells['DI.1']! + sent.cells['TH.1']! &&
      counted.closing === sent.cells['CN.1'],
    `the form and the recount differ: ${JSON.stringify(counted)}`,
  );
  return { form: formCode, ...counted };
}

/** One pupil moved away in December, one fell ill in March; of a hundred, one repeats and one is assessed again. */
async function endTheYear(clerk: Person, schoolYear: number, asOf: string): Promise<number> {
  const params = { schoolId: clerk.unitId };
  const changes: Array<{ id: string; version: string; values: Record<string, unknown> }> = [];
  for (let page = 1; ; page += 1) {
    const query = { schoolYear, pageSize: 200, page, presentOn: asOf };
    const { records, total } = await clerk.call(recordEndpoints.student.list, { params, query });
    for (const { id, version, values } of records)
      changes.push({ id, version, values: endOf(values, changes.length, schoolYear) });
    if (records.length === 0 || changes.length >= total) break;
  }
  for (let from = 0; from < changes.length; from += 200) {
    const body = { changes: changes.slice(from, from + 200) };
    const { results } = await clerk.call(recordEndpoints.student.changeMany, { params, query: { schoolYear }, body });
    const refused = results.find(({ state }) => state !== 'saved');
    must(!refused, `a row is refused: ${JSON.stringify(refused)}`);
  }
  return changes.length;
}

function endOf(values: Record<string, unknown>, index: number, schoolYear: number): Record<string, unknown> {
  if (index === 0) return { leaveStatus: '04', leftOn: `${schoolYear}-12-16`, destination: '01' };
  if (index === 1) return { leaveStatus: '09', leftOn: `${schoolYear + 1}-03-10`, leaveReason: '09' };
  return resultOf(values, index);
}

function resultOf(values: Record<string, unknown>, index: number): Record<string, unknown> {
  const educationResult = index % 100 === 50 || index % 100 === 75 ? '04' : ['01', '02', '03'][index % 3]!;
  const possible = resultsByAssessment({ ...values, educationResult });
  return { educationResult, yearResult: possible[index % 100 === 75 ? 1 : 0] };
}

/** The same four numbers, in plain SQL. */
async function countByHand(stage: Stage, schoolId: string, asOf: string): Promise<Omit<YearEndFigures, 'form'>> {
  const opened = `${stage.schoolYear}-09-30`;
  const { rows } = await stage.owner.query<Record<'opening' | 'came' | 'left' | 'closing', string>>(
    `select count(*) filter (where entered_on <= $3 and coalesce(left_on > $3, true)) as opening,
       count(*) filter (where entered_on > $3 and entered_on <= $4) as came,
       count(*) filter (where left_on > $3 and left_on <= $4) as left,
       count(*) filter (where entered_on <= $4 and coalesce(left_on > $4, true)) as closing
     from enrolment where school_id = $1 and school_year = $2 and grade between '01' and '05'`,
    [schoolId, stage.schoolYear, opened, asOf],
  );
  const { opening, came, left, closing } = rows[0]!;
  return { opening: Number(opening), came: Number(came), left: Number(left), closing: Number(closing) };
}
