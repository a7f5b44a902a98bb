// Every form file against what was worked out without the compiler: the cells of a fixture, and a recount of random schools of all levels.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { findStrayCells } from '@khuevan/core/forms/cells.ts';
import { runChecks } from '@khuevan/core/forms/checks.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { basisOf } from '@khuevan/core/forms/versions.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { compileForm } from './compile.queries.ts';
import { formsFolder, loadForms } from './form-files.ts';
import { randomSchool } from './random-schools.ts';
import { recounts } from './recounts.ts';
import { insertSchools, type SampleSchool } from './sample-schools.ts';

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
const expectedOf = ({ slug, version }: FormDefinition): Cells[] =>
  (read(fileOf(slug, version, 'expected')) as { cells: Cells[] }).cells;

function recountOf({ slug }: FormDefinition): (typeof recounts)[string] {
  const registered = recounts[slug];
  assert.ok(registered, `form ${slug} has no recount: register one in recounts.ts`);
  return registered;
}

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** As the application, whose policies show it the records of these schools only. */
async function compileSchools(form: FormDefinition, schoolIds: string[], asOf: string): Promise<Cells[]> {
  const filled = await db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true)`.execute(tx);
    return compileForm(tx, form, { schoolIds, schoolYear, asOf });
  });
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
      assert.deepEqual(filledIn(recount(school, schoolYear, fixture.asOf)), expected[index], `recount, ${school.name}`);
      assert.deepEqual(findStrayCells(form, compiled[index]!), []);
      assert.deepEqual(
        runChecks(form, compiled[index]!).filter((finding) => finding.severity === 'error'),
        [],
        'what the compiler fills in breaks no rule of the form',
      );
    });
  });
}

test('every cell of every form, for random schools of all levels, equals the recount', async () => {
  const rowsCounted = new Map(forms.map((form) => [form, new Set<string>()]));
  await fc.assert(
    fc.asyncProperty(fc.array(randomSchool, { minLength: 2, maxLength: 6 }), async (schools) => {
      const schoolIds = await insertSchools(db.owner, schoolYear, schools);
      for (const form of forms) {
        const { recount, asOf } = recountOf(form);
        const compiled = await compileSchools(form, schoolIds, asOf);
        schools.forEach((school, index) => {
          const counted = recount(school, schoolYear, asOf);
          assert.deepEqual(compiled[index], counted, titleOf(form));
          for (const key of Object.keys(filledIn(counted))) rowsCounted.get(form)!.add(key.split('.')[0]!);
        });
      }
    }),
    { numRuns: 60, seed: 2018 },
  );
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
