// A province of the real register (814 schools and the offices above them) with five years of totals of every form that
// indicators are made of: a year's library for all its units at once, and one indicator's five-year series over the API. Both as the
// province's officer, under row-level security. The baselines read the same totals by hand, as the owner.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { placesOf } from '../core/src/forms/cells.ts';
import type { FormDefinition } from '../core/src/forms/definition.ts';
import { formsOf } from '../core/src/indicators/parse.ts';
import { loadForms } from '../server/src/features/forms/index.ts';
import { loadIndicators } from '../server/src/features/indicators/indicator-files.ts';
import { serveIndicators, workOutLibrary } from '../server/src/features/indicators/index.ts';
import { loadRegisterFile } from '../server/src/features/units/index.ts';
import { atTime } from '../server/src/platform/clock.ts';
import { newId } from '../server/src/platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../server/src/platform/testing.ts';
import { createTestApp } from '../server/src/testing/app.ts';
import { idOf, signedIn } from '../server/src/testing/cast.ts';
import { atMost, type BenchLine } from './line.ts';
import { median, p95, prepare, tell, timesOf } from './measure.ts';

const promise = { libraryMs: 2000, seriesP95Ms: 100 };
const years = [2020, 2021, 2022, 2023, 2024];
const runs = { library: { warming: 2, measured: 7 }, series: { warming: 20, measured: 200 } };
const day = new Date('2024-12-02T08:00:00+07:00');
const officer = 'reviewer.province';
const register = join(import.meta.dirname, '../demo/thai-nguyen-2024.csv');

export default async function measureIndicators(): Promise<BenchLine[]> {
  const db = await createTestDatabase();
  try {
    const provinceId = await prepare('five years of 814 schools', () => buildYears(db));
    return await atTime(day, async () => [await measureLibrary(db, provinceId), await measureSeries(db, provinceId)]);
  } finally {
    await db.close();
  }
}

async function measureLibrary(db: TestDatabase, provinceId: string): Promise<BenchLine> {
  const actor = { accountId: idOf(officer), name: officer };
  const work = () =>
    db.database.read(actor, provinceId, 'reports.read', ({ tx }) => workOutLibrary(tx, provinceId, 2024));
  const byHand = () =>
    db.owner.query(
      `select a.unit_id, a.form_code, sum(c.amount) from aggregate_sum a join period p on p.id = a.period_id, unnest(a.amounts) c (amount)
       where p.school_year = 2024 group by 1, 2`,
    );
  const lines = await work();
  const unitsShown = new Set(lines.map((line) => line.unit.id)).size;
  const { rows } = await db.owner.query<{ units: number }>(
    `select count(distinct a.unit_id)::integer as units from aggregate_sum a join unit u on u.id = a.unit_id where u.kind <> 'ministry'`,
  );
  assert.equal(unitsShown, rows[0]!.units);
  await assertByHand(db, lines);
  await timesOf(runs.library.warming, work);
  const ours = await timesOf(runs.library.measured, work);
  const hands = await timesOf(runs.library.measured, byHand);
  const figures = lines.reduce((sum, line) => sum + line.figures.length, 0);
  tell(
    `  ${unitsShown} units, ${lines.length} indicators of theirs, ${figures} figures: median ${median(ours).toFixed(0)} ms`,
  );
  return atMost({ name: 'indicators', unit: 'ms', value: p95(ours), baseline: p95(hands), limit: promise.libraryMs });
}

/** Pupils of a class, of every unit, by hand. */
async function assertByHand(db: TestDatabase, lines: Awaited<ReturnType<typeof workOutLibrary>>): Promise<void> {
  const { rows } = await db.owner.query<{ unit_id: string; value: number }>(
    `select a.unit_id, round(a.amounts[array_position(f.cells, '37.1')]::numeric / a.amounts[array_position(f.cells, '27.1')], 2)::float8 as value
     from aggregate_sum a join period_form f on f.period_id = a.period_id and f.form_code = a.form_code join unit u on u.id = a.unit_id
     where f.form_code = '02-TH-ĐN' and f.school_year = 2024 and u.kind <> 'ministry'`,
  );
  const shown = lines.filter((line) => line.indicator.slug === 'th-pupils-per-class');
  assert.deepEqual(
    new Map(shown.map((line) => [line.unit.id, line.figures[0]!.value])),
    new Map(rows.map((row) => [row.unit_id, row.value])),
  );
}

async function measureSeries(db: TestDatabase, provinceId: string): Promise<BenchLine> {
  const app = await createTestApp(db, [serveIndicators]);
  const headers = await signedIn(db.owner, officer);
  const slugs = [...new Set(loadIndicators().map((each) => each.slug))];
  const ask = async (index: number) => {
    const url = `/api/v1/units/${provinceId}/indicators/${slugs[index % slugs.length]}?schoolYear=2024&years=5`;
    const answer = await app.inject({ method: 'GET', url, headers });
    assert.equal(answer.statusCode, 200, answer.body);
    return answer.json<{ series: unknown[] }>();
  };
  const byHand = () =>
    db.owner.query(
      `select p.school_year, a.amounts[7]::numeric / a.amounts[8] from aggregate_sum a join period p on p.id = a.period_id where a.unit_id = $1`,
      [provinceId],
    );
  try {
    assert.equal((await ask(0)).series.length, years.length);
    await timesOf(runs.series.warming, ask);
    const ours = await timesOf(runs.series.measured, ask);
    const hands = await timesOf(runs.series.measured, byHand);
    return atMost({
      name: 'indicator-series',
      unit: 'ms',
      value: p95(ours),
      baseline: p95(hands),
      limit: promise.seriesP95Ms,
    });
  } finally {
    await app.close();
  }
}

/** @returns the province */
async function buildYears(db: TestDatabase): Promise<string> {
  const client = await db.owner.connect();
  // Its few lines that cannot be placed are said, and are no matter here.
  await loadRegisterFile(client, [register, '--since', '2000-01-01'], tell).finally(() => client.release());
  const { rows } = await db.owner.query<{ id: string; ministry: string }>(
    `select p.id, m.id as ministry from unit p, unit m where p.kind = 'province' and m.kind = 'ministry'`,
  );
  const { id: provinceId, ministry } = rows[0]!;
  await db.owner.query(
    `insert into account (id, unit_id, username, display_name, password_hash) values ($1, $2, $3, $3, 'none')`,
    [idOf(officer), provinceId, officer],
  );
  await db.owner.query(
    `insert into membership (id, account_id, unit_id, role, valid) values ($1, $2, $3, 'reviewer', '[2000-01-01,)')`,
    [newId(), idOf(officer), provinceId],
  );
  const used = new Set(loadIndicators().flatMap(formsOf));
  const forms = loadForms().filter((form) => used.has(form.slug) && form.version === '2018');
  for (const year of years) for (const form of forms) await seatTotals(db, ministry, year, form);
  await seatPeople(db);
  await db.owner.query('vacuum analyze');
  return provinceId;
}

/** Totals as decisions would have left them: random ones of schools, and their sums in every unit above. */
async function seatTotals(
  { owner }: TestDatabase,
  ministry: string,
  year: number,
  form: FormDefinition,
): Promise<void> {
  const id = newId();
  const cells = placesOf(form)
    .filter((place) => !place.empty)
    .map((place) => place.key);
  await owner.query(
    `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on) values ($1, $2, $3, $4, $5, $6, $6, $6)`,
    [id, ministry, `${form.code} ${year}`, year, 'start', `${year}-09-30`],
  );
  await owner.query(
    `insert into period_form (period_id, owner_id, school_year, kind, form_code, form_version, level, cells) values ($1, $2, $3, 'start', $4, $5, $6, $7)`,
    [id, ministry, year, form.code, form.version, form.level, cells],
  );
  await owner.query(
    `insert into aggregate_sum
     select u.id, $1, $2, array (select 100 * (20 + floor(random() * 400 + length(u.code)))::bigint from generate_series(1, $4)),
       array_fill(1, array[$4]), 1, now()
     from unit u where u.kind = 'school' and is_asked($3, u.levels)`,
    [id, form.code, form.level, cells.length],
  );
  await owner.query(
    `insert into aggregate_sum
     with above as materialized (
       select u.id as school, o.unit_id as up from unit u cross join lateral units_over(u.id, $3) o where u.kind = 'school'
     )
     select s.up, $1, $2, array_agg(s.amount order by s.place), array_agg(s.parts order by s.place), max(s.parts), now()
     from (
       select b.up, c.place, sum(c.amount)::bigint as amount, count(*)::integer as parts
       from aggregate_sum a join above b on b.school = a.unit_id, unnest(a.amounts) with ordinality c (amount, place)
       where a.period_id = $1 group by 1, 2
     ) s group by s.up`,
    [id, form.code, `${year}-09-30`],
  );
}

async function seatPeople({ owner }: TestDatabase): Promise<void> {
  await owner.query(
    `insert into population (unit_id, id, year, source, document_no, file_name, file_sha256, imported_by, imported_by_name, imported_in, imported_at)
     select u.id, gen_random_uuid(), y.year, 'bench', 'bench', 'bench', '', u.id, 'bench', u.id, now()
     from unit u cross join unnest($1::integer[]) y (year) where u.kind <> 'school'`,
    [years],
  );
  await owner.query(
    `insert into population_count select p.unit_id, p.id, a.age, 5000, 2400, 900, 440 from population p cross join generate_series(0, 17) a (age)`,
  );
}
