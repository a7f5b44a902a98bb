import { z } from 'zod';
import { digest, noticeKinds } from '../reports/notices.ts';
import { endpoint, id, inUnit, isoTime, page } from './shapes.ts';

const tag = 'reminders';
const text = z.object({ vi: z.string(), en: z.string() });

export const notice = z.object({
  id,
  kind: z.enum(noticeKinds),
  periodId: id.nullable(),
  /** What it is about, where that is one report or one collection. */
  reportId: id.nullable(),
  collectionId: id.nullable(),
  createdAt: isoTime,
  isRead: z.boolean(),
  title: text,
  body: z.array(text),
});

export const listNotices = endpoint({
  method: 'GET',
  path: '/units/{unitId}/notices',
  tag,
  access: 'reports.read',
  summary: { vi: 'Thông báo của đơn vị, mới nhất trước', en: 'Notices of a unit, newest first' },
  params: inUnit,
  query: page,
  response: z.object({ total: z.number(), unread: z.number(), notices: z.array(notice) }),
});

export const readNotices = endpoint({
  method: 'POST',
  path: '/units/{unitId}/notices/readings',
  tag,
  access: 'reports.read',
  summary: { vi: 'Đánh dấu đã đọc', en: 'Mark notices as read' },
  params: inUnit,
  body: z.object({ noticeIds: z.array(id).min(1).max(200) }),
  response: z.object({ unread: z.number() }),
});

export const remindUnits = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reminders',
  tag,
  access: 'reviews.write',
  summary: {
    vi: 'Nhắc các đơn vị đã chọn còn biểu chưa gửi; mỗi đơn vị một lần một ngày',
    en: 'Remind chosen units that have not sent; once a unit and day',
  },
  params: inUnit,
  body: z.object({
    periodId: id,
    formCode: z.string().optional(),
    unitIds: z.array(id).min(1).max(2000),
    text: z.string().trim().min(10).max(1000),
  }),
  response: z.object({
    reminded: z.number(),
    /** Have sent everything, or were reminded today. */
    skipped: z.number(),
  }),
});

const reminderPlan = z.object({
  /** From the deadline: -3 is three days before it. */
  days: z.array(z.number().int().min(-60).max(60)).max(20),
  isUsual: z.boolean(),
  mayChange: z.boolean(),
  version: z.number(),
  mailIsOn: z.boolean(),
});

export const readReminderPlan = endpoint({
  method: 'GET',
  path: '/units/{unitId}/periods/{periodId}/reminder-plan',
  tag,
  access: 'reports.read',
  summary: { vi: 'Lịch nhắc của kỳ', en: 'On which days a period reminds' },
  params: inUnit.extend({ periodId: id }),
  response: reminderPlan,
});

export const changeReminderPlan = endpoint({
  method: 'PUT',
  path: '/units/{unitId}/periods/{periodId}/reminder-plan',
  tag,
  access: 'periods.write',
  summary: { vi: 'Đặt lịch nhắc (đơn vị mở kỳ)', en: 'Set on which days a period reminds (its owner)' },
  params: inUnit.extend({ periodId: id }),
  body: z.object({ days: reminderPlan.shape.days, version: z.number().int() }),
  response: reminderPlan,
});

const headDigest = z.object({ rhythm: z.enum(['daily', 'weekly', 'off']), figures: digest, lines: z.array(text) });

export const readDigest = endpoint({
  method: 'GET',
  path: '/units/{unitId}/digest',
  tag,
  access: 'delegations.write',
  summary: { vi: 'Tóm tắt cho thủ trưởng, lúc này', en: 'Summary for the head of the unit, as of now' },
  params: inUnit,
  response: headDigest,
});

export const changeDigest = endpoint({
  method: 'PUT',
  path: '/units/{unitId}/digest',
  tag,
  access: 'delegations.write',
  summary: { vi: 'Nhận tóm tắt hằng ngày, hằng tuần hay không', en: 'Receive the summary daily, weekly or not' },
  params: inUnit,
  body: headDigest.pick({ rhythm: true }),
  response: headDigest.pick({ rhythm: true }),
});

const ownMail = z.object({
  email: z.string().nullable(),
  wantsMail: z.boolean(),
  /** Letters go to an address that its reader has confirmed, and to no other. */
  isConfirmed: z.boolean(),
  /** The letter that asks for it; null where there is none to ask for. */
  confirmation: z.object({ state: z.enum(['waiting', 'sending', 'sent', 'failed']), askedAt: isoTime }).nullable(),
  /** Whether this installation sends e-mail at all. */
  mailIsOn: z.boolean(),
});

export const readOwnMail = endpoint({
  method: 'GET',
  path: '/account/mail',
  tag,
  access: 'signed-in',
  summary: { vi: 'Thư điện tử nhận nhắc việc của tài khoản', en: 'Where the account receives reminders' },
  response: ownMail,
});

export const changeOwnMail = endpoint({
  method: 'PUT',
  path: '/account/mail',
  tag,
  access: 'signed-in',
  summary: { vi: 'Đổi địa chỉ, hoặc thôi nhận thư', en: 'Change the address, or receive no letters' },
  body: z.object({ email: z.email().max(200).nullable(), wantsMail: z.boolean() }),
  response: ownMail,
});

export const askConfirmation = endpoint({
  method: 'POST',
  path: '/account/mail/confirmation-letters',
  tag,
  access: 'signed-in',
  summary: { vi: 'Gửi lại thư xác nhận địa chỉ', en: 'Send the letter that confirms the address again' },
  response: ownMail,
});

export const confirmMail = endpoint({
  method: 'POST',
  path: '/mail-confirmations',
  tag,
  access: 'public',
  summary: {
    vi: 'Xác nhận địa chỉ thư bằng liên kết trong thư',
    en: 'Confirm an e-mail address by the link in the letter',
  },
  body: z.object({ token: z.string().min(1).max(1000) }),
  response: z.object({ email: z.string() }),
});
