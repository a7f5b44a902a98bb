import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

/** Levels of education, named short so that the lists stay tables. */
const ALL = ['01', '02', '03', '04', '05'] as const;
const GENERAL = ['02', '03', '04'] as const;

interface OwnershipEntry extends CodeEntry {
  /** Column group of the statistical forms of general education. */
  readonly sector: 'public' | 'private';
  /** Levels of education at which the law allows it. */
  readonly levels: readonly string[];
}

export const ownership = {
  slug: 'ownership',
  official: 'DM_LOAI_HINH',
  name: { vi: 'Loại hình', en: 'Ownership' },
  source: ministrySource('DM_LOAI_HINH', 'Luật Giáo dục 43/2019/QH14, Điều 47'),
  entries: [
    { code: '01', vi: 'Công lập', en: 'Public', sector: 'public', levels: ALL },
    { code: '09', vi: 'Tư thục', en: 'Private', sector: 'private', levels: ALL },
    // Since 2020-07-01 people-founded schools exist in preschool only.
    { code: '03', vi: 'Dân lập', en: 'People-founded', sector: 'private', levels: ['01'] },
    { code: '02', vi: 'Ngoài công lập', en: 'Non-public', sector: 'private', levels: ALL },
  ],
} as const satisfies CodeList<OwnershipEntry>;

interface SchoolKindEntry extends CodeEntry {
  readonly levels: readonly string[];
  /** Line of the statistical form that counts such schools apart. */
  readonly reportedAs?: 'ethnic_boarding' | 'disability';
}

export const schoolKind = {
  slug: 'school_kind',
  official: 'DM_LOAI_TRUONG',
  name: { vi: 'Loại trường', en: 'Kind of school' },
  source: ministrySource('DM_LOAI_TRUONG'),
  entries: [
    { code: '07', vi: 'Trường phổ thông', en: 'General school', levels: GENERAL },
    {
      code: '01',
      vi: 'Dân tộc bán trú',
      en: 'Ethnic semi-boarding school',
      levels: GENERAL,
      reportedAs: 'ethnic_boarding',
    },
    { code: '02', vi: 'Dân tộc nội trú tỉnh', en: 'Provincial ethnic boarding school', levels: ['03', '04'] },
    { code: '03', vi: 'Dân tộc nội trú huyện', en: 'District ethnic boarding school', levels: ['03', '04'] },
    {
      code: '04',
      vi: 'Trẻ em khuyết tật',
      en: 'Preschool for disabled children',
      levels: ['01'],
      reportedAs: 'disability',
    },
    { code: '05', vi: 'Năng khiếu nghệ thuật', en: 'Arts school', levels: ['03', '04'] },
    { code: '06', vi: 'Năng khiếu thể dục thể thao', en: 'Sports school', levels: ['03', '04'] },
    { code: '08', vi: 'Trẻ em thiệt thòi', en: 'School for disadvantaged children', levels: ['02'] },
    { code: '09', vi: 'Trường chuyên', en: 'School for the gifted', levels: ['04'] },
    { code: '10', vi: 'Trường THPT kỹ thuật', en: 'Technical upper secondary school', levels: ['04'] },
    { code: '13', vi: 'Mầm non', en: 'Preschool', levels: ['01'] },
    { code: '15', vi: 'Trung tâm GDTX', en: 'Continuing education centre', levels: ['05'] },
    {
      code: '16',
      vi: 'Trung tâm GDNN - GDTX (TTLT 39/2015)',
      en: 'Vocational and continuing education centre',
      levels: ['05'],
    },
    {
      code: '17',
      vi: 'Trung tâm GDTX - dạy nghề - hướng nghiệp',
      en: 'Continuing education, vocational and guidance centre',
      levels: ['05'],
    },
    { code: '18', vi: 'Khuyết tật', en: 'School for the disabled', levels: GENERAL, reportedAs: 'disability' },
  ],
} as const satisfies CodeList<SchoolKindEntry>;

interface RegionEntry extends CodeEntry {
  /** Line of the statistical forms: "Trung du, đồng bằng, thành phố" or "Miền núi, vùng sâu, hải đảo". */
  readonly terrain: 'lowland' | 'mountain';
}

export const region = {
  slug: 'region',
  official: 'DM_VUNG',
  name: { vi: 'Vùng', en: 'Region' },
  source: ministrySource('DM_VUNG', 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, mã 2 và 5'),
  entries: [
    { code: '01', vi: 'Trung du', en: 'Midland', terrain: 'lowland' },
    { code: '02', vi: 'Đồng bằng', en: 'Delta', terrain: 'lowland' },
    { code: '03', vi: 'Thành phố', en: 'City', terrain: 'lowland' },
    { code: '04', vi: 'Miền núi', en: 'Mountain', terrain: 'mountain' },
    { code: '05', vi: 'Hải đảo', en: 'Island', terrain: 'mountain' },
    { code: '06', vi: 'Vùng sâu', en: 'Remote', terrain: 'mountain' },
  ],
} as const satisfies CodeList<RegionEntry>;

/** A school may lie in several. */
export const difficultArea = {
  slug: 'difficult_area',
  official: 'DM_VUNG_KHO_KHAN',
  name: { vi: 'Vùng khó khăn', en: 'Difficult area' },
  source: ministrySource('DM_VUNG_KHO_KHAN'),
  entries: [
    { code: '01', vi: 'Đặc biệt khó khăn (Chương trình 135)', en: 'Extremely difficult (Programme 135)' },
    { code: '02', vi: 'Biên giới', en: 'Border' },
    { code: '03', vi: 'Hải đảo', en: 'Island' },
  ],
} as const satisfies CodeList;

export const nationalStandard = {
  slug: 'national_standard',
  official: 'DM_MUC_DAT_CHUAN_QG_CLGD',
  name: { vi: 'Đạt chuẩn quốc gia', en: 'National standard' },
  source: ministrySource('DM_MUC_DAT_CHUAN_QG_CLGD', 'TT 17/2018/TT-BGDĐT (tiểu học)'),
  entries: [
    { code: '02', vi: 'Đạt chuẩn mức 1', en: 'Standard, degree 1' },
    { code: '03', vi: 'Đạt chuẩn mức 2', en: 'Standard, degree 2' },
  ],
} as const satisfies CodeList;

interface RoomKindEntry extends CodeEntry {
  /** Block of section V. Learning-support rooms are summed in one line, each known kind again in its own. */
  readonly block: 'classroom' | 'borrowed' | 'learning_support' | 'other';
  /** Levels whose form has a line for it; without, every level's. */
  readonly levels?: readonly string[];
}

const FROM_PRIMARY = ['02', '03', '04', '05'];
const SECONDARY = ['03', '04'];

/** The ministry has no code list for rooms; the lines of the form are the list. */
export const roomKind = {
  slug: 'room_kind',
  official: null,
  name: { vi: 'Loại phòng', en: 'Kind of room' },
  source:
    'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN, phần V, mã 120-132; biểu 01-MN-ĐN, phần V, mã 194-212; phòng học bộ môn: TT 14/2020/TT-BGDĐT',
  entries: [
    { code: 'classroom', vi: 'Phòng học', en: 'Classroom', block: 'classroom' },
    { code: 'borrowed_classroom', vi: 'Phòng học nhờ, mượn', en: 'Borrowed classroom', block: 'borrowed' },
    { code: 'library', vi: 'Thư viện', en: 'Library', block: 'learning_support', levels: FROM_PRIMARY },
    {
      code: 'equipment',
      vi: 'Phòng thiết bị giáo dục',
      en: 'Teaching equipment room',
      block: 'learning_support',
      levels: FROM_PRIMARY,
    },
    { code: 'informatics', vi: 'Phòng tin học', en: 'Computer room', block: 'learning_support', levels: FROM_PRIMARY },
    {
      code: 'foreign_language',
      vi: 'Phòng ngoại ngữ',
      en: 'Foreign language room',
      block: 'learning_support',
      levels: FROM_PRIMARY,
    },
    { code: 'arts', vi: 'Phòng giáo dục nghệ thuật', en: 'Arts room', block: 'learning_support' },
    { code: 'music', vi: 'Phòng âm nhạc', en: 'Music room', block: 'learning_support', levels: FROM_PRIMARY },
    {
      code: 'sports_hall',
      vi: 'Phòng giáo dục rèn luyện thể chất, nhà đa năng',
      en: 'Sports or multi-purpose hall',
      block: 'learning_support',
      levels: FROM_PRIMARY,
    },
    {
      code: 'physical_education',
      vi: 'Phòng giáo dục thể chất',
      en: 'Physical education room',
      block: 'learning_support',
      levels: ['01'],
    },
    {
      code: 'multipurpose',
      vi: 'Phòng đa chức năng',
      en: 'Multi-purpose room',
      block: 'learning_support',
      levels: ['01', ...SECONDARY],
    },
    {
      code: 'science',
      vi: 'Phòng bộ môn Khoa học tự nhiên',
      en: 'Science room',
      block: 'learning_support',
      levels: ['03'],
    },
    { code: 'physics', vi: 'Phòng bộ môn Vật lí', en: 'Physics room', block: 'learning_support', levels: ['04'] },
    { code: 'chemistry', vi: 'Phòng bộ môn Hóa học', en: 'Chemistry room', block: 'learning_support', levels: ['04'] },
    { code: 'biology', vi: 'Phòng bộ môn Sinh học', en: 'Biology room', block: 'learning_support', levels: ['04'] },
    {
      code: 'technology',
      vi: 'Phòng bộ môn Công nghệ',
      en: 'Technology room',
      block: 'learning_support',
      levels: SECONDARY,
    },
    {
      code: 'social_science',
      vi: 'Phòng bộ môn Khoa học xã hội',
      en: 'Social science room',
      block: 'learning_support',
      levels: SECONDARY,
    },
    {
      code: 'inclusive_support',
      vi: 'Phòng hỗ trợ giáo dục khuyết tật học hòa nhập',
      en: 'Support room for inclusive education',
      block: 'learning_support',
    },
    {
      code: 'other_support',
      vi: 'Phòng phục vụ học tập khác',
      en: 'Other learning-support room',
      block: 'learning_support',
    },
    { code: 'tradition', vi: 'Phòng truyền thống', en: 'Tradition room', block: 'other', levels: FROM_PRIMARY },
    { code: 'kitchen', vi: 'Nhà bếp', en: 'Kitchen', block: 'other', levels: ['01'] },
    { code: 'medical', vi: 'Phòng y tế học đường', en: 'School medical room', block: 'other' },
    { code: 'other_room', vi: 'Phòng khác', en: 'Other room', block: 'other', levels: ['01'] },
  ],
} as const satisfies CodeList<RoomKindEntry>;

interface BudgetLineEntry extends CodeEntry {
  /** The eight lines of education at the school's level, or one of the two blocks that are of no level. */
  readonly block: 'education' | 'training' | 'retraining';
  /** The total of a block is split twice: by source of money and by use. */
  readonly split: 'total' | 'source' | 'use';
  /** Levels of the forms that print it; each, where none are named. Any institution may have the record. */
  readonly printedAt?: readonly string[];
}

/** The eight lines of a block of the attached budget sheet; amounts in million đồng. */
const splits = [
  { code: 'source_budget', vi: 'nguồn ngân sách nhà nước', en: 'from the state budget', split: 'source' },
  { code: 'source_fees', vi: 'nguồn phí, lệ phí để lại', en: 'from retained fees and charges', split: 'source' },
  { code: 'source_other', vi: 'nguồn khác', en: 'from other sources', split: 'source' },
  { code: 'use_personal', vi: 'chi thanh toán cá nhân', en: 'payments to persons', split: 'use' },
  { code: 'use_goods', vi: 'chi hàng hóa, dịch vụ', en: 'goods and services', split: 'use' },
  { code: 'use_support', vi: 'chi hỗ trợ và bổ sung', en: 'support and supplements', split: 'use' },
  { code: 'use_other', vi: 'các khoản chi khác', en: 'other expenditure', split: 'use' },
] as const;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function blockOfNoLevel(
  block: 'training' | 'retraining',
  total: { vi: string; en: string },
  name: { vi: string; en: string },
): BudgetLineEntry[] {
  // The preschool sheet and the form of every level.
  const printedAt = ['01', '*'];
  return [
    { code: `${block}_total`, ...total, block, split: 'total', printedAt },
    ...splits.map(({ code, vi, en, split }) => ({
      code: `${block}_${code}`,
      vi: `${name.vi}: ${vi}`,
      en: `${name.en}: ${en}`,
      block,
      split,
      printedAt,
    })),
  ];
}

export const budgetLine = {
  slug: 'budget_line',
  official: null,
  name: { vi: 'Khoản chi thường xuyên', en: 'Line of regular expenditure' },
  source: 'TT 24/2018/TT-BGDĐT, biểu chi ngân sách nhà nước cho giáo dục, mục II',
  entries: [
    {
      code: 'total',
      vi: 'Chi thường xuyên giáo dục (cấp học của trường)',
      en: "Regular expenditure, education at the school's level",
      block: 'education',
      split: 'total',
    },
    ...splits.map(({ code, vi, en, split }) => ({
      code,
      vi: upperFirst(vi),
      en: upperFirst(en),
      block: 'education' as const,
      split,
    })),
    ...blockOfNoLevel(
      'training',
      { vi: 'Đào tạo khác trong nước', en: 'Other training in the country' },
      { vi: 'Đào tạo khác', en: 'Other training' },
    ),
    ...blockOfNoLevel(
      'retraining',
      {
        vi: 'Đào tạo lại, bồi dưỡng nghiệp vụ cho cán bộ, công chức, viên chức',
        en: 'Retraining and further training of officials and employees',
      },
      { vi: 'Đào tạo lại, bồi dưỡng', en: 'Retraining' },
    ),
  ],
} satisfies CodeList<BudgetLineEntry>;
