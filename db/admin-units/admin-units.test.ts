import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

interface Unit {
  code: string;
  name: string;
  level: string;
  parent: string;
  from: string;
  to: string;
}

const lines = (file: string) =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

function units(file: string): Unit[] {
  const [header, ...rows] = lines(file);
  assert.equal(header, 'code,name,level,parent_code,valid_from,valid_to');
  return rows.map((row) => {
    const cells = row.split(',');
    assert.equal(cells.length, 6, row);
    const [code = '', name = '', level = '', parent = '', from = '', to = ''] = cells;
    return { code, name, level, parent, from, to };
  });
}

const validOn = (day: string) => (unit: Unit) =>
  (unit.from === '' || unit.from <= day) && (unit.to === '' || day <= unit.to);
const provinces = units('provinces.csv');
const districts = units('districts.csv');
const oldCommunes = units('communes-until-2025-06-30.csv');
const newCommunes = units('communes-since-2025-07-01.csv');
const all = [...provinces, ...districts, ...oldCommunes, ...newCommunes];
const successors = lines('successors.csv')
  .slice(1)
  .map((row) => row.split(',') as [string, string, string]);

function countOn(list: Unit[], day: string): number {
  const valid = list.filter(validOn(day));
  assert.equal(new Set(valid.map((unit) => unit.code)).size, valid.length, `codes are unique on ${day}`);
  return valid.length;
}

test('the numbers of units are those of the law on each day', () => {
  const communes = [...oldCommunes, ...newCommunes];
  const numbers = (day: string) => [provinces, districts, communes].map((list) => countOn(list, day));
  assert.deepEqual(numbers('2024-09-30'), [63, 696, 10_035]);
  assert.deepEqual(numbers('2025-06-30'), [63, 696, 10_035]);
  assert.deepEqual(numbers('2025-07-01'), [34, 0, 3_321]);
  assert.deepEqual(numbers('2026-04-30'), [34, 0, 3_321]);
});

test('since 2026-04-30 there are 2,611 xã, 697 phường and 13 đặc khu; ten phường fewer the day before', () => {
  const kinds = (day: string) => {
    const names = newCommunes.filter(validOn(day)).map((unit) => unit.name);
    return ['Xã ', 'Phường ', 'Đặc khu '].map((kind) => names.filter((name) => name.startsWith(kind)).length);
  };
  assert.deepEqual(kinds('2026-04-30'), [2_611, 697, 13]);
  assert.deepEqual(kinds('2026-04-29'), [2_621, 687, 13]);
});

test('every unit lies in a parent that exists while it does', () => {
  for (const day of ['2024-09-30', '2025-07-01', '2026-05-01']) {
    const valid = all.filter(validOn(day));
    const parents = new Set(valid.filter((unit) => unit.level !== 'commune').map((unit) => unit.code));
    for (const unit of valid) {
      if (unit.level === 'province') assert.equal(unit.parent, '');
      else assert.ok(parents.has(unit.parent), `${unit.code} ${unit.name} on ${day}`);
    }
  }
});

test('names are in NFC and say their kind', () => {
  for (const unit of all) {
    assert.equal(unit.name, unit.name.normalize('NFC').trim());
    assert.match(unit.name, /^(Tỉnh|Thành phố|Quận|Huyện|Thị xã|Thị trấn|Phường|Xã|Đặc khu) /, unit.name);
  }
});

test('two-digit codes that changed meaning', () => {
  const meaning = (code: string) =>
    ['2025-06-30', '2025-07-01'].map((day) => provinces.find((unit) => unit.code === code && validOn(day)(unit))?.name);
  assert.deepEqual(meaning('15'), ['Tỉnh Yên Bái', 'Tỉnh Lào Cai']);
  assert.deepEqual(meaning('19'), ['Tỉnh Thái Nguyên', 'Tỉnh Thái Nguyên']);
  assert.deepEqual(meaning('91'), ['Tỉnh Kiên Giang', 'Tỉnh An Giang']);
  assert.deepEqual(meaning('06'), ['Tỉnh Bắc Kạn', undefined]);
});

test('every unit of the old order has a successor, every unit of the new one a predecessor', () => {
  const old = new Set(successors.map(([code]) => code));
  const now = new Set(successors.map(([, code]) => code));
  const covered = [...provinces, ...oldCommunes].filter(validOn('2025-06-30'));
  for (const unit of covered) assert.ok(old.has(unit.code), unit.name);
  const reached = [...provinces, ...newCommunes].filter(validOn('2025-07-01'));
  for (const unit of reached) assert.ok(now.has(unit.code), unit.name);
  assert.equal(now.size, reached.length);
});

test('a commune is marked as divided exactly when it has several successors', () => {
  const byOld = Map.groupBy(successors, ([old]) => old);
  let divided = 0;
  for (const [old, rows] of byOld) {
    const expected = rows.length > 1 ? 'yes' : 'no';
    assert.ok(
      rows.every(([, , mark]) => mark === expected),
      old,
    );
    if (rows.length > 1) divided += 1;
  }
  assert.equal(divided, 471);
});

test('successors of a commune lie in the successor of its province', () => {
  const districtOf = new Map(oldCommunes.map((unit) => [unit.code, unit.parent]));
  const provinceOfDistrict = new Map(districts.map((unit) => [unit.code, unit.parent]));
  const provinceOfNew = new Map(newCommunes.map((unit) => [unit.code, unit.parent]));
  const provinceAfter = new Map(successors.filter(([old]) => old.length === 2).map(([old, now]) => [old, now]));
  for (const [old, now] of successors) {
    if (old.length === 2) continue;
    const province = provinceOfDistrict.get(old.length === 3 ? old : (districtOf.get(old) ?? ''));
    assert.equal(provinceOfNew.get(now), provinceAfter.get(province ?? ''), old);
  }
});
