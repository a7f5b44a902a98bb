import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf } from '@khuevan/core/records/kinds.ts';
import { student } from '@khuevan/core/records/student.ts';
import { choicesOf, matchChoices } from './choices.ts';

const answers = { yes: 'Có', no: 'Không' };
const ethnicity = choicesOf(fieldOf(student, 'ethnicity'), {}, 'vi', answers)!;
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
    choicesOf(fieldOf(student, 'repeating'), {}, 'vi', answers)!.map((choice) => choice.value),
    [true, false],
  );
  const classes = [{ value: '1A', code: '1A', label: 'Lớp 1A' }];
  assert.deepEqual(choicesOf(fieldOf(student, 'classCode'), { classCode: classes }, 'vi', answers), classes);
  assert.equal(choicesOf(fieldOf(student, 'fullName'), {}, 'vi', answers), null);
});
