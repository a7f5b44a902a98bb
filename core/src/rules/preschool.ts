import { ageGroup } from '../codes/levels.ts';
import { codeName } from '../codes/index.ts';
import { ageInMonths, ageInSchoolYear, formatDate, startOfYearAsOf } from '../vietnam/dates.ts';
import { isPreschoolGrade } from './grades.ts';
import { codesOf, isEmpty, isGiven, kept, type RecordRule, type RecordValues, textOf } from './rule.ts';

/** What records of preschool state beyond those of schools: age groups, health, fees, nursery and kindergarten apart. */

const CHARTER = 'Điều lệ trường mầm non (TT 52/2020/TT-BGDĐT)';
const FORM = 'TT 24/2018/TT-BGDĐT, biểu 01-MN-ĐN';
const PRESCHOOL = '01';
const TEACHER = '03';
const KINDERGARTEN = '17';

type AgeGroup = { grade: string; months?: readonly [number, number]; years?: number };
const ageGroups = new Map<string, AgeGroup>(ageGroup.entries.map((entry) => [entry.code, entry]));
const groupName = (code: unknown, language: 'vi' | 'en') => codeName('age_group', String(code), language);

export const preschoolClassRules: RecordRule[] = [
  {
    id: 'class_age_group_missing',
    kind: 'class',
    field: 'ageGroup',
    severity: 'error',
    source: `QĐ 4998/QĐ-BGDĐT, LOPMN1 (MA_NHOM_TUOI_MN); ${FORM}, mã 61-66 và 75-80`,
    title: { vi: 'Nhóm trẻ, lớp mẫu giáo chưa có nhóm tuổi', en: 'Preschool class without an age group' },
    message: () => ({
      vi: 'Biểu đếm nhóm trẻ, lớp mẫu giáo theo nhóm tuổi. Chọn nhóm tuổi của lớp; lớp ghép chọn độ tuổi của phần lớn trẻ.',
      en: 'The form counts preschool classes by age group. Choose it; for combined ages that of most children.',
    }),
    check: ({ grade, ageGroup: ages }) => (isPreschoolGrade(grade) && isEmpty(ages) ? [{ field: 'ageGroup' }] : kept),
  },
  {
    id: 'class_age_group_grade',
    kind: 'class',
    field: 'ageGroup',
    severity: 'error',
    source: 'Danh mục nhóm tuổi mầm non (DM_NHOM_TUOI_MN), QĐ 4998/QĐ-BGDĐT; Luật Giáo dục 43/2019/QH14, Điều 26',
    title: { vi: 'Nhóm tuổi không thuộc khối của lớp', en: 'Age group that the grade does not have' },
    message: ({ params: p = {} }) => ({
      vi: `Nhóm tuổi ${groupName(p.ages, 'vi')} thuộc khối ${codeName('grade', String(p.own), 'vi')}, lớp này ghi ${codeName('grade', String(p.grade), 'vi')}. Sửa một trong hai ô.`,
      en: `The age group ${groupName(p.ages, 'en')} is of ${codeName('grade', String(p.own), 'en')}, but the class is ${codeName('grade', String(p.grade), 'en')}. Correct one of the two.`,
    }),
    check: ({ grade, ageGroup: ages }) => {
      const group = ageGroups.get(textOf(ages));
      if (!group || !isPreschoolGrade(grade) || group.grade === grade) return kept;
      return [
        {
          field: 'ageGroup',
          value: textOf(ages),
          params: { ages: textOf(ages), own: group.grade, grade: textOf(grade) },
        },
      ];
    },
  },
  {
    id: 'class_combined_ages',
    kind: 'class',
    field: 'combinedAges',
    severity: 'error',
    source: `QĐ 4998/QĐ-BGDĐT, LOPMN1 (IS_LOP_GHEP, IS_LOP_GHEP_2_TUOI); ${FORM}, mã 67-68 và 81-82`,
    title: { vi: 'Lớp ghép và số độ tuổi ghép không khớp', en: 'Combined class and its ages do not fit' },
    message: ({ params: p = {} }) =>
      p.combined === 1
        ? {
            vi: 'Nhóm, lớp ghép phải ghi ghép mấy độ tuổi. Chọn ở cột Ghép độ tuổi, hoặc bỏ dấu lớp ghép.',
            en: 'A combined preschool class states how many ages it combines. Choose them, or clear the mark.',
          }
        : {
            vi: 'Có ghi ghép độ tuổi nhưng lớp không phải lớp ghép. Đánh dấu lớp ghép hoặc xóa ô này.',
            en: 'Ages are combined, but the class is not marked as combined. Mark it or clear the cell.',
          },
    check: ({ grade, combined, combinedAges: ages }) => {
      if (!isPreschoolGrade(grade) || typeof combined !== 'boolean' || ages === undefined) return kept;
      return combined === isEmpty(ages) ? [{ field: 'combinedAges', params: { combined: combined ? 1 : 0 } }] : kept;
    },
  },
];

/** The days on which a child's age is held against the group: that of the report, and of an entry after it. */
function daysOfAge({ enteredOn }: RecordValues, schoolYear: number): string[] {
  const asOf = startOfYearAsOf(schoolYear);
  return textOf(enteredOn) > asOf ? [asOf, textOf(enteredOn)] : [asOf];
}

const YOUNGEST_MONTHS = 3;
const OLDEST_YEARS = 8;

function ageParams(record: RecordValues, schoolYear: number) {
  const birthDate = textOf(record.birthDate);
  const day = daysOfAge(record, schoolYear).at(-1)!;
  return { months: ageInMonths(birthDate, day), years: ageInSchoolYear(birthDate, schoolYear), day };
}

const isImpossible = ({ months, years }: { months: number; years: number }): boolean =>
  months < YOUNGEST_MONTHS || years > OLDEST_YEARS;

const exclusive: readonly (readonly [string, string])[] = [
  ['00', '01'],
  ['00', '02'],
  ['00', '03'],
  ['00', '04'],
  ['04', '01'],
  ['04', '03'],
];

export const preschoolStudentRules: RecordRule[] = [
  {
    id: 'student_preschool_age',
    kind: 'student',
    field: 'birthDate',
    severity: 'error',
    source: `Luật Giáo dục 43/2019/QH14, Điều 23 (trẻ từ 03 tháng đến 06 tuổi); ${CHARTER}, Điều 33`,
    title: { vi: 'Tuổi không thể có ở mầm non', en: 'Age that is impossible in preschool' },
    message: ({ params: p = {} }) => ({
      vi: `Ngày ${formatDate(String(p.day))} trẻ được ${p.months} tháng tuổi; mầm non nhận trẻ từ ${YOUNGEST_MONTHS} tháng đến 6 tuổi. Sửa ngày sinh, hoặc khối.`,
      en: `On ${formatDate(String(p.day))} the child is ${p.months} months old; preschool takes children from ${YOUNGEST_MONTHS} months to 6 years. Correct the date of birth or the grade.`,
    }),
    check: (record, { schoolYear }) => {
      if (!isPreschoolGrade(record.grade) || !record.birthDate) return kept;
      const params = ageParams(record, schoolYear);
      return isImpossible(params) ? [{ field: 'birthDate', value: textOf(record.birthDate), params }] : kept;
    },
  },
  {
    id: 'student_age_group',
    kind: 'student',
    field: 'birthDate',
    severity: 'warning',
    source: `${CHARTER}, Điều 15; ${FORM}, mã 97-106`,
    title: { vi: 'Tuổi của trẻ khác nhóm tuổi của lớp', en: "Child outside the class's age group" },
    message: ({ params: p = {} }) => ({
      vi: `Trẻ ${p.unit === 'months' ? `${p.months} tháng tuổi (ngày ${formatDate(String(p.day))})` : `${p.years} tuổi, tính theo năm`}, lớp ${p.class} là nhóm ${groupName(p.ages, 'vi')}. Kiểm tra ngày sinh và lớp; nếu đúng, nêu lý do khi gửi.`,
      en: `The child is ${p.unit === 'months' ? `${p.months} months old (on ${formatDate(String(p.day))})` : `${p.years} by calendar year`}, but class ${p.class} is of ${groupName(p.ages, 'en')}. Check the date of birth and the class; if right, give the reason when sending.`,
    }),
    check: (record, { schoolYear, classes }) => {
      const found = classes.get(textOf(record.classCode));
      const ages = found?.ageGroup ?? '';
      const group = ageGroups.get(ages);
      // Combined ages are of most children, not of each.
      if (!group || found!.combined || group.grade !== record.grade || !record.birthDate) return kept;
      const params = ageParams(record, schoolYear);
      const { months: limits } = group;
      const isWithin = (months: number) => limits !== undefined && months >= limits[0] && months <= limits[1];
      const fits = limits
        ? daysOfAge(record, schoolYear).some((day) => isWithin(ageInMonths(textOf(record.birthDate), day)))
        : params.years === group.years;
      if (fits || isImpossible(params)) return kept;
      const unit = limits ? 'months' : 'years';
      return [
        {
          field: 'birthDate',
          value: textOf(record.birthDate),
          params: { ...params, unit, ages, class: textOf(record.classCode) },
        },
      ];
    },
  },
  {
    id: 'student_nutrition_conflict',
    kind: 'student',
    field: 'nutrition',
    severity: 'error',
    source: `Danh mục tình trạng dinh dưỡng, mô tả dữ liệu đầu năm 26/10/2020; ${FORM}, mã 107-116`,
    title: { vi: 'Các tình trạng dinh dưỡng loại trừ nhau', en: 'Nutritional states that exclude each other' },
    message: ({ params: p = {} }) => ({
      vi: `Trẻ không thể vừa “${codeName('nutrition', String(p.one), 'vi')}” vừa “${codeName('nutrition', String(p.other), 'vi')}”. Giữ kết quả của lần kiểm tra gần nhất.`,
      en: `A child cannot be both “${codeName('nutrition', String(p.one), 'en')}” and “${codeName('nutrition', String(p.other), 'en')}”. Keep the result of the latest check.`,
    }),
    check: ({ nutrition }) => {
      const states = codesOf(nutrition);
      const clash = exclusive.find((pair) => pair.every((code) => states.includes(code)));
      return clash ? [{ field: 'nutrition', params: { one: clash[0], other: clash[1] } }] : kept;
    },
  },
  {
    id: 'student_nutrition_check',
    kind: 'student',
    field: 'nutrition',
    severity: 'error',
    source: `TTLT 13/2016/TTLT-BYT-BGDĐT (y tế trường học); ${FORM}, mã 107 và 112`,
    title: { vi: 'Kiểm tra sức khỏe và kết quả dinh dưỡng không khớp', en: 'Health check and its result do not fit' },
    message: ({ field }) =>
      field === 'nutrition'
        ? {
            vi: 'Trẻ được kiểm tra sức khỏe nhưng chưa ghi tình trạng dinh dưỡng. Chọn kết quả, kể cả “Bình thường”.',
            en: 'The child was checked, but no nutritional status is stated. Choose it, “Normal” too.',
          }
        : {
            vi: 'Có ghi tình trạng dinh dưỡng nhưng chưa đánh dấu được kiểm tra, nên trẻ không được đếm. Đánh dấu, hoặc xóa kết quả.',
            en: 'A nutritional status is stated, but the child is not marked as checked and so not counted. Mark it, or clear the status.',
          },
    check: ({ grade, healthChecked, nutrition }) => {
      if (!isPreschoolGrade(grade) || nutrition === undefined || healthChecked === undefined) return kept;
      if (healthChecked === true && isEmpty(nutrition)) return [{ field: 'nutrition' }];
      return healthChecked !== true && isGiven(nutrition) ? [{ field: 'healthChecked' }] : kept;
    },
  },
  {
    id: 'student_lunch_support',
    kind: 'student',
    field: 'lunchSupport',
    severity: 'warning',
    source: `NĐ 105/2020/NĐ-CP, Điều 7 (trẻ mẫu giáo); ${FORM}, mã 121 và 122`,
    title: {
      vi: 'Hỗ trợ ăn trưa cho trẻ không học mẫu giáo 3-5 tuổi',
      en: 'Lunch support outside kindergarten of 3 to 5',
    },
    message: ({ params: p = {} }) => ({
      vi: `Hỗ trợ ăn trưa dành cho trẻ 3-5 tuổi học mẫu giáo; trẻ này ${p.years} tuổi, học ${codeName('grade', String(p.grade), 'vi')}. Bỏ dấu hỗ trợ, hoặc sửa ngày sinh, khối.`,
      en: `Lunch support is for children of 3 to 5 in kindergarten; this one is ${p.years}, in ${codeName('grade', String(p.grade), 'en')}. Clear the mark, or correct the date of birth or the grade.`,
    }),
    check: ({ grade, birthDate, lunchSupport }, { schoolYear }) => {
      if (lunchSupport !== true || !isPreschoolGrade(grade) || !birthDate) return kept;
      const years = ageInSchoolYear(textOf(birthDate), schoolYear);
      return grade === KINDERGARTEN && years >= 3 && years <= 5
        ? kept
        : [{ field: 'lunchSupport', params: { years, grade: textOf(grade) } }];
    },
  },
  {
    id: 'student_fee_relief',
    kind: 'student',
    field: 'feeRelief',
    severity: 'warning',
    source: 'NĐ 81/2021/NĐ-CP, Điều 15 và 16; từ năm học 2025-2026: Nghị quyết 217/2025/QH15, NĐ 238/2025/NĐ-CP',
    title: { vi: 'Miễn, giảm học phí nhưng không thuộc diện nào', en: 'Relief from fees without a ground' },
    message: () => ({
      vi: 'Miễn, giảm học phí cần diện chính sách, khuyết tật, trường ở vùng khó khăn, hoặc trẻ mẫu giáo 5 tuổi (từ năm học 2024-2025). Bổ sung căn cứ, hoặc xóa ô; nếu nhà trẻ ở vùng khó khăn, nêu lý do khi gửi.',
      en: 'Relief from fees needs a policy group, a disability, a school in a difficult area, or a child of 5 (from 2024-2025). Add the ground or clear the cell; if the home is in such an area, say so when sending.',
    }),
    // Since 2025-2026 nobody pays. Only a school known to lie outside the difficult areas can be judged.
    check: ({ grade, birthDate, feeRelief, policyGroup, disability }, { schoolYear, difficultArea }) => {
      if (!isPreschoolGrade(grade) || (feeRelief !== '2' && feeRelief !== '3')) return kept;
      if (schoolYear >= 2025 || difficultArea !== false || !isEmpty(policyGroup) || !isEmpty(disability)) return kept;
      const isFive = schoolYear >= 2024 && ageInSchoolYear(textOf(birthDate), schoolYear) === 5;
      return isFive ? kept : [{ field: 'feeRelief', value: feeRelief }];
    },
  },
];

export const preschoolStaffRules: RecordRule[] = [
  {
    id: 'staff_preschool_part',
    kind: 'staff',
    field: 'preschoolPart',
    severity: 'error',
    source: `${FORM}, mã 168 và 181`,
    title: { vi: 'Giáo viên mầm non chưa rõ dạy nhà trẻ hay mẫu giáo', en: 'Preschool teacher of neither part' },
    message: () => ({
      vi: 'Biểu đếm riêng giáo viên nhà trẻ và giáo viên mẫu giáo. Chọn một; người dạy cả hai, chọn nơi dạy nhiều hơn.',
      en: 'The form counts nursery and kindergarten teachers apart. Choose one; who does both, where more is taught.',
    }),
    check: ({ level, staffGroup, preschoolPart: part }, { levels }) =>
      level === PRESCHOOL && levels.includes(PRESCHOOL) && staffGroup === TEACHER && isEmpty(part)
        ? [{ field: 'preschoolPart' }]
        : kept,
  },
];

export const preschoolRoomRules: RecordRule[] = [
  {
    id: 'room_preschool_part',
    kind: 'room',
    field: 'preschoolPart',
    severity: 'error',
    source: `${FORM}, phần V (5.1 nhà trẻ, 5.2 mẫu giáo)`,
    title: { vi: 'Phòng mầm non chưa rõ của nhà trẻ hay mẫu giáo', en: 'Preschool rooms of neither part' },
    message: () => ({
      vi: 'Biểu đếm riêng phòng của nhà trẻ và của mẫu giáo. Chọn một; phòng dùng chung ghi cho bên dùng nhiều hơn.',
      en: 'The form counts rooms of nursery and kindergarten apart. Choose one; shared rooms go where they are used most.',
    }),
    check: ({ level, preschoolPart: part }, { levels }) =>
      level === PRESCHOOL && levels.includes(PRESCHOOL) && isEmpty(part) ? [{ field: 'preschoolPart' }] : kept,
  },
];
