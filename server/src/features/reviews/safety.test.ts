// Attempts to cheat straight in the database, as the application's role, inside the scope of real people. What the API refuses
// is in the stories; here the API is passed by.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { idOf, seatCast, units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { form, seatPeriod, seatSubmission, type SeatedReport } from '../../testing/reports.ts';
import { straight } from '../../testing/straight.ts';

let db: TestDatabase;
let periodId: string;
let sent: SeatedReport;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  periodId = await seatPeriod(db.owner);
  sent = await seatSubmission(db.owner, units.doiCan.id, units.town.id, periodId, { '37.1': 100 });
  await seatSubmission(db.owner, units.laHien.id, units.hills.id, periodId, { '37.1': 50 });
});
after(() => db.close());

const clerk = (text: string, values: unknown[] = []) => straight(db, 'clerk.doican', 'doiCan', text, values);
const denied = { code: '42501' };

test('what was sent and decided cannot be changed or removed by anybody', async () => {
  for (const [person, unit] of [
    ['clerk.doican', 'doiCan'],
    ['reviewer.town', 'doiCan'],
    ['admin.province', 'province'],
    ['admin.ministry', 'ministry'],
  ] as const) {
    for (const change of [
      `update submission set cells = '{"37.1": 999}'`,
      `update submission set hash = 'x'`,
      'delete from submission',
      `update decision set kind = 'approved'`,
      'delete from decision',
      `update report_event set kind = 'approve'`,
      'delete from report_event',
      `update print_code set submission_id = unit_id`,
      'delete from print_code',
      `update aggregate_sum set amounts = '{}'`,
      'delete from aggregate_sum',
      `insert into aggregate_sum values ('${units.doiCan.id}', '${periodId}', 'x', '{}', '{}', 1, now())`,
      `insert into counted_submission values ('${units.doiCan.id}', '${periodId}', '${form.code}', '${sent.submissionId}', 1, 'x', '{}')`,
      'delete from counted_submission',
      'delete from report',
    ]) {
      await assert.rejects(straight(db, person, unit, change), denied, `${person}: ${change}`);
    }
  }
  const { rows } = await db.owner.query('select cells from submission where id = $1', [sent.submissionId]);
  assert.deepEqual(rows[0], { cells: { '37.1': 100 } });
});

const decision = (by: PersonName, unit: UnitName, place: SeatedReport, decidedIn: UnitName): [string, unknown[]] => [
  `insert into decision values ($1, gen_random_uuid(), $2, $3, 'approved', null, null, $5, 'x', $4, now())`,
  [units[unit].id, place.reportId, place.submissionId, units[decidedIn].id, idOf(by)],
];

test('a school cannot approve itself: no decision in its own name, none in the name of its Phòng, no state without a decision', async () => {
  await assert.rejects(clerk(...decision('clerk.doican', 'doiCan', sent, 'doiCan')), denied);
  await assert.rejects(clerk(...decision('clerk.doican', 'doiCan', sent, 'town')), denied);
  for (const state of ['approved', 'returned']) {
    await assert.rejects(clerk(`update report set state = $1 where unit_id = $2`, [state, units.doiCan.id]), denied);
  }
  await assert.rejects(
    clerk('select count_submission($1, $2, $3, $4, now())', [units.doiCan.id, periodId, form.code, sent.submissionId]),
    denied,
  );
});

test('a decision is written only in the name of a unit above in which one works, about a report in reach', async () => {
  const { rows } = await db.owner.query<{ reportId: string; submissionId: string }>(
    'select report_id as "reportId", id as "submissionId" from submission where unit_id = $1',
    [units.laHien.id],
  );
  const laHien = rows[0]!;
  const attempts: Array<[PersonName, UnitName, UnitName, SeatedReport, UnitName]> = [
    ['reviewer.town', 'doiCan', 'doiCan', sent, 'province'],
    ['reviewer.town', 'doiCan', 'doiCan', sent, 'hills'],
    ['reviewer.town', 'town', 'laHien', laHien, 'town'],
    ['reviewer.town', 'doiCan', 'laHien', laHien, 'town'],
    ['clerk.hoasen', 'hoaSen', 'doiCan', sent, 'hoaSen'],
  ];
  for (const [person, scope, unit, place, decidedIn] of attempts) {
    await assert.rejects(
      straight(db, person, scope, ...decision(person, unit, place, decidedIn)),
      denied,
      `${person} in ${decidedIn}`,
    );
  }
  const asReviewer = (by: PersonName) =>
    straight(db, 'reviewer.town', 'doiCan', ...decision(by, 'doiCan', sent, 'town'));
  await assert.rejects(asReviewer('admin.town'), denied, 'in the name of a colleague');
  assert.equal((await asReviewer('reviewer.town')).written, 1, 'the reviewer does');
});

test('nobody sees the reports of units outside their reach', async () => {
  const seen = async (person: PersonName, unit: UnitName, table: string) => {
    const { rows } = await straight(db, person, unit, `select distinct unit_id from ${table}`);
    return rows.map((row) => String(row.unit_id)).toSorted();
  };
  for (const table of ['report', 'submission', 'print_code']) {
    assert.deepEqual(await seen('clerk.doican', 'doiCan', table), [units.doiCan.id]);
    assert.deepEqual(await seen('reviewer.hills', 'hills', table), [units.laHien.id]);
    assert.deepEqual(await seen('clerk.hoasen', 'hoaSen', table), []);
    assert.deepEqual(await seen('analyst.ministry', 'ministry', table), [units.doiCan.id, units.laHien.id].sort());
  }
});

test('a code on paper tells its state and nothing more, to everybody', async () => {
  const check = async (code: string) =>
    (
      await db.database.pool.query<{ state: string; no: number; unit_name: string }>('select * from check_print($1)', [
        code,
      ])
    ).rows;
  const codeOf = async (submissionId: string) =>
    (await db.owner.query<{ code: string }>('select code from submission where id = $1', [submissionId])).rows[0]!.code;
  const place = (kind: string, submissionId: string, reason: string | null) =>
    straight(
      db,
      'reviewer.hills',
      'cucDuong',
      `insert into decision values ($1, gen_random_uuid(), $2, $3, $4, $5, null, $7, 'x', $6, now())`,
      [units.cucDuong.id, first.reportId, submissionId, kind, reason, units.hills.id, idOf('reviewer.hills')],
    );
  const first = await seatSubmission(db.owner, units.cucDuong.id, units.hills.id, periodId, { '37.1': 1 });
  const one = await codeOf(first.submissionId);
  const stateOf = async (code: string) => (await check(code))[0]?.state;
  assert.equal(await stateOf(one), 'same', 'sent');
  await place('returned', first.submissionId, 'thiếu');
  assert.equal(await stateOf(one), 'returned');
  const second = await seatSubmission(db.owner, units.cucDuong.id, units.hills.id, periodId, { '37.1': 2 });
  const two = await codeOf(second.submissionId);
  assert.deepEqual([await stateOf(one), await stateOf(two)], ['superseded', 'same']);
  await place('approved', second.submissionId, null);
  assert.equal(await stateOf(two), 'same', 'approved');
  await place('reopened', second.submissionId, 'nhầm');
  assert.equal(await stateOf(two), 'returned', 'reopened');
  assert.deepEqual(await check('0000-0000-0'), []);
  assert.deepEqual(Object.keys((await check(two))[0]!), [
    'unit_name',
    'form_code',
    'period_name',
    'no',
    'sent_at',
    'hash',
    'state',
  ]);
});

test('the ministry reaches every report of the country and no record of a person; so does nobody else', async () => {
  const count = (person: PersonName, unit: UnitName, table: string) =>
    straight(db, person, unit, `select count(*)::integer as rows from ${table}`);
  const all = (await db.owner.query('select count(*)::integer as rows from report')).rows;
  assert.deepEqual((await count('analyst.ministry', 'ministry', 'report')).rows, all);
  assert.notDeepEqual((await count('reviewer.town', 'town', 'report')).rows, all);
  for (const table of [
    'student',
    'enrolment',
    'staff_member',
    'student_record',
    'history',
    'import_student',
    'school_profile',
  ])
    await assert.rejects(count('admin.ministry', 'ministry', table), denied, table);
  // The role alone opens nothing, and what the ministry is given ends with its transaction.
  const client = await db.database.pool.connect();
  try {
    await client.query('begin');
    const { rows: role } = await client.query('select current_user as name');
    assert.deepEqual(role, [{ name: 'khuevan_app' }]);
    await client.query('set local role khuevan_nation');
    assert.deepEqual((await client.query('select count(*)::integer as rows from report')).rows, [{ rows: 0 }]);
  } finally {
    await client.query('rollback');
    client.release();
  }
});
