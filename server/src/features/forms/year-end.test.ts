// Nobody is lost between the opening and the end of a year: for random schools, in every column and grade, and where one pupil is.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { runChecks } from '@khuevan/core/forms/checks.ts';
import { type Cells, everyLevel, type FormDefinition, isFilledAt, type Row } from '@khuevan/core/forms/definition.ts';
import { openingFormsOf, runOpeningChecks } from '@khuevan/core/forms/opening-checks.ts';
import { placesOf } from '@khuevan/core/forms/cells.ts';
import type { Tx } from '#platform/database.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { compileForm } from './compile.queries.ts';
import { loadForms } from './form-files.ts';
import { openCell } from './open-cell.queries.ts';
import { randomSchool, randomSchoolOf } from './random-schools.ts';
import { isHere, isInSpecialClass } from './recount-parts.ts';
import { insertSchools, type SampleSchool, type SampleStudent } from './sample-schools.ts';

const schoolYear = 2024;
const opened = '2024-09-30';
const asOf = '2025-05-31';
const atEnd = loadForms().filter((form) => form.period === 'end' && form.version === '2018');
const rowsOf = (form: FormDefinition): Row[] => form.sections.flatMap((section) => section.rows);
/** The forms that count an opening; that of the budget counts money. */
const forms = atEnd.filter((form) => rowsOf(form).some(({ measure }) => measure === 'opening'));
/** The rows of each part of a form by the end of their codes: a grade, or the grades of a level. */
const gradesOf = (form: FormDefinition): Map<string, string[]> =>
  new Map(
    rowsOf(form).flatMap(({ code, filter }) =>
      /^DN./.test(code) && filter && !Array.isArray(filter) && Array.isArray(filter.grade)
        ? [[code.slice(2), filter.grade] as const]
        : [],
    ),
  );
/** The form of every level is of the disabled. */
const isOf = ({ level }: FormDefinition, pupil: SampleStudent): boolean =>
  level !== everyLevel || pupil.disability !== null;
const schoolOf = ({ level }: FormDefinition, seed: number): SampleSchool =>
  fc.sample(
    randomSchool.map(sound).filter(({ levels, students }) => isFilledAt(level, levels) && students.length > 4),
    { numRuns: 1, seed },
  )[0]!;

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

const inScope = <T>(schoolIds: readonly string[], work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.record_schools', ${`{${schoolIds.join(',')}}`}, true)`.execute(tx);
    return work(tx);
  });
const compileAt = (form: FormDefinition, schoolIds: string[], day = asOf): Promise<Map<string, Cells>> =>
  inScope(schoolIds, (tx) => compileForm(tx, form, { schoolIds, schoolYear, asOf: day }));

const unbalanced = (form: FormDefinition, cells: Cells) =>
  runChecks(form, cells).filter(({ rule }) => rule.startsWith(`${form.slug}.balance`));

/** Who came after the opening came from somewhere, as the rules on records demand. */
const sound = (school: SampleSchool): SampleSchool => ({
  ...school,
  students: school.students.map((pupil) =>
    pupil.entryStatus === '01' && pupil.enteredOn > opened ? { ...pupil, entryStatus: '02' } : pupil,
  ),
});

test('opening and those who came, less those who left, are those at the end: for every level, grade, sex and owner', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(randomSchool.map(sound), { minLength: 1, maxLength: 4 }), async (schools) => {
      const ids = await insertSchools(db.owner, schoolYear, schools);
      for (const form of forms) {
        const compiled = await compileAt(form, ids);
        schools.forEach((school, index) => {
          const cells = compiled.get(ids[index]!)!;
          assert.deepEqual(unbalanced(form, cells), []);
          for (const [suffix, grades] of gradesOf(form)) {
            const of = (day: string, isCounted: (sex: string) => boolean): number =>
              school.students.filter(
                (each) => isOf(form, each) && grades.includes(each.grade) && isHere(each, day) && isCounted(each.sex),
              ).length;
            for (const [column, isCounted] of [
              ['1', () => true],
              ['2', (sex: string) => sex === '02'],
            ] as const) {
              const at = (row: string): number => cells[`${row}${suffix}.${column}`]!;
              assert.equal(at('DN'), of(opened, isCounted));
              assert.equal(at('CN'), of(asOf, isCounted), 'nobody is lost, nobody is counted twice');
              assert.equal(at('DN') + at('DE') + at('TL') - at('DI') - at('TH'), at('CN'));
              moved += at('DE') + at('TL') + at('DI') + at('TH');
            }
          }
        });
      }
    }),
    { numRuns: 25, seed: 31 },
  );
  assert.ok(moved > 500, `${moved} movements`);
});

test('a pupil who came from nowhere is found by the balance of the grade and of the school, and stands behind the cell', async () => {
  for (const form of forms) {
    const [[suffix, [grade]]] = [...gradesOf(form)] as [[string, [string]]];
    const drawn = schoolOf(form, 7);
    const pupil = {
      ...drawn.students[0]!,
      pupil: 'NOWHERE',
      grade,
      disability: '01',
      sex: '02',
      ethnicity: '01',
      entryStatus: '01',
      enteredOn: '2024-10-15',
      leftOn: null,
      leaveStatus: null,
    };
    const profile = { ...drawn.profile, ownership: '01' };
    const [id] = await insertSchools(db.owner, schoolYear, [
      { ...drawn, profile, students: [...drawn.students, pupil] },
    ]);
    const cells = (await compileAt(form, [id!])).get(id!)!;
    const publicColumns = form.columnSets.find((set) => set.id === 'pupils')?.columns.slice(4, 6) ?? [];
    assert.deepEqual(
      unbalanced(form, cells).map(({ rule, cell, params }) => [rule, cell, params?.difference]),
      ['', suffix].flatMap((end) =>
        ['1', '2', ...publicColumns.map((column) => column.code)].map((column) => [
          `${form.slug}.balance${end && `-${end.toLowerCase()}`}`,
          `DN${end}.${column}`,
          -1,
        ]),
      ),
    );
    const behind = async (row: string): Promise<string[]> => {
      const scope = { schoolIds: [id!], schoolYear, asOf };
      const found = await inScope([id!], (tx) =>
        openCell(tx, form, { row: `${row}${suffix}`, column: '1' }, scope, { limit: 200, offset: 0 }),
      );
      assert.equal(found.total, cells[`${row}${suffix}.1`]);
      return found.records.map(({ subject }) => subject);
    };
    const name = 'Nguyễn Thị NOWHERE';
    assert.equal((await behind('CN')).includes(name), true);
    for (const row of ['DN', 'DE', 'TL']) assert.equal((await behind(row)).includes(name), false);
  }
});

test('an opening is held against cells that the start-of-year form has', () => {
  for (const form of loadForms().filter((each) => each.openingChecks)) {
    for (const slug of openingFormsOf(form)) {
      const start = loadForms().filter((each) => each.slug === slug);
      assert.ok(start.length > 0, slug);
      for (const each of start) {
        assert.notEqual(each.period, 'end');
        assert.equal(each.level, form.level);
        const keys = new Set(placesOf(each).map((place) => place.key));
        for (const check of form.openingChecks!.filter(({ form: of }) => of === slug))
          for (const key of check.against) assert.ok(keys.has(key), `${slug} ${key}`);
      }
    }
  }
});

test('the opening is that of the start-of-year form, until a record is changed for a day before it', async () => {
  for (const form of forms) {
    const [slug] = openingFormsOf(form);
    assert.ok(slug, `${form.slug} is held against no start of the year`);
    const start = loadForms().find((each) => each.slug === slug && each.version === '2018')!;
    const [[suffix, [grade]]] = [...gradesOf(form)] as [[string, [string]]];
    const drawn = schoolOf(form, 11);
    const girl = {
      ...drawn.students[0]!,
      pupil: 'GIRL',
      grade,
      sex: '02',
      disability: '01',
      enteredOn: '2024-09-05',
      leftOn: null,
      leaveStatus: null,
    };
    const school = { ...drawn, students: [...drawn.students, girl] };
    const [id] = await insertSchools(db.owner, schoolYear, [school]);
    const approved = { [slug]: (await compileAt(start, [id!], opened)).get(id!)! };
    const found = async () =>
      runOpeningChecks(form, (await compileAt(form, [id!])).get(id!)!, approved).map(({ cell, params }) => [
        cell,
        Number(params?.stated) - Number(params?.found),
      ]);
    assert.deepEqual(await found(), []);
    await db.owner.query(
      `update enrolment set entered_on = '2024-10-07' from student s
       where s.school_id = enrolment.school_id and s.id = enrolment.student_id and s.school_id = $1 and s.code = 'GIRL'`,
      [id],
    );
    const kind = isInSpecialClass(school, girl) ? 'CB' : 'HN';
    assert.deepEqual(
      await found(),
      [suffix, ...(form.level === everyLevel ? [kind] : [])].flatMap((end) => [
        [`DN${end}.1`, 1],
        [`DN${end}.2`, 1],
      ]),
    );
  }
});

test('the money of the start of the year is that of its end, until a line is changed; what is estimated may differ', async () => {
  const form = atEnd.find(({ slug }) => slug === 'x07-nsnn-cn')!;
  const [slug] = openingFormsOf(form);
  const start = loadForms().find((each) => each.slug === slug && each.version === '2018')!;
  const [drawn] = fc.sample(randomSchoolOf(['04']), { numRuns: 1, seed: 3 });
  const line = { line: 'total', settled: 100.25, planned: 200, estimated: 300 };
  const [id] = await insertSchools(db.owner, schoolYear, [{ ...drawn!, budget: [line] }]);
  const approved = { [slug!]: (await compileAt(start, [id!], opened)).get(id!)! };
  const found = async () => runOpeningChecks(form, (await compileAt(form, [id!])).get(id!)!, approved);
  assert.deepEqual(await found(), []);
  await db.owner.query(`update budget_line set estimated = 290 where school_id = $1`, [id]);
  assert.deepEqual(await found(), []);
  await db.owner.query(`update budget_line set settled = 110.5 where school_id = $1`, [id]);
  assert.deepEqual(
    (await found()).map(({ cell, params }) => [cell, params?.found, params?.stated]),
    [['NS40.1', 110.5, 100.25]],
  );
});
