import { z } from 'zod';
import { reportStates } from '../reports/states.ts';
import { endpoint, id, inUnit, isoDate, isoTime, reason, xlsx } from './shapes.ts';

const tag = 'progress';
const unitKind = z.enum(['ministry', 'province', 'district', 'commune', 'school']);

/** One form, or all forms of the period together. */
const ofPeriod = z.object({ periodId: id, formCode: z.string().optional() });

export const tally = z.object({
  /** Forms that are owed. */
  asked: z.number(),
  approved: z.number(),
  submitted: z.number(),
  /** Of these: came while it was reviewed, and still wait after that. */
  reviewLate: z.number(),
  returned: z.number(),
  /** Sent before the form got new cells, which are still missing. */
  supplement: z.number(),
  draft: z.number(),
  notStarted: z.number(),
  /** Of those that are sent: by their deadline. */
  inTime: z.number(),
  late: z.number(),
  worstDaysLate: z.number(),
});
const group = tally.extend({ key: z.string(), name: z.string() });

const finish = z.discriminatedUnion('state', [
  z.object({ state: z.literal('done') }),
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('expected'), on: isoDate, perDay: z.number() }),
]);
const pace = z.object({
  remaining: z.number(),
  /** In the last seven days. */
  recent: z.number(),
  finish,
});

export const progress = z.object({
  at: isoTime,
  /** False: an office of the ministry sees offices below, their schools in the numbers only. */
  withSchools: z.boolean(),
  total: tally,
  areas: z.array(group).max(5000),
  levels: z.array(group),
  /** Offices by tier, schools by their group of levels. */
  kinds: z.array(group.extend({ unitKind, levelGroup: z.string().nullable() })),
  holders: z.array(
    z.object({
      /** Null: the units that still prepare, of one kind. */
      unitId: id.nullable(),
      name: z.string().nullable(),
      unitKind,
      count: z.number(),
      /** Days since the oldest came to them; null where nothing was begun. */
      longestDays: z.number().nullable(),
    }),
  ),
  sending: pace,
  approving: pace,
});

export const readProgress = endpoint({
  method: 'GET',
  path: '/units/{unitId}/progress',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Tiến độ của kỳ theo địa bàn, cấp học, loại đơn vị; ai đang giữ; dự kiến xong',
    en: 'Progress of a period by area, level and kind of unit; who holds what; expected finish',
  },
  params: inUnit,
  query: ofPeriod,
  response: progress,
});

export const progressUnit = z.object({
  unitId: id,
  unitName: z.string(),
  unitKind,
  code: z.string(),
  parentName: z.string(),
  areaId: id,
  asked: z.number(),
  sent: z.number(),
  approved: z.number(),
  daysLate: z.number(),
  dueOn: isoDate.nullable(),
  /** Of the forms that are not approved. */
  open: z
    .array(
      z.object({
        formCode: z.string(),
        state: z.enum(reportStates),
        reportId: id.nullable(),
        holderName: z.string(),
        since: isoTime.nullable(),
      }),
    )
    .max(60),
  reasons: z.array(
    z.object({
      formCode: z.string(),
      reason: z.string(),
      expectedOn: isoDate.nullable(),
      statedAt: isoTime,
      isAccepted: z.boolean(),
    }),
  ),
  nudgedAt: isoTime.nullable(),
});

const whichUnits = ofPeriod.extend({
  show: z.enum(['all', 'late', 'owing', 'reasons']).default('all'),
  /** Units in one area: the office right below, or the unit itself for its own schools. */
  areaId: id.optional(),
});

export const listProgressUnits = endpoint({
  method: 'GET',
  path: '/units/{unitId}/progress/units',
  tag,
  access: 'reports.read',
  summary: { vi: 'Từng đơn vị trong tiến độ của kỳ', en: 'The units in the progress of a period' },
  params: inUnit,
  query: whichUnits,
  response: z.object({ total: z.number(), units: z.array(progressUnit).max(2000) }),
});

export const exportProgress = endpoint({
  method: 'GET',
  path: '/units/{unitId}/progress/export',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Tiến độ của kỳ ra Excel', en: 'Progress of a period as Excel' },
  params: inUnit,
  query: whichUnits,
});

export const lateReason = z.object({
  periodId: id,
  formCode: z.string(),
  reason: z.string(),
  expectedOn: isoDate.nullable(),
  accountName: z.string(),
  statedAt: isoTime,
  /** By a unit above; said otherwise, the reason is looked at anew. */
  acceptedByName: z.string().nullable(),
});

export const listLateReasons = endpoint({
  method: 'GET',
  path: '/units/{unitId}/late-reasons',
  tag,
  access: 'reports.read',
  summary: { vi: 'Lý do chậm mà đơn vị đã nêu', en: 'Reasons for lateness that a unit has stated' },
  params: inUnit,
  query: z.object({ periodId: id.optional() }),
  response: z.object({ reasons: z.array(lateReason).max(200) }),
});

export const stateLateReason = endpoint({
  method: 'POST',
  path: '/units/{unitId}/late-reasons',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Nêu lý do chậm, ngày hẹn gửi', en: 'State why a report is late and when it will come' },
  params: inUnit,
  body: z.object({ periodId: id, formCode: z.string(), reason, expectedOn: isoDate.nullable() }),
  response: lateReason,
});

export const acceptLateReason = endpoint({
  method: 'POST',
  path: '/units/{unitId}/late-reasons/acceptances',
  tag,
  access: 'reviews.write',
  summary: {
    vi: 'Cấp trên chấp nhận lý do chậm của đơn vị: ngày chậm tính một nửa trong điểm thi đua',
    en: 'A unit above accepts why a report is late: its days count half in the points for commendation',
  },
  params: inUnit,
  /** The reason as it was read. */
  body: z.object({ periodId: id, formCode: z.string(), reason: z.string() }),
  response: lateReason,
});
