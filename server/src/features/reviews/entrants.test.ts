// Who leaves one level enters the next a year later: totals of two years and two forms, compared once each is of every school.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import * as checks from '@khuevan/core/contract/checks.ts';
import * as periods from '@khuevan/core/contract/periods.ts';
import * as reports from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { serveChecks } from '#features/checks';
import { servePeriods } from '#features/periods';
import { serveReports } from '#features/reports';
import type { TestDatabase } from '#platform/testing.ts';
import { idOf, units } from '../../testing/cast.ts';
import { seatSubmission } from '../../testing/reports.ts';
import { straight } from '../../testing/straight.ts';
import { at, openStory, type Place, type Story } from '../../testing/story.ts';
import { serveReviews } from './index.ts';

const codes = { '01': '01-MN-ĐN', '02': '02-TH-ĐN', '03': 'X03-THCS-ĐN', '04': 'X04-THPT-ĐN' } as const;
type Level = keyof typeof codes;

let db: TestDatabase;
let story: Story;
let end: () => Promise<void>;
const periodOf = new Map<number, string>();
const own = new Map<Level, Place>();

const openYear = async (year: number) => {
  const { id } = await story.as('admin.ministry', `${year}-10-01`).call(periods.openPeriod, {
    params: at('ministry'),
    body: {
      name: `Thống kê đầu năm học ${year}`,
      schoolYear: year,
      kind: 'start',
      asOf: `${year}-09-30`,
      opensOn: `${year}-10-01`,
      closesOn: `${year}-11-15`,
      forms: Object.values(codes).map((code) => ({ code, version: '2018' })),
      deadlines: [
        { unitKind: 'school', dueOn: `${year}-10-25` },
        { unitKind: 'district', dueOn: `${year}-10-30` },
      ],
    },
  });
  periodOf.set(year, id);
};

/** La Hiên has a kindergarten and a primary school, Cúc Đường teaches on to upper secondary; both lie in the hills. */
before(async () => {
  ({ db, story, end } = await openStory([servePeriods, serveReports, serveReviews, serveChecks]));
  await db.owner.query(`update unit set levels = '{01,02}' where id = $1`, [units.laHien.id]);
  await db.owner.query(`update unit set levels = '{02,03,04}' where id = $1`, [units.cucDuong.id]);
  await openYear(2023);
  await openYear(2024);
});
after(() => end());

async function approve(
  school: 'laHien' | 'cucDuong' | 'hills',
  year: number,
  level: Level,
  cells: Cells,
): Promise<void> {
  const asked = { code: codes[level], version: '2018', level };
  const { id } = units[school];
  const reviewer = school === 'hills' ? 'province' : 'hills';
  const { reportId } = await seatSubmission(db.owner, id, units[reviewer].id, periodOf.get(year)!, cells, asked);
  const answer = await story.approve({ ...at(school), reportId }, `reviewer.${reviewer}`, 1);
  assert.equal(answer.statusCode, 200, answer.body);
}

/** What the Phòng is asked about this year's total of a level, as: cell, own figure, the other one. */
async function askedOf(level: Level, check = '.entrants-of-') {
  const reviewer = story.as('reviewer.hills');
  const body = { periodId: periodOf.get(2024)!, formCode: codes[level] };
  if (!own.has(level)) {
    const { id } = await reviewer.call(reports.startReport, { params: at('hills'), body });
    own.set(level, { ...at('hills'), reportId: id });
  }
  const params = own.get(level)!;
  await reviewer.call(reports.compileReport, { params });
  const { findings } = await reviewer.call(reports.checkReport, { params });
  const entrants = findings.filter(({ rule }) => rule.includes(check));
  const listed = await story.as('reviewer.province').call(checks.listFindings, {
    params: at('province'),
    query: { ...body, pageSize: 200 },
  });
  const inList = listed.findings.filter(({ unitId, rule }) => unitId === units.hills.id && rule.includes(check));
  assert.deepEqual(
    inList.map(({ rule, stage }) => [rule, stage]),
    entrants.map(({ rule }) => [rule, 'unexplained']),
    'those above see the same',
  );
  return entrants.map(({ cell, params: said }) => [cell, said?.left ?? said?.now, said?.right ?? said?.before]);
}

test('new entrants of grade 6 are held against last year’s grade 5, once every primary school is in that total', async () => {
  await approve('cucDuong', 2024, '03', { 'X61.1': 300, 'X47.1': 300 });
  await approve('laHien', 2023, '02', { '44.1': 60 });
  assert.deepEqual(await askedOf('03'), [], 'last year lacks a school');
  await approve('cucDuong', 2023, '02', { '44.1': 40 });
  assert.deepEqual(await askedOf('03'), [['X61.1', 300, 100]]);
});

test('those of grade 1 are held against last year’s five-year-olds, once every school of this year is counted', async () => {
  await approve('laHien', 2023, '01', { '105.1': 70 });
  await approve('laHien', 2024, '02', { '57.1': 10, '46.1': 60, '50.1': 40, '52.1': 55 });
  assert.deepEqual(await askedOf('02'), [], 'this year lacks a school');
  await approve('cucDuong', 2024, '02', { '57.1': 39 });
  assert.deepEqual(await askedOf('02'), [['57.1', 49, 70]], 'one more than the twenty that are allowed');
});

test('this year’s total is held against last year’s report of the Phòng, once every school is in it', async () => {
  await approve('hills', 2023, '04', { 'X58.1': 500 });
  await db.owner.query(`update unit set levels = '{01,02,04}' where id = $1`, [units.laHien.id]);
  await approve('cucDuong', 2024, '04', { 'X58.1': 200, 'X72.1': 71 });
  assert.deepEqual(await askedOf('04', '.last-year-'), [], 'this year lacks a school');
  await approve('laHien', 2024, '04', { 'X58.1': 100 });
  assert.deepEqual(await askedOf('04', '.last-year-'), [['X58.1', 300, 500]]);
});

test('entrants of grade 10 may be fewer than last year’s grade 9, and hardly more', async () => {
  await approve('cucDuong', 2023, '03', { 'X50.1': 50 });
  assert.deepEqual(await askedOf('04'), [['X72.1', 71, 50]]);
});

test('a school is never asked about those who left another one', async () => {
  const { rows } = await db.owner.query<{ id: string }>(
    `select id from report where unit_id = $1 and period_id = $2 and form_code = $3`,
    [units.cucDuong.id, periodOf.get(2024), codes['03']],
  );
  const params = { ...at('cucDuong'), reportId: rows[0]!.id };
  const { findings } = await story.as('reviewer.hills').call(reports.checkReport, { params });
  assert.deepEqual(
    findings.filter(({ rule }) => rule.includes('.entrants-of-')),
    [],
  );
});

test('a Phòng is asked why more pupils of some ages attend than people of these ages live there, by the table in use', async () => {
  const params = own.get('02')!;
  const asked = async () => {
    const { findings } = await story.as('reviewer.hills').call(reports.checkReport, { params });
    const found = findings.filter(({ rule }) => rule.includes('.people-'));
    return found.map(({ cell, params: said }) => [cell, said?.count, said?.people]);
  };
  assert.deepEqual(await asked(), [], 'without a table there is nothing to compare');
  const asProvince = (text: string, values: unknown[]) => straight(db, 'admin.province', 'province', text, values);
  const seat = async (ages: readonly number[]) => {
    await asProvince('update population set replaced_at = now() where unit_id = $1 and replaced_at is null', [
      units.hills.id,
    ]);
    await asProvince(
      `with added as (
         insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
         values ($1, gen_random_uuid(), 2024, 'Cục Thống kê', '12/BC-CTK', 'dan-so.xlsx', 'x', $4, 'Người nhập', $2, now()) returning unit_id, id
       )
       insert into population_count (unit_id, population_id, age, people) select a.unit_id, a.id, o.place + 5, o.people
       from added a cross join unnest($3::integer[]) with ordinality o (people, place)`,
      [units.hills.id, units.province.id, ages, idOf('admin.province')],
    );
  };
  // Ages 6 to 10: 80 people, of whom 20 more are allowed; 34 of age 6, one too few.
  await seat([34, 10, 10, 10, 16]);
  assert.deepEqual(await asked(), [['52.1', 55, 34]]);
  await seat([35, 10, 10, 10, 14]);
  assert.deepEqual(await asked(), [['46.1', 100, 79]]);
});
