import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { buildProvince } from './index.ts';
import type { BuildResult } from './build.actions.ts';
import { readProvinceFile, type SchoolLine } from './province-file.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
});
after(() => db.close());

async function build(schools: SchoolLine[]): Promise<BuildResult> {
  const owner = await db.owner.connect();
  try {
    return await buildProvince(owner, db.secrets, { schools, schoolYear: 2024, seed: '1', today: '2024-10-09' });
  } finally {
    owner.release();
  }
}

const header = 'school_code,school_name,level,managing_unit_code,managing_unit_name,province_code,classes,pupils,staff';
const file = [
  header,
  '24200401,Trường TH Bích Động,06,217,Phòng GDĐT Việt Yên,24,10,311,17',
  '24200402,Trường TH Vân Hà,06,217,Phòng GDĐT Việt Yên,24,,,',
  '24200501,"Trường TH&THCS Minh Đức, cơ sở 2",09,217,Phòng GDĐT Việt Yên,24,5,120,9',
  '24000701,Trường THPT Ngô Sĩ Liên,08,24,Sở GDĐT Bắc Giang,24,,,',
  '24200401,Trùng mã,06,217,Phòng GDĐT Việt Yên,24,1,1,1',
  '24200403,Cấp lạ,66,217,Phòng GDĐT Việt Yên,24,1,1,1',
  '24200404,Số lạ,06,217,Phòng GDĐT Việt Yên,24,mười,1,1',
  '24200405,THCS có số,07,217,Phòng GDĐT Việt Yên,24,9,300,20',
].join('\n');

const count = async (query: string, values: unknown[] = []) =>
  (await db.owner.query<{ n: number }>(query, values)).rows[0]!.n;

test('a file becomes exactly its schools with exactly its numbers, and says every line it cannot place', async () => {
  const { schools, faults } = readProvinceFile(file);
  assert.deepEqual(
    faults.map((fault) => fault.line),
    [6, 7, 8],
  );
  const built = await build(schools);
  assert.deepEqual([built.schools, built.filled, built.faults.length], [5, 5, 0]);
  for (const [code, classes, pupils, staff] of [
    ['24200401', 10, 311, 17],
    ['24200501', 5, 120, 9],
    ['24200405', 9, 300, 20],
  ] as const) {
    const ofSchool = (table: string) =>
      count(
        `select count(*)::integer as n from ${table} t join unit u on u.id = t.school_id where u.code = $1 and t.school_year = 2024`,
        [code],
      );
    assert.deepEqual(
      [await ofSchool('class'), await ofSchool('enrolment'), await ofSchool('assignment')],
      [classes, pupils, staff],
      code,
    );
  }
  const drawn = await count(
    `select count(*)::integer as n from enrolment e join unit u on u.id = e.school_id where u.code = '24200402'`,
  );
  assert.ok(drawn > 50, `${drawn} pupils were drawn where the file gives none`);
});

test('the units stand under their offices, with people to sign in and a period to report in', async () => {
  const { rows } = await db.owner.query(`
    select c.code, p.code as parent from unit_relation r join unit c on c.id = r.child_id join unit p on p.id = r.parent_id where r.role = 'reviewing' order by 1`);
  assert.deepEqual(
    rows.map((row) => `${row.code} < ${row.parent}`),
    ['217 < 24', '24 < BGDDT', '24000701 < 24', '24200401 < 217', '24200402 < 217', '24200405 < 217', '24200501 < 217'],
  );
  assert.equal(
    await count(
      `select count(*)::integer as n from membership m join account a on a.id = m.account_id where a.username in ('truong.24200401', 'hieutruong.24200401', 'phong.217', 'so.24', 'bo')`,
    ),
    5,
  );
  assert.equal(await count(`select count(*)::integer as n from period_form where form_code = '02-TH-ĐN'`), 1);
});

test('the same file again adds nothing and names every school that is there', async () => {
  const { schools } = readProvinceFile(file);
  const pupils = await count('select count(*)::integer as n from enrolment');
  const built = await build(schools);
  assert.deepEqual(
    built.faults.map((fault) => fault.line),
    [2, 3, 4, 5, 9],
  );
  assert.equal(await count('select count(*)::integer as n from enrolment'), pupils);
});

test('the same seed makes the same people; another seed others', async () => {
  const sample = await db.owner.query<{ full_name: string }>(
    `select full_name from student s join unit u on u.id = s.school_id where u.code = '24200401' order by s.code limit 20`,
  );
  assert.equal(new Set(sample.rows.map((row) => row.full_name)).size > 15, true);
  assert.ok(sample.rows.every((row) => row.full_name === row.full_name.normalize('NFC')));
});

test('a file that is no such file is refused with the columns it lacks', () => {
  assert.throws(() => readProvinceFile('ten,lop\nA,1'), /school_code, school_name, level/);
});
