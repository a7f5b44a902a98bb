import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grade as gradeList } from '../codes/levels.ts';
import { runRecordRules } from './catalogue.ts';
import type { RecordValues, RuleContext } from './rule.ts';
import { resultsByAssessment } from './student-results.ts';

/** On both sides of what the rules on results of the year allow. */

const context: RuleContext = {
  schoolYear: 2024,
  asOf: '2025-05-31',
  period: 'end',
  levels: ['01', '02', '03', '04', '05'],
  classes: new Map(),
};

/** There from the opening, in grade 3; what other rules look at is unknown. */
const pupil: RecordValues = {
  grade: '03',
  entryStatus: '01',
  enteredOn: '2024-09-05',
  leaveStatus: null,
  leftOn: null,
  disability: null,
  educationResult: null,
  learningResult: null,
  conductResult: null,
  yearResult: null,
};
const promoted = { educationResult: '03', yearResult: '01' };
const both = ['student_year_result_missing', 'student_assessment_missing'];

const said = (changes: RecordValues, changed: Partial<RuleContext> = {}) =>
  runRecordRules('student', { ...pupil, ...changes }, { ...context, ...changed }).map(({ rule }) => rule);

test('results are asked for by the end-of-year report, and by nothing else', () => {
  assert.deepEqual(said({}), both);
  for (const period of ['start', 'middle', undefined] as const) assert.deepEqual(said({}, { period }), []);
  assert.deepEqual(said(promoted), []);
});

test('they are asked for those present on the as-of day', () => {
  const leaving = { leaveStatus: '08', destination: '01' };
  assert.deepEqual(said({ ...leaving, leftOn: '2025-05-31' }), []);
  assert.deepEqual(said({ leaveStatus: '11', destination: '01', leftOn: '2025-06-01' }), both);
  assert.deepEqual(said({ entryStatus: '06', enteredOn: '2025-05-31' }), both);
  assert.deepEqual(said({}, { asOf: '2024-09-04' }), []);
});

test('a disabled pupil may be left out of the assessment, not of the result', () => {
  assert.deepEqual(said({ disability: '05' }), ['student_year_result_missing']);
  assert.deepEqual(said({ disability: '05', yearResult: '01', educationResult: '04' }), []);
});

test('they are there from May on, whenever a report of the start is looked at', () => {
  const typedOn = (asOf: string) => said(promoted, { asOf, period: undefined });
  assert.deepEqual(typedOn('2025-04-30'), ['student_year_result_early']);
  assert.deepEqual(typedOn('2025-05-01'), []);
  assert.deepEqual(said(promoted, { asOf: '2024-09-30', period: 'start' }), []);
});

test('they belong to who was there to the end', () => {
  const away = { ...promoted, leaveStatus: '08', destination: '01' };
  assert.deepEqual(said({ ...away, leftOn: '2025-05-31' }), ['student_year_result_leaver']);
  assert.deepEqual(said({ ...away, leaveStatus: '11', leftOn: '2025-06-01' }), []);
});

test('the last grade of a level completes it, the others are promoted', () => {
  for (const { code, year, level } of gradeList.entries as readonly { code: string; year?: number; level: string }[]) {
    if (year === undefined) continue;
    const through = { 5: ['04'], 9: ['05'], 12: ['06', '07', '08'] }[year] ?? ['01'];
    const secondary = year > 5 ? { learningResult: '03', conductResult: '03' } : {};
    const assessment = level === '02' ? { educationResult: '03' } : secondary;
    for (const yearResult of ['01', '04', '05', '06', '07', '08'])
      assert.deepEqual(
        said({ grade: code, ...assessment, yearResult }),
        through.includes(yearResult) ? [] : ['student_year_result_grade'],
        `${code} ${yearResult}`,
      );
  }
});

test('primary and secondary are assessed each in its way; kindergarten has no result of the year', () => {
  const inGrade = (grade: string, changes: RecordValues) => said({ grade, ...changes }, { period: 'start' });
  assert.deepEqual(inGrade('06', { educationResult: '03' }), ['student_result_level']);
  assert.deepEqual(inGrade('05', { conductResult: '03' }), ['student_result_level']);
  assert.deepEqual(inGrade('17', { yearResult: '01' }), ['student_result_level']);
  assert.deepEqual(said({ grade: '17' }), []);
  assert.deepEqual(said({ grade: '07', learningResult: '01', yearResult: '01' }), ['student_assessment_missing']);
  assert.deepEqual(said({ grade: '07', yearResult: '01' }).length, 2, 'learning and conduct are both asked for');
});

test('a secondary pupil may repeat for absence, a primary pupil may not', () => {
  const contradicts = ['student_year_result_contradicts'];
  const inGrade7 = (learningResult: string, conductResult: string, yearResult: string) =>
    said({ grade: '07', learningResult, conductResult, yearResult });
  assert.deepEqual(inGrade7('03', '03', '03'), []);
  assert.deepEqual(inGrade7('03', '04', '01'), contradicts);
  assert.deepEqual(inGrade7('04', '03', '02'), []);
  assert.deepEqual(said({ educationResult: '03', yearResult: '03' }), contradicts);
  assert.deepEqual(said({ educationResult: '04', yearResult: '03' }), []);
  assert.deepEqual(said({ educationResult: '04', yearResult: '01' }), contradicts);
});

test('the result that follows from an assessment keeps the rules, and nothing follows from none', () => {
  assert.deepEqual(resultsByAssessment(pupil), []);
  assert.deepEqual(resultsByAssessment({ ...pupil, educationResult: '01' }), ['01']);
  for (const { code, year, level } of gradeList.entries as readonly { code: string; year?: number; level: string }[]) {
    if (year === undefined || (year <= 5 && level !== '02')) continue;
    for (const mark of ['01', '02', '03', '04']) {
      const record = {
        grade: code,
        ...(level === '02' ? { educationResult: mark } : { learningResult: '02', conductResult: mark }),
      };
      const results = resultsByAssessment(record);
      assert.ok(results.length > 0, code);
      for (const yearResult of results) assert.deepEqual(said({ ...record, yearResult }), [], `${code} ${mark}`);
    }
  }
});
