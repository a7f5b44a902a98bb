// Totals in the database: sums of approved submissions, whatever happens and however much at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sumCells } from '@khuevan/core/forms/cells.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Actor, Tx } from '#platform/database.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { idOf, seatCast, units, type PersonName } from '../../testing/cast.ts';
import { cellKeys, form, seatPeriod, seatSubmission } from '../../testing/reports.ts';
import { verifyAggregates } from './aggregates-verify.ts';
import { countSubmission, insertDecision } from './review.queries.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
});
after(() => db.close());

const reviewers: Record<'doiCan' | 'hoaSen' | 'laHien' | 'cucDuong', [keyof typeof units, PersonName]> = {
  doiCan: ['town', 'reviewer.town'],
  hoaSen: ['town', 'reviewer.town'],
  laHien: ['hills', 'reviewer.hills'],
  cucDuong: ['hills', 'reviewer.hills'],
};
type School = keyof typeof reviewers;
const schools = Object.keys(reviewers) as School[];

const actor = (name: PersonName): Actor => ({ accountId: idOf(name), name });

async function inReview(school: School, work: (tx: Tx) => Promise<void>): Promise<void> {
  const [, person] = reviewers[school];
  await db.database.write(actor(person), units[school].id, 'reviews.write', 'test', ({ tx }) => work(tx));
}

interface Sent {
  reportId: string;
  submissionId: string;
}

async function decide(tx: Tx, school: School, sent: Sent, kind: 'approved' | 'reopened' | 'returned'): Promise<void> {
  const [office, person] = reviewers[school];
  await insertDecision(tx, {
    unitId: units[school].id,
    ...sent,
    kind,
    reason: kind === 'approved' ? null : 'thử',
    dueOn: null,
    accountId: idOf(person),
    accountName: person,
    decidedIn: units[office].id,
  });
}

const place = (school: School, periodId: string) => ({
  unit_id: units[school].id,
  period_id: periodId,
  form_code: form.code,
});

const send = (school: School, periodId: string, cells: Cells) =>
  seatSubmission(db.owner, units[school].id, units[reviewers[school][0]].id, periodId, cells);

const approve = (school: School, periodId: string, sent: Sent) =>
  inReview(school, async (tx) => {
    await decide(tx, school, sent, 'approved');
    await countSubmission(tx, place(school, periodId), sent.submissionId);
  });

const reopen = (school: School, periodId: string, sent: Sent) =>
  inReview(school, async (tx) => {
    await decide(tx, school, sent, 'reopened');
    await countSubmission(tx, place(school, periodId), null);
  });

async function totalOf(unit: keyof typeof units, periodId: string): Promise<{ cells: Cells; parts: number }> {
  const { rows } = await db.owner.query<{ cells: Cells; parts: number }>(
    'select cells, parts from aggregate where unit_id = $1 and period_id = $2',
    [units[unit].id, periodId],
  );
  return rows[0] ?? { cells: {}, parts: 0 };
}

const below: Record<string, School[]> = {
  town: ['doiCan', 'hoaSen'],
  hills: ['laHien', 'cucDuong'],
  province: schools,
  ministry: schools,
};

async function assertTotals(periodId: string, counted: Map<School, Cells>): Promise<void> {
  for (const [unit, members] of Object.entries(below)) {
    const parts = members.map((school) => counted.get(school)).filter((cells) => cells !== undefined);
    const total = await totalOf(unit as keyof typeof units, periodId);
    assert.deepEqual(total.cells, sumCells(parts), unit);
    assert.equal(total.parts, parts.length, unit);
  }
}

const recount = async (): Promise<number> => {
  const client = await db.owner.connect();
  try {
    return await verifyAggregates(client, () => undefined);
  } finally {
    client.release();
  }
};

test('an approval is in the totals of Phòng, Sở and ministry the moment it commits, and in no other', async () => {
  const periodId = await seatPeriod(db.owner, 2019);
  const sent = await send('doiCan', periodId, { '1.1': 1, '37.1': 946, 'NS24.1': 12.5 });
  await approve('doiCan', periodId, sent);
  await assertTotals(periodId, new Map([['doiCan', { '1.1': 1, '37.1': 946, 'NS24.1': 12.5 }]]));
  assert.equal((await totalOf('hills', periodId)).parts, 0);
});

test('a cell that the last school with a figure gives up is blank again, and not 0', async () => {
  const periodId = await seatPeriod(db.owner, 2018);
  const first = await send('doiCan', periodId, { '25.1': 0, '37.1': 5 });
  await approve('doiCan', periodId, first);
  await approve('hoaSen', periodId, await send('hoaSen', periodId, { '37.1': 7 }));
  assert.deepEqual((await totalOf('province', periodId)).cells, { '25.1': 0, '37.1': 12 });
  await reopen('doiCan', periodId, first);
  assert.deepEqual((await totalOf('province', periodId)).cells, { '37.1': 7 });
  await approve('doiCan', periodId, await send('doiCan', periodId, { '37.1': 6, '61.1': 1 }));
  assert.deepEqual((await totalOf('town', periodId)).cells, { '37.1': 13, '61.1': 1 });
  assert.equal(await recount(), 0);
});

test('eight approvals at once, in two districts, lose nothing', async () => {
  const periods = [await seatPeriod(db.owner, 2016), await seatPeriod(db.owner, 2017)];
  const cellsOf = (index: number): Cells =>
    Object.fromEntries(cellKeys.map((key, ordinal) => [key, ordinal + index * 7]));
  const sent = await Promise.all(
    periods.flatMap((periodId) =>
      schools.map(async (school, index) => ({
        school,
        periodId,
        cells: cellsOf(index),
        ...(await send(school, periodId, cellsOf(index))),
      })),
    ),
  );
  await Promise.all(sent.map((each) => approve(each.school, each.periodId, each)));
  for (const periodId of periods) {
    await assertTotals(
      periodId,
      new Map(sent.filter((each) => each.periodId === periodId).map((each) => [each.school, each.cells])),
    );
  }
  // Half is taken out while the other half is replaced by a second submission.
  const again = await Promise.all(
    sent
      .filter((each) => each.school === 'doiCan')
      .map(async (each) => ({ ...each, ...(await send(each.school, each.periodId, { '1.1': 1 })) })),
  );
  await Promise.all([
    ...again.map((each) => approve('doiCan', each.periodId, each)),
    ...sent.filter((each) => each.school === 'laHien').map((each) => reopen('laHien', each.periodId, each)),
  ]);
  for (const periodId of periods) {
    const counted = new Map(
      sent
        .filter((each) => each.periodId === periodId && each.school !== 'laHien')
        .map((each) => [each.school, each.cells]),
    );
    await assertTotals(periodId, counted.set('doiCan', { '1.1': 1 }));
  }
});

test('one school is counted once, however often and at once its approval is counted', async () => {
  const periodId = await seatPeriod(db.owner, 2015);
  const sent = await send('laHien', periodId, { '37.1': 100 });
  await approve('laHien', periodId, sent);
  await Promise.all(
    Array.from({ length: 6 }, () =>
      inReview('laHien', (tx) => countSubmission(tx, place('laHien', periodId), sent.submissionId)),
    ),
  );
  await assertTotals(periodId, new Map([['laHien', { '37.1': 100 }]]));
});

test('nothing is counted that is not approved, and nothing is taken out that is not reopened', async () => {
  const periodId = await seatPeriod(db.owner, 2014);
  const sent = await send('laHien', periodId, { '37.1': 100 });
  const counting = (submissionId: string | null) =>
    inReview('laHien', (tx) => countSubmission(tx, place('laHien', periodId), submissionId));
  await assert.rejects(counting(sent.submissionId), /not approved/);
  await approve('laHien', periodId, sent);
  await assert.rejects(counting(null), /not reopened/);
  const other = await send('cucDuong', periodId, { '37.1': 1 });
  await assert.rejects(counting(other.submissionId), /not approved/);
  await assert.rejects(
    db.database.write(actor('reviewer.town'), units.doiCan.id, 'reviews.write', 'test', ({ tx }) =>
      countSubmission(tx, place('laHien', periodId), sent.submissionId),
    ),
    /outside scope/,
  );
  await assertTotals(periodId, new Map([['laHien', { '37.1': 100 }]]));
});

test('a school whose chain was corrected leaves the old totals and enters the new ones', async () => {
  const periodId = await seatPeriod(db.owner, 2013);
  await approve('cucDuong', periodId, await send('cucDuong', periodId, { '37.1': 40 }));
  await db.owner.query(`update unit_relation set parent_id = $2 where child_id = $1`, [
    units.cucDuong.id,
    units.town.id,
  ]);
  reviewers.cucDuong = ['town', 'reviewer.town'];
  try {
    assert.equal(await recount(), 1, 'the recount sees that the chain and the totals differ');
    await approve('cucDuong', periodId, await send('cucDuong', periodId, { '37.1': 41 }));
    assert.deepEqual((await totalOf('hills', periodId)).cells, {});
    assert.deepEqual((await totalOf('town', periodId)).cells, { '37.1': 41 });
    assert.deepEqual((await totalOf('province', periodId)).cells, { '37.1': 41 });
  } finally {
    await db.owner.query(`update unit_relation set parent_id = $2 where child_id = $1`, [
      units.cucDuong.id,
      units.hills.id,
    ]);
    reviewers.cucDuong = ['hills', 'reviewer.hills'];
  }
  await approve('cucDuong', periodId, await send('cucDuong', periodId, { '37.1': 42 }));
  assert.equal(await recount(), 0);
});

test('a total that somebody changed is found by the recount', async () => {
  const periodId = await seatPeriod(db.owner, 2012);
  await approve('laHien', periodId, await send('laHien', periodId, { '37.1': 100, '38.1': 60 }));
  assert.equal(await recount(), 0);
  const placeOf = (key: string) => cellKeys.indexOf(key) + 1;
  const total = [units.province.id, periodId];
  const { rows } = await db.owner.query('select * from aggregate_sum where unit_id = $1 and period_id = $2', total);
  for (const change of [
    `amounts[${placeOf('37.1')}] = 9900`,
    `filled[${placeOf('38.1')}] = 0`,
    `filled[${placeOf('39.1')}] = 1`,
    'parts = parts + 1',
  ]) {
    await db.owner.query(`update aggregate_sum set ${change} where unit_id = $1 and period_id = $2`, total);
    assert.equal(await recount(), 1, change);
    const { amounts, filled, parts } = rows[0];
    await db.owner.query(
      'update aggregate_sum set amounts = $3, filled = $4, parts = $5 where unit_id = $1 and period_id = $2',
      [...total, amounts, filled, parts],
    );
  }
  assert.equal(await recount(), 0);
});

const keys = ['1.1', '25.1', '37.1', '37.2', 'NS24.1'];
const amount = fc.oneof(
  fc.constant(0),
  fc.nat(2000),
  fc.nat(100_000).map((hundredths) => hundredths / 100),
);
const step = fc.record({
  school: fc.constantFrom(...schools),
  event: fc.constantFrom('send', 'approve', 'return', 'reopen'),
  cells: fc.dictionary(fc.constantFrom(...keys), amount, { noNullPrototype: true }),
});

test('after any sequence of sending, approving, returning and reopening the totals are the sum of what is approved', async () => {
  let year = 2100;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
      year += 1;
      const periodId = await seatPeriod(db.owner, year);
      const held = new Map<School, { state: 'submitted' | 'approved' | 'open'; sent: Sent; cells: Cells }>();
      const counted = new Map<School, Cells>();
      for (const { school, event, cells } of steps) {
        const now = held.get(school);
        if (event === 'send' && now?.state !== 'submitted' && now?.state !== 'approved') {
          held.set(school, { state: 'submitted', sent: await send(school, periodId, cells), cells });
        } else if (event === 'approve' && now?.state === 'submitted') {
          await approve(school, periodId, now.sent);
          now.state = 'approved';
          counted.set(school, now.cells);
        } else if (event === 'return' && now?.state === 'submitted') {
          await inReview(school, (tx) => decide(tx, school, now.sent, 'returned'));
          now.state = 'open';
        } else if (event === 'reopen' && now?.state === 'approved') {
          await reopen(school, periodId, now.sent);
          now.state = 'open';
          counted.delete(school);
        }
      }
      await assertTotals(periodId, counted);
    }),
    { numRuns: 40 },
  );
  assert.equal(await recount(), 0);
});
