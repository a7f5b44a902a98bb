// Values held against plain SQL over submissions; blanks, scope, decisions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compareUnits, exportLibrary, listIndicators, readIndicator } from '@khuevan/core/contract/indicators.ts';
import { everyLevel } from '@khuevan/core/forms/definition.ts';
import { openWorkbook } from '#platform/excel-reader.ts';
import { sourceOf } from '#platform/byte-source.ts';
import { idOf, type PersonName, type UnitName, units } from '../../testing/cast.ts';
import { drawCells, openYears, schools, seatPopulation, type Years, years } from './story-of-years.ts';

let story: Years;
let reports: Map<string, string>;
before(async () => {
  story = await openYears();
  reports = await story.fill();
  await seatPopulation(story.db, 'province', 2024, (age) => 1000 + age);
  await seatPopulation(story.db, 'town', 2024, (age) => 300 + age);
});
after(() => story.close());

const readers = {
  ministry: 'analyst.ministry',
  province: 'reviewer.province',
  town: 'reviewer.town',
  hills: 'reviewer.hills',
  doiCan: 'clerk.doican',
} as const satisfies Partial<Record<UnitName, PersonName>>;
const list = (unit: keyof typeof readers, schoolYear = 2024) =>
  story.as(readers[unit]).call(listIndicators, { params: { unitId: units[unit].id }, query: { schoolYear } });
const read = (unit: keyof typeof readers, slug: string, schoolYear = 2024) =>
  story.as(readers[unit]).call(readIndicator, { params: { unitId: units[unit].id, slug }, query: { schoolYear } });

/** Sums of cells over approved submissions, by hand: every school in each unit above it. */
const sumByHand = `
  create temporary table cell as
  with recursive above as (
    select id as school, id as unit_id from unit where kind = 'school'
    union all
    select a.school, r.parent_id from above a join unit_relation r on r.child_id = a.unit_id and r.role = 'managing'
  )
  select a.unit_id, p.school_year, e.key, sum(e.value::numeric) as amount
  from submission s join report r on r.unit_id = s.unit_id and r.id = s.report_id join period p on p.id = r.period_id
  join above a on a.school = s.unit_id, json_each_text(s.cells) e
  where r.state = 'approved' and s.no = r.last_submission_no group by 1, 2, 3`;
const divideByHand = `
  select round($5::numeric * sum(n.amount) / (
    select sum(d.amount) from cell d where d.unit_id = $1 and d.school_year = $2 and d.key = any ($4)), 2)::float8 as value
  from cell n where n.unit_id = $1 and n.school_year = $6 and n.key = any ($3)`;

const cellsOf = (column: number, ...rows: number[]) => rows.map((row) => `${row}.${column}`);
/** As the form is printed, worked out without the files of the indicators. */
const expected: Array<[slug: string, breakdown: string, above: string[], below: string[], times: number, later?: 1]> = [
  ['th-ontime', 'all', cellsOf(1, 52, 53, 54, 55, 56), ['37.1'], 100],
  ['th-ontime-3', 'female', ['54.2'], ['42.2'], 100],
  ['th-pupils-per-class', 'all', ['37.1'], ['27.1'], 1],
  ['th-pupils-per-class', 'public', ['37.5'], ['27.2'], 1],
  ['th-pupils-per-teacher', 'all', ['37.1'], ['96.1'], 1],
  ['th-teachers-per-class', 'all', ['96.1'], ['27.1'], 1],
  ['th-qualified', 'all', cellsOf(1, 99, 100, 101), ['96.1'], 100],
  ['th-above', 'minorityFemale', cellsOf(4, 100, 101), ['96.4'], 100],
  ['th-rooms-solid', 'all', ['120.2'], ['120.1'], 100],
  ['th-rooms-solid', 'public', ['120.6'], ['120.5'], 100],
  ['th-two-sessions', 'female', ['59.2'], ['37.2'], 100],
  ['th-repeaters-share', 'minority', ['58.3'], ['37.3'], 100],
  ['th-repetition-uis', 'all', ['58.1'], ['37.1'], 100, 1],
  ['th-national-standard', 'all', cellsOf(1, 8, 9), ['1.1'], 100],
  ['th-inclusive-share', 'all', ['61.1'], cellsOf(1, 61, 67), 100],
];

test('values are those of plain SQL over the approved submissions, for every tier and year', async () => {
  let compared = 0;
  const owner = await story.db.owner.connect();
  await owner.query(sumByHand);
  await owner.query('create index on cell (unit_id, school_year, key)');
  for (const unit of Object.keys(readers) as Array<keyof typeof readers>)
    for (const [slug, breakdown, above, below, times, later = 0] of expected) {
      const { series } = await read(unit, slug);
      assert.deepEqual(
        series.map((each) => each.schoolYear),
        years,
      );
      for (const { schoolYear, figures } of series) {
        const { rows } = await owner.query<{ value: number | null }>(divideByHand, [
          units[unit].id,
          schoolYear,
          above,
          below,
          times,
          schoolYear + later,
        ]);
        const figure = figures.find((each) => each.breakdown === breakdown);
        assert.equal(figure?.value, rows[0]!.value, `${slug} ${breakdown} of ${unit} in ${schoolYear}`);
        compared += figure?.value === null ? 0 : 1;
      }
    }
  owner.release(true);
  assert.ok(compared > 300, `${compared} values`);
});

test('the list says the same as each indicator by itself, and counts are counts', async () => {
  const { indicators, counted } = await list('province');
  assert.deepEqual(counted, { '02': { parts: 4, schools: 4 } });
  assert.ok(indicators.length >= 25);
  for (const { slug, figure } of indicators) {
    const alone = await read('province', slug);
    assert.deepEqual(alone.figures[0], figure, slug);
  }
  const pupils = indicators.find((each) => each.slug === 'th-pupils')!;
  const cells = schools.map((school) =>
    story.db.owner.query<{ n: number }>(
      `select (s.cells ->> '37.1')::integer as n from submission s join report r on r.unit_id = s.unit_id and r.id = s.report_id
     where s.unit_id = $1 and r.period_id = $2`,
      [units[school].id, story.periods.get(2024)],
    ),
  );
  const sum = (await Promise.all(cells)).reduce((total, { rows }) => total + rows[0]!.n, 0);
  assert.deepEqual([pupils.figure.value, pupils.figure.denominator], [sum, null]);
});

test('rates of a place are divided by its own people; where there are none they are blank, not nothing', async () => {
  const population = 6 + 7 + 8 + 9 + 10;
  for (const [unit, people] of [
    ['province', 5000 + population],
    ['town', 1500 + population],
  ] as const) {
    const { figures, population: source } = await read(unit, 'th-ger');
    const all = figures.find((each) => each.breakdown === 'all')!;
    assert.equal(all.denominator, people);
    assert.equal(all.value, Math.round((all.numerator! / people) * 10_000) / 100);
    assert.deepEqual([source?.people, source?.documentNo], [people, '12/BC-CTK']);
    const minority = figures.find((each) => each.breakdown === 'minority')!;
    assert.deepEqual([minority.value, minority.denominator], [null, null], 'the table does not know minorities');
    const female = figures.find((each) => each.breakdown === 'female')!;
    assert.equal(
      female.denominator,
      [6, 7, 8, 9, 10].reduce((sum, age) => sum + Math.floor((people - population) / 10 + age / 2), 0),
    );
    assert.ok(!figures.some((each) => each.breakdown === 'public'), 'people are of no ownership');
  }
  const hills = (await read('hills', 'th-ger')).figures[0]!;
  assert.equal(hills.value, null);
  assert.ok(hills.numerator! > 0);
  assert.deepEqual(hills.missing, [{ kind: 'population', year: 2024, ages: { from: 6, to: 10 } }]);
});

test('a school has no rate of a place, and no indicator of a level that it does not teach', async () => {
  const { indicators } = await list('doiCan');
  assert.ok(indicators.length > 20);
  assert.deepEqual(
    indicators.filter((each) => each.reach === 'office' || !['02', everyLevel].includes(each.level)),
    [],
  );
  const params = { unitId: units.doiCan.id, slug: 'th-ger' };
  assert.equal(
    await story.as('clerk.doican').fail(readIndicator, { params, query: { schoolYear: 2024 } }),
    'not_found',
  );
});

test('a decision is in the next answer: nothing that was worked out before is shown again', async () => {
  const earlier = await read('province', 'th-pupils');
  const reportId = reports.get('laHien 2024')!;
  await story.reopen('laHien', reportId);
  const without = await read('province', 'th-pupils');
  const school = await story.db.owner.query<{ n: number }>(
    `select (cells ->> '37.1')::integer as n from submission where unit_id = $1 and report_id = $2`,
    [units.laHien.id, reportId],
  );
  assert.equal(without.figures[0]!.value, earlier.figures[0]!.value! - school.rows[0]!.n);
  assert.deepEqual(without.counted, { parts: 3, schools: 4 });
  const ger = await read('province', 'th-ger');
  assert.ok(
    ger.findings.some((each) => each.rule === 'fewer_reports'),
    'three schools against all people',
  );
  const { cells } = (
    await story.db.owner.query<{ cells: Record<string, number> }>('select cells from submission where report_id = $1', [
      reportId,
    ])
  ).rows[0]!;
  await story.send('laHien', 2024, cells);
  await story.approve('laHien', reportId, 2);
  assert.deepEqual((await read('province', 'th-pupils')).figures, earlier.figures);
});

test('the cells of a value add up to its numerator and denominator', async () => {
  for (const { slug } of (await list('province')).indicators) {
    const { cells, figures } = await read('province', slug);
    for (const side of ['numerator', 'denominator'] as const) {
      const amounts = cells.filter((each) => each.side === side).map((each) => each.amount && each.sign * each.amount);
      if (amounts.length === 0 || figures[0]![side] === null) continue;
      assert.equal(
        amounts.reduce((sum: number, each) => sum + each!, 0),
        figures[0]![side],
        `${slug} ${side}`,
      );
    }
  }
});

test('units are compared at each tier, and together they are the whole', async () => {
  const ask = (tier?: 'district' | 'school') =>
    story.as('reviewer.province').call(compareUnits, {
      params: { unitId: units.province.id, slug: 'th-pupils' },
      query: { schoolYear: 2024, ...(tier && { tier }) },
    });
  const whole = (await read('province', 'th-pupils')).figures[0]!.value;
  for (const [tier, count] of [
    [undefined, 2],
    ['district', 2],
    ['school', 4],
  ] as const) {
    const { units: found, tiers } = await ask(tier);
    assert.deepEqual(tiers, ['district', 'school']);
    assert.equal(found.length, count);
    assert.equal(
      found.reduce((sum, each) => sum + each.value!, 0),
      whole,
    );
    assert.deepEqual(
      found.map((each) => each.parts === each.schools),
      Array(count).fill(true),
    );
  }
  const office = await story.as('reviewer.province').call(compareUnits, {
    params: { unitId: units.province.id, slug: 'th-ger' },
    query: { schoolYear: 2024, tier: 'school' },
  });
  assert.deepEqual([office.units, office.tiers], [[], ['district']], 'a school has no people of its own');
});

test('nobody sees figures or people of another unit', async () => {
  const query = { schoolYear: 2024 };
  const foreign: Array<[PersonName, UnitName]> = [
    ['clerk.hoasen', 'doiCan'],
    ['clerk.hoasen', 'town'],
    ['reviewer.town', 'hills'],
    ['reviewer.town', 'province'],
  ];
  for (const [person, unit] of foreign) {
    const unitId = units[unit].id;
    const who = story.as(person);
    assert.equal(await who.fail(listIndicators, { params: { unitId }, query }), 'not_found');
    assert.equal(await who.fail(readIndicator, { params: { unitId, slug: 'th-pupils' }, query }), 'not_found');
    assert.equal(await who.fail(compareUnits, { params: { unitId, slug: 'th-pupils' }, query }), 'not_found');
    assert.equal(await who.fail(exportLibrary, { params: { unitId }, query }), 'not_found');
  }
  const actor = { accountId: idOf('reviewer.hills'), name: 'reviewer.hills' };
  const seen = await story.db.database.read(actor, units.hills.id, 'reports.read', async ({ tx }) => [
    await tx.selectFrom('population').select('id').execute(),
    await tx.selectFrom('population_count').select('age').execute(),
  ]);
  assert.deepEqual(seen, [[], []], 'straight in the database');
});

test('the library is a workbook of every unit within reach', async () => {
  const answer = await story.as('reviewer.town').attempt(exportLibrary, {
    params: { unitId: units.town.id },
    query: { schoolYear: 2024 },
  });
  const { sheets } = await openWorkbook(sourceOf(answer.rawPayload));
  const rows = [];
  for await (const batch of sheets[0]!.rows()) rows.push(...batch);
  const lines = rows.slice(3).map((row) => row.cells);
  assert.deepEqual(
    new Set(lines.map((cells) => cells[1])),
    new Set(['Phòng GDĐT TP Thái Nguyên', 'Trường TH Hoa Sen', 'Trường TH Đội Cấn']),
  );
  const shown = lines.find((cells) => cells[0] === '164' && cells[2] === 'th-pupils-per-class')!;
  assert.equal(shown[8], (await read('town', 'th-pupils-per-class')).figures[0]!.value);
});

test('the ministry compares offices and never lists the schools of the country', async () => {
  const params = { unitId: units.ministry.id, slug: 'th-pupils' };
  const ask = (tier: 'province' | 'school') =>
    story.as('analyst.ministry').call(compareUnits, { params, query: { schoolYear: 2024, tier } });
  const { units: provinces, tiers } = await ask('province');
  assert.deepEqual(
    provinces.map((each) => [each.unitId, each.parts, each.schools]),
    [[units.province.id, 4, 4]],
  );
  assert.ok(!tiers.includes('school'));
  assert.deepEqual((await ask('school')).units, []);
  const whole = (await read('ministry', 'th-pupils')).figures[0]!.value;
  assert.equal(provinces[0]!.value, whole);
});

test('a cell that one of the schools left blank is blank in the sum: a form may get cells while its period runs', async () => {
  const reportId = reports.get('hoaSen 2024')!;
  await story.reopen('hoaSen', reportId);
  const { '59.1': _, ...cells } = drawCells('hoaSen 2024');
  await story.send('hoaSen', 2024, cells);
  await story.approve('hoaSen', reportId, 2);
  const [town] = (await read('town', 'th-two-sessions')).figures;
  assert.deepEqual([town!.value, town!.missing.map((each) => each.kind)], [null, ['cell']]);
  const { figures } = await read('town', 'th-two-sessions');
  assert.notEqual(figures.find((each) => each.breakdown === 'female')!.value, null);
  assert.notEqual((await read('hills', 'th-two-sessions')).figures[0]!.value, null);
});

test('pupils who go on to the next level are counted in another form, a year later', async () => {
  const uncounted = await read('province', 'thcs-transition', 2023);
  assert.deepEqual(uncounted.figures[0]!.missing, [{ kind: 'form', form: 'x03-thcs-dn', schoolYear: 2024 }]);
  // Totals of the province as decisions would leave them: 1,234 entered grade 6, of whom 600 girls.
  const { rows } = await story.db.owner.query<{ id: string }>(
    `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on)
     select gen_random_uuid(), owner_id, name, 2024, 'middle', '2024-09-30', '2024-10-01', '2024-11-15' from period where school_year = 2024 returning id`,
  );
  await story.db.owner.query(
    `insert into period_form (period_id, owner_id, school_year, kind, form_code, form_version, level, cells, middle_of)
     select id, owner_id, 2024, 'middle', 'X03-THCS-ĐN', '2018', '03', '{X61.1,X61.2}', as_of from period where id = $1`,
    [rows[0]!.id],
  );
  await story.db.owner.query(
    `insert into aggregate_sum values ($1, $2, 'X03-THCS-ĐN', '{123400,60000}', '{1,1}', 1, now())`,
    [units.province.id, rows[0]!.id],
  );
  const { figures, cells } = await read('province', 'thcs-transition', 2023);
  const byHand = await story.db.owner.query<{ all: number; female: number }>(
    `with leaving as (
       select sum((s.cells ->> '44.1')::numeric) as pupils, sum((s.cells ->> '44.2')::numeric) as girls
       from submission s join report r on r.unit_id = s.unit_id and r.id = s.report_id where r.period_id = $1 and r.state = 'approved'
     ) select round(123400 / pupils, 2)::float8 as all, round(60000 / girls, 2)::float8 as female from leaving`,
    [story.periods.get(2023)],
  );
  const valueOf = (breakdown: string) => figures.find((each) => each.breakdown === breakdown)?.value;
  assert.deepEqual({ all: valueOf('all'), female: valueOf('female') }, byHand.rows[0]);
  assert.deepEqual(
    cells.map((each) => [each.side, each.formCode, each.schoolYear, each.cell]),
    [
      ['numerator', 'X03-THCS-ĐN', 2024, 'X61.1'],
      ['denominator', '02-TH-ĐN', 2023, '44.1'],
    ],
  );
});
