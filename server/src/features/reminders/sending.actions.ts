// Background work: notices of deadlines and digests each morning, letters as they come.
import { noticeContent, sayNotice, usualReminderDays } from '@khuevan/core/reports/notices.ts';
import { now, today } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database, Tx } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import type { Secrets } from '#platform/secrets.ts';
import { sealMailLink } from '#features/accounts';
import { newId } from '#platform/ids.ts';
import { type Letter, type Mailer, openMailer } from '#platform/mail.ts';
import {
  drawCollectionNotices,
  drawDeadlineNotices,
  drawDigests,
  drawReviewNotices,
  type LetterRow,
  postNewLetters,
  settleConfirmation,
  settleLetter,
  takeConfirmations,
  takeLetters,
} from './sending.queries.ts';

export interface ReminderParts {
  database: Database;
  secrets: Secrets;
  config: Config;
  log: Log;
}

/** Does nothing twice: what was said for a deadline and a step, a day or a week, is not said again. */
export async function drawNotices({ database, log }: ReminderParts): Promise<void> {
  const morning = { day: today(), at: now(), usualDays: usualReminderDays };
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(work);
  const deadlines = await within((tx) => drawDeadlineNotices(tx, morning));
  const reviews = await within((tx) => drawReviewNotices(tx, morning));
  const collections = await within((tx) => drawCollectionNotices(tx, morning));
  const digests = await within((tx) => drawDigests(tx, morning));
  if (deadlines + reviews + collections + digests > 0)
    log.info({ deadlines, reviews, collections, digests }, 'notices drawn');
}

const atOnce = 20;

/** Sends what waits. A letter is taken before it is sent, so that another worker leaves it alone. */
export async function sendLetters(parts: ReminderParts): Promise<void> {
  const { database, config, log } = parts;
  const mailer = openMailer(config);
  if (!mailer) return;
  try {
    await sendConfirmations(parts, mailer);
    await database.db.transaction().execute((tx) => postNewLetters(tx, today(), now()));
    for (;;) {
      const letters = await database.db.transaction().execute((tx) => takeLetters(tx, now(), atOnce));
      if (letters.length === 0) return;
      for (const letter of letters) {
        const fault = await trySending(mailer, writeLetter(letter, config));
        if (fault !== null) log.warn({ letter: letter.id }, 'a letter was not taken');
        await database.db.transaction().execute((tx) => settleLetter(tx, letter, fault, now()));
      }
    }
  } finally {
    mailer.close();
  }
}

/** Before all others: nothing else goes to an address that is not confirmed. */
async function sendConfirmations({ database, secrets, config, log }: ReminderParts, mailer: Mailer): Promise<void> {
  for (;;) {
    const asked = await database.db.transaction().execute((tx) => takeConfirmations(tx, atOnce));
    if (asked.length === 0) return;
    for (const { account_id: accountId, address, reader } of asked) {
      const token = sealMailLink(secrets, { accountId, email: address }, now());
      const fault = await trySending(mailer, {
        to: address,
        subject: 'Xác nhận địa chỉ nhận thư nhắc việc',
        text: askToConfirm(reader, `${addressOf(config)}/confirm-mail#${token}`),
        id: newId(),
      });
      if (fault !== null) log.warn({ fault }, 'a letter of confirmation was not taken');
      await database.db.transaction().execute((tx) => settleConfirmation(tx, accountId, address, fault === null));
    }
  }
}

const addressOf = ({ KHUEVAN_PUBLIC_URL, HOST, PORT }: Config): string =>
  (KHUEVAN_PUBLIC_URL ?? `http://${HOST}:${PORT}`).replace(/\/$/, '');

const askToConfirm = (reader: string, link: string): string =>
  [
    `Kính gửi ${reader},`,
    '',
    'Tài khoản của bạn trên Khuê Văn, cơ sở dữ liệu ngành giáo dục, ghi địa chỉ này để nhận thư nhắc việc.',
    'Mở liên kết sau trong 24 giờ để xác nhận:',
    link,
    'Nếu bạn không ghi địa chỉ này, bỏ qua thư: sẽ không có thư nhắc việc nào gửi tới đây.',
    '',
    english,
    'Your account on Khuê Văn, the education database, names this address for reminders. Open the link above within 24 hours to confirm it.',
    'If you did not ask for this, ignore the letter: no reminder will be sent here.',
  ].join('\n');

const english = '--- English ---';

async function trySending(mailer: Mailer, letter: Letter): Promise<string | null> {
  try {
    await mailer.send(letter);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** In Vietnamese, then in English: numbers, names of units and forms, a link. What there is to see is seen after signing in. */
function writeLetter(row: LetterRow, config: Config): Letter {
  const { title, body } = sayNotice(noticeContent.parse({ kind: row.kind, content: row.content }));
  const lines = [
    `Kính gửi ${row.unit_name},`,
    '',
    ...body.map((line) => line.vi),
    '',
    `Xem và làm: ${addressOf(config)}/units/${row.unit_id}/notices`,
    'Thư tự động. Thôi nhận thư: mở “Tài khoản của tôi”, mục “Thư nhắc việc”.',
    '',
    english,
    ...body.map((line) => line.en),
    'Sent by the program. To receive no more, open “My account”, “Reminders by e-mail”.',
  ];
  return { to: row.address, subject: title.vi, text: lines.join('\n'), id: row.id };
}
