// Every form file against what was worked out without the compiler: the cells of a fixture, and a recount of random schools of all levels.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { findStrayCells, placesOf } from '@khuevan/core/forms/cells.ts';
import { runChecks } from '@khuevan/core/forms/checks.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { basisOf } from '@khuevan/core/forms/versions.ts';
import type { Tx } from '#platform/database.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { compileForm } from './compile.queries.ts';
import { findForm, formsFolder, loadForms } from './form-files.ts';
import { openCell } from './open-cell.queries.ts';
import { randomSchool, randomSchoolOf } from './random-schools.ts';
import { recounts } from './recounts.ts';
import { insertSchools, type SampleRoom, type SampleSchool } from './sample-schools.ts';

const schoolYear = 2024;
const forms = loadForms();
const titleOf = ({ slug, version }: FormDefinition): string => `${slug} ${version}`;
const filledIn = (cells: Cells): Cells => Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== 0));

interface Fixture {
  schoolYear: number;
  asOf: string;
  schools: SampleSchool[];
}

/** The file of a version, or of the version it is based on: `2024.expected.json`, else `2018.expected.json`. */
function fileOf(slug: string, version: string, role: string): string {
  const path = join(formsFolder, slug, `${version}.${role}.json`);
  if (existsSync(path)) return path;
  const basis = basisOf(JSON.parse(readFileSync(join(formsFolder, slug, `${version}.json`), 'utf8')));
  assert.ok(basis, `forms/${slug}/${version}.${role}.json is missing`);
  return fileOf(slug, basis, role);
}
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const fixtureOf = ({ slug, version }: FormDefinition): Fixture => {
  const own = read(fileOf(slug, version, 'fixture')) as Fixture | { sameAs: string };
  return 'sameAs' in own ? (read(join(formsFolder, own.sameAs)) as Fixture) : own;
};
/** A version that only adds rows says what they hold. */
function expectedOf({ slug, version }: Pick<FormDefinition, 'slug' | 'version'>): Cells[] {
  const { basedOn, cells } = read(fileOf(slug, version, 'expected')) as { basedOn?: string; cells: Cells[] };
  if (basedOn === undefined) return cells;
  return expectedOf({ slug, version: basedOn }).map((more, index) => ({ ...more, ...cells[index] }));
}

function recountOf({ slug }: FormDefinition): (typeof recounts)[string] {
  const registered = recounts[slug];
  assert.ok(registered, `form ${slug} has no recount: register one in recounts.ts`);
  return registered;
}

/** Versions that print the same rows and columns count the same: one of them is drawn for. */
const printed = [
  ...new Map(forms.map((form) => [JSON.stringify([form.slug, form.columnSets, form.sections]), form])).values(),
];

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** As the application, whose policies show it the records of these schools only. */
function inScope<T>(schoolIds: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true)`.execute(tx);
    return work(tx);
  });
}

async function compileSchools(form: FormDefinition, schoolIds: string[], asOf: string): Promise<Cells[]> {
  const filled = await inScope(schoolIds, (tx) => compileForm(tx, form, { schoolIds, schoolYear, asOf }));
  return schoolIds.map((schoolId) => filled.get(schoolId)!);
}

for (const form of forms) {
  test(`${titleOf(form)}: the fixture gives exactly the cells that were worked out without the compiler`, async () => {
    const { recount } = recountOf(form);
    const fixture = fixtureOf(form);
    const expected = expectedOf(form);
    assert.equal(fixture.schoolYear, schoolYear);
    const compiled = await compileSchools(
      form,
      await insertSchools(db.owner, schoolYear, fixture.schools),
      fixture.asOf,
    );
    fixture.schools.forEach((school, index) => {
      assert.deepEqual(filledIn(compiled[index]!), expected[index], school.name);
      assert.deepEqual(
        filledIn(recount(school, schoolYear, fixture.asOf, form.version)),
        expected[index],
        `recount, ${school.name}`,
      );
      assert.deepEqual(findStrayCells(form, compiled[index]!), []);
      assert.deepEqual(
        runChecks(form, compiled[index]!).filter((finding) => finding.severity === 'error'),
        [],
        'what the compiler fills in breaks no rule of the form',
      );
    });
  });
}

test('the records behind a cell add up to the cell, in every form', async () => {
  for (const form of printed) {
    const fixture = fixtureOf(form);
    const schoolIds = await insertSchools(db.owner, schoolYear, fixture.schools);
    const compiled = await compileSchools(form, schoolIds, fixture.asOf);
    const scope = { schoolIds, schoolYear, asOf: fixture.asOf };
    await inScope(schoolIds, async (tx) => {
      for (const { key, row, column, empty } of placesOf(form).filter((_, index) => index % 17 === 0)) {
        if (empty || !row.measure) continue;
        const page = { limit: 500, offset: 0 };
        const { records } = await openCell(tx, form, { row: row.code, column: column.code }, scope, page);
        const behind = records.reduce((sum, { value }) => sum + value, 0);
        const inCell = compiled.reduce((sum, cells) => sum + (cells[key] ?? 0), 0);
        assert.equal(Math.round(behind * 100), Math.round(inCell * 100), `${titleOf(form)} ${key}`);
      }
    });
  }
});

test('every cell of every form, for random schools of all levels, equals the recount', async () => {
  const rowsCounted = new Map(printed.map((form) => [form, new Set<string>()]));
  const compare = async (
    form: FormDefinition,
    schools: readonly SampleSchool[],
    schoolIds: string[],
  ): Promise<void> => {
    const { recount, asOf } = recountOf(form);
    const compiled = await compileSchools(form, schoolIds, asOf);
    schools.forEach((school, index) => {
      const counted = recount(school, schoolYear, asOf, form.version);
      assert.deepEqual(compiled[index], counted, titleOf(form));
      for (const key of Object.keys(filledIn(counted))) rowsCounted.get(form)!.add(key.split('.')[0]!);
    });
  };
  // Many schools at a time, for a statement costs more than its rows; drawn once and not shrunk, for the cells say enough.
  for (const schools of fc.sample(fc.array(randomSchool, { minLength: 12, maxLength: 12 }), {
    numRuns: 20,
    seed: 2018,
  })) {
    const schoolIds = await insertSchools(db.owner, schoolYear, schools);
    for (const form of printed) await compare(form, schools, schoolIds);
  }
  // Rows that few schools have, such as heads of nurseries by degree, or of many grades, need more schools of the level.
  for (const form of printed.filter(({ level }) => level === '01' || level === '05')) {
    const schools = fc.sample(randomSchoolOf([form.level]), { numRuns: 120, seed: 4 });
    await compare(form, schools, await insertSchools(db.owner, schoolYear, schools));
  }
  // The draw was wide enough to judge every row that is counted from records.
  for (const [form, rows] of rowsCounted) {
    const counted = form.sections.flatMap((section) => section.rows.filter((row) => row.measure));
    assert.deepEqual(
      counted.map((row) => row.code).filter((code) => !rows.has(code)),
      [],
      titleOf(form),
    );
  }
});

test('of a school of several levels nobody is counted twice and nobody is lost', async () => {
  const asOf = '2024-09-30';
  const isThere = ({ enteredOn, leftOn }: { enteredOn: string; leftOn: string | null }): boolean =>
    enteredOn <= asOf && (leftOn === null || leftOn > asOf);
  const levelOf = (grade: string): string =>
    Number(grade) <= 5 ? '02' : Number(grade) <= 9 ? '03' : Number(grade) <= 12 ? '04' : '';
  const formsOf: Array<{ form: FormDefinition; level: string; cells: Record<string, string[]> }> = [
    {
      form: findForm('02-th-dn', '2018'),
      level: '02',
      cells: {
        schools: ['1.1'],
        sites: ['26.1'],
        classes: ['27.1'],
        pupils: ['37.1'],
        teachers: ['96.1', '109.1'],
        rooms: ['120.1'],
        money: ['NS24.2'],
      },
    },
    {
      form: findForm('x03-thcs-dn', '2018'),
      level: '03',
      cells: {
        schools: ['X1.1'],
        sites: ['X31.1'],
        classes: ['X34.1'],
        pupils: ['X44.1'],
        teachers: ['X113.1', 'X148.1'],
        rooms: ['X160.1'],
        money: ['NS32.2'],
      },
    },
    {
      form: findForm('x04-thpt-dn', '2018'),
      level: '04',
      cells: {
        schools: ['X1.1'],
        sites: ['X33.1'],
        classes: ['X34.1'],
        pupils: ['X58.1'],
        teachers: ['X124.1'],
        rooms: ['X169.1'],
        money: ['NS40.2'],
      },
    },
  ];
  const schools = fc
    .sample(fc.oneof(randomSchoolOf(['02', '03']), randomSchoolOf(['02', '03', '04'])), { numRuns: 12, seed: 2024 })
    .map((school) => ({ ...school, profile: { ...school.profile, ownership: '01' } }));
  const schoolIds = await insertSchools(db.owner, schoolYear, schools);
  const compiled = await Promise.all(formsOf.map(({ form }) => compileSchools(form, schoolIds, asOf)));
  schools.forEach((school, place) => {
    const said = (what: string): number[] =>
      formsOf.map(({ cells }, index) => cells[what]!.reduce((sum, key) => sum + compiled[index]![place]![key]!, 0));
    const byLevel = <Item>(items: Item[], level: (item: Item) => string, amount = (_: Item): number => 1): number[] =>
      formsOf.map((each) =>
        items.filter((item) => level(item) === each.level).reduce((sum, item) => sum + amount(item), 0),
      );
    const atMain = (amount: number): number[] => formsOf.map(({ level }) => (level === school.mainLevel ? amount : 0));
    assert.deepEqual(
      said('pupils'),
      byLevel(school.students.filter(isThere), ({ grade }) => levelOf(grade)),
    );
    assert.deepEqual(
      said('classes'),
      byLevel(school.classes, ({ grade }) => levelOf(grade)),
    );
    const teachers = school.staff.filter(
      (each) =>
        isThere(each) &&
        each.staffGroup === '03' &&
        ['01', '07'].includes(each.status) &&
        !['05', '06'].includes(each.contract),
    );
    assert.deepEqual(
      said('teachers'),
      byLevel(teachers, ({ level }) => level),
    );
    const classrooms = school.rooms.filter(({ roomKind }) => roomKind === 'classroom');
    const size = (room: SampleRoom): number => room.solid + room.semiSolid + room.temporary;
    assert.deepEqual(
      said('rooms'),
      byLevel(classrooms, ({ level }) => level, size),
    );
    assert.deepEqual(said('schools'), atMain(1));
    assert.deepEqual(said('sites'), atMain(school.sites.length));
    assert.deepEqual(said('money'), atMain(school.budget.find(({ line }) => line === 'total')?.planned ?? 0));
  });
});
