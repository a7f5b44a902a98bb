import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { studentEntryStatus, studentLeaveStatus } from '../codes/students.ts';
import { formatDate } from '../vietnam/dates.ts';
import { leftBeforeEntered } from './person.ts';
import { isEmpty, isGiven, kept, type RecordRule, textOf } from './rule.ts';
import { isIn, schoolYear, type Span } from './school-year.ts';

/** Entering and leaving: statuses 01-12 with their dates, reasons and destinations. */

const MOVEMENTS = 'QĐ 4998/QĐ-BGDĐT, danh mục trạng thái học sinh; mô tả dữ liệu đầu năm 26/10/2020 (NgayTrangThai)';
const FRAME = 'Khung kế hoạch thời gian năm học (năm học 2024-2025: QĐ 2045/QĐ-BGDĐT ngày 01/8/2024)';

type Status = CodeEntry & { semester: 1 | 2 | 'summer' | null; event: string };

const seasonOf = new Map<string, Status['semester']>();
const withdrawals = new Set<string>();
const transfers = new Set<string>();
for (const status of [...studentEntryStatus.entries, ...studentLeaveStatus.entries] as readonly Status[]) {
  seasonOf.set(status.code, status.semester);
  if (status.event === 'withdrawn') withdrawals.add(status.code);
  if (status.event === 'transferred_out') transfers.add(status.code);
}

const entryName = (code: string, language: 'vi' | 'en') => codeName('student_entry_status', code, language);
const leaveName = (code: string, language: 'vi' | 'en') => codeName('student_leave_status', code, language);
const showSpan = (span: Span) => `${formatDate(span.from)} - ${formatDate(span.to)}`;

/** A movement falls in the half of the year that its status names. */
function outOfSeason(status: string, day: string, year: number, direction: 'in' | 'out'): Span | null {
  const semester = seasonOf.get(status);
  if (semester === undefined || semester === null || day === '') return null;
  const seasons = schoolYear(year);
  if (semester === 1) return isIn(day, seasons.semester1) ? null : seasons.semester1;
  if (semester === 2) return isIn(day, seasons.semester2) ? null : seasons.semester2;
  if (isIn(day, seasons.summerBefore)) return null;
  // Leaving in the summer after the year is still a leaving of this year; entering then belongs to the next.
  if (direction === 'out' && isIn(day, seasons.summerAfter)) return null;
  return seasons.summerBefore;
}

export const movementRules: RecordRule[] = [
  {
    id: 'student_opening_status_late',
    kind: 'student',
    field: 'entryStatus',
    severity: 'error',
    source: 'Công văn ngày 30/01/2024 của Sở GDĐT Bắc Giang, mục 2.4; QĐ 4998/QĐ-BGDĐT, danh mục trạng thái học sinh',
    title: {
      vi: 'Học sinh vào giữa năm ghi trạng thái đầu năm',
      en: 'Opening status for a student who came during the year',
    },
    message: ({ params: p = {} }) => ({
      vi: `Trạng thái “${entryName('01', 'vi')}” chỉ dành cho học sinh có mặt từ đầu năm (đến ${p.limit}), nhưng ngày vào là ${p.day}. Chọn trạng thái chuyển đến hoặc học lại, hoặc sửa ngày vào.`,
      en: `Status “${entryName('01', 'en')}” is for students present from the opening (until ${p.limit}), but the day of entry is ${p.day}. Choose a transfer or return status, or correct the day.`,
    }),
    check: ({ entryStatus, enteredOn }, { schoolYear: year, countsFrom }) => {
      if (entryStatus !== '01') return kept;
      const { opening: ofLaw, whole } = schoolYear(year);
      const opening = countsFrom ?? ofLaw;
      const day = textOf(enteredOn);
      return day > opening && day <= whole.to
        ? [{ field: 'entryStatus', value: '01', params: { day: formatDate(day), limit: formatDate(opening) } }]
        : kept;
    },
  },
  {
    id: 'student_entry_season',
    kind: 'student',
    field: 'enteredOn',
    severity: 'error',
    source: `${MOVEMENTS}; ${FRAME}`,
    title: {
      vi: 'Ngày vào không thuộc kỳ của trạng thái vào',
      en: 'Day of entry outside the semester of the entry status',
    },
    message: ({ params: p = {} }) => ({
      vi: `“${entryName(String(p.status), 'vi')}” cần ngày vào trong khoảng ${p.span}, nhưng ghi ${p.day}. Sửa ngày vào hoặc trạng thái vào.`,
      en: `“${entryName(String(p.status), 'en')}” needs a day of entry within ${p.span}, but it is ${p.day}. Correct the day or the status.`,
    }),
    check: ({ entryStatus, enteredOn }, { schoolYear: year }) => {
      if (entryStatus === '01') return kept;
      const status = textOf(entryStatus);
      const day = textOf(enteredOn);
      if (!isIn(day, schoolYear(year).whole)) return kept;
      const span = outOfSeason(status, day, year, 'in');
      return span
        ? [{ field: 'enteredOn', value: day, params: { status, day: formatDate(day), span: showSpan(span) } }]
        : kept;
    },
  },
  {
    id: 'student_leave_season',
    kind: 'student',
    field: 'leftOn',
    severity: 'error',
    source: `${MOVEMENTS}; ${FRAME}`,
    title: {
      vi: 'Ngày rời không thuộc kỳ của trạng thái rời',
      en: 'Day of leaving outside the semester of the leave status',
    },
    message: ({ params: p = {} }) => ({
      vi: `“${leaveName(String(p.status), 'vi')}” cần ngày rời trong khoảng ${p.span}, nhưng ghi ${p.day}. Sửa ngày rời hoặc trạng thái rời.`,
      en: `“${leaveName(String(p.status), 'en')}” needs a day of leaving within ${p.span}, but it is ${p.day}. Correct the day or the status.`,
    }),
    check: ({ leaveStatus, leftOn }, { schoolYear: year }) => {
      if (!leaveStatus || !leftOn) return kept;
      const status = textOf(leaveStatus);
      const day = textOf(leftOn);
      if (!isIn(day, schoolYear(year).whole)) return kept;
      const span = outOfSeason(status, day, year, 'out');
      return span
        ? [{ field: 'leftOn', value: day, params: { status, day: formatDate(day), span: showSpan(span) } }]
        : kept;
    },
  },
  {
    id: 'student_leave_incomplete',
    kind: 'student',
    field: 'leaveStatus',
    severity: 'error',
    source: MOVEMENTS,
    title: {
      vi: 'Trạng thái rời và ngày rời phải đi cùng nhau',
      en: 'Leave status and day of leaving belong together',
    },
    message: ({ field }) =>
      field === 'leftOn'
        ? {
            vi: 'Học sinh có trạng thái rời nhưng chưa có ngày rời nên vẫn bị đếm là đang học. Nhập ngày rời, hoặc xóa trạng thái rời nếu em vẫn học.',
            en: 'The student has a leave status without a day, so still counts as present. Enter the day, or clear the status if the student stayed.',
          }
        : {
            vi: 'Học sinh có ngày rời nhưng chưa chọn trạng thái rời. Chọn chuyển đi hoặc thôi học, hoặc xóa ngày rời nếu em vẫn học.',
            en: 'The student has a day of leaving without a leave status. Choose transferred out or withdrawn, or clear the day if the student stayed.',
          },
    check: ({ leaveStatus, leftOn }) => {
      if (isGiven(leaveStatus) && isEmpty(leftOn)) return [{ field: 'leftOn' }];
      return isGiven(leftOn) && isEmpty(leaveStatus) ? [{ field: 'leaveStatus' }] : kept;
    },
  },
  {
    id: 'student_withdrawal_reason_missing',
    kind: 'student',
    field: 'leaveReason',
    severity: 'error',
    source: 'Mô tả dữ liệu đầu năm 26/10/2020 (MaLyDoThoiHoc); QĐ 4998/QĐ-BGDĐT, danh mục lý do thôi học',
    title: { vi: 'Thôi học chưa có lý do', en: 'Withdrawal without a reason' },
    message: () => ({
      vi: 'Học sinh thôi học phải có lý do, vì báo cáo bỏ học chia theo lý do. Chọn một lý do trong danh mục.',
      en: 'A withdrawal needs its reason, since drop-outs are reported by reason. Choose one from the list.',
    }),
    check: ({ leaveStatus, leaveReason }) =>
      isEmpty(leaveReason) && withdrawals.has(textOf(leaveStatus)) ? [{ field: 'leaveReason' }] : kept,
  },
  {
    id: 'student_destination_missing',
    kind: 'student',
    field: 'destination',
    severity: 'error',
    source: 'Mô tả dữ liệu đầu năm 26/10/2020 (NoiChuyenDi)',
    title: { vi: 'Chuyển đi chưa có nơi chuyển đến', en: 'Transfer without a destination' },
    message: () => ({
      vi: 'Học sinh chuyển đi phải ghi nơi chuyển đi: trong tỉnh, ngoài tỉnh hay nước ngoài. Chọn một giá trị.',
      en: 'A transfer needs its destination: within the province, another province or abroad. Choose one.',
    }),
    check: ({ leaveStatus, destination }) =>
      isEmpty(destination) && transfers.has(textOf(leaveStatus)) ? [{ field: 'destination' }] : kept,
  },
  {
    id: 'student_leave_detail_stray',
    kind: 'student',
    field: 'leaveReason',
    severity: 'warning',
    source: MOVEMENTS,
    title: {
      vi: 'Lý do thôi học hoặc nơi chuyển đi không khớp trạng thái rời',
      en: 'Reason or destination that does not fit the leave status',
    },
    message: ({ field }) =>
      field === 'destination'
        ? {
            vi: 'Có nơi chuyển đi nhưng trạng thái rời không phải chuyển đi. Xóa nơi chuyển đi hoặc sửa trạng thái rời.',
            en: 'There is a destination, but the leave status is not a transfer. Clear the destination or correct the status.',
          }
        : {
            vi: 'Có lý do thôi học nhưng trạng thái rời không phải thôi học. Xóa lý do hoặc sửa trạng thái rời.',
            en: 'There is a reason of withdrawal, but the leave status is not a withdrawal. Clear the reason or correct the status.',
          },
    check: ({ leaveStatus, leaveReason, destination }) => {
      if (leaveStatus === undefined) return kept;
      if (leaveReason && !withdrawals.has(textOf(leaveStatus))) return [{ field: 'leaveReason' }];
      if (destination && !transfers.has(textOf(leaveStatus))) return [{ field: 'destination' }];
      return kept;
    },
  },
  leftBeforeEntered('student', MOVEMENTS),
  {
    id: 'student_date_outside_year',
    kind: 'student',
    field: 'enteredOn',
    severity: 'error',
    source: FRAME,
    title: { vi: 'Ngày vào hoặc ngày rời ngoài năm học', en: 'Entered or left outside the school year' },
    message: ({ params: p = {} }) => ({
      vi: `Ngày ${p.day} nằm ngoài năm học này (${p.span}). Sửa ngày, hoặc ghi vào năm học tương ứng.`,
      en: `${p.day} lies outside this school year (${p.span}). Correct the day, or record it in its own school year.`,
    }),
    check: ({ enteredOn, leftOn }, { schoolYear: year }) => {
      const span = schoolYear(year).whole;
      const outside = (day: unknown) => Boolean(day) && !isIn(textOf(day), span);
      const field = outside(enteredOn) ? 'enteredOn' : outside(leftOn) ? 'leftOn' : null;
      if (field === null) return kept;
      const day = textOf(field === 'enteredOn' ? enteredOn : leftOn);
      return [{ field, value: day, params: { day: formatDate(day), span: showSpan(span) } }];
    },
  },
];
