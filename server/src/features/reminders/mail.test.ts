// Letters that really arrive: at a mail server on this machine, from two workers at once, to those who want them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import * as contract from '@khuevan/core/contract/reminders.ts';
import { serveAccounts } from '#features/accounts';
import { atTime } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createDatabase } from '#platform/database.ts';
import { createLog } from '#platform/log.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from '../../testing/app.ts';
import { createCaller, type Caller } from '../../testing/caller.ts';
import { seatCast, units, type PersonName } from '../../testing/cast.ts';
import { openMailServer, textOf, tokenIn, type MailServer } from '../../testing/mail-server.ts';
import { seatPeriod } from '../../testing/reports.ts';
import { at } from '../../testing/story.ts';
import { straight } from '../../testing/straight.ts';
import { reminderTasks, serveReminders } from './index.ts';

let db: TestDatabase;
let server: MailServer;
let app: FastifyInstance;
let as: (person: PersonName, day?: string) => Caller;
let periodId: string;
let environment: NodeJS.ProcessEnv;
const log = createLog({ KHUEVAN_LOG_LEVEL: 'silent' });

before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  server = await openMailServer();
  environment = {
    KHUEVAN_SMTP_URL: server.url,
    KHUEVAN_PUBLIC_URL: 'https://khuevan.example',
    KHUEVAN_MAIL_FROM: 'Khuê Văn <nhac@khuevan.example>',
  };
  app = await createTestApp(db, [serveReminders, serveAccounts], environment);
  as = await createCaller(app, db.owner);
  periodId = await seatPeriod(db.owner);
});
after(async () => {
  await app.close();
  await server.close();
  await db.close();
});

const tasksOf = (database: TestDatabase['database'], config = readConfig(environment)) =>
  reminderTasks({ database, secrets: db.secrets, config, log });
const run = (task: 'reminders.draw' | 'reminders.mail', moment: string, tasks = tasksOf(db.database)) =>
  atTime(new Date(moment), () => tasks[task]!());
const morning = '2024-10-17T07:00:00+07:00';
/** Letters go to the address from now on: its reader has opened the link. */
async function receive(person: PersonName, email: string, wantsMail = true): Promise<void> {
  const caller = as(person, morning.slice(0, 10));
  const { isConfirmed } = await caller.call(contract.changeOwnMail, { params: {}, body: { email, wantsMail } });
  if (isConfirmed) return;
  await run('reminders.mail', morning);
  const letter = server.letters.pop()!;
  assert.deepEqual(letter.to, [email]);
  await caller.call(contract.confirmMail, { params: {}, body: { token: tokenIn(letter) } });
}

test('an account says where letters go; another cannot say it for it', async () => {
  const first = await as('clerk.doican').call(contract.readOwnMail, { params: {} });
  assert.deepEqual(first, { email: null, wantsMail: true, isConfirmed: false, confirmation: null, mailIsOn: true });
  await receive('clerk.doican', 'vanthu@doican.example');
  await receive('head.doican', 'hieutruong@doican.example');
  await receive('clerk.hoasen', 'vanthu@hoasen.example', false);
  await receive('clerk.lahien', 'khongco@lahien.example');
  assert.equal((await as('clerk.doican').call(contract.readOwnMail, { params: {} })).email, 'vanthu@doican.example');
  for (const email of ['khong phai', 'a@b, c@d'])
    assert.equal(
      await as('clerk.doican').fail(contract.changeOwnMail, { params: {}, body: { email, wantsMail: true } }),
      'invalid_request',
    );
  const forged = `update account set email = 'x@x.example' where username = 'clerk.doican'`;
  await assert.rejects(straight(db, 'head.doican', 'doiCan', forged), { code: '42501' });
});

test('without a mail server nothing is kept to be sent', async () => {
  const off = tasksOf(db.database, readConfig({}));
  await run('reminders.draw', '2024-10-18T07:00:00+07:00', off);
  await run('reminders.mail', '2024-10-18T07:00:00+07:00', off);
  assert.equal((await db.owner.query('select 1 from notice')).rowCount! > 0, true);
  assert.equal((await db.owner.query('select 1 from mail')).rowCount, 0);
});

test('two workers at once deliver each letter once, to those who want it', async () => {
  await as('head.doican').call(contract.changeDigest, { params: at('doiCan'), body: { rhythm: 'off' } });
  server.unknown.add('khongco@lahien.example');
  const other = createDatabase(db.appUrl);
  try {
    const both = [tasksOf(db.database), tasksOf(other)];
    const moment = '2024-10-22T07:00:00+07:00';
    await Promise.all(both.map((tasks) => run('reminders.draw', moment, tasks)));
    await Promise.all([...both, ...both].map((tasks) => run('reminders.mail', moment, tasks)));
  } finally {
    await other.close();
  }
  assert.deepEqual(server.letters.map((letter) => letter.to.join()).toSorted(), [
    'hieutruong@doican.example',
    'vanthu@doican.example',
  ]);
  const letter = server.letters[0]!;
  assert.equal(letter.from, 'nhac@khuevan.example');
  const text = textOf(letter);
  assert.match(text, /Kính gửi Trường TH Đội Cấn,/);
  assert.match(text, /Đơn vị chưa gửi biểu 02-TH-ĐN\. Hạn là hết ngày 25\/10\/2024\./);
  assert.match(text, new RegExp(`https://khuevan.example/units/${units.doiCan.id}/notices`));
  assert.match(text, /The unit has not sent/);
  assert.match(letter.source, /^Auto-Submitted: auto-generated$/m);
});

test('what the mail server refuses is tried again later, five times, and no letter twice', async () => {
  const stateOf = async () =>
    (
      await db.owner.query<{ state: string; attempts: number; fault: string }>(
        'select state, attempts, fault from mail where unit_id = $1',
        [units.laHien.id],
      )
    ).rows[0]!;
  const first = await stateOf();
  assert.deepEqual([first.state, first.attempts], ['waiting', 1]);
  assert.match(first.fault, /no such mailbox/);
  await run('reminders.mail', '2024-10-22T07:04:00+07:00');
  assert.equal((await stateOf()).attempts, 1, 'five minutes have not passed');
  for (const hour of ['08', '09', '10', '11', '12']) await run('reminders.mail', `2024-10-22T${hour}:00:00+07:00`);
  assert.deepEqual(await stateOf(), { state: 'failed', attempts: 5, fault: first.fault });
  assert.equal(server.letters.length, 2);
});

test('a worker that dies with a letter in hand loses it to another', async () => {
  await db.owner.query(
    `update mail set state = 'sending', claimed_at = '2024-10-22T13:00:00+07:00', attempts = 1 where unit_id = $1`,
    [units.laHien.id],
  );
  server.unknown.clear();
  await run('reminders.mail', '2024-10-22T13:10:00+07:00');
  assert.equal(server.letters.length, 2);
  await run('reminders.mail', '2024-10-22T13:16:00+07:00');
  assert.equal(server.letters.at(-1)!.to.join(), 'khongco@lahien.example');
});

test('an officer’s words arrive; who has stopped letters meanwhile gets none', async () => {
  const text = 'Đề nghị nhà trường gửi báo cáo trong hôm nay.';
  const body = { periodId, unitIds: [units.doiCan.id, units.hoaSen.id], text };
  await as('reviewer.town', '2024-10-24').call(contract.remindUnits, { params: at('town'), body });
  await receive('clerk.doican', 'vanthu@doican.example', false);
  const count = server.letters.length;
  await run('reminders.mail', '2024-10-24T10:00:00+07:00');
  assert.deepEqual(
    server.letters.slice(count).map((letter) => letter.to.join()),
    ['hieutruong@doican.example'],
  );
  assert.match(textOf(server.letters.at(-1)!), new RegExp(text));
});

test('a digest goes to the head and to nobody else', async () => {
  await receive('clerk.doican', 'vanthu@doican.example');
  await as('head.doican').call(contract.changeDigest, { params: at('doiCan'), body: { rhythm: 'weekly' } });
  const count = server.letters.length;
  await run('reminders.draw', '2024-11-05T07:00:00+07:00');
  await run('reminders.mail', '2024-11-05T07:00:00+07:00');
  assert.deepEqual(
    server.letters.slice(count).map((letter) => [letter.to.join(), /1 biểu đã quá hạn chưa gửi/.test(textOf(letter))]),
    [['hieutruong@doican.example', true]],
  );
});

test('whatever a unit is told goes out once, though it was not written by the morning’s work; what is old is no news', async () => {
  const told = (moment: string, about: string) =>
    db.owner.query(
      `insert into notice (unit_id, id, kind, audience, once_key, content, created_at)
       values ($1, gen_random_uuid(), 'collection', 'everybody', $2, $3, $4)`,
      [
        units.doiCan.id,
        about,
        {
          about: 'published',
          collectionId: periodId,
          title: about,
          fromUnit: units.province.name,
          dueOn: '2024-11-20',
          daysLeft: 9,
        },
        moment,
      ],
    );
  await told('2024-11-09T09:00:00+07:00', 'Rà soát cũ');
  await told('2024-11-11T09:00:00+07:00', 'Rà soát mới');
  const count = server.letters.length;
  const moment = '2024-11-11T09:01:00+07:00';
  await Promise.all([run('reminders.mail', moment), run('reminders.mail', moment)]);
  await run('reminders.mail', '2024-11-11T09:02:00+07:00');
  const sent = server.letters.slice(count);
  assert.deepEqual(sent.map((letter) => letter.to.join()).toSorted(), [
    'hieutruong@doican.example',
    'vanthu@doican.example',
  ]);
  for (const letter of sent) assert.match(textOf(letter), /Sở GDĐT Thái Nguyên hỏi; đơn vị chưa trả lời/);
});
