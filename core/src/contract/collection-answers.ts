// What a unit answers to an ad-hoc collection.
import { z } from 'zod';
import { answerState, contents, inCollection, tag, version } from './collections.ts';
import { endpoint, id, isoDate, isoTime, pdf, reason, text, xlsx } from './shapes.ts';

const finding = z.object({
  row: z.string().nullable(),
  column: z.string().nullable(),
  /** Where it stands in the Excel file that was uploaded. */
  place: z.string().optional(),
  text,
});

export const answerFile = z.object({
  id,
  name: z.string(),
  size: z.number(),
  addedAt: isoTime,
  addedByName: z.string(),
});

export const answer = contents.extend({
  unitId: id,
  unitName: z.string(),
  state: answerState,
  sentNo: z.number(),
  sentAt: isoTime.nullable(),
  sentByName: z.string().nullable(),
  isLate: z.boolean(),
  lateReason: z.string().nullable(),
  returnReason: z.string().nullable(),
  returnedByName: z.string().nullable(),
  dueOn: isoDate.nullable(),
  /** 0 where nothing has been typed yet. */
  version,
  files: z.array(answerFile),
  findings: z.array(finding),
  events: z.array(
    z.object({
      kind: z.enum(['sent', 'returned']),
      no: z.number(),
      accountName: z.string(),
      reason: z.string().nullable(),
      at: isoTime,
    }),
  ),
});

export const readAnswer = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/answer',
  tag,
  access: 'reports.read',
  summary: { vi: 'Câu trả lời của một đơn vị', en: 'The answer of a unit' },
  params: inCollection,
  response: answer,
});

export const saveAnswer = endpoint({
  method: 'PUT',
  path: '/units/{unitId}/collections/{collectionId}/answer',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Lưu câu trả lời đang làm', en: 'Save an answer in the making' },
  params: inCollection,
  body: contents.extend({ version }),
  response: answer,
});

export const sendAnswer = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/sendings',
  tag,
  access: 'reports.submit',
  summary: { vi: 'Gửi câu trả lời; quá hạn thì nêu lý do', en: 'Send the answer; with a reason when it is late' },
  params: inCollection,
  body: z.object({ version, lateReason: reason.optional() }),
  response: answer,
});

export const returnAnswer = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/returns',
  tag,
  access: 'collections.write',
  summary: { vi: 'Trả câu trả lời về, có lý do', en: 'Return an answer, with a reason' },
  params: inCollection,
  body: z.object({ sentNo: z.number().int(), reason, dueOn: isoDate.nullable() }),
  response: answer,
});

export const downloadTemplate = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/template',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Mẫu Excel, kèm những gì đã nhập', en: 'Excel template, with what was filled in' },
  params: inCollection,
});

export const uploadAnswer = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/answer-files',
  tag,
  access: 'reports.prepare',
  upload: true,
  summary: {
    vi: 'Nhập câu trả lời từ Excel; ô trống trong tệp không xóa ô đã nhập',
    en: 'Read the answer from Excel; an empty cell of the file erases nothing',
  },
  params: inCollection,
  /** Rows of a list: those of the file instead of the present ones, or after them. */
  query: z.object({ version: z.coerce.number().int(), rows: z.enum(['replace', 'add']).default('replace') }),
  response: answer,
});

export const attachFile = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/files',
  tag,
  access: 'reports.prepare',
  upload: true,
  summary: { vi: 'Đính kèm tệp vào câu trả lời', en: 'Attach a file to the answer' },
  params: inCollection,
  response: answer,
});

export const readFile = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/files/{fileId}',
  tag,
  access: 'reports.read',
  file: 'application/octet-stream',
  summary: { vi: 'Tải tệp đính kèm', en: 'Download an attached file' },
  params: inCollection.extend({ fileId: id }),
});

export const removeFile = endpoint({
  method: 'DELETE',
  path: '/units/{unitId}/collections/{collectionId}/files/{fileId}',
  tag,
  access: 'reports.prepare',
  summary: { vi: 'Bỏ tệp đính kèm', en: 'Remove an attached file' },
  params: inCollection.extend({ fileId: id }),
  response: answer,
});

export const printAnswer = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/answer-print',
  tag,
  access: 'reports.read',
  file: pdf,
  summary: { vi: 'Bản in câu trả lời', en: 'Print of the answer' },
  params: inCollection,
});
