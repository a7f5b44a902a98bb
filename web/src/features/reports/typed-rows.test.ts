import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runRecordRules, runSetRules } from '@khuevan/core/rules/catalogue.ts';
import { beginLine, besides, lineCodeOf, sumFaults, typedLines } from './typed-rows.ts';

const contextAt = (level: string) => ({ schoolYear: 2024, asOf: '2024-09-30', levels: [level], classes: new Map() });

for (const level of ['01', '02', '04']) {
  test(`level ${level}: a budget of begun lines has every line that the rules ask for`, () => {
    const records = typedLines('budget', level).map((line) => beginLine('budget', line));
    assert.deepEqual(runSetRules('budget', records, contextAt(level)), []);
    const needed = typedLines('budget', level).filter(({ isOptional }) => !isOptional);
    const begun = needed.map((line) => beginLine('budget', line));
    assert.deepEqual(runSetRules('budget', begun, contextAt(level)), []);
    for (const line of begun)
      assert.equal(
        runSetRules(
          'budget',
          begun.filter((each) => each !== line),
          contextAt(level),
        )[0]?.rule,
        'budget_line_missing',
      );
    assert.equal(runSetRules('budget', records.slice(1), contextAt(level))[0]?.rule, 'budget_line_missing');
  });

  test(`level ${level}: begun lines of rooms keep the rules, each is one line, and each record finds its line`, () => {
    const lines = typedLines('room', level);
    const records = lines.map((line) => beginLine('room', line));
    for (const record of records) assert.deepEqual(runRecordRules('room', record, contextAt(level)), []);
    assert.deepEqual(
      runSetRules('room', records, contextAt(level)).map(({ rule }) => rule),
      ['room_no_classroom'],
    );
    assert.deepEqual(
      records.map((record) => lineCodeOf('room', { preschoolPart: null, ...record })),
      lines.map(({ code }) => code),
    );
  });
}

test('preschool has rooms of two parts and two more blocks of money than a school', () => {
  const parts = Map.groupBy(typedLines('room', '01'), ({ part }) => part?.vi);
  assert.deepEqual([...parts.keys()], ['Nhà trẻ', 'Mẫu giáo']);
  assert.ok(typedLines('room', '01').some(({ code }) => code === '02-kitchen'));
  assert.ok(typedLines('room', '02').every(({ code, part }) => code !== 'kitchen' && part === undefined));
  assert.deepEqual(
    ['01', '02', '*'].map((level) => typedLines('budget', level).length),
    [24, 8, 24],
    'the form of every level prints them too',
  );
});

test('the sums said while typing are those of the rules, block by block', () => {
  const values: Record<string, number> = {
    total: 100.1,
    source_budget: 60.05,
    source_fees: 40.05,
    use_personal: 100,
    training_total: 7,
    training_use_goods: 7,
  };
  const lines = typedLines('budget', '01');
  const records = lines.map((line) => ({ ...beginLine('budget', line), planned: values[line.code] ?? 0 }));
  const faults = sumFaults(
    lines,
    (code, amount) =>
      records.find((record) => (record as Record<string, unknown>).line === code)?.[amount as 'planned'],
  );
  assert.deepEqual(
    faults.map(({ line, ...fault }) => [line.en, fault]),
    [
      [lines[0]!.name.en, { split: 'use', amount: 'planned', sum: 100, total: 100.1 }],
      ['Other training in the country', { split: 'source', amount: 'planned', sum: 0, total: 7 }],
    ],
  );
  assert.deepEqual(
    new Set(runSetRules('budget', records, contextAt('01')).map((each) => `${each.params?.sum} ${each.params?.total}`)),
    new Set(faults.map(({ sum, total }) => `${sum} ${total}`)),
  );
});

test('a kind of room is begun with its level and zeros', () => {
  const line = typedLines('room', '02').find(({ code }) => code === 'library')!;
  assert.deepEqual(beginLine('room', line), { level: '02', roomKind: 'library', solid: 0, semiSolid: 0, temporary: 0 });
});

test('Enter goes down a column and stops at its end', () => {
  assert.deepEqual(besides('Enter', 0, 2, 8, 3), { row: 1, column: 2 });
  assert.equal(besides('Enter', 7, 2, 8, 3), null);
  assert.equal(besides('ArrowUp', 0, 0, 8, 3), null);
  assert.equal(besides('a', 0, 0, 8, 3), null);
});
