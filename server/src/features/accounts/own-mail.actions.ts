// Where reminders of an account go, and how its reader confirms that they are to go there.
import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { changeOwnMail, confirmMail, readOwnMail } from '@khuevan/core/contract/reminders.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { now } from '#platform/clock.ts';
import { appendAudit, type Tx } from '#platform/database.ts';
import type { ServerParts } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import { enqueue } from '#platform/jobs.ts';
import type { Session } from '#platform/session.ts';
import { openMailLink } from './mail-link.ts';
import { askOwnConfirmation, confirmAddress, selectOwnMail, setOwnMail } from './own-mail.queries.ts';
import { changeOwn, ownAccount } from './own-account.actions.ts';
import { asAccount } from './sign-in.queries.ts';

type OwnMail = ResponseOf<typeof readOwnMail>;

export async function describeOwnMail(parts: ServerParts, session: Session): Promise<OwnMail> {
  const own = await asAccount(parts.database.db, session.accountId, selectOwnMail);
  return {
    email: own.email,
    wantsMail: own.wants_mail,
    isConfirmed: own.confirmed_at !== null,
    confirmation: own.ask && own.asked_at && { state: own.ask, askedAt: own.asked_at.toISOString() },
    mailIsOn: parts.config.KHUEVAN_SMTP_URL !== undefined,
  };
}

/** What asks for a letter is refused after too many of them; else the letter leaves at once. */
async function askingFor(parts: ServerParts, session: Session, action: string, ask: (tx: Tx) => Promise<boolean>) {
  await changeOwn(parts, session, await ownAccount(parts, session), action, async (tx) => {
    if (!(await ask(tx))) throw new ProblemError('too_many_letters');
    if (parts.config.KHUEVAN_SMTP_URL) await enqueue(tx, 'reminders.mail', {}, 'reminders.mail');
  });
  return describeOwnMail(parts, session);
}

export function changeMail(
  parts: ServerParts,
  session: Session,
  { email, wantsMail }: BodyOf<typeof changeOwnMail>,
): Promise<OwnMail> {
  return askingFor(parts, session, 'account.mail-changed', (tx) => setOwnMail(tx, email, wantsMail, now()));
}

/** Asked for twice in a moment, one letter is enough; one that is confirmed needs none. */
export async function askAgain(parts: ServerParts, session: Session): Promise<OwnMail> {
  const own = await describeOwnMail(parts, session);
  if (own.email === null || own.isConfirmed || own.confirmation?.state === 'waiting') return own;
  return askingFor(parts, session, 'account.mail-asked', (tx) => askOwnConfirmation(tx, now()));
}

/** By whoever holds the link: that the letter was read is all that is to be shown. */
export async function confirm(
  { database, secrets }: ServerParts,
  token: string,
): Promise<ResponseOf<typeof confirmMail>> {
  const link = openMailLink(secrets, token, now());
  if (!link) throw new ProblemError('link_expired');
  await database.db.transaction().execute(async (tx) => {
    const confirmed = await confirmAddress(tx, link, now());
    if (!confirmed) throw new ProblemError('link_expired');
    if (!confirmed.is_news) return;
    await appendAudit(tx, { accountId: link.accountId, name: confirmed.reader }, confirmed.unit_id, {
      id: newId(),
      action: 'account.mail-confirmed',
      subjectKind: 'account',
      subjectId: link.accountId,
      detail: {},
    });
  });
  return { email: link.email };
}
