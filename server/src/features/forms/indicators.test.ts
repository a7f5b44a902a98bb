// From records to values: indicators of continuing education, disabled learners, money and of passing on, for a province of random
// schools, held against plain SQL over the same records. The SQL reads neither forms nor indicator files.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type pg from 'pg';
import { listIndicators, readIndicator } from '@khuevan/core/contract/indicators.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import { everyLevel, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { isInForce, newestVersions } from '@khuevan/core/forms/versions.ts';
import { serveIndicators } from '#features/indicators';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { createCaller } from '#testing/caller.ts';
import { idOf, seatCast, units } from '#testing/cast.ts';
import { compileForm } from './compile.queries.ts';
import { loadForms } from './form-files.ts';
import { handCounts, seatHands } from './hand-counts.ts';
import { randomSchool, randomSchoolOf } from './random-schools.ts';
import { insertSchools } from './sample-schools.ts';

let db: TestDatabase;
let hands: pg.PoolClient;
let app: Awaited<ReturnType<typeof createTestApp>>;
let as: Awaited<ReturnType<typeof createCaller>>;
const asked = { params: { unitId: units.province.id }, query: { schoolYear: 2024 } };

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveIndicators]);
  as = await createCaller(app, db.owner);
  await seatPopulation();
  const drawn = fc.sample(fc.oneof({ weight: 2, arbitrary: randomSchool }, randomSchoolOf(['05'])), {
    numRuns: 70,
    seed: 5,
  });
  for (const [schoolYear, schools] of [
    [2024, drawn.slice(0, 45)],
    [2025, drawn.slice(45)],
  ] as const) {
    const ids = await insertSchools(db.owner, schoolYear, [...schools]);
    await sendTotals(schoolYear, 'start', `${schoolYear}-09-30`, ids);
    if (schoolYear === 2024) await sendTotals(schoolYear, 'end', '2025-05-31', ids);
  }
  hands = await db.owner.connect();
  await seatHands(hands);
});
after(async () => {
  hands.release(true);
  await app.close();
  await db.close();
});

/** 100 people and one for each year of age, half of them women; nothing is known of minorities. */
async function seatPopulation(): Promise<void> {
  const id = idOf('population');
  await db.owner.query(
    `insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
     values ($1, $2, 2024, 'Cục Thống kê', '12/BC-CTK', 'dan-so.xlsx', 'x', $1, 'Người nhập', $1, now())`,
    [units.province.id, id],
  );
  await db.owner.query(
    'insert into population_count select $1, $2, age, 100 + age, (100 + age) / 2, null, null from generate_series(0, 17) age',
    [units.province.id, id],
  );
}

/** What the province would hold once every school's report of these records was approved. */
async function sendTotals(schoolYear: number, kind: 'start' | 'end', asOf: string, schoolIds: string[]): Promise<void> {
  const periodId = newId();
  await db.owner.query(
    `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on)
     values ($1, $2, 'Kỳ thử', $3, $4, $5, $5, $5::date + 30)`,
    [periodId, units.ministry.id, schoolYear, kind, asOf],
  );
  for (const form of formsOn(kind, asOf)) {
    const keys = placesOf(form)
      .filter((place) => !place.empty)
      .map((place) => place.key);
    const cells = await db.database.db.transaction().execute(async (tx) => {
      await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true)`.execute(tx);
      return compileForm(tx, form, { schoolIds, schoolYear, asOf });
    });
    const sums = keys.map((key) =>
      schoolIds.reduce((sum, id) => sum + Math.round((cells.get(id)?.[key] ?? 0) * 100), 0),
    );
    await db.owner.query(
      `insert into period_form (period_id, owner_id, school_year, kind, form_code, form_version, level, cells)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [periodId, units.ministry.id, schoolYear, kind, form.code, form.version, form.level, keys],
    );
    await db.owner.query('insert into aggregate_sum values ($1, $2, $3, $4, $5, $6, now())', [
      units.province.id,
      periodId,
      form.code,
      sums,
      keys.map(() => schoolIds.length),
      schoolIds.length,
    ]);
  }
}

const formsOn = (kind: 'start' | 'end', day: string): FormDefinition[] =>
  newestVersions(loadForms().filter((form) => isInForce(form, day))).filter(({ period = 'start' }) => period === kind);

test('values are those of plain SQL over the records', async () => {
  let [compared, divided] = [0, 0];
  for (const [slug, { above, below, times = 1 }] of Object.entries(handCounts)) {
    const { figures } = await as('reviewer.province').call(readIndicator, {
      ...asked,
      params: { ...asked.params, slug },
    });
    for (const [breakdown, who] of [
      ['all', 'true'],
      ['female', 'is_female'],
      ['minority', 'is_minority'],
    ] as const) {
      const figure = figures.find((each) => each.breakdown === breakdown);
      // Money and places have no sex.
      if (!figure || (breakdown !== 'all' && !above.includes(':who'))) continue;
      const [n, d] = [above, below ?? 'null'].map((text) => `(${text.replaceAll(':who', who)})::numeric`);
      const { rows } = await hands.query<{ above: number; value: number | null }>(
        `select n::float8 as above, round(${below ? `${times} * n / nullif(d, 0)` : 'n'}, 2)::float8 as value
         from (select ${n} as n, ${d} as d) counted`,
      );
      assert.deepEqual([figure.numerator, figure.value], [rows[0]!.above, rows[0]!.value], `${slug} ${breakdown}`);
      compared += 1;
      if (rows[0]!.above > 0 && rows[0]!.value !== null) divided += 1;
    }
  }
  assert.ok(compared > 150, `${compared} values`);
  assert.ok(divided > compared * 0.9, `${divided} of ${compared} are more than nothing`);
});

test('no indicator of continuing education, disabled learners or money goes uncounted', async () => {
  const { indicators } = await as('reviewer.province').call(listIndicators, asked);
  const uncounted = indicators.filter(
    ({ slug, level, group }) => ([everyLevel, '05'].includes(level) || group === 'money') && !(slug in handCounts),
  );
  assert.deepEqual(
    uncounted.map((each) => each.slug),
    [],
  );
});

test('what is of every level is counted from all schools, and of no school’s level alone', async () => {
  const { indicators, counted } = await as('reviewer.province').call(listIndicators, asked);
  assert.deepEqual(
    counted[everyLevel],
    { parts: 45, schools: 4 },
    'all reports there are, all schools of the province',
  );
  assert.ok(indicators.some((each) => each.level === everyLevel));
  const ofSchool = await as('clerk.doican').call(listIndicators, {
    ...asked,
    params: { unitId: units.doiCan.id },
  });
  const slugs = ofSchool.indicators.map((each) => each.slug);
  assert.ok(slugs.includes('kt-inclusive-share') && slugs.includes('ns-personal-share'));
  assert.ok(!slugs.includes('gdtx-learners') && !slugs.includes('ns-per-learner'));
});

test('a form of every level does not make the reports of a level counted', async () => {
  assert.ok((await as('reviewer.province').call(listIndicators, asked)).counted['01']);
  await db.owner.query("delete from aggregate_sum where form_code like '%MN%'");
  const { indicators, counted } = await as('reviewer.province').call(listIndicators, asked);
  assert.equal(counted['01'], undefined);
  assert.notEqual(indicators.find((each) => each.slug === 'mn-inclusive-share')!.figure.value, null);
});
