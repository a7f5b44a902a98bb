// Sessions: a random token in a strict cookie, its hash in the database, so that any instance may answer any request.
import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sql } from 'kysely';
import type { Role } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { now, today } from './clock.ts';
import type { Database } from './database.ts';
import { newId } from './ids.ts';

export const cookieName = 'kv_session';
const lifetimeMs = 12 * 3_600_000;

export interface Session {
  id: string;
  accountId: string;
  username: string;
  displayName: string;
  unitId: string;
  csrfToken: string;
  totpPending: boolean;
  mustChangePassword: boolean;
  /** Holds a role that must use two-step verification, and has not set it up. */
  owesTwoStep: boolean;
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

/** @throws ProblemError not_signed_in without a valid session, or while the second step is missing. */
export async function findSession(
  database: Database,
  request: FastifyRequest,
  options: { pending?: boolean; twoStepRoles?: readonly Role[] } = {},
): Promise<Session> {
  const token = request.cookies[cookieName];
  if (!token) throw new ProblemError('not_signed_in');
  const { rows } = await sql<{
    session_id: string;
    csrf_token: string;
    totp_pending: boolean;
    account_id: string;
    username: string;
    display_name: string;
    unit_id: string;
    must_change_password: boolean;
    owes_two_step: boolean;
  }>`select * from session_account(${hashOf(token)}, ${now()}, ${options.twoStepRoles ?? []}, ${today()})`.execute(
    database.db,
  );
  const row = rows[0];
  if (!row || row.totp_pending !== (options.pending ?? false)) throw new ProblemError('not_signed_in');
  return {
    id: row.session_id,
    accountId: row.account_id,
    username: row.username,
    displayName: row.display_name,
    unitId: row.unit_id,
    csrfToken: row.csrf_token,
    totpPending: row.totp_pending,
    mustChangePassword: row.must_change_password,
    owesTwoStep: row.owes_two_step,
  };
}

/** Opens a session and sets its cookie; earlier sessions of the same browser end with the cookie they had. */
export async function openSession(
  database: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  accountId: string,
  totpPending: boolean,
): Promise<{ csrfToken: string }> {
  const token = randomBytes(32).toString('base64url');
  const csrfToken = randomBytes(24).toString('base64url');
  const expiresAt = new Date(now().getTime() + (totpPending ? 10 * 60_000 : lifetimeMs));
  await database.db.transaction().execute(async (tx) => {
    await sql`select set_config('app.account_id', ${accountId}, true)`.execute(tx);
    await tx
      .insertInto('session')
      .values({
        id: newId(),
        token_hash: hashOf(token),
        account_id: accountId,
        csrf_token: csrfToken,
        totp_pending: totpPending,
        created_at: now(),
        last_seen_at: now(),
        expires_at: expiresAt,
        address: request.ip,
        agent: request.headers['user-agent']?.slice(0, 200) ?? null,
      })
      .execute();
  });
  void reply.setCookie(cookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
    maxAge: Math.round(lifetimeMs / 1000),
  });
  return { csrfToken };
}
