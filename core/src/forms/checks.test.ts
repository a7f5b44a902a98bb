import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkFaces, runChecks } from './checks.ts';
import type { Cells } from './definition.ts';
import { sampleForm } from './sample-form.ts';

const found = (cells: Cells): string[] => runChecks(sampleForm, cells).map(({ rule, cell }) => `${rule} ${cell}`);

test('a form whose figures agree has no findings', () => {
  assert.deepEqual(found({ '1.1': 10, '1.2': 4, '2.1': 6, '2.2': 4, '3.1': 4, '4.1': 0, '4.2': 0 }), []);
});

test('a form that is blank throughout has no findings', () => {
  assert.deepEqual(found({}), []);
});

test('a row check looks at its columns only, a column check at every row of its section', () => {
  assert.deepEqual(found({ '1.1': 10, '1.2': 11, '2.1': 6, '2.2': 7, '3.1': 3, '3.2': 0 }), [
    's-01.by-grade 1.1', // 10 is not 6 + 3; column 2 (11 against 7 + 0) is not asked
    's-01.females 1.2',
    's-01.females 2.2',
  ]);
});

test('a finding carries both sides, and a blank cell counts as 0', () => {
  const [finding] = runChecks(sampleForm, { '1.1': 5, '2.1': 3 }).filter((each) => each.rule === 's-01.by-grade');
  assert.deepEqual(finding, {
    rule: 's-01.by-grade',
    severity: 'error',
    cell: '1.1',
    value: '5',
    params: { left: 5, right: 3, difference: 2, tolerance: 0 },
  });
});

test('factors and tolerance bound a comparison of cells', () => {
  const sizeFault = (all: number, first: number): boolean =>
    found({ '1.1': all, '2.1': first }).includes('s-01.size 1.1');
  assert.equal(sizeFault(32, 10), false); // 3 x 10 + 2
  assert.equal(sizeFault(33, 10), true);
  const enoughFault = (all: number, first: number): boolean =>
    found({ '1.1': all, '2.1': first }).includes('s-01.enough 2.1');
  assert.equal(enoughFault(10, 5), false);
  assert.equal(enoughFault(11, 5), true); // 5 is less than 5.5
});

test('checks find exactly what plain comparisons find', () => {
  const count = fc.option(fc.nat(12), { nil: undefined });
  const record = fc.record({
    '1.1': count,
    '1.2': count,
    '2.1': count,
    '2.2': count,
    '3.1': count,
    '4.1': count,
    '4.2': count,
  });
  fc.assert(
    fc.property(record, (drawn) => {
      const cells: Cells = {};
      for (const [key, value] of Object.entries(drawn)) if (value !== undefined) cells[key] = value;
      const at = (key: string): number => cells[key] ?? 0;
      const expected = [
        at('1.1') !== at('2.1') + at('3.1') && 's-01.by-grade 1.1',
        ...['1', '2', '3', '4'].map((row) => at(`${row}.2`) > at(`${row}.1`) && `s-01.females ${row}.2`),
        at('1.1') > 3 * at('2.1') + 2 && 's-01.size 1.1',
        ...['1', '2'].map(
          (column) => 2 * (at(`2.${column}`) + at(`4.${column}`)) < at(`1.${column}`) && `s-01.enough 2.${column}`,
        ),
      ].filter((each) => each !== false);
      assert.deepEqual(found(cells), expected);
    }),
  );
});

test('each finding is said in both languages with its place and its values', () => {
  const faces = new Map(checkFaces(sampleForm).map((face) => [face.id, face]));
  const sentence = (cells: Cells, rule: string): { vi: string; en: string } | undefined => {
    const finding = runChecks(sampleForm, cells).find((each) => each.rule === rule);
    return finding && faces.get(rule)?.message(finding);
  };
  assert.deepEqual(sentence({ '1.1': 1234, '2.1': 3 }, 's-01.by-grade'), {
    vi: 'All equal the grades. Cột 1 (All): mã 1 “row 1” = 1.234 phải bằng mã 2 + 3 = 3.',
    en: 'All equal the grades. Column 1 (All): row 1 “row 1” = 1,234 must equal row 2 + 3 = 3.',
  });
  assert.equal(
    sentence({ '2.1': 1, '2.2': 2 }, 's-01.females')?.en,
    'Females are pupils. Row 2 “row 2”: column 2 = 2 must not be more than column 1 = 1.',
  );
  assert.equal(
    sentence({ '1.1': 33, '2.1': 10 }, 's-01.size')?.vi,
    'Too many. ô 1.1 “row 1” = 33 thường không lớn hơn ô 3 × 2.1 “row 2” = 30 (cho phép lệch 2).',
  );
});
