import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findingKey } from '@khuevan/core/reports/findings.ts';
import type { CheckedFinding } from './cell-marks.ts';
import { groupFindings } from './check-groups.ts';

const finding = (rule: string, severity: 'error' | 'warning', more: Partial<CheckedFinding> = {}): CheckedFinding => {
  const made = { rule, severity, ...more } as CheckedFinding;
  return { ...made, key: findingKey(made as Parameters<typeof findingKey>[0]), explanation: more.explanation ?? null };
};

test('one reason for all records of a warning, one for each cell', () => {
  const { errors, warnings } = groupFindings([
    finding('a', 'error', { field: 'x', recordId: '1' }),
    finding('b', 'error'),
    finding('a', 'error', { field: 'x', recordId: '2' }),
    finding('few', 'warning', { cell: '1.1' }),
    finding('few', 'warning', { cell: '2.1' }),
    finding('many', 'warning', { recordId: '1' }),
    finding('many', 'warning', { recordId: '2' }),
    finding('many', 'warning', { recordId: '3' }),
  ]);
  assert.deepEqual(
    errors.map((group) => [group.key, group.findings.length]),
    [
      ['a x', 2],
      ['b ', 1],
    ],
  );
  assert.deepEqual(
    warnings.map((group) => [group.key, group.findings.length]),
    [
      ['many', 3],
      ['few:1.1', 1],
      ['few:2.1', 1],
    ],
  );
});

test('a stored reason moves no box', () => {
  const warning = (explanation: string | null) =>
    groupFindings([finding('a', 'warning', { cell: '1.1', explanation }), finding('a', 'warning', { cell: '2.1' })])
      .warnings;
  assert.deepEqual(
    warning('Do sáp nhập').map((group) => group.key),
    warning(null).map((group) => group.key),
  );
  assert.equal(warning('Do sáp nhập')[0]!.explanation, 'Do sáp nhập');
});
