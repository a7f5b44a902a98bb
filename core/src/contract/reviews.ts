import { z } from 'zod';
import { remark, report, reportFace } from './reports.ts';
import { cells, endpoint, id, inUnit, isoDate, isoTime, page, pdf, reason, xlsx } from './shapes.ts';

const tag = 'reviews';
/** unitId is the unit whose report is reviewed; the permission must come from a unit above it. */
const one = inUnit.extend({ reportId: id });
const ofForm = z.object({ periodId: id, formCode: z.string() });

export const approveReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/approvals',
  tag,
  access: 'reviews.write',
  summary: { vi: 'Duyệt bản đã gửi', en: 'Approve the submission' },
  params: one,
  body: z.object({ submissionNo: z.number().int() }),
  response: report,
});

export const returnReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/returns',
  tag,
  access: 'reviews.write',
  summary: { vi: 'Trả về với danh sách việc phải làm', en: 'Return with a work list' },
  params: one,
  body: z.object({
    submissionNo: z.number().int(),
    reason,
    dueOn: isoDate,
    items: z.array(z.object({ cell: z.string().nullable(), text: z.string().trim().min(3).max(2000) })).max(200),
  }),
  response: report,
});

export const reopenReport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/reopenings',
  tag,
  access: 'reports.reopen',
  summary: {
    vi: 'Mở lại báo cáo đã duyệt đến hết một ngày, có lý do',
    en: 'Reopen an approved report to the end of a day, with a reason',
  },
  params: one,
  body: z.object({ until: isoDate, reason }),
  response: report,
});

export const openLate = endpoint({
  method: 'POST',
  path: '/units/{unitId}/late-openings',
  tag,
  access: 'reports.reopen',
  summary: {
    vi: 'Cho một đơn vị làm báo cáo đến hết một ngày sau khi kỳ đã đóng, có lý do',
    en: 'Let a unit work on its report to the end of a day after the period has closed, with a reason',
  },
  params: z.object({ unitId: id }),
  body: z.object({ periodId: id, formCode: z.string(), until: isoDate, reason }),
  response: report,
});

export const addRemark = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/remarks',
  tag,
  access: 'reviews.write',
  summary: { vi: 'Ý kiến về một ô', en: 'Comment on a cell' },
  params: one,
  body: z.object({ cell: z.string().nullable(), text: z.string().trim().min(3).max(2000) }),
  response: remark,
});

export const answerRemark = endpoint({
  method: 'POST',
  path: '/units/{unitId}/reports/{reportId}/remarks/{remarkId}/answers',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Trả lời một việc', en: 'Answer a work item' },
  params: one.extend({ remarkId: id }),
  body: z.object({ answer: z.string().trim().min(2).max(2000), version: z.number() }),
  response: remark,
});

export const boardUnit = reportFace.omit({ formName: true }).extend({
  daysLate: z.number(),
  parentId: id,
  parentName: z.string(),
  code: z.string(),
  openWorkItems: z.number(),
});

export const readBoard = endpoint({
  method: 'GET',
  path: '/units/{unitId}/board',
  tag,
  access: 'reports.read',
  summary: { vi: 'Tiến độ: ai ở đâu, chậm mấy ngày, ai đang giữ', en: 'Board: who is where, how late, who holds it' },
  params: inUnit,
  query: ofForm,
  response: z.object({ at: isoTime, totals: z.record(z.string(), z.number()), units: z.array(boardUnit).max(5000) }),
});

export const exportBoard = endpoint({
  method: 'GET',
  path: '/units/{unitId}/board/export',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Tiến độ ra Excel', en: 'Board as Excel' },
  params: inUnit,
  query: ofForm,
});

export const readAggregate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/aggregate',
  tag: 'aggregates',
  access: 'reports.read',
  summary: { vi: 'Tổng hợp: tổng các bản đã duyệt', en: 'Aggregate: sum of approved submissions' },
  params: inUnit,
  query: ofForm,
  response: z.object({
    cells,
    parts: z.number(),
    schools: z.number(),
    updatedAt: isoTime.nullable(),
    formSlug: z.string(),
    formVersion: z.string(),
    /** Cells that the form got while the period ran, and how many of the parts hold them. */
    supplement: z.object({ cells: z.array(z.string()), parts: z.number() }).nullable(),
  }),
});

export const openAggregateCell = endpoint({
  method: 'GET',
  path: '/units/{unitId}/aggregate/cells/{row}/{column}',
  tag: 'aggregates',
  access: 'reports.read',
  summary: { vi: 'Một ô tổng gồm những phần nào', en: 'Parts of one total' },
  params: inUnit.extend({ row: z.string(), column: z.string() }),
  query: ofForm.extend(page.shape),
  response: z.object({
    total: z.number(),
    value: z.number().nullable(),
    parts: z.array(
      z.object({
        unitId: id,
        unitName: z.string(),
        unitKind: z.string(),
        reportId: id.nullable(),
        submissionNo: z.number().nullable(),
        value: z.number().nullable(),
      }),
    ),
  }),
});

export const printAggregate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/aggregate/print',
  tag: 'prints',
  access: 'reports.read',
  file: pdf,
  summary: { vi: 'Bản in tổng hợp', en: 'Print of the aggregate' },
  params: inUnit,
  query: ofForm,
});
export const exportAggregate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/aggregate/export',
  tag: 'prints',
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Tổng hợp ra Excel', en: 'Aggregate as Excel' },
  params: inUnit,
  query: ofForm,
});
