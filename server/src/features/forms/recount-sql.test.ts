// Forms that have a recount in plain SQL (`2018.recount.sql`): it gives every cell of the expected result, from the records alone.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { formsFolder } from './form-files.ts';
import { insertSchools, type SampleSchool } from './sample-schools.ts';

interface Fixture {
  schoolYear: number;
  asOf: string;
  schools: SampleSchool[];
}

const read = <Content>(...path: string[]): Content =>
  JSON.parse(readFileSync(join(formsFolder, ...path), 'utf8')) as Content;
const fixtureOf = (slug: string): Fixture => {
  const own = read<Fixture | { sameAs: string }>(slug, '2018.fixture.json');
  return 'sameAs' in own ? read<Fixture>(own.sameAs) : own;
};
const slugs = globSync('*/2018.recount.sql', { cwd: formsFolder }).map(dirname).sort();

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** Cells by school; the expected results leave out what is 0 or blank, and so does this. */
async function recount(slug: string, { schoolYear, asOf, schools }: Fixture): Promise<Cells[]> {
  const schoolIds = await insertSchools(db.owner, schoolYear, schools);
  const { rows } = await db.owner.query<{ school_id: string; cell: string; value: string }>(
    readFileSync(join(formsFolder, slug, '2018.recount.sql'), 'utf8'),
    [schoolIds, schoolYear, asOf],
  );
  const counted = new Map<string, Cells>(schoolIds.map((schoolId) => [schoolId, {}]));
  for (const { school_id: schoolId, cell, value } of rows) {
    const cells = counted.get(schoolId);
    assert.ok(cells, `${slug} answers for a school that was not asked for`);
    assert.ok(!(cell in cells), `${slug} answers ${cell} twice`);
    cells[cell] = Number(value);
  }
  return [...counted.values()].map((cells) =>
    Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== 0)),
  );
}

test('some forms have a recount in SQL', () => {
  assert.ok(slugs.length > 0);
});

for (const slug of slugs) {
  test(`${slug}: a recount in plain SQL gives exactly the expected cells`, async () => {
    const fixture = fixtureOf(slug);
    const expected = read<{ cells: Cells[] }>(slug, '2018.expected.json').cells;
    const counted = await recount(slug, fixture);
    fixture.schools.forEach(({ name }, index) => assert.deepEqual(counted[index], expected[index], name));

    // One wrong figure in any school is noticed.
    for (const [index, cells] of expected.entries()) {
      for (const [cell, value] of Object.entries(cells).slice(0, 1)) {
        assert.notDeepEqual(counted[index], { ...cells, [cell]: Number(value) + 1 });
      }
    }
    assert.ok(expected.some((cells) => Object.keys(cells).length > 0));
  });
}
