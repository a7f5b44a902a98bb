// Columns of some levels only: in the templates, exports and files of the units that teach one of them, and in no others.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor, recordKinds } from '@khuevan/core/records/kinds.ts';
import type { TestDatabase } from '#platform/testing.ts';
import { type PersonName, type UnitName, units } from '#testing/cast.ts';
import { bytesOf, type FindingBody, type Importer, openImporting, sheetOf } from '#testing/imports.ts';
import { readSheets } from '#testing/odd-workbooks.ts';
import { insertSchool, schoolClass, site, student } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting({ schools: ['doiCan'] }));
  // Cúc Đường becomes a school of preschool and primary; its kindergarten class is known with its age group.
  await db.owner.query(`update unit set level_group = '16', levels = '{01,02}', main_level = '02' where id = $1`, [
    units.cucDuong.id,
  ]);
  await insertSchool(db, units.cucDuong.id, {
    site: [site()],
    class: [schoolClass('1A'), schoolClass('2A', { grade: '17', ageGroup: '05' })],
  });
});
after(async () => {
  await app.close();
  await db.close();
});

async function sheetsOf(person: PersonName, unit: UnitName, kind: RecordKindName, more = '') {
  const path = `/units/${units[unit].id}/templates/${kind}?schoolYear=2024${more}`;
  const { status, raw } = await importer.request(person, 'GET', path);
  assert.equal(status, 200);
  return { raw, sheets: await readSheets(raw) };
}

async function headingsOf(person: PersonName, unit: UnitName, kind: RecordKindName): Promise<string[]> {
  const { sheets } = await sheetsOf(person, unit, kind);
  return sheets[0]!.rows[3]!.cells.map(String).map((heading) => heading.replace(/ \*$/, ''));
}

const ageGroups = async (unit: UnitName) =>
  (
    await db.owner.query<{ code: string; age_group: string | null }>(
      'select code, age_group from class where school_id = $1 order by code',
      [units[unit].id],
    )
  ).rows.map((row) => [row.code, row.age_group]);

for (const kind of ['class', 'student'] as const) {
  test(`${kind}: the template of a primary school has no preschool column, those of 01+02 and of offices have all`, async () => {
    const { fields } = recordKinds[kind];
    const labels = fields.filter((field) => !field.readOnly).map((field) => field.label.vi);
    const preschool = fields.filter((field) => field.levels?.join() === '01').map((field) => field.label.vi);
    assert.ok(preschool.length > 0);
    const primary = await headingsOf('clerk.doican', 'doiCan', kind);
    for (const label of preschool) assert.ok(!primary.includes(label), label);
    assert.deepEqual(
      primary,
      fieldsFor(recordKinds[kind], ['02'])
        .filter((field) => !field.readOnly)
        .map((field) => field.label.vi),
    );
    const both = await headingsOf('clerk.cucduong', 'cucDuong', kind);
    for (const label of preschool) assert.ok(both.includes(label), label);
    assert.deepEqual(await headingsOf('admin.province', 'province', kind), ['Mã trường', ...labels]);
  });
}

test('drop-downs of a list that only preschools use are in their templates alone, and so are their kinds of room', async () => {
  const listsIn = async (person: PersonName, unit: UnitName) =>
    (await sheetsOf(person, unit, 'class')).sheets.find(({ name }) => name === 'Danh muc')!.rows[0]!.cells.map(String);
  const name = 'Nhóm tuổi mầm non';
  assert.ok(!(await listsIn('clerk.doican', 'doiCan')).includes(name));
  assert.ok((await listsIn('clerk.cucduong', 'cucDuong')).includes(name));
  const kindsIn = async (person: PersonName, unit: UnitName) =>
    (await sheetsOf(person, unit, 'room')).sheets
      .find((sheet) => sheet.name === 'Danh muc')!
      .rows.flatMap(({ cells }) => cells.map(String));
  assert.ok(!(await kindsIn('clerk.doican', 'doiCan')).includes('kitchen - Nhà bếp'));
  assert.ok((await kindsIn('clerk.doican', 'doiCan')).includes('library - Thư viện'));
  assert.ok((await kindsIn('clerk.cucduong', 'cucDuong')).includes('kitchen - Nhà bếp'));
});

test('a file of a primary school is whole without the columns, and a column it should not have is passed over', async () => {
  const plain = sheetOf('class', [schoolClass('3A')]);
  const whole = await importer.readIn('clerk.doican', 'doiCan', 'class', await bytesOf([plain]));
  assert.deepEqual([whole.state, whole.rowsGood, whole.rowsBad], ['ready', 1, 0], whole.refusal?.vi);
  const foreign = sheetOf('class', [{ ...schoolClass('3A'), ageGroup: '04' }], { levels: ['01', '02'] });
  const read = await importer.readIn('clerk.doican', 'doiCan', 'class', await bytesOf([foreign]));
  assert.equal(read.state, 'ready');
  const { findings } = await importer.ask<{ findings: FindingBody[] }>('clerk.doican', 'doiCan', read.id, '/findings');
  assert.deepEqual(
    findings.map(({ rule, value }) => [rule, value]),
    ['Nhóm tuổi', 'Ghép độ tuổi'].map((heading) => ['import_column_ignored', heading]),
  );
  await importer.apply('clerk.doican', 'doiCan', read.id);
  assert.deepEqual(await ageGroups('doiCan'), [
    ['1A', null],
    ['2A', null],
    ['3A', null],
  ]);
});

test('in a school of both levels a file without the columns leaves them as they are, and one with them changes them', async () => {
  const kindergarten = schoolClass('2A', { grade: '17', name: 'Mầm 1' });
  const without = sheetOf('class', [kindergarten], { levels: ['02'] });
  const first = await importer.readIn('clerk.cucduong', 'cucDuong', 'class', await bytesOf([without]));
  assert.deepEqual([first.state, first.toChange, first.rowsBad], ['ready', 1, 0], first.refusal?.vi);
  await importer.apply('clerk.cucduong', 'cucDuong', first.id);
  assert.deepEqual(await ageGroups('cucDuong'), [
    ['1A', null],
    ['2A', '05'],
  ]);
  const withThem = sheetOf('class', [{ ...kindergarten, ageGroup: '06' }], { levels: ['01', '02'] });
  const second = await importer.readIn('clerk.cucduong', 'cucDuong', 'class', await bytesOf([withThem]));
  assert.deepEqual([second.state, second.toChange], ['ready', 1], second.refusal?.vi);
  await importer.apply('clerk.cucduong', 'cucDuong', second.id);
  assert.deepEqual((await ageGroups('cucDuong'))[1], ['2A', '06']);
});

test('rooms are known by level, part and kind; where no part is stated, none is the key too', async () => {
  const line = { level: '01', roomKind: 'classroom', solid: 3, semiSolid: 0, temporary: 0 };
  const rows = [
    { ...line, preschoolPart: '01' },
    { ...line, preschoolPart: '02', solid: 5 },
    { ...line, level: '02' },
  ];
  const levels = ['01', '02'];
  const read = async (sheet: Parameters<typeof bytesOf>[0][number]) =>
    importer.readIn('clerk.cucduong', 'cucDuong', 'room', await bytesOf([sheet]));
  const first = await read(sheetOf('room', rows, { levels }));
  assert.deepEqual([first.state, first.toAdd, first.rowsBad], ['ready', 3, 0], first.refusal?.vi);
  await importer.apply('clerk.cucduong', 'cucDuong', first.id);
  const changed = [rows[0]!, { ...rows[1]!, solid: 6 }, { ...rows[2]!, temporary: 1 }];
  const second = await read(sheetOf('room', changed, { levels }));
  assert.deepEqual([second.toAdd, second.toChange, second.toLeave], [0, 2, 1]);
  const twice = await read(sheetOf('room', [...rows, rows[1]!, rows[2]!], { levels }));
  assert.deepEqual([twice.toLeave, twice.rowsBad], [3, 2]);
  const without = await read(sheetOf('room', rows.slice(2), { levels: ['02'] }));
  assert.equal(without.state, 'refused');
  assert.match(without.refusal!.vi, /“Của nhà trẻ, mẫu giáo”/);
  const primary = sheetOf('room', [{ ...line, level: '02' }]);
  for (const [toAdd, toLeave] of [
    [1, 0],
    [0, 1],
  ]) {
    const read2 = await importer.readIn('clerk.doican', 'doiCan', 'room', await bytesOf([primary]));
    assert.deepEqual([read2.toAdd, read2.toLeave], [toAdd, toLeave], read2.refusal?.vi);
    if (toAdd) await importer.apply('clerk.doican', 'doiCan', read2.id);
  }
});

test('faults of preschool are found in its files', async () => {
  const rows = [
    schoolClass('3A', { grade: '17', ageGroup: null }),
    schoolClass('4A', { grade: '17', ageGroup: '01' }),
    schoolClass('5A', { grade: '17', ageGroup: '04', combined: true }),
    schoolClass('6A', { grade: '01', ageGroup: '04' }),
  ];
  const sheet = sheetOf('class', rows, { levels: ['01', '02'] });
  const read = await importer.readIn('clerk.cucduong', 'cucDuong', 'class', await bytesOf([sheet]));
  const { findings } = await importer.ask<{ findings: FindingBody[] }>(
    'clerk.cucduong',
    'cucDuong',
    read.id,
    '/findings',
  );
  assert.deepEqual(
    findings.map(({ rule, row }) => `${row} ${rule}`),
    ['2 class_age_group_missing', '3 class_age_group_grade', '4 class_combined_ages', '5 class_other_level'],
  );
});

test('a preschool is not asked who is a new entrant, repeats or learns informatics; a school that also has it, of the others alone', async () => {
  await db.owner.query(`update unit set level_group = '01', levels = '{01}', main_level = '01' where id = $1`, [
    units.hoaSen.id,
  ]);
  const kindergarten = schoolClass('2A', { grade: '17', ageGroup: '05' });
  await insertSchool(db, units.hoaSen.id, { site: [site()], class: [kindergarten] });
  const labels = ['Mới tuyển đầu cấp', 'Lưu ban năm trước', 'Học tin học'];
  const headings = async (person: PersonName, unit: UnitName) =>
    (await sheetsOf(person, unit, 'student')).sheets[0]!.rows[3]!.cells.map(String);
  const ofPreschool = (await headings('clerk.hoasen', 'hoaSen')).join();
  for (const label of labels) {
    assert.ok(!ofPreschool.includes(label), label);
    assert.ok((await headings('clerk.doican', 'doiCan')).includes(`${label} *`), label);
  }

  const care = { healthChecked: true, nutrition: ['00'] };
  const unasked = { newEntrant: null, repeating: null, informatics: null };
  const child = student('Bé Na', { birthDate: '2020-03-15', classCode: '2A', grade: '17', ...care, ...unasked });
  const pupil = { ...student('Trần Bình', { classCode: '1A' }), repeating: null };
  const whole = await bytesOf([sheetOf('student', [child], { levels: ['01'] })]);
  const read = await importer.readIn('clerk.hoasen', 'hoaSen', 'student', whole);
  assert.deepEqual([read.state, read.rowsGood, read.rowsBad], ['ready', 1, 0], read.refusal?.vi);
  await importer.apply('clerk.hoasen', 'hoaSen', read.id);
  const { rows } = await db.owner.query(
    'select new_entrant, repeating, informatics, two_sessions from enrolment where school_id = $1',
    [units.hoaSen.id],
  );
  assert.deepEqual(rows, [{ new_entrant: null, repeating: null, informatics: null, two_sessions: true }]);
  const again = await importer.readIn('clerk.hoasen', 'hoaSen', 'student', whole);
  assert.deepEqual([again.toLeave, again.toChange, again.toAdd], [1, 0, 0]);

  const both = sheetOf('student', [child, pupil], { levels: ['01', '02'] });
  const mixed = await importer.readIn('clerk.cucduong', 'cucDuong', 'student', await bytesOf([both]));
  assert.deepEqual([mixed.rowsGood, mixed.rowsBad], [1, 1], mixed.refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>(
    'clerk.cucduong',
    'cucDuong',
    mixed.id,
    '/findings',
  );
  const errors = findings.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ rule, field, row }) => [rule, field, row]),
    [['required', 'repeating', 3]],
  );
});

test('an export is read back without a change, and is a template of its own levels', async () => {
  const { raw } = await sheetsOf('clerk.cucduong', 'cucDuong', 'class', '&prefilled=true');
  const back = await importer.readIn('clerk.cucduong', 'cucDuong', 'class', raw);
  assert.deepEqual([back.state, back.toLeave, back.toChange], ['ready', 2, 0], back.refusal?.vi);
  await db.owner.query(`update unit set levels = '{02}', level_group = '06' where id = $1`, [units.cucDuong.id]);
  const old = await importer.readIn('clerk.cucduong', 'cucDuong', 'class', raw);
  assert.equal(old.state, 'refused', 'the school teaches other levels now: its template is another');
});
