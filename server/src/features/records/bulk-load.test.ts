import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { drawSampleSchool } from '@khuevan/core/rules/sample-school.ts';
import { digestRecords, findSchoolFindings, loadSchools, type LoadedRecord } from '#features/records';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { idOf, seatCast, units } from '#testing/cast.ts';
import { insertSchool, schoolClass, site, student, teacher } from '#testing/records.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
});
after(() => db.close());

const clerk = { accountId: idOf('clerk.doican'), name: 'clerk.doican' };
const digest = () =>
  db.database.read(clerk, units.doiCan.id, 'records.read', ({ tx }) => digestRecords(tx, units.doiCan.id, 2024));

test('schools are loaded whole: values, ids, codes, sealed numbers, the registry, an audit entry that rows point to', async () => {
  const client = await db.owner.connect();
  const odd = 'D\\1\t"x"\nđ';
  try {
    await client.query('begin');
    const counts = await loadSchools(
      client,
      db.secrets,
      [
        {
          schoolId: units.hoaSen.id,
          schoolYear: 2024,
          records: {
            site: [site({ name: odd, distanceKm: 1.25 })],
            class: [schoolClass('1A', { combined: true, combinedGrades: ['01', '02'] })],
            student: [
              student('Một', { code: 'M1', leaveStatus: '04', leftOn: '2024-10-01', pin: '019218000011' }),
              student('Một', {
                id: idOf('second spell'),
                code: 'M1',
                enteredOn: '2025-01-06',
                entryStatus: '06',
                pin: '019218000011',
              }),
              student('Hai'),
              student('Ba', { code: '' }),
            ],
            staff: [teacher('Bốn', { subjects: [] })],
          },
        },
        { schoolId: units.laHien.id, schoolYear: 2024, records: {} },
      ],
      { actorName: 'Người nạp', schoolsPerBatch: 1 },
    );
    await client.query('commit');
    assert.deepEqual(counts, { profile: 0, site: 1, class: 1, student: 4, staff: 1, room: 0, budget: 0 });
  } finally {
    client.release();
  }
  const one = async <T extends object>(sql: string) => (await db.owner.query<T>(sql)).rows;
  assert.deepEqual(await one(`select name, distance_km from site`), [{ name: odd, distance_km: 1.25 }]);
  assert.deepEqual(await one(`select combined_grades from class`), [{ combined_grades: ['01', '02'] }]);
  assert.deepEqual(await one(`select subjects from assignment`), [{ subjects: null }]);
  assert.deepEqual(await one(`select full_name, code from student order by code`), [
    { full_name: 'Hai', code: '19164402-00001' },
    { full_name: 'Ba', code: '19164402-00002' },
    { full_name: 'Một', code: 'M1' },
  ]);
  assert.deepEqual(await one(`select table_name, last_serial from code_counter order by 1`), [
    { table_name: 'staff_member', last_serial: 1 },
    { table_name: 'student', last_serial: 2 },
  ]);
  const [sealed] = await one<{ pin_cipher: Buffer; pin_mask: string }>(
    `select pin_cipher, pin_mask from student where pin_hash is not null`,
  );
  assert.deepEqual([db.secrets.decrypt(sealed!.pin_cipher), sealed!.pin_mask], ['019218000011', '019218••••11']);
  assert.deepEqual(await one(`select pin_hash from pin_registry where kind = 'student'`), [
    { pin_hash: db.secrets.fingerprint('019218000011') },
  ]);
  assert.deepEqual(
    await one(
      `select u.code, e.account_name, e.detail from audit_entry e join unit u on u.id = e.unit_id order by u.code`,
    ),
    [
      {
        code: '19164402',
        account_name: 'Người nạp',
        detail: { schoolYear: 2024, site: 1, class: 1, student: 4, staff: 1 },
      },
      { code: '19170401', account_name: 'Người nạp', detail: { schoolYear: 2024 } },
    ],
  );
  assert.equal(
    (
      await one(
        `select 1 from enrolment r where not exists (select 1 from audit_entry e where e.unit_id = r.school_id and e.id = r.audit_id)`,
      )
    ).length,
    0,
  );
  assert.deepEqual(await one('select * from broken_audit_chains()'), []);
});

test('a whole school’s findings are those of the rules run on the drawn school itself', async () => {
  const { records } = drawSampleSchool('findings', 300);
  const numbered: LoadedRecord[] = records.student.map((pupil, index) => ({ ...pupil, id: idOf(`drawn ${index}`) }));
  // Plants: an impossible age, a shared number, a class that is not the grade's.
  numbered[3] = { ...numbered[3]!, birthDate: '2001-01-01', pin: null };
  numbered[9] = {
    ...numbered[9]!,
    fullName: numbered[8]!.fullName,
    birthDate: numbered[8]!.birthDate,
    sex: numbered[8]!.sex,
    pin: null,
  };
  await insertSchool(db, units.doiCan.id, { ...records, student: numbered });
  const findings = await db.database.read(clerk, units.doiCan.id, 'records.read', ({ tx }) =>
    findSchoolFindings(tx, units.doiCan.id, 2024, '2024-09-30'),
  );
  const of = (rule: string) => findings.filter((finding) => finding.rule === rule).map((finding) => finding.recordId);
  assert.deepEqual(of('student_age_impossible'), [idOf('drawn 3')]);
  assert.equal(of('student_pin_missing').length, 2);
  assert.equal(of('student_duplicate_person').length, 1);
  assert.deepEqual(
    findings.filter((finding) => finding.kind === 'budget' || finding.kind === 'room' || finding.rule === 'required'),
    [],
  );
  assert.ok(findings.every((finding) => finding.recordId && finding.subject));
  const onlyRooms = await db.database.read(clerk, units.doiCan.id, 'records.read', ({ tx }) =>
    findSchoolFindings(tx, units.doiCan.id, 2024, '2024-09-30', ['room']),
  );
  assert.deepEqual(onlyRooms, []);
});

test('the digest changes with any record of the year, and only then', async () => {
  const changes: [string, string][] = [
    ['a pupil’s year', `update enrolment set two_sessions = not two_sessions where id = '${idOf('drawn 1')}'`],
    [
      'a person',
      `update student set guardian_phone = '0912' where id = (select student_id from enrolment where id = '${idOf('drawn 2')}')`,
    ],
    ['a pupil gone', `delete from enrolment where id = '${idOf('drawn 5')}'`],
    ['a class', `update class set boarding = true where school_id = '${units.doiCan.id}' and code = '1A'`],
    ['a room', `update room set solid = solid + 1 where school_id = '${units.doiCan.id}' and room_kind = 'arts'`],
    ['a budget line', `delete from budget_line where school_id = '${units.doiCan.id}' and line = 'source_other'`],
    ['a teacher', `update staff_member set phone = '0912' where school_id = '${units.doiCan.id}' and code = 'CB0003'`],
    ['the profile', `update school_profile set phone = '0912' where school_id = '${units.doiCan.id}'`],
    ['a site', `update site set name = name || ' ' where school_id = '${units.doiCan.id}' and code = 'D2'`],
  ];
  const seen = [await digest()];
  assert.equal(await digest(), seen[0]);
  for (const [what, sql] of changes) {
    const client = await db.owner.connect();
    await client.query(`begin; set local app.audit_id = '${idOf('a write')}'`);
    const { rowCount } = await client.query(sql);
    await client.query('commit');
    client.release();
    assert.ok(rowCount, what);
    const now = await digest();
    assert.ok(!seen.includes(now), what);
    assert.equal(await digest(), now);
    seen.push(now);
  }
  await insertSchool(db, units.doiCan.id, { site: [site({ code: 'D1' })] }, 2023);
  assert.equal(await digest(), seen.at(-1), 'another year is another digest');
});
