// This year's figures beside last year's, and held against them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as reports from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '../../testing/cast.ts';
import { seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let params: Place;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews]));
  await story.openPeriod();
  params = await story.start('doiCan', story.as('clerk.doican'));
});
after(() => end());

const clerk = () => story.as('clerk.doican');
const read = () => clerk().call(reports.readReport, { params });
const foundOf = async () => {
  const { findings } = await clerk().call(reports.checkReport, { params });
  return findings.filter(({ rule }) => rule.startsWith('02-th-dn.last-year-'));
};
const seatPast = async (year: number, cells: Cells) =>
  seatSubmission(db.owner, units.doiCan.id, units.town.id, await seatPeriod(db.owner, year), cells);
const approve = async (reportId: string) =>
  assert.equal((await story.approve({ ...at('doiCan'), reportId }, 'reviewer.town', 1)).statusCode, 200);

test('without an approved report of last year nothing is compared', async () => {
  const { report } = await clerk().call(reports.compileReport, { params });
  const pupils = report!.cells['37.1']!;
  const past = await seatPast(2023, { ...report!.cells, '37.1': pupils * 3, '27.1': report!.cells['27.1']! + 2 });
  assert.equal((await read()).previousYear, null, 'sent is not approved');
  assert.deepEqual(await foundOf(), []);
  await approve(past.reportId);
  assert.equal((await read()).previousYear?.['37.1'], pupils * 3);
});

test('a figure far from last year’s asks for a reason, which travels with the report', async () => {
  const { cells, version } = await read();
  const [finding, ...others] = await foundOf();
  assert.deepEqual([finding?.rule, finding?.severity, finding?.cell], ['02-th-dn.last-year-pupils', 'warning', '37.1']);
  assert.deepEqual(others, [], 'two classes fewer are usual');
  const pupils = cells['37.1']!;
  const sentence = finding!.message!.vi;
  assert.match(sentence, new RegExp(`Năm nay ${pupils}, năm trước ${pupils * 3}: −${pupils * 2} \\(−66,7%\\)`));
  const explain = (findingKey: string, reason: string) =>
    clerk().call(reports.explainFinding, { params: { ...params, findingKey }, body: { reason } });
  const { findings } = await clerk().call(reports.checkReport, { params });
  for (const key of new Set(findings.map((each) => each.key)))
    if (key !== finding!.key) await explain(key, 'Đã rà soát với hồ sơ giấy.');
  const refused = await clerk().attempt(reports.submitReport, { params, body: { version } });
  assert.deepEqual([refused.statusCode, refused.json<{ unexplained: number }>().unexplained], [422, 1]);
  const reason = 'Tách trường theo quyết định của Ủy ban nhân dân.';
  await explain(finding!.key, reason);
  await clerk().call(reports.submitReport, { params, body: { version } });
  const frozen = await story.as('reviewer.town').call(reports.readSubmission, { params: { ...params, no: 1 } });
  const said = frozen.explanations.find(({ findingKey }) => findingKey === finding!.key);
  assert.deepEqual([said?.reason, said?.message?.vi], [reason, sentence]);
});

test('last year stands beside this year when the form has got another code since', async () => {
  const newer = { code: '02.ĐN-TH', version: '2024', level: '02' };
  const past = await seatPast(2026, { '37.1': 555 });
  await approve(past.reportId);
  const now = await seatPeriod(db.owner, 2027, newer);
  const { reportId } = await seatSubmission(db.owner, units.doiCan.id, units.town.id, now, { '37.1': 556 }, newer);
  const found = await story.as('reviewer.town').call(reports.readReport, { params: { ...at('doiCan'), reportId } });
  assert.deepEqual([found.formCode, found.previousYear], ['02.ĐN-TH', { '37.1': 555 }]);
});
