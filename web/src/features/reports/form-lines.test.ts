import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { headingOf, headlineOf, linesOf, neighbourOf, placeOf, relatedCells, tabsOf } from './form-lines.ts';

const form = JSON.parse(
  readFileSync(new URL('../../../../forms/02-th-dn/2018.json', import.meta.url), 'utf8'),
) as FormDefinition;

test('sections with the same columns share a tab, as they share a printed table', () => {
  assert.deepEqual(
    tabsOf(form).map((tab) => tab.numbers),
    ['I-II', 'III', 'IV', 'V', 'NS'],
  );
});

test('a caption stands over the first row of its subdivision', () => {
  const lines = linesOf(form.sections.find((section) => section.id === 'III')!).map((line) =>
    line.kind === 'caption' ? line.row.caption!.vi : line.row.code,
  );
  assert.deepEqual(lines.slice(0, 6), ['37', 'Quy mô chia theo vùng:', '38', '39', 'Quy mô chia ra theo lớp:', '40']);
});

test('arrows go from cell to cell across the sections of a tab and stop at its edges', () => {
  assert.equal(neighbourOf(form, '37.1', 'right'), '37.2');
  assert.equal(neighbourOf(form, '37.1', 'left'), '37.1');
  assert.equal(neighbourOf(form, '37.5', 'down'), '38.5');
  assert.equal(neighbourOf(form, '26.2', 'down'), '27.2');
  assert.equal(neighbourOf(form, '1.1', 'up'), '1.1');
  assert.equal(neighbourOf(form, '37.1', 'last'), '37.12');
});

test('a place is found by its key, and nothing by a key of another form', () => {
  assert.equal(placeOf(form, 'NS24.2')?.column.amount, 'planned');
  assert.equal(placeOf(form, '40.99'), undefined);
  assert.equal(headingOf(placeOf(form, '40.8')!.column, 'vi'), 'Công lập, Nữ dân tộc thiểu số');
  assert.equal(headingOf(placeOf(form, '40.1')!.column, 'vi'), 'Tổng số');
});

test('headlines are the totals of their measures', () => {
  const cells = { '27.1': 27, '37.1': 946, '78.1': 41, '120.1': 29, 'NS24.1': 9000, 'NS24.2': 9842 };
  assert.deepEqual(
    (['class', 'student', 'staff', 'room'] as const).map((measure) => headlineOf(form, cells, measure)),
    [27, 946, 41, 29],
  );
  assert.equal(headlineOf(form, cells, 'budget', 'planned'), 9842);
});

test('a finding names the other cells it compares, whichever way it compares', () => {
  const byRows = form.checks.find((check) => check.id === 'schools-by-area')!;
  assert.deepEqual(relatedCells(form, { rule: `02-th-dn.${byRows.id}`, cell: '1.2' }), ['2.2', '5.2']);
  for (const check of form.checks) {
    const first = check.left[0]!;
    const code = typeof first === 'string' ? first : first.of;
    const cell =
      check.by === 'cells'
        ? code
        : check.by === 'rows'
          ? `${code}.1`
          : `${form.sections.find((each) => each.id === check.section)!.rows[0]!.code}.${code}`;
    for (const key of relatedCells(form, { rule: `02-th-dn.${check.id}`, cell }))
      assert.ok(placeOf(form, key), `${check.id}: ${key}`);
  }
  assert.deepEqual(relatedCells(form, { rule: 'student_pin_sex' }), []);
});

test('where no row is the whole of the staff, the rows that make it up are added', () => {
  const preschool = JSON.parse(
    readFileSync(new URL('../../../../forms/01-mn-dn/2018.json', import.meta.url), 'utf8'),
  ) as FormDefinition;
  const cells = { '55.1': 9, '83.1': 214, '123.1': 3, '156.1': 2, '167.1': 17 };
  assert.equal(headlineOf(preschool, cells, 'class'), 9);
  assert.equal(headlineOf(preschool, cells, 'student'), 214);
  assert.equal(headlineOf(preschool, cells, 'staff'), 22);
  assert.equal(headlineOf(preschool, {}, 'staff'), undefined);
});
