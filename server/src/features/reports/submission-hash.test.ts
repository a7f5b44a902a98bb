// docs/domain.md tells how to compute the hash of a submission again. What it tells is what is done.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { hashReport, type FrozenReport } from './submission-hash.ts';

const told = readFileSync(join(import.meta.dirname, '../../../../docs/domain.md'), 'utf8');
const text = /```text\n([^`]*)\n```\n\ngives `([0-9a-f]{64})`/.exec(told);

const report: FrozenReport = {
  unitId: '0192f000-0000-7000-8000-000000000001',
  periodId: '0192f000-0000-7000-8000-000000000002',
  formCode: '02-TH-ĐN',
  formVersion: '2018',
  asOf: '2024-09-30',
  no: 1,
  cells: { 'NS24.1': 5120.5, '37.1': 946, '1.1': 1, '10.1': 0 },
  parts: [],
  explanations: [
    { findingKey: '02-th-dn.repeaters:52.1', reason: 'Hai học sinh nghỉ ốm dài ngày.', accountName: 'Nguyễn Thị Mẫu' },
  ],
};

test('the hash in docs/domain.md is that of its text, and of the same report', () => {
  assert.ok(text);
  assert.equal(createHash('sha256').update(text[1]!, 'utf8').digest('hex'), text[2]);
  assert.equal(hashReport(report), text[2]);
});

test('order does not matter, every figure and every word does', () => {
  const part = (name: string) => ({ unitId: `${name}-unit`, submissionId: `${name}-submission`, hash: name });
  const whole = { ...report, parts: [part('b'), part('a')] };
  assert.equal(hashReport({ ...whole, parts: [part('a'), part('b')] }), hashReport(whole));
  const others: FrozenReport[] = [
    report,
    { ...whole, no: 2 },
    { ...whole, asOf: '2024-10-01' },
    { ...whole, formVersion: '2024' },
    { ...whole, cells: { ...whole.cells, '37.1': 947 } },
    { ...whole, cells: { ...whole.cells, '37.2': 0 } },
    { ...whole, parts: [part('a')] },
    { ...whole, explanations: [{ ...whole.explanations[0]!, reason: 'Khác.' }] },
  ];
  assert.equal(new Set([whole, ...others].map(hashReport)).size, others.length + 1);
});
