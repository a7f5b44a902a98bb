import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { BodyInputOf } from '@khuevan/core/contract/endpoint.ts';
import { changePeriod, listPeriods, openPeriod } from '@khuevan/core/contract/periods.ts';
import { listReports, startReport } from '@khuevan/core/contract/reports.ts';
import { serveReports } from '#features/reports';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { seatCast, units, type PersonName, type UnitName } from '../../testing/cast.ts';
import { form, seatPeriod } from '../../testing/reports.ts';
import { straight } from '../../testing/straight.ts';
import { servePeriods } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
const at = (unit: UnitName) => ({ unitId: units[unit].id });

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [servePeriods, serveReports]);
  as = await createCaller(app, db.owner);
});
after(async () => {
  await app.close();
  await db.close();
});

const local: BodyInputOf<typeof openPeriod> = {
  name: 'Thống kê đầu năm học 2024-2025 của tỉnh',
  schoolYear: 2024,
  kind: 'start',
  asOf: '2024-09-30',
  opensOn: '2024-10-10',
  closesOn: '2024-10-31',
  forms: [{ code: form.code, version: form.version }],
  deadlines: [
    { unitKind: 'school', dueOn: '2024-10-20' },
    { unitKind: 'district', dueOn: '2024-10-25' },
  ],
};
const openAs = (person: PersonName, unit: UnitName, change: Partial<typeof local> = {}) =>
  as(person).attempt(openPeriod, { params: at(unit), body: { ...local, ...change } });

test('a Sở opens a period for its schools and Phòng; its state follows the clock', async () => {
  const opened = await as('admin.province', '2024-10-09').call(openPeriod, { params: at('province'), body: local });
  assert.equal(opened.state, 'planned');
  assert.deepEqual(
    opened.forms.map(({ code, slug, level }) => [code, slug, level]),
    [[form.code, '02-th-dn', '02']],
  );
  const stateOn = async (day: string) =>
    (await as('clerk.doican', day).call(listPeriods, { params: at('doiCan') })).periods[0]?.state;
  assert.deepEqual(await Promise.all(['2024-10-09', '2024-10-10', '2024-10-31', '2024-11-01'].map(stateOn)), [
    'planned',
    'open',
    'open',
    'closed',
  ]);
  // Without a deadline for its kind a unit owes nothing: this period ends at the Sở.
  assert.deepEqual((await as('reviewer.province').call(listReports, { params: at('province') })).reports, []);
  assert.equal((await as('reviewer.town').call(listReports, { params: at('town') })).reports.length, 1);
  // It does not concern those beside or above.
  assert.deepEqual((await as('analyst.ministry').call(listPeriods, { params: at('ministry') })).periods, []);
});

test('a report is started neither before the period nor after it', async () => {
  const [period] = (await as('clerk.doican').call(listPeriods, { params: at('doiCan') })).periods;
  const input = { params: at('doiCan'), body: { periodId: period!.id, formCode: form.code } };
  assert.equal(await as('clerk.doican', '2024-10-09').fail(startReport, input), 'period_closed');
  assert.equal(await as('clerk.doican', '2024-11-01').fail(startReport, input), 'period_closed');
  assert.equal(
    await as('clerk.doican').fail(startReport, { ...input, body: { ...input.body, formCode: '01-MN-ĐN' } }),
    'not_found',
  );
});

test('a school without the level of the form is not asked', async () => {
  await db.owner.query(`update unit set levels = '{03}' where id = $1`, [units.hoaSen.id]);
  assert.deepEqual((await as('clerk.hoasen').call(listPeriods, { params: at('hoaSen') })).periods, []);
  assert.deepEqual((await as('clerk.hoasen').call(listReports, { params: at('hoaSen') })).reports, []);
  await db.owner.query(`update unit set levels = '{02}' where id = $1`, [units.hoaSen.id]);
});

test('nobody opens a period for others, or without the right', async () => {
  for (const [person, unit, status] of [
    ['clerk.doican', 'doiCan', 403],
    ['admin.town', 'town', 403],
    ['reviewer.province', 'province', 403],
    ['admin.province', 'town', 403],
    ['admin.province', 'ministry', 404],
  ] as const) {
    assert.equal((await openAs(person, unit)).statusCode, status, `${person} for ${unit}`);
  }
});

test('one form is asked for once a year and kind of period', async () => {
  const again = (await openAs('admin.province', 'province')).json<{ code: string; title: string }>();
  assert.equal(again.code, 'duplicate');
  assert.match(again.title, /^Biểu 02-TH-ĐN trong kỳ “[^”]+” đã có/);
  const year = {
    schoolYear: 2023,
    asOf: '2023-09-30',
    opensOn: '2023-10-01',
    closesOn: '2023-10-31',
    deadlines: [{ unitKind: 'school' as const, dueOn: '2023-10-20' }],
  };
  assert.equal((await openAs('admin.ministry', 'ministry', year)).statusCode, 200);
  assert.equal(
    (await openAs('admin.province', 'province', year)).json<{ code: string }>().code,
    'duplicate',
    'the ministry asks already',
  );
});

test('dates that contradict each other are refused with their place', async () => {
  const faults: Array<[Partial<typeof local>, string]> = [
    [{ closesOn: '2024-10-01' }, 'closesOn'],
    [{ deadlines: [{ unitKind: 'school', dueOn: '2024-11-05' }] }, 'deadlines'],
    [
      {
        deadlines: [
          { unitKind: 'school', dueOn: '2024-10-20' },
          { unitKind: 'school', dueOn: '2024-10-21' },
        ],
      },
      'deadlines',
    ],
    [{ asOf: '2005-09-30' }, 'forms'],
    [{ reviewFrom: '2024-10-09' }, 'reviewUntil'],
    [{ reviewFrom: '2024-10-20', reviewUntil: '2024-10-19' }, 'reviewUntil'],
    [{ reviewUntil: '2024-10-20', resendBy: '2024-11-01' }, 'reviewUntil'],
  ];
  for (const [change, place] of faults) {
    const answer = await openAs('admin.province', 'province', { kind: 'middle', ...change });
    assert.equal(answer.statusCode, 400, place);
    assert.match(answer.json<{ title: string }>().title, new RegExp(place));
  }
  assert.equal(
    (await openAs('admin.province', 'province', { kind: 'middle', forms: [{ code: form.code, version: '1999' }] }))
      .statusCode,
    404,
  );
});

test('dates are changed by the owner, with the version that was seen; the as-of day only while nobody has begun', async () => {
  const [period] = (
    await as('admin.province').call(listPeriods, { params: at('province'), query: { schoolYear: 2024 } })
  ).periods;
  const params = { ...at('province'), periodId: period!.id };
  const due = { unitKind: 'school' as const, levelGroup: '*' as const, dueOn: '2024-11-05' };
  const later = { closesOn: '2024-11-10', deadlines: [due] };
  const changed = await as('admin.province').call(changePeriod, {
    params,
    body: { version: period!.version, ...later },
  });
  assert.deepEqual([changed.closesOn, changed.deadlines, changed.version], ['2024-11-10', later.deadlines, 2]);
  // Days of review are set, stay where they are not named, and are taken away.
  const review = { reviewFrom: '2024-10-21', reviewUntil: '2024-10-30', resendBy: '2024-11-05' };
  const daysAfter = async (version: number, body: Partial<BodyInputOf<typeof changePeriod>>) => {
    const now = await as('admin.province').call(changePeriod, { params, body: { version, ...body } });
    return [now.reviewFrom, now.reviewUntil, now.resendBy];
  };
  assert.deepEqual(await daysAfter(2, review), Object.values(review));
  assert.deepEqual(await daysAfter(3, { name: changed.name }), Object.values(review));
  assert.deepEqual(await daysAfter(4, { reviewFrom: null }), [null, review.reviewUntil, review.resendBy]);
  const stale = await as('admin.province').attempt(changePeriod, { params, body: { version: 1, name: 'Tên khác' } });
  assert.equal(stale.statusCode, 409);
  assert.equal(stale.json<{ current: { closesOn: string } }>().current.closesOn, '2024-11-10');
  assert.equal(
    await as('admin.ministry').fail(changePeriod, {
      params: { ...params, ...at('ministry') },
      body: { version: 5, name: 'Của Bộ' },
    }),
    'not_found',
  );
  await as('clerk.doican').call(startReport, {
    params: at('doiCan'),
    body: { periodId: period!.id, formCode: form.code },
  });
  assert.equal(
    await as('admin.province').fail(changePeriod, { params, body: { version: 5, asOf: '2024-10-05' } }),
    'invalid_request',
  );
});

test('straight in the database nobody writes a period of a unit outside the scope', async () => {
  const periodId = await seatPeriod(db.owner, 2022);
  const asClerk = (text: string, values: unknown[]) => straight(db, 'clerk.doican', 'doiCan', text, values);
  const late = '2023-12-31';
  assert.equal((await asClerk('update period set closes_on = $1 where id = $2', [late, periodId])).written, 0);
  assert.equal(
    (await asClerk('update period_deadline set due_on = $1 where period_id = $2', [late, periodId])).written,
    0,
  );
  const extra = asClerk(`insert into period_deadline values ($1, $2, 'commune', $3)`, [
    periodId,
    units.ministry.id,
    late,
  ]);
  await assert.rejects(extra, { code: '42501' });
  await assert.rejects(asClerk('delete from period where id = $1', [periodId]), { code: '42501' });
});

test('the version in force is asked for, and both versions of a form are one form', async () => {
  const of = (year: number): Partial<typeof local> => ({
    schoolYear: year,
    asOf: `${year}-09-30`,
    opensOn: `${year}-10-01`,
    closesOn: `${year}-10-31`,
    deadlines: [{ unitKind: 'school', dueOn: `${year}-10-20` }],
  });
  const old = [{ code: form.code, version: form.version }];
  const now = [{ code: '02.ĐN-TH', version: '2024' }];
  const refusal = async (year: number, forms: typeof old) =>
    (await openAs('admin.province', 'province', { ...of(year), forms })).json<{ code: string; title: string }>();
  assert.match((await refusal(2025, old)).title, /forms/, 'no longer in force');
  assert.match((await refusal(2022, now)).title, /forms/, 'not yet in force');
  const opened = await openAs('admin.province', 'province', { ...of(2025), forms: now });
  assert.equal(opened.statusCode, 200, opened.body);
  assert.deepEqual(
    opened.json<{ forms: Array<{ name: object }> }>().forms.map(({ name: _, ...each }) => each),
    [{ code: '02.ĐN-TH', slug: '02-th-dn', version: '2024', level: '02' }],
  );
  // The middle of the year before the new version: the old one under its code, then the new one in the same kind and year.
  const middle = {
    ...of(2024),
    kind: 'middle' as const,
    asOf: '2025-02-01',
    opensOn: '2025-02-02',
    closesOn: '2025-06-30',
  };
  const due = [{ unitKind: 'school' as const, dueOn: '2025-06-01' }];
  assert.equal((await openAs('admin.province', 'province', { ...middle, deadlines: due, forms: old })).statusCode, 200);
  const again = await openAs('admin.province', 'province', {
    ...middle,
    asOf: '2025-02-28',
    deadlines: due,
    forms: now,
  });
  assert.equal(again.json<{ code: string }>().code, 'duplicate');
});
