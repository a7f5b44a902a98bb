import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CheckedFinding,
  countMarked,
  differencesOf,
  isOpen,
  markCells,
  type Remark,
  toneOfCell,
  withoutDoubles,
} from './cell-marks.ts';

const finding = (cell: string, severity: 'error' | 'warning', explanation: string | null = null): CheckedFinding => ({
  rule: 'r',
  severity,
  cell,
  key: `r:${cell}`,
  explanation,
});
const remark = (cell: string | null, more: Partial<Remark> = {}): Remark => ({
  id: `remark ${cell}`,
  cell,
  text: 'Rà lại',
  isWorkItem: true,
  authorName: 'A',
  authorUnitName: 'Phòng',
  writtenAt: '2024-10-08T01:15:00Z',
  submissionNo: 1,
  answer: null,
  answeredByName: null,
  answeredAt: null,
  resolvedAt: null,
  version: 1,
  ...more,
});

test('a cell gathers its findings, remarks and change', () => {
  const marks = markCells({
    findings: [
      finding('40.1', 'error'),
      finding('58.1', 'warning'),
      { rule: 'x', severity: 'error', key: 'x', explanation: null },
    ],
    remarks: [remark('40.1'), remark(null)],
    cells: { '40.1': 176, '41.1': 3 },
    before: { '40.1': 214, '41.1': 3, '42.1': 9 },
  });
  assert.deepEqual([...marks.keys()].toSorted(), ['40.1', '42.1', '58.1']);
  assert.deepEqual(marks.get('40.1')!.change, { before: 214 });
  assert.equal(marks.get('40.1')!.remarks.length, 1);
  assert.equal(toneOfCell(marks.get('40.1')), 'error');
  assert.equal(toneOfCell(marks.get('58.1')), 'warning');
  assert.equal(toneOfCell(marks.get('42.1')), 'changed');
  assert.equal(toneOfCell(marks.get('1.1')), null);
});

test('nothing is changed where there is nothing to compare with', () => {
  assert.equal(markCells({ cells: { '40.1': 1 }, before: null }).size, 0);
});

test('a cell that was blank and one that became blank are differences, zero is not blank', () => {
  assert.deepEqual(differencesOf({ a: 1, b: 0, c: 2 }, { b: 0, c: 0, d: 5 }), [
    { cell: 'a', before: 1, after: null },
    { cell: 'c', before: 2, after: 0 },
    { cell: 'd', before: null, after: 5 },
  ]);
});

test('counts for a tab take explained warnings and settled remarks out', () => {
  const marks = markCells({
    findings: [finding('40.1', 'warning', 'có lý do'), finding('41.1', 'warning'), finding('NS24.1', 'error')],
    remarks: [remark('40.2', { resolvedAt: '2024-10-09T00:00:00Z' }), remark('41.2')],
    cells: {},
  });
  const rows = new Set(['40', '41']);
  assert.equal(countMarked(marks, rows, 'warning'), 1);
  assert.equal(countMarked(marks, rows, 'remark'), 1);
  assert.equal(countMarked(marks, rows, 'error'), 0);
  assert.equal(countMarked(marks, new Set(['NS24']), 'error'), 1);
});

test('a work item is open until it is answered; a remark that is none never is', () => {
  assert.equal(isOpen(remark('40.1')), true);
  assert.equal(isOpen(remark('40.1', { answer: 'Đã sửa' })), false);
  assert.equal(isOpen(remark('40.1', { isWorkItem: false })), false);
});

test('a remark that was made a work item is not said twice', () => {
  const plain = (cell: string | null, submissionNo: number) =>
    remark(cell, { id: `plain ${cell} ${submissionNo}`, isWorkItem: false, submissionNo });
  const shown = withoutDoubles([plain('40.1', 1), remark('40.1'), plain('40.1', 2), plain('41.1', 1), plain(null, 1)]);
  assert.deepEqual(
    shown.map((each) => each.id),
    ['remark 40.1', 'plain 40.1 2', 'plain 41.1 1', 'plain null 1'],
  );
});
