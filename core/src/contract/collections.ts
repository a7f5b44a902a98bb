import { z } from 'zod';
import { audience } from '../collections/audience.ts';
import { definition, limits } from '../collections/definition.ts';
import { endpoint, id, inUnit, isoDate, isoTime, page, pdf, xlsx } from './shapes.ts';

export const tag = 'collections';
export const inCollection = inUnit.extend({ collectionId: id });
const title = z.string().trim().min(3).max(300);
const purpose = z.string().trim().max(5000);
export const version = z.number().int();
export const answerState = z.enum(['not-started', 'draft', 'submitted', 'returned']);
const value = z.union([z.string().max(2 * limits.text), z.number(), z.boolean()]);
const cells = z.record(z.string().max(20), value);
export const contents = z.object({ cells, rows: z.array(cells).max(limits.listRows) });

export const collectionFace = z.object({
  id,
  ownerId: id,
  ownerName: z.string(),
  title: z.string(),
  state: z.enum(['draft', 'open', 'closed']),
  dueOn: isoDate.nullable(),
  daysLeft: z.number().nullable(),
  asked: z.number(),
  createdAt: isoTime,
  publishedAt: isoTime.nullable(),
  version,
});

export const collection = collectionFace.extend({
  purpose: z.string(),
  definition,
  audience,
  /** Names of the areas chosen. */
  areas: z.array(z.object({ id, name: z.string() })),
  createdByName: z.string(),
  publishedByName: z.string().nullable(),
  closedAt: isoTime.nullable(),
  /** Somebody has sent an answer: the form stays as it is. */
  hasAnswers: z.boolean(),
});

export const listCollections = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections',
  tag,
  access: 'reports.read',
  summary: {
    vi: 'Báo cáo đột xuất: của đơn vị, phải trả lời, và trong địa bàn',
    en: 'Ad-hoc collections: of the unit, to be answered, and in its area',
  },
  params: inUnit,
  response: z.object({
    own: z.array(collectionFace.extend({ answered: z.number() })).max(200),
    toAnswer: z
      .array(collectionFace.extend({ answer: answerState, sentAt: isoTime.nullable(), isLate: z.boolean() }))
      .max(200),
    below: z.array(collectionFace).max(200),
  }),
});

export const createCollection = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections',
  tag,
  access: 'collections.write',
  summary: { vi: 'Lập báo cáo đột xuất, hoặc chép từ cái cũ', en: 'Begin a collection, or copy an old one' },
  params: inUnit,
  body: z.object({ title, copyOf: id.optional() }),
  response: collection,
});

export const readCollection = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Một báo cáo đột xuất', en: 'One collection' },
  params: inCollection,
  response: collection,
});

export const changeCollection = endpoint({
  method: 'PATCH',
  path: '/units/{unitId}/collections/{collectionId}',
  tag,
  access: 'collections.write',
  summary: {
    vi: 'Soạn biểu; đã phát hành thì chỉ thêm hoặc sửa lời, trước câu trả lời đầu tiên',
    en: 'Build the form; once published only additions and wording, before the first answer',
  },
  params: inCollection,
  body: z.object({
    version,
    title: title.optional(),
    purpose: purpose.optional(),
    definition: definition.optional(),
    audience: audience.optional(),
    dueOn: isoDate.nullable().optional(),
  }),
  response: collection,
});

export const deleteCollection = endpoint({
  method: 'DELETE',
  path: '/units/{unitId}/collections/{collectionId}',
  tag,
  access: 'collections.write',
  summary: { vi: 'Bỏ bản đang soạn', en: 'Drop a draft' },
  params: inCollection,
});

export const publishCollection = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/publications',
  tag,
  access: 'collections.write',
  summary: { vi: 'Phát hành: ghi lại ai phải trả lời', en: 'Publish: settle who is asked' },
  params: inCollection,
  body: z.object({ version }),
  response: collection,
});

export const extendCollection = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/extensions',
  tag,
  access: 'collections.write',
  summary: { vi: 'Gia hạn; đã đóng thì mở lại', en: 'Extend the deadline; a closed one is opened again' },
  params: inCollection,
  body: z.object({ version, dueOn: isoDate }),
  response: collection,
});

export const closeCollection = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/closings',
  tag,
  access: 'collections.write',
  summary: { vi: 'Đóng: không nhận câu trả lời nữa', en: 'Close: no more answers' },
  params: inCollection,
  body: z.object({ version }),
  response: collection,
});

export const remindUnits = endpoint({
  method: 'POST',
  path: '/units/{unitId}/collections/{collectionId}/reminders',
  tag,
  access: 'collections.write',
  summary: { vi: 'Nhắc các đơn vị chưa gửi', en: 'Remind the units that have not sent' },
  params: inCollection,
  response: z.object({ reminded: z.number() }),
});

const listed = <T extends string>(items: z.ZodType<T[], T[]>) =>
  z
    .string()
    .max(8000)
    .default('')
    .transform((joined) => joined.split(',').filter(Boolean) as T[])
    .pipe(items)
    .describe('Cách nhau bằng dấu phẩy');

export const listAddressees = endpoint({
  method: 'GET',
  path: '/units/{unitId}/addressees',
  tag,
  access: 'collections.write',
  summary: { vi: 'Ai sẽ nhận, nếu gửi như vậy', en: 'Who would be asked' },
  params: inUnit,
  query: page.extend({
    kinds: listed(audience.shape.kinds),
    levels: listed(audience.shape.levels),
    levelGroups: listed(audience.shape.levelGroups),
    ownerships: listed(audience.shape.ownerships),
    schoolKinds: listed(audience.shape.schoolKinds),
    areas: listed(audience.shape.areas),
  }),
  response: z.object({
    total: z.number(),
    byKind: z.record(z.string(), z.number()),
    units: z.array(z.object({ id, kind: z.string(), code: z.string(), name: z.string() })).max(200),
  }),
});

export const listAnswers = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/answers',
  tag,
  access: 'reports.read',
  summary: { vi: 'Ai đã trả lời, chưa, chậm', en: 'Who has answered, who has not, who was late' },
  params: inCollection,
  query: page.extend({ state: answerState.or(z.literal('late')).optional(), search: z.string().max(100).optional() }),
  response: z.object({
    counts: z.object({
      asked: z.number(),
      submitted: z.number(),
      returned: z.number(),
      draft: z.number(),
      'not-started': z.number(),
      late: z.number(),
    }),
    total: z.number(),
    units: z.array(
      z.object({
        id,
        kind: z.string(),
        code: z.string(),
        name: z.string(),
        parentName: z.string().nullable(),
        state: answerState,
        sentAt: isoTime.nullable(),
        sentNo: z.number(),
        isLate: z.boolean(),
        lateReason: z.string().nullable(),
        remindedAt: isoTime.nullable(),
      }),
    ),
  }),
});

export const readSums = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/sums',
  tag,
  access: 'reports.read',
  summary: { vi: 'Kết quả cộng các câu trả lời đã gửi', en: 'Sums of the answers that were sent' },
  params: inCollection,
  response: z.object({
    answers: z.number(),
    rows: z.number(),
    /** By "row.column"; of a list the row is r0. */
    cells: z.record(z.string(), z.number()),
    filled: z.record(z.string(), z.number()),
    tallies: z.record(z.string(), z.array(z.object({ choice: z.string(), count: z.number() }))),
  }),
});

export const openSum = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/sums/{row}/{column}',
  tag,
  access: 'reports.read',
  summary: { vi: 'Các câu trả lời đứng sau một số tổng', en: 'Answers behind a sum' },
  params: inCollection.extend({ row: z.string().max(10), column: z.string().max(10) }),
  query: page,
  response: z.object({
    total: z.number(),
    parts: z.array(z.object({ unitId: id, code: z.string(), name: z.string(), value, filled: z.number() })),
  }),
});

export const listJoinedRows = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/joined-rows',
  tag,
  access: 'reports.read',
  summary: { vi: 'Danh sách ghép từ mọi câu trả lời', en: 'The rows of all answers, joined' },
  params: inCollection,
  query: page,
  response: z.object({
    rows: z.array(z.object({ unitId: id, code: z.string(), name: z.string(), no: z.number(), cells })),
  }),
});

export const exportCollection = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/export',
  tag,
  access: 'reports.read',
  file: xlsx,
  summary: { vi: 'Kết quả ra Excel', en: 'The result as Excel' },
  params: inCollection,
});

export const printCollection = endpoint({
  method: 'GET',
  path: '/units/{unitId}/collections/{collectionId}/print',
  tag,
  access: 'reports.read',
  file: pdf,
  summary: { vi: 'Bản in kết quả', en: 'Print of the result' },
  params: inCollection,
});
