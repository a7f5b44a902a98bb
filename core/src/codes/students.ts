import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

interface StudentStatusEntry extends CodeEntry {
  /** Whether a pupil with this status belongs to the school's pupils ('in') or has left it ('out'). */
  readonly direction: 'in' | 'out';
  /** When the movement fell; null: no movement. */
  readonly semester: 1 | 2 | 'summer' | null;
  readonly event: 'studying' | 'transferred_in' | 'returned' | 'transferred_out' | 'withdrawn';
}

const statusSource = ministrySource('DM_TRANG_THAI_HOC_SINH');

const entryStatuses = [
  { code: '01', vi: 'Đang học', en: 'Studying', direction: 'in', semester: null, event: 'studying' },
  {
    code: '02',
    vi: 'Chuyển đến kỳ 1',
    en: 'Transferred in, semester 1',
    direction: 'in',
    semester: 1,
    event: 'transferred_in',
  },
  {
    code: '03',
    vi: 'Nghỉ học xin học lại kỳ 1',
    en: 'Returned, semester 1',
    direction: 'in',
    semester: 1,
    event: 'returned',
  },
  {
    code: '06',
    vi: 'Chuyển đến kỳ 2',
    en: 'Transferred in, semester 2',
    direction: 'in',
    semester: 2,
    event: 'transferred_in',
  },
  {
    code: '07',
    vi: 'Nghỉ học xin học lại kỳ 2',
    en: 'Returned, semester 2',
    direction: 'in',
    semester: 2,
    event: 'returned',
  },
  {
    code: '10',
    vi: 'Chuyển đến trong hè',
    en: 'Transferred in, summer',
    direction: 'in',
    semester: 'summer',
    event: 'transferred_in',
  },
] as const satisfies readonly StudentStatusEntry[];

const leaveStatuses = [
  {
    code: '04',
    vi: 'Chuyển đi kỳ 1',
    en: 'Transferred out, semester 1',
    direction: 'out',
    semester: 1,
    event: 'transferred_out',
  },
  { code: '05', vi: 'Thôi học kỳ 1', en: 'Withdrawn, semester 1', direction: 'out', semester: 1, event: 'withdrawn' },
  {
    code: '08',
    vi: 'Chuyển đi kỳ 2',
    en: 'Transferred out, semester 2',
    direction: 'out',
    semester: 2,
    event: 'transferred_out',
  },
  { code: '09', vi: 'Thôi học kỳ 2', en: 'Withdrawn, semester 2', direction: 'out', semester: 2, event: 'withdrawn' },
  {
    code: '11',
    vi: 'Chuyển đi trong hè',
    en: 'Transferred out, summer',
    direction: 'out',
    semester: 'summer',
    event: 'transferred_out',
  },
  {
    code: '12',
    vi: 'Thôi học trong hè',
    en: 'Withdrawn, summer',
    direction: 'out',
    semester: 'summer',
    event: 'withdrawn',
  },
] as const satisfies readonly StudentStatusEntry[];

export const studentEntryStatus = {
  slug: 'student_entry_status',
  official: 'DM_TRANG_THAI_HOC_SINH',
  name: { vi: 'Trạng thái vào', en: 'Entry status of a student' },
  source: statusSource,
  entries: entryStatuses,
} as const satisfies CodeList<StudentStatusEntry>;

export const studentLeaveStatus = {
  slug: 'student_leave_status',
  official: 'DM_TRANG_THAI_HOC_SINH',
  name: { vi: 'Trạng thái rời', en: 'Leave status of a student' },
  source: statusSource,
  entries: leaveStatuses,
} as const satisfies CodeList<StudentStatusEntry>;

/** The ministry's single list 01-12, as old files and the exchange use it. */
export const studentStatus = {
  slug: 'student_status',
  official: 'DM_TRANG_THAI_HOC_SINH',
  name: { vi: 'Trạng thái học sinh', en: 'Status of a student' },
  source: statusSource,
  entries: [...entryStatuses, ...leaveStatuses].sort((a, b) => (a.code < b.code ? -1 : 1)),
} as const satisfies CodeList<StudentStatusEntry>;

export const withdrawalReason = {
  slug: 'withdrawal_reason',
  official: 'DM_LY_DO_THOI_HOC',
  name: { vi: 'Lý do thôi học', en: 'Reason of withdrawal' },
  source: ministrySource('DM_LY_DO_THOI_HOC'),
  entries: [
    { code: '01', vi: 'Hoàn cảnh kinh tế gia đình khó khăn', en: 'Poverty of the family' },
    { code: '02', vi: 'Học lực yếu kém', en: 'Weak results' },
    { code: '03', vi: 'Xa trường, đi lại khó khăn', en: 'School far away, hard to reach' },
    { code: '04', vi: 'Ảnh hưởng thiên tai, dịch bệnh', en: 'Disaster or epidemic' },
    { code: '05', vi: 'Do kỳ thị', en: 'Discrimination' },
    { code: '06', vi: 'Nguyên nhân khác', en: 'Other reason' },
    { code: '07', vi: 'Bảo lưu kết quả', en: 'Results kept for a later return' },
    { code: '08', vi: 'Chuyển sang học nghề', en: 'Moved to vocational training' },
    { code: '09', vi: 'Bệnh, không đủ sức khỏe', en: 'Illness' },
    { code: '10', vi: 'Mất tích, đã mất', en: 'Missing or deceased' },
  ],
} as const satisfies CodeList;

export const transferDestination = {
  slug: 'transfer_destination',
  official: null,
  name: { vi: 'Nơi chuyển đi', en: 'Destination of a transfer' },
  source: 'Mô tả dữ liệu đầu năm (26/10/2020), trường NoiChuyenDi',
  entries: [
    { code: '01', vi: 'Trong tỉnh', en: 'Within the province' },
    { code: '02', vi: 'Ngoài tỉnh', en: 'Another province' },
    { code: '03', vi: 'Nước ngoài', en: 'Abroad' },
  ],
} as const satisfies CodeList;

interface DisabilityEntry extends CodeEntry {
  /** Line of the statistical form. "Other" has none, so the lines may add up to less than the total. */
  readonly reportedAs: 'vision' | 'hearing_speech' | 'intellect' | 'movement' | 'nervous_mental' | null;
}

export const disability = {
  slug: 'disability',
  official: 'DM_LOAI_KHUYET_TAT',
  name: { vi: 'Loại khuyết tật', en: 'Disability' },
  source: ministrySource('DM_LOAI_KHUYET_TAT', 'Luật Người khuyết tật 51/2010/QH12, Điều 3'),
  entries: [
    { code: '01', vi: 'Khuyết tật vận động', en: 'Movement', reportedAs: 'movement' },
    { code: '02', vi: 'Khuyết tật nghe, nói', en: 'Hearing and speech', reportedAs: 'hearing_speech' },
    { code: '03', vi: 'Khuyết tật nhìn', en: 'Vision', reportedAs: 'vision' },
    { code: '04', vi: 'Khuyết tật thần kinh, tâm thần', en: 'Nervous and mental', reportedAs: 'nervous_mental' },
    { code: '05', vi: 'Khuyết tật trí tuệ', en: 'Intellectual', reportedAs: 'intellect' },
    { code: '06', vi: 'Khuyết tật khác', en: 'Other', reportedAs: null },
  ],
} as const satisfies CodeList<DisabilityEntry>;

export const policyGroup = {
  slug: 'policy_group',
  official: 'DM_DIEN_CHINH_SACH',
  name: { vi: 'Diện chính sách', en: 'Policy group' },
  source: ministrySource('DM_DIEN_CHINH_SACH'),
  entries: [
    { code: '01', vi: 'Con của người có công', en: 'Child of a person of merit' },
    { code: '02', vi: 'Con anh hùng', en: 'Child of a hero' },
    { code: '03', vi: 'Con liệt sỹ', en: 'Child of a martyr' },
    { code: '04', vi: 'Con thương binh', en: 'Child of a war invalid' },
    { code: '05', vi: 'Mồ côi cả cha, mẹ', en: 'Orphan of both parents' },
    { code: '06', vi: 'Bị tàn tật, khuyết tật', en: 'Disabled' },
    { code: '07', vi: 'Bị bỏ rơi, mất nguồn nuôi dưỡng', en: 'Abandoned, without support' },
    { code: '08', vi: 'Cha mẹ thuộc hộ nghèo', en: 'Poor household' },
    { code: '09', vi: 'Cha mẹ thuộc hộ cận nghèo', en: 'Near-poor household' },
    {
      code: '10',
      vi: 'Con hạ sĩ quan, binh sĩ, chiến sĩ đang phục vụ có thời hạn',
      en: 'Child of a conscript in service',
    },
    {
      code: '11',
      vi: 'Dân tộc ít người ở vùng khó khăn, đặc biệt khó khăn',
      en: 'Ethnic minority in a difficult area',
    },
    { code: '12', vi: 'Cha mẹ bị tai nạn lao động, bệnh nghề nghiệp', en: 'Parent with work accident or disease' },
    {
      code: '13',
      vi: 'Cha mẹ thường trú tại xã biên giới, vùng cao, hải đảo, đặc biệt khó khăn',
      en: 'Resident of a border, highland, island or extremely difficult commune',
    },
    { code: '14', vi: 'Thu nhập tối đa bằng 150% hộ nghèo', en: 'Income up to 150% of the poverty line' },
    { code: '15', vi: 'Hộ nghèo thuộc Chương trình 135', en: 'Poor household under Programme 135' },
    { code: '16', vi: 'Diện chính sách khác', en: 'Other policy group' },
  ],
} as const satisfies CodeList;

export const boarding = {
  slug: 'boarding',
  official: 'DM_HOC_BAN_TRU',
  name: { vi: 'Học bán trú', en: 'Boarding' },
  source: ministrySource('DM_HOC_BAN_TRU'),
  entries: [
    { code: '01', vi: 'Thuộc đối tượng chính sách', en: 'By policy' },
    { code: '02', vi: 'Tự nguyện', en: 'Voluntary' },
  ],
} as const satisfies CodeList;

interface SessionsEntry extends CodeEntry {
  readonly sessions: number;
  /** The three bands in which the ministry stores it: 5, 6 to 8, 9 to 10. */
  readonly band: '5' | '6-8' | '9-10';
}

export const sessionsPerWeek = {
  slug: 'sessions_per_week',
  official: 'DM_SO_BUOI_HOC_TREN_TUAN',
  name: { vi: 'Số buổi học trên tuần', en: 'Sessions a week' },
  source: ministrySource('DM_SO_BUOI_HOC_TREN_TUAN', 'LOPC1: 5, 6-8, 9-10 buổi/tuần'),
  entries: [
    { code: '01', vi: '5 buổi/tuần', en: '5 sessions', sessions: 5, band: '5' },
    { code: '02', vi: '6 buổi/tuần', en: '6 sessions', sessions: 6, band: '6-8' },
    { code: '03', vi: '7 buổi/tuần', en: '7 sessions', sessions: 7, band: '6-8' },
    { code: '04', vi: '8 buổi/tuần', en: '8 sessions', sessions: 8, band: '6-8' },
    { code: '05', vi: '9 buổi/tuần', en: '9 sessions', sessions: 9, band: '9-10' },
    { code: '06', vi: '10 buổi/tuần', en: '10 sessions', sessions: 10, band: '9-10' },
  ],
} as const satisfies CodeList<SessionsEntry>;

/** Underweight and stunted may go together, so a child may have several. */
export const nutrition = {
  slug: 'nutrition',
  official: 'TINH_TRANG_DINH_DUONG',
  name: { vi: 'Tình trạng dinh dưỡng', en: 'Nutritional status' },
  source: ministrySource('TINH_TRANG_DINH_DUONG', 'TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, mã 107-116'),
  entries: [
    { code: '00', vi: 'Bình thường', en: 'Normal' },
    { code: '01', vi: 'Suy dinh dưỡng thể nhẹ cân', en: 'Underweight' },
    { code: '02', vi: 'Suy dinh dưỡng thể thấp còi', en: 'Stunted' },
    { code: '03', vi: 'Suy dinh dưỡng thể còi cọc', en: 'Wasted' },
    { code: '04', vi: 'Thừa cân, béo phì', en: 'Overweight' },
  ],
} as const satisfies CodeList;

export const feeRelief = {
  slug: 'fee_relief',
  official: 'HINH_THUC_HO_TRO',
  name: { vi: 'Miễn, giảm học phí', en: 'Relief from tuition fees' },
  source: ministrySource('HINH_THUC_HO_TRO', 'NĐ 81/2021/NĐ-CP, Điều 15 và 16'),
  entries: [
    { code: '2', vi: 'Miễn học phí', en: 'Exempt' },
    { code: '3', vi: 'Giảm học phí', en: 'Reduced' },
    { code: '1', vi: 'Khác', en: 'Other' },
  ],
} as const satisfies CodeList;
