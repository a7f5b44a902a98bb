import { z } from 'zod';
import { endpoint, id, inUnit, isoDate, reason, schoolYear } from './shapes.ts';

const tag = 'periods';
const deadline = z.object({ unitKind: z.enum(['school', 'commune', 'district', 'province']), dueOn: isoDate });

export const period = z.object({
  id,
  ownerId: id,
  ownerName: z.string(),
  name: z.string(),
  schoolYear: z.number(),
  kind: z.enum(['start', 'middle', 'end']),
  asOf: isoDate,
  /** Movements are counted after this day: the as-of day of the start of the year. */
  countsFrom: isoDate,
  opensOn: isoDate,
  closesOn: isoDate,
  state: z.enum(['planned', 'open', 'closed']),
  forms: z.array(
    z.object({
      code: z.string(),
      slug: z.string(),
      version: z.string(),
      name: z.object({ vi: z.string(), en: z.string() }),
      level: z.string(),
      /** The period of the ministry that asks for it instead: here nobody owes it any longer. */
      replacedBy: z.string().nullable(),
    }),
  ),
  deadlines: z.array(deadline),
  version: z.number(),
});

const changeable = z.object({
  name: z.string().trim().min(3).max(200),
  asOf: isoDate,
  opensOn: isoDate,
  closesOn: isoDate,
  deadlines: z.array(deadline).min(1).max(4),
});

export const listPeriods = endpoint({
  method: 'GET',
  path: '/units/{unitId}/periods',
  tag,
  access: 'reports.read',
  summary: { vi: 'Các kỳ báo cáo áp dụng cho đơn vị', en: 'Periods that apply to a unit' },
  params: inUnit,
  query: z.object({ schoolYear: schoolYear.optional() }),
  response: z.object({ periods: z.array(period) }),
});

export const openPeriod = endpoint({
  method: 'POST',
  path: '/units/{unitId}/periods',
  tag,
  access: 'periods.write',
  summary: { vi: 'Mở kỳ báo cáo (Bộ hoặc Sở)', en: 'Open a period (ministry or province)' },
  params: inUnit,
  body: changeable.extend({
    schoolYear,
    kind: z.enum(['start', 'middle', 'end']),
    /** Absent: the as-of day of the start-of-year statistics that apply, else the law's. */
    countsFrom: isoDate.optional(),
    forms: z.array(z.object({ code: z.string(), version: z.string() })).min(1),
  }),
  /** With what units below had asked already for the same time, and no longer ask. */
  response: period.extend({
    takenOver: z.array(z.object({ ownerName: z.string(), periodName: z.string(), formCode: z.string() })),
  }),
});

export const changePeriod = endpoint({
  method: 'PATCH',
  path: '/units/{unitId}/periods/{periodId}',
  tag,
  access: 'periods.write',
  summary: { vi: 'Sửa ngày, hạn của kỳ', en: 'Change dates and deadlines of a period' },
  params: inUnit.extend({ periodId: id }),
  body: changeable.partial().extend({ countsFrom: isoDate.optional(), version: z.number() }),
  response: period,
});

const formOfPeriod = inUnit.extend({ periodId: id, formCode: z.string().max(20), version: z.string().max(20) });

/** What a version of a form adds to the one that a period asks for, and whom it concerns. */
export const previewFormVersion = endpoint({
  method: 'GET',
  path: '/units/{unitId}/periods/{periodId}/forms/{formCode}/versions/{version}',
  tag,
  access: 'periods.write',
  summary: {
    vi: 'Xem trước việc thay phiên bản biểu khi kỳ đang chạy',
    en: 'Preview a new version of a form in a running period',
  },
  params: formOfPeriod,
  response: z.object({
    fromVersion: z.string(),
    rows: z.array(z.object({ code: z.string(), label: z.object({ vi: z.string(), en: z.string() }) })),
    cells: z.number(),
    /** Reports that have been sent: they will need a supplement. */
    asked: z.number(),
    /** Reports that are being prepared: they are fetched anew. */
    restarted: z.number(),
  }),
});

export const publishFormVersion = endpoint({
  method: 'POST',
  path: '/units/{unitId}/periods/{periodId}/forms/{formCode}/versions/{version}',
  tag,
  access: 'periods.write',
  summary: {
    vi: 'Thay phiên bản biểu khi kỳ đang chạy; báo cáo đã gửi chuyển sang cần bổ sung',
    en: 'Publish a new version of a form in a running period; sent reports need a supplement',
  },
  params: formOfPeriod,
  body: z.object({ periodVersion: z.number(), dueOn: isoDate, reason }),
  response: z.object({ period, asked: z.number(), restarted: z.number() }),
});

export const readForm = endpoint({
  method: 'GET',
  path: '/forms/{slug}/{version}',
  tag: 'forms',
  access: 'signed-in',
  summary: { vi: 'Định nghĩa biểu mẫu', en: 'Definition of a form' },
  params: z.object({ slug: z.string().regex(/^[a-z0-9-]+$/), version: z.string().regex(/^[0-9a-z.-]+$/) }),
  response: z.looseObject({ code: z.string() }),
});

export const listForms = endpoint({
  method: 'GET',
  path: '/forms',
  tag: 'forms',
  access: 'signed-in',
  summary: { vi: 'Các biểu mẫu', en: 'Forms' },
  response: z.object({
    forms: z.array(
      z.object({
        code: z.string(),
        slug: z.string(),
        version: z.string(),
        name: z.object({ vi: z.string(), en: z.string() }),
        level: z.string(),
        official: z.boolean(),
        /** Kind of period that asks for it. */
        period: z.enum(['start', 'end']),
        /** First and last day in force. */
        valid: z.object({ from: isoDate, to: isoDate.nullable() }),
      }),
    ),
  }),
});
