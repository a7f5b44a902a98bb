// Days by which units are asked: by kind, by group of schools, and a province's own within the ministry's period.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { BodyInputOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods, openPeriod, setLocalDeadlines } from '@khuevan/core/contract/periods.ts';
import { listProgressUnits } from '@khuevan/core/contract/progress.ts';
import { listReports } from '@khuevan/core/contract/reports.ts';
import { readBoard } from '@khuevan/core/contract/reviews.ts';
import { serveProgress } from '#features/progress';
import { serveReports } from '#features/reports';
import { serveReviews } from '#features/reviews';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { idOf, seatCast, units, type PersonName } from '../../testing/cast.ts';
import { at } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { servePeriods } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;

/** Beside the cast: what the letter names, all right below the Sở, and a school of another province. */
const more = {
  thpt: ['08', '{04}', units.province.id],
  twoLevels: ['10', '{03,04}', units.province.id],
  centre: ['13', '{05}', units.province.id],
  preschool: ['01', '{01}', units.town.id],
  beside: ['06', '{02}', idOf('other province')],
} as const;
const idOfSchool = {
  ...Object.fromEntries(Object.keys(more).map((name) => [name, idOf(name)])),
  primary: units.doiCan.id,
} as Record<keyof typeof more | 'primary', string>;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  const add = (id: string, kind: string, name: string, group: string | null, levels: string, parent: string) =>
    db.owner.query(
      `with u as (insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid)
         values ($1, $2, $3, $3, $4, $5, $6, '19', '[2000-01-01,)'))
       insert into unit_relation (child_id, parent_id, role, level, valid) values ($1, $7, 'managing', '*', '[2000-01-01,)')`,
      [id, kind, name, group, levels, group && '02', parent],
    );
  await add(idOf('other province'), 'province', 'Sở khác', null, '{}', units.ministry.id);
  for (const [name, [group, levels, parent]] of Object.entries(more))
    await add(idOf(name), 'school', name, group, levels, parent);
  app = await createTestApp(db, [servePeriods, serveReports, serveReviews, serveProgress]);
  as = await createCaller(app, db.owner);
});
after(async () => {
  await app.close();
  await db.close();
});

const forms = ['01-MN-ĐN', '02-TH-ĐN', 'X03-THCS-ĐN', 'X04-THPT-ĐN', 'X05-GDTX-ĐN'];
const start: BodyInputOf<typeof openPeriod> = {
  name: 'Thống kê đầu năm học 2022-2023',
  schoolYear: 2022,
  kind: 'start',
  asOf: '2022-09-30',
  opensOn: '2022-10-01',
  closesOn: '2022-11-15',
  forms: forms.map((code) => ({ code, version: '2018' })),
  deadlines: [
    { unitKind: 'school', dueOn: '2022-10-28' },
    { unitKind: 'district', dueOn: '2022-10-30' },
    { unitKind: 'province', dueOn: '2022-10-30' },
  ],
};
/** Letter of the Sở GDĐT Hải Phòng on the start-of-year statistics 2022-2023, 2: upper secondary, several levels, centres until 25/10. */
const letter = (['08', '10', '13'] as const).map((levelGroup) => ({
  unitKind: 'school' as const,
  levelGroup,
  dueOn: '2022-10-25',
}));

/** By when each unit is asked, as every screen says it; they must say the same. */
async function dueDays(periodId: string, day = '2022-10-05'): Promise<Record<string, string | null>> {
  const places = { ...idOfSchool, phong: units.town.id };
  const walked = await db.owner.query<{ unit_id: string; due_on: string }>(
    'select distinct unit_id, period_due_on::text as due_on from duties_under($1, $2, null, false)',
    [units.ministry.id, periodId],
  );
  const progress = await as('reviewer.province', day).call(listProgressUnits, {
    params: at('province'),
    query: { periodId, show: 'all' },
  });
  const boards = await Promise.all(
    forms.map((formCode) =>
      as('reviewer.province', day).call(readBoard, { params: at('province'), query: { periodId, formCode } }),
    ),
  );
  const days: Record<string, string | null> = {};
  for (const [name, unitId] of Object.entries(places)) {
    const said = new Set(walked.rows.filter((row) => row.unit_id === unitId).map((row) => row.due_on));
    if (name !== 'beside') {
      for (const unit of progress.units) if (unit.unitId === unitId) said.add(unit.dueOn ?? '');
      for (const { units: shown } of boards)
        for (const unit of shown) if (unit.unitId === unitId) said.add(unit.dueOn!);
      const { reports } = await as('admin.province', day).call(listReports, {
        params: { unitId },
        query: { periodId },
      });
      for (const report of reports) said.add(report.dueOn!);
    }
    assert.equal(said.size, 1, `${name}: ${[...said].join(', ')}`);
    days[name] = [...said][0]!;
  }
  return days;
}

test('a Sở sets earlier days for groups of its schools within the ministry’s period, as the letter does', async () => {
  const period = await as('admin.ministry', '2022-10-01').call(openPeriod, { params: at('ministry'), body: start });
  const every = {
    thpt: '28',
    twoLevels: '28',
    centre: '28',
    preschool: '28',
    beside: '28',
    primary: '28',
    phong: '30',
  };
  const inOctober = (days: Record<string, string>) =>
    Object.fromEntries(Object.entries(days).map(([name, day]) => [name, `2022-10-${day}`]));
  assert.deepEqual(await dueDays(period.id), inOctober(every));

  const params = { ...at('province'), periodId: period.id };
  const set = await as('admin.province', '2022-10-03').call(setLocalDeadlines, { params, body: { deadlines: letter } });
  assert.deepEqual(set.deadlines, period.deadlines, 'the ministry’s stay');
  assert.deepEqual(
    set.localDeadlines.map(({ levelGroup, dueOn, ownerName }) => [levelGroup, dueOn, ownerName]),
    letter.map(({ levelGroup, dueOn }) => [levelGroup, dueOn, units.province.name]),
  );
  assert.deepEqual(await dueDays(period.id), inOctober({ ...every, thpt: '25', twoLevels: '25', centre: '25' }));

  // A day for all its schools leaves the other province as it was; a group keeps its own.
  const deadlines = [...letter, { unitKind: 'school' as const, dueOn: '2022-10-20' }];
  await as('admin.province', '2022-10-03').call(setLocalDeadlines, { params, body: { deadlines } });
  const of = { preschool: '20', primary: '20', thpt: '25', twoLevels: '25', centre: '25' };
  assert.deepEqual(await dueDays(period.id), inOctober({ ...every, ...of }));
  const seen = await as('clerk.doican', '2022-10-05').call(listPeriods, { params: at('doiCan'), query: {} });
  assert.equal(seen.periods[0]!.localDeadlines.length, 4);

  await as('admin.province', '2022-10-04').call(setLocalDeadlines, { params, body: { deadlines: [] } });
  assert.deepEqual(await dueDays(period.id), inOctober(every));
});

test('a Sở sets no day later than the ministry’s, none for itself, and nobody else sets any', async () => {
  const [period] = (await as('admin.province').call(listPeriods, { params: at('province'), query: {} })).periods;
  const params = { ...at('province'), periodId: period!.id };
  const attempt = (
    deadlines: BodyInputOf<typeof setLocalDeadlines>['deadlines'],
    person: PersonName = 'admin.province',
  ) => as(person, '2022-10-05').attempt(setLocalDeadlines, { params, body: { deadlines } });
  for (const [why, deadline] of Object.entries({
    'later than the ministry’s': { unitKind: 'school', levelGroup: '08', dueOn: '2022-10-29' },
    'for itself': { unitKind: 'province', dueOn: '2022-10-20' },
    'before it opens': { unitKind: 'school', dueOn: '2022-09-30' },
    'a group of offices': { unitKind: 'district', levelGroup: '08', dueOn: '2022-10-20' },
    'no such group': { unitKind: 'school', levelGroup: '77' as '08', dueOn: '2022-10-20' },
  } as const))
    assert.equal((await attempt([deadline])).statusCode, 400, why);
  assert.equal((await attempt([letter[0]!, letter[0]!])).statusCode, 400, 'twice');
  assert.equal((await attempt(letter, 'reviewer.province')).statusCode, 403);
  const inTown = { params: { ...params, ...at('town') }, body: { deadlines: letter } };
  assert.equal((await as('admin.town').attempt(setLocalDeadlines, inTown)).statusCode, 403);
  const atMinistry = { params: { ...params, ...at('ministry') }, body: { deadlines: letter } };
  assert.equal((await as('admin.ministry').attempt(setLocalDeadlines, atMinistry)).statusCode, 403, 'it is its own');
  // What another unit set is not removed by this one.
  await db.owner.query(`insert into period_deadline values ($1, $2, 'school', '2022-10-10')`, [
    period!.id,
    idOf('other province'),
  ]);
  const removing = 'delete from period_deadline where owner_id <> $1';
  assert.equal((await straight(db, 'admin.province', 'province', removing, [units.province.id])).written, 0);
  assert.equal((await dueDays(period!.id)).beside, '2022-10-10');
  await db.owner.query(`delete from period_deadline where owner_id = $1`, [idOf('other province')]);
});

test('an office of which nobody asked by when owes nothing; a Sở may ask its own Phòng', async () => {
  const body = {
    ...start,
    kind: 'middle' as const,
    name: 'Giữa năm',
    deadlines: [{ unitKind: 'school' as const, dueOn: '2022-10-28' }],
  };
  const period = await as('admin.ministry', '2022-10-01').call(openPeriod, { params: at('ministry'), body });
  const owed = async () =>
    (
      await as('reviewer.town', '2022-10-05').call(listReports, { params: at('town'), query: { periodId: period.id } })
    ).reports.map((report) => report.dueOn);
  assert.deepEqual(await owed(), []);
  const deadlines = [{ unitKind: 'district' as const, dueOn: '2022-11-01' }];
  const params = { ...at('province'), periodId: period.id };
  await as('admin.province', '2022-10-03').call(setLocalDeadlines, { params, body: { deadlines } });
  assert.deepEqual(await owed(), ['2022-11-01', '2022-11-01'], 'preschool and primary');
});

test('the day of a unit is what reading the rows one by one gives, whoever set how many', async () => {
  const [period] = (await as('admin.ministry').call(listPeriods, { params: at('ministry'), query: {} })).periods;
  const { rows: all } = await db.owner.query<{ id: string; kind: string; level_group: string | null }>(
    'select id, kind, level_group from unit',
  );
  const parent = new Map<string, string>();
  for (const { child_id, parent_id } of (await db.owner.query('select child_id, parent_id from unit_relation')).rows)
    parent.set(child_id, parent_id);
  // Without a seed each run tries other days.
  const pick = <T>(from: readonly T[]): T => from[Math.floor(Math.random() * from.length)]!;
  for (let round = 0; round < 12; round += 1) {
    await db.owner.query('delete from period_deadline where period_id = $1', [period!.id]);
    const rows = new Map<string, string>();
    for (let row = 0; row < 10; row += 1) {
      const owner = pick([units.ministry.id, units.province.id, idOf('other province')]);
      const kind = pick(['school', 'school', 'district', 'province']);
      rows.set(
        [owner, kind, kind === 'school' ? pick(['*', '06', '08', '10']) : '*'].join(),
        `2022-10-${pick([10, 11, 12, 13, 14, 15])}`,
      );
    }
    for (const [key, day] of rows) {
      const [owner, kind, group] = key.split(',');
      await db.owner.query('insert into period_deadline values ($1, $2, $3, $4, $5)', [
        period!.id,
        owner,
        kind,
        day,
        group,
      ]);
    }
    const expected = all.flatMap(({ id, kind, level_group: group }) => {
      const days: string[] = [];
      for (let above = parent.get(id); above !== undefined; above = parent.get(above)) {
        const day = rows.get(`${above},${kind},${group}`) ?? rows.get(`${above},${kind},*`);
        if (day) days.push(day);
      }
      return days.length === 0 ? [] : [`${id} ${days.toSorted()[0]}`];
    });
    const found = await db.owner.query<{ found: string }>(
      `select unit_id || ' ' || due_on as found from due_dates($1, array (select id from unit where kind <> 'ministry'))`,
      [period!.id],
    );
    assert.deepEqual(found.rows.map((row) => row.found).toSorted(), expected.toSorted());
  }
});
