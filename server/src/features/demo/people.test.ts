import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor, recordKinds } from '@khuevan/core/records/kinds.ts';
import { nameFault } from '@khuevan/core/vietnam/text.ts';
import fc from 'fast-check';
import type { SchoolOrder, SyntheticSchool } from './drafts.ts';
import {
  AS_OF,
  contextOf,
  createDemoProvince,
  findingsOf,
  type JudgedSchool,
  presentIn,
  recordsOf,
  TODAY,
} from './judged-schools.ts';
import { PRIMARY } from './levels/index.ts';
import { createSchool } from './people.ts';
import { planFaultOf } from './school-plan.ts';

const order: SchoolOrder = {
  seed: 'test',
  ordinal: 3,
  schoolCount: 10,
  schoolCode: '19170401',
  schoolName: 'Trường Tiểu học Thử',
  levelGroup: '06',
  provinceCode: '19',
  districtCode: '170',
  schoolYear: 2024,
};

describe('one school', () => {
  test('the same order gives the same school, another seed or code another', () => {
    assert.deepEqual(createSchool(order, TODAY), createSchool(order, TODAY));
    assert.notDeepEqual(createSchool({ ...order, seed: 'other' }, TODAY).students, createSchool(order, TODAY).students);
    assert.notDeepEqual(
      createSchool({ ...order, schoolCode: '19170402' }, TODAY).students,
      createSchool(order, TODAY).students,
    );
  });

  test('records have exactly the fields of their kinds, with values of their types', () => {
    const school = createSchool({ ...order, pupils: 200, classes: 10 }, TODAY);
    for (const [kind, records] of Object.entries(recordsOf(school))) {
      const fields = fieldsFor(recordKinds[kind as RecordKindName], ['02']);
      assert.ok(records.length > 0, kind);
      for (const record of records) {
        assert.deepEqual(Object.keys(record).toSorted(), fields.map((field) => field.key).toSorted());
        for (const field of fields) {
          const value = record[field.key];
          const text = typeof value === 'string' ? value : '';
          const where = `${kind}.${field.key} ${text}`;
          if (value === null) assert.ok(!field.required, where);
          else if (field.type === 'boolean') assert.equal(typeof value, 'boolean', where);
          else if (field.type === 'integer' || field.type === 'decimal')
            assert.ok(typeof value === 'number' && value >= 0, where);
          else if (field.type === 'codes')
            for (const code of value as string[]) assert.ok(codeEntry(field.list ?? '', code), where);
          else if (field.type === 'code') assert.ok(codeEntry(field.list ?? '', text), where);
          else if (field.type === 'name') assert.equal(nameFault(text), null, where);
          else if (field.type === 'date') assert.match(text, /^\d{4}-\d\d-\d\d$/, where);
          else assert.ok(text !== '' && text.length <= (field.max ?? 20), where);
        }
      }
    }
  });

  test('asked totals are met exactly, in rows and on the as-of day', () => {
    const counts = fc.record({
      classes: fc.integer({ min: 1, max: 60 }),
      perClass: fc.integer({ min: 1, max: 45 }),
      staff: fc.integer({ min: 0, max: 90 }),
      district: fc.constantFrom('164', '167', '173', null),
    });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), counts, (seed, { classes, perClass, staff, district }) => {
        const pupils = classes * perClass;
        const school = createSchool({ ...order, seed, classes, pupils, staff, districtCode: district }, TODAY);
        assert.equal(school.classes.length, classes);
        assert.equal(school.students.length, pupils);
        assert.equal(presentIn(school).length, pupils);
        assert.equal(school.staff.length, staff);
        const sizes = new Map<string, number>();
        for (const { classCode } of school.students) sizes.set(classCode, (sizes.get(classCode) ?? 0) + 1);
        assert.equal(sizes.size, classes, 'no class is empty');
        if (perClass <= 35) assert.ok(Math.max(...sizes.values()) <= 35);
        const limits = new Map(school.classes.map(({ code, combined }) => [code, combined ? 15 : 35]));
        if (pupils <= [...limits.values()].reduce((sum, limit) => sum + limit, 0))
          for (const [code, size] of sizes) assert.ok(size <= limits.get(code)!, `${code}: ${size}`);
      }),
      { numRuns: 40 },
    );
  });

  test('a count alone draws the others', () => {
    const byPupils = createSchool({ ...order, pupils: 300 }, TODAY);
    assert.ok(byPupils.classes.length >= 9 && byPupils.classes.length <= 20, String(byPupils.classes.length));
    const byClasses = createSchool({ ...order, classes: 8 }, TODAY);
    const present = presentIn(byClasses).length;
    assert.ok(present >= 8 * 16 && present <= 8 * 35, String(present));
    assert.deepEqual(
      [
        createSchool({ ...order, pupils: 0 }, TODAY).students.length,
        createSchool({ ...order, staff: 0 }, TODAY).staff.length,
      ],
      [0, 0],
    );
  });

  test('fewer classes than grades are combined, and every grade has pupils', () => {
    const { classes, students } = createSchool({ ...order, classes: 3, pupils: 60 }, TODAY);
    assert.deepEqual(
      classes.flatMap((each) => (each.combined ? each.combinedGrades : [each.grade])),
      ['01', '02', '03', '04', '05'],
    );
    assert.deepEqual(new Set(students.map((each) => each.grade)).size, 5);
  });

  test('nothing lies after today, and a later day shows more', () => {
    const movedAfter = (today: string) =>
      createSchool({ ...order, classes: 60 }, today)
        .students.flatMap((each) => [each.enteredOn, each.leftOn ?? ''])
        .filter((day) => day > AS_OF);
    assert.deepEqual(movedAfter(AS_OF), []);
    assert.ok(movedAfter(TODAY).length > 0);
    assert.ok(movedAfter(TODAY).every((day) => day < TODAY));
  });

  test('orders that cannot be built are refused with the reason', () => {
    const table: [Partial<SchoolOrder>, string | null][] = [
      [{}, null],
      [{ levelGroup: '09' }, null],
      [{ levelGroup: '07' }, null],
      [{ levelGroup: '07', levels: ['02'] }, 'no_level'],
      [{ levelGroup: '99' }, 'no_level'],
      [{ pupils: -1 }, 'bad_count'],
      [{ staff: 1.5 }, 'bad_count'],
      [{ classes: 0, pupils: 5 }, 'pupils_without_classes'],
      [{ classes: 0, pupils: 0 }, null],
    ];
    for (const [change, fault] of table) {
      assert.equal(planFaultOf({ ...order, ...change }), fault);
      if (fault) assert.throws(() => createSchool({ ...order, ...change }, TODAY), new RegExp(fault));
    }
  });

  test('any province gives a believable school', () => {
    for (const provinceCode of ['01', '11', '31', '62', '79', '24']) {
      const elsewhere = { ...order, provinceCode, districtCode: null, pupils: 400 };
      const school = createSchool(elsewhere, TODAY);
      assert.deepEqual(
        findingsOf({ order: elsewhere, school }).filter((finding) => finding.severity === 'error'),
        [],
      );
      assert.ok(school.students.filter((each) => each.pin?.startsWith(`0${provinceCode}`)).length > 300);
    }
  });
});

describe('the primary schools of the demo province', () => {
  let judged: JudgedSchool[] = [];
  let schools: SyntheticSchool[] = [];

  before(async () => {
    judged = await createDemoProvince([PRIMARY]);
    schools = judged.map(({ school }) => school);
  });

  test('its records break no rule, and warn only of missing numbers and large classes', () => {
    const counts = new Map<string, number>();
    for (const { severity, rule } of judged.flatMap(findingsOf))
      counts.set(`${severity} ${rule}`, (counts.get(`${severity} ${rule}`) ?? 0) + 1);
    const withoutNumber = schools.flatMap((school) => school.students).filter((student) => student.pin === null).length;
    const largeClasses = judged.flatMap((each) => {
      const { pupils } = contextOf(each);
      return each.school.classes.filter(({ code, combined }) => (pupils?.get(code) ?? 0) > (combined ? 15 : 35));
    }).length;
    assert.deepEqual(Object.fromEntries(counts), {
      'warning student_pin_missing': withoutNumber,
      'warning class_too_large': largeClasses,
    });
    assert.ok(largeClasses < 80);
  });

  test('personal numbers and ministry codes are unique in the province', () => {
    const unique = (values: (string | null)[]) => {
      const present = values.filter((value) => value !== null);
      assert.equal(new Set(present).size, present.length);
    };
    unique(
      [...schools.flatMap((school) => school.students), ...schools.flatMap((school) => school.staff)].map(
        (person) => person.pin,
      ),
    );
    unique(schools.flatMap((school) => school.students).map((student) => student.ministryCode));
  });

  test('its size and shares are those of the place', () => {
    const pupils = schools.flatMap((school) => presentIn(school));
    const share = (matches: (pupil: (typeof pupils)[number]) => boolean) =>
      pupils.filter(matches).length / pupils.length;
    const between = (value: number, least: number, most: number, what: string) =>
      assert.ok(value >= least && value <= most, `${what}: ${value}`);
    const classes = schools.flatMap((school) => school.classes).length;
    between(pupils.length, 95_000, 105_000, 'pupils');
    between(pupils.length / classes, 26, 31, 'pupils a class');
    between(schools.flatMap((school) => school.staff).length / classes, 1.3, 1.5, 'staff a class');
    between(
      share((pupil) => pupil.ethnicity === '01'),
      0.67,
      0.74,
      'Kinh',
    );
    between(
      share((pupil) => pupil.sex === '02'),
      0.46,
      0.485,
      'girls',
    );
    between(
      share((pupil) => pupil.disability !== null),
      0.009,
      0.013,
      'disabled',
    );
    between(
      share((pupil) => pupil.repeating === true),
      0.006,
      0.009,
      'repeating',
    );
    between(
      share((pupil) => 2024 - Number(pupil.birthDate.slice(0, 4)) === 5 + Number(pupil.grade)),
      0.95,
      0.97,
      'on time',
    );
    between(
      share((pupil) => pupil.pin === null),
      0.013,
      0.018,
      'without number',
    );
    between(
      share((pupil) => pupil.twoSessions),
      0.93,
      1,
      'two sessions',
    );
    assert.ok(pupils.some((pupil) => pupil.smallMinoritySupport));
  });

  test('some came before and after the as-of day, some left before and after it', () => {
    const students = schools.flatMap((school) => school.students);
    const came = students.filter((each) => each.entryStatus !== '01').map((each) => each.enteredOn);
    const left = students.flatMap((each) => each.leftOn ?? []);
    for (const days of [came, left]) {
      assert.ok(days.filter((day) => day <= AS_OF).length > 50);
      assert.ok(days.filter((day) => day > AS_OF).length > 50);
    }
  });
});
