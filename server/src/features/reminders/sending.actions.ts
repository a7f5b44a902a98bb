// Background work: notices of deadlines and digests each morning, letters as they come.
import { noticeContent, sayNotice, usualReminderDays } from '@khuevan/core/reports/notices.ts';
import { now, today } from '#platform/clock.ts';
import type { Config } from '#platform/config.ts';
import type { Database, Tx } from '#platform/database.ts';
import type { Log } from '#platform/log.ts';
import { type Letter, type Mailer, openMailer } from '#platform/mail.ts';
import { drawDeadlineNotices, drawDigests, type LetterRow, settleLetter, takeLetters } from './sending.queries.ts';

export interface ReminderParts {
  database: Database;
  config: Config;
  log: Log;
}

/** Does nothing twice: what was said for a deadline and a step, a day or a week, is not said again. */
export async function drawNotices({ database, config, log }: ReminderParts): Promise<void> {
  const drawn = { day: today(), at: now(), withMail: config.KHUEVAN_SMTP_URL !== undefined };
  const within = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => database.db.transaction().execute(work);
  const deadlines = await within((tx) => drawDeadlineNotices(tx, { ...drawn, usualDays: usualReminderDays }));
  const digests = await within((tx) => drawDigests(tx, drawn));
  if (deadlines + digests > 0) log.info({ deadlines, digests }, 'notices drawn');
}

const atOnce = 20;

/** Sends what waits. A letter is taken before it is sent, so that another worker leaves it alone. */
export async function sendLetters({ database, config, log }: ReminderParts): Promise<void> {
  const mailer = openMailer(config);
  if (!mailer) return;
  try {
    for (;;) {
      const letters = await database.db.transaction().execute((tx) => takeLetters(tx, now(), atOnce));
      if (letters.length === 0) return;
      for (const letter of letters) {
        const fault = await trySending(mailer, writeLetter(letter, config.KHUEVAN_PUBLIC_URL));
        if (fault !== null) log.warn({ letter: letter.id }, 'a letter was not taken');
        await database.db.transaction().execute((tx) => settleLetter(tx, letter, fault, now()));
      }
    }
  } finally {
    mailer.close();
  }
}

async function trySending(mailer: Mailer, letter: Letter): Promise<string | null> {
  try {
    await mailer.send(letter);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** In Vietnamese: numbers, names of units and forms, a link. What there is to see is seen after signing in. */
function writeLetter(row: LetterRow, publicUrl: string | undefined): Letter {
  const { title, body } = sayNotice(noticeContent.parse({ kind: row.kind, content: row.content }));
  const link = publicUrl ? [`Xem và làm: ${publicUrl.replace(/\/$/, '')}/units/${row.unit_id}/notices`] : [];
  const lines = [
    `Kính gửi ${row.unit_name},`,
    '',
    ...body.map((line) => line.vi),
    '',
    ...link,
    'Thư tự động. Thôi nhận thư: mở “Tài khoản của tôi”, mục “Thư nhắc việc”.',
  ];
  return { to: row.address, subject: title.vi, text: lines.join('\n'), id: row.id };
}
