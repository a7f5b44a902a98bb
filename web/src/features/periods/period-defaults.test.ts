import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftOf, findDeadlineFaults } from './deadline-draft.ts';
import { defaultDays, findFaults } from './period-defaults.ts';

test('a period at the start of the year counts 30 September and gives each tier its day', () => {
  const days = defaultDays('start', 2024, '2024-09-20', ['school', 'district', 'province']);
  assert.deepEqual(days, {
    asOf: '2024-09-30',
    opensOn: '2024-10-01',
    closesOn: '2024-11-15',
    deadlines: [
      { unitKind: 'school', dueOn: '2024-10-16' },
      { unitKind: 'district', dueOn: '2024-10-26' },
      { unitKind: 'province', dueOn: '2024-10-31' },
    ],
  });
});

test('a period that is opened late begins today', () => {
  const days = defaultDays('start', 2024, '2024-10-09', ['school']);
  assert.equal(days.asOf, '2024-09-30');
  assert.equal(days.opensOn, '2024-10-09');
  assert.equal(days.deadlines[0]!.dueOn, '2024-10-24');
  assert.equal(defaultDays('middle', 2024, '2024-10-09', []).asOf, '2025-01-15');
});

test('whatever is proposed holds together', () => {
  for (const kind of ['start', 'middle', 'end'] as const) {
    for (const today of ['2024-08-01', '2024-10-09', '2025-12-31']) {
      const days = defaultDays(kind, 2024, today, ['school', 'commune', 'district', 'province']);
      const faults = [
        ...findFaults({ name: 'Báo cáo', forms: 1, review: [], ...days }),
        ...findDeadlineFaults(draftOf(days.deadlines), days),
      ];
      assert.deepEqual(faults, [], `${kind} ${today}`);
    }
  }
});

const sound = {
  name: 'abc',
  forms: 1,
  asOf: '2024-09-30',
  opensOn: '2024-10-01',
  closesOn: '2024-10-31',
  deadlines: [1],
  review: [],
};

test('each fault is named where it is', () => {
  assert.deepEqual(findFaults(sound), new Map());
  const faulty = { ...sound, name: ' a ', forms: 0, asOf: null, opensOn: '2024-11-10', deadlines: [] };
  assert.deepEqual(Object.fromEntries(findFaults(faulty)), {
    name: 'short',
    forms: 'none',
    asOf: 'day',
    closesOn: 'order',
    deadlines: 'none',
  });
});

test('days of review follow each other within the period; none need be given', () => {
  const faultsOf = (from?: string | null, until?: string | null, resend?: string | null) =>
    Object.fromEntries(
      findFaults({
        ...sound,
        review: [
          ['reviewFrom', from],
          ['reviewUntil', until],
          ['resendBy', resend],
        ],
      }),
    );
  assert.deepEqual(faultsOf('2024-10-21', '2024-10-25', '2024-10-28'), {});
  assert.deepEqual(faultsOf(undefined, '2024-10-25', undefined), {});
  assert.deepEqual(faultsOf('2024-09-30', null, '2024-11-01'), {
    reviewFrom: 'review',
    reviewUntil: 'day',
    resendBy: 'review',
  });
  assert.deepEqual(faultsOf('2024-10-21', '2024-10-20', '2024-10-20'), { reviewUntil: 'review' });
  assert.deepEqual(faultsOf('2024-10-21', undefined, '2024-10-20'), { resendBy: 'review' });
});
