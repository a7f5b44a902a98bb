import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { ageGroup } from '../codes/levels.ts';
import { sessionsPerWeek } from '../codes/students.ts';
import { levelOfGrade } from './grades.ts';
import { clashes } from './clashes.ts';
import { otherLevelRule } from './other-level.ts';
import { preschoolClassRules } from './preschool.ts';
import { codesOf, kept, type RecordRule, type SetRule, textOf } from './rule.ts';

const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, LOPC1';
const CHARTERS =
  'Điều lệ trường mầm non (TT 52/2020/TT-BGDĐT), Điều 15; Điều lệ trường tiểu học (TT 28/2020/TT-BGDĐT), Điều 16 khoản 1; Điều lệ trường trung học (TT 32/2020/TT-BGDĐT), Điều 16 khoản 3';
const FORM = 'TT 24/2018/TT-BGDĐT, biểu 02-TH-ĐN';

const PRESCHOOL = '01';

/** Sessions a week from which teaching is "two sessions a day". */
const TWO_SESSIONS_FROM = 9;
const sessionsOf = new Map<string, number>(
  (sessionsPerWeek.entries as readonly (CodeEntry & { sessions: number })[]).map((entry) => [
    entry.code,
    entry.sessions,
  ]),
);

/** Most pupils of a class, by level. */
const LARGEST: Readonly<Record<string, number>> = { '02': 35, '03': 45, '04': 45 };
/** Of a primary class in which grades are taught together. */
const LARGEST_COMBINED = 15;

const largestOfAges = new Map<string, number>(ageGroup.entries.map(({ code, most }) => [code, most]));

/** Most pupils the charter allows in a class, in preschool by the age group; undefined where no charter says. */
export function largestClass(grade: string, isCombined: boolean, ages = ''): number | undefined {
  const level = levelOfGrade(grade) ?? '';
  if (level === PRESCHOOL) return largestOfAges.get(ages);
  return level === '02' && isCombined ? LARGEST_COMBINED : LARGEST[level];
}

const gradeNames = (codes: string, language: 'vi' | 'en') =>
  codes
    .split(';')
    .map((code) => codeName('grade', code, language))
    .join(', ');

export const classRules: RecordRule[] = [
  ...preschoolClassRules,
  otherLevelRule('class', 'QĐ 4998/QĐ-BGDĐT, LOPMN1 (trường dữ liệu của từng cấp học)', ['specialisation']),
  {
    id: 'class_grade_level',
    kind: 'class',
    field: 'grade',
    severity: 'error',
    source: `${TECHNICAL_RULES} (MA_KHOI); danh mục khối`,
    title: { vi: 'Khối của lớp không thuộc cấp học của trường', en: 'Class of a level the school does not teach' },
    message: ({ value }) => ({
      vi: `Trường không dạy cấp học của ${codeName('grade', String(value), 'vi')}. Sửa khối của lớp.`,
      en: `The school does not teach the level of ${codeName('grade', String(value), 'en')}. Correct the grade of the class.`,
    }),
    check: ({ grade }, { levels }) => {
      const level = levelOfGrade(textOf(grade));
      return level === undefined || levels.includes(level) ? kept : [{ field: 'grade', value: textOf(grade) }];
    },
  },
  {
    id: 'class_sessions',
    kind: 'class',
    field: 'twoSessions',
    severity: 'warning',
    source: `Chương trình GDPT (TT 32/2018/TT-BGDĐT); ${TECHNICAL_RULES} (IS_DAY_2_BUOI_NGAY, IS_HOC_9_10_BUOI_TUAN); ${FORM}, mã 33`,
    title: {
      vi: 'Số buổi một tuần không khớp với học 2 buổi/ngày',
      en: 'Sessions a week do not fit two sessions a day',
    },
    message: ({ params: p = {} }) =>
      p.twoSessions === 1
        ? {
            vi: `Lớp ghi học 2 buổi/ngày nhưng chỉ ${p.sessions} buổi/tuần (từ ${TWO_SESSIONS_FROM} buổi mới là 2 buổi/ngày). Sửa một trong hai ô.`,
            en: `The class has two sessions a day, but only ${p.sessions} a week (it takes ${TWO_SESSIONS_FROM}). Correct one of the two.`,
          }
        : {
            vi: `Lớp học ${p.sessions} buổi/tuần nhưng không ghi học 2 buổi/ngày, nên không được đếm vào lớp 2 buổi. Sửa một trong hai ô.`,
            en: `The class has ${p.sessions} sessions a week, but is not marked as two sessions a day and so not counted as such. Correct one of the two.`,
          },
    check: ({ sessionsPerWeek: code, twoSessions }) => {
      const sessions = sessionsOf.get(textOf(code));
      if (sessions === undefined || typeof twoSessions !== 'boolean' || sessions >= TWO_SESSIONS_FROM === twoSessions)
        return kept;
      return [{ field: 'twoSessions', params: { sessions, twoSessions: twoSessions ? 1 : 0 } }];
    },
  },
  {
    id: 'class_combined_grades',
    kind: 'class',
    field: 'combinedGrades',
    severity: 'error',
    source: `${TECHNICAL_RULES} (IS_LOP_GHEP, MA_LOP_GHEP); ${FORM}, mã 36`,
    title: { vi: 'Lớp ghép và các khối ghép không khớp', en: 'Combined class and its grades do not fit' },
    message: ({ params: p = {} }) =>
      p.combined === 1
        ? {
            vi: 'Lớp ghép phải ghi từ hai khối trở lên, trong đó có khối của lớp. Chọn đủ các khối, hoặc bỏ dấu lớp ghép.',
            en: 'A combined class names at least two grades, its own among them. Choose them all, or clear the mark.',
          }
        : {
            vi: `Có ghi ghép các khối ${gradeNames(String(p.grades), 'vi')} nhưng lớp không phải lớp ghép. Đánh dấu lớp ghép hoặc xóa các khối.`,
            en: `Grades ${gradeNames(String(p.grades), 'en')} are combined, but the class is not marked as combined. Mark it or clear the grades.`,
          },
    check: ({ combined, combinedGrades, grade }) => {
      // Preschool combines ages, not grades.
      if (combinedGrades === undefined || levelOfGrade(textOf(grade)) === PRESCHOOL) return kept;
      const grades = codesOf(combinedGrades);
      if (combined === true) {
        return grades.length >= 2 && (!grade || grades.includes(textOf(grade)))
          ? kept
          : [{ field: 'combinedGrades', params: { combined: 1 } }];
      }
      return combined === false && grades.length > 0
        ? [{ field: 'combinedGrades', params: { combined: 0, grades: grades.join(';') } }]
        : kept;
    },
  },
  {
    id: 'class_specialisation_level',
    kind: 'class',
    field: 'specialisation',
    severity: 'error',
    source: 'TT 05/2023/TT-BGDĐT: trường trung học phổ thông chuyên; mô tả dữ liệu đầu năm 26/10/2020 (MaHeChuyen)',
    title: { vi: 'Lớp chuyên không thuộc cấp THPT', en: 'Specialised class outside upper secondary' },
    message: ({ value }) => ({
      vi: `Chỉ lớp 10-12 có hệ chuyên (${codeName('specialisation', String(value), 'vi')}). Sửa khối hoặc xóa hệ chuyên.`,
      en: `Only grades 10-12 have specialised classes (${codeName('specialisation', String(value), 'en')}). Correct the grade or clear it.`,
    }),
    check: ({ specialisation, grade }) =>
      !specialisation || levelOfGrade(textOf(grade)) === '04'
        ? kept
        : [{ field: 'specialisation', value: textOf(specialisation) }],
  },
  {
    id: 'class_site_unknown',
    kind: 'class',
    field: 'siteCode',
    severity: 'error',
    source: `${TECHNICAL_RULES} (DIEM_TRUONG_ID)`,
    title: { vi: 'Điểm trường của lớp không có trong trường', en: 'Site of the class that the school does not have' },
    message: ({ value }) => ({
      vi: `Trường không có điểm trường mã “${value}”. Chọn trong danh sách hoặc thêm điểm trường trước.`,
      en: `The school has no site with code “${value}”. Choose one from the list, or add the site first.`,
    }),
    check: ({ siteCode }, { sites }) =>
      !siteCode || !sites || sites.has(textOf(siteCode)) ? kept : [{ field: 'siteCode', value: textOf(siteCode) }],
  },
  {
    id: 'class_teacher_unknown',
    kind: 'class',
    field: 'homeroomTeacher',
    severity: 'error',
    source: `${TECHNICAL_RULES} (GIAO_VIEN_ID)`,
    title: { vi: 'Giáo viên chủ nhiệm không có trong trường', en: 'Homeroom teacher the school does not have' },
    message: ({ value }) => ({
      vi: `Trường không có cán bộ mã “${value}”. Chọn trong danh sách hoặc thêm cán bộ trước.`,
      en: `The school has no staff member with code “${value}”. Choose one from the list, or add the person first.`,
    }),
    check: ({ homeroomTeacher }, { staff }) =>
      !homeroomTeacher || !staff || staff.has(textOf(homeroomTeacher))
        ? kept
        : [{ field: 'homeroomTeacher', value: textOf(homeroomTeacher) }],
  },
  {
    id: 'class_too_large',
    kind: 'class',
    field: 'code',
    severity: 'warning',
    source: CHARTERS,
    title: { vi: 'Sĩ số lớp vượt mức quy định', en: 'Class larger than the charter allows' },
    message: ({ params: p = {} }) => ({
      vi: `Lớp ${p.class} có ${p.count} học sinh, vượt mức ${p.limit}${p.combined === 1 ? ' của lớp ghép' : ''}. Kiểm tra xem có học sinh ghi nhầm lớp hoặc đã rời trường; nếu đúng, nêu lý do khi gửi.`,
      en: `Class ${p.class} has ${p.count} students, over the limit of ${p.limit}${p.combined === 1 ? ' for combined grades' : ''}. Check for students in the wrong class or gone; if right, give the reason when sending.`,
    }),
    check: ({ code, grade, combined, ageGroup: ages }, { pupils }) => {
      const count = pupils?.get(textOf(code)) ?? 0;
      const limit = largestClass(textOf(grade), combined === true, textOf(ages));
      return limit !== undefined && count > limit
        ? [
            {
              field: 'code',
              value: textOf(code),
              params: {
                class: textOf(code),
                count,
                limit,
                combined: limit === LARGEST_COMBINED && levelOfGrade(textOf(grade)) !== PRESCHOOL ? 1 : 0,
              },
            },
          ]
        : kept;
    },
  },
  {
    id: 'class_empty',
    kind: 'class',
    field: 'code',
    severity: 'error',
    source: `${FORM}, mã 27 và 37 (lớp có học sinh tại thời điểm 30/9)`,
    title: { vi: 'Lớp không có học sinh', en: 'Class without students' },
    message: ({ params: p = {} }) => ({
      vi: `Lớp ${p.class} không có học sinh nào đang học nhưng vẫn được đếm là một lớp. Xếp học sinh vào lớp, hoặc xóa lớp.`,
      en: `Class ${p.class} has no student present, yet counts as a class. Put its students in, or delete the class.`,
    }),
    check: ({ code }, { pupils }) =>
      !code || !pupils || pupils.get(textOf(code))
        ? kept
        : [{ field: 'code', value: textOf(code), params: { class: textOf(code) } }],
  },
];

export const classSetRules: SetRule[] = [
  {
    id: 'class_duplicate_code',
    kind: 'class',
    severity: 'error',
    source: `${TECHNICAL_RULES} (MA)`,
    title: { vi: 'Hai lớp cùng mã', en: 'Two classes share a code' },
    message: ({ params: p = {} }) => ({
      vi: `Mã lớp ${p.otherCode} đã dùng. Mỗi lớp một mã trong năm học: đổi mã, hoặc bỏ dòng bị trùng.`,
      en: `Class code ${p.otherCode} is taken. Each class of a school year has its own: change the code, or remove the duplicate.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ code }) => textOf(code),
        () => true,
        'code',
      ),
  },
  {
    id: 'class_duplicate_name',
    kind: 'class',
    severity: 'warning',
    source: `${TECHNICAL_RULES} (TEN)`,
    title: { vi: 'Hai lớp cùng tên ở một điểm trường', en: 'Two classes of a site share a name' },
    message: ({ params: p = {} }) => ({
      vi: `Lớp mã ${p.otherCode} cũng có tên này ở cùng điểm trường. Nếu là một lớp, bỏ một dòng; nếu là hai lớp, đặt tên khác nhau.`,
      en: `The class with code ${p.otherCode} has the same name at the same site. If they are one, remove one; if two, name them apart.`,
    }),
    check: (records) =>
      clashes(
        records,
        ({ name, siteCode }) => (name ? `${textOf(siteCode)}|${textOf(name)}` : ''),
        (a, b) => a.code !== b.code,
        'name',
      ),
  },
];
