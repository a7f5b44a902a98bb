// The form as a file: what can be said about it without counting anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeList, entriesFor } from '@khuevan/core/codes/index.ts';
import { findBlankCells, placesOf } from '@khuevan/core/forms/cells.ts';
import { runChecks } from '@khuevan/core/forms/checks.ts';
import { columnsOf, type Filter, type Row } from '@khuevan/core/forms/definition.ts';
import { findForm, loadForms } from './form-files.ts';

const form = findForm('02-TH-ĐN', '2018');
const rows = new Map(form.sections.flatMap((section) => section.rows.map((row): [string, Row] => [row.code, row])));
const filterOf = (code: string): Filter => [rows.get(code)?.filter ?? {}].flat()[0] ?? {};

/** Codes of a list whose entries carry this attribute. */
const codesWith = (list: string, attribute: string, value: unknown): string[] =>
  (list === 'room_kind' ? entriesFor(list, [form.level]) : codeList(list).entries)
    .filter((entry) => (entry as unknown as Record<string, unknown>)[attribute] === value)
    .map((entry) => entry.code)
    .sort();
const codesIn = (code: string, dimension: string): string[] => (filterOf(code)[dimension] as string[]).toSorted();

test('every form file is read, and is found by code and by slug', () => {
  assert.ok(loadForms().includes(form));
  assert.equal(findForm('02-th-dn', '2018'), form);
  assert.throws(() => findForm('02-th-dn', '1999'), { code: 'not_found' });
});

test('the official rows are 1 to 132 in order, with the printed columns of each section', () => {
  const official = form.sections.filter((section) => section.official !== false);
  assert.deepEqual(
    official.flatMap((section) => section.rows.map((row) => row.code)),
    Array.from({ length: 132 }, (_, index) => String(index + 1)),
  );
  assert.deepEqual(
    form.sections.map((section) => [
      section.id,
      section.rows[0]?.code,
      section.rows.at(-1)?.code,
      columnsOf(form, section)
        .map((column) => column.code)
        .join(' '),
    ]),
    [
      ['I', '1', '26', '1 2 3'],
      ['II', '27', '36', '1 2 3'],
      ['III', '37', '77', '1 2 3 4 5 6 7 8 9 10 11 12'],
      ['IV', '78', '119', '1 2 3 4 5 6 7 8 9 10 11 12 13 14 15'],
      ['V', '120', '132', '1 2 3 4 5 6 7 8 9 10 11 12'],
      ['NS', 'NS24', 'NS31', '1 2 3'],
    ],
  );
});

test('only the minority columns of row 76 stay empty, only row 25 may stay blank', () => {
  assert.deepEqual(
    placesOf(form)
      .filter((place) => place.empty)
      .map((place) => place.key),
    ['76.3', '76.4', '76.7', '76.8', '76.11', '76.12'],
  );
  assert.deepEqual(
    [...rows.values()].filter((row) => row.optional).map((row) => row.code),
    ['25'],
  );
  // 36 rows of 3 columns, 41 of 12, 42 of 15, 13 of 12, 8 of 3; without 6 empty and 3 optional cells.
  assert.equal(findBlankCells(form, {}).length, 36 * 3 + 41 * 12 + 42 * 15 + 13 * 12 + 8 * 3 - 6 - 3);
});

test('rows and columns use the codes that the code lists assign to them', () => {
  for (const code of ['2', '3', '4', '38', '88'])
    assert.deepEqual(codesIn(code, 'area'), codesWith('region', 'terrain', 'lowland'), code);
  for (const code of ['5', '6', '7', '39', '89'])
    assert.deepEqual(codesIn(code, 'area'), codesWith('region', 'terrain', 'mountain'), code);
  assert.deepEqual(codesIn('11', 'schoolKind'), codesWith('school_kind', 'reportedAs', 'ethnic_boarding'));
  for (const code of ['12', '35'])
    assert.deepEqual(codesIn(code, 'schoolKind'), codesWith('school_kind', 'reportedAs', 'disability'));
  const disabilities = ['vision', 'hearing_speech', 'intellect', 'movement', 'nervous_mental'];
  disabilities.forEach((kind, index) => {
    for (const first of [62, 68])
      assert.deepEqual(codesIn(String(first + index), 'disability'), codesWith('disability', 'reportedAs', kind));
  });
  const trainings = ['intermediate', 'college', 'university', 'master', 'doctor', 'other'];
  trainings.forEach((kind, index) => {
    for (const first of [81, 90, 97])
      assert.deepEqual(
        codesIn(String(first + index), 'training'),
        codesWith('training_level', 'reportedAs', kind),
        kind,
      );
  });
  const positions = [
    'library_equipment',
    'informatics',
    'accountant',
    'cashier',
    'clerk',
    'medical',
    'disability_support',
    'academic_affairs',
  ];
  positions.forEach((kind, index) =>
    assert.deepEqual(codesIn(String(111 + index), 'position'), codesWith('staff_position', 'reportedAs', kind), kind),
  );
  assert.deepEqual(
    codesIn('110', 'position'),
    positions.flatMap((kind) => codesWith('staff_position', 'reportedAs', kind)).sort(),
  );
  assert.deepEqual(codesIn('122', 'roomKind'), codesWith('room_kind', 'block', 'learning_support'));

  const columns = new Map(
    form.columnSets.flatMap((set) => set.columns.map((column) => [`${set.id}.${column.code}`, column.filter])),
  );
  for (const [column, sector] of [
    ['schools.2', 'public'],
    ['schools.3', 'private'],
    ['pupils.5', 'public'],
    ['pupils.9', 'private'],
    ['staff.5', 'public'],
    ['staff.12', 'private'],
    ['rooms.9', 'private'],
  ] as const) {
    assert.deepEqual(
      (columns.get(column)!.ownership as string[]).toSorted(),
      codesWith('ownership', 'sector', sector),
      column,
    );
  }
  for (const [column, kind] of [
    ['staff.6', 'permanent'],
    ['staff.7', 'fixed_term'],
    ['staff.8', 'labour'],
  ] as const) {
    assert.deepEqual((columns.get(column)!.contract as string[]).toSorted(), codesWith('contract', 'reportedAs', kind));
  }
});

test('each learning-support room and each age of pupils has one row', () => {
  const kinds = Array.from({ length: 13 }, (_, index) => codesIn(String(120 + index), 'roomKind'))
    .filter((codes) => codes.length === 1)
    .flat();
  assert.deepEqual(
    [...kinds, 'other_support'].sort(),
    entriesFor('room_kind', ['02'])
      .map((entry) => entry.code)
      .sort(),
  );
  for (let age = 0; age < 30; age += 1) {
    const holding = Array.from(
      { length: 7 },
      (_, index) => filterOf(String(45 + index)).age as { eq?: number; min?: number; max?: number },
    ).filter(({ eq = age, min = age, max = age }) => age === eq && age >= min && age <= max);
    assert.equal(holding.length, 1, `age ${age}`);
  }
});

test('a filled form that circulates with total 7 and 9 in its parts is caught', () => {
  const found = runChecks(form, { '37.1': 7, '38.1': 9, '37.5': 7, '38.5': 9, '90.1': 6, '90.2': 7 }).map(
    (finding) => `${finding.rule} ${finding.cell ?? ''}`,
  );
  for (const expected of [
    '02-th-dn.pupils-by-area 37.1',
    '02-th-dn.pupils-by-area 37.5',
    '02-th-dn.pupils-by-grade 37.1',
    '02-th-dn.columns-IV-2-1 90.2',
  ]) {
    assert.ok(found.includes(expected), expected);
  }
});
