// New rows are stored with the rights of the database's owner and without the triggers of foreign keys. Attempts to get more out
// of that than one's own import, and rows that a foreign key would have refused.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName, type UnitName } from '#testing/cast.ts';
import { bytesOf, type ImportBody, type Importer, sheetOf, openImporting } from '#testing/imports.ts';
import { typedStudent } from '#testing/records.ts';
import { straight } from '#testing/straight.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting({ schools: ['doiCan', 'laHien'] }));
});
after(async () => {
  await app.close();
  await db.close();
});

const denied = { code: '42501' };

const waiting = async (names: readonly string[]): Promise<ImportBody> =>
  importer.readIn(
    'clerk.doican',
    'doiCan',
    'student',
    await bytesOf([
      sheetOf(
        'student',
        names.map((name) => typedStudent(name)),
      ),
    ]),
  );

/** Codes of the first school after HS0000n. */
const callAfter = (serial: number): string =>
  `store_new_rows('student', $1, $2, $3::uuid[], 2024, array[($3::uuid[])[1]], array['HS'], array[5], array[${serial}])`;

const store = (
  person: PersonName,
  unit: UnitName,
  importId: string,
  given: { of?: UnitName; schools?: UnitName[]; after?: number } = {},
) =>
  straight(db, person, unit, `select ${callAfter(given.after ?? 0)}`, [
    units[given.of ?? 'doiCan'].id,
    importId,
    (given.schools ?? ['doiCan']).map((school) => units[school].id),
  ]);

const count = async (table: string): Promise<number> =>
  (await db.owner.query<{ count: number }>(`select count(*)::integer as count from ${table}`)).rows[0]!.count;

test("rows go into no school outside the caller's scope, and come from no import outside of it", async () => {
  const { id } = await waiting(['Nông Thị Lan']);
  await assert.rejects(store('clerk.lahien', 'laHien', id), denied);
  await assert.rejects(store('clerk.lahien', 'laHien', id, { of: 'laHien', schools: ['doiCan'] }), denied);
  await assert.rejects(store('clerk.doican', 'doiCan', id, { schools: ['doiCan', 'laHien'] }), denied);
  // Another unit's import is no import of this unit: nothing is found, nothing stored.
  await store('clerk.lahien', 'laHien', id, { of: 'laHien', schools: ['laHien'] });
  assert.equal(await count('student'), 0);
});

test('triggers are as before afterwards, and the application cannot put them off by itself', async () => {
  const { id } = await waiting(['Ma Văn Tú']);
  const { rows } = await straight(
    db,
    'clerk.doican',
    'doiCan',
    `with stored as materialized (select ${callAfter(0)}) select current_setting('session_replication_role') as role from stored`,
    [units.doiCan.id, id, [units.doiCan.id]],
  );
  assert.deepEqual(rows, [{ role: 'origin' }]);
  for (const attempt of [
    `set session_replication_role = replica`,
    `select set_config('session_replication_role', 'replica', true)`,
  ])
    await assert.rejects(straight(db, 'clerk.doican', 'doiCan', attempt), denied);
  // begin_bulk() does nothing for whoever may not: a row of a class that is not there is refused at once.
  await assert.rejects(
    straight(db, 'clerk.doican', 'doiCan', `select begin_bulk(); update enrolment set class_code = '9Z'`),
    { code: '23503' },
  );
});

test('a row that refers to nothing is refused under the name of the foreign key, and with it all others', async () => {
  const { id, state } = await waiting(['Lý Thị Mai', 'Vi Văn Hùng']);
  assert.equal(state, 'ready');
  const known = await count('student');
  await db.owner.query(
    `update import_student set class_code = '9Z' where import_id = $1 and full_name = 'Vi Văn Hùng'`,
    [id],
  );
  await assert.rejects(store('clerk.doican', 'doiCan', id, { after: 20 }), {
    code: '23503',
    constraint: 'enrolment_class',
    table: 'enrolment',
  });
  assert.equal(await count('student'), known);
});

test('a class in use by rows that are being stored cannot be removed, and one that was removed first is missed', async () => {
  const { id } = await waiting(['Triệu Văn Sơn']);
  const storing = await db.owner.connect();
  const removing = await db.owner.connect();
  try {
    await storing.query('begin');
    await storing.query(
      `select set_config('app.audit_id', uuidv7()::text, true), set_config('app.report_units', $1, true), set_config('app.record_schools', $1, true)`,
      [`{${units.doiCan.id}}`],
    );
    await storing.query(`select ${callAfter(50)}`, [units.doiCan.id, id, [units.doiCan.id]]);
    const removal = removing.query(`delete from class where school_id = $1 and code = '1A'`, [units.doiCan.id]);
    const refused = assert.rejects(removal, { code: '23503', constraint: 'enrolment_class' });
    await storing.query('commit');
    await refused;
    assert.equal(
      await count(
        `enrolment e join class c on c.school_id = e.school_id and c.code = e.class_code and c.school_year = e.school_year`,
      ),
      await count('enrolment'),
    );
  } finally {
    await storing.query('rollback');
    storing.release();
    removing.release();
  }
});
