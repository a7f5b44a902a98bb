import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

export const staffGroup = {
  slug: 'staff_group',
  official: 'DM_NHOM_CAN_BO',
  name: { vi: 'Nhóm cán bộ', en: 'Staff group' },
  source: ministrySource('DM_NHOM_CAN_BO'),
  entries: [
    { code: '01', vi: 'Cán bộ quản lý', en: 'Manager' },
    { code: '03', vi: 'Giáo viên', en: 'Teacher' },
    { code: '02', vi: 'Nhân viên', en: 'Support staff' },
    { code: '06', vi: 'Giáo viên dạy nghề', en: 'Vocational teacher' },
    { code: '07', vi: 'Lãnh đạo Sở GDĐT', en: 'Head of a provincial department' },
    { code: '08', vi: 'Trưởng, phó phòng, ban', en: 'Head or deputy of an office' },
    { code: '09', vi: 'Chuyên viên', en: 'Specialist' },
    { code: '10', vi: 'Giáo viên biệt phái', en: 'Seconded teacher' },
  ],
} as const satisfies CodeList;

/** Levels of education, named short so that the lists stay tables. */
const ALL = ['01', '02', '03', '04', '05'] as const;
const SCHOOLS = ['01', '02', '03', '04'] as const;
const GENERAL = ['02', '03', '04'] as const;
const FROM_02 = ['02', '03', '04', '05'] as const;

interface StaffPositionEntry extends CodeEntry {
  /** Staff group the position belongs to. */
  readonly group: string;
  /** Levels of education whose schools have the position; empty: offices only. */
  readonly levels: readonly string[];
  /** Line of section IV of form 02-TH-ĐN; null: the form has no line for it. */
  readonly reportedAs:
    | 'head'
    | 'deputy'
    | 'teacher'
    | 'library_equipment'
    | 'informatics'
    | 'accountant'
    | 'cashier'
    | 'clerk'
    | 'medical'
    | 'disability_support'
    | 'academic_affairs'
    | null;
}

/** A teacher without a further position has no code here: the ministry's list names only team leaders among teachers. */
export const staffPosition = {
  slug: 'staff_position',
  official: 'DM_LOAI_CAN_BO',
  name: { vi: 'Vị trí việc làm', en: 'Position' },
  source: ministrySource('DM_LOAI_CAN_BO', 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 79-119'),
  entries: [
    { code: '01', vi: 'Hiệu trưởng', en: 'Head of school', group: '01', levels: SCHOOLS, reportedAs: 'head' },
    { code: '02', vi: 'Phó hiệu trưởng', en: 'Deputy head', group: '01', levels: SCHOOLS, reportedAs: 'deputy' },
    { code: '03', vi: 'Tổ trưởng chuyên môn', en: 'Team leader', group: '03', levels: ALL, reportedAs: 'teacher' },
    { code: '04', vi: 'Tổ phó chuyên môn', en: 'Deputy team leader', group: '03', levels: ALL, reportedAs: 'teacher' },
    { code: '05', vi: 'Giám đốc', en: 'Director', group: '01', levels: ['05'], reportedAs: null },
    { code: '06', vi: 'Phó giám đốc', en: 'Deputy director', group: '01', levels: ['05'], reportedAs: null },
    { code: '07', vi: 'Trưởng phòng', en: 'Head of office', group: '08', levels: [], reportedAs: null },
    { code: '08', vi: 'Phó trưởng phòng', en: 'Deputy head of office', group: '08', levels: [], reportedAs: null },
    {
      code: '09',
      vi: 'Nhân viên thư viện',
      en: 'Librarian',
      group: '02',
      levels: ALL,
      reportedAs: 'library_equipment',
    },
    {
      code: '10',
      vi: 'Nhân viên thiết bị',
      en: 'Equipment officer',
      group: '02',
      levels: ALL,
      reportedAs: 'library_equipment',
    },
    { code: '11', vi: 'Nhân viên y tế', en: 'Medical officer', group: '02', levels: ALL, reportedAs: 'medical' },
    { code: '12', vi: 'Nhân viên khác', en: 'Other support staff', group: '02', levels: ALL, reportedAs: null },
    {
      code: '13',
      vi: 'Nhân viên thí nghiệm',
      en: 'Laboratory officer',
      group: '02',
      levels: FROM_02,
      reportedAs: null,
    },
    {
      code: '14',
      vi: 'Nhân viên kỹ thuật nghiệp vụ',
      en: 'Technical officer',
      group: '02',
      levels: FROM_02,
      reportedAs: null,
    },
    { code: '15', vi: 'Nhân viên kế toán', en: 'Accountant', group: '02', levels: ALL, reportedAs: 'accountant' },
    { code: '16', vi: 'Nhân viên văn thư', en: 'Clerk', group: '02', levels: ALL, reportedAs: 'clerk' },
    { code: '17', vi: 'Nhân viên bảo vệ', en: 'Guard', group: '02', levels: ALL, reportedAs: null },
    {
      code: '18',
      vi: 'Trợ giảng ngôn ngữ L1',
      en: 'Language assistant L1',
      group: '02',
      levels: ['02'],
      reportedAs: null,
    },
    {
      code: '19',
      vi: 'Trợ giảng ngôn ngữ L2',
      en: 'Language assistant L2',
      group: '02',
      levels: ['02'],
      reportedAs: null,
    },
    { code: '20', vi: 'Nhân viên cấp dưỡng', en: 'Cook (boarding)', group: '02', levels: SCHOOLS, reportedAs: null },
    { code: '21', vi: 'Nhân viên bảo mẫu', en: 'Child carer', group: '02', levels: SCHOOLS, reportedAs: null },
    { code: '22', vi: 'Tổ trưởng', en: 'Office team leader', group: '09', levels: [], reportedAs: null },
    { code: '23', vi: 'Tổ phó', en: 'Office deputy team leader', group: '09', levels: [], reportedAs: null },
    { code: '24', vi: 'Chuyên viên', en: 'Specialist', group: '09', levels: [], reportedAs: null },
    { code: '25', vi: 'Nhân viên thủ quỹ', en: 'Cashier', group: '02', levels: ALL, reportedAs: 'cashier' },
    { code: '26', vi: 'Nhân viên lái xe', en: 'Driver', group: '02', levels: [], reportedAs: null },
    {
      code: '27',
      vi: 'Biệt phái cấp THPT',
      en: 'Seconded, upper secondary',
      group: '10',
      levels: [],
      reportedAs: null,
    },
    {
      code: '28',
      vi: 'Biệt phái cấp THCS',
      en: 'Seconded, lower secondary',
      group: '10',
      levels: [],
      reportedAs: null,
    },
    { code: '29', vi: 'Biệt phái cấp tiểu học', en: 'Seconded, primary', group: '10', levels: [], reportedAs: null },
    { code: '30', vi: 'Biệt phái cấp mầm non', en: 'Seconded, preschool', group: '10', levels: [], reportedAs: null },
    { code: '31', vi: 'Nấu ăn', en: 'Cook', group: '02', levels: ['01'], reportedAs: null },
    {
      code: '32',
      vi: 'Nhân viên công nghệ thông tin',
      en: 'IT officer',
      group: '02',
      levels: GENERAL,
      reportedAs: 'informatics',
    },
    {
      code: '33',
      vi: 'Nhân viên hỗ trợ giáo dục khuyết tật',
      en: 'Disability support',
      group: '02',
      levels: GENERAL,
      reportedAs: 'disability_support',
    },
    {
      code: '34',
      vi: 'Nhân viên giáo vụ',
      en: 'Academic affairs',
      group: '02',
      levels: GENERAL,
      reportedAs: 'academic_affairs',
    },
  ],
} as const satisfies CodeList<StaffPositionEntry>;

interface StaffStatusEntry extends CodeEntry {
  /** Counted among the staff of the school. */
  readonly working: boolean;
}

export const staffStatus = {
  slug: 'staff_status',
  official: 'DM_TRANG_THAI_CAN_BO',
  name: { vi: 'Trạng thái cán bộ', en: 'Status of staff' },
  source: ministrySource('DM_TRANG_THAI_CAN_BO'),
  entries: [
    { code: '01', vi: 'Đang làm việc', en: 'Working', working: true },
    { code: '07', vi: 'Chuyển đến', en: 'Transferred in', working: true },
    { code: '02', vi: 'Đã chuyển đi', en: 'Transferred out', working: false },
    { code: '03', vi: 'Đã điều động', en: 'Reassigned', working: false },
    { code: '04', vi: 'Chờ nghỉ hưu', en: 'Awaiting retirement', working: false },
    { code: '05', vi: 'Đã nghỉ hưu', en: 'Retired', working: false },
    { code: '06', vi: 'Đã biệt phái', en: 'Seconded elsewhere', working: false },
  ],
} as const satisfies CodeList<StaffStatusEntry>;

interface ContractEntry extends CodeEntry {
  /** Columns 6, 7, 8 of section IV of form 02-TH-ĐN; null: not staff of the school, never counted. */
  readonly reportedAs: 'permanent' | 'fixed_term' | 'labour' | null;
}

export const contract = {
  slug: 'contract',
  official: 'DM_HINH_THUC_HOP_DONG',
  name: { vi: 'Hình thức hợp đồng', en: 'Contract' },
  source: ministrySource('DM_HINH_THUC_HOP_DONG', 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, phần IV, cột 6-8'),
  entries: [
    {
      code: '07',
      vi: 'Viên chức, công chức: hợp đồng làm việc không xác định thời hạn',
      en: 'Public employee, indefinite term',
      reportedAs: 'permanent',
    },
    {
      code: '08',
      vi: 'Viên chức, công chức: hợp đồng làm việc xác định thời hạn',
      en: 'Public employee, fixed term',
      reportedAs: 'fixed_term',
    },
    { code: '02', vi: 'Hợp đồng theo Nghị định 68', en: 'Contract under Decree 68', reportedAs: 'labour' },
    { code: '03', vi: 'Hợp đồng lao động trên 1 năm', en: 'Labour contract over one year', reportedAs: 'labour' },
    {
      code: '04',
      vi: 'Hợp đồng lao động từ 1 năm trở xuống',
      en: 'Labour contract up to one year',
      reportedAs: 'labour',
    },
    { code: '05', vi: 'Hợp đồng thuê khoán', en: 'Piecework contract', reportedAs: null },
    { code: '06', vi: 'Thỉnh giảng', en: 'Visiting teacher', reportedAs: null },
  ],
} as const satisfies CodeList<ContractEntry>;

interface TrainingLevelEntry extends CodeEntry {
  /** Line "Chia theo trình độ đào tạo" of section IV of form 02-TH-ĐN. */
  readonly reportedAs: 'intermediate' | 'college' | 'university' | 'master' | 'doctor' | 'other';
  /** Degree: 1 intermediate, 2 college, 3 university, 4 master, 5 doctor; 0 none of these. */
  readonly degree: 0 | 1 | 2 | 3 | 4 | 5;
  /** Teacher education, or the certificate of pedagogical training (BDNVSP) beside another degree. */
  readonly pedagogical: boolean;
  /** Not by study: by the certificate, which does not do at every level. */
  readonly certificate?: true;
}

/**
 * The form's lines say "sư phạm". A degree with the pedagogical certificate counts as one: the law puts both side by
 * side (Luật Giáo dục 43/2019/QH14, Điều 72; Luật Nhà giáo 73/2025/QH15, Điều 28). A degree below master without either is "Khác".
 */
export const trainingLevel = {
  slug: 'training_level',
  official: 'DM_TRINH_DO_CHUYEN_MON',
  name: { vi: 'Trình độ chuyên môn', en: 'Training level' },
  source: ministrySource(
    'DM_TRINH_DO_CHUYEN_MON',
    'Luật Giáo dục 43/2019/QH14, Điều 72; TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, phần IV',
  ),
  entries: [
    {
      code: '16',
      vi: 'Đại học sư phạm',
      en: 'University, teacher education',
      reportedAs: 'university',
      degree: 3,
      pedagogical: true,
    },
    {
      code: '17',
      vi: 'Cao đẳng sư phạm',
      en: 'College, teacher education',
      reportedAs: 'college',
      degree: 2,
      pedagogical: true,
    },
    {
      code: '18',
      vi: 'Trung cấp sư phạm',
      en: 'Intermediate, teacher education',
      reportedAs: 'intermediate',
      degree: 1,
      pedagogical: true,
    },
    {
      code: '13',
      vi: 'Đại học và có chứng chỉ BDNVSP',
      en: 'University with pedagogical certificate',
      reportedAs: 'university',
      degree: 3,
      pedagogical: true,
      certificate: true,
    },
    {
      code: '14',
      vi: 'Cao đẳng và có chứng chỉ BDNVSP',
      en: 'College with pedagogical certificate',
      reportedAs: 'college',
      degree: 2,
      pedagogical: true,
      certificate: true,
    },
    {
      code: '15',
      vi: 'Trung cấp và có chứng chỉ BDNVSP',
      en: 'Intermediate with pedagogical certificate',
      reportedAs: 'intermediate',
      degree: 1,
      pedagogical: true,
      certificate: true,
    },
    { code: '02', vi: 'Thạc sĩ', en: 'Master', reportedAs: 'master', degree: 4, pedagogical: false },
    { code: '01', vi: 'Tiến sĩ', en: 'Doctor', reportedAs: 'doctor', degree: 5, pedagogical: false },
    { code: '03', vi: 'Đại học', en: 'University', reportedAs: 'other', degree: 3, pedagogical: false },
    { code: '04', vi: 'Cao đẳng', en: 'College', reportedAs: 'other', degree: 2, pedagogical: false },
    { code: '05', vi: 'Trung cấp', en: 'Intermediate', reportedAs: 'other', degree: 1, pedagogical: false },
    {
      code: '07',
      vi: 'Bác sĩ chuyên khoa 1',
      en: 'Physician, specialist 1',
      reportedAs: 'other',
      degree: 0,
      pedagogical: false,
    },
    {
      code: '08',
      vi: 'Bác sĩ chuyên khoa 2',
      en: 'Physician, specialist 2',
      reportedAs: 'other',
      degree: 0,
      pedagogical: false,
    },
    {
      code: '09',
      vi: 'Trung học sư phạm 12+2',
      en: 'Pedagogical 12+2',
      reportedAs: 'intermediate',
      degree: 1,
      pedagogical: true,
    },
    {
      code: '10',
      vi: 'Trung học sư phạm 9+3',
      en: 'Pedagogical 9+3',
      reportedAs: 'intermediate',
      degree: 1,
      pedagogical: true,
    },
    {
      code: '11',
      vi: 'Dưới trung học sư phạm',
      en: 'Below pedagogical',
      reportedAs: 'other',
      degree: 0,
      pedagogical: false,
    },
    { code: '06', vi: 'Trình độ khác', en: 'Other', reportedAs: 'other', degree: 0, pedagogical: false },
  ],
} as const satisfies CodeList<TrainingLevelEntry>;

export const trainingStandard = {
  slug: 'training_standard',
  official: 'DM_CHUAN_DAO_TAO',
  name: { vi: 'Chuẩn đào tạo', en: 'Training standard' },
  source: ministrySource(
    'DM_CHUAN_DAO_TAO',
    'Luật Giáo dục 43/2019/QH14, Điều 72; Luật Nhà giáo 73/2025/QH15, Điều 28',
  ),
  entries: [
    { code: '01', vi: 'Đạt chuẩn', en: 'Meets the standard' },
    { code: '02', vi: 'Trên chuẩn', en: 'Above the standard' },
    { code: '03', vi: 'Chưa đạt chuẩn', en: 'Below the standard' },
  ],
} as const satisfies CodeList;
