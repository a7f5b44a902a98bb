import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { createRandom } from '@khuevan/core/vietnam/random.ts';
import { newId } from '#platform/ids.ts';
import { SeenRecords } from './seen-records.ts';

const [one, other] = [newId(), newId()];
const pupil = (values: object) => ({
  fullName: 'An',
  birthDate: '2018-01-01',
  sex: '01',
  enteredOn: '2024-09-05',
  ...values,
});

const cases: [name: string, rows: [school: string, values: object, pin: string | null][], mayRepeat: boolean][] = [
  [
    'the same code',
    [
      [one, { code: 'HS1' }, null],
      [one, { code: 'HS1', fullName: 'Bình' }, null],
    ],
    true,
  ],
  [
    'the same code on two days: one person',
    [
      [one, { code: 'HS1' }, null],
      [one, { code: 'HS1', enteredOn: '2025-01-05' }, null],
    ],
    true,
  ],
  [
    'the same code in two schools',
    [
      [one, { code: 'HS1' }, null],
      [other, { code: 'HS1' }, null],
    ],
    false,
  ],
  [
    'the same number in two schools',
    [
      [one, {}, '019218000001'],
      [other, { fullName: 'Bình' }, '019218000001'],
    ],
    true,
  ],
  [
    'the same name, birth and sex',
    [
      [one, {}, null],
      [one, {}, null],
    ],
    true,
  ],
  [
    'the same name, another birth',
    [
      [one, {}, null],
      [one, { birthDate: '2018-01-02' }, null],
    ],
    false,
  ],
  [
    'nothing where nothing is given',
    [
      [one, { fullName: null, code: null }, null],
      [one, { fullName: null, code: null }, null],
    ],
    false,
  ],
  [
    'texts that join to the same',
    [
      [one, { fullName: 'Ab', birthDate: 'c' }, null],
      [one, { fullName: 'A', birthDate: 'bc' }, null],
    ],
    false,
  ],
];
for (const [name, rows, mayRepeat] of cases)
  test(`${name}: ${mayRepeat}`, () => {
    const seen = new SeenRecords(recordKinds.student);
    for (const [school, values, pin] of rows) seen.add(school, pupil(values), pin);
    assert.equal(seen.mayRepeat, mayRepeat);
  });

test('rows of classes are known by their code', () => {
  const seen = new SeenRecords(recordKinds.class);
  seen.add(one, { code: '1A' }, null);
  seen.add(one, { code: '1B' }, null);
  seen.add(other, { code: '1A' }, null);
  assert.equal(seen.mayRepeat, false);
  seen.add(one, { code: '1A' }, null);
  assert.equal(seen.mayRepeat, true);
  assert.deepEqual(
    [...seen.rows],
    [
      [one, 3],
      [other, 1],
    ],
  );
});

test('two hundred thousand pupils are told apart, and the first that comes again is seen', () => {
  const seen = new SeenRecords(recordKinds.student);
  const random = createRandom('seen');
  const rowOf = (index: number) => pupil({ code: `HS${index}`, fullName: `Tên ${random.integer(0, 999)} ${index}` });
  for (let index = 0; index < 200_000; index += 1)
    seen.add(one, rowOf(index), String(19_218_000_000 + index).padStart(12, '0'));
  assert.equal(seen.mayRepeat, false);
  seen.add(one, pupil({ code: 'HS200000', fullName: 'Mới' }), '019218000007');
  assert.equal(seen.mayRepeat, true);
});
