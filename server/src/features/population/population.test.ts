// The import of a population table: what is read, what is said, what is kept.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import {
  downloadPopulationTemplate,
  type importPopulation,
  listPopulation,
  readPopulation,
} from '@khuevan/core/contract/population.ts';
import { sourceOf } from '#platform/byte-source.ts';
import { atTime } from '#platform/clock.ts';
import { openWorkbook } from '#platform/excel-reader.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { type Caller, createCaller } from '../../testing/caller.ts';
import { idOf, type PersonName, seatCast, signedIn, type UnitName, units } from '../../testing/cast.ts';
import { servePopulation } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
let as: (person: PersonName) => Caller;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [servePopulation]);
  as = await createCaller(app, db.owner);
});
after(async () => {
  await app.close();
  await db.close();
});

const heading = 'Mã đơn vị;Tên đơn vị;Tuổi;Tổng số;Trong đó nữ;Dân tộc thiểu số;Nữ dân tộc thiểu số';
const csv = (...lines: string[]) => Buffer.from([heading, ...lines].join('\r\n'));

async function upload(
  bytes: Buffer,
  { person = 'reviewer.province', unit = 'province', year = 2024, fileName = 'dan-so.csv' } = {},
): Promise<{ status: number; body: ResponseOf<typeof importPopulation> & { code?: string } }> {
  const boundary = 'x-part-x';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  const query = new URLSearchParams({ year: String(year), source: 'Cục Thống kê tỉnh', documentNo: '12/BC-CTK' });
  const headers = {
    ...(await signedIn(db.owner, person as PersonName)),
    'content-type': `multipart/form-data; boundary=${boundary}`,
  };
  const url = `/api/v1/units/${units[unit as UnitName].id}/population?${query.toString()}`;
  return atTime(new Date('2024-10-15T09:00:00+07:00'), async () => {
    const answer = await app.inject({ method: 'POST', url, headers, payload });
    return { status: answer.statusCode, body: answer.json() };
  });
}

const list = (person: PersonName, unit: UnitName, year: number, replaced?: 'true') =>
  as(person).call(listPopulation, {
    params: { unitId: units[unit].id },
    query: { year, ...(replaced && { replaced }) },
  });

test('a table is read with its thousands, blanks and source, and stands for its place', async () => {
  const { status, body } = await upload(
    csv('19;;6;1.234;600;500;250', '19;;7;1300;;;', '164;Phòng;6;400;190;0;0', '170;;6;;;;'),
  );
  assert.deepEqual([status, body.stored, body.places, body.rows, body.replaced], [200, true, 2, 3, 0]);
  const { tables, years, without } = await list('reviewer.province', 'province', 2024);
  assert.deepEqual(years, [2024]);
  assert.deepEqual(
    tables.map((each) => [
      each.unitCode,
      each.people,
      each.ages,
      each.source,
      each.documentNo,
      each.fileName,
      each.importedBy,
    ]),
    [
      ['19', 2534, { from: 6, to: 7 }, 'Cục Thống kê tỉnh', '12/BC-CTK', 'dan-so.csv', 'reviewer.province'],
      ['164', 400, { from: 6, to: 6 }, 'Cục Thống kê tỉnh', '12/BC-CTK', 'dan-so.csv', 'reviewer.province'],
    ],
  );
  assert.deepEqual(
    without.map((each) => each.id),
    [units.hills.id],
    'nothing was typed for it',
  );
  const params = { unitId: units.province.id, populationId: tables[0]!.id };
  const { counts } = await as('reviewer.province').call(readPopulation, { params });
  assert.deepEqual(counts, [
    { age: 6, people: 1234, female: 600, minority: 500, minorityFemale: 250 },
    { age: 7, people: 1300, female: null, minority: null, minorityFemale: null },
  ]);
});

test('one bad row and nothing of the file is stored; every fault is said at its row', async () => {
  const rows: Array<[line: string, said: RegExp]> = [
    ['19999;;6;10;;;', /“19999” không có trong phạm vi/],
    ['19;;121;10;;;', /0 đến 120/],
    ['19;;6,5;10;;;', /0 đến 120/],
    ['19;;8;mười;;;', /“mười”/],
    ['19;;8;-1;;;', /“-1”/],
    ['19;;8;;5;;', /Thiếu tổng số/],
    ['19;;8;10;11;;', /Nữ \(11\) nhiều hơn/],
    ['19;;8;10;;11;', /Dân tộc thiểu số \(11\)/],
    ['19;;8;10;4;5;5', /Nữ dân tộc thiểu số \(5\) nhiều hơn/],
    ['19;;8;10;8;7;4', /ít hơn mức có thể \(5\)/],
    ['19;;9;10;8;7;5', /^$/],
    ['19;;9;10;;;', /Tuổi 9 của 19 đã có/],
  ];
  const { status, body } = await upload(csv(...rows.map(([line]) => line)), { year: 2023 });
  assert.equal(status, 200);
  const bad = rows.flatMap(([, said], index) => (said.source === '^$' ? [] : [{ row: index + 2, said }]));
  assert.deepEqual([body.stored, body.faultsTotal], [false, bad.length]);
  for (const [index, { row, said }] of bad.entries()) {
    assert.equal(body.faults[index]!.row, row);
    assert.match(body.faults[index]!.message.vi, said);
  }
  assert.deepEqual((await list('reviewer.province', 'province', 2023)).tables, []);
});

test('a new table takes the place of the old one of its place and year, which stays', async () => {
  const first = await upload(csv('19;;6;100;;;', '164;;6;40;;;'), { year: 2022 });
  const second = await upload(csv('19;;6;101;;;'), { year: 2022 });
  assert.deepEqual([first.body.replaced, second.body.replaced], [0, 1]);
  const used = await list('reviewer.province', 'province', 2022);
  assert.deepEqual(
    used.tables.map((each) => [each.unitCode, each.people]),
    [
      ['19', 101],
      ['164', 40],
    ],
  );
  const all = await list('reviewer.province', 'province', 2022, 'true');
  assert.deepEqual(
    all.tables.map((each) => [each.unitCode, each.people, each.replacedAt !== null]),
    [
      ['19', 101, false],
      ['19', 100, true],
      ['164', 40, false],
    ],
  );
  const { rows } = await db.owner.query<{ detail: { document_no?: string; documentNo: string; replaced: number } }>(
    `select detail from audit_entry where action = 'population.imported' and unit_id = $1 order by at desc, seq desc limit 1`,
    [units.province.id],
  );
  assert.deepEqual([rows[0]!.detail.documentNo, rows[0]!.detail.replaced], ['12/BC-CTK', 1]);
});

test('the template that is filled in is taken as it is', async () => {
  const answer = await as('admin.province').attempt(downloadPopulationTemplate, {
    params: { unitId: units.province.id },
    query: { year: 2024 },
  });
  const { sheets } = await openWorkbook(sourceOf(answer.rawPayload));
  const rows = [];
  for await (const batch of sheets[0]!.rows()) rows.push(...batch);
  const lines = rows.slice(3).map((row) => row.cells);
  assert.deepEqual(
    [lines.length, lines[0]!.slice(0, 3), lines.at(-1)!.slice(0, 3)],
    [3 * 18, ['19', 'Sở GDĐT Thái Nguyên', 0], ['170', 'Phòng GDĐT Võ Nhai', 17]],
  );
  const empty = await upload(answer.rawPayload, { fileName: 'mau.xlsx', year: 2021 });
  assert.deepEqual([empty.status, empty.body.code], [422, 'file_refused'], 'nothing in it yet');
});

test('what is no population file is refused with one sentence', async () => {
  const bytes = [
    Buffer.from('Tên,Tuổi\nAn,6'),
    Buffer.from([0, 1, 2, 3]),
    Buffer.from('PK không phải'),
    Buffer.from(''),
  ];
  for (const each of bytes) assert.equal((await upload(each)).body.code, 'file_refused', each.toString('latin1'));
});

test('only a province or the ministry imports, each for places within its reach', async () => {
  const line = csv('164;;6;40;;;');
  for (const person of ['reviewer.town', 'admin.town'])
    assert.equal((await upload(line, { person, unit: 'town' })).status, 403, person);
  assert.equal((await upload(line, { person: 'analyst.ministry', unit: 'ministry' })).status, 403);
  assert.equal((await upload(line, { person: 'clerk.doican', unit: 'doiCan' })).status, 403);
  assert.equal((await upload(line, { person: 'reviewer.hills', unit: 'town' })).status, 404);
  const country = await upload(csv('BGDDT;;6;9000;;;', '19;;6;50;;;'), {
    person: 'admin.ministry',
    unit: 'ministry',
    year: 2019,
  });
  assert.deepEqual([country.body.stored, country.body.places], [true, 2]);
  const seen = await list('reviewer.province', 'province', 2019);
  assert.deepEqual(
    seen.tables.map((each) => each.unitCode),
    ['19'],
    'the table of the country is the ministry’s',
  );
});

test('straight in the database nobody writes people of a place out of reach, and nobody changes a table', async () => {
  const actor = { accountId: idOf('reviewer.hills'), name: 'reviewer.hills' };
  const table = { id: idOf('planted'), year: 2024, source: 'x', document_no: 'x', file_name: 'x', file_sha256: 'x' };
  const by = { imported_by: idOf('x'), imported_by_name: 'x', imported_in: idOf('x'), imported_at: new Date() };
  const inHills = (work: Parameters<typeof db.database.read>[3]) =>
    db.database.read(actor, units.hills.id, 'reports.read', work);
  await assert.rejects(
    inHills(({ tx }) =>
      tx
        .insertInto('population')
        .values({ unit_id: units.town.id, ...table, ...by })
        .execute(),
    ),
    { code: '42501' },
  );
  await assert.rejects(
    inHills(({ tx }) => tx.updateTable('population').set({ source: 'khác' }).execute()),
    { code: '42501' },
  );
  await assert.rejects(
    inHills(({ tx }) => tx.updateTable('population_count').set({ people: 1 }).execute()),
    { code: '42501' },
  );
});
