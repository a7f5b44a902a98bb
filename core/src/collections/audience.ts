// Who is asked, and how an answer stands. Offices and schools are chosen by kind and area, schools also by what they teach and are.
import { z } from 'zod';
import type { Text } from '../records/field.ts';

const codes = z.array(z.string().regex(/^\d{2}$/)).max(40);

export const audience = z.object({
  kinds: z
    .array(z.enum(['school', 'commune', 'district', 'province']))
    .max(4)
    .describe('Loại đơn vị'),
  // Of schools; empty is all.
  levels: codes.describe('Cấp học của trường'),
  levelGroups: codes.describe('Nhóm cấp học: nhóm trẻ độc lập, trung tâm GDTX …'),
  ownerships: codes.describe('Loại hình, theo hồ sơ trường mới nhất'),
  schoolKinds: codes.describe('Loại trường, theo hồ sơ trường mới nhất'),
  /** Units below the owner: they themselves and what is below them; empty is the whole area of the owner. */
  areas: z.array(z.uuid()).max(200).describe('Địa bàn hoặc từng đơn vị'),
});
export type Audience = z.output<typeof audience>;

export const emptyAudience: Audience = {
  kinds: ['school'],
  levels: [],
  levelGroups: [],
  ownerships: [],
  schoolKinds: [],
  areas: [],
};

export type CollectionState = 'draft' | 'open' | 'closed';
export type AnswerState = 'not-started' | 'draft' | 'submitted' | 'returned';

export const collectionStateWords: Record<CollectionState, Text> = {
  draft: { vi: 'Đang soạn', en: 'Being built' },
  open: { vi: 'Đang thu', en: 'Open' },
  closed: { vi: 'Đã đóng', en: 'Closed' },
};

/** Late: the day it was first sent lies after the deadline. What a return asks for again is not late by that. */
export const isLate = (dueOn: string | null, firstSentOn: string | null): boolean =>
  dueOn !== null && firstSentOn !== null && firstSentOn > dueOn;
