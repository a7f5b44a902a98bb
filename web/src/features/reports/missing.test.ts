import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixAddress, groupMissing, type Missing } from './missing.ts';

const line = (part: number, rule: string, field: string, subject: string): Missing => ({
  part,
  rule,
  field,
  subject,
  kind: 'student',
  recordId: subject,
  message: { vi: rule, en: rule },
});

test('what is missing is grouped by part, then by rule and field, the most frequent first', () => {
  const parts = groupMissing([
    line(2, 'required', 'birthDate', 'a'),
    line(2, 'required', 'ethnicity', 'a'),
    line(2, 'required', 'ethnicity', 'b'),
    line(1, 'required', 'name', 'c'),
    line(2, 'clash', 'ethnicity', 'd'),
  ]);
  assert.deepEqual(
    parts.map(({ part, count }) => [part, count]),
    [
      [1, 1],
      [2, 4],
    ],
  );
  assert.deepEqual(
    parts[1]!.groups.map(({ rule, field, lines }) => [rule, field, lines.length]),
    [
      ['required', 'ethnicity', 2],
      ['required', 'birthDate', 1],
      ['clash', 'ethnicity', 1],
    ],
  );
});

test('a line leads to the cell of its record, a finding about no record to those with findings', () => {
  assert.equal(
    fixAddress('u', 2024, { kind: 'student', recordId: 'r', field: 'pin' }),
    '/units/u/records/students?year=2024&field=pin&id=r',
  );
  assert.equal(
    fixAddress('u', 2024, { kind: 'budget', recordId: null, field: 'line' }),
    '/units/u/records/budget-lines?year=2024&field=line&withFindings=true',
  );
  assert.equal(
    fixAddress('u', 2024, { kind: 'profile', recordId: 'p', field: 'headName' }),
    '/units/u/profile?year=2024&field=headName',
  );
  assert.equal(fixAddress('u', 2024, { recordId: 'remark', field: null }), null);
});
