import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor, recordKinds } from '@khuevan/core/records/kinds.ts';
import { largestClass } from '@khuevan/core/rules/class.ts';
import { recordRules, runRecordRules } from '@khuevan/core/rules/catalogue.ts';
import { faultContext, plantFault } from '@khuevan/core/rules/faults.ts';
import { isOfPreschool } from '@khuevan/core/rules/preschool-faults.ts';
import { levelOfGrade, officialAgeOf } from '@khuevan/core/rules/grades.ts';
import type { RecordValues, RuleContext } from '@khuevan/core/rules/rule.ts';
import fc from 'fast-check';
import type { SchoolOrder, StaffDraft, StudentDraft } from './drafts.ts';
import {
  contextOf,
  createDemoProvince,
  findingsOf,
  type JudgedSchool,
  presentIn,
  recordsOf,
  TODAY,
} from './judged-schools.ts';
import { allLevels, levelsOf } from './levels/index.ts';
import { createSchool } from './people.ts';

const order: SchoolOrder = {
  seed: 'test',
  ordinal: 3,
  schoolCount: 10,
  schoolCode: '19170501',
  schoolName: 'Trường Thử',
  levelGroup: '11',
  provinceCode: '19',
  districtCode: '170',
  schoolYear: 2024,
};
const HEADS = ['01', '05'];
const byCode = (a: string | undefined, b: string | undefined) => (a ?? '').localeCompare(b ?? '');
const levelGroups = Array.from({ length: 19 }, (_, index) => String(index + 1).padStart(2, '0'));

describe('schools of every level group', () => {
  test('have records of each of their levels and of no other, one head, and break no rule', () => {
    for (const levelGroup of levelGroups) {
      for (const districtCode of ['164', '170']) {
        const judged = {
          order: { ...order, levelGroup, districtCode },
          school: createSchool({ ...order, levelGroup, districtCode }, TODAY),
        };
        const { school } = judged;
        const taught = (codeEntry('level_group', levelGroup) as unknown as { levels: string[] }).levels;
        const expected = taught.toSorted(byCode);
        const found = {
          classes: school.classes.map((each) => levelOfGrade(each.grade)),
          pupils: school.students.map((each) => levelOfGrade(each.grade)),
          staff: school.staff.map((each) => each.level),
          rooms: school.rooms.map((each) => each.level),
        };
        for (const [what, levels] of Object.entries(found))
          assert.deepEqual([...new Set(levels)].toSorted(byCode), expected, `${levelGroup} ${what}`);
        assert.equal(school.staff.filter((each) => HEADS.includes(each.position ?? '')).length, 1, levelGroup);
        assert.ok(school.staff.filter((each) => each.youthLeader).length <= 1);
        const rules = new Set(findingsOf(judged).map(({ rule }) => rule));
        rules.delete('student_pin_missing');
        assert.deepEqual([...rules], [], levelGroup);
      }
    }
  });

  test('fill the fields that the level has, and no field of another level', () => {
    for (const [levelGroup, level] of [
      ['01', '01'],
      ['06', '02'],
      ['07', '03'],
      ['08', '04'],
      ['13', '05'],
    ] as const) {
      const judged = { order: { ...order, levelGroup }, school: createSchool({ ...order, levelGroup }, TODAY) };
      for (const [kind, records] of Object.entries(recordsOf(judged.school))) {
        const keys = fieldsFor(recordKinds[kind as RecordKindName], [level]).map(({ key }) => key);
        for (const record of records)
          assert.deepEqual(Object.keys(record).toSorted(), keys.toSorted(), `${levelGroup} ${kind}`);
      }
    }
    for (const { ageGroup, grade } of createSchool({ ...order, levelGroup: '16' }, TODAY).classes)
      assert.equal(
        ageGroup === undefined ? undefined : (codeEntry('age_group', ageGroup) as unknown as { grade: string }).grade,
        levelOfGrade(grade) === '01' ? grade : undefined,
      );
  });

  test('have a subject for every class where they are for the gifted, and for none elsewhere', () => {
    const subjectsOf = (schoolName: string) =>
      createSchool({ ...order, levelGroup: '08', schoolName }, TODAY).classes.map(
        ({ specialisation }) => specialisation ?? null,
      );
    const gifted = subjectsOf('Trường THPT Chuyên Thử');
    assert.ok(gifted.every((code) => code !== null && codeEntry('specialisation', code) !== undefined));
    assert.ok(new Set(gifted).size > 3);
    assert.deepEqual([...new Set(subjectsOf('Trường THPT Thử'))], [null]);
    assert.equal(
      createSchool({ ...order, levelGroup: '08', schoolName: 'Trường THPT Chuyên Thử' }, TODAY).profile.schoolKind,
      '09',
    );
  });

  test('meet the totals of the whole school exactly, and no class is empty', () => {
    const counts = fc.record({
      levelGroup: fc.constantFrom('07', '08', '09', '10', '11', '13', '16', '17', '18', '19'),
      classes: fc.integer({ min: 1, max: 60 }),
      perClass: fc.integer({ min: 1, max: 45 }),
      staff: fc.integer({ min: 0, max: 120 }),
      district: fc.constantFrom('164', '170'),
    });
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), counts, (seed, { levelGroup, classes, perClass, staff, district }) => {
        const pupils = classes * perClass;
        const asked = { ...order, seed, levelGroup, classes, pupils, staff, districtCode: district };
        const school = createSchool(asked, TODAY);
        assert.deepEqual(
          [school.classes.length, presentIn(school).length, school.staff.length],
          [classes, pupils, staff],
        );
        assert.equal(school.students.length, pupils);
        assert.equal(new Set(school.classes.map((each) => each.code)).size, classes, 'codes of classes are unique');
        assert.equal(new Set(school.students.map((each) => each.classCode)).size, classes, 'no class is empty');
        const levels = new Set(school.classes.map((each) => levelOfGrade(each.grade)));
        if (classes >= levelsOf(levelGroup).length) assert.equal(levels.size, levelsOf(levelGroup).length);
      }),
      { numRuns: 60 },
    );
  });

  test('a count alone draws the others, over all levels', () => {
    const byPupils = createSchool({ ...order, pupils: 900 }, TODAY);
    assert.equal(presentIn(byPupils).length, 900);
    for (const level of ['02', '03', '04']) assert.ok(presentIn(byPupils, level).length > 100, level);
    assert.ok(byPupils.classes.length >= 20 && byPupils.classes.length <= 45, String(byPupils.classes.length));
  });

  test('a level does not change with the levels beside it, but for what the school has once', () => {
    const of = (levels?: string[]) =>
      createSchool({ ...order, levelGroup: '07', ...(levels ? { levels } : {}) }, TODAY);
    assert.deepEqual(of(['03']), of());
    const alone = createSchool({ ...order, levelGroup: '17', levels: ['02'] }, TODAY);
    const beside = createSchool({ ...order, levelGroup: '17' }, TODAY);
    const primary = ({ classes }: typeof alone) => classes.filter(({ grade }) => levelOfGrade(grade) === '02');
    assert.deepEqual(
      primary(beside).map(({ code, twoSessions }) => [code, twoSessions]),
      primary(alone).map(({ code, twoSessions }) => [code, twoSessions]),
    );
    const people = (school: typeof alone) =>
      presentIn(school, '02').map(({ fullName, birthDate, ethnicity, classCode }) => [
        fullName,
        birthDate,
        ethnicity,
        classCode,
      ]);
    assert.ok(people(alone).length > 100);
    assert.deepEqual(people(beside), people(alone));
  });

  test('nurseries take no children of kindergarten, kindergartens none of nursery', () => {
    const gradesIn = (levelGroup: string) => [
      ...new Set(createSchool({ ...order, levelGroup }, TODAY).students.map(({ grade }) => grade)),
    ];
    assert.deepEqual(
      [gradesIn('03'), gradesIn('04'), gradesIn('02'), gradesIn('05')],
      [['16'], ['16'], ['17'], ['17']],
    );
    const [nursery] = levelsOf('04');
    assert.equal(nursery!.teaching.length, 2);
    assert.deepEqual(
      [
        ...new Set(
          createSchool({ ...order, levelGroup: '04', staff: 12 }, TODAY).staff.flatMap(({ subjects }) => subjects),
        ),
      ],
      ['02'],
    );
  });
});

describe('the demo province with all levels', () => {
  let judged: JudgedSchool[] = [];
  const pupils = new Map<string, StudentDraft[]>();
  const staff = new Map<string, StaffDraft[]>();
  const classes = new Map<string, number>();

  before(async () => {
    judged = await createDemoProvince();
    for (const level of allLevels) {
      pupils.set(
        level,
        judged.flatMap(({ school }) => presentIn(school, level)),
      );
      staff.set(
        level,
        judged.flatMap(({ school }) => school.staff.filter((each) => each.level === level)),
      );
      const inLevel = judged.flatMap(({ school }) =>
        school.classes.filter(({ grade }) => levelOfGrade(grade) === level),
      );
      classes.set(level, inLevel.length);
    }
  });

  const between = (value: number, least: number, most: number, what: string) =>
    assert.ok(value >= least && value <= most, `${what}: ${value}`);

  test('all 814 schools have records, about 250,000 learners', () => {
    assert.equal(judged.length, 814);
    assert.ok(judged.every(({ school }) => school.students.length > 0 && school.staff.length > 0));
    between(judged.flatMap(({ school }) => presentIn(school)).length, 240_000, 270_000, 'learners');
  });

  test('its records break no rule, and warn only of missing numbers and large classes', () => {
    const counts = new Map<string, number>();
    for (const { severity, rule } of judged.flatMap(findingsOf))
      counts.set(`${severity} ${rule}`, (counts.get(`${severity} ${rule}`) ?? 0) + 1);
    assert.deepEqual([...counts.keys()].toSorted(), ['warning class_too_large', 'warning student_pin_missing']);
    const people = judged.flatMap(({ school }) => school.students);
    assert.equal(counts.get('warning student_pin_missing'), people.filter((each) => each.pin === null).length);
    const tooLarge = judged.flatMap((each) => {
      const sizes = contextOf(each).pupils!;
      return each.school.classes.filter(
        ({ code, grade, combined, ageGroup }) =>
          (sizes.get(code) ?? 0) > (largestClass(grade, combined, ageGroup) ?? Infinity),
      );
    });
    assert.equal(counts.get('warning class_too_large'), tooLarge.length);
    assert.ok(tooLarge.length < 100, String(tooLarge.length));
  });

  test('personal numbers and ministry codes are unique in the province, whatever the level', () => {
    const unique = (values: (string | null)[]) => {
      const present = values.filter((value) => value !== null);
      assert.equal(new Set(present).size, present.length);
    };
    unique(judged.flatMap(({ school }) => [...school.students, ...school.staff].map(({ pin }) => pin)));
    unique(judged.flatMap(({ school }) => school.students.map(({ ministryCode }) => ministryCode)));
    for (const { school } of judged) {
      unique(school.students.map(({ code }) => code));
      unique(school.staff.map(({ code }) => code));
      unique(school.classes.map(({ code }) => code));
    }
  });

  test('each level has its size: pupils, pupils a class, staff and teachers a class', () => {
    const sizes: [level: string, pupils: [number, number], perClass: [number, number], teachers: [number, number]][] = [
      ['01', [48_000, 62_000], [20, 26], [1.5, 2.2]],
      ['02', [95_000, 105_000], [26, 31], [1, 1.3]],
      ['03', [58_000, 72_000], [33, 41], [1.6, 1.95]],
      ['04', [32_000, 44_000], [38, 44], [1.8, 2.25]],
      ['05', [3000, 8000], [33, 44], [1.2, 1.8]],
    ];
    for (const [level, learners, perClass, perTeacher] of sizes) {
      const count = classes.get(level)!;
      between(pupils.get(level)!.length, ...learners, `learners of ${level}`);
      between(pupils.get(level)!.length / count, ...perClass, `learners a class of ${level}`);
      const teachers = staff.get(level)!.filter((each) => each.staffGroup === '03').length;
      between(teachers / count, ...perTeacher, `teachers a class of ${level}`);
    }
  });

  test('pupils of general education are of their age, with few behind; girls and minorities as in the place', () => {
    for (const level of ['02', '03', '04']) {
      const all = pupils.get(level)!;
      const share = (matches: (pupil: StudentDraft) => boolean) => all.filter(matches).length / all.length;
      const onTime = (pupil: StudentDraft) => 2024 - Number(pupil.birthDate.slice(0, 4)) === officialAgeOf(pupil.grade);
      between(share(onTime), 0.94, 0.98, `on time at ${level}`);
      between(
        share((pupil) => pupil.sex === '02'),
        0.45,
        0.49,
        `girls at ${level}`,
      );
      between(
        share((pupil) => pupil.ethnicity === '01'),
        0.64,
        0.74,
        `Kinh at ${level}`,
      );
      const first = all.filter((pupil) => pupil.newEntrant);
      assert.deepEqual([...new Set(first.map(({ grade }) => grade))], [{ '02': '01', '03': '06', '04': '10' }[level]]);
    }
  });

  test('children of nursery groups are of the months of their group on the day of the count', () => {
    const nursery = pupils.get('01')!.filter(({ grade }) => grade === '16');
    assert.ok(nursery.length > 5000);
    for (const { birthDate, classCode } of nursery) {
      const months = (2024 - Number(birthDate.slice(0, 4))) * 12 + 9 - Number(birthDate.slice(5, 7));
      const youngest = classCode.startsWith('NT1') ? 13 : 25;
      between(months, youngest, youngest + 11, classCode);
    }
  });

  test('teachers teach subjects of their level, each level all of its main ones', () => {
    const main: Record<string, string[]> = {
      '01': ['01', '02'],
      '02': ['09', '07', '08'],
      '03': ['20', '22', '07', '23', '17', '21', '18', '06', '16', '24', '10', '08', '05', '19'],
      '04': ['20', '22', '07', '23', '17', '21', '18', '06', '16', '24', '10', '08', '25'],
      '05': ['20', '22', '18', '06'],
    };
    for (const level of allLevels) {
      const taught = new Set(staff.get(level)!.flatMap(({ subjects }) => subjects));
      for (const subject of main[level]!) assert.ok(taught.has(subject), `${level} ${subject}`);
      for (const subject of taught)
        assert.ok(
          (codeEntry('subject_taught', subject) as unknown as { levels: string[] }).levels.includes(level),
          `${level} ${subject}`,
        );
    }
  });

  test('faults planted in records of secondary schools are found, each by its rule alone', () => {
    const planted = new Map<string, number>();
    const rules = recordRules.filter(
      ({ id, kind }) => ['student', 'staff', 'class', 'room'].includes(kind) && !isOfPreschool(id),
    );
    for (const group of ['07', '08', '09', '11']) {
      const each = judged.find(({ order: { levelGroup } }) => levelGroup === group)!;
      const context = contextOf(each);
      for (const rule of rules) {
        const records = recordsOf(each.school)[rule.kind].filter(
          ({ grade, level, pin }) =>
            pin !== null && ['03', '04'].includes((levelOfGrade(String(grade)) ?? level) as string),
        );
        for (const record of records.slice(0, 20)) {
          const broken = plantedIn(rule.id, record, context);
          if (!broken) continue;
          const findings = runRecordRules(rule.kind, broken, faultContext(rule.id, broken, context));
          assert.deepEqual([...new Set(findings.map((finding) => finding.rule))], [rule.id], JSON.stringify(broken));
          planted.set(rule.id, (planted.get(rule.id) ?? 0) + 1);
        }
      }
    }
    // A special class, which none of these schools has, is all that a fault may lack.
    assert.deepEqual(
      rules.filter(({ id }) => !planted.has(id)).map(({ id }) => id),
      ['student_special_class_disability'],
    );
  });
});

/** Undefined where the school lacks what the fault needs. */
function plantedIn(ruleId: string, record: RecordValues, context: RuleContext): RecordValues | undefined {
  try {
    return plantFault(ruleId, record, context);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
