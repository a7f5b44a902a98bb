import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { RecordKindName } from '../records/field.ts';
import { runRecordRules, runSetRules } from './catalogue.ts';
import { largestClass } from './class.ts';
import { bornIn } from './person-faults.ts';
import type { RecordValues, RuleContext } from './rule.ts';
import { drawSamplePreschool } from './sample-preschool.ts';

const { context, records } = drawSamplePreschool('boundaries');
const found = (kind: RecordKindName, record: RecordValues, changed: Partial<RuleContext> = {}) =>
  runRecordRules(kind, record, { ...context, ...changed })
    .map(({ rule }) => rule)
    .filter((rule) => !rule.startsWith('student_pin'));

const classOf = (ages: string) => records.class.find((each) => each.ageGroup === ages && !each.combined)!;
const childIn = (ages: string, changes: RecordValues = {}): RecordValues => ({
  ...records.student.find(({ classCode, disability }) => classCode === classOf(ages).code && !disability)!,
  policyGroup: null,
  feeRelief: null,
  costSupport: false,
  lunchSupport: false,
  newEntrant: false,
  ...changes,
});

describe('a child and the age group of its class', () => {
  // On 30 September 2024, by completed months.
  const months: [string, string, string[]][] = [
    ['01', '2024-07-01', ['student_preschool_age']],
    ['01', '2024-06-30', []],
    ['01', '2023-09-01', []],
    ['01', '2023-08-31', []],
    ['01', '2023-08-30', ['student_age_group']],
    ['02', '2023-08-31', ['student_age_group']],
    ['02', '2023-08-30', []],
    ['02', '2022-08-31', []],
    ['02', '2022-08-30', ['student_age_group']],
    ['03', '2022-08-30', []],
    ['03', '2021-08-31', []],
    ['03', '2021-08-30', ['student_age_group']],
  ];
  for (const [ages, birthDate, expected] of months)
    test(`group ${ages}, born ${birthDate}`, () =>
      assert.deepEqual(found('student', childIn(ages, { birthDate, pin: null, ethnicity: '55' })), expected));

  test('kindergarten counts calendar years', () => {
    for (const [ages, own] of [
      ['04', 3],
      ['05', 4],
      ['06', 5],
    ] as const)
      for (let years = 0; years <= 10; years += 1) {
        const expected = years > 8 ? 'student_preschool_age' : years === own ? '' : 'student_age_group';
        assert.equal(found('student', bornIn(childIn(ages), 2024 - years)).join(), expected, `${ages} ${years}`);
      }
  });

  test('who comes later may be of the group on that day or on that of the report; in combined ages nobody is held against it', () => {
    const late = { birthDate: '2023-12-15', pin: null, ethnicity: '55', entryStatus: '07', enteredOn: '2025-02-10' };
    assert.deepEqual(found('student', childIn('02', late)), []);
    assert.deepEqual(
      found('student', childIn('02', { ...late, birthDate: '2022-10-15' })),
      [],
      'of the group in September',
    );
    assert.deepEqual(found('student', childIn('02', { ...late, birthDate: '2022-08-15' })), ['student_age_group']);
    assert.deepEqual(found('student', childIn('02', { ...late, entryStatus: '01', enteredOn: '2024-09-05' })), [
      'student_age_group',
    ]);
    const combined = records.class.find((each) => each.combined && each.grade === '17')!;
    assert.deepEqual(found('student', bornIn(childIn('06', { classCode: combined.code }), 2021)), []);
  });
});

describe('health, lunch and fees', () => {
  const states: [string[], string[]][] = [
    [['00'], []],
    [['01', '02'], []],
    [['01', '02', '03'], []],
    [['02', '04'], []],
    [['01', '04'], ['student_nutrition_conflict']],
    [['00', '04'], ['student_nutrition_conflict']],
  ];
  for (const [nutrition, expected] of states)
    test(`nutrition ${nutrition.join(', ')}`, () =>
      assert.deepEqual(found('student', childIn('05', { healthChecked: true, nutrition })), expected));

  test('a check has a result, a result a check', () => {
    const verdict = (healthChecked: boolean | null, nutrition: string[] | null) =>
      found('student', childIn('05', { healthChecked, nutrition })).join();
    assert.equal(verdict(null, null), '');
    assert.equal(verdict(false, null), '');
    for (const checked of [null, false]) assert.equal(verdict(checked, ['00']), 'student_nutrition_check');
    assert.equal(verdict(true, null), 'student_nutrition_check');
  });

  test('lunch is supported in kindergarten from 3 to 5', () => {
    const combined = records.class.find((each) => each.combined && each.grade === '17')!;
    const verdict = (years: number) =>
      found('student', bornIn(childIn('05', { classCode: combined.code, lunchSupport: true }), 2024 - years)).join();
    assert.deepEqual([2, 3, 5, 6].map(verdict), ['student_lunch_support', '', '', 'student_lunch_support']);
    assert.deepEqual(found('student', childIn('03', { lunchSupport: true })), ['student_lunch_support']);
  });

  test('relief from fees needs a ground until the year in which nobody pays, and not of children of 5 since 2024', () => {
    const verdict = (child: RecordValues, changed: Partial<RuleContext> = {}) =>
      found('student', { ...child, feeRelief: '2' }, changed).join();
    assert.equal(verdict(childIn('05')), 'student_fee_relief');
    assert.equal(verdict(childIn('05', { feeRelief: '3' })), 'student_fee_relief');
    assert.equal(verdict(childIn('05', { policyGroup: '08' })), '');
    assert.equal(verdict(childIn('06')), '');
    assert.equal(verdict(childIn('05'), { difficultArea: true }), '');
    assert.equal(verdict(childIn('05'), { difficultArea: undefined }), '');
    const nextYear = runRecordRules('student', { ...childIn('05'), feeRelief: '2' }, { ...context, schoolYear: 2025 });
    assert.ok(!nextYear.some(({ rule }) => rule === 'student_fee_relief'));
    const yearBefore = runRecordRules('student', bornIn({ ...childIn('06'), feeRelief: '2' }, 2018), {
      ...context,
      schoolYear: 2023,
    });
    assert.ok(yearBefore.some(({ rule }) => rule === 'student_fee_relief'));
  });
});

describe('groups, classes, staff and rooms', () => {
  test('the charter allows 15, 20, 25 in nursery groups and 25, 30, 35 in kindergarten classes', () => {
    const grades = { '01': '16', '02': '16', '03': '16', '04': '17', '05': '17', '06': '17' };
    assert.deepEqual(
      Object.entries(grades).map(([ages, grade]) => largestClass(grade, false, ages)),
      [15, 20, 25, 25, 30, 35],
    );
    const verdict = (count: number) =>
      found('class', classOf('04'), { pupils: new Map([[String(classOf('04').code), count]]) }).join();
    assert.deepEqual([0, 1, 25, 26].map(verdict), ['class_empty', '', '', 'class_too_large']);
  });

  test('a combined class of ages names how many, and no grades', () => {
    const verdict = (combined: boolean, combinedAges: string | null) =>
      found('class', { ...classOf('05'), combined, combinedAges }).join();
    assert.equal(verdict(false, null), '');
    assert.equal(verdict(true, '2'), '');
    assert.equal(verdict(true, null), 'class_combined_ages');
    assert.equal(verdict(false, '3'), 'class_combined_ages');
  });

  test('independent groups need no head, schools do', () => {
    const heads = (levelGroup: string | null) =>
      runSetRules(
        'staff',
        records.staff.filter(({ staffGroup }) => staffGroup === '03'),
        { ...context, levelGroup },
      ).map(({ rule }) => rule);
    for (const group of ['04', '05', '19']) assert.deepEqual(heads(group), [], group);
    for (const group of ['01', '02', '03', '16', null]) assert.deepEqual(heads(group), ['staff_one_head']);
  });

  test('where the school teaches no preschool, nobody is asked to clear what nobody sees', () => {
    const primary = { levels: ['02'] };
    const teacher = {
      ...records.staff.find(({ staffGroup }) => staffGroup === '03')!,
      level: '02',
      declaredStandard: null,
    };
    assert.deepEqual(found('staff', teacher), ['staff_other_level']);
    assert.deepEqual(found('staff', teacher, primary), []);
  });

  test('one kind of room stands once in each part', () => {
    const line = { level: '01', roomKind: 'classroom', solid: 3, semiSolid: 0, temporary: 0 };
    const both = [
      { ...line, preschoolPart: '01' },
      { ...line, preschoolPart: '02' },
    ];
    assert.deepEqual(runSetRules('room', both, context), []);
    assert.deepEqual(
      runSetRules('room', [...both, both[1]!], context).map(({ rule, index }) => `${rule}@${index}`),
      ['room_duplicate@2'],
    );
  });

  test('the blocks of training may be left out, and add up where they are not', () => {
    const amounts = (value: number) => ({ settled: value, planned: value, estimated: value });
    const budget = (...more: [string, number][]) =>
      runSetRules(
        'budget',
        [...records.budget, ...more.map(([line, value]) => ({ line, ...amounts(value) }))],
        context,
      );
    assert.deepEqual(budget(), []);
    assert.deepEqual(budget(['training_total', 5], ['training_source_fees', 5], ['training_use_goods', 5]), []);
    assert.equal(budget(['training_total', 5], ['training_source_fees', 5]).length, 3, 'the uses are 0');
    assert.deepEqual(
      budget(['retraining_use_other', 2]).map(({ rule, index }) => [rule, index]),
      [1, 2, 3].map(() => ['budget_use_sum', 8]),
    );
  });
});
