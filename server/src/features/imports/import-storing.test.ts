// What is stored, counted as the owner of the database: all or nothing, only the good, what the preview promised, and once,
// whoever clicks, cancels, or imports at the same time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type UnitName } from '#testing/cast.ts';
import {
  bytesOf,
  type ImportBody,
  type Importer,
  type PreviewBody,
  sheetOf,
  together,
  type Values,
  openImporting,
} from '#testing/imports.ts';
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

const fileOf = (rows: readonly Values[], keys?: string[]) => bytesOf([sheetOf('student', rows, { keys })]);
const letters = 'An Bình Cường Dũng Giang Hà Khánh Lan Minh Nam Oanh Phúc Quang Sơn Tâm Uyên Việt Xuân Yến Ái'.split(
  ' ',
);
/** Different people, each with a number, whose names say which file they are of. */
const pupils = (family: string, count: number, serial: number, values: Values = {}) =>
  Array.from({ length: count }, (_, index) =>
    typedStudent(`${family} ${letters[Math.floor(index / 20)]} ${letters[index % 20]}`, {
      pin: `019218${String(serial + index).padStart(6, '0')}`,
      ...values,
    }),
  );

interface Stored {
  id: string;
  full_name: string;
  guardian_phone: string | null;
  versions: string;
}

/** Pupils of a school with everything that a change would touch: versions, times and audit entries of both rows. */
async function stored(unit: UnitName, family = ''): Promise<Map<string, Stored>> {
  const { rows } = await db.owner.query<Stored>(
    `select s.id, s.full_name, s.guardian_phone, concat_ws(' ', s.version, s.recorded_at, s.audit_id, e.id, e.version, e.recorded_at, e.audit_id) as versions
     from student s join enrolment e on e.school_id = s.school_id and e.student_id = s.id
     where s.school_id = $1 and s.full_name like $2 order by s.full_name`,
    [units[unit].id, `${family}%`],
  );
  const found = new Map(rows.map((row) => [row.full_name, row]));
  assert.equal(found.size, rows.length, 'somebody is stored twice');
  return found;
}

const count = async (from: string, values: unknown[] = []) =>
  Number((await db.owner.query<{ n: string }>(`select count(*) as n from ${from}`, values)).rows[0]!.n);
const auditOf = (unit: UnitName) => count('audit_entry where unit_id = $1', [units[unit].id]);
const previewOf = (unit: UnitName, person: Parameters<Importer['ask']>[0], id: string, action: string) =>
  importer.ask<PreviewBody>(person, unit, id, `/preview?action=${action}&pageSize=200`);
/** A job that comes a second time, as after a server was killed. */
const queueAgain = (task: string, id: string) =>
  db.owner.query(
    `select graphile_worker.add_job($1, json_build_object('unitId', unit_id, 'importId', id, 'actor', json_build_object('accountId', account_id, 'name', account_name)))
     from import where id = $2`,
    [task, id],
  );
const applications = (unit: UnitName, id: string) => `/units/${units[unit].id}/imports/${id}/applications`;

test('with bad rows "all" stores nothing, and "good" stores exactly the good ones', async () => {
  const rows = pupils('Nguyễn', 12, 1);
  const bad = new Map<number, Values>([
    [2, { birthDate: '31/02/2018' }],
    [5, { classCode: '9Z' }],
    [6, { ethnicity: 'Kinhh' }],
    [9, { fullName: null }],
    [11, { pin: rows[0]!.pin }],
  ]);
  const file = await fileOf(rows.map((row, index) => ({ ...row, ...bad.get(index) })));
  const ready = await importer.readIn('clerk.doican', 'doiCan', 'student', file);
  assert.deepEqual([ready.state, ready.rowsBad, ready.rowsGood, ready.toAdd], ['ready', 5, 7, 7]);
  const audit = await auditOf('doiCan');
  const refused = await importer.request<ImportBody>('clerk.doican', 'POST', applications('doiCan', ready.id), {
    mode: 'all',
  });
  assert.deepEqual([refused.status, refused.body.code], [422, 'import_has_errors']);
  await importer.work();
  assert.equal((await stored('doiCan')).size, 0);
  assert.equal(await auditOf('doiCan'), audit, 'nothing was done, nothing is told');
  const applied = await importer.apply('clerk.doican', 'doiCan', ready.id, 'good');
  assert.deepEqual([applied.state, applied.toAdd], ['applied', 7]);
  const good = rows.filter((_, index) => !bad.has(index)).map(({ fullName }) => String(fullName));
  assert.deepEqual([...(await stored('doiCan')).keys()].toSorted(), good.toSorted());
  assert.equal(await count('import_student'), 0, 'nothing waits any longer');
});

test('the preview says what then is: added, changed in these fields, left', async () => {
  const first = pupils('Trần', 30, 100);
  const loaded = await importer.readIn('clerk.hoasen', 'hoaSen', 'student', await fileOf(first));
  await importer.apply('clerk.hoasen', 'hoaSen', loaded.id);
  const before_ = await stored('hoaSen');
  const changed = new Set([3, 4, 17]);
  const rows = [
    ...first.map((row, index) => (changed.has(index) ? { ...row, guardianPhone: `091200000${index % 10}` } : row)),
    ...pupils('Lê', 4, 200),
  ];
  const ready = await importer.readIn('clerk.hoasen', 'hoaSen', 'student', await fileOf(rows.toReversed()));
  assert.deepEqual([ready.toAdd, ready.toChange, ready.toLeave, ready.rowsBad], [4, 3, 27, 0]);
  const [add, change, leave] = [
    await previewOf('hoaSen', 'clerk.hoasen', ready.id, 'add'),
    await previewOf('hoaSen', 'clerk.hoasen', ready.id, 'change'),
    await previewOf('hoaSen', 'clerk.hoasen', ready.id, 'leave'),
  ];
  assert.deepEqual([add.total, change.total, leave.total], [4, 3, 27]);
  assert.deepEqual(
    leave.rows.flatMap(({ changes }) => changes),
    [],
  );
  await importer.apply('clerk.hoasen', 'hoaSen', ready.id);
  const now = await stored('hoaSen');
  const names = (found: Iterable<Stored>) => [...found].map((row) => row.full_name).toSorted();
  const subjects = ({ rows: shown }: PreviewBody) => shown.map(({ subject }) => subject).toSorted();
  assert.deepEqual(subjects(add), names([...now.values()].filter((row) => !before_.has(row.full_name))));
  const moved = [...now.values()].filter(
    ({ full_name: name, versions }) => before_.has(name) && before_.get(name)!.versions !== versions,
  );
  assert.deepEqual(subjects(change), names(moved));
  assert.deepEqual(
    new Map(change.rows.map(({ subject, changes }) => [subject, changes])),
    new Map(moved.map((row) => [row.full_name, [{ field: 'guardianPhone', before: null, after: row.guardian_phone }]])),
  );
  assert.equal(now.size, 34);
});

test('the same file again changes nothing at all: no version, no time, no history, no audit entry of a record', async () => {
  const file = await fileOf(pupils('Phạm', 25, 300, { guardianName: 'Phạm Văn Mới', guardianPhone: '0912 000 009' }));
  const one = await importer.readIn('clerk.lahien', 'laHien', 'student', file);
  await importer.apply('clerk.lahien', 'laHien', one.id);
  const [before_, history] = [await stored('laHien', 'Phạm'), await count('history')];
  for (const mode of ['all', 'good'] as const) {
    const again = await importer.readIn('clerk.lahien', 'laHien', 'student', file);
    assert.deepEqual([again.toAdd, again.toChange, again.toLeave], [0, 0, 25]);
    const applied = await importer.apply('clerk.lahien', 'laHien', again.id, mode);
    assert.deepEqual([applied.state, applied.toAdd, applied.toChange, applied.toLeave], ['applied', 0, 0, 25]);
    assert.deepEqual(await stored('laHien', 'Phạm'), before_);
    assert.equal(await count('history'), history);
  }
});

test('a double click, at once or later, stores once and is told the same; the other way of storing is refused', async () => {
  const ready = await importer.readIn('clerk.lahien', 'laHien', 'student', await fileOf(pupils('Hoàng', 10, 400)));
  const click = (mode: string) =>
    importer.request<ImportBody>('clerk.lahien', 'POST', applications('laHien', ready.id), { mode });
  const audit = await auditOf('laHien');
  const clicks = await together(...Array.from({ length: 5 }, () => () => click('all')));
  assert.deepEqual(
    clicks.map(({ status, body }) => [status, body.state]),
    Array.from({ length: 5 }, () => [200, 'applying']),
  );
  const other = await click('good');
  assert.deepEqual([other.status, other.body.code], [409, 'import_not_ready']);
  await together(
    () => importer.work(),
    () => importer.work(),
  );
  assert.equal((await stored('laHien', 'Hoàng')).size, 10);
  assert.deepEqual([(await click('all')).body.state, (await click('good')).status], ['applied', 409]);
  await importer.work();
  assert.equal((await stored('laHien', 'Hoàng')).size, 10);
  await queueAgain('imports.apply', ready.id);
  await queueAgain('imports.read', ready.id);
  await importer.work();
  const { rows } = await db.owner.query<{ action: string; n: string }>(
    `select action, count(*) as n from audit_entry where unit_id = $1 and subject_id = $2 group by action order by action`,
    [units.laHien.id, ready.id],
  );
  const told = Object.fromEntries(rows.map(({ action, n }) => [action, Number(n)]));
  assert.equal(told['imports.apply'], 1);
  assert.ok((await auditOf('laHien')) - audit >= 2);
});

test('the same file from two people, stored at once, is stored once', async () => {
  const file = await fileOf(
    // No number tells these apart: only that one storing waits for the other keeps them from being stored twice.
    ['An', 'Bình', 'Chi', 'Dung'].flatMap((given) => pupils(`Vũ ${given}`, 100, 0, { pin: null })),
  );
  const ids = await together(
    async () => (await importer.upload('clerk.doican', 'doiCan', 'student', file)).body.id,
    async () => (await importer.upload('head.doican', 'doiCan', 'student', file)).body.id,
  );
  await together(
    () => importer.work(),
    () => importer.work(),
  );
  for (const id of ids) assert.equal((await importer.ask<ImportBody>('clerk.doican', 'doiCan', id)).toAdd, 400);
  await together(
    () => importer.request('clerk.doican', 'POST', applications('doiCan', ids[0]!), { mode: 'all' }),
    () => importer.request('head.doican', 'POST', applications('doiCan', ids[1]!), { mode: 'all' }),
  );
  await together(
    () => importer.work(),
    () => importer.work(),
  );
  const ends = await together(...ids.map((id) => () => importer.ask<ImportBody>('clerk.doican', 'doiCan', id)));
  assert.deepEqual(
    ends.map(({ state }) => state),
    ['applied', 'applied'],
  );
  assert.deepEqual(ends.map(({ toAdd, toLeave }) => `${toAdd} ${toLeave}`).toSorted(), ['0 400', '400 0']);
  assert.equal((await stored('doiCan', 'Vũ')).size, 400);
});

test('two files that change the same pupils, and an office that imports over both schools, follow one another', async () => {
  const rows = pupils('Đỗ', 30, 600);
  const loaded = await importer.readIn('clerk.doican', 'doiCan', 'student', await fileOf(rows));
  await importer.apply('clerk.doican', 'doiCan', loaded.id);
  const history = await count('history');
  const phones = ['0912000001', '0912000002', '0912000003'];
  const withPhone = (phone: string) => rows.map((row) => ({ ...row, guardianPhone: phone }));
  const office = [
    ...pupils('Bùi', 20, 700).map((row) => ({ ...row, 'Mã trường': units.hoaSen.code })),
    ...withPhone(phones[2]!).map((row) => ({ ...row, 'Mã trường': units.doiCan.code })),
  ];
  const keys = ['Mã trường', ...Object.keys(rows[0]!)];
  const readies = [
    [
      'clerk.doican',
      'doiCan',
      await importer.readIn('clerk.doican', 'doiCan', 'student', await fileOf(withPhone(phones[0]!))),
    ],
    [
      'head.doican',
      'doiCan',
      await importer.readIn('head.doican', 'doiCan', 'student', await fileOf(withPhone(phones[1]!).toReversed())),
    ],
    ['admin.province', 'town', await importer.readIn('admin.province', 'town', 'student', await fileOf(office, keys))],
  ] as const;
  for (const [person, unit, ready] of readies) {
    assert.deepEqual([ready.toChange, ready.rowsBad], [30, 0], ready.refusal?.vi);
    await importer.request(person, 'POST', applications(unit, ready.id), { mode: 'all' });
  }
  await together(
    () => importer.work(),
    () => importer.work(),
    () => importer.work(),
  );
  for (const [person, unit, { id }] of readies)
    assert.equal((await importer.ask<ImportBody>(person, unit, id)).state, 'applied');
  const found = [...(await stored('doiCan', 'Đỗ')).values()];
  assert.equal(found.length, 30);
  assert.equal(new Set(found.map((row) => row.guardian_phone)).size, 1, 'one file wholly after the other');
  assert.ok(phones.includes(found[0]!.guardian_phone!));
  assert.equal(await count('history'), history + 3 * 30, 'each change is in the history');
  assert.equal((await stored('hoaSen', 'Bùi')).size, 20);
});

test('a cancelled import stores nothing, leaves nothing waiting, and cannot be stored afterwards', async () => {
  const file = await fileOf(pupils('Đặng', 5, 800));
  const cancel = (id: string) =>
    importer.request<ImportBody>('clerk.lahien', 'POST', `/units/${units.laHien.id}/imports/${id}/cancellations`);
  const ready = await importer.readIn('clerk.lahien', 'laHien', 'student', file);
  assert.equal(await count('import_student where import_id = $1', [ready.id]), 5);
  assert.deepEqual(
    [(await cancel(ready.id)).body.state, (await cancel(ready.id)).body.state],
    ['cancelled', 'cancelled'],
  );
  const late = await importer.request<ImportBody>('clerk.lahien', 'POST', applications('laHien', ready.id), {
    mode: 'all',
  });
  assert.deepEqual([late.status, late.body.code], [409, 'import_not_ready']);
  await importer.work();
  assert.equal(await count('import_student where import_id = $1', [ready.id]), 0);
  const waiting = await importer.upload('clerk.lahien', 'laHien', 'student', file);
  assert.equal((await cancel(waiting.body.id)).body.state, 'cancelled');
  await importer.work();
  assert.equal((await importer.ask<ImportBody>('clerk.lahien', 'laHien', waiting.body.id)).state, 'cancelled');
  const storing = await importer.readIn('clerk.lahien', 'laHien', 'student', file);
  await importer.request('clerk.lahien', 'POST', applications('laHien', storing.id), { mode: 'all' });
  for (const task of ['imports.read', 'imports.apply', 'imports.mark', 'imports.tidy'])
    await queueAgain(task, ready.id);
  const tooLate = await cancel(storing.id);
  assert.deepEqual([tooLate.status, tooLate.body.code], [409, 'import_not_ready']);
  assert.equal((await stored('laHien', 'Đặng')).size, 0);
  await importer.work();
  assert.equal((await cancel(storing.id)).body.code, 'import_not_ready');
  assert.equal((await importer.ask<ImportBody>('clerk.lahien', 'laHien', ready.id)).state, 'cancelled');
  assert.equal((await stored('laHien', 'Đặng')).size, 5);
});
