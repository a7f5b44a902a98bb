// Reminders before and after deadlines, by an officer, for the head; once each, whoever asks; seen by whom they concern.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as contract from '@khuevan/core/contract/reminders.ts';
import { noticeKinds } from '@khuevan/core/reports/notices.ts';
import { atTime } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { idOf, people, seatCast, units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { everywhere, form, seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { at } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { reminderTasks, serveReminders } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
let periodId: string;
let draw: (moment: string) => Promise<void>;

// In the period: schools until 25 October, offices until 30, the period closes on 15 November.
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveReminders]);
  as = await createCaller(app, db.owner);
  periodId = await seatPeriod(db.owner);
  const config = readConfig({});
  const tasks = reminderTasks({
    database: db.database,
    secrets: db.secrets,
    config,
    log: createLog({ KHUEVAN_LOG_LEVEL: 'silent' }),
  });
  draw = (moment) => atTime(new Date(moment), () => tasks['reminders.draw']!());
});
after(async () => {
  await app.close();
  await db.close();
});

const noticesOf = async (unit: UnitName, person: PersonName) =>
  as(person).call(contract.listNotices, { params: at(unit), query: {} });
const keysOf = async (unit: UnitName): Promise<string[]> => {
  const { rows } = await db.owner.query<{ once_key: string }>(
    `select replace(once_key, $2, 'p') as once_key from notice where unit_id = $1 and kind <> 'digest' order by once_key`,
    [units[unit].id, periodId],
  );
  return rows.map((row) => row.once_key);
};

test('on an ordinary day nobody is reminded; on the third day before the deadline each school is, once', async () => {
  await draw('2024-10-10T07:00:00+07:00');
  assert.deepEqual(await keysOf('doiCan'), []);
  // Two programs, and one of them twice.
  await Promise.all([
    draw('2024-10-22T07:00:00+07:00'),
    draw('2024-10-22T07:00:00+07:00'),
    draw('2024-10-22T07:00:01+07:00'),
  ]);
  for (const school of ['doiCan', 'hoaSen', 'laHien', 'cucDuong'] as const)
    assert.deepEqual(await keysOf(school), ['deadline:p:2024-10-25:-3'], school);
  // The offices' deadline is five days later: a week before it, the province is the last.
  assert.deepEqual(await keysOf('town'), []);
  const { notices } = await noticesOf('doiCan', 'clerk.doican');
  assert.deepEqual(
    notices.map(({ title, isRead }) => [title.vi, isRead]),
    [['Còn 3 ngày đến hạn: Thống kê đầu năm 2024', false]],
  );
});

test('the day changes at midnight in Vietnam', async () => {
  await draw('2024-10-23T16:59:59Z');
  assert.deepEqual(await keysOf('doiCan'), ['deadline:p:2024-10-25:-3']);
  await draw('2024-10-23T17:00:00Z');
  assert.deepEqual(await keysOf('doiCan'), ['deadline:p:2024-10-25:-1', 'deadline:p:2024-10-25:-3']);
  // At the end of the deadline's own day nothing is late yet.
  await draw('2024-10-25T16:59:59Z');
  assert.equal((await keysOf('doiCan')).length, 2);
});

test('who has sent is left alone; who has not hears of it after the deadline too, until the period has closed', async () => {
  await seatSubmission(db.owner, units.doiCan.id, units.town.id, periodId, {});
  await draw('2024-10-26T07:00:00+07:00');
  assert.ok(!(await keysOf('doiCan')).includes('deadline:p:2024-10-25:1'));
  assert.ok((await keysOf('hoaSen')).includes('deadline:p:2024-10-25:1'));
  const { notices } = await noticesOf('hoaSen', 'clerk.hoasen');
  assert.equal(notices[0]!.title.vi, 'Đã quá hạn 1 ngày: Thống kê đầu năm 2024');
  // A program that stood still over the third day says it on the fourth; over a week, not at all.
  await draw('2024-10-29T07:00:00+07:00');
  assert.ok((await keysOf('hoaSen')).includes('deadline:p:2024-10-25:3'));
  await draw('2024-11-16T07:00:00+07:00');
  assert.equal((await keysOf('hoaSen')).length, 4);
});

test('the owner of a period sets the days; others read them', async () => {
  const params = { ...at('ministry'), periodId };
  const plan = await as('admin.ministry').call(contract.readReminderPlan, { params });
  assert.deepEqual([plan.days, plan.isUsual, plan.mayChange], [[-7, -3, -1, 1, 3, 7], true, true]);
  const seen = await as('clerk.doican').call(contract.readReminderPlan, { params: { ...at('doiCan'), periodId } });
  assert.equal(seen.mayChange, false);
  const body = { days: [12, -2, 12], version: plan.version };
  const changed = await as('admin.ministry').call(contract.changeReminderPlan, { params, body });
  assert.deepEqual([changed.days, changed.isUsual], [[-2, 12], false]);
  assert.equal(await as('admin.ministry').fail(contract.changeReminderPlan, { params, body }), 'stale_record');
  assert.equal(
    await as('admin.province').fail(contract.changeReminderPlan, { params: { ...at('province'), periodId }, body }),
    'not_found',
  );
  await draw('2024-11-06T07:00:00+07:00');
  assert.ok((await keysOf('hoaSen')).includes('deadline:p:2024-10-25:12'));
});

const words = 'Đề nghị nhà trường gửi báo cáo trong ngày hôm nay.';

test('an officer reminds chosen units that owe something, once a day', async () => {
  const day = '2024-11-01';
  const body = { periodId, unitIds: [units.doiCan.id, units.hoaSen.id, units.laHien.id], text: words };
  const remind = { params: at('province'), body };
  const first = await as('reviewer.province', day).call(contract.remindUnits, remind);
  assert.deepEqual(first, { reminded: 2, skipped: 1 });
  assert.deepEqual(await as('reviewer.province', day).call(contract.remindUnits, remind), { reminded: 0, skipped: 3 });
  assert.equal((await as('reviewer.province', '2024-11-02').call(contract.remindUnits, remind)).reminded, 2);
  const { notices } = await noticesOf('laHien', 'clerk.lahien');
  const nudge = notices.find((each) => each.kind === 'nudge')!;
  assert.equal(nudge.body[0]!.vi, words);
  assert.match(nudge.title.vi, /^Sở GDĐT Thái Nguyên nhắc gửi báo cáo/);
});

test('nobody reminds beside or above; a school reminds nobody', async () => {
  const body = { periodId, unitIds: [units.laHien.id, units.hills.id, units.province.id], text: words };
  const beside = await as('reviewer.town', '2024-11-03').call(contract.remindUnits, { params: at('town'), body });
  assert.deepEqual(beside, { reminded: 0, skipped: 3 });
  assert.equal(await as('clerk.doican').fail(contract.remindUnits, { params: at('doiCan'), body }), 'forbidden');
  assert.equal(await as('reviewer.town').fail(contract.remindUnits, { params: at('hills'), body }), 'not_found');
  const forged = `insert into notice values ($1, gen_random_uuid(), 'nudge', 'everybody', 'forged', null, '{}', now())`;
  await assert.rejects(straight(db, 'reviewer.town', 'town', forged, [units.laHien.id]), { code: '42501' });
});

test('what a unit was told is read by it and by those above, by nobody else', async () => {
  assert.ok((await noticesOf('laHien', 'reviewer.hills')).total > 0);
  assert.equal(await as('clerk.doican').fail(contract.listNotices, { params: at('laHien'), query: {} }), 'not_found');
  const every = 'select distinct unit_id from notice';
  assert.deepEqual(
    (await straight(db, 'clerk.doican', 'doiCan', every)).rows.map((row) => row.unit_id),
    [units.doiCan.id],
  );
  await assert.rejects(straight(db, 'clerk.doican', 'doiCan', 'select * from mail'), { code: '42501' });
  await assert.rejects(straight(db, 'clerk.doican', 'doiCan', `update notice set content = '{}'`), { code: '42501' });
});

test('each account reads for itself', async () => {
  const told = await noticesOf('laHien', 'clerk.lahien');
  assert.equal(told.unread, told.total);
  const noticeIds = [told.notices[0]!.id];
  const read = { params: at('laHien'), body: { noticeIds } };
  assert.deepEqual(await as('clerk.lahien').call(contract.readNotices, read), { unread: told.total - 1 });
  assert.deepEqual(await as('clerk.lahien').call(contract.readNotices, read), { unread: told.total - 1 });
  assert.equal((await noticesOf('laHien', 'reviewer.hills')).unread, told.total);
  const forOther = `insert into notice_reading select unit_id, id, $1, now() from notice where unit_id = $2`;
  await assert.rejects(straight(db, 'clerk.lahien', 'laHien', forOther, [idOf('reviewer.hills'), units.laHien.id]), {
    code: '42501',
  });
  const foreign = await as('clerk.doican').call(contract.readNotices, { params: at('doiCan'), body: { noticeIds } });
  const { rows } = await db.owner.query('select 1 from notice_reading where account_id = $1', [idOf('clerk.doican')]);
  assert.deepEqual([foreign.unread, rows.length], [(await noticesOf('doiCan', 'clerk.doican')).total, 0]);
});

test('a digest for the head: the same figures for one unit as for all, in its rhythm, seen by heads', async () => {
  const day = '2024-11-04';
  const { rows: all } = await db.owner.query<{ unit_id: string; figures: object }>(
    'select * from digest_figures(null, $1)',
    [day],
  );
  for (const { unit_id: unitId, figures } of all) {
    const one = await db.owner.query<{ figures: object }>('select figures from digest_figures($1, $2)', [unitId, day]);
    assert.deepEqual(one.rows[0]!.figures, figures);
  }
  // By hand: Đội Cấn has sent and waits; the town reviews it; Hoa Sen is late; two more schools under the province.
  const shown = await as('head.doican', day).call(contract.readDigest, { params: at('doiCan') });
  assert.deepEqual([shown.figures.waiting, shown.figures.late, shown.rhythm], [1, 0, 'weekly']);
  const town = await as('admin.town', day).call(contract.readDigest, { params: at('town') });
  assert.deepEqual(
    [town.figures.toReview, town.figures.belowOwing, town.figures.belowLate, town.figures.late],
    [1, 1, 1, 1],
  );
  const province = await as('admin.province', day).call(contract.readDigest, { params: at('province') });
  assert.deepEqual([province.figures.belowOwing, province.figures.belowLate], [3, 3]);
  assert.equal(await as('clerk.doican').fail(contract.readDigest, { params: at('doiCan') }), 'forbidden');

  const digests = async (unit: UnitName) =>
    (
      await db.owner.query(
        `select 1 from notice where unit_id = $1 and kind = 'digest' and created_at >= '2024-11-18'`,
        [units[unit].id],
      )
    ).rowCount;
  await as('admin.town').call(contract.changeDigest, { params: at('town'), body: { rhythm: 'daily' } });
  await as('admin.province').call(contract.changeDigest, { params: at('province'), body: { rhythm: 'off' } });
  for (const each of ['2024-11-18', '2024-11-19', '2024-11-19', '2024-11-20']) await draw(`${each}T07:00:00+07:00`);
  assert.deepEqual([await digests('town'), await digests('doiCan'), await digests('province')], [3, 1, 0]);
  const kinds = async (person: PersonName) =>
    new Set((await noticesOf('doiCan', person)).notices.map((notice) => notice.kind));
  assert.ok((await kinds('head.doican')).has('digest'));
  assert.ok(!(await kinds('clerk.doican')).has('digest'));
});

test('a form of every level is asked for like any other: in reminders and in the digest', async () => {
  const { rows: schools } = await db.owner.query<{ id: string }>(`select id from unit where kind = 'school'`);
  const next = await seatPeriod(db.owner, 2025, everywhere);
  await draw('2025-10-22T07:00:00+07:00');
  const { rows } = await db.owner.query<{ unit_id: string; forms: string[] }>(
    `select unit_id, content -> 'forms' as forms from notice where period_id = $1 and kind = 'deadline'`,
    [next],
  );
  assert.deepEqual(
    new Map(rows.map((row) => [row.unit_id, row.forms])),
    new Map(schools.map(({ id }) => [id, [everywhere.code]])),
  );
  const { figures } = await as('admin.province', '2025-10-26').call(contract.readDigest, { params: at('province') });
  assert.deepEqual([figures.belowOwing, figures.belowLate], [schools.length, schools.length]);
});

test('the database knows the kinds of notices that can be said, and no others', async () => {
  const { rows } = await db.owner.query<{ rule: string }>(
    `select pg_get_constraintdef(oid) as rule from pg_constraint where conname = 'notice_kind_known'`,
  );
  const known = [...rows[0]!.rule.matchAll(/'(\w+)'::text/g)].map((found) => found[1]);
  assert.deepEqual(new Set(known), new Set(noticeKinds));
});

test('who holds reports after the last day of review hears of it, once a step; nobody else does', async () => {
  await db.owner.query(`update period set review_until = '2024-12-01' where id = $1`, [periodId]);
  await db.owner.query(`update report set state_since = '2024-12-01T16:59:00Z' where unit_id = $1`, [units.doiCan.id]);
  const late = await seatSubmission(db.owner, units.laHien.id, units.hills.id, periodId, {});
  await db.owner.query(`update report set state_since = '2024-12-01T17:00:00Z' where id = $1`, [late.reportId]);
  const told = async () => {
    const { rows } = await db.owner.query<{ told: string }>(
      `select unit_id || ' ' || split_part(once_key, ':', 4) || ' ' || (content ->> 'reports') as told from notice where kind = 'review' order by 1`,
    );
    return rows.map((row) => row.told);
  };
  const expected = (...steps: number[]) => steps.map((step) => `${units.town.id} ${step} 1`);
  await draw('2024-12-01T07:00:00+07:00');
  assert.deepEqual(await told(), []);
  // The plan of this period has the twelfth day after a deadline only; days before one say nothing here.
  for (const day of ['2024-12-02', '2024-12-13', '2024-12-13', '2024-12-14']) await draw(`${day}T07:00:00+07:00`);
  assert.deepEqual(await told(), expected(12), 'La Hiên came after the last day');
  await db.owner.query('delete from reminder_plan where period_id = $1', [periodId]);
  await draw('2024-12-04T07:00:00+07:00');
  assert.deepEqual((await told()).toSorted(), expected(12, 3).toSorted());
  const { notices } = await noticesOf('town', 'reviewer.town');
  const notice = notices.find((each) => each.kind === 'review')!;
  assert.equal(notice.title.vi, 'Quá hạn duyệt: Thống kê đầu năm 2024');
});

test('every notice that was drawn can be said', async () => {
  for (const person of Object.keys(people) as PersonName[]) {
    const [unit] = people[person];
    for (const { title, body } of (await noticesOf(unit, person)).notices)
      for (const line of [title, ...body])
        assert.ok(line.vi && line.en && !/undefined|null|NaN/.test(line.vi + line.en));
  }
  assert.equal(form.code, '02-TH-ĐN');
});
