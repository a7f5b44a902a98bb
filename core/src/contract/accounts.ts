import { z } from 'zod';
import { roles } from '../permissions.ts';
import { endpoint, id, inUnit, isoDate, isoTime, page, reason } from './shapes.ts';

const tag = 'accounts';
const role = z.enum(roles);
const unitKind = z.enum(['ministry', 'province', 'district', 'commune', 'school']);

export const membership = z.object({
  unitId: id,
  unitKind,
  unitCode: z.string(),
  unitName: z.string(),
  unitLevels: z.array(z.string()),
  role,
  levels: z.array(z.string()).nullable(),
  until: isoDate.nullable(),
  delegated: z.boolean(),
  permissions: z.array(z.string()),
});

export const me = z.object({
  account: z.object({
    id,
    username: z.string(),
    displayName: z.string(),
    totpEnabled: z.boolean(),
    mustChangePassword: z.boolean(),
    /** The installation asks for two-step verification of a role that the account holds. */
    mustSetUpTwoStep: z.boolean(),
  }),
  memberships: z.array(membership),
  csrfToken: z.string(),
  today: isoDate,
  schoolYear: z.number().int(),
  demo: z.boolean(),
});

export const signIn = endpoint({
  method: 'POST',
  path: '/session',
  tag,
  access: 'public',
  summary: { vi: 'Đăng nhập', en: 'Sign in' },
  body: z.object({ username: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) }),
  response: z.object({ state: z.enum(['signed-in', 'totp-required']), csrfToken: z.string() }),
});

export const proveTotp = endpoint({
  method: 'POST',
  path: '/session/totp',
  tag,
  access: 'public',
  summary: { vi: 'Nhập mã xác thực lúc đăng nhập', en: 'Give the verification code at sign-in' },
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
  response: z.object({ state: z.literal('signed-in'), csrfToken: z.string() }),
});

export const readSession = endpoint({
  method: 'GET',
  path: '/session',
  tag,
  access: 'signed-in',
  summary: { vi: 'Tài khoản đang đăng nhập và các vai trò', en: 'The signed-in account and its roles' },
  response: me,
});

export const signOut = endpoint({
  method: 'DELETE',
  path: '/session',
  tag,
  access: 'signed-in',
  summary: { vi: 'Đăng xuất', en: 'Sign out' },
});

export const changePassword = endpoint({
  method: 'POST',
  path: '/account/passwords',
  tag,
  access: 'signed-in',
  summary: { vi: 'Đổi mật khẩu; các phiên khác bị đăng xuất', en: 'Change the password; other sessions end' },
  body: z.object({ current: z.string().max(200), next: z.string().min(10).max(200) }),
});

export const startTotp = endpoint({
  method: 'POST',
  path: '/account/totp',
  tag,
  access: 'signed-in',
  summary: { vi: 'Bắt đầu bật xác thực hai bước', en: 'Begin two-step verification' },
  response: z.object({ secret: z.string(), uri: z.string(), qrSvg: z.string() }),
});

export const confirmTotp = endpoint({
  method: 'POST',
  path: '/account/totp/confirmations',
  tag,
  access: 'signed-in',
  summary: { vi: 'Xác nhận mã để bật xác thực hai bước', en: 'Confirm a code to switch two-step verification on' },
  body: z.object({ code: z.string().regex(/^\d{6}$/) }),
});

export const stopTotp = endpoint({
  method: 'POST',
  path: '/account/totp/removals',
  tag,
  access: 'signed-in',
  summary: { vi: 'Tắt xác thực hai bước', en: 'Switch two-step verification off' },
  body: z.object({ password: z.string().max(200), code: z.string().regex(/^\d{6}$/) }),
});

export const account = z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  active: z.boolean(),
  totpEnabled: z.boolean(),
  lockedUntil: isoTime.nullable(),
  memberships: z.array(
    z.object({
      id,
      role,
      levels: z.array(z.string()).nullable(),
      from: isoDate.nullable(),
      /** The last day, included. */
      until: isoDate.nullable(),
      delegatedBy: z.string().nullable(),
      reason: z.string().nullable(),
    }),
  ),
});

/** A role of the unit in other hands, those of another unit among them. */
export const delegation = z.object({
  id,
  role,
  from: isoDate,
  /** The last day, included. */
  until: isoDate,
  reason: z.string().nullable(),
  giverName: z.string(),
  receiverName: z.string(),
  receiverUnitName: z.string(),
});

export const listAccounts = endpoint({
  method: 'GET',
  path: '/units/{unitId}/accounts',
  tag,
  access: 'accounts.write',
  summary: { vi: 'Tài khoản và ủy quyền của đơn vị', en: 'Accounts and delegations of a unit' },
  params: inUnit,
  query: page,
  response: z.object({ total: z.number(), accounts: z.array(account), delegations: z.array(delegation).max(200) }),
});

export const createAccount = endpoint({
  method: 'POST',
  path: '/units/{unitId}/accounts',
  tag,
  access: 'accounts.write',
  summary: {
    vi: 'Tạo tài khoản; mật khẩu tạm chỉ hiện một lần',
    en: 'Create an account; the temporary password is shown once',
  },
  params: inUnit,
  body: z.object({
    username: z
      .string()
      .trim()
      .regex(/^[a-z0-9._-]{3,50}$/),
    displayName: z.string().trim().min(2).max(100),
    role,
    levels: z.array(z.string()).nullable().default(null),
  }),
  response: z.object({ id, temporaryPassword: z.string() }),
});

export const changeAccount = endpoint({
  method: 'PATCH',
  path: '/units/{unitId}/accounts/{accountId}',
  tag,
  access: 'accounts.write',
  summary: { vi: 'Khóa, mở khóa, cấp lại mật khẩu tạm', en: 'Deactivate, unlock, or reset the password' },
  params: inUnit.extend({ accountId: id }),
  body: z.object({
    active: z.boolean().optional(),
    unlock: z.literal(true).optional(),
    resetPassword: z.literal(true).optional(),
  }),
  response: z.object({ temporaryPassword: z.string().nullable() }),
});

export const delegate = endpoint({
  method: 'POST',
  path: '/units/{unitId}/delegations',
  tag,
  access: 'delegations.write',
  summary: {
    vi: 'Ủy quyền vai trò của mình cho người khác đến hết một ngày',
    en: 'Delegate a role to somebody until the end of a day',
  },
  params: inUnit,
  body: z.object({ username: z.string().trim(), role, until: isoDate, reason }),
  response: z.object({ id }),
});

export const endDelegation = endpoint({
  method: 'POST',
  path: '/units/{unitId}/delegations/{delegationId}/endings',
  tag,
  access: 'delegations.write',
  summary: { vi: 'Chấm dứt ủy quyền', en: 'End a delegation' },
  params: inUnit.extend({ delegationId: id }),
});

export const readAudit = endpoint({
  method: 'GET',
  path: '/units/{unitId}/audit',
  tag: 'audit',
  access: 'audit.read',
  summary: { vi: 'Nhật ký của đơn vị', en: 'Audit log of a unit' },
  params: inUnit,
  query: page.extend({ action: z.string().max(60).optional(), subjectId: id.optional() }),
  response: z.object({
    total: z.number(),
    entries: z.array(
      z.object({
        id,
        seq: z.number(),
        at: isoTime,
        accountName: z.string(),
        action: z.string(),
        subjectKind: z.string().nullable(),
        subjectId: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()),
        hash: z.string(),
      }),
    ),
  }),
});
