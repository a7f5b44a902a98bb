import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { serveRecords } from '#features/records';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { seatCast, signedIn, units, type PersonName } from '#testing/cast.ts';
import { insertSchool, schoolClass, site, student, teacher } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
const school = units.doiCan.id;

const names = [
  'Nguyễn Thị Ân',
  'Trần Văn An',
  'Bùi Thị Ánh',
  'Lê Văn Anh',
  'Nguyễn Văn Đức',
  'Nguyễn Văn Dũng',
  'Phạm Thị Ảnh',
  'Vũ Thị Anh',
  'An Văn Ba',
  'Đỗ Ê',
  'Hoàng Văn Yên',
];

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  await insertSchool(db, school, {
    site: [site(), site({ code: 'D2', name: 'Nà Lẹng', isMain: false, distanceKm: 4.5, address: 'Xóm Đồng' })],
    class: [
      schoolClass('1A'),
      schoolClass('1B', { siteCode: 'D2', boarding: true, combined: true, combinedGrades: ['01', '02'] }),
      schoolClass('2A'),
    ],
    student: [
      ...names.map((name, index) =>
        student(name, { birthDate: `2018-0${1 + (index % 9)}-10`, ethnicity: index < 3 ? '02' : '01' }),
      ),
      student('Ma Văn Tài', {
        classCode: '2A',
        grade: '02',
        birthDate: '2017-01-01',
        newEntrant: false,
        leaveStatus: '04',
        leftOn: '2024-11-15',
        destination: '02',
        disability: '01',
      }),
      student('Nông Thị Hà', {
        classCode: '1B',
        birthDate: '2004-01-01',
        enteredOn: '2025-02-10',
        entryStatus: '06',
        newEntrant: false,
      }),
    ],
    staff: [
      teacher('Ma Thị Hiền', { subjects: ['09', '01'] }),
      teacher('Lê Văn Tám', { pin: '019080000002', sex: '01', subjects: ['01'] }),
    ],
  });
});
after(async () => {
  await app.close();
  await db.close();
});

interface Answer {
  total: number;
  records: {
    id: string;
    version: string;
    values: Record<string, unknown>;
    findings: { rule: string; message: { vi: string } }[];
  }[];
}

async function list(
  collection: string,
  query: Record<string, string | number> = {},
  who: PersonName = 'clerk.doican',
  at = school,
) {
  const headers = await signedIn(db.owner, who);
  const search = new URLSearchParams({
    schoolYear: '2024',
    ...Object.fromEntries(Object.entries(query).map(([key, value]) => [key, String(value)])),
  });
  const answer = await app.inject({ url: `/api/v1/schools/${at}/${collection}?${search.toString()}`, headers });
  return { status: answer.statusCode, body: answer.json<Answer & { code?: string }>() };
}

const namesIn = (answer: { body: Answer }) => answer.body.records.map((record) => record.values.fullName as string);
const found = async (query: Record<string, string | number>) => namesIn(await list('students', query));

describe('order', () => {
  test('names go by given name with its tone, then by family and middle name, as Vietnamese dictionaries do', async () => {
    assert.deepEqual(await found({}), [
      'Trần Văn An',
      'Lê Văn Anh',
      'Vũ Thị Anh',
      'Phạm Thị Ảnh',
      'Bùi Thị Ánh',
      'Nguyễn Thị Ân',
      'An Văn Ba',
      'Nguyễn Văn Dũng',
      'Nguyễn Văn Đức',
      'Đỗ Ê',
      'Nông Thị Hà',
      'Ma Văn Tài',
      'Hoàng Văn Yên',
    ]);
    assert.deepEqual(await found({ sort: '-fullName' }), (await found({})).toReversed());
    // The plain list walks along an index, a filtered one does not: both are in the same order.
    for (const sort of ['fullName', '-fullName'])
      assert.deepEqual(await found({ sort, filter: '{"sex":["01","02"]}' }), await found({ sort }));
  });

  test('by any field, the usual order deciding among equals', async () => {
    const sorted = await list('students', { sort: '-classCode' });
    assert.deepEqual(
      sorted.body.records.map((record) => record.values.classCode),
      ['2A', '1B', ...names.map(() => '1A')],
    );
    assert.deepEqual(namesIn(sorted).slice(2, 5), ['Trần Văn An', 'Lê Văn Anh', 'Vũ Thị Anh']);
    // Empty values last, in both directions.
    assert.equal((await found({ sort: 'leftOn' }))[0], 'Ma Văn Tài');
    assert.equal((await found({ sort: '-leftOn' }))[0], 'Ma Văn Tài');
    for (const { key, sort } of [
      { key: 'pin', sort: 'pin' },
      { key: 'unknown', sort: 'unknown' },
      { key: 'injection', sort: 'code; drop table student' },
    ]) {
      assert.equal((await list('students', { sort })).status, 400, key);
    }
  });

  test('every field of every kind can be sorted by', async () => {
    const { listKinds } = await import('@khuevan/core/records/kinds.ts');
    for (const kind of listKinds) {
      for (const field of kind.fields.filter((each) => each.type !== 'pin'))
        assert.equal((await list(kind.collection, { sort: field.key })).status, 200, `${kind.name}.${field.key}`);
    }
  });
});

describe('search', () => {
  test('without diacritics, in any case, by parts of the name or code', async () => {
    assert.deepEqual(await found({ search: 'nguyen van duc' }), ['Nguyễn Văn Đức']);
    assert.deepEqual(await found({ search: 'ĐỨC nguyễn' }), ['Nguyễn Văn Đức']);
    assert.deepEqual(await found({ search: '  ANH   thi ' }), ['Vũ Thị Anh', 'Phạm Thị Ảnh', 'Bùi Thị Ánh']);
    assert.deepEqual(await found({ search: '%' }), []);
    assert.deepEqual(await found({ search: '_' }), []);
    assert.equal((await found({ search: '19164401-' })).length, 13);
    assert.equal((await found({ search: '-00012' })).length, 1);
    assert.deepEqual(
      (await list('sites', { search: 'na leng' })).body.records.map((record) => record.values.code),
      ['D2'],
    );
  });
});

describe('filter', () => {
  const filtered = async (filter: unknown) => found({ filter: JSON.stringify(filter), sort: 'birthDate' });

  test('by codes, ranges, yes or no, and empty', async () => {
    assert.deepEqual(await filtered({ classCode: ['2A', '1B'] }), ['Nông Thị Hà', 'Ma Văn Tài']);
    assert.deepEqual(await filtered({ birthDate: { to: '2017-12-31' } }), ['Nông Thị Hà', 'Ma Văn Tài']);
    assert.deepEqual(await filtered({ birthDate: { from: '2017-01-01', to: '2017-01-01' }, newEntrant: false }), [
      'Ma Văn Tài',
    ]);
    assert.equal((await filtered({ leftOn: null })).length, 12);
    assert.equal((await filtered({ leaveStatus: ['04', null] })).length, 13);
    assert.equal((await filtered({ pin: null })).length, 13);
    assert.deepEqual(await filtered({ ethnicity: ['02'], fullName: ['Trần Văn An'] }), ['Trần Văn An']);
    const numbers = await list('sites', { filter: '{"distanceKm":{"from":4}}' });
    assert.deepEqual(
      numbers.body.records.map((record) => record.values.distanceKm),
      [4.5],
    );
    const lists = await list('staff', { filter: '{"subjects":["09"]}' });
    assert.deepEqual(namesIn(lists), ['Ma Thị Hiền']);
    assert.deepEqual((await list('classes', { filter: '{"combinedGrades":null}' })).body.total, 2);
  });

  test('what is no filter of the field is refused, and so is everything that is no field', async () => {
    const refused = [
      'x',
      '[]',
      '1',
      'null',
      '{"unknown":["a"]}',
      '{"birthDate":["2018-01-01"]}',
      '{"birthDate":{"from":"x"}}',
      '{"newEntrant":"true"}',
      '{"pin":["019318000021"]}',
      '{"code":{"from":"a"}}',
      '{"code":[]}',
      '{"classCode":[{}]}',
      '{"birthDate":{"from":"2018-01-01","or":"1=1"}}',
      `{"r.id":["x' or 'a'='a"]}`,
    ];
    for (const filter of refused) {
      const { status, body } = await list('students', { filter });
      assert.deepEqual([status, body.code], [400, 'invalid_request'], filter);
    }
  });

  test('spells that hold on a day', async () => {
    assert.equal((await found({ presentOn: '2024-09-30' })).length, 12);
    assert.ok((await found({ presentOn: '2024-11-14' })).includes('Ma Văn Tài'));
    // The day of leaving is the first day away, the day of entering the first day there.
    assert.ok(!(await found({ presentOn: '2024-11-15' })).includes('Ma Văn Tài'));
    assert.ok(!(await found({ presentOn: '2025-02-09' })).includes('Nông Thị Hà'));
    assert.ok((await found({ presentOn: '2025-02-10' })).includes('Nông Thị Hà'));
    assert.equal((await list('classes', { presentOn: '2024-09-30' })).status, 400);
  });
});

describe('pages', () => {
  test('each record is on exactly one page, in the order of the whole', async () => {
    const whole = await found({});
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list('students', { page, pageSize: 4 })));
    assert.deepEqual(pages.flatMap(namesIn), whole);
    assert.deepEqual(
      pages.map((page) => [page.body.total, page.body.records.length]),
      [
        [13, 4],
        [13, 4],
        [13, 4],
        [13, 1],
      ],
    );
    const beyond = await list('students', { page: 9, pageSize: 4 });
    assert.deepEqual([beyond.body.total, beyond.body.records.length], [13, 0]);
    assert.equal((await list('students', { pageSize: 201 })).status, 400);
    assert.deepEqual((await list('students', { schoolYear: 2023 })).body, { total: 0, records: [] });
  });

  test('equals are ordered by id, so that pages never overlap', async () => {
    const sorted = async (page: number) =>
      (await list('students', { page, pageSize: 3, sort: 'twoSessions' })).body.records.map((record) => record.id);
    const ids = (await Promise.all([1, 2, 3, 4, 5].map(sorted))).flat();
    assert.equal(new Set(ids).size, 13);
  });
});

describe('findings', () => {
  test('come with each record, with the sentence; and alone on request', async () => {
    const all = await list('students');
    const tooOld = all.body.records.find((record) => record.values.fullName === 'Nông Thị Hà')!;
    assert.ok(
      tooOld.findings.some(
        (finding) => finding.rule === 'student_age_impossible' && finding.message.vi.includes('20 tuổi'),
      ),
    );
    const marked = await list('students', { withFindings: 'true', filter: '{"classCode":["1B"]}' });
    assert.deepEqual([marked.body.total, namesIn(marked)], [1, ['Nông Thị Hà']]);
  });

  test('of a whole school, by rule', async () => {
    const headers = await signedIn(db.owner, 'clerk.doican');
    const answer = await app.inject({
      url: `/api/v1/schools/${school}/findings?schoolYear=2024&asOf=2024-09-30&limit=5`,
      headers,
    });
    const body = answer.json<{
      errors: number;
      warnings: number;
      byRule: { rule: string; severity: string; count: number }[];
      findings: { rule: string; severity: string }[];
    }>();
    assert.equal(answer.statusCode, 200);
    assert.equal(body.findings.length, 5);
    assert.ok(
      body.findings.every((finding) => finding.severity === 'error'),
      'errors come first',
    );
    assert.equal(
      body.byRule.reduce((sum, { count }) => sum + count, 0),
      body.errors + body.warnings,
    );
    // Every pupil lacks a number; the profile is not there at all.
    assert.equal(body.byRule.find(({ rule }) => rule === 'student_pin_missing')?.count, 13);
    assert.ok(body.byRule.find(({ rule }) => rule === 'required')!.count >= 10);
  });
});

test('one record, with dates, numbers and lists as they are', async () => {
  const headers = await signedIn(db.owner, 'clerk.doican');
  const id = schoolClass('1B').id as string;
  const { values, version } = (await app.inject({ url: `/api/v1/schools/${school}/classes/${id}`, headers })).json<
    Answer['records'][number]
  >();
  assert.deepEqual(values, {
    code: '1B',
    name: 'Lớp 1B',
    grade: '01',
    ageGroup: null,
    specialisation: null,
    siteCode: 'D2',
    sessionsPerWeek: '05',
    twoSessions: true,
    combined: true,
    combinedGrades: ['01', '02'],
    combinedAges: null,
    boarding: true,
    special: false,
    homeroomTeacher: null,
  });
  assert.equal(version, '1');
});
