// A reason for a warning travels with the report; its reviewer takes it or refuses it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { type PersonName, units } from '../../testing/cast.ts';
import { seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
let params: Place;
/** Of the planted warning: three times as many pupils last year. */
let key: string;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  await story.openPeriod();
  params = await story.start('doiCan', story.as('clerk.doican'));
  const { report } = await clerk().call(reports.compileReport, { params });
  const past = await seatSubmission(db.owner, units.doiCan.id, units.town.id, await seatPeriod(db.owner, 2023), {
    ...report!.cells,
    '37.1': report!.cells['37.1']! * 3,
  });
  await story.approve({ ...at('doiCan'), reportId: past.reportId }, 'reviewer.town', 1);
  key = '02-th-dn.last-year-pupils:37.1';
  await story.send(params, clerk());
});
after(() => end());

const clerk = () => story.as('clerk.doican');
const reviewer = () => story.as('reviewer.town');
const decide = (
  person: PersonName,
  kind: 'accepted' | 'refused',
  note: string | null,
  submissionNo = 1,
  findingKeys = [key],
) => story.as(person).attempt(checks.decideReasons, { params, body: { submissionNo, findingKeys, kind, note } });
const codeOf = (answer: { json: <T>() => T }) => answer.json<{ code: string }>().code;
const saidOf = async (no: number) => {
  const { explanations } = await reviewer().call(reports.readSubmission, { params: { ...params, no } });
  return explanations.find((each) => each.findingKey === key)!;
};
const checked = async () => {
  const found = await clerk().call(reports.checkReport, { params });
  return { ...found, planted: found.findings.find((each) => each.key === key)! };
};

test('the reason is there for the reviewer, and nobody has decided on it yet', async () => {
  const said = await saidOf(1);
  assert.match(said.reason, /Đã rà soát/);
  assert.match(said.message!.vi, /năm trước/);
  assert.equal(said.decision, null);
});

test('only the reviewer of the report decides, on a reason that was sent, and says why it is refused', async () => {
  for (const person of ['clerk.doican', 'analyst.ministry', 'reviewer.province'] as const)
    assert.equal((await decide(person, 'accepted', null)).statusCode, 403, person);
  assert.equal((await decide('reviewer.hills', 'accepted', null)).statusCode, 404);
  assert.equal(codeOf(await decide('reviewer.town', 'refused', null)), 'reason_required');
  assert.equal(codeOf(await decide('reviewer.town', 'accepted', null, 1, ['02-th-dn.other:1.1'])), 'not_found');
  assert.equal(codeOf(await decide('reviewer.town', 'accepted', null, 2)), 'stale_record');
});

test('a report with a refused reason is returned, not approved; the last word on a reason counts', async () => {
  assert.equal((await decide('reviewer.town', 'accepted', null)).statusCode, 200);
  assert.equal((await saidOf(1)).decision!.kind, 'accepted');
  assert.equal((await decide('reviewer.town', 'refused', 'Nêu rõ quyết định tách trường.')).statusCode, 200);
  const { decision } = await saidOf(1);
  assert.deepEqual(
    [decision?.kind, decision?.note, decision?.decidedByName, decision?.submissionNo],
    ['refused', 'Nêu rõ quyết định tách trường.', 'reviewer.town', 1],
  );
  const approval = await story.approve(params, 'reviewer.town', 1);
  assert.deepEqual([approval.statusCode, codeOf(approval)], [409, 'reasons_refused']);
  await reviewer().call(reviews.returnReport, {
    params,
    body: {
      submissionNo: 1,
      reason: 'Lý do chưa rõ.',
      dueOn: '2024-10-20',
      items: [{ cell: '37.1', text: 'Nêu rõ quyết định.' }],
    },
  });
});

test('what was refused is asked for again; the same words are not enough, others are looked at anew', async () => {
  const returned = await checked();
  assert.deepEqual([returned.unexplained, returned.planted.refusal?.note], [1, 'Nêu rõ quyết định tách trường.']);
  const { remarks, version } = await clerk().call(reports.readReport, { params });
  const item = remarks.find((each) => each.isWorkItem)!;
  await clerk().call(reviews.answerRemark, {
    params: { ...params, remarkId: item.id },
    body: { answer: 'Đã nêu.', version: item.version },
  });
  const refused = await clerk().attempt(reports.submitReport, { params, body: { version } });
  assert.equal(codeOf(refused), 'report_blocked');
  await clerk().call(reports.explainFinding, {
    params: { ...params, findingKey: key },
    body: { reason: 'Tách trường theo Quyết định 12/QĐ-UBND.' },
  });
  const now = await checked();
  assert.deepEqual([now.unexplained, now.planted.refusal], [0, null]);
  await clerk().call(reports.submitReport, { params, body: { version } });
  assert.equal((await saidOf(2)).decision, null, 'another reason is another question');
  assert.equal((await saidOf(1)).decision!.kind, 'refused', 'the first stays refused');
});

test('an accepted reason goes with the report into the approval, and decisions end with it', async () => {
  assert.equal((await decide('reviewer.town', 'accepted', null, 2)).statusCode, 200);
  assert.equal((await story.approve(params, 'reviewer.town', 2)).statusCode, 200);
  const said = await saidOf(2);
  assert.deepEqual([said.decision?.kind, said.decision?.decidedByName], ['accepted', 'reviewer.town']);
  assert.equal(codeOf(await decide('reviewer.town', 'refused', 'Muộn rồi.', 2)), 'wrong_state');
});

test('straight in the database a unit does not decide on its own reasons, and a decision stays', async () => {
  const denied = { code: '42501' };
  const insert = `insert into explanation_decision select s.unit_id, gen_random_uuid(), s.report_id, s.id, 'x', 'x', 'accepted', null, s.sent_by, 'x', $1, now()
    from submission s where s.unit_id = $2 and s.no = 2`;
  const own = straight(db, 'clerk.doican', 'doiCan', insert, [units.town.id, units.doiCan.id]);
  await assert.rejects(own, denied, 'in the name of the town');
  const asSchool = straight(db, 'clerk.doican', 'doiCan', insert, [units.doiCan.id, units.doiCan.id]);
  await assert.rejects(asSchool, denied, 'in its own name');
  for (const change of [`update explanation_decision set kind = 'accepted'`, 'delete from explanation_decision'])
    await assert.rejects(straight(db, 'reviewer.town', 'doiCan', change, []), denied, change);
});
