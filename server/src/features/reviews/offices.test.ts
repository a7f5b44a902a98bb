// What lies above the school: totals, the board, the offices' own reports, reopening. Each test continues the one before.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { sumCells } from '@khuevan/core/forms/cells.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { at, openStory, formCode, hashByHand, removePupil, type Report, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;

before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews]));
  await story.openPeriod();
  const sent = await story.send(await story.start('doiCan', story.as('clerk.doican')), story.as('clerk.doican'));
  await story.approve({ ...at('doiCan'), reportId: sent.id }, 'reviewer.town', 1);
});
after(() => end());

test('totals of Phòng, Sở and ministry are the sums of what is approved, and each opens to its parts', async () => {
  const doiCan = await story.as('clerk.doican').call(reports.readSubmission, {
    params: { ...(await story.placeOf('doiCan')), no: 1 },
  });
  const hoaSen = await story.send(await story.start('hoaSen', story.as('clerk.hoasen')), story.as('clerk.hoasen'));
  const laHien = await story.send(await story.start('laHien', story.as('clerk.lahien')), story.as('clerk.lahien'));
  assert.equal((await story.totalOf('province', 'reviewer.province')).parts, 1, 'sent is not approved');
  await Promise.all([
    story.approve(await story.placeOf('hoaSen'), 'reviewer.town', 1),
    story.approve(await story.placeOf('laHien'), 'reviewer.hills', 1),
  ]);
  const expected = sumCells([doiCan.cells, hoaSen.cells, laHien.cells]);
  for (const [unit, person] of [
    ['province', 'reviewer.province'],
    ['ministry', 'analyst.ministry'],
  ] as const) {
    const total = await story.totalOf(unit, person);
    assert.deepEqual(total.cells, expected, unit);
    assert.deepEqual([total.parts, total.schools], [3, 4]);
  }
  const open = (unit: UnitName, person: PersonName) =>
    story.as(person).call(reviews.openAggregateCell, {
      params: { ...at(unit), row: '37', column: '1' },
      query: { periodId: story.periodId, formCode },
    });
  for (const [unit, person, below] of [
    ['ministry', 'analyst.ministry', ['province']],
    ['province', 'reviewer.province', ['town', 'hills']],
    ['town', 'reviewer.town', ['doiCan', 'hoaSen']],
  ] as const) {
    const opened = await open(unit, person);
    assert.deepEqual(opened.parts.map((part) => part.unitId).sort(), below.map((each) => units[each].id).sort());
    assert.equal(
      opened.parts.reduce((sum, part) => sum + (part.value ?? 0), 0),
      opened.value,
    );
    assert.equal(opened.value, (await story.totalOf(unit, person)).cells['37.1']);
  }
  assert.deepEqual(
    (await open('doiCan', 'clerk.doican')).parts.map((part) => [part.submissionNo, part.value]),
    [[1, doiCan.cells['37.1']]],
  );
});

test('an approved snapshot stays what it was, whatever happens to the records', async () => {
  const params = await story.placeOf('hoaSen');
  const clerk = story.as('clerk.hoasen');
  const earlier = await clerk.call(reports.readSubmission, { params: { ...params, no: 1 } });
  const total = await story.totalOf('province', 'reviewer.province');
  await removePupil(db, 'hoaSen');
  assert.deepEqual(await clerk.call(reports.readSubmission, { params: { ...params, no: 1 } }), earlier);
  assert.deepEqual((await story.totalOf('province', 'reviewer.province')).cells, total.cells);
  assert.equal((await clerk.call(reports.readReport, { params })).outdated, true, 'the difference is shown instead');
  assert.equal(await clerk.fail(reports.compileReport, { params }), 'wrong_state');
});

test('the board says who is where, who holds it and how late', async () => {
  const asked = { params: at('province'), query: { periodId: story.periodId, formCode } };
  const board = await story.as('reviewer.province', '2024-10-28').call(reviews.readBoard, asked);
  const row = (unit: UnitName) => board.units.find((each) => each.unitId === units[unit].id)!;
  assert.deepEqual(
    [row('doiCan').state, row('doiCan').daysLate, row('doiCan').holderName],
    ['approved', 0, units.town.name],
  );
  assert.deepEqual(
    [row('cucDuong').state, row('cucDuong').daysLate, row('cucDuong').holderName],
    ['not-started', 3, units.cucDuong.name],
  );
  assert.deepEqual(
    [row('town').state, row('town').parentName, row('town').dueOn],
    ['not-started', units.province.name, '2024-10-30'],
  );
  assert.deepEqual(board.totals, { total: 6, late: 1, approved: 3, 'not-started': 3 });
  const file = await story.as('reviewer.province').attempt(reviews.exportBoard, asked);
  assert.equal(file.statusCode, 200);
  assert.equal(file.rawPayload.subarray(0, 2).toString(), 'PK');
});

test('a Phòng sends its sum; with a school missing only for a reason; the Sở reviews it', async () => {
  const hills = story.as('reviewer.hills');
  assert.deepEqual(
    (await hills.call(listTasks, { params: at('hills') })).tasks.map((task) => task.kind),
    ['report-due'],
  );
  const params = await story.start('hills', hills);
  const { report } = await hills.call(reports.compileReport, { params });
  assert.deepEqual(report!.cells, (await story.totalOf('hills', 'reviewer.hills')).cells);
  const { findings } = await hills.call(reports.checkReport, { params });
  assert.equal(findings.find((each) => each.rule === 'report.missing-parts')?.params?.names, units.cucDuong.name);
  assert.equal(
    await hills.fail(reports.submitReport, { params, body: { version: report!.version } }),
    'report_blocked',
  );
  const sent = await story.send(params, hills);
  assert.equal(sent.holderName, units.province.name);
  const frozen = await story.as('reviewer.province').call(reports.readSubmission, { params: { ...params, no: 1 } });
  assert.deepEqual(
    frozen.parts.map((part) => part.unitName),
    [units.laHien.name],
  );
  assert.equal(frozen.hash, hashByHand(sent, frozen));

  assert.equal((await story.approve(params, 'reviewer.hills', 1)).statusCode, 403, 'nobody reviews their own unit');
  const { tasks } = await story.as('reviewer.province').call(listTasks, { params: at('province') });
  assert.equal(tasks.find((task) => task.kind === 'report-to-review')?.count, 1);
  const earlier = await story.totalOf('province', 'reviewer.province');
  assert.equal((await story.approve(params, 'reviewer.province', 1)).json<Report>().state, 'approved');
  assert.deepEqual(
    (await story.totalOf('province', 'reviewer.province')).cells,
    earlier.cells,
    'its schools are counted already',
  );
});

test('the Sở sends the province’s sum to the ministry, which approves it without seeing one person', async () => {
  const office = story.as('reviewer.province');
  const params = await story.start('province', office);
  const { findings } = await office.call(reports.checkReport, { params });
  const gap = findings.find((each) => each.rule === 'report.missing-parts');
  assert.equal(
    gap?.params?.names,
    [units.town.name, units.cucDuong.name].join(', '),
    'Phòng and school that are not approved',
  );
  const sent = await story.send(params, office);
  assert.equal(sent.holderName, units.ministry.name);
  const frozen = await story.as('admin.ministry').call(reports.readSubmission, { params: { ...params, no: 1 } });
  assert.deepEqual(
    frozen.parts.map((part) => part.unitName).toSorted(),
    [units.doiCan, units.hoaSen, units.laHien].map((unit) => unit.name).toSorted(),
  );
  assert.equal((await story.approve(params, 'reviewer.province', 1)).statusCode, 403);
  assert.equal((await story.approve(params, 'analyst.ministry', 1)).statusCode, 403);
  assert.equal((await story.approve(params, 'admin.ministry', 1)).json<Report>().state, 'approved');
});

test('a school reopened afterwards leaves every total, and the Phòng sees that its sum is outdated', async () => {
  const params = await story.placeOf('laHien');
  const earlier = await story.totalOf('province', 'reviewer.province');
  const body = { reason: 'Phát hiện thiếu một lớp', until: '2024-11-20' };
  for (const [person, code] of [
    ['clerk.lahien', 'forbidden'],
    ['reviewer.town', 'not_found'],
    ['analyst.ministry', 'forbidden'],
  ] as const) {
    assert.equal(await story.as(person).fail(reviews.reopenReport, { params, body }), code);
  }
  for (const change of [{ reason: ' ' }, { until: '2020-01-01' }])
    assert.equal(
      await story.as('reviewer.province').fail(reviews.reopenReport, { params, body: { ...body, ...change } }),
      'invalid_request',
    );
  const reopened = await story.as('reviewer.province').call(reviews.reopenReport, { params, body });
  const [{ decision }] = reopened.submissions as [Report['submissions'][number]];
  assert.deepEqual(
    [reopened.state, reopened.dueOn, decision!.kind, decision!.dueOn],
    ['draft', body.until, 'reopened', body.until],
  );
  const total = await story.totalOf('province', 'reviewer.province');
  assert.equal(total.parts, earlier.parts - 1);
  assert.equal(earlier.cells['37.1']! - total.cells['37.1']!, reopened.cells['37.1']);
  const office = await story.placeOf('hills');
  assert.equal((await story.as('reviewer.hills').call(reports.readReport, { params: office })).outdated, true);
  const frozen = await story.as('reviewer.province').call(reports.readSubmission, { params: { ...office, no: 1 } });
  assert.equal(frozen.cells['37.1'], reopened.cells['37.1'], 'what was sent stays');
});

test('late is possible; after closing only what was handed back, to the end of the day given with it', async () => {
  const params = await story.start('cucDuong', story.as('clerk.cucduong', '2024-11-10'));
  const compiled = await story.as('clerk.cucduong', '2024-11-10').call(reports.compileReport, { params });
  assert.equal(compiled.report!.daysLeft, -16);
  const closed = story.as('clerk.cucduong', '2024-11-16');
  assert.equal(await closed.fail(reports.compileReport, { params }), 'period_closed');
  assert.equal(
    await closed.fail(reports.submitReport, { params, body: { version: compiled.report!.version } }),
    'period_closed',
  );
  const reopened = await story.placeOf('laHien');
  const tooLate = story.as('clerk.lahien', '2024-11-21');
  assert.equal(await tooLate.fail(reports.compileReport, { params: reopened }), 'period_closed');
  const { tasks } = await tooLate.call(listTasks, { params: at('laHien') });
  assert.ok(!tasks.some((task) => task.kind === 'report-due'), 'nothing is asked that cannot be done');
  assert.equal((await story.send(reopened, story.as('clerk.lahien', '2024-11-20'))).lastSubmissionNo, 2);

  // Returned after the period has closed: the same, and after its day only a unit above opens it again.
  const back = { submissionNo: 2, reason: 'Thiếu một lớp ghép', dueOn: '2024-11-25', items: [] };
  await story.as('reviewer.hills', '2024-11-22').call(reviews.returnReport, { params: reopened, body: back });
  const missed = story.as('clerk.lahien', '2024-11-26');
  assert.equal(await missed.fail(reports.compileReport, { params: reopened }), 'period_closed');
  const more = { periodId: story.periodId, formCode, until: '2024-11-28', reason: 'Trường bị lũ' };
  await story.as('reviewer.hills', '2024-11-26').call(reviews.openLate, { params: at('laHien'), body: more });
  const later = story.as('clerk.lahien', '2024-11-29');
  assert.equal(await later.fail(reports.compileReport, { params: reopened }), 'period_closed', 'who once sent, too');
  assert.equal((await story.send(reopened, story.as('clerk.lahien', '2024-11-28'))).lastSubmissionNo, 3);
});
