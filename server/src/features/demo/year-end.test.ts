// The synthetic province seen after the end of the year: movements of every month, and results that keep the rules.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRecordRules } from '@khuevan/core/rules/catalogue.ts';
import { levelOfGrade } from '@khuevan/core/rules/grades.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import type { SchoolOrder } from './drafts.ts';
import { contextOf, presentIn, TODAY } from './judged-schools.ts';
import { createSchool } from './people.ts';

const order: SchoolOrder = {
  seed: 'year end',
  ordinal: 4,
  schoolCount: 10,
  schoolCode: '19170501',
  schoolName: 'Trường Phổ thông Thử',
  levelGroup: '17',
  provinceCode: '19',
  districtCode: '170',
  schoolYear: 2024,
  classes: 60,
  pupils: 1700,
};
const JUNE = '2025-06-05';
const isThere = (spell: { enteredOn: string; leftOn: string | null }, day: string) =>
  spell.enteredOn <= day && (spell.leftOn === null || spell.leftOn > day);

test('the results of every level keep the rules of the end-of-year report', () => {
  const school = createSchool(order, JUNE);
  const context = { ...contextOf({ order, school }), asOf: '2025-05-31', period: 'end' as const };
  const found = school.students.flatMap((student) =>
    runRecordRules('student', student as unknown as RecordValues, context),
  );
  assert.deepEqual([...new Set(found.filter(({ severity }) => severity === 'error').map(({ rule }) => rule))], []);
  assert.deepEqual(
    found.filter(({ rule }) => rule.includes('result')),
    [],
  );
  const atEnd = school.students.filter((each) => isThere(each, '2025-05-31'));
  for (const level of ['02', '03', '04']) {
    const outcomes = Map.groupBy(
      atEnd.filter((each) => levelOfGrade(each.grade) === level),
      (each) => each.yearResult,
    );
    const completed = { '02': '04', '03': '05', '04': '06' }[level]!;
    assert.ok(outcomes.has('01') && outcomes.has(completed), level);
    assert.equal(outcomes.has(null), false, level);
  }
  assert.ok(atEnd.some(({ yearResult }) => yearResult === '02' || yearResult === '03'));
});

test('the opening is the one of October, and pupils came and went since', () => {
  const june = createSchool(order, JUNE);
  assert.equal(presentIn(june).length, 1700);
  const came = june.students.filter(({ enteredOn }) => enteredOn > '2024-09-30');
  const left = june.students.filter(({ leftOn }) => leftOn !== null && leftOn > '2024-09-30' && leftOn <= '2025-05-31');
  const atEnd = june.students.filter((each) => isThere(each, '2025-05-31'));
  assert.equal(atEnd.length, 1700 + came.length - left.length);
  for (const moved of [came.length, left.length]) assert.ok(moved > 3 && moved < 60, String(moved));
  assert.ok(june.students.every(({ enteredOn, leftOn }) => enteredOn < JUNE && (leftOn ?? '') < JUNE));
});

test('in October there is no result yet', () => {
  for (const { yearResult, educationResult, learningResult, conductResult } of createSchool(order, TODAY).students)
    for (const result of [yearResult, educationResult, learningResult, conductResult])
      assert.equal(result ?? null, null);
});
