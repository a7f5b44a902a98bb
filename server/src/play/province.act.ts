// Third act: every school sends, districts and province approve; totals, prints and codes are proved.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listUnits } from '@khuevan/core/contract/units.ts';
import { checkPrint } from '@khuevan/core/contract/open.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { exportReport, printReport, readSubmission } from '@khuevan/core/contract/reports.ts';
import {
  approveReport,
  exportAggregate,
  openAggregateCell,
  printAggregate,
  readAggregate,
  readBoard,
} from '@khuevan/core/contract/reviews.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Person } from './api-client.ts';
import { findPeriod, formCode, sendReport, type Played, type Report } from './report.act.ts';
import type { Stage } from './stage.ts';
import { compareCells, recountBy, schoolsIn, sumOf } from './recount.ts';
import { must, eachOf, type Story } from './step.ts';

const atOnce = 6;
export interface ProvinceFigures {
  cells: Cells;
  parts: number;
  hashes: Record<string, string>;
}

export async function playProvince(story: Story, stage: Stage, played: Played, out: string): Promise<ProvinceFigures> {
  const province = await stage.enter(`so.${stage.schools[0]!.provinceCode}`);
  const periodId = await findPeriod(province, stage.schoolYear);
  const query = { periodId, formCode };
  const board = await province.call(readBoard, { params: { unitId: province.unitId }, query });
  const schools = board.units.filter((each) => each.unitKind === 'school');
  const toSend = schools.filter((each) => each.state === 'not-started');

  const sent = new Map<string, Report>();
  await story.step(
    'every other school fetches, checks and sends',
    () =>
      eachOf(toSend, atOnce, async (school) => {
        sent.set(school.unitId, await sendReport(await stage.enter(`truong.${school.code.toLowerCase()}`), periodId));
      }),
    () => ({ schools: toSend.length }),
  );

  const offices = [...new Set(schools.map((each) => each.reviewerId))];
  const { units } = await province.call(listUnits, {
    params: { unitId: province.unitId },
    query: { kind: 'district', pageSize: 200 },
  });
  const districts = units.filter((each) => offices.includes(each.id));
  const reviewers = new Map<string, Person>([[province.unitId, province]]);
  for (const district of districts)
    reviewers.set(district.id, await stage.enter(`phong.${district.code.toLowerCase()}`));
  await story.step(
    'districts and province approve their schools',
    () =>
      eachOf(toSend, atOnce, async (school) => {
        const { id: reportId, lastSubmissionNo: submissionNo } = sent.get(school.unitId)!;
        await reviewers
          .get(school.reviewerId)!
          .call(approveReport, { params: { unitId: school.unitId, reportId }, body: { submissionNo } });
      }),
    () => ({ approved: toSend.length }),
  );

  await story.step(
    'each district sends its own report, the province approves',
    () =>
      eachOf(districts, 2, async (district) => {
        const { id: reportId, lastSubmissionNo: submissionNo } = await sendReport(
          reviewers.get(district.id)!,
          periodId,
        );
        await province.call(approveReport, { params: { unitId: district.id, reportId }, body: { submissionNo } });
      }),
    () => ({ districts: districts.length }),
  );

  const total = await story.step(
    'the province total is there',
    () => province.call(readAggregate, { params: { unitId: province.unitId }, query }),
    (made) => ({ parts: made.parts, students: made.cells['37.1'], cells: Object.keys(made.cells).length }),
  );
  const hashes = await proveTotals(story, stage, province, total, query);
  await provePrints(story, stage, { province, played }, query, out);
  return { cells: total.cells, parts: total.parts, hashes };
}

type Total = ResponseOf<typeof readAggregate>;

/** Three ways to the same figures: the stored total, the sum of the frozen submissions, and a recount of the records in plain SQL. */
async function proveTotals(
  story: Story,
  stage: Stage,
  province: Person,
  total: Total,
  query: { periodId: string; formCode: string },
): Promise<Record<string, string>> {
  const { rows: frozen } = await stage.owner.query<{ code: string; hash: string; cells: Cells }>(
    `select u.code, s.hash, s.cells from counted_submission c join submission s on s.unit_id = c.unit_id and s.id = c.submission_id join unit u on u.id = c.unit_id
     where c.period_id = $1 and c.form_code = $2`,
    [query.periodId, query.formCode],
  );
  await story.step(
    'total = sum of its parts, cell by cell',
    async () => compareCells(total.cells, sumOf(frozen.map(({ cells }) => cells)), 'sum of the submissions'),
    (compared) => ({ compared, submissions: frozen.length }),
  );
  await story.step(
    'total = independent recount in plain SQL',
    async () => {
      const recount = await readFile(join(import.meta.dirname, '../features/demo/recount.sql'), 'utf8');
      const schools = await schoolsIn(stage, query);
      return compareCells(total.cells, await recountBy(stage, recount, schools), 'recount');
    },
    (compared) => ({ compared }),
  );
  const opened = await province.call(openAggregateCell, {
    params: { unitId: province.unitId, row: '37', column: '1' },
    query: { ...query, pageSize: 200 },
  });
  must(
    opened.parts.reduce((sum, part) => sum + (part.value ?? 0), 0) === total.cells['37.1'],
    'the parts of an opened total add up to it',
  );
  return Object.fromEntries(frozen.map((each) => [each.code, each.hash]));
}

async function provePrints(
  story: Story,
  stage: Stage,
  who: { province: Person; played: Played },
  query: { periodId: string; formCode: string },
  out: string,
): Promise<void> {
  const { province, played } = who;
  const { schoolReport, firstCode } = played;
  const params = { unitId: schoolReport.unitId, reportId: schoolReport.id };
  await story.step(
    'prints: school and province, PDF and Excel',
    async () => {
      const files: Array<[string, Buffer]> = [
        ['bieu-truong.pdf', await province.file(printReport, { params, query: { no: schoolReport.lastSubmissionNo } })],
        [
          'bieu-truong.xlsx',
          await province.file(exportReport, { params, query: { no: schoolReport.lastSubmissionNo } }),
        ],
        ['bieu-tinh.pdf', await province.file(printAggregate, { params: { unitId: province.unitId }, query })],
        ['bieu-tinh.xlsx', await province.file(exportAggregate, { params: { unitId: province.unitId }, query })],
      ];
      for (const [name, content] of files) {
        must(
          content.subarray(0, 4).toString('latin1') === (name.endsWith('.pdf') ? '%PDF' : 'PK\u0003\u0004'),
          `${name} is what its name says`,
        );
        await writeFile(join(out, name), content);
      }
      return files.length;
    },
    (files) => ({ files }),
  );
  await story.step(
    'anybody checks a printed code',
    async () => {
      const submission = await province.call(readSubmission, {
        params: { ...params, no: schoolReport.lastSubmissionNo },
      });
      const ask = async (code: string) =>
        (
          (await (
            await fetch(`${stage.address}/api/v1${checkPrint.path.replace('{code}', code)}`)
          ).json()) as ResponseOf<typeof checkPrint>
        ).state;
      const answers = [await ask(submission.code), await ask(firstCode), await ask('ZZZZ-ZZZZ')];
      must(answers.join() === 'same,superseded,unknown', `the codes were answered ${answers.join()}`);
      return answers;
    },
    (answers) => ({ answers: answers.join() }),
  );
}
