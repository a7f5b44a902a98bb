import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import { parse } from 'csv-parse/sync';

const read = (file: string): Record<string, string>[] =>
  parse(readFileSync(new URL(`../../../../demo/${file}`, import.meta.url), 'utf8'), { columns: true });
const schools = read('thai-nguyen-2024.csv');
const profiles = read('thai-nguyen-2024-profiles.csv');
const count = (matches: (row: Record<string, string>) => boolean) => schools.filter(matches).length;

test('the register has 814 schools in the columns of the format, sorted by code', () => {
  assert.equal(schools.length, 814);
  const columns = [
    'school_code',
    'school_name',
    'level',
    'managing_unit_code',
    'managing_unit_name',
    'province_code',
    'classes',
    'pupils',
    'staff',
  ];
  assert.deepEqual(Object.keys(schools[0] ?? {}), columns);
  const codes = schools.map((row) => row.school_code ?? '');
  assert.equal(new Set(codes).size, 814);
  assert.deepEqual(codes, codes.toSorted());
});

test('levels add up to the published numbers of 2025-06-23', () => {
  assert.equal(
    count((row) => row.level === '06'),
    219,
  );
  assert.equal(
    count((row) => row.level === '09'),
    26,
  );
  assert.equal(
    count((row) => row.level === '07'),
    169,
  );
  assert.equal(
    count((row) => row.level === '08'),
    40,
  );
  assert.equal(
    count((row) => row.level === '12' || row.level === '13'),
    10,
  );
  assert.equal(
    count((row) => row.level === '01'),
    340,
  );
});

test('every primary school is managed by one of the nine Phòng', () => {
  const managing = new Map(schools.map((row) => [row.managing_unit_code, row.managing_unit_name]));
  assert.equal(managing.size, 10);
  assert.equal(managing.get('19'), 'Sở Giáo dục và Đào tạo Tỉnh Thái Nguyên');
  for (const row of schools.filter((each) => each.level === '06' || each.level === '09')) {
    assert.match(row.managing_unit_name ?? '', /^Phòng Giáo dục và Đào tạo /);
  }
});

test('codes are entries of our lists and names are clean', () => {
  for (const row of schools) {
    assert.ok(codeEntry('level_group', row.level ?? ''), row.school_code);
    assert.equal(row.school_name, row.school_name?.normalize('NFC').trim().replaceAll(/\s+/g, ' '));
    assert.deepEqual([row.classes, row.pupils, row.staff], ['', '', '']);
  }
  for (const row of profiles) {
    assert.ok(codeEntry('ownership', row.ownership ?? ''));
    for (const [list, code] of [
      ['school_kind', row.school_kind],
      ['national_standard', row.national_standard],
    ] as const) {
      assert.ok(code === '' || codeEntry(list, code ?? ''), `${row.school_code} ${list} ${code}`);
    }
    assert.match(row.founded_on ?? '', /^(\d{4}-\d\d-\d\d)?$/);
  }
});

test('the profiles are those of the same schools', () => {
  assert.deepEqual(
    profiles.map((row) => row.school_code),
    schools.map((row) => row.school_code),
  );
});
