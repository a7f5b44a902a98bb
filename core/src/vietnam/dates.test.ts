import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  addDays,
  ageInMonths,
  ageInSchoolYear,
  daysBetween,
  formatDate,
  formatSchoolYear,
  isDate,
  parseDate,
  parseSchoolYear,
  startOfYearAsOf,
} from './dates.ts';

const days = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('parseDate', () => {
  const good: [string | number, string][] = [
    ['05/09/2018', '2018-09-05'],
    ['5/9/2018', '2018-09-05'],
    ['5-9-2018', '2018-09-05'],
    ['05.09.2018', '2018-09-05'],
    [' 05/09/2018 ', '2018-09-05'],
    ['29/02/2024', '2024-02-29'],
    ['29/02/2000', '2000-02-29'],
    ['2018-09-05', '2018-09-05'],
    ['2012-01-09T00:00:00.0', '2012-01-09'],
    ['2012-01-09T00:00:00Z', '2012-01-09'],
    // Serial numbers as Excel shows them.
    [1, '1900-01-01'],
    [59, '1900-02-28'],
    [61, '1900-03-01'],
    [25_569, '1970-01-01'],
    [43_348, '2018-09-05'],
    [45_565, '2024-09-30'],
  ];
  for (const [value, expected] of good) test(String(value), () => assert.equal(parseDate(value), expected));

  const bad: (string | number)[] = [
    '',
    'x',
    '31/04/2018',
    '29/02/2023',
    '29/02/1900',
    '00/01/2018',
    '01/13/2018',
    '13/13/2018',
    '5/9/18',
    '05/9-2018',
    '2018/09/05',
    '2018-9-5',
    '2018-02-30',
    '2018-09-05T07:00:00',
    '05/09/2018 08:00',
    '43348',
    'Sep 5, 2018',
    '05/09/1899',
    '05/09/2200',
    '٠٥/٠٩/٢٠١٨',
    0,
    -1,
    60,
    43_348.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1e20,
  ];
  for (const value of bad) test(`refuses ${JSON.stringify(value)}`, () => assert.equal(parseDate(value), null));

  test('reads back what formatDate writes, and ISO', () => {
    fc.assert(
      fc.property(days, (day) => {
        assert.equal(parseDate(formatDate(day)), day);
        assert.equal(parseDate(day), day);
        assert.ok(isDate(day));
      }),
    );
  });

  test('serial numbers from 61 on count days since 1899-12-30', () => {
    fc.assert(
      fc.property(fc.integer({ min: 61, max: 100_000 }), (serial) =>
        assert.equal(parseDate(serial), addDays('1899-12-30', serial)),
      ),
    );
  });

  test('every day and month that the calendar does not have is refused', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 15 }),
        fc.integer({ min: 1900, max: 2199 }),
        (day, month, year) => {
          // The calendar of the engine: a day that does not exist rolls over into another month.
          const date = new Date(Date.UTC(year, month - 1, day));
          const exists =
            date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCFullYear() === year;
          assert.equal(parseDate(`${day}/${month}/${year}`) !== null, exists);
        },
      ),
    );
  });
});

test('isDate wants the plain ISO form', () => {
  assert.ok(isDate('2024-02-29'));
  for (const text of ['2023-02-29', '29/02/2024', '2024-02-29T00:00:00', ' 2024-02-29']) assert.ok(!isDate(text), text);
});

test('days between and after', () => {
  assert.equal(daysBetween('2024-09-30', '2024-10-31'), 31);
  assert.equal(daysBetween('2024-03-01', '2024-02-01'), -29);
  assert.equal(addDays('2024-12-31', 1), '2025-01-01');
  fc.assert(
    fc.property(days, fc.integer({ min: -20_000, max: 20_000 }), (day, count) =>
      assert.equal(daysBetween(day, addDays(day, count)), count),
    ),
  );
});

test('school years', () => {
  assert.equal(formatSchoolYear(2024), '2024-2025');
  assert.equal(startOfYearAsOf(2024), '2024-09-30');
  const table: [string, number | null][] = [
    ['2024-2025', 2024],
    [' 2024 - 2025 ', 2024],
    ['2024–2025', 2024],
    ['2024-2026', null],
    ['2024', null],
    ['24-25', null],
  ];
  for (const [text, expected] of table) assert.equal(parseSchoolYear(text), expected, text);
});

test('age counts calendar years', () => {
  assert.equal(ageInSchoolYear('2018-01-01', 2024), 6);
  assert.equal(ageInSchoolYear('2018-12-31', 2024), 6);
  assert.equal(ageInSchoolYear('2017-12-31', 2024), 7);
});

test('age in months counts completed months', () => {
  const table: [string, string, number][] = [
    ['2023-09-30', '2024-09-30', 12],
    ['2023-09-29', '2024-09-30', 12],
    ['2023-10-01', '2024-09-30', 11],
    ['2022-08-31', '2024-09-30', 24],
    ['2022-08-30', '2024-09-30', 25],
    ['2024-02-29', '2024-09-30', 7],
    ['2024-12-01', '2024-09-30', -3],
  ];
  for (const [birthDate, day, expected] of table) assert.equal(ageInMonths(birthDate, day), expected, birthDate);
});
