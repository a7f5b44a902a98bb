// Before sign-in there is no scope: these go through the database's own functions.
import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Db, Tx } from '#platform/database.ts';
import type { Role, UnitKind } from '@khuevan/core/permissions.ts';

export interface SignInAccount {
  id: string;
  unit_id: string;
  display_name: string;
  password_hash: string;
  totp_secret: Buffer | null;
  totp_enabled: boolean;
  totp_last_step: number;
  failed_attempts: number;
  locked_until: Date | null;
  active: boolean;
}

export async function findSignInAccount(db: Db | Tx, username: string): Promise<SignInAccount | undefined> {
  const { rows } = await sql<SignInAccount>`select * from sign_in_account(${username})`.execute(db);
  return rows[0];
}

/** Answers the number of failed attempts since the last success. */
export async function noteSignIn(
  db: Db | Tx,
  accountId: string,
  succeeded: boolean,
  lockedUntil: Date | null,
  totpStep: number | null,
): Promise<number> {
  const { rows } = await sql<{
    attempts: number;
  }>`select note_sign_in(${accountId}, ${succeeded}, ${lockedUntil}, ${totpStep}) as attempts`.execute(db);
  return rows[0]!.attempts;
}

export interface MembershipRow {
  unit_id: string;
  unit_kind: UnitKind;
  unit_code: string;
  unit_name: string;
  unit_levels: string[];
  role: Role;
  levels: string[] | null;
  until: string | null;
  delegated: boolean;
}

export async function listMemberships(db: Db | Tx, accountId: string): Promise<MembershipRow[]> {
  const { rows } = await sql<MembershipRow>`select * from memberships_of(${accountId}, ${today()})`.execute(db);
  return rows;
}

/** Works as one account, outside any unit: its own sessions and nothing else. */
export async function asAccount<T>(db: Db, accountId: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('app.account_id', ${accountId}, true)`.execute(tx);
    return work(tx);
  });
}

export async function endSessions(db: Db, accountId: string, which: { only?: string; except?: string }): Promise<void> {
  await asAccount(db, accountId, async (tx) => {
    let query = tx.deleteFrom('session').where('account_id', '=', accountId);
    if (which.only) query = query.where('id', '=', which.only);
    if (which.except) query = query.where('id', '<>', which.except);
    await query.execute();
  });
}

export async function setOwnPassword(tx: Tx, passwordHash: string): Promise<void> {
  await sql`select set_own_password(${passwordHash})`.execute(tx);
}

export async function setOwnTotp(tx: Tx, secret: Buffer | null, enabled: boolean, usedStep: number): Promise<void> {
  await sql`select set_own_totp(${secret}, ${enabled}, ${usedStep})`.execute(tx);
}

export async function endSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await sql`select end_sessions_of(${accountId})`.execute(tx);
}
