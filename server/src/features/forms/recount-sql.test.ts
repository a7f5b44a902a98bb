// Every form has a recount in plain SQL, which gives every cell of the expected result from the records alone.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { formsFolder, loadForms } from './form-files.ts';
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

/** The form's own statement, or the one of several levels, which is told the level. */
const yearEnd: Record<string, string> = {
  'x02-th-cn': '02',
  'x03-thcs-cn': '03',
  'x04-thpt-cn': '04',
  'x05-gdtx-cn': '05',
};
const statementOf = (slug: string): string =>
  readFileSync(
    slug === '02-th-dn'
      ? join(import.meta.dirname, '../demo/recount.sql')
      : join(formsFolder, slug in yearEnd ? 'year-end.recount.sql' : join(slug, '2018.recount.sql')),
    'utf8',
  );
const slugs = [...new Set(loadForms().map(({ slug }) => slug))];

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

/** Cells by school; the expected results leave out what is 0 or blank, and so does this. */
async function recount(slug: string, { schoolYear, asOf, schools }: Fixture): Promise<Cells[]> {
  const schoolIds = await insertSchools(db.owner, schoolYear, schools);
  const level = slug in yearEnd ? [yearEnd[slug]] : [];
  const counted: Cells[] = [];
  for (const schoolId of schoolIds) {
    const { rows } = await db.owner.query<{ school_id?: string; cell: string; value: string }>(statementOf(slug), [
      [schoolId],
      schoolYear,
      asOf,
      ...level,
    ]);
    assert.ok(rows.every(({ school_id: answered = schoolId }) => answered === schoolId));
    assert.equal(new Set(rows.map(({ cell }) => cell)).size, rows.length, `${slug} answers a cell twice`);
    counted.push(
      Object.fromEntries(
        rows.map(({ cell, value }) => [cell, Number(value)] as const).filter(([, value]) => value !== 0),
      ),
    );
  }
  return counted;
}

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
