import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkContent, type CollectionCells, formatCell, readCell, tidyContent } from './content.ts';
import {
  type CollectionDefinition,
  definition as definitionShape,
  emptyDefinition,
  findDefinitionFaults,
  isAddition,
  limits,
} from './definition.ts';
import { leavesOf, withRowSums, withSums } from './sums.ts';

const column = (key: string, more: Partial<CollectionDefinition['columns'][number]> = {}) => ({
  key,
  label: `Cột ${key}`,
  type: 'integer' as const,
  required: false,
  ...more,
});
const row = (key: string, more: Partial<CollectionDefinition['rows'][number]> = {}) => ({
  key,
  label: `Dòng ${key}`,
  indent: 0,
  ...more,
});
const grid = (columns: CollectionDefinition['columns'], rows: CollectionDefinition['rows']): CollectionDefinition => ({
  shape: 'grid',
  columns,
  rows,
  attachments: false,
});

/** A random grid whose sums look only at what stands before them, so that a recount can go from the front. */
const grids = fc
  .record({ columns: fc.integer({ min: 1, max: 6 }), rows: fc.integer({ min: 1, max: 8 }) })
  .chain((size) => {
    const sums = (count: number) =>
      fc.tuple(
        ...Array.from({ length: count }, (_, index) =>
          index === 0
            ? fc.constant<number[] | null>(null)
            : fc.option(fc.uniqueArray(fc.integer({ min: 0, max: index - 1 }), { minLength: 1 }), { freq: 2 }),
        ),
      );
    return fc
      .record({
        columnSums: sums(size.columns),
        rowSums: sums(size.rows),
        decimals: fc.array(fc.boolean(), { minLength: size.columns, maxLength: size.columns }),
        amounts: fc.array(fc.option(fc.integer({ min: 0, max: 99_999_999 })), {
          minLength: size.columns * size.rows,
          maxLength: size.columns * size.rows,
        }),
      })
      .map(({ columnSums, rowSums, decimals, amounts }) => ({ ...size, columnSums, rowSums, decimals, amounts }));
  });

test('sums of any grid are what a recount in hundredths finds, going from front to back', () => {
  fc.assert(
    fc.property(grids, ({ columns, rows, columnSums, rowSums, decimals, amounts }) => {
      const form = grid(
        Array.from({ length: columns }, (_, c) =>
          column(`c${c}`, {
            type: decimals[c] ? 'decimal' : 'integer',
            ...(columnSums[c] && { sumOf: columnSums[c].map((part) => `c${part}`) }),
          }),
        ),
        Array.from({ length: rows }, (_, r) =>
          row(`r${r}`, { ...(rowSums[r] && { sumOf: rowSums[r].map((part) => `r${part}`) }) }),
        ),
      );
      assert.deepEqual(
        findDefinitionFaults(form).filter(({ at }) => at !== null),
        [],
      );
      // The recount: a table of whole hundredths, filled row by row; a sum row looks up, a sum column looks left.
      const table: Array<Array<number | null>> = [];
      const typed: CollectionCells = {};
      for (let r = 0; r < rows; r += 1) {
        table.push([]);
        for (let c = 0; c < columns; c += 1) {
          const above = rowSums[r]?.map((part) => table[part]![c]!);
          const left = columnSums[c]?.map((part) => table[r]![part]!);
          const parts = above ?? left;
          const amount = amounts[r * columns + c] ?? null;
          const hundredths = amount === null ? null : decimals[c] ? amount : amount * 100;
          if (parts) {
            const given = parts.filter((part) => part !== null);
            table[r]!.push(given.length === 0 ? null : given.reduce((sum, part) => sum + part, 0));
          } else {
            table[r]!.push(hundredths);
            if (hundredths !== null) typed[`r${r}.c${c}`] = hundredths / 100;
          }
        }
      }
      const whole = withSums(form, typed);
      for (let r = 0; r < rows; r += 1)
        for (let c = 0; c < columns; c += 1) {
          const expected = table[r]![c]!;
          assert.equal(whole[`r${r}.c${c}`], expected === null ? undefined : expected / 100);
          // And each sum is what its leaves say it is.
          let leaves: number | null = null;
          for (const [key, times] of leavesOf(form, `r${r}`, `c${c}`))
            if (typed[key] !== undefined) leaves = (leaves ?? 0) + Math.round(Number(typed[key]) * 100) * times;
          assert.equal(leaves, expected);
        }
    }),
    { numRuns: 300 },
  );
});

test('a cell is read as its type from what people type, paste and keep in Excel; what cannot be read is kept as it was', () => {
  const read = (type: Parameters<typeof readCell>[0]['type'], raw: unknown, choices: string[] = []) => {
    const { value, fault } = readCell({ type, choices }, raw);
    return fault ? [value, 'fault'] : value;
  };
  assert.equal(read('integer', '1.250'), 1250);
  assert.equal(read('integer', 12), 12);
  assert.deepEqual(read('integer', '12,5'), ['12,5', 'fault']);
  assert.deepEqual(read('integer', '-3'), ['-3', 'fault']);
  assert.deepEqual(read('integer', 'mười'), ['mười', 'fault']);
  assert.deepEqual(read('integer', true), [true, 'fault']);
  assert.equal(read('decimal', '1.234,5'), 1234.5);
  assert.deepEqual(read('decimal', '1,234'), ['1,234', 'fault']);
  assert.equal(read('decimal', 9_999_999_999_999), 9_999_999_999_999);
  assert.deepEqual(read('decimal', 10_000_000_000_000), [10_000_000_000_000, 'fault']);
  assert.equal(read('date', '5/9/2024'), '2024-09-05');
  assert.deepEqual(read('date', '31/02/2024'), ['31/02/2024', 'fault']);
  assert.equal(read('boolean', 'có'), true);
  assert.equal(read('boolean', 'Không'), false);
  assert.equal(read('choice', ' đã HOÀN thành ', ['Đã hoàn thành', 'Chưa']), 'Đã hoàn thành');
  assert.deepEqual(read('choice', 'Khác', ['Đã hoàn thành']), ['Khác', 'fault']);
  assert.equal(read('text', '  hai   chữ '), 'hai chữ');
  assert.deepEqual(read('text', 'x'.repeat(limits.text + 1)), ['x'.repeat(limits.text + 1), 'fault']);
  for (const type of ['integer', 'decimal', 'text', 'date', 'boolean', 'choice'] as const)
    for (const empty of [null, undefined, '', '   ']) assert.equal(read(type, empty), null, `${type} ${String(empty)}`);
});

test('reading never fails, and reading again what was kept changes nothing', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('integer', 'decimal', 'text', 'date', 'boolean', 'choice'),
      fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null)),
      (type, raw) => {
        const first = readCell({ type, choices: ['A', 'B'] }, raw);
        const second = readCell({ type, choices: ['A', 'B'] }, first.value);
        assert.deepEqual(second, first);
      },
    ),
  );
});

test('what is shown is read back as the same value', () => {
  const cases = [
    ['integer', 1250],
    ['decimal', 1234.05],
    ['date', '2024-09-05'],
    ['boolean', false],
    ['choice', 'B'],
    ['text', 'hai chữ'],
  ] as const;
  for (const [type, value] of cases)
    assert.equal(readCell({ type, choices: ['A', 'B'] }, formatCell(type, value)).value, value);
});

test('an answer is kept without what the form does not ask, and its faults are said by cell', () => {
  const form = grid(
    [column('c1', { required: true }), column('c2', { type: 'text' }), column('c3', { sumOf: ['c1'] })],
    [row('r1'), row('r2', { type: 'boolean' }), row('r3', { sumOf: ['r1'] })],
  );
  const tidy = tidyContent(form, {
    cells: { 'r1.c1': '12', 'r1.c2': 'x', 'r1.c3': 99, 'r3.c1': 99, 'r9.c1': 1, 'r2.c2': 'có', 'r2.c1': 'hỏng' },
    rows: [{ c1: 1 }],
  });
  assert.deepEqual(tidy, { cells: { 'r1.c1': 12, 'r1.c2': 'x', 'r2.c1': 'hỏng', 'r2.c2': true }, rows: [] });
  assert.deepEqual(
    checkContent(form, tidy).map(({ row: at, column: key }) => [at, key]),
    [['r2', 'c1']],
  );
  assert.deepEqual(
    checkContent(form, { cells: {}, rows: [] }).map(({ row: at, column: key }) => [at, key]),
    [
      ['r1', 'c1'],
      ['r2', 'c1'],
      [null, null],
    ],
  );
});

test('a list takes rows up to its limit, drops empty ones at its end, and adds up its columns', () => {
  const form: CollectionDefinition = {
    ...grid([column('c1'), column('c2'), column('c3', { sumOf: ['c1', 'c2'] })], []),
    shape: 'list',
  };
  const rows: CollectionCells[] = [{ c1: 1, c2: '2' }, {}, { c1: 5 }, {}, { c2: '' }];
  assert.deepEqual(tidyContent(form, { cells: {}, rows }).rows, [{ c1: 1, c2: 2 }, {}, { c1: 5 }]);
  assert.deepEqual(withRowSums(form, { c1: 1, c2: 2 }), { c1: 1, c2: 2, c3: 3 });
  const many = (count: number) => ({ cells: {}, rows: Array.from({ length: count }, () => ({ c1: 1 })) });
  assert.equal(checkContent(form, many(limits.listRows)).length, 0);
  assert.equal(checkContent(form, many(limits.listRows + 1)).length, 1);
});

test('a form with a fault is told where it is', () => {
  const at = (form: CollectionDefinition) => findDefinitionFaults(form).map((each) => each.at);
  assert.deepEqual(at(emptyDefinition), []);
  assert.deepEqual(at(grid([], [row('r1')])), [null, null]);
  assert.deepEqual(at(grid([column('c1')], [])), [null, null]);
  assert.deepEqual(at(grid([column('c1'), column('c2', { label: 'cột C1' })], [row('r1')])), ['c2']);
  assert.deepEqual(at(grid([column('c1', { type: 'choice' })], [row('r1')])), ['c1']);
  assert.deepEqual(at(grid([column('c1'), column('c2', { sumOf: ['c7'] })], [row('r1')])), ['c2']);
  assert.deepEqual(at(grid([column('c1', { type: 'text' }), column('c2', { sumOf: ['c1'] })], [row('r1')])), ['c2']);
  assert.deepEqual(
    at(
      grid([column('c1')], [row('r1', { sumOf: ['r2'] }), row('r2', { sumOf: ['r3'] }), row('r3', { sumOf: ['r1'] })]),
    ),
    ['r1', 'r2', 'r3', null],
  );
  assert.deepEqual(at(grid([column('c1')], [row('r1', { sumOf: ['r1'] }), row('r2')])), ['r1']);
  const tooMany = Array.from({ length: limits.rows + 1 }, (_, index) => row(`r${index}`));
  assert.ok(definitionShape.safeParse(grid([column('c1')], tooMany.slice(1))).success);
  assert.ok(!definitionShape.safeParse(grid([column('c1')], tooMany)).success);
});

test('a published form takes additions and wording only', () => {
  const before = grid(
    [column('c1'), column('c2', { type: 'choice', choices: ['A'] })],
    [row('r1'), row('r2', { sumOf: ['r1'] })],
  );
  const change = (columns: CollectionDefinition['columns'], rows = before.rows) =>
    isAddition(before, grid(columns, rows));
  assert.ok(change([column('c1', { label: 'Lời mới' }), before.columns[1]!, column('c3')]));
  assert.ok(change([before.columns[0]!, column('c2', { type: 'choice', choices: ['A', 'B'] })]));
  assert.ok(change(before.columns, [row('r1'), row('r3'), row('r2', { sumOf: ['r1', 'r3'] })]));
  assert.ok(!change([before.columns[0]!]));
  assert.ok(!change([column('c1', { type: 'text' }), before.columns[1]!]));
  assert.ok(!change([before.columns[0]!, column('c2', { type: 'choice', choices: ['B'] })]));
  assert.ok(!change(before.columns, [row('r1'), row('r2')]));
  assert.ok(!change(before.columns, [row('r1', { sumOf: ['r2'] }), row('r2', { sumOf: ['r1'] })]));
});
