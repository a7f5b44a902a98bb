// Which files are taken for what: templates of another day, year, unit or kind, files of others' making, columns that moved.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import type { TestDatabase } from '#platform/testing.ts';
import { units } from '#testing/cast.ts';
import {
  bytesOf,
  type FindingBody,
  type ImportBody,
  type Importer,
  plainSheet,
  sheetOf,
  openImporting,
} from '#testing/imports.ts';
import { oddWorkbook, partsOf, readSheets, zipOf } from '#testing/odd-workbooks.ts';
import { typedStudent } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting());
});
after(async () => {
  await app.close();
  await db.close();
});

const count = async (from: string) =>
  Number((await db.owner.query<{ n: string }>(`select count(*) as n from ${from}`)).rows[0]!.n);

const rows = [typedStudent('Nguyễn Văn An'), typedStudent('Trần Thị Bình', { sex: '02' })];
const students = sheetOf('student', rows);
const readIn = async (...sheets: Parameters<typeof bytesOf>[0]) =>
  importer.readIn('clerk.doican', 'doiCan', 'student', await bytesOf(sheets));
const field = (key: string) => recordKinds.student.fields.find((each) => each.key === key)!.label.vi;

/** The hidden sheet of the template that a unit downloads now. */
async function stampOf(kind: string, year = 2024): Promise<string[][]> {
  const path = `/units/${units.doiCan.id}/templates/${kind}?schoolYear=${year}`;
  const { status, raw } = await importer.request('clerk.doican', 'GET', path);
  assert.equal(status, 200);
  const sheet = (await readSheets(raw)).find(({ name }) => name === '_mau')!;
  return sheet.rows.map(({ cells }) => cells.map(String));
}

test('what is no workbook is refused at the door, with its sentence, and nothing of it is kept', async () => {
  const files: Record<string, [Buffer, RegExp]> = {
    'danh-sach.csv': [Buffer.from('Họ và tên;Ngày sinh\nAn;15/03/2018\n'), /không phải bảng tính Excel/],
    'danh-sach.xls': [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /dạng Excel cũ/],
    'macro.xlsm': [oddWorkbook({ parts: { 'xl/vbaProject.bin': 'x' } }), /có macro/],
    'macro.xlsx': [oddWorkbook({ mediaType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' }), /có macro/],
    'rong.xlsx': [Buffer.alloc(0), /không phải bảng tính Excel/],
    'bom.xlsx': [oddWorkbook({ parts: { 'a.xml': Buffer.alloc(9_000_000) } }), /không an toàn/],
    'cat.xlsx': [oddWorkbook({}).subarray(0, 700), /bị hỏng/],
  };
  const before_ = await count('import');
  for (const [fileName, [bytes, sentence]] of Object.entries(files)) {
    const { status, body } = await importer.upload('clerk.doican', 'doiCan', 'student', bytes, { fileName });
    assert.deepEqual([status, body.code], [422, 'file_refused'], fileName);
    assert.match(body.text.vi, sentence, fileName);
  }
  assert.deepEqual(
    [await count('import'), await count('stored_file'), await count('stored_file_piece')],
    [before_, 0, 0],
  );
  const answer = await importer.request<ImportBody>(
    'clerk.doican',
    'POST',
    `/units/${units.doiCan.id}/imports?kind=student&schoolYear=2024`,
    {},
  );
  assert.deepEqual([answer.status, answer.body.code], [400, 'invalid_request'], 'no file at all');
});

test('what shows only inside is refused in the background with the same sentences, and leaves no rows', async () => {
  const dated = `<row r="1"><c t="inlineStr"><is><t>Họ và tên</t></is></c></row>`;
  const files: Record<string, [Buffer, RegExp]> = {
    'a row twice': [oddWorkbook({ sheets: [{ rows: dated + dated }] }), /bị hỏng/],
    'an entity': [oddWorkbook({ sheets: [{ rows: dated.replace('Họ', '&h;') }] }), /không an toàn/],
    'a document type': [oddWorkbook({ sheetXml: '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>' }), /không an toàn/],
    'a checksum that lies': [
      zipOf(
        partsOf({ sheets: [{ rows: dated }] }).map((part) =>
          part.name.endsWith('sheet1.xml') ? { ...part, said: { crc: 1 } } : part,
        ),
      ),
      /bị hỏng/,
    ],
    'a part past the end': [
      zipOf(
        partsOf({ sheets: [{ rows: dated }] }).map((part) =>
          part.name.endsWith('sheet1.xml') ? { ...part, said: { offset: 99_999, packed: 0, size: 0 } } : part,
        ),
      ),
      /không an toàn/,
    ],
  };
  for (const [what, [bytes, sentence]] of Object.entries(files)) {
    const { status, body } = await importer.upload('clerk.doican', 'doiCan', 'student', bytes);
    if (status !== 200) {
      assert.match(body.text.vi, sentence, what);
      continue;
    }
    await importer.work();
    const { state, refusal } = await importer.ask<ImportBody>('clerk.doican', 'doiCan', body.id);
    assert.equal(state, 'refused', what);
    assert.match(refusal!.vi, sentence, what);
  }
  assert.equal(await count('import_student'), 0);
});

test('a large file is read in a thread, and refused from there as well: at its last row, nothing of the others stays', async () => {
  const headings = recordKinds.student.fields.filter((each) => each.required && !each.readOnly);
  const cell = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  const values: Record<string, string> = Object.fromEntries(
    headings.map(({ key }) => {
      const value = typedStudent('Nguyễn Văn An')[key];
      return [key, value === true ? 'Có' : value === false ? 'Không' : String(value)];
    }),
  );
  const rowOf = (name: string) =>
    `<row>${headings.map(({ key }) => cell(key === 'fullName' ? name : values[key]!)).join('')}</row>`;
  const head = `<row>${headings.map(({ label }) => cell(label.vi)).join('')}</row>`;
  // A comment that cannot be packed makes a file that is large enough for the thread.
  const filler = Array.from({ length: 4 }, () => `<!--${randomBytes(60_000).toString('base64')}-->`).join('');
  const rowsOf = (last: string) => head + rowOf('Đỗ Văn Một') + filler + rowOf('Đỗ Văn Hai') + last;
  const files: [string, RegExp | undefined][] = [
    ['', undefined],
    ['<row r="2"><c><v>1</v></c></row>', /bị hỏng/],
    ['<row><c t="inlineStr"><is><t>&xxe;</t></is></c></row>', /không an toàn/],
    ['<row><c t="s"><v>7</v></c></row>', /bị hỏng/],
  ];
  for (const [last, sentence] of files) {
    const bytes = oddWorkbook({ sheets: [{ rows: rowsOf(last) }] });
    assert.ok(bytes.length > 200 * 1024);
    const ended = await importer.readIn('clerk.doican', 'doiCan', 'student', bytes);
    const waiting = await count(`import_student where import_id = '${ended.id}'`);
    if (!sentence) assert.deepEqual([ended.state, ended.rowsGood, waiting], ['ready', 2, 2], ended.refusal?.vi);
    else {
      assert.deepEqual([ended.state, waiting], ['refused', 0], last);
      assert.match(ended.refusal!.vi, sentence, last);
    }
    await db.owner.query(`delete from import_student where import_id = $1`, [ended.id]);
  }
});

test('a template that is old, of another kind, unit or year is refused and says which one to take', async () => {
  const stamp = await stampOf('student');
  assert.deepEqual(
    stamp.map(([key]) => key),
    ['Khuê Văn', 'kind', 'fields', 'unit', 'schoolYear'],
  );
  const withStamp = async (changes: Record<string, string>) =>
    readIn(
      students,
      plainSheet(
        '_mau',
        stamp.map(([key, value]) => [key!, changes[key!] ?? value!]),
        'veryHidden',
      ),
    );
  assert.equal((await withStamp({})).state, 'ready');
  const cases: [Record<string, string>, string][] = [
    [{ fields: '0123456789ab' }, 'Tệp làm từ mẫu Học sinh đã cũ. Tải mẫu mới nhất, chép dữ liệu sang rồi tải lên.'],
    [
      { kind: 'class' },
      `Đây là mẫu ${recordKinds.class.label.vi}, không phải mẫu Học sinh. Chọn đúng loại hồ sơ khi tải lên, hoặc tải mẫu Học sinh.`,
    ],
    [
      { unit: '19164402' },
      'Mẫu này được tạo cho đơn vị mã 19164402, không phải đơn vị đang làm việc. Tải mẫu của đúng đơn vị.',
    ],
    [
      { schoolYear: '2023' },
      'Mẫu này của năm học 2023-2024, không phải 2024-2025. Chọn đúng năm học, hoặc tải mẫu của năm 2024-2025.',
    ],
    [
      { kind: 'constructor' },
      'Đây là mẫu constructor, không phải mẫu Học sinh. Chọn đúng loại hồ sơ khi tải lên, hoặc tải mẫu Học sinh.',
    ],
  ];
  for (const [changes, sentence] of cases) {
    const { state, refusal } = await withStamp(changes);
    assert.deepEqual([state, refusal?.vi], ['refused', sentence]);
  }
  const foreign = await readIn(
    students,
    plainSheet(
      '_mau',
      [
        ['Ai đó', 'mẫu nhập liệu'],
        ['kind', 'class'],
      ],
      'veryHidden',
    ),
  );
  assert.equal(foreign.state, 'ready', 'a hidden sheet that is not ours says nothing');
});

test('a file without our headings, or without a required column, or with one twice, is refused by naming it', async () => {
  const keys = ['fullName', 'birthDate', 'sex', 'ethnicity', 'classCode', 'grade', 'entryStatus', 'enteredOn'];
  const required = recordKinds.student.fields.filter((each) => each.required && !each.readOnly);
  const lacking = required.filter(({ key }) => !['fullName', 'birthDate'].includes(key));
  const cases: [Parameters<typeof bytesOf>[0], RegExp | string][] = [
    [
      [
        plainSheet('Điểm', [
          ['STT', 'Toán', 'Văn'],
          [1, 9, 8],
        ]),
      ],
      /^Không tìm thấy dòng tiêu đề của mẫu Học sinh trong tệp\./,
    ],
    [[plainSheet('Trống', [])], /^Không tìm thấy dòng tiêu đề/],
    [[sheetOf('student', rows, { above: 20 })], /^Không tìm thấy dòng tiêu đề/],
    [[{ ...students, state: 'hidden' }, plainSheet('A', [['a']])], /^Không tìm thấy dòng tiêu đề/],
    [
      [sheetOf('student', rows, { keys: ['fullName', 'birthDate'] })],
      `Tệp thiếu cột bắt buộc của mẫu Học sinh: ${lacking.map(({ label }) => `“${label.vi}”`).join(', ')}. Thêm cột với đúng tiêu đề, hoặc dùng mẫu của hệ thống.`,
    ],
    [
      [sheetOf('student', rows, { keys: [...required.map(({ key }) => key), 'Họ tên học sinh'] })],
      'Tệp có hai cột cùng tiêu đề “Họ và tên”. Giữ lại một cột rồi tải lên.',
    ],
    [
      [{ ...students, name: 'Lớp 1A' }, sheetOf('student', rows, { name: 'Lớp 2A', keys })],
      'Sheet “Lớp 1A” và sheet “Lớp 2A” không có cùng các cột. Làm cho các sheet giống nhau, hoặc tải lên từng sheet một.',
    ],
    [[sheetOf('student', [])], 'Tệp không có dòng dữ liệu nào dưới dòng tiêu đề. Nhập dữ liệu rồi tải lên.'],
    [
      [sheetOf('student', [{}, { note: 'chỉ có ghi chú' }], { keys: [...keys, 'note'] })],
      /^Tệp (thiếu cột|không có dòng dữ liệu)/,
    ],
  ];
  for (const [sheets, sentence] of cases) {
    const { state, refusal } = await readIn(...sheets);
    assert.equal(state, 'refused', String(sentence));
    if (typeof sentence === 'string') assert.equal(refusal!.vi, sentence);
    else assert.match(refusal!.vi, sentence);
  }
  const office = await importer.readIn('admin.province', 'province', 'student', await bytesOf([students]));
  assert.match(office.refusal!.vi, /thiếu cột bắt buộc của mẫu Học sinh: “Mã trường”\./);
  assert.deepEqual(
    [await count('import_student'), await count('student')],
    [4, 0],
    'only the two files that were good wait',
  );
});

test('columns are known by their headings: renamed as schools do, in any order, decomposed, in capitals, starred, below a title', async () => {
  const keys = recordKinds.student.fields.filter((each) => each.required && !each.readOnly).map(({ key }) => key);
  const plain = sheetOf('student', rows, { keys });
  const [heading, ...body] = [...(plain.rows as Iterable<{ cells: unknown[] }>)].map(({ cells }) => cells as never[]);
  const others: Record<string, string> = {
    [field('fullName')]: 'HO TEN HOC SINH',
    [field('birthDate')]: 'Ngày sinh'.normalize('NFD'),
    [field('sex')]: '  Giới ',
    [field('classCode')]: 'Lớp học *',
  };
  const said = heading!.map((cell: { value: string }) => others[cell.value] ?? cell.value);
  const turned = [said, ...body].map((cells) => ['', ...cells.toReversed()]);
  const sheet = plainSheet('Tờ 1', [['DANH SÁCH HỌC SINH'], [], ...turned]);
  const { id, state, refusal, rowsGood } = await readIn({
    ...sheet,
    columns: keys.map(() => ({ width: 10, format: 'date' as const })),
  });
  assert.deepEqual([state, rowsGood], ['ready', 2], refusal?.vi);
  await importer.apply('clerk.doican', 'doiCan', id);
  const { rows: stored } = await db.owner.query(
    `select s.full_name, s.birth_date, s.sex, e.class_code from student s join enrolment e on e.school_id = s.school_id and e.student_id = s.id order by s.full_name`,
  );
  assert.deepEqual(stored, [
    { full_name: 'Nguyễn Văn An', birth_date: '2018-03-15', sex: '01', class_code: '1A' },
    { full_name: 'Trần Thị Bình', birth_date: '2018-03-15', sex: '02', class_code: '1A' },
  ]);
});

test('a column of their own is passed over with a warning; what has no column stays as it is stored', async () => {
  const full = await readIn(
    sheetOf('student', [typedStudent('Lê Văn Cường', { guardianName: 'Lê Văn Dũng', guardianPhone: '0912000001' })]),
  );
  await importer.apply('clerk.doican', 'doiCan', full.id);
  const keys = recordKinds.student.fields.filter((each) => each.required && !each.readOnly).map(({ key }) => key);
  const ownColumn = `Điểm thi 😀${'x'.repeat(88)}😀`;
  const sheet = sheetOf(
    'student',
    [{ ...typedStudent('Lê Văn Cường'), classCode: '1A', [ownColumn]: '9,5', 'Ghi\u0000chú': 1 }],
    {
      keys: [...keys, ownColumn, 'Ghi\u0000chú'],
    },
  );
  const again = await readIn(sheet);
  assert.deepEqual([again.state, again.toLeave, again.rowsBad], ['ready', 1, 0], again.refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>('clerk.doican', 'doiCan', again.id, '/findings');
  const found = findings.filter(({ rule }) => rule === 'import_column_ignored');
  assert.deepEqual(
    found.map(({ severity, row, sheet: name }) => [severity, row, name]),
    [
      ['warning', 1, 'Học sinh'],
      ['warning', 1, 'Học sinh'],
    ],
  );
  assert.ok(found[0]!.value!.startsWith('Điểm thi 😀xxx') && found[0]!.value!.isWellFormed(), found[0]!.value);
  const { rows: stored } = await db.owner.query(
    `select s.guardian_name, s.guardian_phone from student s where s.full_name = 'Lê Văn Cường'`,
  );
  assert.deepEqual(
    stored.map((row) => Object.values(row)),
    [['Lê Văn Dũng', '0912000001']],
  );
});

test('alike sheets are read one after the other, hidden ones and those of other things are not', async () => {
  const named = (name: string, pupils: string[]) =>
    sheetOf(
      'student',
      pupils.map((each) => typedStudent(each)),
      { name },
    );
  const { id, state, rowsRead, refusal } = await readIn(
    plainSheet('Bìa', [['Trường TH Đội Cấn']]),
    named('Lớp 1A', ['Hoàng Văn Một', 'Hoàng Văn Hai']),
    { ...named('Nháp', ['Không Được Đọc']), state: 'hidden' },
    named('Lớp 1B', ['Hoàng Văn Ba', 'Hoàng Văn Một']),
  );
  assert.deepEqual([state, rowsRead], ['ready', 4], refusal?.vi);
  const { findings } = await importer.ask<{ findings: FindingBody[] }>('clerk.doican', 'doiCan', id, '/findings');
  const repeated = findings.filter(({ rule }) => rule === 'import_duplicate_row');
  assert.deepEqual(
    repeated.map(({ sheet, row }) => [sheet, row]),
    [['Lớp 1B', 3]],
  );
  assert.match(repeated[0]!.message.vi, /dòng 2 \(sheet Lớp 1A\)/);
  await importer.apply('clerk.doican', 'doiCan', id, 'good');
  const { rows: stored } = await db.owner.query<{ full_name: string }>(
    `select full_name from student where full_name like 'Hoàng%' or full_name like 'Không%' order by code`,
  );
  assert.deepEqual(
    stored.map((row) => row.full_name),
    ['Hoàng Văn Một', 'Hoàng Văn Hai', 'Hoàng Văn Ba'],
  );
});
