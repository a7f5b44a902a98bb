import { ethnicity } from '../codes/people.ts';
import { codeName } from '../codes/index.ts';
import { type AgeFault, ageFaultOf, laterGrades } from './grades.ts';
import { clashes } from './clashes.ts';
import { duplicateRules, isSamePerson } from './duplicates.ts';
import {
  isEmpty,
  kept,
  type RecordRule,
  type RecordValues,
  type RuleContext,
  type SetRule,
  type Spot,
  textOf,
} from './rule.ts';
import { otherLevelRule } from './other-level.ts';
import { identityRules } from './person.ts';
import { preschoolStudentRules } from './preschool.ts';
import { movementRules } from './student-movement.ts';
import { resultRules } from './student-results.ts';

/** Identity, place in the school and support of a student. Movements are in student-movement.ts, results in student-results.ts. */

const CHARTER = 'Điều lệ trường tiểu học (TT 28/2020/TT-BGDĐT), Điều 33; Luật Giáo dục 43/2019/QH14, Điều 28';
const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, HSC1';
const FORM = 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN';

const verySmall: ReadonlySet<string> = new Set(
  ethnicity.entries.filter((entry) => 'verySmall' in entry).map((entry) => entry.code),
);
const gradeName = (code: unknown, language: 'vi' | 'en') => codeName('grade', String(code), language);

function ageSpots(record: RecordValues, context: RuleContext, fault: AgeFault['fault']): readonly Spot[] {
  const found = ageFaultOf(record, context.schoolYear);
  if (found === null || found.fault !== fault) return kept;
  return [
    {
      field: 'birthDate',
      value: textOf(record.birthDate),
      params: { age: found.age, official: found.official, grade: textOf(record.grade) },
    },
  ];
}

const identity: RecordRule[] = [
  ...identityRules('student'),
  {
    id: 'student_pin_missing',
    kind: 'student',
    field: 'pin',
    severity: 'warning',
    source: 'Luật Căn cước 26/2023/QH15, Điều 12; Công văn ngày 30/01/2024 của Sở GDĐT Bắc Giang, mục 2.3',
    title: { vi: 'Học sinh chưa có số định danh cá nhân', en: 'Student without a personal identification number' },
    message: () => ({
      vi: 'Chưa có số định danh nên không đối chiếu được với CSDL quốc gia về dân cư. Nhập 12 số trên giấy khai sinh hoặc thẻ căn cước; nếu chưa được cấp, nêu lý do khi gửi.',
      en: 'Without the number the student cannot be matched with the national population database. Enter the 12 digits of the birth certificate or identity card; if none has been issued, say so when sending.',
    }),
    // A foreigner has none.
    check: ({ pin, ethnicity: group }) => (isEmpty(pin) && group !== '55' ? [{ field: 'pin' }] : kept),
  },
  {
    id: 'student_ministry_code',
    kind: 'student',
    field: 'ministryCode',
    severity: 'error',
    source: 'TT 42/2021/TT-BGDĐT, Điều 10 (mã do Bộ quy định); mã lỗi MA_HOC_SINH của CSDL ngành',
    title: { vi: 'Mã định danh Bộ GDĐT không đủ 10 chữ số', en: 'Ministry code that is not ten digits' },
    message: ({ value }) => ({
      vi: `Mã “${value}” không phải 10 chữ số nên CSDL ngành sẽ từ chối. Nhập lại đúng mã, hoặc để trống nếu Bộ chưa cấp.`,
      en: `“${value}” is not ten digits, so the sector database would refuse it. Enter the code again, or leave it empty if none was issued.`,
    }),
    check: ({ ministryCode }) =>
      !ministryCode || /^\d{10}$/.test(textOf(ministryCode))
        ? kept
        : [{ field: 'ministryCode', value: textOf(ministryCode) }],
  },
  {
    id: 'student_age_impossible',
    kind: 'student',
    field: 'birthDate',
    severity: 'error',
    source: CHARTER,
    title: { vi: 'Tuổi không thể có ở khối này', en: 'Age that is impossible in the grade' },
    message: ({ params: p = {} }) => ({
      vi: `Tính theo năm, học sinh ${p.age} tuổi, không thể học ${gradeName(p.grade, 'vi')}. Sửa ngày sinh hoặc khối.`,
      en: `By calendar year the student is ${p.age}, which is impossible in ${gradeName(p.grade, 'en')}. Correct the date of birth or the grade.`,
    }),
    check: (record, context) => ageSpots(record, context, 'impossible'),
  },
  {
    id: 'student_age_over',
    kind: 'student',
    field: 'birthDate',
    severity: 'warning',
    source: CHARTER,
    title: { vi: 'Học sinh lớn hơn tuổi của khối quá 3 năm', en: 'More than three years over the age of the grade' },
    message: ({ params: p = {} }) => ({
      vi: `Học sinh ${p.age} tuổi học ${gradeName(p.grade, 'vi')} (đúng tuổi là ${p.official}). Kiểm tra năm sinh và khối; nếu đúng, nêu lý do khi gửi.`,
      en: `The student is ${p.age} in ${gradeName(p.grade, 'en')} (on time would be ${p.official}). Check the year of birth and the grade; if right, give the reason when sending.`,
    }),
    check: (record, context) => ageSpots(record, context, 'over'),
  },
  {
    id: 'student_age_early',
    kind: 'student',
    field: 'birthDate',
    severity: 'warning',
    source: CHARTER,
    title: { vi: 'Học sinh nhỏ hơn tuổi của khối', en: 'Younger than the age of the grade' },
    message: ({ params: p = {} }) => ({
      vi: `Học sinh ${p.age} tuổi học ${gradeName(p.grade, 'vi')} (đúng tuổi là ${p.official}). Chỉ học vượt lớp theo quy định mới được như vậy: kiểm tra năm sinh và khối.`,
      en: `The student is ${p.age} in ${gradeName(p.grade, 'en')} (on time would be ${p.official}). Only a student allowed to skip a grade can be: check the year of birth and the grade.`,
    }),
    check: (record, context) => ageSpots(record, context, 'early'),
  },
];

const placement: RecordRule[] = [
  {
    id: 'student_class_unknown',
    kind: 'student',
    field: 'classCode',
    severity: 'error',
    source: `${TECHNICAL_RULES} (MA_LOP); mô tả dữ liệu đầu năm 26/10/2020 (MaLopHocDn, MaLopHocCn)`,
    title: { vi: 'Lớp không có trong trường', en: 'Class the school does not have' },
    message: ({ value }) => ({
      vi: `Trường không có lớp mã “${value}” trong năm học này. Chọn lớp trong danh sách, hoặc thêm lớp trước.`,
      en: `The school has no class with code “${value}” this school year. Choose one from the list, or add the class first.`,
    }),
    check: ({ classCode, openingClassCode }, { classes }) => {
      if (classes.size === 0) return kept;
      if (classCode && !classes.has(textOf(classCode))) return [{ field: 'classCode', value: textOf(classCode) }];
      if (openingClassCode && !classes.has(textOf(openingClassCode)))
        return [{ field: 'openingClassCode', value: textOf(openingClassCode) }];
      return kept;
    },
  },
  {
    id: 'student_class_grade',
    kind: 'student',
    field: 'grade',
    severity: 'error',
    source: `${TECHNICAL_RULES}; ${FORM}, mã 27-32 và 40-44`,
    title: { vi: 'Khối của học sinh khác khối của lớp', en: "Student's grade differs from the class's" },
    message: ({ params: p = {} }) => ({
      vi: `Học sinh ghi ${gradeName(p.grade, 'vi')} nhưng lớp ${p.class} là ${gradeName(p.classGrade, 'vi')} và không ghép khối này. Sửa khối hoặc lớp; nếu là lớp ghép, khai ở hồ sơ lớp.`,
      en: `The student is in ${gradeName(p.grade, 'en')}, but class ${p.class} is ${gradeName(p.classGrade, 'en')} and does not combine it. Correct the grade or the class; declare a combined class in its own record.`,
    }),
    check: ({ classCode, grade }, { classes }) => {
      const found = classes.get(textOf(classCode));
      if (!found || !grade || found.grade === grade) return kept;
      if (found.combined && found.combinedGrades.includes(textOf(grade))) return kept;
      return [
        {
          field: 'grade',
          value: textOf(grade),
          params: { grade: textOf(grade), class: textOf(classCode), classGrade: found.grade },
        },
      ];
    },
  },
  {
    id: 'student_repeating_new_entrant',
    kind: 'student',
    field: 'newEntrant',
    severity: 'error',
    source: `${FORM}, mã 57 và 58`,
    title: { vi: 'Vừa mới tuyển đầu cấp vừa lưu ban', en: 'Both new entrant and repeating' },
    message: () => ({
      vi: 'Học sinh lưu ban đã học khối này năm trước nên không phải mới tuyển. Bỏ một trong hai dấu.',
      en: 'A repeating student was in this grade last year, so is not a new entrant. Clear one of the two marks.',
    }),
    check: ({ repeating, newEntrant }) =>
      repeating === true && newEntrant === true ? [{ field: 'newEntrant' }] : kept,
  },
  {
    id: 'student_new_entrant_grade',
    kind: 'student',
    field: 'newEntrant',
    severity: 'error',
    source: `${FORM}, mã 57 (học sinh mới tuyển đầu cấp không vượt số học sinh lớp 1)`,
    title: {
      vi: 'Mới tuyển đầu cấp nhưng không học khối đầu cấp',
      en: 'New entrant outside the first grade of a level',
    },
    message: ({ params: p = {} }) => ({
      vi: `Chỉ học sinh khối đầu cấp là mới tuyển, em này học ${gradeName(p.grade, 'vi')}. Bỏ dấu mới tuyển hoặc sửa khối.`,
      en: `Only the first grade of a level has new entrants; this student is in ${gradeName(p.grade, 'en')}. Clear the mark or correct the grade.`,
    }),
    check: ({ newEntrant, grade }) =>
      newEntrant === true && laterGrades.has(textOf(grade))
        ? [{ field: 'newEntrant', params: { grade: textOf(grade) } }]
        : kept,
  },
];

const support: RecordRule[] = [
  {
    id: 'student_special_class_disability',
    kind: 'student',
    field: 'disability',
    severity: 'error',
    source: `${FORM}, mã 67-72; Luật Người khuyết tật 51/2010/QH12, Điều 28`,
    title: { vi: 'Học lớp chuyên biệt nhưng chưa khai khuyết tật', en: 'In a special class without a disability' },
    message: ({ params: p = {} }) => ({
      vi: `Lớp ${p.class} là lớp chuyên biệt cho học sinh khuyết tật. Chọn loại khuyết tật của em, hoặc chuyển em sang lớp khác.`,
      en: `Class ${p.class} is a special class for disabled students. Choose the student's disability, or move the student to another class.`,
    }),
    check: ({ classCode, disability }, { classes }) =>
      isEmpty(disability) && classes.get(textOf(classCode))?.special
        ? [{ field: 'disability', params: { class: textOf(classCode) } }]
        : kept,
  },
  {
    id: 'student_policy_disability',
    kind: 'student',
    field: 'disability',
    severity: 'warning',
    source: `${FORM}, mã 61-72; Luật Người khuyết tật 51/2010/QH12, Điều 3`,
    title: {
      vi: 'Diện chính sách khuyết tật nhưng chưa khai loại khuyết tật',
      en: 'Policy group “disabled” without a disability',
    },
    message: () => ({
      vi: 'Học sinh thuộc diện chính sách khuyết tật nhưng loại khuyết tật để trống nên không được đếm. Chọn loại khuyết tật hoặc sửa diện chính sách.',
      en: 'The student is in the policy group “disabled”, but without a disability is not counted. Choose the disability or correct the policy group.',
    }),
    check: ({ policyGroup, disability }) =>
      policyGroup === '06' && isEmpty(disability) ? [{ field: 'disability' }] : kept,
  },
  {
    id: 'student_boarding_policy',
    kind: 'student',
    field: 'boarding',
    severity: 'warning',
    source: 'NĐ 116/2016/NĐ-CP, Điều 4 (từ 01/5/2025: NĐ 66/2025/NĐ-CP); danh mục học bán trú',
    title: { vi: 'Bán trú theo chính sách nhưng không thuộc diện nào', en: 'Boarding by policy without a policy' },
    message: () => ({
      vi: 'Học sinh bán trú “thuộc đối tượng chính sách” phải có diện chính sách hoặc hỗ trợ tiền ăn, nhà ở, gạo. Bổ sung, hoặc chọn bán trú “tự nguyện”.',
      en: 'A student boarding “by policy” needs a policy group or support for meals, housing, rice. Add it, or choose “voluntary”.',
    }),
    check: ({ boarding, policyGroup, mealSupport }) =>
      boarding === '01' && isEmpty(policyGroup) && mealSupport === false ? [{ field: 'boarding', value: '01' }] : kept,
  },
  {
    id: 'student_meal_support_boarding',
    kind: 'student',
    field: 'mealSupport',
    severity: 'warning',
    source: 'NĐ 116/2016/NĐ-CP, Điều 4 và 5 (từ 01/5/2025: NĐ 66/2025/NĐ-CP, Điều 6)',
    title: {
      vi: 'Hỗ trợ tiền ăn, nhà ở, gạo nhưng không bán trú',
      en: 'Support for meals, housing, rice without boarding',
    },
    message: () => ({
      vi: 'Hỗ trợ tiền ăn, nhà ở, gạo dành cho học sinh bán trú, nhưng cột Học bán trú để trống. Chọn loại bán trú hoặc bỏ dấu hỗ trợ.',
      en: 'Support for meals, housing and rice is for boarding students, but boarding is empty. Choose it or clear the support.',
    }),
    check: ({ mealSupport, boarding }) =>
      mealSupport === true && isEmpty(boarding) ? [{ field: 'mealSupport' }] : kept,
  },
  {
    id: 'student_small_minority',
    kind: 'student',
    field: 'smallMinoritySupport',
    severity: 'error',
    source: `NĐ 57/2017/NĐ-CP (16 dân tộc rất ít người); ${FORM}, mã 76`,
    title: {
      vi: 'Hỗ trợ dân tộc rất ít người cho dân tộc khác',
      en: 'Support for very small ethnic groups given to another group',
    },
    message: () => ({
      vi: 'Chính sách này chỉ dành cho 16 dân tộc rất ít người, dân tộc của học sinh không thuộc số đó. Sửa dân tộc hoặc bỏ dấu hỗ trợ.',
      en: "The support is for the 16 very small ethnic groups only; the student's group is not one. Correct the ethnicity or clear the support.",
    }),
    check: ({ smallMinoritySupport, ethnicity: group }) =>
      smallMinoritySupport === true && group && !verySmall.has(textOf(group))
        ? [{ field: 'smallMinoritySupport' }]
        : kept,
  },
  {
    id: 'student_cost_support',
    kind: 'student',
    field: 'costSupport',
    severity: 'warning',
    source: 'NĐ 81/2021/NĐ-CP, Điều 18 (từ 03/9/2025: NĐ 238/2025/NĐ-CP)',
    title: { vi: 'Hỗ trợ chi phí học tập nhưng không thuộc diện nào', en: 'Study-cost support without a ground' },
    message: () => ({
      vi: 'Hỗ trợ chi phí học tập cần diện chính sách, khuyết tật, hoặc nhà hay trường ở vùng khó khăn; trường này không ở vùng khó khăn. Bổ sung căn cứ hoặc bỏ dấu hỗ trợ; nếu nhà học sinh ở vùng khó khăn, nêu lý do khi gửi.',
      en: 'Study-cost support needs a policy group, a disability, or a home or school in a difficult area; this school is in none. Add the ground or clear the support; if the home is in one, say so when sending.',
    }),
    // Only a school known to lie outside the difficult areas can be judged.
    check: ({ costSupport, policyGroup, disability }, { difficultArea }) =>
      costSupport === true && isEmpty(policyGroup) && isEmpty(disability) && difficultArea === false
        ? [{ field: 'costSupport' }]
        : kept,
  },
];

export const studentRules: RecordRule[] = [
  ...identity,
  ...placement,
  ...movementRules,
  ...support,
  ...resultRules,
  ...preschoolStudentRules,
  otherLevelRule('student', 'QĐ 4998/QĐ-BGDĐT, HSMN1 (trường dữ liệu của từng cấp học)', [
    'educationResult',
    'learningResult',
    'conductResult',
    'yearResult',
  ]),
];

export const studentSetRules: SetRule[] = [
  ...duplicateRules('student'),
  {
    id: 'student_duplicate_ministry_code',
    kind: 'student',
    severity: 'error',
    source: 'TT 42/2021/TT-BGDĐT, Điều 10 (mã duy nhất, không đổi)',
    title: { vi: 'Hai học sinh cùng mã định danh Bộ GDĐT', en: 'Two students share a ministry code' },
    message: ({ params: p = {} }) => ({
      vi: `Mã định danh Bộ GDĐT này đã ghi cho ${p.other}${p.otherCode ? ` (mã ${p.otherCode})` : ''}. Kiểm tra và sửa mã sai.`,
      en: `This ministry code is already written for ${p.other}${p.otherCode ? ` (code ${p.otherCode})` : ''}. Check and correct the wrong one.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ ministryCode }) => textOf(ministryCode),
        (a, b) => !(isSamePerson('student', a, b) ?? (a.fullName === b.fullName && a.birthDate === b.birthDate)),
        'ministryCode',
      ),
  },
];
