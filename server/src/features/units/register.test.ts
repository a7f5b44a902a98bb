import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { loadRegisterFile } from './index.ts';

let db: TestDatabase;
let folder: string;
before(async () => {
  db = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'khuevan-register-'));
});
after(async () => {
  await db.close();
  await rm(folder, { recursive: true });
});

const header = 'school_code,school_name,level,managing_unit_code,managing_unit_name,province_code';
const lines = [
  '19164401,Trường Tiểu học Đội Cấn,06,164,Phòng GDĐT Thành phố Thái Nguyên,19',
  '19164402,Trường Tiểu học Nha Trang,06,164,Phòng GDĐT Thành phố Thái Nguyên,19',
  '19170501,Trường TH&THCS Cúc Đường,09,05515,Ủy ban nhân dân xã La Hiên,19',
  '19000701,Trường THPT Chu Văn An,08,19,Sở GDĐT Thái Nguyên,19',
  '99000001,Trường ở tỉnh lạ,06,990,Phòng lạ,99',
  '19164403,Trường cấp lạ,66,164,Phòng GDĐT Thành phố Thái Nguyên,19',
  '19164401,Trùng mã,06,164,Phòng GDĐT Thành phố Thái Nguyên,19',
];

async function load(rows: string[], ...options: string[]): Promise<{ code: number; said: string[] }> {
  const file = join(folder, 'register.csv');
  await writeFile(file, [header, ...rows].join('\n'));
  const owner = await db.owner.connect();
  try {
    const said: string[] = [];
    return { code: await loadRegisterFile(owner, [file, ...options], (line) => said.push(line)), said };
  } finally {
    owner.release();
  }
}

/** Who reviews whom on a day, as the reports ask it. */
async function reviewersOn(day: string): Promise<string[]> {
  const { rows } = await db.owner.query<{ line: string }>(
    `select c.kind || ' ' || c.code || ' < ' || p.kind || ' ' || p.code as line from unit_relation r
     join unit c on c.id = r.child_id join unit p on p.id = r.parent_id
     where r.role = 'reviewing' and r.valid @> $1::date order by 1`,
    [day],
  );
  return rows.map((row) => row.line);
}

const count = async (table: string) =>
  (await db.owner.query<{ n: number }>(`select count(*)::integer as n from ${table}`)).rows[0]!.n;

test('a register becomes units below their offices, without people; every line that cannot be placed is said', async () => {
  const { code, said } = await load(lines);
  assert.equal(code, 1);
  assert.deepEqual(
    said.filter((line) => line.startsWith('  ')).map((line) => /dòng \d+/.exec(line)?.[0]),
    ['dòng 6', 'dòng 7', 'dòng 8'],
  );
  assert.deepEqual(await reviewersOn('2024-09-30'), [
    'commune 05515 < province 19',
    'district 164 < province 19',
    'province 19 < ministry BGDDT',
    'school 19000701 < province 19',
    'school 19164401 < district 164',
    'school 19164402 < district 164',
    'school 19170501 < commune 05515',
  ]);
  for (const table of ['account', 'student', 'class', 'school_profile', 'period'])
    assert.equal(await count(table), 0, table);
});

test('the same file again changes nothing', async () => {
  const counts = [await count('unit'), await count('unit_relation'), await count('audit_entry')];
  const { said } = await load(lines);
  assert.match(said.at(-1)!, /^4 schools in the file; 0 units added, 0 renamed or of other levels, 0 moved/);
  assert.deepEqual([await count('unit'), await count('unit_relation'), await count('audit_entry')], counts);
});

test('a newer file renames and moves from a day on; before it the old office still reviews', async () => {
  const { code, said } = await load(
    [
      '19164401,Trường Tiểu học Đội Cấn 1,06,164,Phòng GDĐT Thành phố Thái Nguyên,19',
      '19164402,Trường Tiểu học Nha Trang,06,05440,Ủy ban nhân dân phường Phan Đình Phùng,19',
    ],
    '--since',
    '2025-07-01',
  );
  assert.equal(code, 0);
  assert.match(said.at(-1)!, /^2 schools in the file; 1 units added, 1 renamed .* 1 moved; .* 2 other schools/);
  const { rows } = await db.owner.query<{ name: string }>(`select name from unit where code = '19164401'`);
  assert.deepEqual(rows, [{ name: 'Trường Tiểu học Đội Cấn 1' }]);
  const of = async (day: string) => (await reviewersOn(day)).filter((line) => line.startsWith('school 19164402'));
  assert.deepEqual(await of('2025-06-30'), ['school 19164402 < district 164']);
  assert.deepEqual(await of('2025-07-01'), ['school 19164402 < commune 05440']);
  const { rows: entries } = await db.owner.query(`select action, detail from audit_entry order by seq`);
  assert.deepEqual(entries.at(-1), {
    action: 'register.loaded',
    detail: { added: 1, changed: 1, moved: 1, since: '2025-07-01' },
  });
  assert.equal(await count('broken_audit_chains()'), 0);
});

test('called wrongly it says how, and a file that is no register is refused', async () => {
  const owner = await db.owner.connect();
  const said: string[] = [];
  assert.equal(await loadRegisterFile(owner, [], (line) => said.push(line)), 2);
  owner.release();
  assert.match(said[0]!, /register load FILE/);
  await assert.rejects(load(lines, '--until', '2025-01-01'), /--until/);
});
