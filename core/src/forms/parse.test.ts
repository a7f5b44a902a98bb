import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FormFault, parseForm } from './parse.ts';
import { sampleForm } from './sample-form.ts';

type Loose = ReturnType<typeof structuredClone<typeof sampleForm>>;

/** The faults of the sample form after a change. */
function faultsOf(change: (form: Loose) => void): string[] {
  const form = structuredClone(sampleForm);
  change(form);
  try {
    parseForm(form);
  } catch (error) {
    assert.ok(error instanceof FormFault);
    return error.faults;
  }
  return [];
}

test('a sound form is read as it stands', () => {
  assert.deepEqual(parseForm(structuredClone(sampleForm)), sampleForm);
});

test('each inconsistency is named', () => {
  const cases: Array<[string, (form: Loose) => void]> = [
    ['row 2 appears twice', (form) => void form.sections[0]?.rows.push({ ...form.sections[0].rows[1]! })],
    ['check size appears twice', (form) => void form.checks.push({ ...form.checks[2]! })],
    [
      'column set sexes: column 1 appears twice',
      (form) => void form.columnSets[0]?.columns.push({ ...form.columnSets[0].columns[0]! }),
    ],
    ['section B: no column set cash', (form) => void (form.sections[1]!.columnSet = 'cash')],
    ['row 1: no column 7 to leave empty', (form) => void (form.sections[0]!.rows[0]!.empty = ['7'])],
    ['row 1: dimension wealth is not offered', (form) => void (form.sections[0]!.rows[0]!.filter = { wealth: true })],
    [
      'row 1: dimension staffGroup is not offered',
      (form) => void (form.sections[0]!.rows[0]!.filter = { staffGroup: ['01'] }),
    ],
    ['row 1: grade has no code 77', (form) => void (form.sections[0]!.rows[0]!.filter = { grade: ['77'] })],
    ['row 1: age is compared with eq, min, max', (form) => void (form.sections[0]!.rows[0]!.filter = { age: ['6'] })],
    ['row 1: repeating is yes or no', (form) => void (form.sections[0]!.rows[0]!.filter = { repeating: ['01'] })],
    [
      'section A for student: dimension line is not offered',
      (form) => void (form.sections[0]!.filter = { line: ['total'] }),
    ],
    [
      'column 2 of student: dimension grade is not offered',
      (form) => void (form.columnSets[0]!.columns[1]!.filter = { grade: ['01'] }),
    ],
    [
      'column 1 of budget: amount spent is not one of settled, planned, estimated',
      (form) => void (form.columnSets[1]!.columns[0]!.amount = 'spent'),
    ],
    [
      'row 1: a filter needs a measure',
      (form) => void Object.assign(form.sections[0]!.rows[0]!, { measure: undefined, filter: {} }),
    ],
    ['check by-grade: no row 8', (form) => void (form.checks[0]!.right = ['8'])],
    ['check by-grade: compares rows with different columns', (form) => void (form.checks[0]!.right = ['B1'])],
    ['check females: no column 3', (form) => void (form.checks[1]!.right = ['3'])],
    ['check females: no section C', (form) => void (form.checks[1]!.section = 'C')],
    ['check size: no cell 2.9', (form) => void (form.checks[2]!.right = [{ of: '2.9', times: 3 }])],
    ['level 99 is not in the code list', (form) => void (form.level = '99')],
    ['a notice says what is not official, and only that', (form) => void (form.official = true)],
    ['a notice says what is not official, and only that', (form) => void Object.assign(form, { notice: undefined })],
  ];
  for (const [fault, change] of cases) assert.deepEqual(faultsOf(change), [fault]);
});

test('a shape that is not a form is refused with the places of its faults', () => {
  assert.throws(
    () => parseForm({ ...sampleForm, checks: [{ id: 'x' }], more: 1 }),
    (error: FormFault) => {
      assert.ok(error.faults.some((fault) => fault.startsWith('checks.0.')));
      assert.ok(error.faults.some((fault) => fault.includes('more')));
      return true;
    },
  );
});
