// A form gets a row while its period runs: what was sent is asked for the row only and keeps the rest, with its approvals.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readCommendation } from '@khuevan/core/contract/commendations.ts';
import * as periods from '@khuevan/core/contract/periods.ts';
import { readProgress } from '@khuevan/core/contract/progress.ts';
import { listNotices, readDigest } from '@khuevan/core/contract/reminders.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import { serveCommendations } from '#features/commendations';
import { servePeriods } from '#features/periods';
import { serveProgress } from '#features/progress';
import { serveReminders } from '#features/reminders';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName } from '#testing/cast.ts';
import { form } from '#testing/reports.ts';
import { at, openStory, removePupil, type Place, type School, type Story, clerks } from '#testing/story.ts';
import { serveReviews } from './index.ts';

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;

before(async () => {
  ({ db, story, end } = await openStory([
    servePeriods,
    serveReports,
    serveReviews,
    serveProgress,
    serveReminders,
    serveCommendations,
  ]));
});
after(() => end());

const newer = '2022';
const ask = (version = newer) => ({
  params: { ...at('ministry'), periodId: story.periodId, formCode: form.code, version },
});
const publish = async (change: { dueOn?: string; periodVersion?: number } = {}) => {
  const { periods: all } = await story
    .as('admin.ministry')
    .call(periods.listPeriods, { params: at('ministry'), query: {} });
  return {
    ...ask(),
    body: {
      periodVersion: all[0]!.version,
      dueOn: '2024-11-05',
      reason: 'Công văn bổ sung chỉ tiêu học trực tuyến',
      ...change,
    },
  };
};
const read = (place: Place, person: PersonName) => story.as(person).call(reports.readReport, { params: place });
const sent = (place: Place, person: PersonName, no: number) =>
  story.as(person).call(reports.readSubmission, { params: { ...place, no } });
/** Straight from the records, as on 30 September. */
const teachesOnline = async (school: School): Promise<boolean> => {
  const { rows } = await db.owner.query<{ online: boolean }>(
    'select online_teaching as online from school_profile where school_id = $1 and school_year = 2024',
    [units[school].id],
  );
  return rows[0]!.online;
};
const wrong = async () => (await db.owner.query('select * from wrong_aggregates()')).rows;

const place = {} as Record<School, Place>;
let cellsBefore: Record<string, number>;

test('one school is approved, one has sent, one was returned, one has begun', async () => {
  await story.openPeriod();
  for (const school of Object.keys(clerks) as School[])
    place[school] = await story.start(school, story.as(clerks[school]));
  for (const school of ['doiCan', 'hoaSen', 'laHien'] as const)
    await story.send(place[school], story.as(clerks[school]));
  await story.as(clerks.cucDuong).call(reports.compileReport, { params: place.cucDuong });
  assert.equal((await story.approve(place.doiCan, 'reviewer.town', 1)).statusCode, 200);
  const back = { submissionNo: 1, reason: 'Xem lại số phòng', dueOn: '2024-10-20', items: [] };
  await story.as('reviewer.hills').call(reviews.returnReport, { params: place.laHien, body: back });
  cellsBefore = (await sent(place.doiCan, 'reviewer.town', 1)).cells;
  assert.ok(cellsBefore['37.1']! > 0);
});

test('only the owner of the period publishes, only a version that is in force and takes nothing away', async () => {
  const asMinistry = story.as('admin.ministry');
  const input = await publish();
  assert.equal(await story.as('admin.province').fail(periods.publishFormVersion, input), 'not_found');
  const atProvince = { ...input, params: { ...input.params, ...at('province') } };
  assert.equal(await story.as('admin.province').fail(periods.publishFormVersion, atProvince), 'not_found');
  assert.equal(await story.as('analyst.ministry').fail(periods.publishFormVersion, input), 'forbidden');
  assert.equal(await asMinistry.fail(periods.previewFormVersion, ask(form.version)), 'invalid_request');
  assert.equal(await asMinistry.fail(periods.previewFormVersion, ask('1999')), 'not_found');
  assert.equal(
    await asMinistry.fail(periods.publishFormVersion, await publish({ dueOn: '2024-10-14' })),
    'invalid_request',
  );
  assert.equal(await asMinistry.fail(periods.publishFormVersion, await publish({ periodVersion: 99 })), 'stale_record');
  // Nor past the program: the function asks whether the caller acts for the owner.
  const client = await db.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.acting_units', $1, true)`, [`{${units.province.id}}`]);
    await client.query('set local role khuevan_app');
    await assert.rejects(
      client.query(`select * from publish_form_version($1, $2, 'x', '{Z.1}', '2024-11-05', 'vì', 'ai', now())`, [
        story.periodId,
        form.code,
      ]),
      { code: '42501' },
    );
  } finally {
    await client.query('rollback');
    client.release();
  }
});

test('what will happen is said before; then each report is where it belongs, and no total changes', async () => {
  const preview = await story.as('admin.ministry').call(periods.previewFormVersion, ask());
  assert.deepEqual(
    { ...preview, rows: preview.rows.map(({ code }) => code) },
    { fromVersion: form.version, rows: ['B1'], cells: 3, asked: 2, restarted: 2 },
  );
  const total = await story.totalOf('province', 'reviewer.province');
  // Afterwards the records of the approved school change, which a supplement does not ask about.
  assert.equal(await removePupil(db, 'doiCan'), 1);
  const told = await story.as('admin.ministry').call(periods.publishFormVersion, await publish());
  assert.deepEqual([told.asked, told.restarted, told.period.forms[0]!.version], [2, 2, newer]);
  const { rows } = await db.owner.query<{
    unit_id: string;
    state: string;
    form_version: string;
    held: boolean;
    due: string | null;
  }>(`select unit_id, state, form_version, holder_id = unit_id as held, due_on::text as due from report`);
  const now = new Map(rows.map((row) => [row.unit_id, [row.state, row.form_version, row.held, row.due]]));
  const expected = {
    doiCan: ['supplement', newer, true, '2024-11-05'],
    hoaSen: ['supplement', newer, true, '2024-11-05'],
    laHien: ['returned', newer, true, '2024-10-20'],
    cucDuong: ['draft', newer, true, null],
  } as const;
  for (const school of Object.keys(expected) as School[])
    assert.deepEqual(now.get(units[school].id), expected[school], school);
  assert.deepEqual((await story.totalOf('province', 'reviewer.province')).cells, total.cells);
  assert.deepEqual(await wrong(), []);
  const seen = await read(place.doiCan, 'reviewer.town');
  assert.deepEqual(seen.supplement, { cells: ['B1.1', 'B1.2', 'B1.3'], keptFrom: 1, fromVersion: form.version });
  assert.equal(seen.events[0]!.kind, 'supplement');
  assert.deepEqual(seen.cells, cellsBefore, 'shown as sent, until the new cells are fetched');
  // While the reports lie with their units, nobody decides on them.
  assert.equal((await story.approve(place.hoaSen, 'reviewer.town', 1)).statusCode, 409);
});

test('whoever has the form in hand is told: who has sent by when the new cells are due, who has not to fetch anew', async () => {
  const told = async (school: School) =>
    (await story.as(clerks[school]).call(listNotices, { params: at(school), query: {} })).notices.filter(
      (each) => each.kind === 'supplement',
    );
  for (const school of ['doiCan', 'hoaSen'] as const) {
    const [notice, ...more] = await told(school);
    assert.deepEqual([notice!.reportId, more], [place[school].reportId, []]);
    assert.match(notice!.title.vi, /^Cần bổ sung: biểu 02-TH-ĐN/);
    assert.deepEqual(
      notice!.body.map((line) => line.vi),
      [
        `${units.ministry.name} công bố phiên bản 2022, thêm 3 ô.`,
        'Các ô khác giữ nguyên như đã gửi.',
        'Gửi trước khi hết ngày 05/11/2024.',
      ],
    );
  }
  for (const school of ['laHien', 'cucDuong'] as const)
    assert.match((await told(school))[0]!.title.vi, /^Biểu có phiên bản mới: /);
});

test('what needs a supplement is counted as that, and not as returned', async () => {
  const { total } = await story
    .as('reviewer.province')
    .call(readProgress, { params: at('province'), query: { periodId: story.periodId } });
  assert.deepEqual(
    [total.asked, total.supplement, total.returned, total.draft, total.submitted, total.approved],
    [4, 2, 1, 1, 0, 0],
  );
  const { figures, lines } = await story.as('head.doican').call(readDigest, { params: at('doiCan') });
  assert.deepEqual([figures.supplement, figures.returned], [1, 0]);
  assert.ok(lines.some((line) => line.vi === '1 biểu cần bổ sung ô mới của biểu'));
});

test('a supplement that does not come, and a return that is not answered, cost completeness from the day after theirs', async () => {
  const partsOf = async (school: School, day: string) => {
    const params = { ...at(school), schoolYear: 2024 };
    return (await story.as(clerks[school], day).call(readCommendation, { params })).parts!;
  };
  const timeOf = async (school: School, day: string) => {
    const { completeness, timeliness } = await partsOf(school, day);
    return [completeness, timeliness];
  };
  assert.deepEqual(await timeOf('hoaSen', '2024-11-05'), [100, 100]);
  assert.deepEqual(await timeOf('hoaSen', '2024-11-07'), [0, 80]);
  assert.deepEqual(await timeOf('laHien', '2024-10-20'), [100, 100]);
  assert.deepEqual(await timeOf('laHien', '2024-10-21'), [0, 90]);
});

test('the school fetches and sends the new cells; the rest is as it was sent, whatever the records say now', async () => {
  const clerk = story.as(clerks.doiCan);
  const submission = await story.send(place.doiCan, clerk);
  const online = (await teachesOnline('doiCan')) ? 1 : 0;
  const frozen = await sent(place.doiCan, 'reviewer.town', 2);
  assert.deepEqual(frozen.cells, { ...cellsBefore, 'B1.1': online, 'B1.2': online, 'B1.3': 0 });
  assert.deepEqual([frozen.keptFrom, frozen.formVersion, submission.state], [1, newer, 'submitted']);
  assert.deepEqual(submission.supplement?.cells, ['B1.1', 'B1.2', 'B1.3'], 'the reviewer sees what is new');
  assert.deepEqual(
    submission.submissions.map(({ no, decision }) => [no, decision?.kind ?? null]),
    [
      [2, null],
      [1, 'approved'],
    ],
  );
  // A kept figure opens to the records it was counted from, which are one more than those of now.
  const opened = await clerk.call(reports.openCell, {
    params: { ...place.doiCan, row: '37', column: '1' },
    query: { no: 2 },
  });
  assert.deepEqual([opened.total, opened.totalNow], [cellsBefore['37.1'], cellsBefore['37.1']! - 1]);
});

test('approved, the new cells are in every total and nothing is counted twice', async () => {
  const total = async () => (await story.totalOf('province', 'reviewer.province')).cells;
  const then = await total();
  assert.equal((await story.approve(place.doiCan, 'reviewer.town', 2)).statusCode, 200);
  const online = (await teachesOnline('doiCan')) ? 1 : 0;
  assert.deepEqual(await total(), { ...then, 'B1.1': online, 'B1.2': online, 'B1.3': 0 });
  assert.deepEqual(await wrong(), []);
});

const change = (school: School, text: string) =>
  db.owner.query(`with scope as (select set_config('app.audit_id', gen_random_uuid()::text, false)) ${text}`, [
    units[school].id,
  ]);
/** Support for very small ethnic groups stated of a Kinh pupil; the same again puts it right. */
const swapSupport = (school: School) =>
  change(
    school,
    `update enrolment set small_minority_support = not small_minority_support from scope where school_id = $1 and id =
     (select e.id from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id where e.school_id = $1 and e.left_on is null and s.ethnicity = '01' order by e.id limit 1)`,
  );
const errorsOf = async (school: School) =>
  (await story.as(clerks[school]).call(reports.checkReport, { params: place[school] })).errors;

test('a supplement is held up by what its cells are counted from, and by nothing else', async () => {
  const clerk = story.as(clerks.hoaSen);
  await swapSupport('hoaSen');
  const was = await teachesOnline('hoaSen');
  await change('hoaSen', 'update school_profile set online_teaching = null from scope where school_id = $1');
  const blocked = await clerk.call(reports.compileReport, { params: place.hoaSen });
  assert.deepEqual(
    blocked.missing.map(({ field }) => field),
    ['onlineTeaching'],
  );
  await change('hoaSen', `update school_profile set online_teaching = ${was} from scope where school_id = $1`);
  assert.ok((await clerk.call(reports.compileReport, { params: place.hoaSen })).report);
  assert.equal(await errorsOf('hoaSen'), 0);
});

test('a returned report is fetched in full by the new version', async () => {
  await swapSupport('laHien');
  await story.as(clerks.laHien).call(reports.compileReport, { params: place.laHien });
  assert.ok((await errorsOf('laHien')) > 0, 'what holds up no supplement holds up a whole report');
  await swapSupport('laHien');
  const sentAgain = await story.send(place.laHien, story.as(clerks.laHien));
  const online = (await teachesOnline('laHien')) ? 1 : 0;
  assert.deepEqual([sentAgain.supplement, sentAgain.cells['B1.1']], [null, online]);
  assert.equal((await sent(place.laHien, 'reviewer.hills', 2)).keptFrom, null);
  assert.equal((await story.approve(place.laHien, 'reviewer.hills', 2)).statusCode, 200);
  assert.deepEqual(await wrong(), []);
});

test('who is starting a report while the version is published gets the new one', async () => {
  await db.owner.query('delete from report_event where unit_id = $1', [units.cucDuong.id]);
  await db.owner.query('delete from report where unit_id = $1', [units.cucDuong.id]);
  await db.owner.query(
    `update period_form set form_version = $1, cells = array (select c from unnest(cells) c where c not like 'B%')`,
    [form.version],
  );
  const starting = await db.owner.connect();
  try {
    await starting.query('begin');
    await starting.query('select pg_advisory_xact_lock_shared(form_lock($1, $2))', [story.periodId, form.code]);
    let published = false;
    const publishing = story
      .as('admin.ministry')
      .call(periods.publishFormVersion, await publish())
      .then((told) => {
        published = true;
        return told;
      });
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(published, false, 'it waits');
    await starting.query(
      `insert into report (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, state_since) values ($1, gen_random_uuid(), $2, $3, $4, 'draft', $5, $1, now())`,
      [units.cucDuong.id, story.periodId, form.code, form.version, units.hills.id],
    );
    await starting.query('commit');
    await publishing;
  } finally {
    starting.release();
  }
  const { rows } = await db.owner.query('select form_version from report where unit_id = $1', [units.cucDuong.id]);
  assert.deepEqual(rows, [{ form_version: newer }]);
});
