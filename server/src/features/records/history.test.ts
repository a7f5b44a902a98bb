import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { serveRecords } from '#features/records';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { seatCast, signedIn, units, type PersonName } from '#testing/cast.ts';
import { insertSchool, schoolClass, site, student } from '#testing/records.ts';
import type { HistoryVersion } from './history.actions.ts';

let db: TestDatabase;
let app: FastifyInstance;
const base = `/api/v1/schools/${units.doiCan.id}`;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  await insertSchool(db, units.doiCan.id, { site: [site()], class: [schoolClass('1A'), schoolClass('1B')] });
});
after(async () => {
  await app.close();
  await db.close();
});

async function call<T>(
  who: PersonName,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  payload?: object,
): Promise<T> {
  const answer = await app.inject({ method, url: `${base}/${path}`, payload, headers: await signedIn(db.owner, who) });
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json<T>();
}

const said = (version: HistoryVersion) =>
  `${version.accountName} ${version.action}: ${version.changes.map(({ field, before: was, after: is }) => `${field} ${JSON.stringify(was)}>${JSON.stringify(is)}`).join(', ')}`;

test('a pupil’s history: who did what, newest first, the person’s fields and the year’s together, numbers masked', async () => {
  const { id, ...values } = student('Nguyễn Văn Sử', { pin: '019218000021' });
  let version = '1.1';
  const change = async (who: PersonName, changes: object) => {
    const { record } = await call<{ record: { version: string } }>(who, 'PATCH', `students/${id as string}`, {
      version,
      values: changes,
    });
    version = record.version;
  };
  await call('clerk.doican', 'POST', 'students?schoolYear=2024', { id, values });
  await change('head.doican', { classCode: '1B', guardianPhone: '0912 000 002' });
  await change('clerk.doican', { pin: '019218111121' });
  await change('clerk.doican', { twoSessions: true });
  await call('clerk.doican', 'DELETE', `students/${id as string}?version=${version}`);
  const removed = await call<{ versions: HistoryVersion[] }>('clerk.doican', 'GET', `students/${id as string}/history`);
  assert.deepEqual(
    removed.versions.map((each) => each.action),
    ['students.remove', 'students.change', 'students.change', 'students.create'],
  );
  assert.deepEqual(
    removed.versions[0]!.changes.find(({ field }) => field === 'fullName'),
    { field: 'fullName', before: 'Nguyễn Văn Sử', after: null },
  );

  await call('clerk.doican', 'POST', 'students?schoolYear=2024', {
    id,
    values: { ...values, pin: '019218••••21', classCode: '1B' },
  });
  const { versions } = await call<{ versions: HistoryVersion[] }>(
    'clerk.doican',
    'GET',
    `students/${id as string}/history`,
  );
  assert.equal(versions.length, 5);
  assert.equal(versions[0]!.action, 'students.create');
  assert.deepEqual(
    versions[0]!.changes.find(({ field }) => field === 'classCode'),
    { field: 'classCode', before: null, after: '1B' },
  );
  assert.equal(said(versions[2]!), 'clerk.doican students.change: pin "019218••••21">"019218••••21"');
  assert.equal(
    said(versions[3]!),
    'head.doican students.change: classCode "1A">"1B", guardianPhone null>"0912 000 002"',
  );
  const created = versions[4]!;
  assert.deepEqual([created.accountName, created.action], ['clerk.doican', 'students.create']);
  assert.deepEqual(
    created.changes.find(({ field }) => field === 'birthDate'),
    { field: 'birthDate', before: null, after: '2018-03-15' },
  );
  assert.ok(versions.every((each, index) => index === 0 || each.at <= versions[index - 1]!.at));
  assert.ok(!JSON.stringify(versions).includes('019218000021') && !JSON.stringify(versions).includes('pin_'));
});

test('a record that never was has no history', async () => {
  const answer = await app.inject({
    url: `${base}/students/${units.hoaSen.id}/history`,
    headers: await signedIn(db.owner, 'clerk.doican'),
  });
  assert.equal(answer.statusCode, 404);
});

test('as known on any day: the kept versions and the present one cover recorded time without gap or overlap', async () => {
  const { rows } = await db.owner.query<{ broken: string }>(`
    with versions as (
      select record_id, version, recorded_from, recorded_to from history where table_name = 'enrolment'
      union all select id, version, recorded_at, 'infinity' from enrolment
    )
    select record_id || ' ' || version as broken from (
      select *, lead(recorded_from) over w as next_from, lead(version) over w as next_version from versions window w as (partition by record_id order by version)
    ) v where recorded_to < recorded_from or (next_from is not null and (next_from < recorded_to or next_version <> version + 1))`);
  assert.deepEqual(rows, []);
});
