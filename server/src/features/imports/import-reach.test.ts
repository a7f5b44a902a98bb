// Whose imports, rows and files are whose: over the API, in files that name other schools, and straight in the database as the
// application's role.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { serveImports } from '#features/imports';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { idOf, seatCast, units, type UnitName } from '#testing/cast.ts';
import { bytesOf, type FindingBody, type ImportBody, Importer, sheetOf, type Values } from '#testing/imports.ts';
import { insertSchool, schoolClass, site, student, typedStudent } from '#testing/records.ts';
import { straight } from '#testing/straight.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
let mine: ImportBody;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveImports]);
  importer = new Importer(db, app);
  for (const unit of ['doiCan', 'hoaSen', 'laHien', 'cucDuong'] as const)
    await insertSchool(db, units[unit].id, {
      site: [site()],
      class: [schoolClass('1A'), schoolClass('2A')],
      student: unit === 'hoaSen' ? [student('Trần Văn Hòa', { pin: '019218000077' })] : [],
    });
  const rows = [typedStudent('Nguyễn Văn An', { pin: '019218000001' }), typedStudent('Lỗi', { birthDate: 'x' })];
  mine = await importer.readIn('clerk.doican', 'doiCan', 'student', await fileOf(rows));
  assert.equal(mine.state, 'ready');
});
after(async () => {
  await app.close();
  await db.close();
});

const fileOf = (rows: readonly Values[], keys?: string[]) => bytesOf([sheetOf('student', rows, { keys })]);
const names = async (unit: UnitName) =>
  (
    await db.owner.query<{ full_name: string }>('select full_name from student where school_id = $1 order by 1', [
      units[unit].id,
    ])
  ).rows.map((row) => row.full_name);

test('an import of another school does not exist: not to be seen, stored, cancelled, downloaded, nor begun', async () => {
  const own = `/units/${units.doiCan.id}/imports`;
  const ways: ['GET' | 'POST', string, object?][] = [
    ['GET', own],
    ['GET', `${own}/${mine.id}`],
    ['GET', `${own}/${mine.id}/summary`],
    ['GET', `${own}/${mine.id}/findings`],
    ['GET', `${own}/${mine.id}/preview?action=add`],
    ['GET', `${own}/${mine.id}/marked-file`],
    ['GET', `/units/${units.doiCan.id}/templates/student?schoolYear=2024&prefilled=true`],
    ['POST', `${own}/${mine.id}/applications`, { mode: 'good' }],
    ['POST', `${own}/${mine.id}/cancellations`],
    // The same import under the own unit's address.
    ['GET', `/units/${units.hoaSen.id}/imports/${mine.id}`],
    ['GET', `/units/${units.hoaSen.id}/imports/${mine.id}/findings`],
    ['GET', `/units/${units.hoaSen.id}/imports/${mine.id}/marked-file`],
    ['POST', `/units/${units.hoaSen.id}/imports/${mine.id}/applications`, { mode: 'good' }],
  ];
  for (const [method, path, body] of ways) {
    const { status } = await importer.request('clerk.hoasen', method, path, body);
    assert.equal(status, 404, `${method} ${path}`);
  }
  const file = await fileOf([typedStudent('Kẻ Gian Lận')]);
  assert.equal((await importer.upload('clerk.hoasen', 'doiCan', 'student', file)).status, 404);
  for (const person of ['reviewer.town', 'admin.town', 'reviewer.province'] as const)
    assert.equal((await importer.upload(person, 'doiCan', 'student', file)).status, 403, `${person} only reads`);
  assert.equal((await importer.upload('admin.ministry', 'doiCan', 'student', file)).status, 403);
  assert.deepEqual(await names('doiCan'), []);
  assert.equal((await importer.ask<ImportBody>('clerk.doican', 'doiCan', mine.id)).state, 'ready');
});

test('whoever does not see personal numbers does not see them in imports either', async () => {
  const { findings } = await importer.ask<{ findings: FindingBody[] }>('clerk.doican', 'doiCan', mine.id, '/findings');
  assert.ok(findings.length > 0);
  const preview = await importer.request(
    'clerk.doican',
    'GET',
    `/units/${units.doiCan.id}/imports/${mine.id}/preview?action=add`,
  );
  assert.ok(!JSON.stringify([findings, preview.body]).includes('019218000001'), 'a whole number is never told');
  const { rows } = await db.owner.query(`select r::text from import_student r where import_id = $1`, [mine.id]);
  assert.ok(!JSON.stringify(rows).includes('019218000001'), 'nor kept while it waits');
});

test('a school’s file is of that school, whatever school code its rows carry', async () => {
  const rows = [{ ...typedStudent('Lý Thị Hương'), 'Mã trường': units.hoaSen.code }];
  const ready = await importer.readIn(
    'clerk.cucduong',
    'cucDuong',
    'student',
    await fileOf(rows, ['Mã trường', ...Object.keys(rows[0]!)]),
  );
  assert.deepEqual([ready.state, ready.toAdd, ready.rowsBad], ['ready', 1, 0], ready.refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>(
    'clerk.cucduong',
    'cucDuong',
    ready.id,
    '/findings',
  );
  assert.ok(findings.some(({ rule, value }) => rule === 'import_column_ignored' && value === 'Mã trường'));
  await importer.apply('clerk.cucduong', 'cucDuong', ready.id);
  assert.deepEqual([await names('cucDuong'), await names('hoaSen')], [['Lý Thị Hương'], ['Trần Văn Hòa']]);
});

test('an office’s rows go to the schools they name; a school that is not the office’s is told by its code', async () => {
  const named = [
    [units.laHien.code, 'Ma Văn Lâm'],
    ['99999999', 'Không Có Trường'],
    ['', 'Không Ghi Trường'],
    [units.town.code, 'Phòng Không Phải Trường'],
    [` ${units.cucDuong.code} `, 'Ma Thị Cúc'],
    [`😀${'9'.repeat(40)}`, 'Mã Rất Dài'],
  ] as const;
  const rows = named.map(([code, fullName]) => ({ ...typedStudent(fullName), 'Mã trường': code }));
  const ready = await importer.readIn(
    'admin.province',
    'province',
    'student',
    await fileOf(rows, ['Mã trường', ...Object.keys(rows[0]!)]),
  );
  assert.deepEqual([ready.state, ready.toAdd, ready.rowsBad], ['ready', 2, 4], ready.refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>(
    'admin.province',
    'province',
    ready.id,
    '/findings',
  );
  assert.deepEqual(
    findings.filter(({ rule }) => rule === 'import_unknown_school').map(({ row, field, value }) => [row, field, value]),
    [
      [3, 'schoolCode', '99999999'],
      [4, 'schoolCode', ''],
      [5, 'schoolCode', units.town.code],
      [7, 'schoolCode', `😀${'9'.repeat(18)}`],
    ],
  );
  await importer.apply('admin.province', 'province', ready.id, 'good');
  assert.deepEqual([await names('laHien'), await names('cucDuong')], [['Ma Văn Lâm'], ['Lý Thị Hương', 'Ma Thị Cúc']]);
});

test('a number that somebody at another school has is refused without saying who or where', async () => {
  const ready = await importer.readIn(
    'clerk.lahien',
    'laHien',
    'student',
    await fileOf([typedStudent('Trần Văn Hòa', { pin: '019218000077' })]),
  );
  assert.deepEqual([ready.toAdd, ready.rowsBad], [0, 1]);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>('clerk.lahien', 'laHien', ready.id, '/findings');
  assert.deepEqual(
    findings.map(({ rule, value }) => [rule, value]),
    [['import_pin_elsewhere', '019218••••77']],
  );
  assert.ok(
    !JSON.stringify(findings).includes(units.hoaSen.code) && !JSON.stringify(findings).includes(units.hoaSen.name),
  );
});

test('straight in the database a clerk neither sees nor writes what waits for another school', async () => {
  const tables = ['import', 'import_student', 'import_match', 'import_finding', 'stored_file'];
  for (const table of tables) {
    const seen = await straight(db, 'clerk.hoasen', 'hoaSen', `select count(*) as n from ${table} where unit_id = $1`, [
      units.doiCan.id,
    ]);
    assert.equal(Number(seen.rows[0]!.n), 0, `${table} is seen`);
    const there = await straight(
      db,
      'clerk.doican',
      'doiCan',
      `select count(*) as n from ${table} where unit_id = $1`,
      [units.doiCan.id],
    );
    assert.ok(Number(there.rows[0]!.n) > 0 || table === 'import_match', `${table} of the own school`);
    const gone = await straight(db, 'clerk.hoasen', 'hoaSen', `delete from ${table} where unit_id = $1`, [
      units.doiCan.id,
    ]);
    assert.equal(gone.written, 0, `${table} was removed`);
  }
  const changed = await straight(db, 'clerk.hoasen', 'hoaSen', `update import set state = 'applied' where id = $1`, [
    mine.id,
  ]);
  assert.equal(changed.written, 0);
  const plant = `insert into import_finding (unit_id, import_id, rule, severity) values ($1, $2, 'x', 'error')`;
  await assert.rejects(straight(db, 'clerk.hoasen', 'hoaSen', plant, [units.doiCan.id, mine.id]), /row-level security/);
});

test('rows that were moved to another school while they waited are not stored, not one of the import', async () => {
  const rows = [typedStudent('Người Thứ Nhất'), typedStudent('Người Thứ Hai')];
  const ready = await importer.readIn('clerk.doican', 'doiCan', 'student', await fileOf(rows));
  assert.equal(ready.toAdd, 2);
  // As the owner: no way for the application is known.
  await db.owner.query(
    `update import_student set school_id = $1 where import_id = $2 and full_name = 'Người Thứ Hai'`,
    [units.hoaSen.id, ready.id],
  );
  const ended = await importer.apply('clerk.doican', 'doiCan', ready.id);
  assert.equal(ended.state, 'failed');
  assert.deepEqual([await names('doiCan'), await names('hoaSen')], [[], ['Trần Văn Hòa']]);
});

test('a clerk whose membership ended while the import waited stores nothing', async () => {
  const ready = await importer.readIn('head.doican', 'doiCan', 'student', await fileOf([typedStudent('Người Đi Sau')]));
  const path = `/units/${units.doiCan.id}/imports/${ready.id}/applications`;
  assert.equal((await importer.request('head.doican', 'POST', path, { mode: 'all' })).status, 200);
  await db.owner.query(`update membership set valid = '[2000-01-01,2024-10-01)' where account_id = $1`, [
    idOf('head.doican'),
  ]);
  await importer.work();
  assert.deepEqual(await names('doiCan'), []);
  assert.equal(
    (await importer.request('head.doican', 'GET', `/units/${units.doiCan.id}/imports/${ready.id}`)).status,
    404,
  );
  assert.notEqual((await importer.ask<ImportBody>('clerk.doican', 'doiCan', ready.id)).state, 'applied');
  assert.equal(
    (await importer.request('clerk.doican', 'GET', `/units/${units.doiCan.id}/imports/${newId()}`)).status,
    404,
  );
});
