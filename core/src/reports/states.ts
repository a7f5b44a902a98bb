import type { Permission } from '../permissions.ts';
import type { Text } from '../records/field.ts';

/**
 * The life of a report: who may do what in which state. The server decides by it, the web shows by it.
 * Sources: TT 24/2018/TT-BGDĐT (the reporting unit answers for its figures; the receiving unit checks them and asks for
 * corrections); the order of work is that of the provinces' letters on the start-of-year statistics.
 */
export const reportStates = ['not-started', 'draft', 'submitted', 'returned', 'approved', 'supplement'] as const;
export type ReportState = (typeof reportStates)[number];

/** Whose turn it is: the reporting unit itself, its reviewer, or any unit above it. */
export type Party = 'unit' | 'reviewer' | 'above';

export interface Transition {
  from: readonly ReportState[];
  /** Absent: the state stays. */
  to?: ReportState;
  by: Party;
  permission: Permission;
}

const working: readonly ReportState[] = ['draft', 'returned', 'supplement'];

export const transitions = {
  start: { from: ['not-started'], to: 'draft', by: 'unit', permission: 'reports.prepare' },
  compile: { from: working, by: 'unit', permission: 'reports.prepare' },
  explain: { from: working, by: 'unit', permission: 'reports.prepare' },
  answer: { from: [...working, 'submitted'], by: 'unit', permission: 'reports.prepare' },
  submit: { from: working, to: 'submitted', by: 'unit', permission: 'reports.submit' },
  remark: { from: ['submitted', 'returned', 'approved', 'supplement'], by: 'above', permission: 'reviews.write' },
  approve: { from: ['submitted'], to: 'approved', by: 'reviewer', permission: 'reviews.write' },
  return: { from: ['submitted'], to: 'returned', by: 'reviewer', permission: 'reviews.write' },
  reopen: { from: ['approved'], to: 'draft', by: 'above', permission: 'reports.reopen' },
  // After the period has closed: a unit above lets this one work on until a day.
  extend: { from: working, by: 'above', permission: 'reports.reopen' },
  // The form got new cells after the report was sent.
  supplement: {
    from: ['submitted', 'approved', 'supplement'],
    to: 'supplement',
    by: 'above',
    permission: 'periods.write',
  },
  // The same before it was sent: it is fetched anew.
  'form-changed': { from: ['draft', 'returned'], by: 'above', permission: 'periods.write' },
} as const satisfies Record<string, Transition>;
export type ReportEvent = keyof typeof transitions;

/** The state after an event; undefined where the event cannot happen. */
export function nextState(state: ReportState, event: ReportEvent): ReportState | undefined {
  const { from, to }: Transition = transitions[event];
  return from.includes(state) ? (to ?? state) : undefined;
}

/** Events that a party may cause in a state. What lies open to every unit above lies open to the reviewer. */
export function eventsFor(state: ReportState, party: Party): ReportEvent[] {
  return (Object.keys(transitions) as ReportEvent[]).filter((event) => {
    const { from, by }: Transition = transitions[event];
    return from.includes(state) && (by === party || (by === 'above' && party === 'reviewer'));
  });
}

/** Who holds a report in a state. An approved one rests with the reviewer. */
export function holderIn(state: ReportState): 'unit' | 'reviewer' {
  return state === 'submitted' || state === 'approved' ? 'reviewer' : 'unit';
}

/** One word for each state, on every screen, in every file and message: the past of what officials call the act (gửi, trả về, duyệt). */
export const stateWords: Record<ReportState, Text> = {
  'not-started': { vi: 'Chưa lập', en: 'Not started' },
  draft: { vi: 'Đang lập', en: 'Draft' },
  submitted: { vi: 'Đã gửi', en: 'Submitted' },
  returned: { vi: 'Đã trả về', en: 'Returned' },
  approved: { vi: 'Đã duyệt', en: 'Approved' },
  supplement: { vi: 'Cần bổ sung', en: 'Needs supplement' },
};

/** What happened, for the report's timeline. */
export const eventWords: Record<ReportEvent, Text> = {
  start: { vi: 'Lập báo cáo', en: 'Report started' },
  compile: { vi: 'Lấy dữ liệu', en: 'Data fetched' },
  explain: { vi: 'Nêu lý do cho cảnh báo', en: 'Reason for a warning stated' },
  answer: { vi: 'Trả lời ý kiến', en: 'Comment answered' },
  submit: { vi: 'Gửi báo cáo', en: 'Report submitted' },
  remark: { vi: 'Có ý kiến', en: 'Comment written' },
  approve: { vi: 'Duyệt', en: 'Approved' },
  return: { vi: 'Trả về để sửa', en: 'Returned for correction' },
  reopen: { vi: 'Mở lại', en: 'Reopened' },
  extend: { vi: 'Mở thêm thời gian', en: 'Opened for longer' },
  supplement: { vi: 'Yêu cầu bổ sung', en: 'Supplement asked for' },
  'form-changed': { vi: 'Biểu có phiên bản mới', en: 'The form has a new version' },
};
