// What people do with their own account: password, two-step verification.
import { renderSVG } from 'uqr';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { ServerParts } from '#platform/http.ts';
import { appendAudit, type Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import type { Session } from '#platform/session.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import {
  asAccount,
  endSessions,
  findSignInAccount,
  setOwnPassword,
  setOwnTotp,
  type SignInAccount,
} from './sign-in.queries.ts';
import { makeTotpSecret, stepOfCode, totpUri } from './totp.ts';

export async function ownAccount(parts: ServerParts, session: Session): Promise<SignInAccount> {
  const account = await findSignInAccount(parts.database.db, session.username);
  if (!account) throw new ProblemError('not_signed_in');
  return account;
}

/** Changes the own account row and writes it to the audit log of the home unit. */
export async function changeOwn(
  parts: ServerParts,
  session: Session,
  account: SignInAccount,
  action: string,
  change: (tx: Tx) => Promise<unknown>,
): Promise<void> {
  await asAccount(parts.database.db, session.accountId, async (tx) => {
    await change(tx);
    await appendAudit(tx, { accountId: session.accountId, name: session.displayName }, account.unit_id, {
      id: newId(),
      action,
      subjectKind: 'account',
      subjectId: session.accountId,
      detail: {},
    });
  });
}

export async function changeOwnPassword(
  parts: ServerParts,
  session: Session,
  current: string,
  next: string,
): Promise<void> {
  const account = await ownAccount(parts, session);
  if (!(await matchesPassword(account.password_hash, current))) throw new ProblemError('wrong_credentials');
  if (next.toLowerCase().includes(session.username))
    throw new ProblemError('invalid_request', { path: 'body.next', reason: 'không được chứa tên đăng nhập' });
  const hashed = await hashPassword(next);
  await changeOwn(parts, session, account, 'account.password-changed', (tx) => setOwnPassword(tx, hashed));
  await endSessions(parts.database.db, session.accountId, { except: session.id });
}

export async function startOwnTotp(
  parts: ServerParts,
  session: Session,
): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const account = await ownAccount(parts, session);
  if (account.totp_enabled)
    throw new ProblemError('invalid_request', { path: 'totp', reason: 'xác thực hai bước đang bật' });
  const secret = makeTotpSecret();
  await changeOwn(parts, session, account, 'account.totp-started', (tx) =>
    setOwnTotp(tx, parts.secrets.encrypt(secret), false, 0),
  );
  const uri = totpUri(secret, session.username);
  return { secret, uri, qrSvg: renderSVG(uri) };
}

export async function confirmOwnTotp(parts: ServerParts, session: Session, code: string): Promise<void> {
  const account = await ownAccount(parts, session);
  if (!account.totp_secret || account.totp_enabled) throw new ProblemError('wrong_code');
  const step = stepOfCode(parts.secrets.decrypt(account.totp_secret), code, account.totp_last_step);
  if (step === null) throw new ProblemError('wrong_code');
  await changeOwn(parts, session, account, 'account.totp-on', (tx) => setOwnTotp(tx, account.totp_secret, true, step));
}

export async function stopOwnTotp(parts: ServerParts, session: Session, password: string, code: string): Promise<void> {
  const account = await ownAccount(parts, session);
  if (!account.totp_secret || !account.totp_enabled) throw new ProblemError('wrong_code');
  if (!(await matchesPassword(account.password_hash, password))) throw new ProblemError('wrong_credentials');
  if (stepOfCode(parts.secrets.decrypt(account.totp_secret), code, account.totp_last_step) === null)
    throw new ProblemError('wrong_code');
  await changeOwn(parts, session, account, 'account.totp-off', (tx) => setOwnTotp(tx, null, false, 0));
}
