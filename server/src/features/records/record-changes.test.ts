import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { serveRecords } from '#features/records';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { seatCast, units } from '#testing/cast.ts';
import {
  insertSchool,
  recordRequests,
  schoolClass,
  site,
  student,
  teacher,
  typedStudent,
  type RecordBody,
  type RecordsBody,
} from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
const school = units.doiCan.id;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  const sites = [site(), site({ code: 'D2', name: 'Nà Lẹng', isMain: false })];
  await insertSchool(db, school, {
    site: sites,
    class: ['1A', '1B', '2A', '3A'].map((code) => schoolClass(code)),
    student: [student('Trần Văn An')],
    staff: [teacher('Ma Thị Hiền')],
  });
  await insertSchool(db, units.hoaSen.id, {
    site: sites,
    class: [schoolClass('1A')],
    student: [student('Lê Thị Bình', { pin: '019318000099' })],
  });
});
after(async () => {
  await app.close();
  await db.close();
});

const call = recordRequests<RecordsBody>(
  () => db,
  () => app,
  school,
  'clerk.doican',
);
const typed = typedStudent;
const create = (values: Record<string, unknown>, id = newId()) =>
  call('POST', 'students?schoolYear=2024', { id, values });
const change = ({ id, version }: RecordBody, values: object) => call('PATCH', `students/${id}`, { version, values });
const count = async (sql: string, ...params: unknown[]) =>
  Number((await db.owner.query<{ count: string }>(`select count(*) ${sql}`, params)).rows[0]!.count);
const held = (pin: string) => count('from pin_registry where pin_hash = $1', db.secrets.fingerprint(pin));

describe('a new record', () => {
  test('is read as people write, gets a code, and comes back with what may still be wrong', async () => {
    const { status, body } = await create(
      typed('  nguyễn   văn Bảo ', {
        birthDate: '05/9/2018',
        sex: 'Nữ',
        ethnicity: 'Tày',
        twoSessions: 'x',
        grade: 'Lớp 1',
        pin: '019 318 000 021',
      }),
    );
    assert.equal(status, 200, JSON.stringify(body));
    const { values, findings, version } = body.record;
    assert.deepEqual(
      [
        values.fullName,
        values.birthDate,
        values.sex,
        values.ethnicity,
        values.twoSessions,
        values.grade,
        values.pin,
        version,
      ],
      ['nguyễn văn Bảo', '2018-09-05', '02', '02', true, '01', '019318••••21', '1.1'],
    );
    assert.match(values.code as string, /^19164401-\d{5}$/);
    assert.deepEqual(
      findings.map((finding) => [finding.rule, finding.severity]),
      [],
      'this number is of a girl born in 2018',
    );
  });

  test('with errors is refused, each at its field with its sentence, and nothing is stored', async () => {
    const before_ = await count('from student');
    const { status, body } = await create(
      typed('Lê Văn Lỗi', { birthDate: '31/02/2018', classCode: '9Z', sex: null, pin: '123' }),
    );
    assert.deepEqual([status, body.code], [422, 'invalid_record']);
    assert.deepEqual(body.findings.map((finding) => `${finding.field}: ${finding.rule}`).toSorted(), [
      'birthDate: bad_date',
      'classCode: student_class_unknown',
      'pin: bad_pin',
      'sex: required',
    ]);
    assert.ok(body.findings.every((finding) => finding.message.vi.length > 20));
    assert.ok(!JSON.stringify(body).includes('"123"'), 'numbers are never repeated');
    assert.equal(await count('from student'), before_);
  });

  test('twice with the same key is written once and answered alike', async () => {
    const payload = { values: typed('Hoàng Văn Đôi') };
    const first = await call('POST', 'students?schoolYear=2024', payload, { key: 'double-click-1' });
    const second = await call('POST', 'students?schoolYear=2024', payload, { key: 'double-click-1' });
    assert.equal(first.status, 200);
    assert.deepEqual(second, first);
    assert.equal(await count(`from student where full_name = 'Hoàng Văn Đôi'`), 1);
  });

  test('twice at once with the same id is written once; the loser sees the winner', async () => {
    const id = newId();
    const values = typed('Hoàng Văn Đua');
    const answers = await Promise.all([
      create(values, id),
      create(values, id),
      create({ ...values, twoSessions: false }, id),
    ]);
    assert.equal(await count(`from student where full_name = 'Hoàng Văn Đua'`), 1);
    assert.ok(answers.some((answer) => answer.status === 200));
    for (const { status, body } of answers)
      assert.ok(status === 200 || body.code === 'stale_record' || body.code === 'duplicate', `${status} ${body.code}`);
    // Sent again later, as after a lost answer: the same values are the same record.
    const winner = await call('GET', `students/${id}`);
    const again = await create(typed('Hoàng Văn Đua', { twoSessions: winner.body.values.twoSessions }), id);
    assert.deepEqual([again.status, again.body.record.version], [200, '1.1']);
  });

  test('many at once get codes of their own', async () => {
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) => create(typed(`Vũ Thị Mã ${'abcdefghijkl'[index]}`))),
    );
    const codes = answers.map((answer) => answer.body.record.values.code);
    assert.equal(new Set(codes).size, 12);
  });

  test('never takes a code that was typed, or that was of somebody removed', async () => {
    const code = (await create(typed('Chu Thị Trước'))).body.record.values.code as string;
    const next = `19164401-${String(Number(code.slice(-5)) + 1).padStart(5, '0')}`;
    assert.equal((await create(typed('Chu Thị Gõ', { code: next }))).body.record.values.code, next);
    const after_ = (await create(typed('Chu Thị Sau'))).body.record;
    assert.ok((after_.values.code as string) > next);
    await call('DELETE', `students/${after_.id}?version=${after_.version}`);
    assert.ok((await create(typed('Chu Thị Cuối'))).body.record.values.code !== after_.values.code);
  });

  test('with the number of somebody at another school is refused without saying whose', async () => {
    const { status, body } = await create(typed('Lê Thị Bình', { pin: '019318000099', sex: '02' }));
    assert.deepEqual([status, body.code], [409, 'duplicate']);
    assert.match(body.text.vi, /ở trường khác/);
    assert.ok(!JSON.stringify(body).includes('Hoa Sen'));
    assert.equal(await count(`from student where school_id = $1 and full_name = 'Lê Thị Bình'`, school), 0);
  });

  test('with the code or the number of somebody else in the school is refused', async () => {
    const known = (await create(typed('Đặng Văn Một', { pin: '019218000501' }))).body.record;
    const sameCode = await create(typed('Đặng Văn Hai', { code: known.values.code }));
    assert.deepEqual(
      [sameCode.body.code, sameCode.body.text.vi.includes(known.values.code as string)],
      ['duplicate', true],
    );
    const samePin = await create(typed('Đặng Văn Hai', { pin: '019218000501' }));
    assert.deepEqual(
      [samePin.body.code, samePin.body.text.vi.includes('019218••••01')],
      ['duplicate', true],
      JSON.stringify(samePin.body),
    );
  });
});

describe('a change', () => {
  test('may not bring an error, but an old one does not stand in the way of mending another', async () => {
    const { id, ...values } = student('Lý Văn Lỗi Cũ', {
      id: newId(),
      birthDate: '2003-01-01',
      newEntrant: true,
      repeating: true,
    });
    await insertSchool(db, units.laHien.id, {
      site: [site()],
      class: [schoolClass('1A')],
      student: [{ id, ...values }],
    });
    const at = (version: string, change_: object) =>
      call(
        'PATCH',
        `/api/v1/schools/${units.laHien.id}/students/${id as string}`,
        { version, values: change_ },
        { who: 'clerk.lahien' },
      );
    const mended = await at('1.1', { newEntrant: false });
    assert.equal(mended.status, 200, JSON.stringify(mended.body));
    assert.deepEqual(
      mended.body.record.findings.filter((finding) => finding.severity === 'error').map((finding) => finding.rule),
      ['student_age_impossible'],
    );
    const worse = await at('1.2', { leftOn: '2024-01-01', leaveStatus: '04' });
    assert.equal(worse.body.code, 'invalid_record');
  });

  test('of the number: the mask that comes back changes nothing, a new one is sealed, an empty one removes it', async () => {
    const record = (await create(typed('Bế Thị Số', { pin: '019218000801', sex: '01' }))).body.record;
    const masked = await change(record, { pin: '019218••••01', informatics: true });
    assert.deepEqual([masked.body.record.version, masked.body.record.values.pin], ['1.2', '019218••••01']);
    const same = await change(masked.body.record, { pin: '019218000801' });
    assert.equal(same.body.record.version, '1.2');
    const other = await change(same.body.record, { pin: '019218000802' });
    assert.deepEqual([other.body.record.version, other.body.record.values.pin], ['2.2', '019218••••02']);
    const stored = (
      await db.owner.query<{ pin_cipher: Buffer; pin_hash: Buffer }>(
        `select pin_cipher, pin_hash from student where full_name = 'Bế Thị Số'`,
      )
    ).rows[0]!;
    assert.equal(db.secrets.decrypt(stored.pin_cipher), '019218000802');
    assert.ok(stored.pin_hash.equals(db.secrets.fingerprint('019218000802')));
    assert.deepEqual([await held('019218000801'), await held('019218000802')], [0, 1]);
    const none = await change(other.body.record, { pin: null });
    assert.equal(none.body.record.values.pin, null);
    assert.equal(await held('019218000802'), 0);
  });

  test('cannot set what an upper tier decides, nor a field that is not there', async () => {
    const profile = await call('PATCH', 'profile?schoolYear=2024', {
      version: '0',
      values: { headName: 'Ma Thị Hiền', nationalStandard: '02', schoolId: units.hoaSen.id, version: 99 },
    });
    assert.equal(profile.status, 200);
    assert.equal(profile.body.record.values.nationalStandard, null);
    assert.equal(await count('from school_profile where school_id = $1', units.hoaSen.id), 0);
  });
});

describe('many at once', () => {
  const save = (changes: object[], key?: string) =>
    call('POST', 'students/changes?schoolYear=2024', { changes }, { key });

  test('bad rows do not stop good ones; answers are in order', async () => {
    const kept = (await create(typed('Dương Văn Giữ', { pin: '019218001001' }))).body.record;
    const stale = (await create(typed('Dương Văn Cũ'))).body.record;
    await change(stale, { informatics: true });
    const gone = newId();
    const { status, body } = await save([
      { id: newId(), values: typed('Dương Văn Mới') },
      { id: kept.id, version: kept.version, values: { twoSessions: false } },
      { id: stale.id, version: stale.version, values: { twoSessions: false } },
      { id: newId(), values: typed('Dương Văn Sai', { birthDate: 'hôm qua' }) },
      { id: newId(), values: typed('Dương Thị Trùng', { pin: '019218001001' }) },
      { id: newId(), values: typed('Dương Văn Mới Nữa') },
      { id: gone, version: '3.1', values: { twoSessions: true } },
      { id: kept.id, version: kept.version, values: { twoSessions: true, informatics: true } },
      { values: typed('Dương Văn Không Mã') },
    ]);
    assert.equal(status, 200, JSON.stringify(body));
    assert.deepEqual(
      body.results.map((result) => result.state),
      ['saved', 'saved', 'stale', 'invalid', 'refused', 'saved', 'stale', 'stale', 'saved'],
    );
    assert.equal(body.results[2]!.record!.values.informatics, true);
    assert.equal(body.results[3]!.findings[0]!.rule, 'bad_date');
    assert.match(body.results[4]!.problem!.vi, /019218••••01/);
    assert.equal(body.results[6]!.record, null);
    assert.deepEqual(
      [body.results[7]!.record!.values.twoSessions, body.results[7]!.record!.values.informatics],
      [false, false],
    );
    assert.equal(await count(`from student where full_name like 'Dương Văn %'`), 5);
    const entry = (
      await db.owner.query<{ detail: object }>(
        `select detail from audit_entry where action = 'students.change-many' order by seq desc limit 1`,
      )
    ).rows[0]!;
    assert.deepEqual(entry.detail, { schoolYear: 2024, added: 3, changed: 1, refused: 5 });
  });

  test('the same rows sent again change nothing', async () => {
    const changes = Array.from({ length: 20 }, (_, index) => ({
      id: newId(),
      values: typed(`Sùng A ${String.fromCharCode(65 + index)}`),
    }));
    const first = await save(changes);
    const again = await save(changes);
    assert.ok(first.body.results.every((result) => result.state === 'saved'));
    assert.deepEqual(
      again.body.results.map((result) => result.record!.version),
      first.body.results.map((result) => result.record!.version),
    );
    assert.equal(await count(`from student where full_name like 'Sùng A _'`), 20);
  });

  test('500 rows, a tenth of which the database refuses, in one request', async () => {
    const kept = (await create(typed('Giàng Thị Giữ', { pin: '019318002000', sex: '02' }))).body.record;
    assert.ok(kept);
    const letters = 'abcdefghijklmnopqrstuvwxy';
    const changes = Array.from({ length: 500 }, (_, index) => {
      const name = `Giàng ${letters[index % 25]} ${letters[Math.floor(index / 25)]}`;
      return { id: newId(), values: index % 10 === 3 ? typed(name, { pin: '019318002000', sex: '02' }) : typed(name) };
    });
    const { status, body } = await save(changes);
    assert.equal(status, 200);
    body.results.forEach((result, index) =>
      assert.equal(result.state, index % 10 === 3 ? 'refused' : 'saved', String(index)),
    );
    assert.equal(await count(`from student where full_name ~ '^Giàng . .$'`), 450);
    assert.equal((await save([...changes, { values: {} }])).status, 400, 'at most 500');
  });

  test('of every other kind', async () => {
    const results = async (collection: string, changes: object[]) =>
      (await call('POST', `${collection}/changes?schoolYear=2024`, { changes })).body.results.map(
        (result) => result.state,
      );
    assert.deepEqual(
      await results('sites', [
        { values: site({ code: 'D3', name: 'Khe Rịa', isMain: false }) },
        { values: site({ code: 'D1', isMain: false }) },
      ]),
      ['saved', 'refused'],
    );
    const { id: _, ...newClass } = schoolClass('2B');
    assert.deepEqual(
      await results('classes', [{ values: newClass }, { values: { ...newClass, code: '2C', siteCode: 'D9' } }]),
      ['saved', 'invalid'],
    );
    assert.deepEqual(
      await results('rooms', [{ values: { level: '02', roomKind: 'solid', solid: 1, semiSolid: 0, temporary: 0 } }]),
      ['invalid'],
    );
    assert.deepEqual(await results('budget-lines', [{ values: { line: 'x', settled: 1, planned: 1, estimated: 1 } }]), [
      'invalid',
    ]);
    const { id: __, ...newTeacher } = teacher('Hứa Thị Dạy', { pin: '019180000777' });
    assert.deepEqual(
      await results('staff', [{ values: newTeacher }, { values: { ...newTeacher, fullName: 'Hứa Thị Khác' } }]),
      ['saved', 'refused'],
    );
  });
});
