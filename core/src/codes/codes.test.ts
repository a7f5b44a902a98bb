import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordKinds } from '../records/kinds.ts';
import { type CodeEntry, type CodeList, rowsOf } from './code-list.ts';
import { codeEntry, codeList, entriesFor, codeLists, codeName } from './index.ts';
import { ageGroup, grade, level, levelGroup } from './levels.ts';
import { ethnicity } from './people.ts';
import { pinPrefix } from './pin-prefixes.ts';
import { region } from './schools.ts';
import { contract, staffGroup, staffPosition, trainingLevel } from './staff.ts';
import { disability, sessionsPerWeek, studentEntryStatus, studentLeaveStatus, studentStatus } from './students.ts';

const lists: readonly CodeList[] = codeLists;
const codesOf = (entries: readonly CodeEntry[]) => entries.map((entry) => entry.code);

describe('every code list', () => {
  for (const list of lists) {
    test(`${list.slug} is complete and consistent`, () => {
      assert.match(list.slug, /^[a-z]+(_[a-z]+)*$/);
      assert.ok(list.source.length > 10, 'names its legal source');
      assert.ok(list.entries.length > 0);
      assert.equal(new Set(codesOf(list.entries)).size, list.entries.length, 'codes are unique');
      assert.equal(
        new Set(list.entries.map((entry) => entry.vi)).size,
        list.entries.length,
        'Vietnamese names are unique',
      );
      for (const { code, vi, en } of list.entries) {
        assert.match(code, /^[0-9a-z_]+$/);
        for (const name of [vi, en]) {
          assert.equal(name, name.normalize('NFC').trim());
          assert.notEqual(name, '');
        }
      }
    });
  }

  test('slugs are unique', () => {
    assert.equal(new Set(lists.map((list) => list.slug)).size, lists.length);
  });
});

test('every list that a record field uses exists', () => {
  const used = Object.values(recordKinds).flatMap((kind) =>
    kind.fields.flatMap((field) => (field.list === undefined ? [] : [field.list])),
  );
  assert.ok(used.length > 20);
  for (const slug of used) assert.ok(codeList(slug).entries.length > 0);
});

test('sizes are those of the official lists', () => {
  const sizes: Record<string, number> = {
    level: 5,
    level_group: 19,
    grade: 28,
    age_group: 6,
    foreign_language: 10,
    specialisation: 14,
    nutrition: 5,
    fee_relief: 3,
    school_kind: 15,
    ownership: 4,
    region: 6,
    difficult_area: 3,
    national_standard: 2,
    sex: 2,
    ethnicity: 55,
    student_status: 12,
    withdrawal_reason: 10,
    transfer_destination: 3,
    disability: 6,
    policy_group: 16,
    boarding: 2,
    sessions_per_week: 6,
    education_result: 4,
    result_level: 4,
    year_result: 8,
    staff_group: 8,
    staff_position: 34,
    staff_status: 7,
    contract: 7,
    training_level: 17,
    training_standard: 3,
    subject_taught: 34,
    pin_prefix: 63,
    country: 166,
  };
  for (const [slug, size] of Object.entries(sizes)) assert.equal(codeList(slug).entries.length, size, slug);
});

test('codes that refer to other lists refer to entries that exist', () => {
  for (const { levels, mainLevel } of levelGroup.entries) {
    assert.ok((levels as readonly string[]).includes(mainLevel));
    for (const each of levels) assert.ok(codeEntry('level', each));
  }
  for (const each of grade.entries) assert.ok(codeEntry('level', each.level));
  for (const each of ageGroup.entries) assert.equal(codeEntry('grade', each.grade)?.code, each.grade);
  for (const { group, levels } of staffPosition.entries) {
    assert.ok(codesOf(staffGroup.entries).includes(group));
    for (const each of levels) assert.ok(codesOf(level.entries).includes(each));
  }
});

test('the status of a student is either an entry or a leaving', () => {
  assert.deepEqual(codesOf(studentEntryStatus.entries), ['01', '02', '03', '06', '07', '10']);
  assert.deepEqual(codesOf(studentLeaveStatus.entries), ['04', '05', '08', '09', '11', '12']);
  assert.deepEqual(
    codesOf(studentStatus.entries),
    Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0')),
  );
  for (const entry of studentStatus.entries) {
    const words = { 1: 'kỳ 1', 2: 'kỳ 2', summer: 'hè' };
    if (entry.semester === null) assert.equal(entry.code, '01');
    else assert.ok(entry.vi.includes(words[entry.semester]), entry.vi);
    assert.equal(entry.direction === 'out', /đi|Thôi/.test(entry.vi), entry.vi);
  }
});

test('ethnic groups: 53 minorities, 16 of them very small', () => {
  const minorities = ethnicity.entries.filter((entry) => entry.minority);
  assert.equal(minorities.length, 53);
  assert.deepEqual(codesOf(ethnicity.entries.filter((entry) => !entry.minority)), ['01', '55']);
  const verySmall = minorities.filter((entry) => 'verySmall' in entry).map((entry) => entry.vi);
  // NĐ 57/2017/NĐ-CP, in the order of the decree, spelled as in the statistical list.
  const decree =
    'Cống, Mảng, Pu Péo, Si La, Cơ Lao, Bố Y, La Ha, Ngái, Chứt, Ơ Đu, Brâu, Rơ-măm, Lô Lô, Lự, Pà Thẻn, La Hủ';
  assert.deepEqual(new Set(verySmall), new Set(decree.split(', ')));
});

test('grades 1 to 12 are reached at the ages 6 to 17', () => {
  const general = grade.entries.filter((entry) => 'age' in entry);
  assert.deepEqual(
    general.map((entry) => entry.age),
    [6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
  );
  for (const entry of general) assert.equal(Number(entry.code), entry.year);
});

test('of each list the entries of the levels that are taught, and those of no level', () => {
  const offered = (slug: string, ...levels: string[]) => entriesFor(slug, levels).map(({ code }) => code);
  assert.deepEqual(offered('grade', '02'), ['01', '02', '03', '04', '05']);
  assert.deepEqual(offered('grade', '01', '03'), ['06', '07', '08', '09', '16', '17']);
  assert.deepEqual(offered('level', '02', '03'), ['02', '03']);
  assert.ok(
    !offered('subject_taught', '02').includes('22'),
    'mathematics is a subject of its own from lower secondary on',
  );
  assert.ok(offered('subject_taught', '02').includes('36'), 'other subjects are at every level');
  assert.ok(!offered('staff_position', '02').includes('31'), 'a cook of a preschool');
  for (const list of codeLists) {
    assert.deepEqual(entriesFor(list.slug, null), list.entries);
    const limited = (list.entries as readonly object[]).some((entry) => 'level' in entry || 'levels' in entry);
    if (!limited && list.slug !== 'level') assert.deepEqual(entriesFor(list.slug, ['02']), list.entries, list.slug);
  }
});

test('lines of the form that the lists feed', () => {
  assert.deepEqual(codesOf(region.entries.filter((entry) => entry.terrain === 'lowland')), ['01', '02', '03']);
  assert.deepEqual(
    Object.groupBy(contract.entries, (entry) => entry.reportedAs ?? 'none').labour?.map((entry) => entry.code),
    ['02', '03', '04'],
  );
  assert.deepEqual(new Set(disability.entries.map((entry) => entry.reportedAs)).size, 6);
  // Rows 120-132: classroom, borrowed, sum of support, eight kinds of it, two others; "other support" has no row of its own.
  const blockAt = (taught: string, block: string) =>
    entriesFor('room_kind', [taught]).filter((entry) => 'block' in entry && entry.block === block);
  assert.equal(blockAt('02', 'learning_support').length, 8 + 1);
  // Rows 194-212 of preschool: three kinds of support, in kindergarten a fourth, and others; kitchen, medical, other.
  assert.equal(blockAt('01', 'learning_support').length, 4 + 1);
  assert.equal(blockAt('01', 'other').length, 3);
  assert.deepEqual(
    sessionsPerWeek.entries.map((entry) => entry.sessions),
    [5, 6, 7, 8, 9, 10],
  );
  for (const entry of trainingLevel.entries) {
    const lines = ['other', 'intermediate', 'college', 'university', 'master', 'doctor'] as const;
    const expected = entry.pedagogical || entry.degree >= 4 ? lines[entry.degree] : 'other';
    assert.equal(entry.reportedAs, expected, entry.vi);
  }
});

test('a province prefix is a zero and the old province code', () => {
  for (const { code, provinceCode } of pinPrefix.entries) assert.equal(code, `0${provinceCode}`);
});

test('rows keep order, names and attributes', () => {
  assert.deepEqual(rowsOf(region)[3], {
    list: 'region',
    code: '04',
    nameVi: 'Miền núi',
    nameEn: 'Mountain',
    sort: 4,
    attributes: { terrain: 'mountain' },
  });
});

test('lookups', () => {
  assert.equal(codeName('ethnicity', '18', 'vi'), 'Sán Dìu');
  assert.equal(codeName('ethnicity', '99', 'vi'), '99');
  assert.equal(codeEntry('ethnicity', '99'), undefined);
  assert.throws(() => codeEntry('nothing', '01'), RangeError);
  assert.throws(() => codeList('nothing'), RangeError);
});
