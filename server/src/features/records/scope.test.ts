// Attempts to reach what is not one's own: through the API, and with the application's own role straight in the database.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import pg from 'pg';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import { serveRecords } from '#features/records';
import { newId } from '#platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { idOf, seatCast, signedIn, units, type PersonName, type UnitName } from '#testing/cast.ts';
import { insertSchool, schoolClass, site, student, teacher } from '#testing/records.ts';

let db: TestDatabase;
let app: FastifyInstance;
const schools = ['doiCan', 'hoaSen', 'laHien'] as const;
const pupil = (school: UnitName) =>
  student(`Học Sinh ${school === 'doiCan' ? 'Đội Cấn' : school === 'hoaSen' ? 'Hoa Sen' : 'La Hiên'}`);

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  for (const [index, school] of schools.entries()) {
    const id = units[school].id;
    await insertSchool(db, id, {
      site: [site({ id: idOf(`site ${school}`) })],
      class: [schoolClass('1A', { id: idOf(`1A ${school}`) })],
      student: [{ ...pupil(school), pin: `01921800000${index}` }],
      staff: [teacher('Ma Thị Hiền', { id: idOf(`staff ${school}`), pin: `01918000000${index}` })],
      room: [{ level: '02', roomKind: 'arts', solid: 1, semiSolid: 0, temporary: 0 }],
      budget: [{ line: 'source_budget', settled: 1, planned: 1, estimated: 1 }],
    });
  }
});
after(async () => {
  await app.close();
  await db.close();
});

async function call(
  who: PersonName,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  at: UnitName,
  path: string,
  payload?: object,
) {
  const url = `/api/v1/${path.startsWith('student-search') ? 'units' : 'schools'}/${units[at].id}/${path}`;
  const answer = await app.inject({ method, url, payload, headers: await signedIn(db.owner, who) });
  return {
    status: answer.statusCode,
    text: answer.body,
    body: answer.json<{
      code: string;
      total: number;
      records: unknown[];
      results: { state: string; record: unknown }[];
      students: { schoolId: string }[];
    }>(),
  };
}

/** Everything that is stored, to show that an attempt left nothing behind. */
async function everything(): Promise<string> {
  const tables = [
    'school_profile',
    'site',
    'class',
    'student',
    'enrolment',
    'staff_member',
    'assignment',
    'room',
    'budget_line',
    'history',
    'pin_registry',
    'code_counter',
  ];
  const parts = await Promise.all(
    tables.map((table) =>
      db.owner.query<{ all: string }>(`select md5(string_agg(t::text, '' order by t::text)) as all from ${table} t`),
    ),
  );
  return parts.map(({ rows }) => rows[0]!.all).join(' ');
}

describe('a clerk of another school', () => {
  const id = () => pupil('doiCan').id as string;
  const attempts: [string, 'GET' | 'POST' | 'PATCH' | 'DELETE', string, object?][] = [
    ...listKinds.map((kind): [string, 'GET', string] => [
      `list of ${kind.name}`,
      'GET',
      `${kind.collection}?schoolYear=2024`,
    ]),
    ['findings', 'GET', 'findings?schoolYear=2024'],
    ['profile', 'GET', 'profile?schoolYear=2024'],
    ['one pupil', 'GET', `students/${pupil('doiCan').id as string}`],
    ['history', 'GET', `students/${pupil('doiCan').id as string}/history`],
    ['new pupil', 'POST', 'students?schoolYear=2024', { values: {} }],
    ['change', 'PATCH', `students/${pupil('doiCan').id as string}`, { version: '1.1', values: { twoSessions: false } }],
    ['removal', 'DELETE', `students/${pupil('doiCan').id as string}?version=1.1`],
    [
      'many',
      'POST',
      'students/changes?schoolYear=2024',
      { changes: [{ id: pupil('doiCan').id, version: '1.1', values: { twoSessions: false } }] },
    ],
    ['number', 'POST', `students/${pupil('doiCan').id as string}/pin-readings`, { reason: 'tò mò' }],
    ['profile change', 'PATCH', 'profile?schoolYear=2024', { version: '0', values: { headName: 'Kẻ Lạ' } }],
  ];
  for (const [what, method, path, payload] of attempts) {
    test(`gets no ${what}: the school is not there for them`, async () => {
      const before_ = await everything();
      const { status, body, text } = await call('clerk.hoasen', method, 'doiCan', path, payload);
      assert.deepEqual([status, body.code], [404, 'not_found']);
      assert.ok(!text.includes('Đội Cấn'));
      assert.equal(await everything(), before_);
    });
  }

  test('gets nothing by putting foreign ids under the own school', async () => {
    const before_ = await everything();
    assert.equal((await call('clerk.hoasen', 'GET', 'hoaSen', `students/${id()}`)).status, 404);
    assert.equal((await call('clerk.hoasen', 'GET', 'hoaSen', `students/${id()}/history`)).status, 404);
    assert.equal(
      (
        await call('clerk.hoasen', 'PATCH', 'hoaSen', `students/${id()}`, {
          version: '1.1',
          values: { twoSessions: false },
        })
      ).status,
      404,
    );
    assert.equal((await call('clerk.hoasen', 'DELETE', 'hoaSen', `students/${id()}?version=1.1`)).status, 404);
    assert.equal(
      (await call('clerk.hoasen', 'POST', 'hoaSen', `students/${id()}/pin-readings`, { reason: 'tò mò' })).status,
      404,
    );
    const many = await call('clerk.hoasen', 'POST', 'hoaSen', 'students/changes?schoolYear=2024', {
      changes: [{ id: id(), version: '1.1', values: { twoSessions: false } }],
    });
    assert.deepEqual([many.body.results[0]!.state, many.body.results[0]!.record], ['stale', null]);
    assert.equal(await everything(), before_);
  });

  test('may happen to use the id of a foreign record for an own one: both are there, apart', async () => {
    const { id: _, ...values } = student('Trùng Mã');
    const made = await call('clerk.hoasen', 'POST', 'hoaSen', 'students?schoolYear=2024', { id: id(), values });
    assert.equal(made.status, 200, made.text);
    assert.ok((await call('clerk.doican', 'GET', 'doiCan', `students/${id()}`)).text.includes('Đội Cấn'));
    assert.ok((await call('clerk.hoasen', 'GET', 'hoaSen', `students/${id()}`)).text.includes('Trùng Mã'));
  });
});

describe('offices', () => {
  test('read the records of the schools below them, of no others, and write none', async () => {
    assert.equal((await call('reviewer.town', 'GET', 'doiCan', 'students?schoolYear=2024')).body.total, 1);
    assert.equal((await call('reviewer.hills', 'GET', 'doiCan', 'students?schoolYear=2024')).status, 404);
    assert.equal((await call('reviewer.town', 'GET', 'laHien', 'students?schoolYear=2024')).status, 404);
    assert.equal(
      (
        await call('reviewer.town', 'PATCH', 'doiCan', `students/${pupil('doiCan').id as string}`, {
          version: '1.1',
          values: { twoSessions: false },
        })
      ).status,
      403,
    );
    assert.equal(
      (
        await call('reviewer.town', 'POST', 'doiCan', `students/${pupil('doiCan').id as string}/pin-readings`, {
          reason: 'kiểm tra',
        })
      ).status,
      403,
    );
    // An office is no school: it has no lists of its own.
    assert.equal((await call('reviewer.town', 'GET', 'town', 'students?schoolYear=2024')).status, 404);
  });

  test('the ministry never reads records of persons', async () => {
    for (const who of ['admin.ministry', 'analyst.ministry'] as const) {
      for (const path of [
        'students?schoolYear=2024',
        'staff?schoolYear=2024',
        `students/${pupil('doiCan').id as string}`,
        'findings?schoolYear=2024',
        'student-search?q=hoc&schoolYear=2024',
      ])
        assert.equal((await call(who, 'GET', 'doiCan', path)).status, 403, `${who} ${path}`);
    }
  });

  test('a search finds pupils of the own unit only', async () => {
    const found = async (who: PersonName, at: UnitName) =>
      (await call(who, 'GET', at, 'student-search?q=hoc%20sinh&schoolYear=2024')).body.students
        .map((each) => each.schoolId)
        .toSorted();
    assert.deepEqual(await found('reviewer.town', 'town'), [units.doiCan.id, units.hoaSen.id].toSorted());
    assert.deepEqual(
      await found('reviewer.province', 'province'),
      schools.map((school) => units[school].id).toSorted(),
    );
    assert.deepEqual(await found('reviewer.province', 'laHien'), [units.laHien.id]);
    assert.equal((await call('reviewer.town', 'GET', 'province', 'student-search?q=hoc&schoolYear=2024')).status, 404);
    assert.equal(
      (await call('analyst.ministry', 'GET', 'ministry', 'student-search?q=hoc&schoolYear=2024')).status,
      403,
    );
  });

  test('what is searched stays text: words are found in any order, wildcards and quotes find themselves', async () => {
    const count = async (q: string) => {
      const { status, text, body } = await call(
        'reviewer.province',
        'GET',
        'province',
        `student-search?q=${encodeURIComponent(q)}&schoolYear=2024`,
      );
      assert.equal(status, 200, text);
      return body.students.length;
    };
    assert.equal(await count('HOA  sen'), 1);
    assert.equal(await count('hiên học'), 1);
    assert.deepEqual(
      [await count('se'), await count('en'), await count('hoa-se')],
      [1, 0, 1],
      'words are known by how they begin',
    );
    for (const q of ['%%', '__', 'hoc%sinh', "x' or 'a' = 'a", "'; drop table student --", '\\\\', '$1'])
      assert.equal(await count(q), 0, q);
  });
});

describe('straight in the database, as the application', () => {
  const tables = [
    'school_profile',
    'site',
    'class',
    'student',
    'enrolment',
    'staff_member',
    'assignment',
    'room',
    'budget_line',
    'history',
    'code_counter',
  ];
  const views = ['student_record', 'staff_record'];

  /** One transaction on a connection of its own, as the application's role. */
  async function within<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: db.appUrl });
    await client.connect();
    try {
      await client.query('begin');
      return await work(client);
    } finally {
      await client.end();
    }
  }
  const enter = (client: pg.Client, who: PersonName, at: UnitName, alone = false) =>
    client.query('select * from enter_scope($1, $2, $3, $4, $5)', [
      idOf(who),
      units[at].id,
      '2024-10-09',
      alone,
      newId(),
    ]);
  const seen = async (client: pg.Client, table: string) =>
    (await client.query<{ school_id: string }>(`select distinct school_id from ${table}`)).rows.map(
      (row) => row.school_id,
    );

  test('without a scope there is no row to read, change or remove, and none can be added', async () => {
    for (const table of [...tables, ...views])
      assert.deepEqual(await within((client) => seen(client, table)), [], table);
    await within(async (client) => {
      for (const table of tables.slice(0, 9)) {
        assert.equal((await client.query(`update ${table} set version = version`)).rowCount, 0);
        assert.equal((await client.query(`delete from ${table}`)).rowCount, 0);
      }
    });
    await assert.rejects(
      within((client) =>
        client.query(
          `insert into room (school_id, id, school_year, level, room_kind, solid, semi_solid, temporary, audit_id) values ($1, $2, 2024, '02', 'arts', 1, 1, 1, $2)`,
          [units.doiCan.id, newId()],
        ),
      ),
      { code: '42501' },
    );
  });

  test('inside a scope, statements that name no school reach that school alone', async () => {
    await within(async (client) => {
      await enter(client, 'clerk.hoasen', 'hoaSen');
      for (const table of [...tables, ...views])
        assert.ok(
          (await seen(client, table)).every((school) => school === units.hoaSen.id),
          table,
        );
      assert.deepEqual(await seen(client, 'student'), [units.hoaSen.id]);
    });
    await assert.rejects(
      within(async (client) => {
        await enter(client, 'clerk.hoasen', 'hoaSen');
        await client.query('update student set school_id = $1', [units.doiCan.id]);
      }),
      { code: '42501' },
    );
  });

  test('nothing is written without an audit entry to stand for it', async () => {
    await within(async (client) => {
      await client.query('select * from enter_scope($1, $2, $3, false, null)', [
        idOf('clerk.hoasen'),
        units.hoaSen.id,
        '2024-10-09',
      ]);
      await assert.rejects(client.query(`update room set solid = 9`), { code: '22P02' });
    });
  });

  test('a scope that is not the actor’s is empty', async () => {
    await within(async (client) => {
      assert.equal((await enter(client, 'clerk.hoasen', 'doiCan')).rowCount, 0);
      assert.deepEqual(await seen(client, 'student'), []);
    });
    await within(async (client) => {
      assert.equal((await enter(client, 'admin.ministry', 'doiCan')).rowCount, 1);
      assert.deepEqual(await seen(client, 'student'), [], 'the ministry enters, and sees no person');
    });
  });

  test('an office that asks for itself alone sees nothing of what lies below it', async () => {
    await within(async (client) => {
      await enter(client, 'reviewer.town', 'town');
      assert.ok((await seen(client, 'student')).length > 0, 'otherwise it sees the pupils of its schools');
    });
    await within(async (client) => {
      assert.ok((await enter(client, 'reviewer.town', 'town', true)).rowCount! > 0);
      for (const table of [...tables, ...views]) assert.deepEqual(await seen(client, table), [], table);
      const reached = await client.query(
        `select current_setting('app.report_units') as units, current_setting('app.scope') as scope`,
      );
      assert.deepEqual(reached.rows, [{ units: `{${units.town.id}}`, scope: '' }]);
    });
    await within(async (client) => {
      assert.equal((await enter(client, 'clerk.hoasen', 'town', true)).rowCount, 0, 'nor does it open a door upwards');
    });
  });

  test('the scope ends with the transaction, so that a pooled connection carries none to the next request', async () => {
    await within(async (client) => {
      await enter(client, 'clerk.hoasen', 'hoaSen');
      assert.equal((await seen(client, 'student')).length, 1);
      await client.query('commit');
      // An empty scope is no list of schools: PostgreSQL refuses instead of answering.
      await assert.rejects(seen(client, 'student'), { code: '22P02' });
    });
  });

  test('functions with elevated rights keep to the scope', async () => {
    const held = () => db.owner.query('select * from pin_registry order by pin_hash').then(({ rows }) => rows);
    const before_ = await held();
    await within(async (client) => {
      await enter(client, 'clerk.hoasen', 'hoaSen');
      await client.query(`select register_pins('student', $1::uuid[])`, [[pupil('doiCan').id, pupil('laHien').id]]);
      await client.query('commit');
    });
    assert.deepEqual(await held(), before_, 'numbers held by other schools cannot be let go');
    await within(async (client) => {
      await enter(client, 'clerk.hoasen', 'hoaSen');
      assert.deepEqual(
        (await client.query(`select * from search_students('hoc', 2024, 50)`)).rows
          .map((row: { school_id: string }) => row.school_id)
          .filter((school) => school !== units.hoaSen.id),
        [],
      );
      for (const denied of [
        'select * from pin_registry',
        `select * from waiting_pins_held_elsewhere('student', '${units.doiCan.id}', '${newId()}')`,
        'select password_hash from account',
        'insert into history select * from history',
        'truncate student',
        'alter table student disable row level security',
        'set role postgres',
        'select keep_history()',
        'create table x (id int)',
      ]) {
        await client.query('savepoint attempt');
        await assert.rejects(
          client.query(denied),
          (error: { code: string }) => ['42501', '0A000'].includes(error.code),
          denied,
        );
        await client.query('rollback to savepoint attempt');
      }
    });
  });

  /**
   * The boundary of this defence, said plainly: policies trust the settings of the transaction, and the application's role may set
   * them. Who could run SQL of their own as khuevan_app could name any school. So all SQL is parametrised (the linter keeps it in
   * *.queries.ts, and names that become SQL come from the descriptions of core alone), and numbers stay encrypted even then.
   */
  test('settings made by hand widen the scope, which is why no text of a request ever becomes SQL; numbers stay sealed even so', async () => {
    await within(async (client) => {
      await client.query(`select set_config('app.record_schools', $1, true)`, [`{${units.doiCan.id}}`]);
      const { rows } = await client.query<{ pin_cipher: Buffer; pin_mask: string }>(
        'select pin_cipher, pin_mask from student',
      );
      assert.equal(rows.length, 1);
      assert.ok(!rows[0]!.pin_cipher.toString('latin1').includes('019218000000'));
      assert.equal(rows[0]!.pin_mask, '019218••••00');
    });
  });
});
