import { z } from 'zod';
import { endpoint, id, inUnit, isoDate, schoolYear } from './shapes.ts';

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
    forms: z.array(z.object({ code: z.string(), version: z.string() })).min(1),
  }),
  response: period,
});

export const changePeriod = endpoint({
  method: 'PATCH',
  path: '/units/{unitId}/periods/{periodId}',
  tag,
  access: 'periods.write',
  summary: { vi: 'Sửa ngày, hạn của kỳ', en: 'Change dates and deadlines of a period' },
  params: inUnit.extend({ periodId: id }),
  body: changeable.partial().extend({ version: z.number() }),
  response: period,
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
        /** First and last day in force. */
        valid: z.object({ from: isoDate, to: isoDate.nullable() }),
      }),
    ),
  }),
});
