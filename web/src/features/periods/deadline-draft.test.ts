import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Deadline } from '@khuevan/core/contract/periods.ts';
import { daysOfKinds, deadlinesOf, draftOf, findDeadlineFaults, latestOf, linesOf, newLine } from './deadline-draft.ts';

const deadlines: Deadline[] = [
  { unitKind: 'school', levelGroup: '*', dueOn: '2022-10-28' },
  { unitKind: 'district', levelGroup: '*', dueOn: '2022-10-30' },
  { unitKind: 'school', levelGroup: '08', dueOn: '2022-10-25' },
  { unitKind: 'school', levelGroup: '01', dueOn: '2022-10-30' },
  { unitKind: 'school', levelGroup: '13', dueOn: '2022-10-25' },
];
const period = { opensOn: '2022-10-01', closesOn: '2022-11-15' };

test('groups that share a day stand on one line, and what is drawn is what is said', () => {
  const draft = draftOf(deadlines);
  assert.equal(draft.kinds.school, '28/10/2022');
  assert.deepEqual(
    draft.lines.map(({ groups, day }) => [groups, day]),
    [
      [['08', '13'], '25/10/2022'],
      [['01'], '30/10/2022'],
    ],
  );
  const sorted = (list: Deadline[]) =>
    list.map(({ unitKind, levelGroup, dueOn }) => `${dueOn} ${unitKind} ${levelGroup}`).toSorted();
  assert.deepEqual(sorted(deadlinesOf(draft)), sorted(deadlines));
  assert.deepEqual(findDeadlineFaults(draft, period), new Map());
});

test('a line says what is wrong with it: no group, no day, a day outside, a day later than the ministry’s', () => {
  const line = (change: object) => ({ ...newLine(), groups: ['08' as const], day: '20/10/2022', ...change });
  const faultOf = (change: object, latest?: Deadline[]) => {
    const draft = { ...draftOf([]), lines: [line(change)] };
    return [...findDeadlineFaults(draft, { ...period, ...(latest && { latest }) }).values()][0];
  };
  assert.equal(faultOf({}), undefined);
  assert.equal(faultOf({ groups: [] }), 'groups');
  assert.equal(faultOf({ day: '' }), 'day');
  assert.equal(faultOf({ day: '30/09/2022' }), 'outside');
  assert.equal(faultOf({ day: '16/11/2022' }), 'outside');
  assert.equal(faultOf({ day: '25/10/2022' }, deadlines), undefined);
  assert.equal(faultOf({ day: '26/10/2022' }, deadlines), 'later');
  assert.equal(faultOf({ day: '29/10/2022', groups: ['06'] }, deadlines), 'later', 'as all schools');
  assert.equal(faultOf({ day: '30/10/2022', groups: ['01'] }, deadlines), undefined);
  const kinds = { ...draftOf([]).kinds, district: '31/10/2022' };
  assert.deepEqual(findDeadlineFaults({ kinds, lines: [] }, { ...period, latest: deadlines }).get('district'), 'later');
});

test('the day of a group goes before that of its kind', () => {
  assert.equal(latestOf(deadlines, 'school', '01'), '2022-10-30');
  assert.equal(latestOf(deadlines, 'school', '06'), '2022-10-28');
  assert.equal(latestOf(deadlines, 'commune', '*'), undefined);
});

test('what a province set is read beside what the ministry set, each under its name', () => {
  const local = [{ unitKind: 'school' as const, levelGroup: '08' as const, dueOn: '2022-10-25', ownerName: 'Sở' }];
  assert.deepEqual(
    linesOf({ deadlines, localDeadlines: local }).map(({ groups, dueOn, ownerName }) => [groups, dueOn, ownerName]),
    [
      [[], '2022-10-28', null],
      [[], '2022-10-30', null],
      [['08', '13'], '2022-10-25', null],
      [['01'], '2022-10-30', null],
      [['08'], '2022-10-25', 'Sở'],
    ],
  );
});

test('the day of a kind is the earliest of those set above it', () => {
  const local = [
    { unitKind: 'school' as const, levelGroup: '*' as const, dueOn: '2022-10-20', ownerName: 'Sở' },
    { unitKind: 'school' as const, levelGroup: '08' as const, dueOn: '2022-10-10', ownerName: 'Sở' },
  ];
  assert.deepEqual(daysOfKinds({ deadlines, localDeadlines: local }), [
    { unitKind: 'school', dueOn: '2022-10-20' },
    { unitKind: 'district', dueOn: '2022-10-30' },
  ]);
});
