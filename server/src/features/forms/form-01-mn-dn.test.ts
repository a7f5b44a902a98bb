// The form as a file: what can be said about it without counting anything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesFor } from '@khuevan/core/codes/index.ts';
import { ageGroup, levelGroup } from '@khuevan/core/codes/levels.ts';
import { findBlankCells, placesOf } from '@khuevan/core/forms/cells.ts';
import { columnsOf, type Filter, type Row, type Term, termOf } from '@khuevan/core/forms/definition.ts';
import { codesOfForm, findForm, versionsInForce } from './form-files.ts';

const form = findForm('01-MN-ĐN', '2018');
const rows = new Map(form.sections.flatMap((section) => section.rows.map((row): [string, Row] => [row.code, row])));
const filterOf = (code: string): Filter => [rows.get(code)?.filter ?? {}].flat()[0] ?? {};
const codesIn = (code: string, dimension: string): string[] => (filterOf(code)[dimension] as string[]).toSorted();
const codesWith = (list: string, attribute: string, value: unknown): string[] =>
  entriesFor(list, ['01'])
    .filter((entry) => (entry as unknown as Record<string, unknown>)[attribute] === value)
    .map((entry) => entry.code)
    .sort();
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));

test('the official rows are 1 to 212 in order, with the printed columns of each section', () => {
  const official = form.sections.filter((section) => section.official !== false);
  assert.deepEqual(
    official.flatMap((section) => section.rows.map((row) => row.code)),
    numbers(1, 212),
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
      ['I', '1', '54', '1 2 3 4'],
      ['II', '55', '82', '1 2 3 4'],
      ['III', '83', '122', numbers(1, 16).join(' ')],
      ['IV', '123', '193', numbers(1, 19).join(' ')],
      ['V', '194', '212', numbers(1, 16).join(' ')],
      ['NS', 'NS15', 'NS71', '1 2 3'],
    ],
  );
  // The attached sheet: 15-23 and 56-71, as the province's budget form numbers them.
  assert.deepEqual(
    form.sections.at(-1)!.rows.map((row) => row.code),
    [...numbers(15, 23), ...numbers(56, 71)].map((code) => `NS${code}`),
  );
});

test('no cell is printed "#"; only the rows on plans for disasters may stay blank', () => {
  assert.ok(placesOf(form).every((place) => !place.empty));
  assert.deepEqual(
    [...rows.values()].filter((row) => row.optional).map((row) => row.code),
    ['32', '50'],
  );
  assert.equal(findBlankCells(form, {}).length, 82 * 4 + 40 * 16 + 71 * 19 + 19 * 16 + 25 * 3 - 8);
});

test('every level group of preschool has its row, and every group its managers', () => {
  const preschools = levelGroup.entries.filter(({ mainLevel }) => mainLevel === '01').map(({ code }) => code);
  const own = ['2', '15', '33', '51', '52', '53'].map((code) => codesIn(code, 'levelGroup').join());
  assert.deepEqual(own.toSorted(), preschools.toSorted());
  assert.deepEqual(
    codesIn('1', 'levelGroup'),
    [codesIn('2', 'levelGroup'), codesIn('15', 'levelGroup'), codesIn('33', 'levelGroup')].flat().toSorted(),
  );
  const withPreschool = levelGroup.entries.filter(({ levels }) => (levels as readonly string[]).includes('01'));
  assert.deepEqual(
    [...codesIn('124', 'levelGroup'), ...codesIn('139', 'levelGroup')].toSorted(),
    withPreschool.map(({ code }) => code).toSorted(),
  );
  for (const code of ['123', '156']) assert.equal(codesIn(code, 'levelGroup').length, withPreschool.length);
});

test('rows use the codes, limits and kinds that the code lists assign to them', () => {
  const firstOf: Record<string, number> = { '01': 61, '02': 63, '03': 65, '04': 75, '05': 77, '06': 79 };
  for (const { code, grade, most } of ageGroup.entries) {
    const [small, large] = [filterOf(String(firstOf[code])), filterOf(String(firstOf[code]! + 1))];
    for (const each of [small, large]) assert.deepEqual([each.ageGroup, each.grade], [[code], [grade]]);
    assert.deepEqual([small.children, large.children], [{ max: most - 1 }, { min: most }]);
  }
  for (const code of ['3', '16', '34', '85', '91', '148'])
    assert.deepEqual(codesIn(code, 'area'), codesWith('region', 'terrain', 'lowland'), code);
  for (const code of ['6', '19', '37', '86', '92', '149'])
    assert.deepEqual(codesIn(code, 'area'), codesWith('region', 'terrain', 'mountain'), code);
  const trainings = ['intermediate', 'college', 'university', 'master', 'doctor', 'other'];
  for (const first of [126, 133, 141, 150, 169, 182])
    trainings.forEach((kind, index) =>
      assert.deepEqual(codesIn(String(first + index), 'training'), codesWith('training_level', 'reportedAs', kind)),
    );
  for (const code of ['196', '205'])
    assert.deepEqual(codesIn(code, 'roomKind'), codesWith('room_kind', 'block', 'learning_support'), code);
  for (const code of ['200', '210'])
    assert.deepEqual(codesIn(code, 'roomKind'), codesWith('room_kind', 'block', 'other'), code);
  assert.deepEqual(
    form.sections
      .at(-1)!
      .rows.slice(1)
      .map((row) => codesIn(row.code, 'line').join()),
    entriesFor('budget_line', ['01']).map(({ code }) => code),
  );
});

/** Rows and sums as the structure of the print implies them: whole, its parts, how they compare. */
const structure: Array<[whole: number, op: '=' | '>=', parts: string[]]> = [
  [1, '=', ['2', '15', '33']],
  [2, '=', ['3', '6']],
  [3, '=', ['4', '5']],
  [6, '=', ['7', '8']],
  [15, '=', ['16', '19']],
  [16, '=', ['17', '18']],
  [19, '=', ['20', '21']],
  [33, '=', ['34', '37']],
  [34, '=', ['35', '36']],
  [37, '=', ['38', '39']],
  [55, '=', ['56', '69']],
  [83, '=', ['84', '90']],
  [84, '=', ['85', '86']],
  [90, '=', ['91', '92']],
  [96, '=', numbers(97, 100)],
  [101, '=', numbers(102, 106)],
  [123, '=', ['124', '139']],
  [124, '=', ['125', '132']],
  [125, '=', numbers(126, 131)],
  [132, '=', numbers(133, 138)],
  [139, '=', ['140', '147']],
  [140, '=', numbers(141, 146)],
  [147, '=', ['148', '149']],
  [147, '=', numbers(150, 155)],
  [156, '=', ['157', '162']],
  [167, '=', ['168', '181']],
  [168, '=', numbers(169, 174)],
  [168, '>=', numbers(175, 180)],
  [181, '=', numbers(182, 187)],
  [181, '>=', numbers(188, 193)],
];

const codesOf = (terms: readonly Term[]): string => terms.map((term) => termOf(term).of).join();

test('the checks hold what the structure of the print implies', () => {
  const said = form.checks
    .filter(({ by, severity }) => by === 'rows' && severity === 'error')
    .map(({ left, op, right }) => `${codesOf(left)} ${op} ${codesOf(right)}`);
  for (const [whole, op, parts] of structure) assert.ok(said.includes(`${whole} ${op} ${parts.join()}`), String(whole));
  for (const [part, whole] of [
    [96, 84],
    [101, 90],
  ])
    assert.ok(said.includes(`${part} = ${whole}`));
  for (const [part, whole] of [
    [107, 84],
    [112, 90],
    ...[108, 109, 110, 111].map((row) => [row, 107]),
    ...[113, 114, 115, 116].map((row) => [row, 112]),
  ])
    assert.ok(said.includes(`${part} <= ${whole}`), String(part));
});

test('the version of 2024 has the cells of 2018 under another code, from its first day on', () => {
  const newer = findForm('01.ĐN-MN', '2024');
  assert.deepEqual(
    placesOf(newer).map(({ key, empty }) => [key, empty]),
    placesOf(form).map(({ key, empty }) => [key, empty]),
  );
  assert.equal(versionsInForce('01-mn-dn', '2018-11-13').at(-1), undefined);
  assert.equal(versionsInForce('01-mn-dn', '2025-02-08').at(-1), form);
  assert.equal(versionsInForce('01-mn-dn', '2025-02-09').at(-1), newer);
  assert.deepEqual(codesOfForm('01.ĐN-MN'), codesOfForm('01-MN-ĐN'));
  assert.equal(newer.official, false);
});
