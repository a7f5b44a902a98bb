// Accounts of a unit, kept by its head or by an administrator of the unit or one above.
import { permissionsOf, type Role, type UnitKind } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type {
  changeAccount,
  createAccount,
  delegate,
  listAccounts,
  readAudit,
} from '@khuevan/core/contract/accounts.ts';
import type { Reading, Writing } from '#platform/database.ts';
import { today } from '#platform/clock.ts';
import {
  endMembership,
  insertAccount,
  insertMembership,
  selectAccounts,
  selectAudit,
  selectDelegations,
  updateAccount,
} from './accounts.queries.ts';
import { hashPassword, makeTemporaryPassword } from './passwords.ts';
import { endSessionsOf, findSignInAccount } from './sign-in.queries.ts';

export async function listUnitAccounts(
  { tx }: Reading,
  unitId: string,
  page: number,
  pageSize: number,
): Promise<ResponseOf<typeof listAccounts>> {
  const delegations = await selectDelegations(tx, unitId);
  const { accounts, memberships } = await selectAccounts(tx, unitId, pageSize, (page - 1) * pageSize);
  return {
    total: accounts[0]?.total ?? 0,
    delegations: delegations.map((each) => ({
      id: each.id,
      role: each.role,
      from: each.from_day,
      until: each.until_day,
      reason: each.reason,
      giverName: each.giver,
      receiverName: each.receiver,
      receiverUnitName: each.receiver_unit,
    })),
    accounts: accounts.map((each) => ({
      id: each.id,
      username: each.username,
      displayName: each.display_name,
      active: each.active,
      totpEnabled: each.totp_enabled,
      lockedUntil: each.locked_until?.toISOString() ?? null,
      memberships: memberships
        .filter((membership) => membership.account_id === each.id)
        .map((membership) => ({
          id: membership.id,
          role: membership.role as Role,
          levels: membership.levels,
          from: membership.from,
          until: membership.until,
          delegatedBy: membership.delegated_by,
          reason: membership.reason,
        })),
    })),
  };
}

export async function createUnitAccount(
  { tx, audit, access }: Writing,
  unitId: string,
  body: BodyOf<typeof createAccount>,
): Promise<ResponseOf<typeof createAccount>> {
  await requireRoleInReach(tx, access, unitId, body.role);
  const temporaryPassword = makeTemporaryPassword();
  const id = await insertAccount(tx, {
    unitId,
    username: body.username,
    displayName: body.displayName,
    passwordHash: await hashPassword(temporaryPassword),
  });
  await insertMembership(tx, {
    accountId: id,
    unitId,
    role: body.role,
    levels: body.levels,
    until: null,
    delegatedBy: null,
    reason: null,
  });
  Object.assign(audit, { subjectKind: 'account', subjectId: id, detail: { username: body.username, role: body.role } });
  return { id, temporaryPassword };
}

/** Nobody gives what they do not have: the new role may not do more in the unit than its giver may. */
async function requireRoleInReach(
  tx: Writing['tx'],
  access: Writing['access'],
  unitId: string,
  role: Role,
): Promise<void> {
  const { kind } = await tx.selectFrom('unit').select('kind').where('id', '=', unitId).executeTakeFirstOrThrow();
  const wanted = permissionsOf(role, kind as UnitKind);
  const fromAbove = access.may('accounts.write', { fromAbove: true });
  if (wanted.size === 0 || (!fromAbove && ![...wanted].every((each) => access.may(each))))
    throw new ProblemError('forbidden');
}

export async function changeUnitAccount(
  { tx, audit }: Writing,
  unitId: string,
  accountId: string,
  body: BodyOf<typeof changeAccount>,
): Promise<ResponseOf<typeof changeAccount>> {
  const temporaryPassword = body.resetPassword ? makeTemporaryPassword() : null;
  const changed = await updateAccount(tx, unitId, accountId, {
    ...(body.active === undefined ? {} : { active: body.active }),
    ...(body.unlock ? { unlock: true } : {}),
    ...(temporaryPassword ? { passwordHash: await hashPassword(temporaryPassword) } : {}),
  });
  if (!changed) throw new ProblemError('not_found');
  // Whoever is signed in with the old password is so no longer.
  if (temporaryPassword || body.active === false) await endSessionsOf(tx, accountId);
  Object.assign(audit, {
    subjectKind: 'account',
    subjectId: accountId,
    detail: { active: body.active, unlock: body.unlock, resetPassword: body.resetPassword },
  });
  return { temporaryPassword };
}

export async function delegateRole(
  { tx, access, audit }: Writing,
  unitId: string,
  body: BodyOf<typeof delegate>,
): Promise<{ id: string }> {
  if (body.until < today())
    throw new ProblemError('invalid_request', { path: 'body.until', reason: 'không được trước hôm nay' });
  const held = access.memberships.some((each) => each.unitId === unitId && each.role === body.role);
  if (!held) throw new ProblemError('forbidden');
  const receiver = await findSignInAccount(tx, body.username.toLowerCase());
  if (!receiver?.active) throw new ProblemError('unknown_reference', { what: 'Tài khoản', value: body.username });
  const id = await insertMembership(tx, {
    accountId: receiver.id,
    unitId,
    role: body.role,
    levels: null,
    until: body.until,
    delegatedBy: access.actor.accountId,
    reason: body.reason,
  });
  Object.assign(audit, {
    subjectKind: 'membership',
    subjectId: id,
    detail: { to: body.username, role: body.role, until: body.until, reason: body.reason },
  });
  return { id };
}

export async function endUnitDelegation({ tx, audit }: Writing, unitId: string, delegationId: string): Promise<void> {
  if (!(await endMembership(tx, unitId, delegationId))) throw new ProblemError('not_found');
  Object.assign(audit, { subjectKind: 'membership', subjectId: delegationId });
}

export async function readUnitAudit(
  { tx }: Reading,
  unitId: string,
  query: { page: number; pageSize: number; action?: string | undefined; subjectId?: string | undefined },
): Promise<ResponseOf<typeof readAudit>> {
  const { total, entries } = await selectAudit(tx, unitId, query, query.pageSize, (query.page - 1) * query.pageSize);
  return {
    total,
    entries: entries.map((each) => ({
      id: each.id,
      seq: Number(each.seq),
      at: each.at.toISOString(),
      accountName: each.account_name,
      action: each.action,
      subjectKind: each.subject_kind,
      subjectId: each.subject_id,
      detail: each.detail as Record<string, unknown>,
      hash: each.hash,
    })),
  };
}
