import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import Excel from 'exceljs';
import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import {
  at,
  assertOk,
  type CollectionStage,
  full,
  grid,
  list,
  of,
  openCollectionStage,
} from '../../testing/collections.ts';
import { type PersonName, type UnitName, units } from '../../testing/cast.ts';
import { writeWorkbook } from '#platform/excel-writer.ts';

let stage: CollectionStage;
before(async () => {
  stage = await openCollectionStage();
});
after(() => stage.close());

const schools = [
  ['clerk.doican', 'doiCan'],
  ['clerk.hoasen', 'hoaSen'],
  ['clerk.lahien', 'laHien'],
  ['clerk.cucduong', 'cucDuong'],
] as const satisfies Array<[PersonName, UnitName]>;

async function load(bytes: Buffer): Promise<Excel.Workbook> {
  const workbook = new Excel.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  return workbook;
}

const fileOf = async (person: PersonName, endpoint: typeof answers.downloadTemplate, unit: UnitName, id: string) => {
  const answer = await stage.as(person).attempt(endpoint, of(unit, id));
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 500));
  return answer.rawPayload;
};

test('sums are those of the answers that were sent, each opens to them, and each tier has its own', async () => {
  const { id } = await stage.publish(grid);
  const given = [
    [31, 4, 'Tốt', true],
    [12, 0, 'Yếu', true],
    [7, 3, 'Tốt', false],
    [100, 100, 'Không có', false],
  ] as const;
  for (const [index, [person, unit]] of schools.entries()) {
    const [used, broken, net, room] = given[index]!;
    await stage.answer(person, unit, id, { cells: { ...full(used, broken), 'r4.c1': net, 'r5.c1': room } });
    // The last one only drafts: a draft is in no sum.
    if (unit !== 'cucDuong') await stage.send(person, unit, id);
  }
  const officer = stage.as('reviewer.province');
  const sums = await officer.call(contract.readSums, of('province', id));
  assert.equal(sums.answers, 3);
  // Worked out by hand: 31 + 12 + 7 in use, 4 + 0 + 3 broken, two projectors each.
  assert.deepEqual(
    ['r1.c1', 'r1.c2', 'r1.c3', 'r2.c1', 'r2.c3', 'r3.c1', 'r3.c2', 'r3.c3'].map((key) => sums.cells[key]),
    [50, 7, 57, 6, 6, 56, 7, 63],
  );
  assert.deepEqual(sums.tallies['r4.c1'], [
    { choice: 'Tốt', count: 2 },
    { choice: 'Yếu', count: 1 },
  ]);
  assert.deepEqual(sums.tallies['r5.c1'], [
    { choice: 'true', count: 2 },
    { choice: 'false', count: 1 },
  ]);
  const town = await stage.as('reviewer.town').call(contract.readSums, of('town', id));
  assert.deepEqual([town.answers, town.cells['r3.c3']], [2, 51]);
  const parts = async (row: string, column: string) =>
    (await officer.call(contract.openSum, { params: { ...at('province'), collectionId: id, row, column } })).parts.map(
      (each) => [each.name, each.value],
    );
  assert.deepEqual(await parts('r3', 'c3'), [
    [units.doiCan.name, 37],
    [units.hoaSen.name, 14],
    [units.laHien.name, 12],
  ]);
  assert.deepEqual(await parts('r5', 'c1'), [
    [units.laHien.name, false],
    [units.doiCan.name, true],
    [units.hoaSen.name, true],
  ]);
  assert.equal(
    await officer.fail(contract.openSum, { params: { ...at('province'), collectionId: id, row: 'r4', column: 'c3' } }),
    'not_found',
  );

  const workbook = await load(await fileOf('reviewer.province', contract.exportCollection, 'province', id));
  const [total, each] = workbook.worksheets;
  const found = new Map<string, unknown>();
  total!.eachRow((row) => found.set(row.getCell(1).text.trim(), row.getCell(4).value));
  assert.equal(found.get('Cộng'), 63);
  const lines: unknown[] = [];
  each!.eachRow(
    (row) => row.getCell(3).value === 'Máy tính' && lines.push([row.getCell(2).value, row.getCell(6).value]),
  );
  assert.deepEqual(lines, [
    [units.doiCan.name, 35],
    [units.hoaSen.name, 12],
    [units.laHien.name, 10],
  ]);
  const print = await officer.attempt(contract.printCollection, of('province', id));
  assert.equal(print.rawPayload.subarray(0, 5).toString(), '%PDF-');
});

test('the rows of a list are joined after the name of their unit, with the sums of their columns', async () => {
  const { id } = await stage.publish(list);
  const rowsOf = (count: number, name: string) =>
    Array.from({ length: count }, (_, index) => ({
      c1: `${name} ${index + 1}`,
      c2: 0.1 * (index + 1),
      c3: '2024-12-31',
    }));
  await stage.answer('clerk.doican', 'doiCan', id, { rows: rowsOf(30, 'Đội Cấn') });
  await stage.answer('clerk.lahien', 'laHien', id, { rows: [{ c1: 'Mái', c2: 1200.5, c4: 'Ngân sách' }] });
  for (const [person, unit] of [schools[0], schools[2]]) await stage.send(person, unit, id);
  const officer = stage.as('reviewer.province');
  const sums = await officer.call(contract.readSums, of('province', id));
  // 0,1 + … + 3,0 is 46,5 exactly.
  assert.deepEqual([sums.answers, sums.rows, sums.cells['r0.c2']], [2, 31, 1247]);
  assert.deepEqual(sums.tallies['r0.c4'], [{ choice: 'Ngân sách', count: 1 }]);
  const page = async (no: number) =>
    (await officer.call(contract.listJoinedRows, { ...of('province', id), query: { page: no, pageSize: 20 } })).rows;
  const joined = [...(await page(1)), ...(await page(2))];
  assert.equal(joined.length, 31);
  assert.deepEqual(
    joined.map((each) => [each.code, each.no]),
    [...Array.from({ length: 30 }, (_, index) => [units.doiCan.code, index + 1]), [units.laHien.code, 1]],
  );
  assert.deepEqual(joined.at(-1)!.cells, { c1: 'Mái', c2: 1200.5, c4: 'Ngân sách' });
  const workbook = await load(await fileOf('reviewer.province', contract.exportCollection, 'province', id));
  const last = workbook.worksheets[0]!.lastRow!;
  assert.deepEqual(
    [last.getCell(2).value, last.getCell(3).value, last.getCell(4).value],
    [units.laHien.name, 'Mái', 1200.5],
  );
  const print = await officer.attempt(contract.printCollection, of('province', id));
  assert.equal(print.rawPayload.subarray(0, 5).toString(), '%PDF-');
});

test('a grid goes to Excel and comes back; a wrong cell is named by its place and nothing is lost', async () => {
  const { id } = await stage.publish(grid);
  await stage.answer('clerk.doican', 'doiCan', id, { cells: { 'r1.c2': 9, 'r4.c1': 'Yếu' } });
  const workbook = await load(await fileOf('clerk.doican', answers.downloadTemplate, 'doiCan', id));
  const sheet = workbook.worksheets[0]!;
  assert.deepEqual(
    [2, 3, 4, 5].map((column) => sheet.getRow(4).getCell(column).value),
    ['Chỉ tiêu', 'Đang dùng *', 'Đã hỏng', 'Tổng số'],
  );
  assert.equal(sheet.getCell('D5').value, 9);
  sheet.getCell('C5').value = 31;
  sheet.getCell('D5').value = null;
  sheet.getCell('C6').value = 'nhiều';
  sheet.getCell('C8').value = ' tốt ';
  sheet.getCell('C9').value = 'có';
  // What is typed over a sum is left out.
  sheet.getCell('E5').value = 999;
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const path = (unit: UnitName, version: number, more = '') =>
    `/units/${units[unit].id}/collections/${id}/answer-files?version=${version}${more}`;
  const read = assertOk(await stage.upload('clerk.doican', path('doiCan', 1), 'Trả lời.xlsx', bytes));
  assert.deepEqual(read.cells, { 'r1.c1': 31, 'r1.c2': 9, 'r2.c1': 'nhiều', 'r4.c1': 'Tốt', 'r5.c1': true });
  assert.deepEqual(
    read.findings.map((each) => each.place),
    ['C6'],
  );
  assert.match(read.findings[0]!.text.vi, /số nguyên/);
  // The same file in an old version, of another unit, of another collection, and what is no workbook.
  const codeOf = async (person: PersonName, where: string, content: Buffer) =>
    (await stage.upload(person, where, 'x.xlsx', content)).json<{ code: string }>().code;
  assert.equal(await codeOf('clerk.doican', path('doiCan', 1), bytes), 'stale_record');
  assert.equal(await codeOf('clerk.hoasen', path('hoaSen', 0), bytes), 'file_refused');
  assert.equal(await codeOf('reviewer.province', path('doiCan', 2), bytes), 'forbidden');
  assert.equal(await codeOf('clerk.doican', path('doiCan', 2), Buffer.from('không phải Excel')), 'file_refused');
  const other = await stage.publish(grid);
  assert.equal(
    await codeOf('clerk.doican', `/units/${units.doiCan.id}/collections/${other.id}/answer-files?version=0`, bytes),
    'file_refused',
  );
  assert.deepEqual((await stage.as('clerk.doican').call(answers.readAnswer, of('doiCan', id))).version, 2);
});

test('the rows of a list come from Excel, instead of the present ones or after them, with or without our template', async () => {
  const { id } = await stage.publish(list);
  const path = (version: number, rows: string) =>
    `/units/${units.doiCan.id}/collections/${id}/answer-files?version=${version}&rows=${rows}`;
  const workbook = await load(await fileOf('clerk.doican', answers.downloadTemplate, 'doiCan', id));
  const sheet = workbook.worksheets[0]!;
  sheet.getRow(5).values = ['Sơn tường', 12.5, new Date(Date.UTC(2024, 11, 1)), 'ngân sách'];
  sheet.getRow(6).values = [];
  sheet.getRow(7).values = ['Bàn ghế', 'khoảng 5', '15/12/2024'];
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  const first = assertOk(await stage.upload('clerk.doican', path(0, 'replace'), 'a.xlsx', bytes));
  assert.deepEqual(first.rows, [
    { c1: 'Sơn tường', c2: 12.5, c3: '2024-12-01', c4: 'Ngân sách' },
    { c1: 'Bàn ghế', c2: 'khoảng 5', c3: '2024-12-15' },
  ]);
  assert.deepEqual(
    first.findings.map((each) => [each.row, each.place]),
    [['1', 'B7']],
  );
  // A file of one's own, its columns in another order.
  const own = await buffer(
    writeWorkbook([
      {
        name: 'Sheet1',
        columns: [{ width: 20 }, { width: 20 }, { width: 20 }, { width: 20 }],
        rows: [
          { cells: ['Kinh phí (triệu đồng)', 'Hạng mục', 'Nguồn', 'Ngày hoàn thành'] },
          { cells: ['x', 'Cổng trường', 'Xã hội hóa', null] },
        ],
      },
    ]),
  );
  const added = assertOk(await stage.upload('clerk.doican', path(1, 'add'), 'b.xlsx', own));
  assert.deepEqual(
    added.rows.map((each) => each.c1),
    ['Sơn tường', 'Bàn ghế', 'Cổng trường'],
  );
  assert.deepEqual(
    added.findings.map((each) => [each.row, each.place]),
    [
      ['1', undefined],
      ['2', 'A2'],
    ],
  );
  const replaced = assertOk(await stage.upload('clerk.doican', path(2, 'replace'), 'b.xlsx', own));
  assert.deepEqual(replaced.rows, [{ c1: 'Cổng trường', c2: 'x', c4: 'Xã hội hóa' }]);
  const many = await buffer(
    writeWorkbook([
      {
        name: 'Sheet1',
        columns: [],
        rows: [
          { cells: ['Hạng mục', 'Kinh phí (triệu đồng)', 'Nguồn', 'Ngày hoàn thành'] },
          ...Array.from({ length: 2001 }, (_, index) => ({ cells: [`Mục ${index}`, index] })),
        ],
      },
    ]),
  );
  const refused = await stage.upload('clerk.doican', path(3, 'replace'), 'c.xlsx', many);
  assert.equal(refused.json<{ code: string }>().code, 'file_refused');
});

test('files are attached where the form allows it, read by those above, and kept out of strange hands', async () => {
  const { id } = await stage.publish(grid);
  const path = `/units/${units.doiCan.id}/collections/${id}/files`;
  const paper = Buffer.from('%PDF-1.7 giả định');
  const attached = assertOk(await stage.upload('clerk.doican', path, '..\\..\\Biên bản.pdf', paper));
  assert.deepEqual(
    attached.files.map((each) => [each.name, each.size]),
    [['Biên bản.pdf', paper.length]],
  );
  // What was being typed before the file came is saved over it all the same.
  assert.equal(attached.version, 0);
  const codeOf = async (person: PersonName, name: string, bytes: Buffer) =>
    (await stage.upload(person, path, name, bytes)).json<{ code: string }>().code;
  assert.equal(await codeOf('clerk.doican', 'chay.html', paper), 'file_refused');
  assert.equal(await codeOf('clerk.doican', 'trong.pdf', Buffer.alloc(0)), 'file_refused');
  assert.equal(await codeOf('clerk.hoasen', 'la.pdf', paper), 'not_found');
  assert.equal(await codeOf('reviewer.town', 'la.pdf', paper), 'forbidden');
  const file = { params: { ...at('doiCan'), collectionId: id, fileId: attached.files[0]!.id } };
  const got = await stage.as('reviewer.province').attempt(answers.readFile, file);
  assert.deepEqual(got.rawPayload, paper);
  assert.match(String(got.headers['content-disposition']), /^attachment/);
  assert.equal(await stage.as('clerk.hoasen').fail(answers.readFile, file), 'not_found');
  const { rows } = await stage.db.owner.query<{ bytes: Buffer }>(
    'select bytes from stored_file_piece where file_id = $1',
    [file.params.fileId],
  );
  assert.ok(!rows[0]!.bytes.includes(paper.subarray(0, 8)), 'it is kept encrypted');
  await stage.answer('clerk.doican', 'doiCan', id, { cells: full(1, 1) });
  await stage.send('clerk.doican', 'doiCan', id);
  assert.equal(await stage.as('clerk.doican').fail(answers.removeFile, file), 'wrong_state');
  await stage.as('reviewer.province').call(answers.returnAnswer, {
    ...of('doiCan', id),
    body: { sentNo: 1, reason: 'Thiếu chữ ký.', dueOn: null },
  });
  assert.deepEqual((await stage.as('clerk.doican').call(answers.removeFile, file)).files, []);
  assert.equal(await stage.as('reviewer.province').fail(answers.readFile, file), 'not_found');
  const closedForm = await stage.publish({ ...grid, attachments: false });
  const refused = await stage.upload('clerk.doican', path.replace(id, closedForm.id), 'a.pdf', paper);
  assert.equal(refused.json<{ code: string }>().code, 'forbidden');
});
