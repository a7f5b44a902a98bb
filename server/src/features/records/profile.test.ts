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
const base = `/api/v1/schools/${units.doiCan.id}`;

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveRecords]);
  await insertSchool(db, units.doiCan.id, {
    site: [site()],
    class: [schoolClass('1A')],
    student: [student('Lò Văn Kín', { pin: '019218000321' }), student('Lò Thị Chưa', { sex: '02' })],
    staff: [teacher('Ma Thị Hiền')],
  });
});
after(async () => {
  await app.close();
  await db.close();
});

interface Body {
  id: string;
  version: string;
  values: Record<string, unknown>;
  findings: { rule: string; field?: string }[];
  record: Body;
  current: Body;
  code: string;
  pin: string | null;
}

async function call(
  who: PersonName,
  method: 'GET' | 'POST' | 'PATCH',
  path: string,
  payload?: object,
  more: Record<string, string> = {},
) {
  const answer = await app.inject({
    method,
    url: `${base}/${path}`,
    payload,
    headers: { ...(await signedIn(db.owner, who)), ...more },
  });
  return { status: answer.statusCode, text: answer.body, headers: answer.headers, body: answer.json<Body>() };
}

describe('the profile', () => {
  const patch = (version: string, values: object, who: PersonName = 'clerk.doican') =>
    call(who, 'PATCH', 'profile?schoolYear=2024', { version, values });
  const recognise = (who: PersonName, nationalStandard: string | null) =>
    call(who, 'POST', 'recognitions?schoolYear=2024', {
      nationalStandard,
      decision: 'QĐ 123/QĐ-SGDĐT',
      decidedOn: '2024-08-01',
    });

  test('is empty before it is first saved, and says what is missing', async () => {
    const { status, body } = await call('clerk.doican', 'GET', 'profile?schoolYear=2024');
    assert.deepEqual([status, body.version, body.values.headName], [200, '0', null]);
    assert.ok(body.findings.some(({ rule, field }) => rule === 'required' && field === 'headName'));
  });

  test('is filled bit by bit; the first of two who begin it wins', async () => {
    const [one, two] = await Promise.all([
      patch('0', { headName: 'Ma Thị Hiền', ownership: 'Công lập' }),
      patch('0', { headName: 'Lê Văn Tám' }),
    ]);
    assert.deepEqual(new Set([one.status, two.status]), new Set([200, 409]), `${one.text} ${two.text}`);
    const { body } = await call('clerk.doican', 'GET', 'profile?schoolYear=2024');
    const next = await patch(body.version, {
      headName: 'Ma Thị Hiền',
      ownership: '01',
      schoolKind: '07',
      region: '04',
      computers: true,
      phone: null,
    });
    assert.deepEqual(
      [next.status, next.body.record.values.computers, next.body.record.values.ownership],
      [200, true, '01'],
      next.text,
    );
    assert.equal((await patch(body.version, { computers: false })).body.current.version, next.body.record.version);
    assert.equal(
      (await patch(next.body.record.version, { headName: null })).body.code,
      'invalid_record',
      'what was given cannot be taken away',
    );
  });

  test('of each year is its own', async () => {
    assert.equal((await call('clerk.doican', 'GET', 'profile?schoolYear=2025')).body.version, '0');
  });

  test('its national standard is set by the offices above alone, with the decision in the log', async () => {
    assert.equal((await recognise('clerk.doican', '02')).status, 403);
    assert.equal((await recognise('head.doican', '02')).status, 403);
    assert.equal((await recognise('reviewer.hills', '02')).status, 404);
    assert.equal((await recognise('admin.ministry', '02')).status, 403);
    assert.equal((await recognise('reviewer.town', 'ba')).status, 400);
    const set = await recognise('reviewer.town', '02');
    assert.deepEqual([set.status, set.body.values.nationalStandard], [200, '02'], set.text);
    const seen = await call('clerk.doican', 'GET', 'profile?schoolYear=2024');
    assert.equal(seen.body.values.nationalStandard, '02');
    const own = await patch(seen.body.version, { nationalStandard: '03', internet: true });
    assert.deepEqual(
      [own.status, own.body.record.values.nationalStandard, own.body.record.values.internet],
      [200, '02', true],
    );
    const { rows } = await db.owner.query<{ account_name: string; detail: Record<string, unknown> }>(
      `select account_name, detail from audit_entry where action = 'profile.recognise' and unit_id = $1`,
      [units.doiCan.id],
    );
    assert.equal(rows.length, 1);
    assert.deepEqual(
      [rows[0]!.account_name, rows[0]!.detail.decision, rows[0]!.detail.nationalStandard],
      ['reviewer.town', 'QĐ 123/QĐ-SGDĐT', '02'],
    );
  });
});

describe('personal identification numbers', () => {
  const reveal = (id: unknown, reason: string, more?: Record<string, string>) =>
    call('clerk.doican', 'POST', `students/${id as string}/pin-readings`, { reason }, more);
  const entries = async () =>
    (
      await db.owner.query<{ detail: object; subject_id: string; account_name: string }>(
        `select detail, subject_id, account_name from audit_entry where action = 'students.reveal-pin' order by seq`,
      )
    ).rows;
  const pupil = student('Lò Văn Kín').id as string;

  test('are shown one at a time, with a reason, and each showing is in the log without the number', async () => {
    assert.equal((await reveal(pupil, ' ')).status, 400);
    assert.equal((await entries()).length, 0);
    const shown = await reveal(pupil, 'Đối chiếu giấy khai sinh');
    assert.deepEqual(
      [shown.status, shown.body, shown.headers['cache-control']],
      [200, { pin: '019218000321' }, 'no-store'],
    );
    assert.deepEqual(await entries(), [
      { detail: { reason: 'Đối chiếu giấy khai sinh' }, subject_id: pupil, account_name: 'clerk.doican' },
    ]);
    assert.deepEqual((await reveal(student('Lò Thị Chưa').id, 'Đối chiếu')).body, { pin: null });
    const teacherPin = await call('clerk.doican', 'POST', `staff/${teacher('Ma Thị Hiền').id as string}/pin-readings`, {
      reason: 'Đối chiếu',
    });
    assert.deepEqual(teacherPin.body, { pin: '019180000001' });
  });

  test('are kept nowhere in the open: no table, no stored answer, no list', async () => {
    await reveal(pupil, 'Thử với khóa chống lặp', { 'idempotency-key': 'reveal-with-a-key' });
    await call(
      'clerk.doican',
      'POST',
      'students/changes?schoolYear=2024',
      { changes: [{ id: pupil, version: '1.1', values: { pin: '019218000321' } }] },
      { 'idempotency-key': 'a-change-with-a-number' },
    );
    const { rows: tables } = await db.owner.query<{ name: string }>(
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
    );
    for (const { name } of tables) {
      const { rows } = await db.owner.query<{ count: string }>(
        `select count(*) from "${name}" t where t::text like '%019218000321%' or t::text like '%019180000001%'`,
      );
      assert.equal(Number(rows[0]!.count), 0, name);
    }
    const list = await call('clerk.doican', 'GET', 'students?schoolYear=2024');
    assert.ok(list.text.includes('019218••••21') && !list.text.includes('019218000321'));
  });
});
