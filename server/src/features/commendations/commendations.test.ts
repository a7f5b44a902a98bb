// Points for the duties of a school year, from what really happened to the reports; each point leads to what took it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as contract from '@khuevan/core/contract/commendations.ts';
import { usualRule } from '@khuevan/core/reports/commendation.ts';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { seatCast, units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { everywhere, seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { at } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { serveCommendations } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
const day = '2024-11-20';
const year = { schoolYear: 2024 };

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveCommendations]);
  as = await createCaller(app, db.owner);
  const periodId = await seatPeriod(db.owner);
  const send = async (school: UnitName, office: UnitName, moment: string) => {
    const { submissionId } = await seatSubmission(db.owner, units[school].id, units[office].id, periodId, {});
    await db.owner.query('update submission set sent_at = $2 where id = $1', [submissionId, moment]);
    return submissionId;
  };
  // Đội Cấn: in time. Hoa Sen: two days late. La Hiên: in time, returned until 5 November, sent again five days after it, one reason
  // refused, one refused and then accepted, one accepted. Cúc Đường: never.
  await send('doiCan', 'town', '2024-10-25T16:59:00Z');
  await send('hoaSen', 'town', '2024-10-27T03:00:00Z');
  const first = await send('laHien', 'hills', '2024-10-20T03:00:00Z');
  await db.owner.query(
    `insert into decision (unit_id, id, report_id, submission_id, kind, reason, due_on, decided_by, decided_by_name, decided_in, decided_at)
     select unit_id, $2, report_id, id, 'returned', 'Sửa ô 37.1', '2024-11-05', $3, 'x', $3, now() from submission where id = $1`,
    [first, newId(), units.hills.id],
  );
  await db.owner.query(
    `insert into report_event (unit_id, id, report_id, kind, state, account_name, submission_no, at, due_on)
     select unit_id, $2, report_id, 'return', 'returned', 'x', 1, '2024-10-30', '2024-11-05' from submission where id = $1`,
    [first, newId()],
  );
  const second = await send('laHien', 'hills', '2024-11-10T03:00:00Z');
  for (const [index, [key, kind]] of [
    ['w1', 'refused'],
    ['w2', 'refused'],
    ['w2', 'accepted'],
    ['w3', 'accepted'],
  ].entries())
    await db.owner.query(
      `insert into explanation_decision (unit_id, id, report_id, submission_id, finding_key, reason, kind, note, decided_by, decided_by_name, decided_in, decided_at)
       select unit_id, $2, report_id, id, $3, 'vì', $4, 'x', $5, 'x', $5, $6 from submission where id = $1`,
      [second, newId(), key, kind, units.hills.id, `2024-11-11T0${index}:00:00Z`],
    );
});
after(async () => {
  await app.close();
  await db.close();
});

const listOf = (unit: UnitName, person: PersonName) =>
  as(person, day).call(contract.listCommendations, { params: { ...at(unit), ...year } });
const ownOf = (unit: UnitName, person: PersonName) =>
  as(person, day).call(contract.readCommendation, { params: { ...at(unit), ...year } });

test('points as worked out by hand, highest first', async () => {
  const { units: shown, inForce } = await listOf('province', 'reviewer.province');
  assert.deepEqual([inForce.rule, inForce.ownerId, inForce.mayChange], [usualRule, null, false]);
  // Late two days: 100 - 20 × 0.4. Returned once, five days late with the second sending, one reason refused: 100 - 25 × 0.15 - 50 × 0.4 - 10 × 0.05.
  assert.deepEqual(
    shown.filter((unit) => unit.unitKind === 'school').map((unit) => [unit.unitName, unit.score]),
    [
      [units.doiCan.name, 100],
      [units.hoaSen.name, 92],
      [units.laHien.name, 75.8],
      [units.cucDuong.name, 0],
    ],
  );
  // The offices owe their totals and have not sent them.
  assert.deepEqual(
    shown.filter((unit) => unit.unitKind === 'district').map((unit) => unit.score),
    [0, 0],
  );
});

test('a school sees its own points and what took each, and nobody else’s', async () => {
  const own = await ownOf('laHien', 'clerk.lahien');
  assert.equal(own.score, 75.8);
  assert.deepEqual(
    own.forms.map((form) => [form.sendings, form.deductions.map((each) => [each.criterion, each.count])]),
    [
      [
        [
          { on: '2024-10-20', dueOn: '2024-10-25' },
          { on: '2024-11-10', dueOn: '2024-11-05' },
        ],
        [
          ['timeliness', 5],
          ['returns', 1],
          ['findings', 1],
        ],
      ],
    ],
  );
  const taken = own.forms.flatMap((form) => form.deductions).reduce((sum, each) => sum + each.points, 0);
  assert.ok(Math.abs(100 - taken - own.score) < 0.06);
  assert.ok(own.forms[0]!.reportId, 'leads to the report');
  const other = { params: { ...at('doiCan'), ...year } };
  assert.equal(await as('clerk.lahien', day).fail(contract.readCommendation, other), 'not_found');
  assert.equal(
    await as('clerk.lahien', day).fail(contract.listCommendations, { params: { ...at('laHien'), ...year } }),
    'not_found',
  );
  assert.equal((await ownOf('town', 'reviewer.town')).forms.length, 1);
  const beside = 'select * from conduct_below($1, 2024, $2, true)';
  await assert.rejects(straight(db, 'clerk.lahien', 'laHien', beside, [units.doiCan.id, day]), { code: '42501' });
});

test('a province sets its weights; its schools see them; other school years keep theirs', async () => {
  const rule = { ...usualRule, weights: { completeness: 0, timeliness: 100, returns: 0, findings: 0 }, perLateDay: 50 };
  const params = { ...at('province'), ...year };
  const { inForce } = await listOf('province', 'admin.province');
  assert.equal(inForce.mayChange, true);
  const change = { params, body: { rule, version: inForce.version } };
  assert.equal(await as('reviewer.province', day).fail(contract.changeCommendationRule, change), 'forbidden');
  assert.equal(
    await as('admin.town', day).fail(contract.changeCommendationRule, {
      ...change,
      params: { ...at('town'), ...year },
    }),
    'forbidden',
  );
  const set = await as('admin.province', day).call(contract.changeCommendationRule, change);
  assert.deepEqual([set.ownerId, set.version], [units.province.id, 1]);
  assert.equal(await as('admin.province', day).fail(contract.changeCommendationRule, change), 'stale_record');
  const own = await ownOf('hoaSen', 'clerk.hoasen');
  assert.deepEqual([own.inForce.ownerName, own.inForce.mayChange, own.score], [units.province.name, false, 0]);
  assert.equal((await ownOf('doiCan', 'clerk.doican')).score, 100);
  const next = await as('clerk.hoasen', day).call(contract.readCommendation, {
    params: { ...at('hoaSen'), schoolYear: 2025 },
  });
  assert.deepEqual([next.inForce.rule, next.score], [usualRule, null]);
  const nothing = { ...rule, weights: { completeness: 0, timeliness: 0, returns: 0, findings: 0 } };
  assert.equal(
    await as('admin.province', day).fail(contract.changeCommendationRule, {
      params,
      body: { rule: nothing, version: 1 },
    }),
    'invalid_request',
  );
});

test('a form of every level counts like any other', async () => {
  const later = '2025-10-26';
  const id = await seatPeriod(db.owner, 2025, everywhere);
  const { submissionId } = await seatSubmission(db.owner, units.laHien.id, units.hills.id, id, {}, everywhere);
  await db.owner.query('update submission set sent_at = $2 where id = $1', [submissionId, '2025-10-20T03:00:00Z']);
  const { units: shown } = await as('reviewer.province', later).call(contract.listCommendations, {
    params: { ...at('province'), schoolYear: 2025 },
  });
  assert.deepEqual(
    shown.filter((unit) => unit.unitKind === 'school').map(({ forms, score }) => [forms, score]),
    [
      [1, 100],
      [1, 0],
      [1, 0],
      [1, 0],
    ],
  );
});

test('an accepted reason for lateness halves what the days cost', async () => {
  const late = () => ownOf('hoaSen', 'clerk.hoasen');
  const set = `insert into late_reason select unit_id, period_id, form_code, 'Lũ', null, 'x', now(), null, null from report where unit_id = $1 and period_id = $2`;
  const { periodId } = (await late()).forms[0]!;
  await db.owner.query('delete from commendation_rule');
  await db.owner.query(set, [units.hoaSen.id, periodId]);
  assert.deepEqual([(await late()).score, (await late()).forms[0]!.isExcused], [92, false]);
  await db.owner.query(`update late_reason set accepted_at = now() where unit_id = $1`, [units.hoaSen.id]);
  // Two days of five points each instead of ten, of which 40 of 100 count.
  assert.deepEqual([(await late()).score, (await late()).forms[0]!.isExcused], [96, true]);
});

test('the list goes to Excel', async () => {
  const file = await as('reviewer.province', day).attempt(contract.exportCommendations, {
    params: { ...at('province'), ...year },
  });
  assert.equal(file.statusCode, 200);
  assert.ok(file.rawPayload.subarray(0, 2).equals(Buffer.from('PK')));
});
