import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeList } from '@khuevan/core/codes/index.ts';
import { fieldOf, recordKinds } from '@khuevan/core/records/kinds.ts';
import { choicesOf as inTemplate } from '@khuevan/core/records/format.ts';
import { student } from '@khuevan/core/records/student.ts';
import { choicesOf, matchChoices, type Offer } from './choices.ts';

const offer: Offer = { references: {}, levels: ['02'], language: 'vi', answers: { yes: 'Có', no: 'Không' } };
const ethnicity = choicesOf(fieldOf(student, 'ethnicity'), offer)!;
const found = (typed: string) => matchChoices(ethnicity, typed).map((choice) => choice.label);

test('a code list is found by code, by name, and without diacritics', () => {
  assert.equal(found('02')[0], 'Tày');
  assert.equal(found('tay')[0], 'Tày');
  assert.equal(found('nùng')[0], 'Nùng');
  assert.equal(found('san diu')[0], 'Sán Dìu');
  assert.deepEqual(found('xyz'), []);
  assert.equal(found('').length, ethnicity.length);
});

test('what is typed stands before what merely holds it', () => {
  const names = found('la');
  assert.deepEqual(names.slice(0, 4), ['Lào', 'La Chi', 'La Ha', 'La Hủ']);
  assert.ok(names.includes('Cơ Lao'));
});

test('yes and no, references, and fields that are typed freely', () => {
  assert.deepEqual(
    choicesOf(fieldOf(student, 'repeating'), offer)!.map((choice) => choice.value),
    [true, false],
  );
  const classes = [{ value: '1A', code: '1A', label: 'Lớp 1A' }];
  assert.deepEqual(choicesOf(fieldOf(student, 'classCode'), { ...offer, references: { classCode: classes } }), classes);
  assert.equal(choicesOf(fieldOf(student, 'fullName'), offer), null);
});

test('of a code list the entries of the levels that the school teaches, as its Excel template offers them', () => {
  const names = (key: string, levels: string[] | null, held?: unknown) =>
    choicesOf(fieldOf(student, key), { ...offer, levels }, held)!.map((choice) => choice.label);
  assert.deepEqual(names('grade', ['02']), ['Lớp 1', 'Lớp 2', 'Lớp 3', 'Lớp 4', 'Lớp 5']);
  assert.deepEqual(names('grade', ['01']), ['Nhóm trẻ', 'Lớp mẫu giáo']);
  assert.equal(names('grade', null).length, codeList('grade').entries.length);
  for (const levels of [['01'], ['02'], ['02', '03'], ['05']])
    for (const kind of Object.values(recordKinds))
      for (const field of kind.fields.filter(({ list }) => list))
        assert.deepEqual(
          choicesOf(field, { ...offer, levels })!.map(({ code, label }) => `${code} - ${label}`),
          inTemplate(field, levels),
          `${kind.name}.${field.key}`,
        );
});

test('what is held already is still seen, in its place', () => {
  const combined = fieldOf(recordKinds.class, 'combinedGrades');
  const codes = (held: unknown) => choicesOf(combined, offer, held)!.map((choice) => choice.code);
  assert.deepEqual(codes(['16', '01', '06']), ['01', '02', '03', '04', '05', '06', '16']);
  for (const held of [null, undefined, true, '99']) assert.deepEqual(codes(held), ['01', '02', '03', '04', '05']);
});
