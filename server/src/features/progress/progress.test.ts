// Who owes what in a period, added up in one walk, against the functions that ask form by form and against plain counting.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as contract from '@khuevan/core/contract/progress.ts';
import { addDays } from '@khuevan/core/vietnam/dates.ts';
import { selectDuties } from '#features/periods';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { seatCast, units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { everywhere, form, seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { at } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveProgress } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
let periodId: string;
const secondary = { code: '03-THCS-ĐN', version: '2018', level: '03' };

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveProgress]);
  as = await createCaller(app, db.owner);
  periodId = await seatPeriod(db.owner);
  for (const { code, version, level } of [secondary, everywhere])
    await db.owner.query(
      `insert into period_form select id, owner_id, school_year, kind, $2, $3, $4, '{}' from period where id = $1`,
      [periodId, code, version, level],
    );
  // Lower secondary of Cúc Đường goes straight to the province; its primary stays with the hills.
  await db.owner.query(`insert into unit_relation values ($1, $2, 'reviewing', '03', '[2000-01-01,)')`, [
    units.cucDuong.id,
    units.province.id,
  ]);
});
after(async () => {
  await app.close();
  await db.close();
});

const progressOf = (unit: UnitName, person: PersonName, day?: string, formCode?: string) =>
  as(person, day).call(contract.readProgress, { params: at(unit), query: { periodId, ...(formCode && { formCode }) } });
const unitsOf = async (unit: UnitName, person: PersonName, day: string, show: 'all' | 'late' | 'owing' | 'reasons') =>
  (await as(person, day).call(contract.listProgressUnits, { params: at(unit), query: { periodId, show } })).units;
/** Sent on a day by the clock of Vietnam. */
async function sendOn(school: UnitName, reviewer: UnitName, moment: string, asked = form) {
  const seated = await seatSubmission(db.owner, units[school].id, units[reviewer].id, periodId, {}, asked);
  await db.owner.query('update report set last_sent_at = $2, state_since = $2 where id = $1', [
    seated.reportId,
    moment,
  ]);
  await db.owner.query('update submission set sent_at = $2 where id = $1', [seated.submissionId, moment]);
  return seated;
}

test('one walk finds the same duties as asking form by form', async () => {
  for (const unit of ['ministry', 'province', 'town', 'hills'] as const) {
    const { rows } = await db.owner.query<{ found: string }>(
      `with walked as (select unit_id, form_code, above[cardinality(above)] as parent from duties_under($1, $2, null, false)),
       asked as (select a.unit_id, f.form_code, a.parent_id from period p join period_form f on f.period_id = p.id
         cross join lateral units_asked($1, f.level, p.as_of) a left join period_deadline d on d.period_id = p.id and d.unit_kind = a.kind
         where p.id = $2 and (a.kind = 'school' or d.due_on is not null))
       select 'more: ' || w::text as found from (select * from walked except select * from asked) w
       union all select 'less: ' || a::text from (select * from asked except select * from walked) a`,
      [units[unit].id, periodId],
    );
    assert.deepEqual(rows, [], unit);
  }
  const { rows } = await db.owner.query('select 1 from duties_under($1, $2, null, false)', [
    units.province.id,
    periodId,
  ]);
  // Four primary schools (one of them with lower secondary) and the two offices above them: five forms of a level and two, four of all levels and two.
  assert.equal(rows.length, 13);
});

test('what a unit finds among its own duties, with its day, is what the walk from above finds for it', async () => {
  for (const unit of Object.keys(units) as UnitName[]) {
    if (unit === 'ministry') continue;
    const { rows: walked } = await db.owner.query<{ form_code: string; due_on: string }>(
      `select form_code, due_on::text as due_on from duties_under($1, $2, null, false) where unit_id = $3 order by form_code`,
      [units.ministry.id, periodId, units[unit].id],
    );
    const own = await db.database.db.transaction().execute((tx) => selectDuties(tx, units[unit].id, { periodId }));
    assert.deepEqual(
      own.map(({ form_code, due_on }) => ({ form_code, due_on })),
      walked,
      unit,
    );
    assert.ok(own.length > 0);
  }
});

test('a board begins with nothing and counts every form of the period', async () => {
  const board = await progressOf('province', 'reviewer.province');
  assert.deepEqual(
    [board.total.asked, board.total.notStarted, board.total.late, board.sending.finish.state],
    [9, 9, 0, 'unknown'],
  );
  assert.deepEqual(
    board.areas.map((area) => [area.name, area.asked]),
    [
      [units.town.name, 4],
      [units.hills.name, 4],
      [units.province.name, 1],
    ].toSorted((a, b) => String(a[0]).localeCompare(String(b[0]), 'vi')),
  );
  assert.deepEqual(
    board.levels.map((level) => [level.key, level.name, level.asked]),
    [
      ['*', 'Mọi cấp học', 4],
      ['02', 'Tiểu học', 4],
      ['03', 'Trung học cơ sở', 1],
    ],
  );
  assert.deepEqual(
    board.kinds.map((kind) => [kind.unitKind, kind.levelGroup, kind.asked]),
    [
      ['district', null, 4],
      ['school', '06', 6],
      ['school', '09', 3],
    ],
  );
  assert.equal((await progressOf('province', 'reviewer.province', undefined, secondary.code)).total.asked, 1);
  assert.equal((await progressOf('province', 'reviewer.province', undefined, everywhere.code)).total.asked, 4);
});

test('the deadline is the end of its day in Vietnam', async () => {
  // 25 October ends at 17:00 UTC.
  await sendOn('doiCan', 'town', '2024-10-25T16:59:59Z');
  await sendOn('hoaSen', 'town', '2024-10-25T17:00:01Z');
  const board = await progressOf('province', 'reviewer.province', '2024-10-25');
  assert.deepEqual([board.total.inTime, board.total.submitted], [1, 2]);
  const shown = await unitsOf('province', 'reviewer.province', '2024-10-25', 'late');
  assert.deepEqual(
    shown.map((unit) => [unit.unitName, unit.daysLate]),
    [[units.hoaSen.name, 1]],
  );
  assert.equal((await progressOf('province', 'reviewer.province', '2024-10-25')).total.late, 1);
  // The day after, the seven that have not come are late too.
  assert.equal((await progressOf('province', 'reviewer.province', '2024-10-26')).total.late, 8);
});

test('who holds what, and since when', async () => {
  const { holders } = await progressOf('province', 'reviewer.province', '2024-10-28');
  assert.deepEqual(
    holders.map(({ name, unitKind, count, longestDays }) => [name, unitKind, count, longestDays]),
    [
      [null, 'school', 7, null],
      [null, 'district', 4, null],
      [units.town.name, 'district', 2, 3],
    ],
  );
});

test('the expected day of the last form comes from the last seven days', async () => {
  const day = '2024-10-28';
  await sendOn('laHien', 'hills', `${day}T01:00:00Z`);
  const { sending } = await progressOf('province', 'reviewer.province', day);
  // Three in seven days are too few to name a day.
  assert.deepEqual(sending, { remaining: 6, recent: 3, finish: { state: 'unknown' } });
  assert.equal((await progressOf('province', 'reviewer.province', addDays(day, 30))).sending.recent, 0);
});

test('what came while it was reviewed and waits after that is overdue with its reviewer; what came later is not', async () => {
  const overdue = async (day: string) => {
    const board = await progressOf('province', 'reviewer.province', day);
    const areas = board.areas.filter((area) => area.reviewLate > 0).map((area) => [area.name, area.reviewLate]);
    return [board.total.reviewLate, areas];
  };
  assert.deepEqual(await overdue('2024-11-10'), [0, []], 'the period does not say until when');
  await db.owner.query(`update period set review_until = '2024-10-26' where id = $1`, [periodId]);
  assert.deepEqual(await overdue('2024-10-26'), [0, []], 'the last day');
  assert.deepEqual(await overdue('2024-10-29'), [2, [[units.town.name, 2]]], 'La Hiên came on the 28th');
  await db.owner.query('update period set review_until = null where id = $1', [periodId]);
});

const reason = { formCode: form.code, reason: 'Mất điện ba ngày do bão', expectedOn: '2024-10-30' };
const say = {
  params: at('cucDuong'),
  body: {
    ...reason,
    get periodId() {
      return periodId;
    },
  },
};

test('a late school says why and when; its reviewers see it, nobody speaks for it', async () => {
  const late = '2024-10-28';
  const body = { ...reason, periodId };
  assert.equal(await as('clerk.doican', late).fail(contract.stateLateReason, say), 'not_found');
  assert.equal(await as('reviewer.hills', late).fail(contract.stateLateReason, say), 'forbidden');
  assert.equal(
    await as('clerk.cucduong', late).fail(contract.stateLateReason, {
      ...say,
      body: { ...body, expectedOn: '2024-10-27' },
    }),
    'invalid_request',
  );
  await as('clerk.cucduong', late).call(contract.stateLateReason, say);
  await as('clerk.cucduong', late).call(contract.stateLateReason, {
    ...say,
    body: { ...body, expectedOn: '2024-10-31' },
  });
  for (const [unit, person] of [
    ['province', 'reviewer.province'],
    ['hills', 'reviewer.hills'],
  ] as const) {
    const [shown] = await unitsOf(unit, person, late, 'reasons');
    assert.deepEqual(
      [shown!.unitName, shown!.reasons.map((each) => [each.formCode, each.reason, each.expectedOn])],
      [units.cucDuong.name, [[form.code, reason.reason, '2024-10-31']]],
    );
  }
  assert.deepEqual(await unitsOf('town', 'reviewer.town', late, 'reasons'), []);
  const { reasons } = await as('reviewer.hills', late).call(contract.listLateReasons, {
    params: at('cucDuong'),
    query: {},
  });
  assert.equal(reasons.length, 1);
  assert.equal(
    await as('reviewer.town', late).fail(contract.listLateReasons, { params: at('cucDuong'), query: {} }),
    'not_found',
  );
});

test('a unit above accepts the reason, nobody else; said otherwise it is looked at anew', async () => {
  const late = '2024-10-28';
  const accept = { params: at('cucDuong'), body: { periodId, formCode: form.code, reason: reason.reason } };
  const isAccepted = async () => (await unitsOf('hills', 'reviewer.hills', late, 'reasons'))[0]!.reasons[0]!.isAccepted;
  assert.equal(await as('clerk.cucduong', late).fail(contract.acceptLateReason, accept), 'forbidden');
  assert.equal(await as('reviewer.town', late).fail(contract.acceptLateReason, accept), 'not_found');
  const silent = { ...accept, params: at('laHien') };
  assert.equal(await as('reviewer.hills', late).fail(contract.acceptLateReason, silent), 'not_found');
  const unread = { ...accept, body: { ...accept.body, reason: 'đã nói khác' } };
  assert.equal(await as('reviewer.hills', late).fail(contract.acceptLateReason, unread), 'not_found');
  assert.equal(await isAccepted(), false);
  const taken = await as('reviewer.hills', late).call(contract.acceptLateReason, accept);
  assert.deepEqual([taken.reason, taken.acceptedByName], [reason.reason, 'reviewer.hills']);
  assert.equal(await isAccepted(), true);
  const itself = `select accept_late_reason($1, $2, $3, $4, array[$1::uuid], 'tự nhận', now()) as done`;
  const { rows } = await straight(db, 'clerk.cucduong', 'cucDuong', itself, [
    units.cucDuong.id,
    periodId,
    form.code,
    reason.reason,
  ]);
  assert.deepEqual(rows, [{ done: false }]);
  await assert.rejects(
    straight(
      db,
      'clerk.cucduong',
      'cucDuong',
      `update late_reason set accepted_at = now(), accepted_by_name = 'tự nhận' where unit_id = $1`,
      [units.cucDuong.id],
    ),
    { code: '42501' },
  );
  await as('clerk.cucduong', late).call(contract.stateLateReason, say);
  assert.equal(await isAccepted(), false);
});

test('what came in time needs no reason', async () => {
  const params = at('doiCan');
  assert.equal(
    await as('clerk.doican', '2024-10-28').fail(contract.stateLateReason, { params, body: { ...reason, periodId } }),
    'wrong_state',
  );
});

test('a unit sees its own part, and cannot look beside it behind the program', async () => {
  assert.equal((await progressOf('hills', 'reviewer.hills')).total.asked, 4);
  const foreign = { params: at('hills'), query: { periodId } };
  assert.equal(await as('reviewer.town').fail(contract.readProgress, foreign), 'not_found');
  assert.equal(await as('clerk.doican').fail(contract.readProgress, { ...foreign, params: at('doiCan') }), 'not_found');
  const beside = 'select * from duties_below($1, $2, null)';
  await assert.rejects(straight(db, 'reviewer.town', 'town', beside, [units.province.id, periodId]), { code: '42501' });
  const reasons = 'select * from late_reason where unit_id = $1';
  assert.equal((await straight(db, 'reviewer.town', 'town', reasons, [units.cucDuong.id])).rows.length, 0);
  assert.equal((await straight(db, 'reviewer.hills', 'hills', reasons, [units.cucDuong.id])).rows.length, 1);
});

test('what is shown goes to Excel', async () => {
  const file = await as('reviewer.province').attempt(contract.exportProgress, {
    params: at('province'),
    query: { periodId, show: 'late' },
  });
  assert.equal(file.statusCode, 200);
  assert.ok(file.rawPayload.subarray(0, 2).equals(Buffer.from('PK')));
});
