import { z } from 'zod';
import { setSeverities } from '../checks/settings.ts';
import { reasonDecision, tolerance } from './checks.ts';
import { cells, endpoint, finding, id, inUnit, isoDate, isoTime, page, pdf, reason, text, xlsx } from './shapes.ts';

const tag = 'reports';
const one = inUnit.extend({ reportId: id });
export const reportState = z.enum(['not-started', 'draft', 'submitted', 'returned', 'approved', 'supplement']);

export const remark = z.object({
  id,
  cell: z.string().nullable(),
  text: z.string(),
  isWorkItem: z.boolean(),
  authorName: z.string(),
  authorUnitName: z.string(),
  writtenAt: isoTime,
  submissionNo: z.number().nullable(),
  answer: z.string().nullable(),
  answeredByName: z.string().nullable(),
  answeredAt: isoTime.nullable(),
  resolvedAt: isoTime.nullable(),
  version: z.number(),
});

export const submissionFace = z.object({
  id,
  no: z.number(),
  hash: z.string(),
  code: z.string(),
  sentAt: isoTime,
  sentByName: z.string(),
  formVersion: z.string(),
  /** Number of the submission from which all cells but the supplemented ones were kept. */
  keptFrom: z.number().nullable(),
  decision: z
    .object({
      kind: z.enum(['approved', 'returned', 'reopened']),
      reason: z.string().nullable(),
      decidedByName: z.string(),
      decidedAt: isoTime,
      dueOn: isoDate.nullable(),
    })
    .nullable(),
});

export const reportFace = z.object({
  id: id.nullable(),
  unitId: id,
  unitName: z.string(),
  unitKind: z.string(),
  periodId: id,
  periodName: z.string(),
  schoolYear: z.number(),
  asOf: isoDate,
  formCode: z.string(),
  formSlug: z.string(),
  formVersion: z.string(),
  formName: text,
  state: reportState,
  stateSince: isoTime.nullable(),
  holderId: id,
  holderName: z.string(),
  reviewerId: id,
  reviewerName: z.string(),
  dueOn: isoDate.nullable(),
  daysLeft: z.number().nullable(),
  lastSubmissionNo: z.number(),
});

export const report = reportFace.extend({
  id,
  cells,
  /** By when the period wants what is returned to be sent again. */
  resendBy: isoDate.nullable(),
  compiledAt: isoTime.nullable(),
  /** Records have changed since the data was fetched. */
  outdated: z.boolean(),
  version: z.number(),
  submissions: z.array(submissionFace),
  remarks: z.array(remark),
  explanations: z.array(
    z.object({ findingKey: z.string(), reason: z.string(), accountName: z.string(), statedAt: isoTime }),
  ),
  events: z.array(
    z.object({
      kind: z.string(),
      state: z.string(),
      accountName: z.string(),
      reason: z.string().nullable(),
      submissionNo: z.number().nullable(),
      at: isoTime,
    }),
  ),
  /** Cells that the form got after the report was sent: asked for, or supplemented in the last submission. The others are kept from an earlier one. */
  supplement: z.object({ cells: z.array(z.string()), keptFrom: z.number(), fromVersion: z.string() }).nullable(),
  /** Cells of last year's approved submission of the same form code, where there is one. */
  previousYear: cells.nullable(),
});

export const listReports = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports',
  tag,
  access: 'reports.read',
  summary: { vi: 'Báo cáo của đơn vị, kể cả chưa lập', en: 'Reports of a unit, also those not started' },
  params: inUnit,
  query: z.object({ periodId: id.optional() }),
  response: z.object({ reports: z.array(reportFace) }),
});

export const startReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Lập báo cáo', en: 'Start a report' },
  params: inUnit,
  body: z.object({ periodId: id, formCode: z.string() }),
  response: report,
});

export const readReport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Xem báo cáo', en: 'Read a report' },
  params: one,
  response: report,
});

export const missing = z.object({
  part: z.number(),
  kind: z.string(),
  recordId: z.string().nullable(),
  subject: z.string(),
  field: z.string().nullable(),
  rule: z.string(),
  message: text,
});

export const compileReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/compilations',
  tag,
  access: 'reports.prepare',
  summary: {
    vi: 'Lấy dữ liệu từ hồ sơ; bị chặn thì trả danh sách còn thiếu',
    en: 'Fetch data from the records; when blocked, what is missing',
  },
  params: one,
  response: z.object({
    blocked: z.boolean(),
    missingTotal: z.number(),
    missing: z.array(missing),
    report: report.nullable(),
  }),
});

export const downloadMissing = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/missing-file',
  tag,
  access: 'reports.prepare',
  file: xlsx,
  summary: { vi: 'Tệp danh sách thông tin còn thiếu', en: 'File of what is missing' },
  params: one,
});

export const checkedFinding = finding.extend({
  key: z.string(),
  explanation: z.string().nullable(),
  /** Of the check, where the finding comes from one that is not in the form's own list. */
  title: text.optional(),
  source: z.string().optional(),
  /** The reason was refused: another one is asked for. */
  refusal: reasonDecision.nullable().optional(),
});

export const checkReport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/checks',
  tag,
  access: 'reports.read',
  summary: { vi: 'Kiểm tra: lỗi chặn gửi, cảnh báo cần lý do', en: 'Check: errors block, warnings need a reason' },
  params: one,
  response: z.object({
    errors: z.number(),
    warnings: z.number(),
    unexplained: z.number(),
    findings: z.array(checkedFinding),
  }),
});

export const explainFinding = endpoint({
  method: 'PUT',
  path: '/units/{unitId}/reports/{reportId}/explanations/{findingKey}',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Nêu lý do cho một cảnh báo', en: 'State the reason for a warning' },
  params: one.extend({ findingKey: z.string().max(300) }),
  body: z.object({ reason }),
});

export const submitReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/submissions',
  tag,
  access: 'reports.submit',
  summary: { vi: 'Gửi báo cáo: đóng băng số liệu', en: 'Submit: freeze the figures' },
  params: one,
  body: z.object({ version: z.number() }),
  response: report,
});

export const readSubmission = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/submissions/{no}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Một bản đã gửi', en: 'One submission' },
  params: one.extend({ no: z.coerce.number().int().min(1) }),
  response: submissionFace.extend({
    cells,
    parts: z.array(z.object({ unitId: id, unitName: z.string(), submissionId: id, hash: z.string() })),
    explanations: z.array(
      z.object({
        findingKey: z.string(),
        reason: z.string(),
        accountName: z.string(),
        message: text.optional(),
        decision: reasonDecision.nullable(),
      }),
    ),
    /** What units above had set otherwise than the form says, when it was sent. */
    checkSettings: z.array(
      z.object({
        rule: z.string(),
        severity: z.enum(setSeverities),
        tolerance,
        ownerName: z.string(),
      }),
    ),
  }),
});

export const compareSubmissions = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/differences',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'So hai bản gửi, hoặc bản gửi với bản đang lập (no = 0)',
    en: 'Compare two submissions, or one with the draft (no = 0)',
  },
  params: one,
  query: z.object({ from: z.coerce.number().int().min(0), to: z.coerce.number().int().min(0) }),
  response: z.object({
    differences: z.array(z.object({ cell: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
  }),
});

export const openCell = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/cells/{row}/{column}/records',
  tag,
  access: 'records.read',
  summary: {
    vi: 'Hồ sơ đứng sau một ô; có số bản gửi thì là hồ sơ như lúc gửi',
    en: 'Records behind a cell; with a submission number as they were when it was sent',
  },
  params: one.extend({ row: z.string(), column: z.string() }),
  // With the number of a submission: the records as they were when it was sent.
  query: page.extend({ no: z.coerce.number().int().min(1).optional() }),
  response: z.object({
    total: z.number(),
    totalNow: z.number().nullable(),
    kind: z.string(),
    records: z.array(z.object({ id, schoolId: id, subject: z.string(), detail: z.string() })),
  }),
});

export const printReport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/print',
  tag: 'prints',
  access: 'reports.read',
  file: pdf,
  summary: {
    vi: 'Bản in PDF; không có số bản gửi thì là bản nháp',
    en: 'PDF print; without a submission number it is a draft',
  },
  params: one,
  query: z.object({ no: z.coerce.number().int().min(1).optional() }),
});

export const exportReport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/reports/{reportId}/export',
  tag: 'prints',
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Bản Excel của biểu', en: 'The form as Excel' },
  params: one,
  query: z.object({ no: z.coerce.number().int().min(1).optional() }),
});
