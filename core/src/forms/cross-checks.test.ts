import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crossCheckFaces, findUncomparable, runCrossChecks } from './cross-checks.ts';
import type { CrossCheck } from './definition.ts';
import { FormFault, parseForm } from './parse.ts';
import { sampleForm } from './sample-form.ts';

const same = (text: string) => ({ vi: text, en: text });
const check: CrossCheck = {
  id: 'entrants',
  severity: 'warning',
  source: 'habit',
  text: same('Entrants and leavers differ.'),
  left: ['2.1'],
  op: '=',
  right: ['9.1', { of: '9.2', times: 2 }],
  other: { form: 's-02', when: 'last-year' },
  units: 'offices',
  tolerance: 3,
  share: 0.1,
};
const withCheck = (changes: Partial<CrossCheck> = {}) =>
  parseForm({ ...sampleForm, crossChecks: [{ ...check, ...changes }] });
const other = { code: 'S-02', cells: { '9.1': 80, '9.2': 10 } };
const run = (value: number, changes: Partial<CrossCheck> = {}, isSchool = false) =>
  runCrossChecks(withCheck(changes), { '2.1': value }, isSchool, () => other);

test('the other side is 80 + 2 × 10 = 100: up to a tenth of it is passed over, on both sides', () => {
  assert.deepEqual(
    [90, 110].map((value) => run(value).length),
    [0, 0],
  );
  assert.deepEqual(
    [89, 111].map((value) => run(value)[0]?.params?.difference),
    [-11, 11],
  );
  assert.deepEqual(
    [110, 111, 10].map((value) => run(value, { op: '<=' }).length),
    [0, 1, 0],
  );
  assert.deepEqual(
    [90, 89, 500].map((value) => run(value, { op: '>=' }).length),
    [0, 1, 0],
  );
  assert.deepEqual(
    [103, 104].map((value) => run(value, { share: undefined }).length),
    [0, 1],
  );
});

test('it concerns the units it names, and is silent where there is nothing to compare with', () => {
  assert.deepEqual(run(0, {}, true), []);
  assert.equal(run(0, { units: 'schools' }, true).length, 1);
  assert.equal(run(0, { units: 'all' }, true).length, 1);
  assert.deepEqual(
    runCrossChecks(withCheck(), { '2.1': 5 }, false, () => null),
    [],
  );
  assert.deepEqual(
    runCrossChecks(withCheck(), {}, false, () => other),
    [],
  );
  assert.deepEqual(
    runCrossChecks(withCheck(), { '2.1': 5 }, false, () => ({ code: 'S-02', cells: {} })),
    [],
  );
});

test('the sentence names both forms, both cells and both numbers', () => {
  const [finding] = run(1500);
  const [face] = crossCheckFaces(withCheck());
  assert.equal(
    face!.message(finding!).vi,
    'Entrants and leavers differ. Ô 2.1 = 1.500 thường bằng ô 9.1 + 2 × 9.2 của biểu S-02 năm trước = 100 (cho phép lệch 10).',
  );
});

test('a form file that names a cell it does not have is refused', () => {
  assert.throws(() => withCheck({ left: ['77.1'] }), FormFault);
  assert.throws(() => withCheck({ id: sampleForm.checks[0]!.id }), FormFault);
});

test('forms that compare with a form or a cell that is not there are told', () => {
  const form = withCheck();
  assert.deepEqual(findUncomparable([form]), ['S-01: check entrants: no form s-02']);
  const second = { ...sampleForm, slug: 's-02', code: 'S-02' };
  assert.deepEqual(findUncomparable([form, second]), [
    'S-01: check entrants: form s-02 has no cell 9.1',
    'S-01: check entrants: form s-02 has no cell 9.2',
  ]);
  assert.deepEqual(findUncomparable([withCheck({ right: ['1.1', '2.2'] }), second]), []);
});
