import { sql } from 'kysely';
import { now, today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import type { Role } from '@khuevan/core/permissions.ts';
import { newId } from '#platform/ids.ts';

export async function selectAccounts(tx: Tx, unitId: string, limit: number, offset: number) {
  const accounts = await tx
    .selectFrom('account')
    .select(['id', 'username', 'display_name', 'active', 'totp_enabled', 'locked_until'])
    .select(sql<number>`count(*) over ()::integer`.as('total'))
    .where('unit_id', '=', unitId)
    .orderBy('username')
    .limit(limit)
    .offset(offset)
    .execute();
  const memberships = await tx
    .selectFrom('membership')
    .leftJoin('account as giver', 'giver.id', 'membership.delegated_by')
    .select([
      'membership.id',
      'membership.account_id',
      'membership.role',
      'membership.levels',
      'membership.reason',
      'giver.display_name as delegated_by',
    ])
    .select([
      sql<string | null>`lower(membership.valid)`.as('from'),
      sql<string | null>`upper(membership.valid) - 1`.as('until'),
    ])
    .where('membership.unit_id', '=', unitId)
    .where(sql<boolean>`not isempty(membership.valid)`)
    .execute();
  return { accounts, memberships };
}

export interface DelegationRow {
  id: string;
  role: Role;
  from_day: string;
  until_day: string;
  reason: string | null;
  giver: string;
  receiver: string;
  receiver_unit: string;
}

export async function selectDelegations(tx: Tx, unitId: string): Promise<DelegationRow[]> {
  return (await sql<DelegationRow>`select * from delegations_of(${unitId}, ${today()})`.execute(tx)).rows;
}

export async function insertAccount(
  tx: Tx,
  account: { unitId: string; username: string; displayName: string; passwordHash: string },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('account')
    .values({
      id,
      unit_id: account.unitId,
      username: account.username,
      display_name: account.displayName,
      password_hash: account.passwordHash,
      must_change_password: true,
      created_at: now(),
    })
    .execute();
  return id;
}

export async function insertMembership(
  tx: Tx,
  given: {
    accountId: string;
    unitId: string;
    role: Role;
    levels: string[] | null;
    /** The last day, included. */
    until: string | null;
    delegatedBy: string | null;
    reason: string | null;
  },
): Promise<string> {
  const id = newId();
  await tx
    .insertInto('membership')
    .values({
      id,
      account_id: given.accountId,
      unit_id: given.unitId,
      role: given.role,
      levels: given.levels,
      delegated_by: given.delegatedBy,
      reason: given.reason,
      valid: sql<string>`daterange(${today()}, ${given.until}, '[]')`,
    })
    .execute();
  return id;
}

/** Ends a delegation today; false when there is none of that id in the unit. */
export async function endMembership(tx: Tx, unitId: string, id: string): Promise<boolean> {
  const ended = await tx
    .updateTable('membership')
    .set({ valid: sql<string>`daterange(lower(valid), greatest(lower(valid), ${today()}::date))` })
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .where('delegated_by', 'is not', null)
    .returning('id')
    .executeTakeFirst();
  return ended !== undefined;
}

export async function updateAccount(
  tx: Tx,
  unitId: string,
  id: string,
  change: { active?: boolean; unlock?: boolean; passwordHash?: string },
): Promise<boolean> {
  const changed = await tx
    .updateTable('account')
    .set({
      ...(change.active === undefined ? {} : { active: change.active }),
      ...(change.unlock || change.passwordHash ? { locked_until: null, failed_attempts: 0 } : {}),
      ...(change.passwordHash ? { password_hash: change.passwordHash, must_change_password: true } : {}),
    })
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

export async function selectAudit(
  tx: Tx,
  unitId: string,
  filter: { action?: string | undefined; subjectId?: string | undefined },
  limit: number,
  offset: number,
) {
  let query = tx.selectFrom('audit_entry').where('unit_id', '=', unitId);
  if (filter.action) query = query.where('action', 'like', `${filter.action}%`);
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId);
  const { total } = await query.select(sql<number>`count(*)::integer`.as('total')).executeTakeFirstOrThrow();
  const entries = await query
    .select([
      'id',
      'seq',
      'at',
      'account_name',
      'action',
      'subject_kind',
      'subject_id',
      'detail',
      sql<string>`encode(hash, 'hex')`.as('hash'),
    ])
    .orderBy('seq', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { total, entries };
}
