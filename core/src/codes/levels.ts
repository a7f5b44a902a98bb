import { type CodeEntry, type CodeList, ministrySource } from './code-list.ts';

export const level = {
  slug: 'level',
  official: 'DM_CAP_HOC',
  name: { vi: 'Cấp học', en: 'Level of education' },
  source: ministrySource('DM_CAP_HOC', 'Luật Giáo dục 43/2019/QH14, Điều 6'),
  entries: [
    { code: '01', vi: 'Mầm non', en: 'Preschool' },
    { code: '02', vi: 'Tiểu học', en: 'Primary' },
    { code: '03', vi: 'Trung học cơ sở', en: 'Lower secondary' },
    { code: '04', vi: 'Trung học phổ thông', en: 'Upper secondary' },
    { code: '05', vi: 'Giáo dục thường xuyên', en: 'Continuing education' },
  ],
} as const satisfies CodeList;

interface LevelGroupEntry extends CodeEntry {
  /** Levels taught in such a school. */
  readonly levels: readonly string[];
  /** The level by which the school is managed: the highest it teaches, but primary for preschool with primary. */
  readonly mainLevel: string;
}

export const levelGroup = {
  slug: 'level_group',
  official: 'DM_NHOM_CAP_HOC',
  name: { vi: 'Nhóm cấp học', en: 'Level group of a school' },
  source: ministrySource('DM_NHOM_CAP_HOC'),
  entries: [
    { code: '01', vi: 'Mầm non', en: 'Preschool', levels: ['01'], mainLevel: '01' },
    { code: '02', vi: 'Mẫu giáo', en: 'Kindergarten', levels: ['01'], mainLevel: '01' },
    { code: '03', vi: 'Nhà trẻ', en: 'Nursery', levels: ['01'], mainLevel: '01' },
    { code: '04', vi: 'Nhóm nhà trẻ độc lập', en: 'Independent nursery group', levels: ['01'], mainLevel: '01' },
    { code: '05', vi: 'Lớp mẫu giáo độc lập', en: 'Independent kindergarten class', levels: ['01'], mainLevel: '01' },
    { code: '06', vi: 'Tiểu học', en: 'Primary', levels: ['02'], mainLevel: '02' },
    { code: '07', vi: 'THCS', en: 'Lower secondary', levels: ['03'], mainLevel: '03' },
    { code: '08', vi: 'THPT', en: 'Upper secondary', levels: ['04'], mainLevel: '04' },
    { code: '09', vi: 'PTCS', en: 'Primary and lower secondary', levels: ['02', '03'], mainLevel: '03' },
    { code: '10', vi: 'Trung học', en: 'Lower and upper secondary', levels: ['03', '04'], mainLevel: '04' },
    { code: '11', vi: 'Phổ thông', en: 'Primary to upper secondary', levels: ['02', '03', '04'], mainLevel: '04' },
    { code: '12', vi: 'GDTX tỉnh', en: 'Provincial continuing education centre', levels: ['05'], mainLevel: '05' },
    { code: '13', vi: 'GDTX huyện', en: 'District continuing education centre', levels: ['05'], mainLevel: '05' },
    {
      code: '14',
      vi: 'Trung tâm kỹ thuật tổng hợp - hướng nghiệp',
      en: 'Technical and vocational guidance centre',
      levels: ['05'],
      mainLevel: '05',
    },
    { code: '15', vi: 'Lớp nhô', en: 'Extended class', levels: ['05'], mainLevel: '05' },
    { code: '16', vi: 'MN - TH', en: 'Preschool and primary', levels: ['01', '02'], mainLevel: '02' },
    {
      code: '17',
      vi: 'MN - PT',
      en: 'Preschool to upper secondary',
      levels: ['01', '02', '03', '04'],
      mainLevel: '04',
    },
    { code: '18', vi: 'MN - PTCS', en: 'Preschool to lower secondary', levels: ['01', '02', '03'], mainLevel: '03' },
    {
      code: '19',
      vi: 'Nhóm trẻ, lớp mẫu giáo độc lập',
      en: 'Independent nursery group or kindergarten class',
      levels: ['01'],
      mainLevel: '01',
    },
  ],
} as const satisfies CodeList<LevelGroupEntry>;

interface GradeEntry extends CodeEntry {
  readonly level: string;
  /** Year of schooling 1-12, where the grade is one. */
  readonly year?: number;
  /** Age, by calendar year, of a pupil who is on time; general education only. */
  readonly age?: number;
}

export const grade = {
  slug: 'grade',
  official: 'DM_KHOI',
  name: { vi: 'Khối', en: 'Grade' },
  source: ministrySource('DM_KHOI', 'tuổi: Luật Giáo dục 43/2019/QH14, Điều 28'),
  entries: [
    { code: '01', vi: 'Lớp 1', en: 'Grade 1', level: '02', year: 1, age: 6 },
    { code: '02', vi: 'Lớp 2', en: 'Grade 2', level: '02', year: 2, age: 7 },
    { code: '03', vi: 'Lớp 3', en: 'Grade 3', level: '02', year: 3, age: 8 },
    { code: '04', vi: 'Lớp 4', en: 'Grade 4', level: '02', year: 4, age: 9 },
    { code: '05', vi: 'Lớp 5', en: 'Grade 5', level: '02', year: 5, age: 10 },
    { code: '06', vi: 'Lớp 6', en: 'Grade 6', level: '03', year: 6, age: 11 },
    { code: '07', vi: 'Lớp 7', en: 'Grade 7', level: '03', year: 7, age: 12 },
    { code: '08', vi: 'Lớp 8', en: 'Grade 8', level: '03', year: 8, age: 13 },
    { code: '09', vi: 'Lớp 9', en: 'Grade 9', level: '03', year: 9, age: 14 },
    { code: '10', vi: 'Lớp 10', en: 'Grade 10', level: '04', year: 10, age: 15 },
    { code: '11', vi: 'Lớp 11', en: 'Grade 11', level: '04', year: 11, age: 16 },
    { code: '12', vi: 'Lớp 12', en: 'Grade 12', level: '04', year: 12, age: 17 },
    { code: '13', vi: 'Lớp 10 (GDTX)', en: 'Grade 10 (continuing education)', level: '05', year: 10 },
    { code: '14', vi: 'Lớp 11 (GDTX)', en: 'Grade 11 (continuing education)', level: '05', year: 11 },
    { code: '15', vi: 'Lớp 12 (GDTX)', en: 'Grade 12 (continuing education)', level: '05', year: 12 },
    { code: '16', vi: 'Nhóm trẻ', en: 'Nursery group', level: '01' },
    { code: '17', vi: 'Lớp mẫu giáo', en: 'Kindergarten class', level: '01' },
    { code: '18', vi: 'Xóa mù chữ', en: 'Literacy', level: '05' },
    { code: '19', vi: 'Giáo dục tiếp sau khi biết chữ', en: 'Post-literacy', level: '05' },
    { code: '20', vi: 'Lớp 6 (GDTX)', en: 'Grade 6 (continuing education)', level: '05', year: 6 },
    { code: '21', vi: 'Lớp 7 (GDTX)', en: 'Grade 7 (continuing education)', level: '05', year: 7 },
    { code: '22', vi: 'Lớp 8 (GDTX)', en: 'Grade 8 (continuing education)', level: '05', year: 8 },
    { code: '23', vi: 'Lớp 9 (GDTX)', en: 'Grade 9 (continuing education)', level: '05', year: 9 },
    { code: '24', vi: 'Lớp 1 (GDTX)', en: 'Grade 1 (continuing education)', level: '05', year: 1 },
    { code: '25', vi: 'Lớp 2 (GDTX)', en: 'Grade 2 (continuing education)', level: '05', year: 2 },
    { code: '26', vi: 'Lớp 3 (GDTX)', en: 'Grade 3 (continuing education)', level: '05', year: 3 },
    { code: '27', vi: 'Lớp 4 (GDTX)', en: 'Grade 4 (continuing education)', level: '05', year: 4 },
    { code: '28', vi: 'Lớp 5 (GDTX)', en: 'Grade 5 (continuing education)', level: '05', year: 5 },
  ],
} as const satisfies CodeList<GradeEntry>;

interface AgeGroupEntry extends CodeEntry {
  /** Grade that has the group: nursery groups, kindergarten classes. */
  readonly grade: string;
  /** Completed months of age, youngest and oldest; nursery groups. */
  readonly months?: readonly [number, number];
  /** Age by calendar year; kindergarten classes. */
  readonly years?: number;
  /** Most children of a group or class. */
  readonly most: number;
}

export const ageGroup = {
  slug: 'age_group',
  official: 'DM_NHOM_TUOI_MN',
  name: { vi: 'Nhóm tuổi mầm non', en: 'Age group in preschool' },
  source: ministrySource('DM_NHOM_TUOI_MN', 'Điều lệ trường mầm non (TT 52/2020/TT-BGDĐT), Điều 15'),
  entries: [
    { code: '01', vi: '3-12 tháng', en: '3-12 months', grade: '16', months: [3, 12], most: 15 },
    { code: '02', vi: '13-24 tháng', en: '13-24 months', grade: '16', months: [13, 24], most: 20 },
    { code: '03', vi: '25-36 tháng', en: '25-36 months', grade: '16', months: [25, 36], most: 25 },
    { code: '04', vi: '3-4 tuổi', en: '3-4 years', grade: '17', years: 3, most: 25 },
    { code: '05', vi: '4-5 tuổi', en: '4-5 years', grade: '17', years: 4, most: 30 },
    { code: '06', vi: '5-6 tuổi', en: '5-6 years', grade: '17', years: 5, most: 35 },
  ],
} as const satisfies CodeList<AgeGroupEntry>;

/** Ages taught together in one group or class; 0 of the exchange, "not combined", is an empty cell. */
export const combinedAges = {
  slug: 'combined_ages',
  official: 'LOP_GHEP_DO_TUOI',
  name: { vi: 'Lớp ghép độ tuổi', en: 'Ages combined in a class' },
  source: `${ministrySource('LOP_GHEP_DO_TUOI')}; TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, mã 67-68 và 81-82`,
  entries: [
    { code: '2', vi: 'Ghép 2 độ tuổi', en: 'Two ages' },
    { code: '3', vi: 'Ghép 3 độ tuổi', en: 'Three ages' },
    { code: '4', vi: 'Ghép 4 độ tuổi', en: 'Four ages' },
  ],
} as const satisfies CodeList;

interface PreschoolPartEntry extends CodeEntry {
  readonly grade: string;
}

/** The form counts rooms and teachers of the two apart; the ministry has no list for them. */
export const preschoolPart = {
  slug: 'preschool_part',
  official: null,
  name: { vi: 'Nhà trẻ hay mẫu giáo', en: 'Nursery or kindergarten' },
  source: 'TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN, mục 4.3 và phần V; Luật Giáo dục 43/2019/QH14, Điều 26',
  entries: [
    { code: '01', vi: 'Nhà trẻ', en: 'Nursery', grade: '16' },
    { code: '02', vi: 'Mẫu giáo', en: 'Kindergarten', grade: '17' },
  ],
} as const satisfies CodeList<PreschoolPartEntry>;
