// Two forms of one school in one period: what both count is the same, or asks for a reason.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as periods from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { form } from '../../testing/reports.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
const forms = [
  { code: form.code, version: form.version },
  { code: 'X06-KT-ĐN', version: '2018' },
];
const places: Place[] = [];

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  const period = await story.as('admin.ministry').call(periods.openPeriod, {
    params: at('ministry'),
    body: {
      name: 'Thống kê đầu năm học 2024-2025',
      schoolYear: 2024,
      kind: 'start',
      asOf: '2024-09-30',
      opensOn: '2024-10-01',
      closesOn: '2024-11-15',
      forms,
      deadlines: [{ unitKind: 'school', dueOn: '2024-10-25' }],
    },
  });
  for (const { code } of forms) {
    const body = { periodId: period.id, formCode: code };
    const { id } = await story.as('clerk.doican').call(reports.startReport, { params: at('doiCan'), body });
    places.push({ ...at('doiCan'), reportId: id });
  }
});
after(() => end());

const clerk = () => story.as('clerk.doican');
const found = async () => {
  const { findings } = await clerk().call(reports.checkReport, { params: places[1]! });
  return findings.filter(({ rule }) => rule.includes('same-as'));
};

test('a form that is not there yet is not compared; one made of the same records agrees', async () => {
  await clerk().call(reports.compileReport, { params: places[1]! });
  assert.deepEqual(await found(), []);
  const { report } = await clerk().call(reports.compileReport, { params: places[0]! });
  const { cells } = await clerk().call(reports.readReport, { params: places[1]! });
  assert.deepEqual([cells['X19.1'], cells['X61.1']], [report!.cells['61.1'], report!.cells['67.1']]);
  assert.deepEqual(await found(), []);
});

test('a figure that differs between the two is found, with both numbers', async () => {
  const { cells } = await clerk().call(reports.readReport, { params: places[0]! });
  const own = cells['61.1']!;
  await db.owner.query(`update report set cells = $2 where id = $1`, [
    places[0]!.reportId,
    JSON.stringify({ ...cells, '61.1': own + 3 }),
  ]);
  const [finding, ...others] = await found();
  assert.deepEqual([finding?.cell, others.length], ['X19.1', 0]);
  assert.match(
    finding!.message!.vi,
    new RegExp(`Ô X19\\.1 = ${own} thường bằng ô 61\\.1 của biểu 02-TH-ĐN = ${own + 3}\\.`),
  );
});
