import type { CodeEntry } from '../codes/code-list.ts';
import { grade as gradeList, level as levelList } from '../codes/levels.ts';
import { ownership, roomKind, schoolKind } from '../codes/schools.ts';
import type { RecordKindName } from '../records/field.ts';
import { endOfYearAsOf } from '../vietnam/dates.ts';
import { recordKinds } from '../records/kinds.ts';
import { laterGrades, levelOfGrade, officialAgeOf } from './grades.ts';
import { bornIn, duplicateFaults, pinFaults, pinOf } from './person-faults.ts';
import { preschoolFaults } from './preschool-faults.ts';
import { type RecordValues, type RuleContext, textOf } from './rule.ts';

/**
 * How to break each rule, and no other, on data that keep them all: for synthetic data with known faults, and for the test
 * that every rule finds what it is for. Faults of reading give loose input for parseRecord.
 */

type RecordFault = (record: RecordValues, context: RuleContext) => RecordValues;
type SetFault = (records: readonly RecordValues[], context: RuleContext) => RecordValues[];

const NOBODY = 'KHONG-CO';

/** Not every school has what a fault needs. */
function needs(condition: boolean): asserts condition {
  if (!condition) throw new RangeError('this school cannot carry the fault');
}

function orFail<Value>(value: Value | undefined): Value {
  needs(value !== undefined);
  return value;
}

const foreignLevel = ({ levels }: RuleContext): string =>
  orFail(levelList.entries.find(({ code }) => !levels.includes(code))).code;

/** A pupil who has been there since the opening. */
const staying = (record: RecordValues, { schoolYear }: RuleContext): RecordValues => ({
  ...record,
  entryStatus: '01',
  enteredOn: `${schoolYear}-09-05`,
  leaveStatus: null,
  leftOn: null,
  leaveReason: null,
  destination: null,
});

/** What the pupil states that the grade's level does not have. */
const cleared = (record: RecordValues, grade: string): RecordValues =>
  Object.fromEntries(
    recordKinds.student.fields
      .filter(({ key, levels }) => key in record && levels && !levels.includes(levelOfGrade(grade) ?? ''))
      .map(({ key }) => [key, null]),
  );

/** A pupil in a class that suits, at its grade and age. */
function placedIn(
  record: RecordValues,
  context: RuleContext,
  suits: (found: { grade: string; special: boolean; combined: boolean }) => boolean,
): RecordValues {
  const [code, { grade }] = orFail([...context.classes].find(([, found]) => suits(found)));
  return bornIn(
    { ...record, ...cleared(record, grade), classCode: code, openingClassCode: null, grade, newEntrant: false },
    context.schoolYear - (officialAgeOf(grade) ?? 0),
  );
}

const ordinary = (found: { special: boolean; combined: boolean }) => !found.special && !found.combined;

const inOrdinaryClass: RecordFault = (record, context) =>
  context.classes.get(textOf(record.classCode))?.special ? placedIn(record, context, ordinary) : record;

const ofAge = (record: RecordValues, { schoolYear }: RuleContext, years: number): RecordValues =>
  bornIn(record, schoolYear - (officialAgeOf(textOf(record.grade)) ?? 0) - years);

const left = (record: RecordValues, context: RuleContext, changes: RecordValues): RecordValues => ({
  ...staying(record, context),
  leaveStatus: '04',
  leftOn: `${context.schoolYear}-11-15`,
  destination: '01',
  ...changes,
});

const lastGrades: Readonly<Record<string, string>> = { '05': '04', '09': '05', '12': '06' };
/** Promoted, or through the last grade of the level. */
const throughYear = ({ grade }: RecordValues): string => lastGrades[textOf(grade)] ?? '01';
const isPrimary = ({ grade }: RecordValues): boolean => levelOfGrade(textOf(grade)) === '02';

const assessed = (record: RecordValues, context: RuleContext, mark: string | null): RecordValues => {
  const policyGroup = record.policyGroup === '06' ? '08' : record.policyGroup;
  const pupil: RecordValues = { ...inOrdinaryClass(staying(record, context), context), disability: null, policyGroup };
  const marks = isPrimary(pupil) ? { educationResult: mark } : { learningResult: mark, conductResult: mark };
  return { ...pupil, ...marks, yearResult: throughYear(pupil) };
};

const studentFaults: Readonly<Record<string, RecordFault>> = {
  student_pin_missing: (record) => ({
    ...record,
    pin: null,
    ethnicity: record.ethnicity === '55' ? '01' : record.ethnicity,
  }),
  student_ministry_code: (record) => ({ ...record, ministryCode: '19-0001' }),
  student_age_impossible: (record, context) => ofAge(record, context, 30),
  student_age_over: (record, context) => ofAge(record, context, 4),
  student_age_early: (record, context) => ofAge(record, context, -1),
  student_class_unknown: (record) => ({ ...record, classCode: NOBODY }),
  student_class_grade: (record, { classes }) => {
    const [classCode] = orFail([...classes].find(([, found]) => ordinary(found) && found.grade !== record.grade));
    return { ...record, classCode, openingClassCode: null };
  },
  student_repeating_new_entrant: (record, context) => ({
    ...placedIn(record, context, (found) => ordinary(found) && !laterGrades.has(found.grade)),
    newEntrant: true,
    repeating: true,
  }),
  student_new_entrant_grade: (record, context) => ({
    ...placedIn(record, context, (found) => ordinary(found) && laterGrades.has(found.grade)),
    newEntrant: true,
    repeating: false,
  }),
  student_special_class_disability: (record, context) => ({
    ...placedIn(record, context, (found) => found.special),
    disability: null,
    policyGroup: null,
    costSupport: false,
    mealSupport: false,
    boarding: null,
  }),
  student_policy_disability: (record, context) => ({
    ...inOrdinaryClass(record, context),
    policyGroup: '06',
    disability: null,
  }),
  student_boarding_policy: (record) => ({
    ...record,
    boarding: '01',
    policyGroup: null,
    mealSupport: false,
    costSupport: false,
  }),
  student_meal_support_boarding: (record) => ({ ...record, mealSupport: true, boarding: null }),
  student_small_minority: (record) => ({ ...record, smallMinoritySupport: true, ethnicity: '01' }),
  student_cost_support: (record, context) => {
    needs(context.difficultArea === false);
    const changes = { costSupport: true, policyGroup: null, disability: null, boarding: null, mealSupport: false };
    return { ...inOrdinaryClass(record, context), ...changes };
  },
  student_opening_status_late: (record, context) => ({
    ...staying(record, context),
    enteredOn: `${context.schoolYear}-10-15`,
  }),
  student_entry_season: (record, context) => ({
    ...staying(record, context),
    entryStatus: '02',
    enteredOn: `${context.schoolYear + 1}-03-10`,
  }),
  student_leave_season: (record, context) => left(record, context, { leftOn: `${context.schoolYear + 1}-04-10` }),
  student_leave_incomplete: (record, context) => left(record, context, { leftOn: null }),
  student_withdrawal_reason_missing: (record, context) =>
    left(record, context, { leaveStatus: '05', destination: null }),
  student_destination_missing: (record, context) => left(record, context, { destination: null }),
  student_leave_detail_stray: (record, context) => ({ ...staying(record, context), leaveReason: '06' }),
  student_left_before_entered: (record, context) => left(record, context, { leftOn: `${context.schoolYear}-09-05` }),
  student_date_outside_year: (record, context) => ({
    ...staying(record, context),
    enteredOn: `${context.schoolYear}-05-20`,
  }),
  student_year_result_early: (record, context) => ({ ...staying(record, context), yearResult: '03' }),
  student_year_result_leaver: (record, context) => left(record, context, { yearResult: '03' }),
  student_result_level: (record, context) => ({
    ...staying(record, context),
    ...(isPrimary(record) ? { learningResult: '02' } : { educationResult: '02' }),
  }),
  student_year_result_grade: (record, context) => ({
    ...staying(record, context),
    yearResult: throughYear(record) === '01' ? '04' : '01',
  }),
  student_year_result_contradicts: (record, context) => assessed(record, context, '04'),
  student_year_result_missing: (record, context) => ({ ...assessed(record, context, '02'), yearResult: null }),
  student_assessment_missing: (record, context) => assessed(record, context, null),
};

const inGroup = (record: RecordValues, staffGroup: string, position: string | null): RecordValues => ({
  ...record,
  staffGroup,
  position,
  youthLeader: false,
  declaredStandard: null,
  subjects: staffGroup === '03' ? ['36'] : null,
});

const staffFaults: Readonly<Record<string, RecordFault>> = {
  staff_manager_position: (record) => inGroup(record, '01', '15'),
  staff_support_position: (record) => inGroup(record, '02', null),
  staff_teacher_position: (record) => inGroup(record, '03', '01'),
  staff_subjects_missing: (record) => ({ ...inGroup(record, '03', null), subjects: null }),
  staff_standard_differs: (record, { levels }) => ({
    ...inGroup(record, '03', null),
    level: orFail(levels.find((level) => level !== '05')),
    training: '16',
    declaredStandard: '03',
  }),
  staff_level: (record, context) => ({ ...inGroup(record, '03', null), level: foreignLevel(context) }),
  staff_youth_leader_group: (record) => ({ ...inGroup(record, '02', '16'), youthLeader: true }),
  staff_age_impossible: (record, { schoolYear }) => bornIn(record, schoolYear - 10),
  staff_age_high: (record, { schoolYear }) => bornIn(record, schoolYear - 70),
  staff_left_before_entered: (record, { schoolYear }) => ({
    ...record,
    status: '02',
    enteredOn: `${schoolYear}-09-10`,
    leftOn: `${schoolYear}-09-10`,
  }),
  staff_leave_incomplete: (record) => ({ ...record, status: '05', leftOn: null }),
  staff_date_outside_year: (record, { schoolYear }) => ({
    ...record,
    status: '01',
    leftOn: null,
    enteredOn: `${schoolYear + 1}-09-10`,
  }),
};

/** An entry that no school of these levels may have. */
function foreignEntry(
  entries: readonly (CodeEntry & { levels: readonly string[] })[],
  { levels }: RuleContext,
): string {
  return orFail(entries.find((entry) => !entry.levels.some((each) => levels.includes(each)))).code;
}

const otherFaults: Readonly<Record<string, RecordFault>> = {
  profile_ownership: (record, context) => ({ ...record, ownership: foreignEntry(ownership.entries, context) }),
  profile_school_kind: (record, context) => ({ ...record, schoolKind: foreignEntry(schoolKind.entries, context) }),
  profile_founded_later: (record, { schoolYear }) => ({ ...record, foundedOn: `${schoolYear + 5}-01-01` }),
  profile_no_electricity: (record) => ({ ...record, electricity: false, computers: true }),
  profile_online_without_internet: (record) => ({
    ...record,
    onlineTeaching: true,
    internet: false,
    electricity: true,
  }),
  site_main_distance: (record) => ({ ...record, isMain: true, distanceKm: 3.5 }),
  class_grade_level: (record, context) => {
    const foreign = gradeList.entries.find(({ level }) => !context.levels.includes(level));
    return { ...record, grade: orFail(foreign).code, combined: false, combinedGrades: null };
  },
  class_sessions: (record) => ({ ...record, sessionsPerWeek: '06', twoSessions: false }),
  class_combined_grades: (record) => ({ ...record, combined: false, combinedGrades: ['01', '02'] }),
  class_specialisation_level: (record) => {
    needs(levelOfGrade(textOf(record.grade)) !== '04');
    return { ...record, specialisation: '09' };
  },
  class_site_unknown: (record, { sites }) => {
    needs(sites !== undefined);
    return { ...record, siteCode: NOBODY };
  },
  class_teacher_unknown: (record, { staff }) => {
    needs(staff !== undefined);
    return { ...record, homeroomTeacher: NOBODY };
  },
  class_too_large: (record) => record,
  class_empty: (record) => record,
  room_level: (record, context) => ({ ...record, level: foreignLevel(context) }),
};

const withKind = <Fault>(kind: string, faults: Readonly<Record<string, Fault>>): Record<string, Fault> =>
  Object.fromEntries(Object.entries(faults).map(([name, fault]) => [`${kind}_${name}`, fault]));

export const recordFaults: Readonly<Record<string, RecordFault>> = {
  ...withKind('student', pinFaults),
  ...withKind('staff', pinFaults),
  ...studentFaults,
  ...staffFaults,
  ...otherFaults,
  ...preschoolFaults,
};

const changeOne = (
  records: readonly RecordValues[],
  pick: (record: RecordValues) => boolean,
  changes: RecordValues,
): RecordValues[] => {
  const index = records.findIndex(pick);
  needs(index >= 0);
  return records.map((record, each) => (each === index ? { ...record, ...changes } : record));
};

/** The second of the set takes over values of the first. */
const takeOver =
  (keys: readonly string[]): SetFault =>
  (records) => {
    needs(records.length > 1);
    const first = orFail(records[0]);
    return records.map((record, index) =>
      index === 1 ? { ...record, ...Object.fromEntries(keys.map((key) => [key, first[key]])) } : record,
    );
  };

const repeatFirst: SetFault = (records) => [...records, { ...orFail(records[0]), id: undefined }];

const isClassroom = (kind: unknown) =>
  roomKind.entries.some(({ code, block }) => code === kind && (block === 'classroom' || block === 'borrowed'));

export const setFaults: Readonly<Record<string, SetFault>> = {
  ...withKind(
    'student',
    duplicateFaults(({ ministryCode }) => Boolean(ministryCode)),
  ),
  ...withKind(
    'staff',
    duplicateFaults(({ staffGroup }) => staffGroup === '03'),
  ),
  student_duplicate_ministry_code: (records) => {
    const first = orFail(records.find(({ ministryCode }) => ministryCode));
    const other = orFail(records.find((record) => record.fullName !== first.fullName && record !== first));
    return records.map((record) => (record === other ? { ...record, ministryCode: first.ministryCode } : record));
  },
  staff_one_head: (records) =>
    records.map((record) => (record.position === '01' ? { ...record, position: '02' } : record)),
  class_duplicate_code: takeOver(['code']),
  class_duplicate_name: takeOver(['name', 'siteCode']),
  site_one_main: (records) => records.map((record) => ({ ...record, isMain: false })),
  site_duplicate_code: (records) => [
    ...records,
    { ...orFail(records[0]), id: undefined, isMain: false, distanceKm: 2 },
  ],
  room_no_classroom: (records) => records.filter((record) => !isClassroom(record.roomKind)),
  room_duplicate: repeatFirst,
  budget_line_missing: (records) => records.filter(({ line }) => line !== 'use_other'),
  budget_source_sum: (records) => changeOne(records, ({ line }) => line === 'source_other', { planned: 123_456.78 }),
  budget_use_sum: (records) => changeOne(records, ({ line }) => line === 'use_other', { settled: 123_456.78 }),
  budget_duplicate: repeatFirst,
};

/** Loose input, by rule of reading: the kind it is for and the cells to write. */
export const readingFaults: Readonly<
  Record<string, { kind: RecordKindName; cells: (record: RecordValues) => Record<string, unknown> }>
> = {
  required: { kind: 'student', cells: () => ({ fullName: '  ' }) },
  bad_text: { kind: 'student', cells: () => ({ guardianPhone: '0912\u0007000' }) },
  too_long: { kind: 'student', cells: () => ({ guardianPhone: '0912 000 000 (gọi buổi tối)' }) },
  bad_name: { kind: 'student', cells: ({ fullName }) => ({ fullName: `${textOf(fullName)} 2` }) },
  bad_date: { kind: 'student', cells: ({ birthDate }) => ({ birthDate: `31/02/${textOf(birthDate).slice(0, 4)}` }) },
  bad_number: { kind: 'site', cells: () => ({ distanceKm: 'bốn cây số' }) },
  too_large: { kind: 'site', cells: () => ({ distanceKm: '4.500' }) },
  bad_boolean: { kind: 'student', cells: () => ({ informatics: 'có thể' }) },
  bad_code: { kind: 'student', cells: () => ({ ethnicity: 'Kinhh' }) },
  bad_pin: { kind: 'student', cells: (record) => ({ pin: pinOf(record).slice(1) }) },
  read_only: { kind: 'profile', cells: () => ({ nationalStandard: '03' }) },
};

function faultOf<Fault>(faults: Readonly<Record<string, Fault>>, ruleId: string): Fault {
  const fault = faults[ruleId];
  if (fault === undefined) throw new RangeError(`no fault can be planted here for a rule ${ruleId}`);
  return fault;
}

/** The context in which a planted fault shows; the same but for rules that look at the pupils of a class, or at the end of the year. */
export function faultContext(ruleId: string, record: RecordValues, context: RuleContext): RuleContext {
  if (/^student_(year_)?(result|assessment)_/.test(ruleId) && ruleId !== 'student_year_result_early')
    return {
      ...context,
      asOf: endOfYearAsOf(context.schoolYear),
      ...(ruleId.endsWith('_missing') && { period: 'end' }),
    };
  if (ruleId !== 'class_too_large' && ruleId !== 'class_empty') return context;
  return {
    ...context,
    pupils: new Map([...(context.pupils ?? []), [textOf(record.code), ruleId === 'class_empty' ? 0 : 99]]),
  };
}

/**
 * Breaks exactly the rule on a record (or on all records of a kind of one school).
 * @throws RangeError for a rule without a fault here, and where the school lacks what the fault needs (e.g. a special class).
 */
export function plantFault(ruleId: string, record: RecordValues, context: RuleContext): RecordValues;
export function plantFault(ruleId: string, records: readonly RecordValues[], context: RuleContext): RecordValues[];
export function plantFault(
  ruleId: string,
  data: RecordValues | readonly RecordValues[],
  context: RuleContext,
): RecordValues | RecordValues[] {
  if (Array.isArray(data)) return faultOf(setFaults, ruleId)(data as readonly RecordValues[], context);
  const record = data as RecordValues;
  const reading = readingFaults[ruleId];
  if (reading) return { ...record, ...reading.cells(record) };
  return faultOf(recordFaults, ruleId)(record, context);
}
