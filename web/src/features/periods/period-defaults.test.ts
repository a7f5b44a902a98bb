import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultDays, findFaults } from './period-defaults.ts';

test('a period at the start of the year counts 30 September and gives each tier its day', () => {
  const days = defaultDays('start', 2024, '2024-09-20', ['school', 'district', 'province']);
  assert.deepEqual(days, {
    asOf: '2024-09-30',
    opensOn: '2024-10-01',
    closesOn: '2024-11-15',
    deadlines: { school: '2024-10-16', district: '2024-10-26', province: '2024-10-31' },
  });
});

test('a period that is opened late begins today', () => {
  const days = defaultDays('start', 2024, '2024-10-09', ['school']);
  assert.equal(days.asOf, '2024-09-30');
  assert.equal(days.opensOn, '2024-10-09');
  assert.equal(days.deadlines.school, '2024-10-24');
  assert.equal(defaultDays('middle', 2024, '2024-10-09', []).asOf, '2025-01-15');
});

test('whatever is proposed holds together', () => {
  for (const kind of ['start', 'middle', 'end'] as const) {
    for (const today of ['2024-08-01', '2024-10-09', '2025-12-31']) {
      const faults = findFaults({
        name: 'Báo cáo',
        forms: 1,
        ...defaultDays(kind, 2024, today, ['school', 'commune', 'district', 'province']),
      });
      assert.deepEqual([...faults], [], `${kind} ${today}`);
    }
  }
});

test('each fault is named where it is', () => {
  const faults = findFaults({
    name: ' a ',
    forms: 0,
    asOf: null,
    opensOn: '2024-10-10',
    closesOn: '2024-10-01',
    deadlines: { school: '2024-12-01', district: null },
  });
  assert.deepEqual(Object.fromEntries(faults), {
    name: 'short',
    forms: 'none',
    asOf: 'day',
    closesOn: 'order',
    school: 'outside',
    district: 'day',
  });
  assert.equal(
    findFaults({
      name: 'abc',
      forms: 1,
      asOf: '2024-09-30',
      opensOn: '2024-10-01',
      closesOn: '2024-10-02',
      deadlines: {},
    }).get('deadlines'),
    'none',
  );
});
