import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSetRules } from '@khuevan/core/rules/catalogue.ts';
import { beginLine, besides, sumFaults, typedLines } from './typed-rows.ts';

const context = { schoolYear: 2024, asOf: '2024-09-30', levels: ['02'], classes: new Map() };

test('a budget of begun lines has every line that the rules ask for', () => {
  const records = typedLines.budget.map(({ code }) => beginLine('budget', code, '02'));
  assert.deepEqual(runSetRules('budget', records, context), []);
  assert.equal(runSetRules('budget', records.slice(1), context)[0]?.rule, 'budget_line_missing');
});

test('the sums said while typing are those of the rules', () => {
  const values: Record<string, number> = { total: 100.1, source_budget: 60.05, source_fees: 40.05, use_personal: 100 };
  const records = typedLines.budget.map(({ code }) => ({
    ...beginLine('budget', code, '02'),
    planned: values[code] ?? 0,
  }));
  const faults = sumFaults(
    (code, amount) =>
      records.find((record) => (record as Record<string, unknown>).line === code)?.[amount as 'planned'],
  );
  assert.deepEqual(faults, [{ split: 'use', amount: 'planned', sum: 100, total: 100.1 }]);
  const found = runSetRules('budget', records, context);
  assert.deepEqual(
    found.map((each) => [each.params?.sum, each.params?.total]),
    [[100, 100.1]],
  );
});

test('a kind of room is begun with its level and zeros', () => {
  assert.deepEqual(beginLine('room', 'library', '02'), {
    level: '02',
    roomKind: 'library',
    solid: 0,
    semiSolid: 0,
    temporary: 0,
  });
});

test('Enter goes down a column and stops at its end', () => {
  assert.deepEqual(besides('Enter', 0, 2, 8, 3), { row: 1, column: 2 });
  assert.equal(besides('Enter', 7, 2, 8, 3), null);
  assert.equal(besides('ArrowUp', 0, 0, 8, 3), null);
  assert.equal(besides('a', 0, 0, 8, 3), null);
});
