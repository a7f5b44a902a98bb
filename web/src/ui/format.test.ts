import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatClock, formatDate, formatNumber, formatSchoolYear, formatTime, formatWeekday } from './format.ts';

test('numbers are written as in Vietnam', () => {
  assert.equal(formatNumber(1234.5, 'vi'), '1.234,5');
  assert.equal(formatNumber(1234.5, 'en'), '1,234.5');
  assert.equal(formatNumber(946, 'vi'), '946');
  assert.equal(formatNumber(1_000_000, 'vi'), '1.000.000');
  assert.equal(formatNumber(2, 'vi', { min: 1 }), '2,0');
});

test('days and times are those of Vietnam wherever the reader is', () => {
  assert.equal(formatDate('2025-09-30'), '30/09/2025');
  assert.equal(formatTime('2024-10-09T17:30:00Z'), '10/10/2024 00:30');
  assert.equal(formatClock('2024-10-09T03:42:00Z'), '10:42');
  assert.equal(formatSchoolYear(2025), '2025-2026');
  assert.equal(formatWeekday('2024-10-09', 'vi'), 'thứ Tư, 09/10/2024');
  assert.equal(formatWeekday('2024-10-13', 'vi'), 'chủ nhật, 13/10/2024');
  assert.equal(formatWeekday('2024-10-09', 'en'), 'Wednesday, 09/10/2024');
});
