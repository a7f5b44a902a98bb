import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { TOTP, Secret } from 'otpauth';
import { atTime, now } from '#platform/clock.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { idOf, seatCast, signedIn, units } from '#testing/cast.ts';
import { createTestApp } from '#testing/app.ts';
import { hashPassword } from './passwords.ts';
import { verifyAudit } from './audit-verify.ts';
import { serveAccounts } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
const password = 'mật-khẩu-của-clerk-1';

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveAccounts]);
});
after(async () => {
  await app.close();
  await db.close();
});

async function setPassword(username: string): Promise<void> {
  await db.owner.query(
    'update account set password_hash = $2, failed_attempts = 0, locked_until = null where username = $1',
    [username, await hashPassword(password)],
  );
}

const signIn = (username: string, given: string) =>
  app.inject({ method: 'POST', url: '/api/v1/session', payload: { username, password: given } });
const cookieOf = (response: { cookies: Array<{ name: string; value: string }> }) =>
  `kv_session=${response.cookies.find((each) => each.name === 'kv_session')!.value}`;

test('a right password opens a session with a strict, script-proof cookie', async () => {
  await setPassword('clerk.doican');
  const response = await signIn('Clerk.DoiCan', password);
  assert.equal(response.statusCode, 200, response.body);
  assert.equal(response.json().state, 'signed-in');
  assert.match(String(response.headers['set-cookie']), /HttpOnly; SameSite=Strict/);
  const me = await app.inject({ url: '/api/v1/session', headers: { cookie: cookieOf(response) } });
  assert.equal(me.json().account.username, 'clerk.doican');
  assert.deepEqual(
    me.json().memberships.map((each: { unitName: string }) => each.unitName),
    ['Trường TH Đội Cấn'],
  );
});

test('an unknown name and a wrong password are told apart by nobody', async () => {
  await setPassword('clerk.hoasen');
  const unknown = await signIn('nobody.here', password);
  const wrong = await signIn('clerk.hoasen', 'sai-mật-khẩu');
  assert.equal(unknown.statusCode, 401);
  const { requestId: _a, ...first } = unknown.json();
  const { requestId: _b, ...second } = wrong.json();
  assert.deepEqual(first, second);
});

test('five wrong attempts lock the account, even for the right password, and a quarter of an hour opens it', async () => {
  await setPassword('clerk.lahien');
  for (let attempt = 0; attempt < 5; attempt += 1) assert.equal((await signIn('clerk.lahien', 'sai')).statusCode, 401);
  const locked = await signIn('clerk.lahien', password);
  assert.equal(locked.statusCode, 423);
  assert.match(locked.json().text.vi, /Thử lại sau 15 phút/);
  await atTime(new Date(now().getTime() + 16 * 60_000), async () =>
    assert.equal((await signIn('clerk.lahien', password)).statusCode, 200),
  );
});

test('without the CSRF token nothing is written, with it the session ends', async () => {
  const headers = await signedIn(db.owner, 'head.doican');
  const without = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie: headers.cookie! } });
  assert.equal(without.json().code, 'csrf');
  assert.equal((await app.inject({ method: 'DELETE', url: '/api/v1/session', headers })).statusCode, 200);
  assert.equal((await app.inject({ url: '/api/v1/session', headers })).statusCode, 401);
});

test('two-step verification: switched on with a code, asked for at sign-in, each code once', async () => {
  await setPassword('reviewer.town');
  const headers = await signedIn(db.owner, 'reviewer.town');
  const started = await app.inject({ method: 'POST', url: '/api/v1/account/totp', headers, payload: {} });
  const { secret } = started.json() as { secret: string };
  const codeAt = (stepsLater: number) =>
    new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 }).generate({
      timestamp: now().getTime() + stepsLater * 30_000,
    });
  assert.equal(
    (
      await app.inject({
        method: 'POST',
        url: '/api/v1/account/totp/confirmations',
        headers,
        payload: { code: codeAt(0) },
      })
    ).statusCode,
    200,
  );

  const first = await signIn('reviewer.town', password);
  assert.equal(first.json().state, 'totp-required');
  const cookie = cookieOf(first);
  assert.equal(
    (await app.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode,
    401,
    'half a sign-in opens nothing',
  );
  const prove = (code: string) =>
    app.inject({ method: 'POST', url: '/api/v1/session/totp', headers: { cookie }, payload: { code } });
  assert.equal((await prove(codeAt(0))).json().code, 'wrong_code', 'the code that confirmed is used');
  assert.equal((await prove(codeAt(1))).statusCode, 200);
});

test('a head makes an account, whose temporary password must be changed; a clerk may not', async () => {
  const head = await signedIn(db.owner, 'head.doican');
  const url = `/api/v1/units/${units.doiCan.id}/accounts`;
  const made = await app.inject({
    method: 'POST',
    url,
    headers: head,
    payload: { username: 'moi.doican', displayName: 'Người mới', role: 'clerk' },
  });
  assert.equal(made.statusCode, 200, made.body);
  const session = await signIn('moi.doican', made.json().temporaryPassword);
  const me = await app.inject({ url: '/api/v1/session', headers: { cookie: cookieOf(session) } });
  assert.equal(me.json().account.mustChangePassword, true);
  const cookie = cookieOf(session);
  const audit = await app.inject({ url: `/api/v1/units/${units.doiCan.id}/audit`, headers: { cookie } });
  assert.equal(audit.statusCode, 403, 'a temporary password opens nothing else');

  const clerk = await signedIn(db.owner, 'clerk.doican');
  assert.equal(
    (
      await app.inject({
        method: 'POST',
        url,
        headers: clerk,
        payload: { username: 'lau.doican', displayName: 'Lậu', role: 'head' },
      })
    ).statusCode,
    403,
  );
  assert.equal((await app.inject({ url, headers: await signedIn(db.owner, 'head.doican') })).statusCode, 200);
  assert.equal(
    (await app.inject({ url, headers: await signedIn(db.owner, 'admin.town') })).statusCode,
    200,
    'the managing unit keeps accounts below it',
  );
  assert.equal(
    (await app.inject({ url, headers: await signedIn(db.owner, 'clerk.hoasen') })).statusCode,
    404,
    'another school does not exist',
  );
});

test('where the installation asks it of a role, its holders get no further than their account until two-step verification is on', async () => {
  const strict = await createTestApp(db, [serveAccounts], { KHUEVAN_TWO_STEP_ROLES: 'administrator, head' });
  try {
    const url = `/api/v1/units/${units.town.id}/accounts`;
    const headers = await signedIn(db.owner, 'admin.town');
    const refused = await strict.inject({ url, headers });
    assert.deepEqual([refused.statusCode, refused.json().code], [403, 'two_step_needed']);
    const me = async () => (await strict.inject({ url: '/api/v1/session', headers })).json();
    assert.equal((await me()).account.mustSetUpTwoStep, true);

    const started = await strict.inject({ method: 'POST', url: '/api/v1/account/totp', headers, payload: {} });
    const code = new TOTP({ secret: Secret.fromBase32(started.json().secret) }).generate();
    const payload = { code };
    const on = await strict.inject({ method: 'POST', url: '/api/v1/account/totp/confirmations', headers, payload });
    assert.equal(on.statusCode, 200, on.body);
    assert.equal((await me()).account.mustSetUpTwoStep, false);
    assert.equal((await strict.inject({ url, headers })).statusCode, 200);

    const clerk = await signedIn(db.owner, 'clerk.hoasen');
    const session = (await strict.inject({ url: '/api/v1/session', headers: clerk })).json();
    assert.equal(session.account.mustSetUpTwoStep, false, 'nothing is asked of a clerk');
  } finally {
    await strict.close();
  }
});

test('a role is delegated until a day, works to its end and not after; the list names whoever has it, of any unit', async () => {
  const head = await signedIn(db.owner, 'head.doican');
  const inDays = (days: number) => new Date(now().getTime() + days * 86_400_000);
  const until = inDays(3).toISOString().slice(0, 10);
  const payload = { username: 'clerk.hoasen', role: 'head', until, reason: 'Hiệu trưởng đi công tác' };
  const given = await app.inject({
    method: 'POST',
    url: `/api/v1/units/${units.doiCan.id}/delegations`,
    headers: head,
    payload,
  });
  assert.equal(given.statusCode, 200, given.body);
  const url = `/api/v1/units/${units.doiCan.id}/accounts`;
  const receiver = await signedIn(db.owner, 'clerk.hoasen');
  assert.equal((await app.inject({ url, headers: receiver })).statusCode, 200);
  const { delegations } = (await app.inject({ url, headers: head })).json();
  assert.deepEqual(
    delegations.map((each: Record<string, unknown>) => [each.role, each.until, each.reason, each.receiverUnitName]),
    [['head', until, payload.reason, units.hoaSen.name]],
  );
  // Of Vietnam's day, until its last minute.
  await atTime(new Date(`${until}T23:59:00+07:00`), async () =>
    assert.equal((await app.inject({ url, headers: receiver })).statusCode, 200),
  );
  await atTime(new Date(new Date(`${until}T23:59:00+07:00`).getTime() + 120_000), async () => {
    assert.equal((await app.inject({ url, headers: receiver })).statusCode, 404);
    assert.deepEqual((await app.inject({ url, headers: head })).json().delegations, []);
  });
});

test('the audit chain of a unit is whole, and a changed, removed or cut entry is found', async () => {
  const lines: string[] = [];
  const owner = await db.owner.connect();
  try {
    assert.equal(await verifyAudit(owner, (line) => lines.push(line)), 0, lines.join('\n'));
    const { rows } = await owner.query('select count(*)::integer as n from audit_entry where unit_id = $1', [
      units.doiCan.id,
    ]);
    assert.ok(rows[0].n >= 3, 'the tests above have written entries');
    for (const damage of [
      `update audit_entry set detail = '{"username":"khác"}' where unit_id = $1 and seq = 2`,
      'delete from audit_entry where unit_id = $1 and seq = 2',
      'delete from audit_entry where unit_id = $1 and seq = (select max(seq) from audit_entry where unit_id = $1)',
    ]) {
      await owner.query('begin');
      await owner.query(damage, [units.doiCan.id]);
      assert.equal(await verifyAudit(owner, () => undefined), 1, damage);
      await owner.query('rollback');
    }
  } finally {
    owner.release();
  }
});

test('the application role can neither read password hashes nor rewrite the audit log', async () => {
  const client = await db.database.pool.connect();
  try {
    await client.query('begin');
    await client.query(`select * from enter_scope($1, $2, current_date, false, null)`, [
      idOf('admin.town'),
      units.town.id,
    ]);
    const refused = [
      'select password_hash from account',
      'select totp_secret from account',
      'delete from audit_entry',
      `update audit_entry set detail = '{}'`,
      'update submission set no = no',
      'select * from pin_registry',
      'create table mine ()',
      'set role postgres',
    ];
    for (const statement of refused) {
      await client.query('savepoint before');
      await assert.rejects(client.query(statement), { code: /^42501$/ }, statement);
      await client.query('rollback to before');
    }
    await client.query('rollback');
  } finally {
    client.release();
  }
});
