import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { codeEntry, codeList } from '../codes/index.ts';
import { drawName, namedEthnicities, surnameOf } from './names.ts';
import { createRandom } from './random.ts';
import { nameFault, searchKey } from './text.ts';

const people = fc.record({
  ethnicity: fc.constantFrom(...codeList('ethnicity').entries.map((entry) => entry.code)),
  sex: fc.constantFrom('01' as const, '02' as const),
  birthYear: fc.integer({ min: 1955, max: 2020 }),
});

test('every drawn name is plausible, of three words or more, without a doubled word', () => {
  fc.assert(
    fc.property(fc.string(), people, (seed, person) => {
      const name = drawName(createRandom(seed), person);
      assert.equal(nameFault(name), null, name);
      const words = name.split(' ');
      assert.ok(words.length >= 3, name);
      for (const [index, word] of words.entries()) assert.notEqual(word, words[index + 1], name);
      assert.equal(name, name.normalize('NFC'));
      assert.equal(drawName(createRandom(seed), person), name);
    }),
  );
});

test('a given surname is kept', () => {
  const name = drawName(createRandom('x'), { ethnicity: '02', sex: '02', birthYear: 2018, surname: 'Nông' });
  assert.equal(surnameOf(name), 'Nông');
});

test('the groups with names of their own are entries of the list of ethnic groups', () => {
  for (const code of namedEthnicities) assert.ok(codeEntry('ethnicity', code));
  for (const group of ['Kinh', 'Tày', 'Nùng', 'Sán Dìu', 'Dao', 'Hmông', 'Sán Chay', 'Hoa']) {
    assert.ok(
      namedEthnicities.some((code) => codeEntry('ethnicity', code)?.vi === group),
      group,
    );
  }
});

test('a thousand children of one group have many different names, and girls are mostly told from boys', () => {
  const random = createRandom('variety');
  const draw = (sex: '01' | '02') =>
    Array.from({ length: 1000 }, () => drawName(random, { ethnicity: '01', sex, birthYear: 2017 }));
  const [boys, girls] = [draw('01'), draw('02')];
  assert.ok(new Set([...boys, ...girls]).size > 1800);
  const nguyen = boys.filter((name) => surnameOf(name) === 'Nguyễn').length;
  assert.ok(nguyen > 250 && nguyen < 450, `about a third are Nguyễn: ${nguyen}`);
  assert.ok(!boys.some((name) => searchKey(name).includes(' thi ')));
});
