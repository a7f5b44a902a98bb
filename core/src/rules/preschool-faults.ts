import { bornIn } from './person-faults.ts';
import type { RecordValues, RuleContext } from './rule.ts';
import { primaryClass } from './sample-preschool.ts';

/** How to break each rule of preschool, and of fields of some levels, on the records of a preschool that keep them all. */

type RecordFault = (record: RecordValues, context: RuleContext) => RecordValues;

/** Where the child's own class says nothing about its age. */
const withoutAges = (record: RecordValues, context: RuleContext, grade: string): RecordValues => {
  const [classCode] = [...context.classes].find(([, found]) => found.grade === grade && found.combined) ?? [];
  if (classCode === undefined) throw new RangeError('this school cannot carry the fault');
  return { ...record, classCode, openingClassCode: null, grade, newEntrant: false };
};

const schooled = { newEntrant: false, repeating: false, informatics: false };
const plain = { healthChecked: null, nutrition: null, feeRelief: null, lunchSupport: null, costSupport: false };

export const preschoolFaults: Readonly<Record<string, RecordFault>> = {
  class_age_group_missing: (record) => ({ ...record, ageGroup: null }),
  class_age_group_grade: (record) => ({ ...record, ageGroup: record.grade === '16' ? '06' : '01' }),
  class_combined_ages: (record) => ({ ...record, combined: true, combinedAges: null }),
  class_other_level: (record) => ({ ...record, grade: '01', combined: false, combinedAges: null }),
  student_preschool_age: (record, { schoolYear }) => ({ ...bornIn(record, schoolYear - 30), lunchSupport: false }),
  student_age_group: (record, context) => {
    const [classCode] = [...context.classes].find(([, found]) => found.ageGroup === '06' && !found.combined) ?? [];
    if (classCode === undefined) throw new RangeError('this school cannot carry the fault');
    const placed = { ...record, classCode, openingClassCode: null, grade: '17', newEntrant: false };
    return bornIn(placed, context.schoolYear - 4);
  },
  student_nutrition_conflict: (record) => ({ ...record, healthChecked: true, nutrition: ['00', '02'] }),
  student_nutrition_check: (record) => ({ ...record, healthChecked: false, nutrition: ['00'] }),
  student_lunch_support: (record, context) =>
    bornIn({ ...withoutAges(record, context, '16'), lunchSupport: true }, context.schoolYear - 2),
  student_fee_relief: (record, context) =>
    bornIn(
      {
        ...withoutAges(record, context, '17'),
        feeRelief: '2',
        policyGroup: null,
        disability: null,
        costSupport: false,
      },
      context.schoolYear - 4,
    ),
  student_other_level: (record, { schoolYear }) =>
    bornIn(
      {
        ...record,
        ...plain,
        ...schooled,
        classCode: primaryClass,
        openingClassCode: null,
        grade: '01',
        feeRelief: '1',
      },
      schoolYear - 6,
    ),
  staff_preschool_part: (record) => ({
    ...record,
    staffGroup: '03',
    position: null,
    declaredStandard: null,
    subjects: ['36'],
    preschoolPart: null,
  }),
  staff_other_level: (record) => ({
    ...record,
    staffGroup: '03',
    position: null,
    declaredStandard: null,
    subjects: ['36'],
    level: '02',
    preschoolPart: '02',
  }),
  room_preschool_part: (record) => ({ ...record, preschoolPart: null }),
  room_kind_level: (record) => ({ ...record, roomKind: 'library' }),
  room_other_level: (record) => ({ ...record, level: '02', roomKind: 'classroom' }),
};

/** Whether the rule's fault is planted in the records of a preschool and in no others. */
export const isOfPreschool = (ruleId: string): boolean => ruleId in preschoolFaults;
