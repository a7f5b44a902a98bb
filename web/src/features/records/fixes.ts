import { codesOf, textOf } from '@khuevan/core/rules/rule.ts';
import { resultsByAssessment } from '@khuevan/core/rules/student-results.ts';
import { isDate } from '@khuevan/core/vietnam/dates.ts';
import type { ShownFinding, Values } from './sheet-rows.ts';

/** One obvious correction: what is put where. */
export type Fix = { field: string; value: unknown }[];

type Fixer = (finding: ShownFinding, values: Values) => Fix[];

const set = (field: string, value: unknown): Fix => [{ field, value }];

const pinSex: Fixer = ({ params }) => (params?.number ? [set('sex', String(params.number))] : []);

const pinBirthYear: Fixer = ({ params }, { birthDate }) => {
  const day = `${params?.number}${String(birthDate).slice(4)}`;
  return isDate(day) ? [set('birthDate', day)] : [];
};

/** A pupil who came during the year either moved here or came back. */
const lateOpening: Fixer = (_, { enteredOn }) => {
  const isFirstHalf = Number(String(enteredOn).slice(5, 7)) >= 8;
  return (isFirstHalf ? ['02', '03'] : ['06', '07']).map((status) => set('entryStatus', status));
};

/** No combined class, or the combined class that the grades already name. */
const combinedGrades: Fixer = ({ params }, { grade, combinedGrades: chosen }) => {
  const grades = codesOf(chosen);
  if (params?.combined === 1)
    return [[...set('combined', false), ...(grades.length > 0 ? set('combinedGrades', null) : [])]];
  const isWhole = grades.length > 1 && grades.includes(textOf(grade));
  return [...(isWhole ? [set('combined', true)] : []), set('combinedGrades', null)];
};

const clearOwn: Fixer = ({ field }) => (field ? [set(field, null)] : []);
const off =
  (field: string): Fixer =>
  () => [set(field, false)];

const byAssessment: Fixer = (_, values) => resultsByAssessment(values).map((result) => set('yearResult', result));

const fixers: Record<string, Fixer> = {
  student_pin_sex: pinSex,
  staff_pin_sex: pinSex,
  student_pin_birth_year: pinBirthYear,
  staff_pin_birth_year: pinBirthYear,
  student_opening_status_late: lateOpening,
  student_leave_incomplete: ({ field }) => [set(field === 'leftOn' ? 'leaveStatus' : 'leftOn', null)],
  student_leave_detail_stray: clearOwn,
  student_class_grade: ({ params }) => (params?.classGrade ? [set('grade', String(params.classGrade))] : []),
  student_repeating_new_entrant: () => [set('newEntrant', false), set('repeating', false)],
  student_new_entrant_grade: off('newEntrant'),
  student_small_minority: off('smallMinoritySupport'),
  student_cost_support: off('costSupport'),
  student_meal_support_boarding: off('mealSupport'),
  student_boarding_policy: () => [set('boarding', '02')],
  student_year_result_early: clearOwn,
  student_year_result_leaver: clearOwn,
  student_result_level: clearOwn,
  student_year_result_missing: byAssessment,
  student_year_result_contradicts: byAssessment,
  staff_standard_differs: ({ params }) => (params?.computed ? [set('declaredStandard', String(params.computed))] : []),
  staff_youth_leader_group: off('youthLeader'),
  staff_leave_incomplete: ({ field }) => [field === 'status' ? set('leftOn', null) : set('status', '01')],
  site_main_distance: () => [set('distanceKm', null), set('isMain', false)],
  class_sessions: ({ params }) => [set('twoSessions', params?.twoSessions !== 1)],
  class_combined_grades: combinedGrades,
  class_other_level: clearOwn,
  student_other_level: clearOwn,
  staff_other_level: clearOwn,
  room_other_level: clearOwn,
  student_lunch_support: off('lunchSupport'),
  student_fee_relief: clearOwn,
};

/** Corrections that need no more thought than a click, most likely first. */
export function fixesFor(finding: ShownFinding, values: Values): Fix[] {
  return fixers[finding.rule]?.(finding, values) ?? [];
}

/** Rules with such corrections. */
export const fixableRules: readonly string[] = Object.keys(fixers);
