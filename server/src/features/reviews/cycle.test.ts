// A school's report from nothing to approved, over HTTP. Each test continues where the one before ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { readPrintCode } from '@khuevan/core/reports/print-code.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName } from '../../testing/cast.ts';
import { form } from '../../testing/reports.ts';
import { at, openStory, hashByHand, removePupil, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews]));
});
after(() => end());

test('the ministry opens the period; everybody whom it concerns sees it and what they owe', async () => {
  const opened = await story.openPeriod();
  assert.equal(opened.state, 'open');
  for (const [person, unit, daysLeft] of [
    ['clerk.doican', 'doiCan', 10],
    ['reviewer.town', 'town', 15],
    ['reviewer.province', 'province', 16],
  ] as const) {
    const { periods } = await story.as(person).call(listPeriods, { params: at(unit), query: { schoolYear: 2024 } });
    assert.deepEqual(
      periods.map((period) => period.id),
      [story.periodId],
    );
    const { reports: owed } = await story.as(person).call(reports.listReports, { params: at(unit) });
    assert.deepEqual(
      owed.map((report) => [report.state, report.formCode, report.daysLeft, report.id]),
      [['not-started', form.code, daysLeft, null]],
    );
  }
  assert.deepEqual(
    (await story.as('analyst.ministry').call(reports.listReports, { params: at('ministry') })).reports,
    [],
    'the ministry owes nothing',
  );
});

test('the clerk prepares and sends: numbered, frozen, hashed, with a code for paper', async () => {
  const clerk = story.as('clerk.doican');
  const params = await story.start('doiCan', clerk);
  assert.deepEqual(await story.start('doiCan', clerk), params, 'a second click finds the same report');
  const sent = await story.send(params, clerk);
  assert.deepEqual(
    [sent.state, sent.holderName, sent.lastSubmissionNo, sent.outdated],
    ['submitted', units.town.name, 1, false],
  );
  const { rows } = await db.owner.query<{ present: number }>(
    `select count(*)::integer as present from enrolment where school_id = $1 and school_year = 2024 and entered_on <= '2024-09-30' and (left_on is null or left_on > '2024-09-30')`,
    [units.doiCan.id],
  );
  assert.equal(sent.cells['37.1'], rows[0]!.present, 'row 37 is the pupils present on 30 September');
  const frozen = await clerk.call(reports.readSubmission, { params: { ...params, no: 1 } });
  assert.deepEqual(frozen.cells, sent.cells);
  assert.equal(readPrintCode(frozen.code), frozen.code);
  assert.equal(frozen.hash, hashByHand(sent, frozen));
  assert.deepEqual(sent.events.map((event) => event.kind).toReversed(), ['start', 'compile', 'submit']);
});

test('nobody but the reviewer decides: not the school, not its head, not another district, not the Sở in its place', async () => {
  const params = await story.placeOf('doiCan');
  const refusals = {
    'clerk.doican': 403,
    'head.doican': 403,
    'clerk.hoasen': 404,
    'reviewer.hills': 404,
    'reviewer.province': 403,
    'analyst.ministry': 403,
  } as const;
  for (const [person, status] of Object.entries(refusals) as Array<[PersonName, number]>) {
    assert.equal((await story.approve(params, person, 1)).statusCode, status, `${person} approves`);
    const body = { submissionNo: 1, reason: 'Cần sửa', dueOn: '2024-10-20', items: [] };
    assert.equal(
      (await story.as(person).attempt(reviews.returnReport, { params, body })).statusCode,
      status,
      `${person} returns`,
    );
  }
  // Nor do those above prepare or send in the school's place.
  for (const person of ['reviewer.town', 'admin.province'] as const) {
    assert.equal(await story.as(person).fail(reports.compileReport, { params }), 'forbidden');
    assert.equal(await story.as(person).fail(reports.submitReport, { params, body: { version: 1 } }), 'forbidden');
  }
});

test('a reviewer whose level is not that of the form does not decide, and is not told that it waits', async () => {
  const params = await story.placeOf('doiCan');
  const waiting = async () =>
    (await story.as('reviewer.town').call(listTasks, { params: at('town') })).tasks.filter(
      ({ kind }) => kind === 'report-to-review',
    ).length;
  assert.equal(await waiting(), 1);
  await db.owner.query(
    `update membership set levels = '{03}' where account_id = (select id from account where username = 'reviewer.town')`,
  );
  assert.equal((await story.approve(params, 'reviewer.town', 1)).statusCode, 403);
  assert.equal(await waiting(), 0);
  await db.owner.query(
    `update membership set levels = '{01,02}' where account_id = (select id from account where username = 'reviewer.town')`,
  );
});

test('the Phòng returns with a work list; the school answers each item before it may send again', async () => {
  const params = await story.placeOf('doiCan');
  const clerk = story.as('clerk.doican');
  await story
    .as('reviewer.town')
    .call(reviews.addRemark, { params, body: { cell: '37.1', text: 'Năm trước nhiều hơn?' } });
  const items = [
    { cell: '27.1', text: 'Kiểm tra lại số lớp' },
    { cell: null, text: 'Bổ sung xác nhận của hiệu trưởng' },
  ];
  const body = { submissionNo: 1, reason: 'Số lớp chưa khớp', dueOn: '2024-10-22', items };
  assert.equal(
    await story.as('reviewer.town').fail(reviews.returnReport, {
      params,
      body: { ...body, items: [{ cell: '999.1', text: 'Không có' }] },
    }),
    'invalid_request',
  );
  assert.equal(
    await story.as('reviewer.town').fail(reviews.returnReport, { params, body: { ...body, dueOn: '2024-10-14' } }),
    'invalid_request',
  );
  const returned = await story.as('reviewer.town').call(reviews.returnReport, { params, body });
  assert.deepEqual(
    [returned.state, returned.holderName, returned.dueOn, returned.daysLeft],
    ['returned', units.doiCan.name, '2024-10-22', 7],
  );
  assert.equal(returned.submissions[0]!.decision!.kind, 'returned');

  const { tasks } = await clerk.call(listTasks, { params: at('doiCan') });
  const todo = tasks.find((task) => task.kind === 'report-returned');
  assert.deepEqual([todo?.count, todo?.dueOn, todo?.reportId], [2, '2024-10-22', params.reportId]);

  const compiled = await clerk.call(reports.compileReport, { params });
  await story.explainAll(params, clerk);
  const early = await clerk.attempt(reports.submitReport, { params, body: { version: compiled.report!.version } });
  assert.equal(early.statusCode, 422);
  assert.equal(
    early
      .json<{ findings: Array<{ rule: string }> }>()
      .findings.filter((each) => each.rule === 'report.unanswered-item').length,
    2,
  );

  const open = returned.remarks.filter((each) => each.isWorkItem);
  for (const { id: remarkId, version } of open) {
    await clerk.call(reviews.answerRemark, {
      params: { ...params, remarkId },
      body: { answer: 'Đã rà soát lại', version },
    });
  }
  const late = await clerk.attempt(reviews.answerRemark, {
    params: { ...params, remarkId: open[0]!.id },
    body: { answer: 'Lần nữa', version: open[0]!.version },
  });
  assert.equal(late.statusCode, 409);
  assert.equal(late.json<{ current: { answer: string } }>().current.answer, 'Đã rà soát lại');
});

test('records changed after the fetching stop the sending; the next version shows its difference', async () => {
  const params = await story.placeOf('doiCan');
  const clerk = story.as('clerk.doican');
  const { version } = await clerk.call(reports.readReport, { params });
  const moved = await removePupil(db, 'doiCan');
  assert.equal(await clerk.fail(reports.submitReport, { params, body: { version } }), 'records_changed');
  assert.equal((await clerk.call(reports.readReport, { params })).outdated, true);
  const again = await story.send(params, clerk);
  assert.equal(again.lastSubmissionNo, 2);
  assert.ok(
    again.remarks.length === 3 && again.remarks.every((each) => each.resolvedAt !== null),
    'the next version settles the work list',
  );
  const { differences } = await story.as('reviewer.town').call(reports.compareSubmissions, {
    params,
    query: { from: 1, to: 2 },
  });
  const pupils = differences.find((each) => each.cell === '37.1');
  assert.equal(pupils!.before! - pupils!.after!, moved);
  assert.deepEqual(
    (await clerk.call(reports.compareSubmissions, { params, query: { from: 2, to: 0 } })).differences,
    [],
    'the draft is what was sent',
  );
});

test('two clerks: the later one does not overwrite unseen', async () => {
  const params = await story.start('hoaSen', story.as('clerk.hoasen'));
  const first = await story.as('clerk.hoasen').call(reports.compileReport, { params });
  await story.as('clerk.hoasen').call(reports.compileReport, { params });
  assert.equal(
    await story.as('clerk.hoasen').fail(reports.submitReport, { params, body: { version: first.report!.version } }),
    'stale_record',
  );
});

test('an outdated number cannot be approved, nor a submission twice', async () => {
  const params = await story.placeOf('doiCan');
  const old = await story.approve(params, 'reviewer.town', 1);
  assert.equal(old.statusCode, 409);
  assert.equal(old.json<{ current: { lastSubmissionNo: number } }>().current.lastSubmissionNo, 2);
  const both = await Promise.all([story.approve(params, 'reviewer.town', 2), story.approve(params, 'admin.town', 2)]);
  assert.deepEqual(
    both.map((answer) => answer.statusCode).toSorted((a, b) => a - b),
    [200, 409],
  );
  assert.equal((await story.totalOf('town', 'reviewer.town')).parts, 1, 'counted once');
});
