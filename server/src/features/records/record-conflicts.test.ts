// Two at one record, and records that go and come back.
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

describe('a pupil who comes back', () => {
  test('is the same person with a second spell; what is new about the person is kept', async () => {
    const first = (await create(typed('Nông Văn Về', { pin: '019218000601', guardianName: 'Nông Văn Cha' }))).body
      .record;
    assert.equal(
      (
        await create(
          typed('Nông Văn Về', {
            code: first.values.code,
            enteredOn: '2025-02-03',
            entryStatus: '06',
            newEntrant: false,
          }),
        )
      ).status,
      409,
      'the first spell is still open',
    );
    assert.equal((await change(first, { leaveStatus: '04', leftOn: '2024-12-02', destination: '01' })).status, 200);
    const second = await create(
      typed('NÔNG VĂN VỀ', {
        code: first.values.code,
        enteredOn: '2025-02-03',
        entryStatus: '06',
        newEntrant: false,
        guardianPhone: '0912 000 001',
      }),
    );
    assert.equal(second.status, 200, JSON.stringify(second.body));
    assert.deepEqual(
      [second.body.record.values.pin, second.body.record.values.guardianName, second.body.record.values.guardianPhone],
      ['019218••••01', 'Nông Văn Cha', '0912 000 001'],
    );
    assert.equal(await count(`from student where search_key = 'nong van ve' and school_id = $1`, school), 1);
    assert.equal(await held('019218000601'), 1);
  });

  test('may not come back to another school while the number is held here, and may once released', async () => {
    const here = (await create(typed('Ma Văn Chuyển', { pin: '019218000701' }))).body.record;
    const there = () =>
      call(
        'POST',
        `/api/v1/schools/${units.hoaSen.id}/students?schoolYear=2024`,
        {
          values: typed('Ma Văn Chuyển', {
            pin: '019218000701',
            enteredOn: '2024-11-20',
            entryStatus: '02',
            newEntrant: false,
          }),
        },
        { who: 'clerk.hoasen' },
      );
    assert.equal((await there()).status, 409);
    assert.equal((await change(here, { leaveStatus: '04', leftOn: '2024-11-18', destination: '01' })).status, 200);
    assert.equal((await there()).status, 200);
    // And now the old school cannot take the leaving back.
    const left = (await call('GET', `students/${here.id}`)).body;
    assert.equal((await change(left, { leaveStatus: null, leftOn: null, destination: null })).body.code, 'duplicate');
    // Nor does it let the number go by taking it from its own record.
    assert.equal((await change(left, { pin: null })).status, 200);
    assert.equal(await held('019218000701'), 1);
  });
});

describe('two people at one record', () => {
  test('the second is told and shown what the first wrote', async () => {
    const record = (await create(typed('Phạm Thị Hai Người'))).body.record;
    const first = await change(record, { informatics: true });
    assert.deepEqual([first.status, first.body.record.version], [200, '1.2'], 'only the row of the year was written');
    const second = await change(record, { twoSessions: false });
    assert.deepEqual([second.status, second.body.code], [409, 'stale_record']);
    assert.deepEqual(
      [second.body.current.version, second.body.current.values.informatics, second.body.current.values.twoSessions],
      ['1.2', true, true],
    );
    const settled = await change(second.body.current, { twoSessions: false });
    assert.deepEqual([settled.body.record.values.informatics, settled.body.record.values.twoSessions], [true, false]);
  });

  test('at the same instant one wins and no change is lost unseen', async () => {
    const record = (await create(typed('Phạm Thị Cùng Lúc'))).body.record;
    const answers = await Promise.all(
      ['A', 'B', 'C', 'D'].map((name) => change(record, { guardianName: `Phạm Văn ${name}` })),
    );
    assert.deepEqual(answers.map((answer) => String(answer.status)).toSorted(), ['200', '409', '409', '409']);
    const winner = answers.find((answer) => answer.status === 200)!.body.record;
    assert.deepEqual((await call('GET', `students/${record.id}`)).body.values.guardianName, winner.values.guardianName);
    assert.equal(winner.version, '2.1', 'only the person was written');
  });

  test('the same change sent again, as after a lost answer, is no conflict', async () => {
    const record = (await create(typed('Phạm Thị Gửi Lại'))).body.record;
    const once = await change(record, { repeating: true, newEntrant: false });
    const again = await change(record, { repeating: true, newEntrant: false });
    assert.deepEqual([again.status, again.body.record.version], [200, once.body.record.version]);
  });

  test('two spells of one person changed in one sheet: both changes are kept', async () => {
    const first = (
      await create(typed('Lường Văn Hai Lần', { leaveStatus: '04', leftOn: '2024-11-18', destination: '01' }))
    ).body.record;
    const second = (
      await create(
        typed('Lường Văn Hai Lần', {
          code: first.values.code,
          enteredOn: '2025-02-03',
          entryStatus: '06',
          newEntrant: false,
        }),
      )
    ).body.record;
    const { body } = await call('POST', 'students/changes?schoolYear=2024', {
      changes: [
        { id: first.id, version: first.version, values: { guardianName: 'Lường Văn Cha' } },
        { id: second.id, version: second.version, values: { guardianPhone: '0912 000 003', pin: '019218000411' } },
      ],
    });
    assert.deepEqual(
      body.results.map((result) => result.state),
      ['saved', 'saved'],
    );
    for (const { id } of [first, second]) {
      const { values } = (await call('GET', `students/${id}`)).body;
      assert.deepEqual(
        [values.guardianName, values.guardianPhone, values.pin],
        ['Lường Văn Cha', '0912 000 003', '019218••••11'],
      );
    }
  });

  test('two tabs remove and change: the later is told', async () => {
    const record = (await create(typed('Phạm Thị Hai Tab'))).body.record;
    await change(record, { informatics: true });
    assert.deepEqual(
      (await call('DELETE', `students/${record.id}?version=${record.version}`)).body.code,
      'stale_record',
    );
    assert.equal((await call('DELETE', `students/${record.id}?version=1.2`)).status, 200);
    assert.deepEqual((await change(record, { informatics: false })).status, 404);
    assert.deepEqual((await call('DELETE', `students/${record.id}?version=1.2`)).status, 404);
  });
});

describe('removing', () => {
  test('keeps history, and what is used stays', async () => {
    const used = await call('GET', `classes/${schoolClass('1A').id as string}`);
    const refused = await call('DELETE', `classes/${used.body.id}?version=1`);
    assert.deepEqual(
      [refused.status, refused.body.code, refused.body.text.vi.includes('học sinh')],
      [409, 'in_use', true],
    );
    assert.equal((await call('DELETE', `classes/${schoolClass('3A').id as string}?version=1`)).status, 200);
    assert.equal(await count(`from history where table_name = 'class' and record_id = $1`, schoolClass('3A').id), 1);
    const head = await call('GET', 'staff?schoolYear=2024');
    const staff = head.body.records[0]!;
    await call('PATCH', `classes/${schoolClass('2A').id as string}`, {
      version: '1',
      values: { homeroomTeacher: staff.values.code },
    });
    assert.equal((await call('DELETE', `staff/${staff.id}?version=${staff.version}`)).body.code, 'in_use');
  });

  test('taken back: the same id, the same person, the number too, and versions go on', async () => {
    const record = (await create(typed('Triệu Thị Hoàn Tác', { pin: '019318000901', sex: '02' }))).body.record;
    const changed = (await change(record, { informatics: true })).body.record;
    assert.equal((await call('DELETE', `students/${record.id}?version=${changed.version}`)).status, 200);
    assert.equal(await held('019318000901'), 0);
    assert.equal(await count(`from student where full_name = 'Triệu Thị Hoàn Tác'`), 0);
    const back = await create(changed.values, record.id);
    assert.equal(back.status, 200, JSON.stringify(back.body));
    assert.deepEqual(back.body.record.values, changed.values);
    assert.equal(back.body.record.version, '2.3');
    const { rows } = await db.owner.query<{ pin_cipher: Buffer }>(
      `select pin_cipher from student where full_name = 'Triệu Thị Hoàn Tác'`,
    );
    assert.equal(db.secrets.decrypt(rows[0]!.pin_cipher), '019318000901');
    assert.equal(await held('019318000901'), 1);
    // And it can be changed and removed again.
    const once = await change(back.body.record, { informatics: false });
    assert.equal((await call('DELETE', `students/${record.id}?version=${once.body.record.version}`)).status, 200);
  });
});
