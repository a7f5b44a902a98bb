import { z } from 'zod';
import { endpoint, finding, id, inUnit, isoTime, page, schoolYear, text, xlsx } from './shapes.ts';
import { values } from './records.ts';

const tag = 'imports';
export const importKind = z.enum(['site', 'class', 'student', 'staff', 'room', 'budget']);
const one = inUnit.extend({ id });

export const importState = z.object({
  id,
  kind: importKind,
  schoolYear: z.number(),
  fileName: z.string(),
  state: z.enum(['waiting', 'reading', 'ready', 'applying', 'applied', 'refused', 'failed', 'cancelled']),
  rowsRead: z.number(),
  rowsTotal: z.number().nullable(),
  rowsGood: z.number(),
  rowsBad: z.number(),
  toAdd: z.number(),
  toChange: z.number(),
  toLeave: z.number(),
  refusal: text.nullable(),
  mode: z.enum(['all', 'good']).nullable(),
  hasMarkedFile: z.boolean(),
  accountName: z.string(),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  version: z.number(),
});

export const downloadTemplate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/templates/{kind}',
  tag,
  access: 'records.read',
  file: xlsx,
  summary: {
    vi: 'Tải mẫu Excel; có thể điền sẵn dữ liệu hiện có',
    en: 'Download the Excel template, prefilled on request',
  },
  params: inUnit.extend({ kind: importKind }),
  query: z.object({ schoolYear, prefilled: z.stringbool().default(false) }),
});

export const startImport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/imports',
  tag,
  access: 'records.write',
  upload: true,
  summary: {
    vi: 'Tải tệp Excel lên; đọc và kiểm tra ở nền',
    en: 'Upload an Excel file; it is read and checked in the background',
  },
  params: inUnit,
  query: z.object({ kind: importKind, schoolYear }),
  response: importState,
});

export const listImports = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports',
  tag,
  access: 'records.read',
  summary: { vi: 'Các lần nhập', en: 'Imports' },
  params: inUnit,
  query: page,
  response: z.object({ total: z.number(), imports: z.array(importState) }),
});

export const readImport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports/{id}',
  tag,
  access: 'records.read',
  summary: { vi: 'Một lần nhập, kèm tiến độ', en: 'An import with its progress' },
  params: one,
  response: importState,
});

export const summariseImport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports/{id}/summary',
  tag,
  access: 'records.read',
  summary: {
    vi: 'Mỗi quy tắc một dòng: số lượng, dòng đầu, dòng cuối',
    en: 'One line per rule: count, first and last row',
  },
  params: one,
  response: z.object({
    rules: z.array(
      z.object({
        rule: z.string(),
        severity: z.enum(['error', 'warning']),
        title: text,
        count: z.number(),
        firstRow: z.number().nullable(),
        lastRow: z.number().nullable(),
        sheet: z.string().nullable(),
      }),
    ),
  }),
});

export const listImportFindings = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports/{id}/findings',
  tag,
  access: 'records.read',
  summary: { vi: 'Từng lỗi theo sheet, dòng, cột', en: 'Each finding by sheet, row and column' },
  params: one,
  query: page.extend({ rule: z.string().optional() }),
  response: z.object({ total: z.number(), findings: z.array(finding) }),
});

export const previewImport = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports/{id}/preview',
  tag,
  access: 'records.read',
  summary: { vi: 'Sẽ thêm, sửa, giữ nguyên những gì', en: 'What will be added, changed, left' },
  params: one,
  query: page.extend({ action: z.enum(['add', 'change', 'leave']) }),
  response: z.object({
    total: z.number(),
    rows: z.array(
      z.object({
        row: z.number(),
        sheet: z.string(),
        subject: z.string(),
        values,
        changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
      }),
    ),
  }),
});

export const downloadMarkedFile = endpoint({
  method: 'GET',
  path: '/units/{unitId}/imports/{id}/marked-file',
  tag,
  access: 'records.read',
  file: xlsx,
  summary: { vi: 'Tệp đã đánh dấu lỗi', en: 'The file with its findings marked' },
  params: one,
});

export const applyImport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/imports/{id}/applications',
  tag,
  access: 'records.write',
  summary: {
    vi: 'Ghi vào hồ sơ: tất cả hoặc chỉ dòng đúng',
    en: 'Write to the records: all or nothing, or only the good rows',
  },
  params: one,
  body: z.object({ mode: z.enum(['all', 'good']) }),
  response: importState,
});

export const cancelImport = endpoint({
  method: 'POST',
  path: '/units/{unitId}/imports/{id}/cancellations',
  tag,
  access: 'records.write',
  summary: { vi: 'Bỏ lần nhập', en: 'Cancel the import' },
  params: one,
  response: importState,
});
