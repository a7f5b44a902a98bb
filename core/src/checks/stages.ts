import type { Text } from '../records/field.ts';

/**
 * How far a finding is: `error` is to be corrected before sending; `unexplained` has no reason yet; `refused` has one that the
 * reviewer does not take; `waiting` has one that nobody has looked at; `unlike` is far from
 * those that sent meanwhile: the unit was not asked, its reviewer may.
 */
export const findingStages = ['error', 'unexplained', 'refused', 'waiting', 'accepted', 'unlike'] as const;
export type FindingStage = (typeof findingStages)[number];

export const findingStageWords: Record<FindingStage, Text> = {
  error: { vi: 'Lỗi, phải sửa', en: 'Error to correct' },
  unexplained: { vi: 'Chưa có lý do', en: 'No reason yet' },
  refused: { vi: 'Lý do bị từ chối', en: 'Reason refused' },
  waiting: { vi: 'Chờ chấp nhận', en: 'Waiting to be accepted' },
  accepted: { vi: 'Đã chấp nhận', en: 'Accepted' },
  unlike: { vi: 'Khác đơn vị cùng loại', en: 'Unlike similar units' },
};
