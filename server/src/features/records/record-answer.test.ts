import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listKinds, recordKinds } from '@khuevan/core/records/kinds.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { answerOf } from './record-answer.ts';
import { readFilter } from './record-filter.ts';

test('who may not see sensitive fields gets null for each, and no finding about them', () => {
  const record = {
    id: 'x',
    version: '1.1',
    ...Object.fromEntries(recordKinds.student.fields.map((field) => [field.key, `secret of ${field.key}`])),
  };
  const findings = recordKinds.student.fields.map((field) => ({
    rule: 'required',
    severity: 'error' as const,
    kind: 'student' as const,
    field: field.key,
  }));
  const hidden = recordKinds.student.fields.filter((field) => field.sensitive).map((field) => field.key);
  assert.deepEqual(hidden.toSorted(), [
    'costSupport',
    'disability',
    'ethnicity',
    'feeRelief',
    'healthChecked',
    'lunchSupport',
    'mealSupport',
    'nutrition',
    'pin',
    'policyGroup',
    'smallMinoritySupport',
  ]);
  const shown = answerOf(recordKinds.student, record, findings, false);
  for (const field of recordKinds.student.fields)
    assert.equal(shown.values[field.key], field.sensitive ? null : `secret of ${field.key}`);
  assert.deepEqual(
    shown.findings.map((finding) => finding.field).filter((field) => hidden.includes(field!)),
    [],
  );
  for (const key of hidden) assert.ok(!JSON.stringify(shown).includes(`secret of ${key}`));
  assert.equal(
    answerOf(recordKinds.student, record, findings, true).findings.length,
    recordKinds.student.fields.length,
  );
});

test('nor may a filter or an order ask about them', () => {
  for (const kind of listKinds) {
    for (const field of kind.fields) {
      for (const query of [{ sort: field.key }, { filter: JSON.stringify({ [field.key]: null }) }]) {
        const ask = () => readFilter(kind, query, false);
        if (field.sensitive)
          assert.throws(ask, (error) => error instanceof ProblemError && error.code === 'forbidden', field.key);
        else assert.doesNotThrow(ask, field.key);
      }
    }
  }
});
