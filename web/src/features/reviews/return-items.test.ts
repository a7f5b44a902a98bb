import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from '@khuevan/core/vietnam/dates.ts';
import { itemsFrom, itemsOfRefusals, proposedDue, returnFaults } from './return-items.ts';

type Remark = Parameters<typeof itemsFrom>[0][number];
const remark = (id: string, more: Partial<Remark> = {}): Remark => ({
  id,
  cell: '40.1',
  text: `Rà lại ${id}`,
  isWorkItem: false,
  resolvedAt: null,
  submissionNo: 2,
  ...more,
});

test('remarks on this submission become items; those settled, of an older one, or items already do not', () => {
  const items = itemsFrom(
    [
      remark('a'),
      remark('b', { cell: null }),
      remark('old', { submissionNo: 1, cell: '1.1' }),
      remark('done', { cell: '2.1', resolvedAt: '2024-10-08T02:00:00Z' }),
      remark('item', { cell: '3.1', isWorkItem: true }),
    ],
    2,
  );
  assert.deepEqual(items, [
    { key: 'a', cell: '40.1', text: 'Rà lại a' },
    { key: 'b', cell: null, text: 'Rà lại b' },
  ]);
});

test('a return needs a reason, a day to come and items with words', () => {
  const good = { reason: 'Số lớp chưa khớp', due: '2024-10-12', items: [{ key: 'a', cell: null, text: 'Sửa' }] };
  assert.equal(returnFaults(good, '2024-10-09'), null);
  assert.equal(returnFaults({ ...good, due: '2024-10-09', items: [] }, '2024-10-09'), null);
  assert.equal(returnFaults({ ...good, due: '2024-10-08' }, '2024-10-09')?.due, 'past');
  assert.equal(returnFaults({ ...good, due: null }, '2024-10-09')?.due, 'wrong');
  assert.equal(returnFaults({ ...good, reason: ' a ' }, '2024-10-09')?.reason, true);
  assert.deepEqual(
    [...returnFaults({ ...good, items: [...good.items, { key: 'b', cell: '1.1', text: ' x' }] }, '2024-10-09')!.items],
    ['b'],
  );
});

test('the day of the period is proposed for sending again, until it has passed', () => {
  assert.equal(proposedDue('2024-10-09', addDays, null), '2024-10-12');
  assert.equal(proposedDue('2024-10-09', addDays, '2024-10-20'), '2024-10-20');
  assert.equal(proposedDue('2024-10-09', addDays, '2024-10-01'), '2024-10-12');
});

test('a refused reason becomes an item at its cell; an accepted one and one nobody looked at do not', () => {
  const said = (findingKey: string, kind: 'accepted' | 'refused' | null) => ({
    findingKey,
    message: { vi: 'Nhiều học sinh.', en: 'Many pupils.' },
    decision: kind && { kind, note: 'Kiểm tra lại.' },
  });
  const items = itemsOfRefusals(
    [said('f.a:37.1', 'refused'), said('f.b:38.1', 'accepted'), said('f.c:39.1', null), said('student_age', 'refused')],
    (cell) => cell === '37.1',
    (note, message) => `${note} ${message}`,
  );
  assert.deepEqual(
    items.map(({ cell, text }) => [cell, text]),
    [
      ['37.1', 'Kiểm tra lại. Nhiều học sinh.'],
      [null, 'Kiểm tra lại. Nhiều học sinh.'],
    ],
  );
});
