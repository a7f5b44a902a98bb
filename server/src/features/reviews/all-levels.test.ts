// A form of every level, beside forms of one: who is asked for it, who may send it, and where it is added up.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as periods from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import * as reviews from '@khuevan/core/contract/reviews.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { type Caller, createCaller } from '../../testing/caller.ts';
import { idOf, type PersonName, seatCast, units, type UnitName } from '../../testing/cast.ts';
import { everywhere, seatSubmission } from '../../testing/reports.ts';
import { serveReviews } from './index.ts';

const asked = ['02-TH-ĐN', 'X03-THCS-ĐN', everywhere.code];

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
let periodId: string;
const at = (unit: UnitName) => ({ unitId: units[unit].id });

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [servePeriods, serveReports, serveReviews]);
  as = await createCaller(app, db.owner);
  const opened = await as('admin.ministry').call(periods.openPeriod, {
    params: at('ministry'),
    body: {
      name: 'Thống kê đầu năm học 2024-2025',
      schoolYear: 2024,
      kind: 'start',
      asOf: '2024-09-30',
      opensOn: '2024-10-01',
      closesOn: '2024-11-15',
      forms: asked.map((code) => ({ code, version: '2018' })),
      deadlines: [
        { unitKind: 'school', dueOn: '2024-10-25' },
        { unitKind: 'district', dueOn: '2024-10-30' },
      ],
    },
  });
  periodId = opened.id;
});
after(async () => {
  await app.close();
  await db.close();
});

const formsOf = async (person: PersonName, unit: UnitName): Promise<string[]> => {
  const { reports: owed } = await as(person).call(reports.listReports, { params: at(unit) });
  return owed.map(({ formCode }) => formCode).sort();
};

test('each school owes the forms of its levels and those of every level; an office those that schools below it owe', async () => {
  const { periods: seen } = await as('clerk.doican').call(periods.listPeriods, { params: at('doiCan') });
  assert.deepEqual(seen[0]?.forms.map(({ code }) => code).sort(), ['02-TH-ĐN', everywhere.code]);
  assert.deepEqual(await formsOf('clerk.doican', 'doiCan'), ['02-TH-ĐN', everywhere.code]);
  assert.deepEqual(await formsOf('clerk.cucduong', 'cucDuong'), [...asked]);
  assert.deepEqual(await formsOf('reviewer.town', 'town'), ['02-TH-ĐN', everywhere.code]);
  assert.deepEqual(await formsOf('reviewer.hills', 'hills'), [...asked]);
});

test('a school that teaches nothing else owes the form of every level alone', async () => {
  await db.owner.query(`update unit set levels = '{05}', main_level = '05' where id = $1`, [units.laHien.id]);
  assert.deepEqual(await formsOf('clerk.lahien', 'laHien'), [everywhere.code]);
  const { units: onBoard } = await as('reviewer.hills').call(reviews.readBoard, {
    params: at('hills'),
    query: { periodId, formCode: everywhere.code },
  });
  assert.deepEqual(onBoard.map(({ unitId }) => unitId).sort(), [units.laHien.id, units.cucDuong.id].sort());
});

test('who works for one level alone may not prepare the form of every level', async () => {
  const start = (formCode: string) => ({ params: at('doiCan'), body: { periodId, formCode } });
  await db.owner.query(`update membership set levels = '{02}' where account_id = $1`, [idOf('clerk.doican')]);
  assert.equal(await as('clerk.doican').fail(reports.startReport, start(everywhere.code)), 'forbidden');
  assert.ok(await as('clerk.doican').call(reports.startReport, start('02-TH-ĐN')));
  await db.owner.query('update membership set levels = null where account_id = $1', [idOf('clerk.doican')]);
  assert.ok(await as('clerk.doican').call(reports.startReport, start(everywhere.code)));
});

test('approved, it counts in every total above, with schools of all levels in the denominator', async () => {
  const cells: Record<string, Cells> = {
    doiCan: { 'X1.1': 1, 'X5.1': 3 },
    cucDuong: { 'X1.1': 1, 'X5.1': 4 },
  };
  for (const [school, office, reviewer] of [
    ['doiCan', 'town', 'reviewer.town'],
    ['cucDuong', 'hills', 'reviewer.hills'],
  ] as const) {
    const { reportId } = await seatSubmission(
      db.owner,
      units[school].id,
      units[office].id,
      periodId,
      cells[school]!,
      everywhere,
    );
    await as(reviewer).call(reviews.approveReport, { params: { ...at(school), reportId }, body: { submissionNo: 1 } });
  }
  const total = await as('reviewer.province').call(reviews.readAggregate, {
    params: at('province'),
    query: { periodId, formCode: everywhere.code },
  });
  assert.deepEqual([total.cells['X1.1'], total.cells['X5.1'], total.parts, total.schools], [2, 7, 2, 4]);
  assert.deepEqual((await db.owner.query('select * from wrong_aggregates()')).rows, []);
});
