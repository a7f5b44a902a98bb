// The recount by level against the drafts that were loaded, and against the primary form, which must not see the other levels.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { levelOfGrade } from '@khuevan/core/rules/grades.ts';
import { loadReferences } from '#features/codes';
import { compileForm, findForm } from '#features/forms';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import type { SchoolOrder } from './drafts.ts';
import { buildProvince } from './index.ts';
import { differencesFrom, type LevelCount, levelRows } from './level-rows.ts';
import { AS_OF, presentIn, TODAY } from './judged-schools.ts';
import { createSchool } from './people.ts';

// Preschool, primary, lower and upper secondary, continuing education, and five kinds of schools of several levels.
const levelGroups = ['01', '19', '06', '07', '08', '13', '09', '10', '11', '16', '17'];
const orders = levelGroups.map((levelGroup, ordinal): SchoolOrder => {
  const school = { schoolCode: `19170${500 + ordinal}`, schoolName: `Trường số ${ordinal}`, levelGroup };
  return {
    ...school,
    seed: 'levels',
    ordinal,
    schoolCount: levelGroups.length,
    provinceCode: '19',
    districtCode: '170',
    schoolYear: 2024,
  };
});
const recount = readFileSync(join(import.meta.dirname, 'recount-levels.sql'), 'utf8');

async function build(levels?: string[]): Promise<TestDatabase> {
  const db = await createTestDatabase();
  const owner = await db.owner.connect();
  try {
    await loadReferences(owner);
    const line = { managingCode: '170', managingName: 'Phòng GDĐT', provinceCode: '19' };
    await buildProvince(owner, db.secrets, {
      schools: orders.map((each, index) => ({
        ...line,
        line: index + 2,
        code: each.schoolCode,
        name: each.schoolName,
        levelGroup: each.levelGroup,
      })),
      schoolYear: 2024,
      seed: 'levels',
      today: TODAY,
      ...(levels ? { levels } : {}),
    });
  } finally {
    owner.release();
  }
  return db;
}

let all: TestDatabase;
let primaryOnly: TestDatabase;
before(async () => {
  all = await build();
  primaryOnly = await build(['02']);
});
after(async () => {
  await all.close();
  await primaryOnly.close();
});

async function schoolIds(db: TestDatabase, withPrimary = false): Promise<string[]> {
  const { rows } = await db.owner.query<{ id: string }>(
    `select id from unit where kind = 'school' and (not $1 or '02' = any (levels)) order by code`,
    [withPrimary],
  );
  return rows.map(({ id }) => id);
}

async function countLevels(db: TestDatabase): Promise<LevelCount[]> {
  return (await db.owner.query<LevelCount>(recount, [await schoolIds(db), 2024, AS_OF])).rows;
}

const valueOf = (
  counted: LevelCount[],
  level: string,
  what: string,
  part: string | null = null,
  sex: string | null = null,
) =>
  counted.find((row) => row.level === level && row.what === what && row.part === part && row.sex === sex)?.value ?? 0;

test('what was drawn for each level is what the tables hold', async () => {
  const counted = await countLevels(all);
  const schools = orders.map((order) => createSchool(order, TODAY));
  for (const level of ['01', '02', '03', '04', '05']) {
    const classes = schools.flatMap((school) => school.classes.filter(({ grade }) => levelOfGrade(grade) === level));
    const pupils = schools.flatMap((school) => presentIn(school, level));
    const staff = schools.flatMap((school) =>
      school.staff.filter((each) => each.level === level && each.leftOn === null && each.enteredOn <= AS_OF),
    );
    assert.ok(pupils.length > 100, level);
    assert.equal(valueOf(counted, level, 'class'), classes.length);
    assert.equal(valueOf(counted, level, 'student'), pupils.length);
    assert.equal(valueOf(counted, level, 'student', null, '02'), pupils.filter(({ sex }) => sex === '02').length);
    assert.equal(valueOf(counted, level, 'staff'), staff.length);
    assert.equal(valueOf(counted, level, 'staff', '03'), staff.filter((each) => each.staffGroup === '03').length);
    for (const grade of new Set(pupils.map((pupil) => pupil.grade))) {
      const girls = pupils.filter((pupil) => pupil.grade === grade && pupil.sex === '02').length;
      assert.equal(valueOf(counted, level, 'student', grade, '02'), girls, `${level} ${grade}`);
    }
    const schoolsOfLevel = schools.filter((school) =>
      school.classes.some(({ grade }) => levelOfGrade(grade) === level),
    );
    assert.equal(valueOf(counted, level, 'school'), schoolsOfLevel.length);
  }
  const parts = counted.filter(({ what, part, sex }) => what === 'student' && part !== null && sex !== null);
  assert.equal(
    parts.reduce((sum, { value }) => sum + value, 0),
    schools.flatMap((school) => presentIn(school)).length,
    'every learner is of one level, grade and sex',
  );
});

test('staff of the primary form are those of its level, though four of the five schools teach others too', async () => {
  const ids = await schoolIds(all, true);
  assert.equal(ids.length, 5);
  const cells = await compileSum(all, ids);
  const counted = await countLevels(all);
  assert.equal(cells['78.1'], valueOf(counted, '02', 'staff'));
  assert.equal(cells['78.2'], valueOf(counted, '02', 'staff', null, '02'));
});

test('the form of each level counts what the recount counts at its own', async () => {
  const counted = await countLevels(all);
  const ids = await schoolIds(all);
  for (const rows of levelRows) {
    const cells = await compileSum(all, ids, rows.slug);
    assert.deepEqual(differencesFrom(counted, rows, cells), []);
    assert.ok(cells[`${rows.student}.1`]! > 100, rows.slug);
    assert.equal(differencesFrom(counted, rows, { ...cells, [`${rows.student}.2`]: 1 }).length, 1);
  }
});

/** Rows of schools, classes and pupils; staff and money stand at the level that has them, so the head is elsewhere. */
const LAST_ROW_OF_PUPILS = 77;

test('pupils of other levels change no figure of the primary form about classes and pupils', async () => {
  const figures = async (db: TestDatabase) =>
    Object.entries(await compileSum(db, await schoolIds(db, true))).filter(([cell]) => {
      const row = Number(cell.split('.')[0]);
      return row >= 27 && row <= LAST_ROW_OF_PUPILS;
    });
  const [beside, alone] = [await figures(all), await figures(primaryOnly)];
  assert.ok(alone.filter(([, value]) => value > 0).length > 150);
  assert.deepEqual(Object.fromEntries(beside), Object.fromEntries(alone));
});

/** Cells of a form, summed over the schools. */
async function compileSum(db: TestDatabase, ids: string[], slug = '02-th-dn'): Promise<Cells> {
  const form = findForm(slug, '2018');
  const compiled = await db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${ids.join(',')}}`}, true), set_config('app.report_units', '{}', true)`.execute(
      tx,
    );
    return compileForm(tx, form, { schoolIds: ids, schoolYear: 2024, asOf: AS_OF });
  });
  const sum: Cells = {};
  for (const cells of compiled.values())
    for (const [cell, value] of Object.entries(cells)) sum[cell] = (sum[cell] ?? 0) + value;
  return sum;
}
