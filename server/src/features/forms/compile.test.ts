// What the compiler does with days, scopes and blanks. Its figures against results worked out without it: every-form.test.ts.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { findStrayCells, placesOf } from '@khuevan/core/forms/cells.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { compileForm } from './compile.queries.ts';
import { codesOfForm, findForm, formsFolder, versionsInForce } from './form-files.ts';
import { openCell } from './open-cell.queries.ts';
import { asOf } from './random-schools.ts';
import { insertSchools, type SampleSchool } from './sample-schools.ts';

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(formsFolder, '02-th-dn', name), 'utf8'));
const fixture = readJson('2018.fixture.json') as { schoolYear: number; asOf: string; schools: SampleSchool[] };
const form = findForm('02-TH-ĐN', '2018');
const schoolYear = 2024;

let db: TestDatabase;
let fixtureIds: string[];
before(async () => {
  db = await createTestDatabase();
  fixtureIds = await insertSchools(db.owner, schoolYear, fixture.schools);
});
after(() => db.close());

/** As the application, whose policies show it the records of these schools only. */
function inScope<T>(schoolIds: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true)`.execute(tx);
    return work(tx);
  });
}

async function compileSchools(schoolIds: string[], day = asOf, asked = form): Promise<Cells[]> {
  const filled = await inScope(schoolIds, (tx) => compileForm(tx, asked, { schoolIds, schoolYear, asOf: day }));
  return schoolIds.map((schoolId) => filled.get(schoolId)!);
}

const filledIn = (cells: Cells): Cells => Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== 0));
const keysOf = (cells: Cells): string[] => Object.keys(cells).sort();

test('the version of 2024 has the cells of 2018 under another code, from its first day on', async () => {
  const newer = findForm('02.ĐN-TH', '2024');
  assert.deepEqual(
    placesOf(newer).map(({ key, empty }) => [key, empty]),
    placesOf(form).map(({ key, empty }) => [key, empty]),
  );
  assert.deepEqual(
    await compileSchools(fixtureIds, fixture.asOf, newer),
    await compileSchools(fixtureIds, fixture.asOf),
  );
  const inForce = (day: string) => versionsInForce('02-th-dn', day).map(({ version }) => version);
  assert.deepEqual(inForce('2018-11-13'), []);
  assert.deepEqual(inForce('2022-09-29'), ['2018']);
  assert.deepEqual(inForce('2025-02-08'), ['2018', '2022']);
  assert.deepEqual(inForce('2025-02-09'), ['2024']);
  assert.deepEqual(codesOfForm('02.ĐN-TH'), codesOfForm('02-TH-ĐN'));
});

test('a compiled form has every cell but those that stay empty, and row 25 where it is stated', async () => {
  const cellsAlways = placesOf(form)
    .filter((place) => !place.empty && !place.row.optional)
    .map((place) => place.key)
    .sort();
  const compiled = await compileSchools(fixtureIds);
  // The first school has not stated row 25; the second has, but counts as a school of lower secondary.
  for (const cells of compiled) assert.deepEqual(keysOf(cells), cellsAlways);
  const stating = { ...fixture.schools[0]!, profile: { ...fixture.schools[0]!.profile, disasterPlan: false } };
  const [stated] = await compileSchools(await insertSchools(db.owner, schoolYear, [stating]));
  assert.deepEqual(keysOf(stated!), [...cellsAlways, '25.1', '25.2', '25.3'].sort());
  assert.deepEqual(findStrayCells(form, stated!), []);
});

test('schools counted together have the same cells as counted alone', async () => {
  const together = await compileSchools(fixtureIds);
  for (const [index, schoolId] of fixtureIds.entries()) {
    const [alone] = await compileSchools([schoolId]);
    assert.deepEqual(alone, together[index]);
  }
});

test('a pupil is counted from the day of entry to the day before leaving', async () => {
  const [school] = fixture.schools;
  const pupilsOn = async (day: string): Promise<number> => (await compileSchools([fixtureIds[0]!], day))[0]!['37.1']!;
  for (const day of [
    '2024-09-04',
    '2024-09-05',
    '2024-09-14',
    '2024-09-15',
    '2024-09-25',
    '2024-09-30',
    '2024-10-01',
  ]) {
    const there = school!.students.filter(
      ({ enteredOn, leftOn }) => enteredOn <= day && day < (leftOn ?? '9999'),
    ).length;
    assert.equal(await pupilsOn(day), there, day);
  }
});

test('records outside the scope of the transaction are not counted', async () => {
  const [first, second] = fixtureIds as [string, string];
  const cells = await inScope([first], (tx) => compileForm(tx, form, { schoolIds: [first, second], schoolYear, asOf }));
  assert.equal(cells.get(first)!['37.1'], 26);
  assert.deepEqual(filledIn(cells.get(second)!), {});
});

test('the records behind a cell add up to the cell, page by page', async () => {
  const compiled = await compileSchools(fixtureIds);
  const scope = { schoolIds: fixtureIds, schoolYear, asOf };
  const places = placesOf(form).filter((_, index) => index % 7 === 0);
  await inScope(fixtureIds, async (tx) => {
    for (const { key, row, column, empty } of places) {
      const behind = await readAllPages((page) =>
        openCell(tx, form, { row: row.code, column: column.code }, scope, page),
      );
      const values = behind.records.map((record) => record.value);
      const inCell = compiled.reduce((sum, cells) => sum + (cells[key] ?? 0), 0);
      assert.equal(Math.round(values.reduce((sum, value) => sum + value, 0) * 100) / 100, empty ? 0 : inCell, key);
      assert.equal(behind.total, behind.records.length, key);
      assert.equal(new Set(behind.records.map((record) => record.id)).size, behind.records.length, key);
      if (row.measure === 'student') assert.equal(behind.total, empty ? 0 : inCell, key);
    }
  });
});

async function readAllPages(
  read: (page: { limit: number; offset: number }) => ReturnType<typeof openCell>,
): Promise<Awaited<ReturnType<typeof openCell>>> {
  const limit = 3;
  const first = await read({ limit, offset: 0 });
  const records = [...first.records];
  while (records.length < first.total) {
    const next = await read({ limit, offset: records.length });
    assert.ok(next.records.length > 0 && next.records.length <= limit);
    records.push(...next.records);
  }
  return { ...first, records };
}

test('a cell opens to the pupils it counts, by name, and an unknown cell to nothing', async () => {
  const scope = { schoolIds: fixtureIds, schoolYear, asOf };
  const page = { limit: 50, offset: 0 };
  const opened = await inScope(fixtureIds, (tx) => openCell(tx, form, { row: '67', column: '5' }, scope, page));
  assert.equal(opened.kind, 'student');
  assert.deepEqual(
    opened.records.map(({ subject, detail, value }) => [subject, detail, value]),
    [
      ['Nguyễn Thị A24', '5B', 1],
      ['Nguyễn Thị A25', '5B', 1],
      ['Nguyễn Thị A26', '5B', 1],
      ['Nguyễn Thị A27', '5A', 1],
    ],
  );
  const outside = await inScope([fixtureIds[1]!], (tx) => openCell(tx, form, { row: '67', column: '5' }, scope, page));
  assert.deepEqual(outside, { kind: 'student', total: 0, totalNow: null, records: [] });
  await assert.rejects(
    inScope(fixtureIds, (tx) => openCell(tx, form, { row: '67', column: '13' }, scope, page)),
    { code: 'not_found' },
  );
});
