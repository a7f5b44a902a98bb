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
  const later = { closesOn: '2024-11-10', deadlines: [{ unitKind: 'school' as const, dueOn: '2024-11-05' }] };
  const changed = await as('admin.province').call(changePeriod, {
    params,
    body: { version: period!.version, ...later },
  });
  assert.deepEqual([changed.closesOn, changed.deadlines, changed.version], ['2024-11-10', later.deadlines, 2]);
  const stale = await as('admin.province').attempt(changePeriod, { params, body: { version: 1, name: 'Tên khác' } });
  assert.equal(stale.statusCode, 409);
  assert.equal(stale.json<{ current: { closesOn: string } }>().current.closesOn, '2024-11-10');
  assert.equal(
    await as('admin.ministry').fail(changePeriod, {
      params: { ...params, ...at('ministry') },
      body: { version: 2, name: 'Của Bộ' },
    }),
    'not_found',
  );
  await as('clerk.doican').call(startReport, {
    params: at('doiCan'),
    body: { periodId: period!.id, formCode: form.code },
  });
  assert.equal(
    await as('admin.province').fail(changePeriod, { params, body: { version: 2, asOf: '2024-10-05' } }),
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
    [{ code: '02.ĐN-TH', slug: '02-th-dn', version: '2024', level: '02', replacedBy: null }],
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
  // The same day of the middle of a year is asked for once; another day is another count.
  const later = { ...middle, asOf: '2025-02-28', deadlines: due, forms: now };
  const opening = await openAs('admin.province', 'province', later);
  assert.equal(opening.statusCode, 200, opening.body);
  assert.equal((await openAs('admin.province', 'province', later)).json<{ code: string }>().code, 'duplicate');
  const { id: periodId, version } = opening.json<{ id: string; version: number }>();
  const moved = { params: { ...at('province'), periodId }, body: { version, asOf: '2025-02-01' } };
  assert.equal(await as('admin.province').fail(changePeriod, moved), 'duplicate');
  await as('admin.province').call(changePeriod, { ...moved, body: { version, asOf: '2025-03-01' } });
  assert.equal((await openAs('admin.province', 'province', later)).statusCode, 200, 'the day left is free');
});

test('what the ministry asks takes the place of what a province asked: nobody owes a form twice, what was sent stays', async () => {
  const at2021 = (kind: 'start' | 'middle', asOf: string): Partial<typeof local> => ({
    kind,
    schoolYear: 2021,
    asOf,
    opensOn: '2021-10-01',
    closesOn: '2022-03-31',
    deadlines: [
      { unitKind: 'school', dueOn: '2022-02-20' },
      { unitKind: 'district', dueOn: '2022-02-25' },
    ],
  });
  type Opened = { id: string; name: string; takenOver: unknown[] };
  const open = async (person: 'admin.province' | 'admin.ministry', unit: UnitName, body: Partial<typeof local>) =>
    (await openAs(person, unit, body)).json<Opened>();
  const owedBy = async (unit: 'doiCan' | 'laHien', person: PersonName) =>
    (await as(person, '2022-01-10').call(listReports, { params: at(unit) })).reports
      .filter((each) => each.asOf.startsWith('2021') || each.asOf.startsWith('2022-01'))
      .map((each): [string, string] => [each.periodId, each.state]);
  const middle = await open('admin.province', 'province', {
    ...at2021('middle', '2022-01-05'),
    name: 'Giữa năm của tỉnh',
  });
  const body = { periodId: middle.id, formCode: form.code };
  await as('clerk.doican', '2022-01-06').call(startReport, { params: at('doiCan'), body });
  // Another day is another count: both are asked.
  const other = await open('admin.ministry', 'ministry', at2021('middle', '2021-12-31'));
  assert.deepEqual(other.takenOver, []);
  assert.equal((await owedBy('laHien', 'clerk.lahien')).length, 2);
  const same = await open('admin.ministry', 'ministry', { ...at2021('middle', '2022-01-05'), name: 'Giữa năm của Bộ' });
  assert.deepEqual(same.takenOver, [
    { ownerName: units.province.name, periodName: 'Giữa năm của tỉnh', formCode: form.code },
  ]);
  const statesOf = async (unit: 'doiCan' | 'laHien', person: PersonName) => new Map(await owedBy(unit, person));
  const asked: Array<[string, string]> = [
    [same.id, 'not-started'],
    [other.id, 'not-started'],
  ];
  assert.deepEqual(await statesOf('laHien', 'clerk.lahien'), new Map(asked));
  assert.deepEqual(
    await statesOf('doiCan', 'clerk.doican'),
    new Map([...asked, [middle.id, 'draft']]),
    'what was begun stays',
  );
  assert.equal(await as('clerk.lahien', '2022-01-06').fail(startReport, { params: at('laHien'), body }), 'not_found');
  const owing = async (periodId: string) =>
    (await db.owner.query('select * from duties_under($1, $2, null, false)', [units.province.id, periodId])).rowCount;
  assert.deepEqual([await owing(middle.id), (await owing(same.id))! > 0], [0, true]);
  const shown = (await as('clerk.doican').call(listPeriods, { params: at('doiCan'), query: { schoolYear: 2021 } }))
    .periods;
  assert.equal(shown.find((each) => each.id === middle.id)!.forms[0]!.replacedBy, 'Giữa năm của Bộ');
  const again = await openAs('admin.province', 'province', at2021('middle', '2022-01-05'));
  assert.equal(again.json<{ code: string }>().code, 'duplicate');
});
