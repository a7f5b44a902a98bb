import { z } from 'zod';
import { checkKinds, setSeverities } from '../checks/settings.ts';
import { findingStages } from '../checks/stages.ts';
import { endpoint, id, inUnit, isoTime, page, reason, text, xlsx } from './shapes.ts';

const tag = 'checks';
export const tolerance = z.strictObject({
  share: z.number().optional(),
  least: z.number().optional(),
  times: z.number().optional(),
});
const severity = z.enum(setSeverities);

export const checkSetting = z.object({
  id,
  rule: z.string(),
  /** Null: set back to what the form says. */
  severity: severity.nullable(),
  tolerance,
  reason: z.string(),
  ownerId: id,
  ownerName: z.string(),
  setByName: z.string(),
  setAt: isoTime,
});

export const formCheck = z.object({
  rule: z.string(),
  kind: z.enum(checkKinds),
  title: text,
  source: z.string(),
  /** As the form says. */
  severity: z.enum(['error', 'warning']),
  tolerance,
  allowed: z.array(severity),
  /** In force for this unit, where a unit above or itself has set it. */
  setting: z.object({ severity, tolerance, ownerId: id, ownerName: z.string() }).nullable(),
});

const ofForm = z.object({ periodId: id, formCode: z.string() });

export const listChecks = endpoint({
  method: 'GET',
  path: '/units/{unitId}/checks',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Các kiểm tra của một biểu với mức, ngưỡng đang có hiệu lực',
    en: 'Checks of a form with the severity and tolerance in force',
  },
  params: inUnit,
  query: ofForm,
  response: z.object({
    formSlug: z.string(),
    checks: z.array(formCheck).max(1000),
    /** Newest first, of this unit and of those above. */
    history: z.array(checkSetting).max(500),
  }),
});

export const setCheck = endpoint({
  method: 'POST',
  path: '/units/{unitId}/check-settings',
  tag,
  access: 'checks.write',
  summary: {
    vi: 'Đặt mức và ngưỡng của một kiểm tra, hoặc đặt lại như biểu quy định, có lý do',
    en: 'Set severity and tolerance of a check, or set it back, with a reason',
  },
  params: inUnit,
  body: z.object({ formSlug: z.string(), rule: z.string(), severity: severity.nullable(), tolerance, reason }),
  response: checkSetting,
});

export const reasonDecision = z.object({
  kind: z.enum(['accepted', 'refused']),
  note: z.string().nullable(),
  decidedByName: z.string(),
  decidedAt: isoTime,
  submissionNo: z.number(),
});

export const decideReasons = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/reason-decisions',
  tag,
  access: 'reviews.write',
  summary: {
    vi: 'Chấp nhận hoặc không chấp nhận lý do của cảnh báo',
    en: 'Accept or refuse reasons of warnings',
  },
  params: inUnit.extend({ reportId: id }),
  body: z.object({
    submissionNo: z.number().int(),
    findingKeys: z.array(z.string().max(300)).min(1).max(500),
    kind: z.enum(['accepted', 'refused']),
    /** What is wrong with it; required to refuse. */
    note: reason.nullable(),
  }),
  response: z.object({ decided: z.number() }),
});

export const unitFinding = z.object({
  unitId: id,
  unitCode: z.string(),
  unitName: z.string(),
  unitKind: z.string(),
  parentName: z.string(),
  reportId: id,
  state: z.string(),
  submissionNo: z.number().nullable(),
  key: z.string(),
  rule: z.string(),
  title: text,
  message: text,
  cell: z.string().nullable(),
  stage: z.enum(findingStages),
  reason: z.string().nullable(),
  reasonByName: z.string().nullable(),
  decision: reasonDecision.nullable(),
});

const filter = ofForm.extend({
  rule: z.string().optional(),
  stage: z.enum(findingStages).optional(),
  search: z.string().max(100).optional(),
});

export const listFindings = endpoint({
  method: 'GET',
  path: '/units/{unitId}/findings',
  tag,
  access: 'reviews.write',
  summary: {
    vi: 'Lỗi, cảnh báo, lý do của mọi đơn vị bên dưới',
    en: 'Errors, warnings and reasons of all units below',
  },
  params: inUnit,
  query: filter.extend(page.shape),
  response: z.object({
    total: z.number(),
    findings: z.array(unitFinding).max(200),
    /** Of all that the search leaves, whatever page, check or stage is chosen. */
    stages: z.record(z.string(), z.number()),
    rules: z.array(z.object({ rule: z.string(), title: text, count: z.number(), units: z.number() })),
  }),
});

export const exportFindings = endpoint({
  method: 'GET',
  path: '/units/{unitId}/findings/export',
  tag,
  access: 'reviews.write',
  file: xlsx,
  summary: { vi: 'Danh sách lỗi, cảnh báo ra Excel', en: 'List of findings as Excel' },
  params: inUnit,
  query: filter,
});

export const compareLikeUnits = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/like-units',
  tag,
  access: 'reviews.write',
  summary: { vi: 'Các tỷ lệ so với đơn vị cùng loại', en: 'Ratios beside those of like units' },
  params: inUnit.extend({ reportId: id }),
  response: z.object({
    ratios: z.array(
      z.object({
        rule: z.string(),
        name: text,
        cell: z.string(),
        percent: z.boolean(),
        value: z.number(),
        median: z.number(),
        low: z.number(),
        high: z.number(),
        units: z.number(),
        likeness: text,
        isOutlier: z.boolean(),
        message: text.nullable(),
      }),
    ),
  }),
});
