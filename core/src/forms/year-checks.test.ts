import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Cells, FormDefinition } from './definition.ts';
import { FormFault, parseForm } from './parse.ts';
import { sampleForm } from './sample-form.ts';
import { runYearChecks, yearCheckFaces } from './year-checks.ts';

const said = { vi: 'Thay đổi nhiều.', en: 'Changed much.' };
const form: FormDefinition = {
  ...sampleForm,
  yearChecks: [
    { id: 'pupils', source: 'written for tests', text: said, cells: ['2.1', '3.1'], share: 0.1, least: 5 },
    { id: 'sites', source: 'written for tests', text: said, cells: ['1.1'], share: 0, least: 0 },
  ],
};
const found = (now: Cells, before: Cells | null) =>
  runYearChecks(form, now, before).map(({ rule, cell }) => `${rule} ${cell}`);
const pupils = (now: number, before: number) => found({ '2.1': now }, { '2.1': before }).length === 1;

test('a change is told beyond the share of last year and beyond the least, up or down', () => {
  assert.deepEqual(
    [110, 111, 90, 89].map((now) => pupils(now, 100)),
    [false, true, false, true],
  );
  assert.deepEqual(
    [25, 26, 15, 14].map((now) => pupils(now, 20)),
    [false, true, false, true],
  );
  assert.deepEqual(
    [5, 6].map((now) => pupils(now, 0)),
    [false, true],
  );
});

test('cells are added up; what a year does not have is not compared', () => {
  assert.deepEqual(found({ '2.1': 60, '3.1': 51 }, { '2.1': 40, '3.1': 60 }), ['s-01.pupils 2.1']);
  assert.deepEqual(found({ '2.1': 60, '3.1': 50 }, { '2.1': 40, '3.1': 60 }), []);
  assert.deepEqual(found({ '2.1': 500 }, null), []);
  assert.deepEqual(found({ '2.1': 500 }, { '4.1': 1 }), []);
  assert.deepEqual(found({ '4.1': 1 }, { '2.1': 500 }), []);
  assert.deepEqual(found({ '1.1': 2 }, { '1.1': 3 }), ['s-01.sites 1.1']);
  assert.deepEqual(found({ '1.1': 3 }, { '1.1': 3 }), []);
});

test('the sentence names both years, the change and what is usual', () => {
  const [first, second] = runYearChecks(form, { '2.1': 1234, '1.1': 2 }, { '2.1': 1000, '1.1': 3 });
  const faces = new Map(yearCheckFaces(form).map((face) => [face.id, face]));
  assert.match(
    faces.get(first!.rule)!.message(first!).vi,
    /Năm nay 1\.234, năm trước 1\.000: \+234 \(\+23,4%\), thường không quá 10%/,
  );
  assert.match(faces.get(second!.rule)!.message(second!).vi, /Năm nay 2, năm trước 3: −1 \(−33,3%\), thường không đổi/);
});

test('a check of a cell that the form does not have, or under a name that is taken, is refused', () => {
  const [check] = form.yearChecks!;
  assert.equal(parseForm(form).yearChecks?.length, 2);
  assert.throws(() => parseForm({ ...form, yearChecks: [{ ...check, cells: ['9.1'] }] }), FormFault);
  assert.throws(() => parseForm({ ...form, yearChecks: [{ ...check, id: sampleForm.checks[0]!.id }] }), FormFault);
});
