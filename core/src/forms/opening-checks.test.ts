import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleFace } from '../rules/catalogue.ts';
import { checkFaces } from './checks.ts';
import type { Cells, FormDefinition, OpeningCheck } from './definition.ts';
import { openingFormsOf, runOpeningChecks } from './opening-checks.ts';
import { FormFault, parseForm } from './parse.ts';
import { sampleForm } from './sample-form.ts';
import { isAskedIn } from './versions.ts';

const check: OpeningCheck = {
  id: 'opening',
  source: 'written for tests',
  text: { vi: 'Khác đầu năm.', en: 'Not as at the opening.' },
  cells: ['2.1', '3.1'],
  form: 'start',
  against: ['40.1', '41.1'],
};
const form: FormDefinition = { ...sampleForm, period: 'end', openingChecks: [check] };
const found = (now: Cells, then: Cells | undefined) =>
  runOpeningChecks(form, now, { start: then, other: { '40.1': 99 } }).map(({ cell, params }) => [cell, params]);

test('sums of cells are held against the approved report of the opening, without any tolerance', () => {
  assert.deepEqual(found({ '2.1': 20, '3.1': 11 }, { '40.1': 30, '41.1': 1 }), []);
  assert.deepEqual(found({ '2.1': 20, '3.1': 12 }, { '40.1': 30, '41.1': 1 }), [['2.1', { found: 32, stated: 31 }]]);
  assert.deepEqual(found({ '2.1': 30 }, { '40.1': 30, '41.1': 1 }), [['2.1', { found: 30, stated: 31 }]]);
});

test('where there is no approved report, or it has none of the cells, nothing is compared', () => {
  assert.deepEqual(found({ '2.1': 20 }, undefined), []);
  assert.deepEqual(found({ '2.1': 20 }, { '52.1': 4 }), []);
  assert.deepEqual(found({}, { '40.1': 30 }), []);
  assert.deepEqual(openingFormsOf(form), ['start']);
  assert.deepEqual(openingFormsOf(sampleForm), []);
});

test('the sentence says both numbers, as a warning that a reason answers', () => {
  const [finding] = runOpeningChecks(form, { '2.1': 1234 }, { start: { '40.1': 1230 } });
  assert.equal(finding!.severity, 'warning');
  assert.match(ruleFace(finding!.rule, checkFaces(form)).message(finding!).vi, /nay cho 1\.234.*đã duyệt ghi 1\.230/);
});

test('cells that the form does not have are refused, those of the other form are not its business', () => {
  assert.equal(parseForm(form).openingChecks?.length, 1);
  assert.throws(() => parseForm({ ...form, openingChecks: [{ ...check, cells: ['9.1'] }] }), FormFault);
});

test('a period asks for forms of its kind; the middle of the year has none of its own', () => {
  const kinds = ['start', 'middle', 'end'] as const;
  assert.deepEqual(
    kinds.map((kind) => isAskedIn({}, kind)),
    [true, true, false],
  );
  assert.deepEqual(
    kinds.map((kind) => isAskedIn({ period: 'end' }, kind)),
    [false, false, true],
  );
});
