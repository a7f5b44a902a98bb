import type { CodeEntry } from '../codes/code-list.ts';
import { codeName } from '../codes/index.ts';
import { educationResult, resultLevel, yearResult as yearResults } from '../codes/results.ts';
import { formatDate } from '../vietnam/dates.ts';
import { levelOfGrade, yearOfGrade } from './grades.ts';
import { isEmpty, isGiven, kept, type RecordRule, type RecordValues, type RuleContext, textOf } from './rule.ts';
import { schoolYear } from './school-year.ts';

/** Results of the year. They are asked for by the end-of-year report only: at the start of a year nobody has any. */

const PRIMARY = 'TT 27/2020/TT-BGDĐT, Điều 9 và 11';
const SECONDARY = 'TT 22/2021/TT-BGDĐT, Điều 8, 9 và 12-14';
const TECHNICAL_RULES = 'QĐ 4998/QĐ-BGDĐT, KQHTC1, KQHTC2';

type YearResult = CodeEntry & { outcome: string; year?: number };

const outcomes = new Map<string, YearResult>(
  (yearResults.entries as readonly YearResult[]).map((entry) => [entry.code, entry]),
);
const codesNotPassed = (entries: readonly (CodeEntry & { passed: boolean })[]): ReadonlySet<string> =>
  new Set(entries.filter((entry) => !entry.passed).map((entry) => entry.code));
const educationNotPassed = codesNotPassed(educationResult.entries);
const levelNotPassed = codesNotPassed(resultLevel.entries);

const LAST_YEARS: readonly number[] = [5, 9, 12];
const LAST_PRIMARY_YEAR = 5;
const fields = ['educationResult', 'learningResult', 'conductResult', 'yearResult'] as const;

const gradeName = (code: unknown, language: 'vi' | 'en') => codeName('grade', String(code), language);
const resultName = (code: unknown, language: 'vi' | 'en') => codeName('year_result', String(code), language);

const levelResults = ({ learningResult, conductResult }: RecordValues) => [learningResult, conductResult];

/** What was found not to be enough, whichever way the level assesses. */
const hasFailed = (record: RecordValues): boolean =>
  educationNotPassed.has(textOf(record.educationResult)) ||
  levelResults(record).some((result) => levelNotPassed.has(textOf(result)));

/** Results of the year that the assessment allows, the likeliest first; none where nothing was assessed. */
export function resultsByAssessment(record: RecordValues): string[] {
  const assessed = [record.educationResult, ...levelResults(record)].some(isGiven);
  const year = yearOfGrade(textOf(record.grade));
  if (!assessed || year === undefined) return [];
  if (hasFailed(record)) return ['02', '03'];
  const through = [...outcomes.values()].find((result) =>
    LAST_YEARS.includes(year) ? result.year === year : result.outcome === 'promoted',
  );
  return through ? [through.code] : [];
}

/** Whether the end-of-year report is judged, and counts this pupil. */
function isAsked({ enteredOn, leftOn }: RecordValues, { period, asOf }: RuleContext): boolean {
  if (period !== 'end' || !enteredOn || leftOn === undefined) return false;
  return textOf(enteredOn) <= asOf && (isEmpty(leftOn) || textOf(leftOn) > asOf);
}

/** Assessments that the grade must have and this pupil lacks. */
function assessmentsMissing(record: RecordValues): (typeof fields)[number][] {
  const grade = textOf(record.grade);
  const asked: readonly (typeof fields)[number][] =
    levelOfGrade(grade) === '02'
      ? ['educationResult']
      : (yearOfGrade(grade) ?? 0) > LAST_PRIMARY_YEAR
        ? ['learningResult', 'conductResult']
        : [];
  return asked.filter((field) => isEmpty(record[field]));
}

/** A result that the level of the grade does not give. */
function foreignResult(record: RecordValues): (typeof fields)[number] | undefined {
  const grade = textOf(record.grade);
  if (grade === '') return undefined;
  const year = yearOfGrade(grade);
  if (isGiven(record.educationResult) && levelOfGrade(grade) !== '02') return 'educationResult';
  if ((year ?? 0) <= LAST_PRIMARY_YEAR) {
    if (isGiven(record.learningResult)) return 'learningResult';
    if (isGiven(record.conductResult)) return 'conductResult';
  }
  return isGiven(record.yearResult) && year === undefined ? 'yearResult' : undefined;
}

const consistent: RecordRule[] = [
  {
    id: 'student_year_result_early',
    kind: 'student',
    field: 'yearResult',
    severity: 'error',
    source: `${PRIMARY}; ${SECONDARY}; Khung kế hoạch thời gian năm học`,
    title: { vi: 'Kết quả cả năm nhập trước khi năm học kết thúc', en: 'Result of the year before the year ends' },
    message: ({ params: p = {} }) => ({
      vi: `Kết quả cả năm chỉ có từ ngày ${p.from}. Xóa kết quả, nhập lại khi năm học kết thúc.`,
      en: `There is no result of the year before ${p.from}. Clear it and enter it when the year ends.`,
    }),
    // A report of the start of the year may be judged long afterwards: it says nothing about results.
    check: (record, { period, asOf, schoolYear: year }) => {
      const { resultsFrom } = schoolYear(year);
      if (period !== undefined || asOf >= resultsFrom) return kept;
      const field = fields.find((each) => isGiven(record[each]));
      return field ? [{ field, params: { from: formatDate(resultsFrom) } }] : kept;
    },
  },
  {
    id: 'student_year_result_leaver',
    kind: 'student',
    field: 'yearResult',
    severity: 'error',
    source: `${PRIMARY}; ${SECONDARY}; QĐ 4998/QĐ-BGDĐT, danh mục trạng thái học sinh`,
    title: { vi: 'Học sinh đã rời trường vẫn có kết quả cả năm', en: 'Result of the year of a student who has left' },
    message: ({ params: p = {} }) => ({
      vi: `Học sinh rời trường ngày ${p.day}, trước khi năm học kết thúc, nên nơi khác đánh giá cả năm. Xóa kết quả, hoặc sửa ngày rời.`,
      en: `The student left on ${p.day}, before the year ended, so the result is given elsewhere. Clear it, or correct the day of leaving.`,
    }),
    check: (record, { schoolYear: year }) => {
      const day = textOf(record.leftOn);
      if (day === '' || day > schoolYear(year).closing) return kept;
      const field = fields.find((each) => isGiven(record[each]));
      return field ? [{ field, params: { day: formatDate(day) } }] : kept;
    },
  },
  {
    id: 'student_result_level',
    kind: 'student',
    field: 'educationResult',
    severity: 'error',
    source: `${PRIMARY} (tiểu học); ${SECONDARY}; TT 43/2021/TT-BGDĐT (giáo dục thường xuyên)`,
    title: { vi: 'Kết quả không thuộc cấp học của khối', en: 'Result that the level of the grade does not give' },
    message: ({ params: p = {} }) => ({
      vi: `${gradeName(p.grade, 'vi')} không đánh giá theo mục này: tiểu học có một mức kết quả giáo dục, từ lớp 6 có mức học tập và mức rèn luyện. Xóa giá trị hoặc sửa khối.`,
      en: `${gradeName(p.grade, 'en')} is not assessed so: primary has one education result, grade 6 and above a learning and a conduct result. Clear the value or correct the grade.`,
    }),
    check: (record) => {
      const field = foreignResult(record);
      return field ? [{ field, params: { grade: textOf(record.grade) } }] : kept;
    },
  },
  {
    id: 'student_year_result_grade',
    kind: 'student',
    field: 'yearResult',
    severity: 'error',
    source: `${PRIMARY}; ${SECONDARY}; Luật Giáo dục 43/2019/QH14, Điều 28 và 34; ${TECHNICAL_RULES}`,
    title: { vi: 'Kết quả cuối năm không hợp với khối', en: 'Result of the year that does not fit the grade' },
    message: ({ params: p = {} }) => ({
      vi: `“${resultName(p.result, 'vi')}” không dành cho ${gradeName(p.grade, 'vi')}: lớp cuối cấp hoàn thành chương trình, các lớp khác lên lớp. Sửa kết quả hoặc khối.`,
      en: `“${resultName(p.result, 'en')}” is not for ${gradeName(p.grade, 'en')}: the last grade of a level completes it, others are promoted. Correct the result or the grade.`,
    }),
    check: ({ yearResult, grade }) => {
      const result = outcomes.get(textOf(yearResult));
      const year = yearOfGrade(textOf(grade));
      if (!result || year === undefined) return kept;
      const fits =
        result.outcome === 'completed'
          ? result.year === year
          : result.outcome !== 'promoted' || !LAST_YEARS.includes(year);
      return fits ? kept : [{ field: 'yearResult', params: { result: result.code, grade: textOf(grade) } }];
    },
  },
  {
    id: 'student_year_result_contradicts',
    kind: 'student',
    field: 'yearResult',
    severity: 'warning',
    source: `${PRIMARY} khoản 2; ${SECONDARY}`,
    title: { vi: 'Kết quả cuối năm trái với mức đánh giá', en: 'Result of the year against the assessment' },
    message: ({ params: p = {} }) =>
      p.failed === 1
        ? {
            vi: `“${resultName(p.result, 'vi')}” nhưng có mức chưa hoàn thành hoặc chưa đạt. Sửa một trong hai; nếu hiệu trưởng đã xét sau khi đánh giá lại, nêu lý do khi gửi.`,
            en: `“${resultName(p.result, 'en')}”, but something was not completed or not passed. Correct one of the two; if the head decided after a new assessment, say so when sending.`,
          }
        : {
            vi: `“${resultName(p.result, 'vi')}” nhưng kết quả giáo dục đã hoàn thành; tiểu học không xét số ngày nghỉ. Sửa một trong hai, hoặc nêu lý do khi gửi.`,
            en: `“${resultName(p.result, 'en')}”, but the education result is complete, and primary school does not count days of absence. Correct one of the two, or give the reason when sending.`,
          },
    // Of a disabled pupil the head decides (TT 22/2021, Điều 11 and 12; TT 27/2020, Điều 8).
    check: (record) => {
      const result = outcomes.get(textOf(record.yearResult));
      if (!result || isGiven(record.disability)) return kept;
      const isThrough = result.outcome === 'promoted' || result.outcome === 'completed';
      const failed = hasFailed(record);
      const contradicts = isThrough ? failed : isGiven(record.educationResult) && !failed;
      return contradicts ? [{ field: 'yearResult', params: { result: result.code, failed: failed ? 1 : 0 } }] : kept;
    },
  },
];

const whole: RecordRule[] = [
  {
    id: 'student_year_result_missing',
    kind: 'student',
    field: 'yearResult',
    severity: 'error',
    source: `${PRIMARY}; ${SECONDARY}; TT 24/2018/TT-BGDĐT, báo cáo cuối năm học`,
    title: { vi: 'Chưa có kết quả cuối năm', en: 'No result of the year' },
    message: () => ({
      vi: 'Báo cáo cuối năm cần biết học sinh được lên lớp, đánh giá lại, ở lại lớp hay hoàn thành cấp học. Chọn kết quả cuối năm.',
      en: 'The end-of-year report needs to know whether the student is promoted, assessed again, repeats or has completed the level. Choose the result.',
    }),
    check: (record, context) =>
      isAsked(record, context) && isEmpty(record.yearResult) && yearOfGrade(textOf(record.grade)) !== undefined
        ? [{ field: 'yearResult' }]
        : kept,
  },
  {
    id: 'student_assessment_missing',
    kind: 'student',
    field: 'educationResult',
    severity: 'error',
    source: `${PRIMARY} (tiểu học); ${SECONDARY}; TT 43/2021/TT-BGDĐT (giáo dục thường xuyên)`,
    title: { vi: 'Chưa có mức đánh giá cả năm', en: 'No assessment of the year' },
    message: ({ field }) => {
      const [vi, en] = {
        learningResult: ['kết quả học tập', 'The learning result'],
        conductResult: ['kết quả rèn luyện', 'The conduct result'],
      }[field ?? ''] ?? ['mức đánh giá kết quả giáo dục', 'The education result'];
      return {
        vi: `Chưa có ${vi} cả năm của học sinh. Chọn một mức trong danh mục.`,
        en: `${en} of the year is empty. Choose a level from the list.`,
      };
    },
    // A disabled pupil may be left out of the assessment (QĐ 4998: IS_KHUYET_TAT_KHONG_DANH_GIA).
    check: (record, context) =>
      isAsked(record, context) && record.disability === null
        ? assessmentsMissing(record).map((field) => ({ field }))
        : kept,
  },
];

export const resultRules: RecordRule[] = [...consistent, ...whole];
