import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '#testing/app.ts';
import { seatCast, units } from '#testing/cast.ts';
import { createAccountByCommand, serveAccounts } from './index.ts';

let db: TestDatabase;
let app: FastifyInstance;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  app = await createTestApp(db, [serveAccounts]);
});
after(async () => {
  await app.close();
  await db.close();
});

async function create(...args: string[]): Promise<{ code: number; said: string[] }> {
  const owner = await db.owner.connect();
  try {
    const said: string[] = [];
    return { code: await createAccountByCommand(owner, args, (line) => said.push(line)), said };
  } finally {
    owner.release();
  }
}

const school = units.doiCan;

test('an account made by command signs in once with its password, and then has to change it', async () => {
  const { code, said } = await create('--unit', school.code, '--role', 'head', '--name', 'Hoàng Thị Mẫu', 'ht.mau');
  assert.equal(code, 0, said.join('\n'));
  const temporary = said.at(-1)!.trim();
  const signIn = (password: string) =>
    app.inject({ method: 'POST', url: '/api/v1/session', payload: { username: 'ht.mau', password } });
  assert.equal((await signIn(`${temporary}x`)).statusCode, 401);
  const opened = await signIn(temporary);
  assert.equal(opened.statusCode, 200);
  const cookie = `kv_session=${opened.cookies.find((each) => each.name === 'kv_session')!.value}`;
  const me = (await app.inject({ url: '/api/v1/session', headers: { cookie } })).json();
  assert.equal(me.account.mustChangePassword, true);
  assert.deepEqual(
    me.memberships.map((each: { unitCode: string; role: string }) => [each.unitCode, each.role]),
    [[school.code, 'head']],
  );
  const { rows } = await db.owner.query(
    `select u.code, e.account_name, e.detail from audit_entry e join unit u on u.id = e.unit_id where e.action = 'account.created'`,
  );
  assert.deepEqual(rows, [
    { code: school.code, account_name: 'npm run khuevan', detail: { username: 'ht.mau', role: 'head' } },
  ]);
  assert.ok(!JSON.stringify(rows).includes(temporary), 'the password stands nowhere');
});

test('what cannot be is refused with what could be, and leaves nothing', async () => {
  const accounts = (await db.owner.query('select count(*)::integer as n from account')).rows[0].n;
  const name = ['--name', 'Hoàng Thị Mẫu'];
  for (const [args, pattern] of [
    [['--unit', school.code, '--role', 'head', ...name], /account create --unit/],
    [['--unit', '00000000', '--role', 'head', ...name, 'a.b'], /Không có đơn vị mã 00000000/],
    [['--unit', school.code, '--role', 'king', ...name, 'a.b'], /Vai trò .* clerk, head/],
    [['--unit', school.code, '--role', 'analyst', ...name, 'a.b'], /there are: clerk, head/],
    [['--unit', school.code, '--role', 'head', ...name, 'Có Dấu'], /Tên đăng nhập/],
    [['--unit', school.code, '--role', 'head', ...name, 'ht.mau'], /Đã có tài khoản ht\.mau/],
  ] as const) {
    const { code, said } = await create(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(said.join('\n'), pattern);
  }
  assert.equal((await db.owner.query('select count(*)::integer as n from account')).rows[0].n, accounts);
});

test('a code that a school and an office share asks which of them', async () => {
  await db.owner.query(
    `insert into unit (id, kind, code, name, valid) values (gen_random_uuid(), 'commune', $1, 'Xã trùng mã', '[2000-01-01,)')`,
    [school.code],
  );
  const given = ['--unit', school.code, '--role', 'reviewer', '--name', 'Hoàng Thị Mẫu'];
  const { code, said } = await create(...given, 'cv.xa');
  assert.equal(code, 2);
  assert.match(said.join('\n'), /--kind commune {3}Xã trùng mã/);
  assert.equal((await create(...given, '--kind', 'commune', 'cv.xa')).code, 0);
});
