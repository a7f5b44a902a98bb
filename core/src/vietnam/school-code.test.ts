import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { checkSchoolCode, type SchoolPlace } from './school-code.ts';

const faults = (code: string, place?: SchoolPlace) => checkSchoolCode(code, place).map((finding) => finding.fault);

describe('checkSchoolCode', () => {
  const here: SchoolPlace = { provinceCode: '19', districtCode: '164', levelGroup: '06' };
  const table: [string, SchoolPlace, string[]][] = [
    ['19164406', here, []],
    ['1916402002', here, []],
    ['19164406', {}, []],
    ['19164406', { ...here, provinceCode: '31' }, ['other_province']],
    ['19164406', { ...here, districtCode: '165' }, ['other_district']],
    ['19164406', { ...here, levelGroup: '08' }, ['other_level']],
    ['1916401002', here, ['other_level']],
    ['19000E01', { provinceCode: '19', districtCode: '170', levelGroup: '07' }, []],
    ['19000704', { provinceCode: '19', districtCode: null, levelGroup: '08' }, []],
    ['19164704', { provinceCode: '19', districtCode: null, levelGroup: '08' }, ['other_district']],
    ['150286', here, ['unusual_shape']],
    ['28764572970000000001', here, ['unusual_shape']],
    ['', here, ['bad_format']],
    ['19164406 ', here, ['bad_format']],
    ['19164e06', here, ['bad_format']],
    ['123456789012345678901', here, ['bad_format']],
  ];
  for (const [code, place, expected] of table) {
    test(`${code || '(empty)'} ${JSON.stringify(place)}`, () => assert.deepEqual(faults(code, place), expected));
  }

  test('only the impossible is an error', () => {
    assert.deepEqual(checkSchoolCode('!'), [{ fault: 'bad_format', severity: 'error' }]);
    assert.deepEqual(checkSchoolCode('1'), [{ fault: 'unusual_shape', severity: 'warning' }]);
  });
});

test('in a real register of 814 schools a handful of codes look odd, and none is refused', () => {
  const file = new URL('../../../demo/thai-nguyen-2024.csv', import.meta.url);
  const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
  const found = rows.flatMap((row) => {
    const [code = '', levelGroup, unit, , province] = row
      .replace(/"[^"]*"/, 'name')
      .split(',')
      .toSpliced(1, 1);
    return checkSchoolCode(code, { provinceCode: province, districtCode: unit === '19' ? null : unit, levelGroup }).map(
      (finding) => `${code} ${finding.fault} ${finding.severity}`,
    );
  });
  assert.equal(rows.length, 814);
  assert.deepEqual(found, [
    '150286 unusual_shape warning',
    '150354 unusual_shape warning',
    '191607001 unusual_shape warning',
    '1916400N01 unusual_shape warning',
    '19167001 other_district warning',
    '28764572970000000001 unusual_shape warning',
  ]);
});
