import type { FastifyReply, FastifyRequest } from 'fastify';
import { permissionsOf } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { readSession, signIn } from '@khuevan/core/contract/accounts.ts';
import { now, schoolYearOf, today } from '#platform/clock.ts';
import { appendAudit } from '#platform/database.ts';
import type { ServerParts } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import { findSession, openSession, type Session } from '#platform/session.ts';
import { hashPassword, matchesPassword } from './passwords.ts';
import { endSessions, findSignInAccount, listMemberships, noteSignIn, type SignInAccount } from './sign-in.queries.ts';
import { stepOfCode } from './totp.ts';

const attemptsBeforeLock = 5;
const lockMs = 15 * 60_000;
// Compared against when the name is unknown, so that a stranger cannot tell names by the time an answer takes.
const nobodysHash = hashPassword('a password that nobody has');

export async function signInWithPassword(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  username: string,
  password: string,
): Promise<ResponseOf<typeof signIn>> {
  const { db } = parts.database;
  const account = await findSignInAccount(db, username.toLowerCase());
  const matches = await matchesPassword(account?.password_hash ?? (await nobodysHash), password);
  if (!account || !account.active) throw new ProblemError('wrong_credentials');
  refuseWhileLocked(account);
  if (!matches) return failSignIn(parts, account, 'wrong_credentials');
  if (!account.totp_enabled) await noteSignIn(db, account.id, true, null, null);
  const { csrfToken } = await openSession(parts.database, request, reply, account.id, account.totp_enabled);
  if (!account.totp_enabled) await auditSignIn(parts, account, 'session.opened');
  return { state: account.totp_enabled ? 'totp-required' : 'signed-in', csrfToken };
}

export async function proveSecondStep(
  parts: ServerParts,
  request: FastifyRequest,
  reply: FastifyReply,
  code: string,
): Promise<{ state: 'signed-in'; csrfToken: string }> {
  const { db } = parts.database;
  const pending = await findSession(parts.database, request, { pending: true });
  const account = await findSignInAccount(db, pending.username);
  if (!account?.totp_secret) throw new ProblemError('not_signed_in');
  refuseWhileLocked(account);
  const step = stepOfCode(parts.secrets.decrypt(account.totp_secret), code, account.totp_last_step);
  if (step === null) return failSignIn(parts, account, 'wrong_code');
  await noteSignIn(db, account.id, true, null, step);
  await endSessions(db, account.id, { only: pending.id });
  const { csrfToken } = await openSession(parts.database, request, reply, account.id, false);
  await auditSignIn(parts, account, 'session.opened');
  return { state: 'signed-in', csrfToken };
}

function refuseWhileLocked(account: SignInAccount): void {
  const leftMs = (account.locked_until?.getTime() ?? 0) - now().getTime();
  if (leftMs > 0) throw new ProblemError('account_locked', { minutes: Math.ceil(leftMs / 60_000) });
}

async function failSignIn(
  parts: ServerParts,
  account: SignInAccount,
  code: 'wrong_credentials' | 'wrong_code',
): Promise<never> {
  const failed = account.failed_attempts + 1;
  const lockedUntil = failed % attemptsBeforeLock === 0 ? new Date(now().getTime() + lockMs) : null;
  await noteSignIn(parts.database.db, account.id, false, lockedUntil, null);
  if (lockedUntil) await auditSignIn(parts, account, 'account.locked');
  throw new ProblemError(code);
}

async function auditSignIn(parts: ServerParts, account: SignInAccount, action: string): Promise<void> {
  await parts.database.db.transaction().execute((tx) =>
    appendAudit(tx, { accountId: account.id, name: account.display_name }, account.unit_id, {
      id: newId(),
      action,
      subjectKind: 'account',
      subjectId: account.id,
      detail: {},
    }),
  );
}

export async function describeSession(parts: ServerParts, session: Session): Promise<ResponseOf<typeof readSession>> {
  const { db } = parts.database;
  const memberships = await listMemberships(db, session.accountId);
  const account = await findSignInAccount(db, session.username);
  const day = today();
  return {
    account: {
      id: session.accountId,
      username: session.username,
      displayName: session.displayName,
      totpEnabled: account?.totp_enabled ?? false,
      mustChangePassword: session.mustChangePassword,
      mustSetUpTwoStep: session.owesTwoStep,
    },
    memberships: memberships.map((each) => ({
      unitId: each.unit_id,
      unitKind: each.unit_kind,
      unitCode: each.unit_code,
      unitName: each.unit_name,
      unitLevels: each.unit_levels,
      role: each.role,
      levels: each.levels,
      until: each.until,
      delegated: each.delegated,
      permissions: [...permissionsOf(each.role, each.unit_kind)],
    })),
    csrfToken: session.csrfToken,
    today: day,
    schoolYear: schoolYearOf(day),
    demo: await isDemo(db),
  };
}

async function isDemo(db: ServerParts['database']['db']): Promise<boolean> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', 'demo').executeTakeFirst();
  return row !== undefined;
}
