import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FormDefinition } from './definition.ts';
import { sampleForm } from './sample-form.ts';
import { runStandardCheck, standardCheckFaces } from './standard-check.ts';

const same = (text: string) => ({ vi: text, en: text });
const formOf = (level: string): FormDefinition => ({
  ...sampleForm,
  level,
  standardCheck: {
    id: 'below',
    source: 'law',
    text: same('Many below.'),
    total: '1.1',
    degrees: { 1: ['2.1'], 2: ['3.1'], 3: ['4.1'] },
    without: ['5.1'],
    share: 0.1,
    least: 2,
  },
});
// A hundred teachers: 5 intermediate, 8 college, 80 university, 4 without teacher education; 3 master.
const cells = { '1.1': 100, '2.1': 5, '3.1': 8, '4.1': 80, '5.1': 4 };
const below = (day: string, level = '02') => runStandardCheck(formOf(level), cells, day)[0]?.params?.count;

test('who is below the standard changes with the law on the day it takes effect', () => {
  // Until 30 June 2020 intermediate was enough in primary: only the 4 without; that is within a tenth.
  assert.equal(below('2020-06-30'), undefined);
  // Since then it is university: 5 + 8 + 4.
  assert.equal(below('2020-07-01'), 17);
  // Since 31 March 2026 teachers of special subjects may have college: whether the 8 are such the form does not tell, and so 5 + 4.
  assert.equal(below('2026-03-30'), 17);
  assert.equal(below('2026-03-31'), undefined);
  // In preschool it is college.
  assert.equal(below('2024-09-30', '01'), undefined);
  assert.equal(below('2024-09-30', '03'), 17);
  assert.equal(below('2005-12-31'), undefined);
});

test('nothing is said up to the share, nor up to the least', () => {
  const count = (changes: Record<string, number>) =>
    runStandardCheck(formOf('02'), { '1.1': 100, ...changes }, '2024-09-30').length;
  assert.deepEqual([count({ '5.1': 10 }), count({ '5.1': 11 })], [0, 1]);
  const few = (value: number) => runStandardCheck(formOf('02'), { '1.1': 5, '2.1': value }, '2024-09-30').length;
  assert.deepEqual([few(2), few(3)], [0, 1]);
});

test('the finding stands at the cell with most of them and names all, with the law', () => {
  const [finding] = runStandardCheck(formOf('02'), cells, '2024-09-30');
  assert.equal(finding!.cell, '3.1');
  assert.match(
    standardCheckFaces(formOf('02'))[0]!.message(finding!).vi,
    /17 trong 100 giáo viên \(ô 2\.1, 3\.1, 5\.1\) dưới chuẩn .*Luật Giáo dục 43\/2019\/QH14, Điều 72; 83 đạt chuẩn hoặc trên chuẩn/,
  );
});
