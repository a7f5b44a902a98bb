import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksText } from '../../text/checks.ts';
import { describeTolerance, type FormCheck, inForce, readTolerance, typeTolerance } from './tolerance.ts';

const { vi } = checksText;

test('a tolerance is said in words', () => {
  assert.equal(describeTolerance({ share: 0.1, least: 20 }, vi), 'lệch đến 10% hoặc đến 20 đơn vị tính');
  assert.equal(describeTolerance({ share: 0, least: 1500 }, vi), 'đến 1.500 đơn vị tính');
  assert.equal(describeTolerance({ share: 0, least: 0 }, vi), 'không cho phép lệch');
  assert.equal(describeTolerance({ share: 0.075, times: 3.5 }, vi), '3,5 lần độ lệch và lệch đến 7,5%');
});

test('what is typed comes back as it was, in bounds only', () => {
  const tolerance = { share: 0.125, least: 2.5 };
  assert.deepEqual(typeTolerance(tolerance), { share: '12,5', least: '2,5' });
  assert.deepEqual(readTolerance(typeTolerance(tolerance)), tolerance);
  assert.deepEqual(readTolerance({ share: '100', least: '0' }), { share: 1, least: 0 });
  for (const wrong of [
    { share: '101' },
    { share: '-1' },
    { least: 'x' },
    { least: '' },
    { times: '1,9' },
    { times: '11' },
  ])
    assert.equal(readTolerance(wrong), null, JSON.stringify(wrong));
});

test('what is set counts, what is left out stays as the form says', () => {
  const check = {
    severity: 'warning',
    tolerance: { share: 0.1, least: 20 },
    setting: { severity: 'off', tolerance: { share: 0.2 }, ownerId: '', ownerName: 'Sở' },
  } as FormCheck;
  assert.deepEqual(inForce(check), { severity: 'off', tolerance: { share: 0.2, least: 20 } });
  assert.deepEqual(inForce({ ...check, setting: null }), { severity: 'warning', tolerance: { share: 0.1, least: 20 } });
});
