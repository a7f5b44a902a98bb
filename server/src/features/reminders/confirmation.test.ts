// An address is confirmed by whoever reads its letters, by a link that lives a day; until then nothing else goes there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as contract from '@khuevan/core/contract/reminders.ts';
import { serveAccounts } from '#features/accounts';
import { atTime } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { seatCast, type PersonName } from '../../testing/cast.ts';
import { openMailServer, textOf, tokenIn, type MailServer } from '../../testing/mail-server.ts';
import { seatPeriod } from '../../testing/reports.ts';
import { reminderTasks, serveReminders } from './index.ts';

let db: TestDatabase;
let server: MailServer;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
let tasks: ReturnType<typeof reminderTasks>;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  server = await openMailServer();
  const environment = { KHUEVAN_SMTP_URL: server.url, KHUEVAN_PUBLIC_URL: 'https://khuevan.example/' };
  app = await createTestApp(db, [serveReminders, serveAccounts], environment);
  as = await createCaller(app, db.owner);
  const config = readConfig(environment);
  const log = createLog({ KHUEVAN_LOG_LEVEL: 'silent' });
  tasks = reminderTasks({ database: db.database, secrets: db.secrets, config, log });
  await seatPeriod(db.owner);
});
after(async () => {
  await app.close();
  await server.close();
  await db.close();
});

const run = (task: string, moment: string) => atTime(new Date(moment), () => tasks[task]!());
const clerk = () => as('clerk.doican');
const give = (email: string | null) =>
  clerk().call(contract.changeOwnMail, { params: {}, body: { email, wantsMail: true } });
const confirm = (token: string, day?: string) => ({
  works: () => as('clerk.hoasen', day).call(contract.confirmMail, { params: {}, body: { token } }),
  fails: () => as('clerk.hoasen', day).fail(contract.confirmMail, { params: {}, body: { token } }),
});
const lettersKept = async () => (await db.owner.query('select 1 from mail')).rowCount;

test('a letter asks the reader, in both languages, and before the answer no reminder is written', async () => {
  const given = await give('vanthu@doican.example');
  assert.deepEqual([given.isConfirmed, given.confirmation?.state], [false, 'waiting']);
  await run('reminders.draw', '2024-10-15T07:00:00+07:00');
  await run('reminders.draw', '2024-10-18T07:00:00+07:00');
  assert.equal(await lettersKept(), 0);
  await run('reminders.mail', '2024-10-15T09:01:00+07:00');
  assert.deepEqual(
    server.letters.map(({ to }) => to.join()),
    ['vanthu@doican.example'],
  );
  const text = textOf(server.letters[0]!);
  assert.match(text, /^Kính gửi .+,\n/);
  assert.match(text, /https:\/\/khuevan\.example\/confirm-mail#\S+\n/);
  assert.match(text, /within 24 hours to confirm/);
  const now = await clerk().call(contract.readOwnMail, { params: {} });
  assert.deepEqual([now.isConfirmed, now.confirmation?.state], [false, 'sent']);
  await run('reminders.mail', '2024-10-15T09:02:00+07:00');
  assert.equal(server.letters.length, 1, 'one letter for one wish');
});

test('a link that was changed, is too old or of another address confirms nothing', async () => {
  const token = tokenIn(server.letters[0]!);
  const [text = '', signature = ''] = token.split('.');
  const forged = Buffer.from(
    Buffer.from(text, 'base64url').toString().replace('vanthu@doican', 'khac@doican'),
  ).toString('base64url');
  for (const wrong of ['x', '.', `${text}.`, `${forged}.${signature}`, `${text}.${signature.slice(1)}`])
    assert.equal(await confirm(wrong).fails(), 'link_expired', wrong);
  assert.equal(await confirm(token, '2024-10-17').fails(), 'link_expired', 'a day has passed');
  await give('moi@doican.example');
  assert.equal(await confirm(token).fails(), 'link_expired', 'the account has another address');
  assert.equal((await clerk().call(contract.readOwnMail, { params: {} })).isConfirmed, false);
});

test('the link confirms once for all, signed in as whoever; then reminders come', async () => {
  await run('reminders.mail', '2024-10-15T10:00:00+07:00');
  const token = tokenIn(server.letters.at(-1)!);
  for (let times = 0; times < 2; times += 1)
    assert.deepEqual(await confirm(token).works(), { email: 'moi@doican.example' });
  const { rows } = await db.owner.query<{ account_name: string }>(
    `select account_name from audit_entry where action = 'account.mail-confirmed'`,
  );
  assert.equal(rows.length, 1);
  const own = await clerk().call(contract.readOwnMail, { params: {} });
  assert.deepEqual([own.isConfirmed, own.confirmation], [true, null]);
  const asked = await clerk().call(contract.askConfirmation, { params: {} });
  assert.deepEqual(asked, own, 'what is confirmed is not asked for again');
  const count = server.letters.length;
  await run('reminders.draw', '2024-10-22T07:00:00+07:00');
  await run('reminders.mail', '2024-10-22T07:00:00+07:00');
  assert.deepEqual(
    server.letters.slice(count).map(({ to }) => to.join()),
    ['moi@doican.example'],
  );
  await give('moi@doican.example');
  assert.equal((await clerk().call(contract.readOwnMail, { params: {} })).isConfirmed, true, 'the same address again');
});

test('a letter that nobody takes is said, and asked for again; ten in a day are enough', async () => {
  server.unknown.add('sai@doican.example');
  await give('sai@doican.example');
  const count = server.letters.length;
  const askAgain = { params: {} };
  let asks = 3;
  for (; asks < 10; asks += 1) {
    await run('reminders.mail', '2024-10-15T11:00:00+07:00');
    const own = await clerk().call(contract.readOwnMail, { params: {} });
    assert.equal(own.confirmation?.state, 'failed');
    assert.equal((await clerk().call(contract.askConfirmation, askAgain)).confirmation?.state, 'waiting');
    assert.equal(
      (await clerk().call(contract.askConfirmation, askAgain)).confirmation?.state,
      'waiting',
      'twice at once',
    );
  }
  await run('reminders.mail', '2024-10-15T11:00:00+07:00');
  assert.equal(await clerk().fail(contract.askConfirmation, askAgain), 'too_many_letters');
  const body = { email: 'khac@doican.example', wantsMail: true };
  assert.equal(await clerk().fail(contract.changeOwnMail, { params: {}, body }), 'too_many_letters');
  assert.equal((await clerk().call(contract.readOwnMail, { params: {} })).email, 'sai@doican.example');
  assert.equal(server.letters.length, count);
  await as('clerk.doican', '2024-10-17').call(contract.changeOwnMail, { params: {}, body });
});
