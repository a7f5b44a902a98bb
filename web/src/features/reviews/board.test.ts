import assert from 'node:assert/strict';
import { test } from 'node:test';
import { around, type BoardUnit, countUnits, findUnits, fits, groupByParent, lateStep, longestWait } from './board.ts';

const unit = (name: string, more: Partial<BoardUnit> = {}): BoardUnit => ({
  id: `report ${name}`,
  unitId: `unit ${name}`,
  unitName: name,
  unitKind: 'school',
  code: '19164401',
  parentId: 'p',
  parentName: 'Phòng GDĐT TP Thái Nguyên',
  periodId: 'period',
  periodName: 'Kỳ',
  schoolYear: 2024,
  asOf: '2024-09-30',
  formCode: '02-TH-ĐN',
  formSlug: '02-th-dn',
  formVersion: '2018',
  state: 'draft',
  stateSince: '2024-10-05T03:00:00Z',
  holderId: `unit ${name}`,
  holderName: name,
  reviewerId: 'p',
  reviewerName: 'Phòng',
  dueOn: '2024-10-15',
  daysLeft: 6,
  daysLate: 0,
  lastSubmissionNo: 0,
  openWorkItems: 0,
  ...more,
});

test('units are counted by what is to be done about them', () => {
  const counts = countUnits([
    unit('a', { state: 'approved' }),
    unit('b', { state: 'submitted' }),
    unit('c', { state: 'returned', openWorkItems: 3, daysLate: 2 }),
    unit('d', { state: 'not-started' }),
    unit('e'),
    unit('f', { state: 'supplement', openWorkItems: 1 }),
  ]);
  assert.deepEqual(counts, {
    all: 6,
    approved: 1,
    submitted: 1,
    returned: 1,
    supplement: 1,
    notSent: 2,
    notStarted: 1,
    late: 1,
    openItems: 4,
  });
});

test('filters say what waits for the reader, and for nobody else', () => {
  const sent = unit('b', { state: 'submitted', reviewerId: 'phong' });
  assert.equal(fits(sent, 'mine', 'phong'), true);
  assert.equal(fits(sent, 'mine', 'so'), false);
  assert.equal(fits(unit('e', { reviewerId: 'phong' }), 'mine', 'phong'), false);
  assert.equal(fits(unit('c', { daysLate: 1 }), 'late', 'x'), true);
});

test('units are found without diacritics, by name, office and code', () => {
  const units = [
    unit('Trường TH Đội Cấn'),
    unit('Trường TH La Hiên', { parentName: 'Phòng GDĐT Võ Nhai', code: '19170401' }),
  ];
  assert.deepEqual(
    findUnits(units, 'doi can').map((each) => each.unitName),
    ['Trường TH Đội Cấn'],
  );
  assert.deepEqual(
    findUnits(units, 'vo nhai').map((each) => each.unitName),
    ['Trường TH La Hiên'],
  );
  assert.deepEqual(findUnits(units, '19170401').length, 1);
  assert.equal(findUnits(units, ' ').length, 2);
});

test('groups keep the order of the offices; in each the done stand first and the latest last', () => {
  const groups = groupByParent([
    unit('x', { parentId: 'q', parentName: 'Võ Nhai', state: 'not-started', daysLate: 4 }),
    unit('a'),
    unit('b', { state: 'approved' }),
    unit('y', { parentId: 'q', parentName: 'Võ Nhai', state: 'not-started', daysLate: 1 }),
    unit('z', { parentId: 'q', parentName: 'Võ Nhai', state: 'submitted' }),
  ]);
  assert.deepEqual(
    groups.map((group) => [group.name, group.units.map((each) => each.unitName), group.worst?.unitName ?? null]),
    [
      ['Võ Nhai', ['z', 'y', 'x'], 'x'],
      ['Phòng GDĐT TP Thái Nguyên', ['b', 'a'], null],
    ],
  );
});

test('the longest wait is that of a report under review', () => {
  assert.equal(
    longestWait(
      [unit('a', { stateSince: '2024-09-01T00:00:00Z' }), unit('b', { state: 'submitted' })],
      '2024-10-09T03:00:00Z',
    ),
    4,
  );
  assert.equal(longestWait([], '2024-10-09T03:00:00Z'), 0);
});

test('lateness has four steps', () => {
  assert.deepEqual([0, 1, 2, 3, 7, 8, 40].map(lateStep), [0, 1, 1, 2, 2, 3, 3]);
});

test('the queue leads on when the report on the screen has left it', () => {
  const queue = [unit('a'), unit('b'), unit('c')];
  const middle = around(queue, 'report b', null);
  assert.deepEqual([middle.index, middle.previous?.unitName, middle.next?.unitName], [1, 'a', 'c']);
  const gone = around([queue[0]!, queue[2]!], 'report b', 1);
  assert.deepEqual([gone.index, gone.previous?.unitName, gone.next?.unitName], [null, 'a', 'c']);
  const last = around([queue[0]!], 'report b', 1);
  assert.deepEqual([last.previous?.unitName, last.next], ['a', null]);
  assert.equal(around([], 'report b', null).next, null);
});
