// What forms count, and what they may ask of it.
import type { RecordKindName } from '../records/field.ts';

/**
 * `student` and `staff` are those of the as-of day. `opening` are the pupils of the start-of-year as-of day; `movement` each coming
 * and going of a pupil, `departure` each leaving of a staff member, after that day and up to the as-of day.
 */
export type MeasureName =
  | 'school'
  | 'site'
  | 'class'
  | 'student'
  | 'opening'
  | 'movement'
  | 'staff'
  | 'departure'
  | 'room'
  | 'budget';

/** How a dimension is compared: by codes of a code list (`many`: the record holds several), by named values, by yes and no, by number. */
export type DimensionKind = { list: string; many?: true } | { values: string[] } | 'flag' | 'number';

/** Every dimension that a filter may name; a name means the same in each measure that offers it. */
export const dimensions: Record<string, DimensionKind> = {
  // Of the school, in the school year.
  ownership: { list: 'ownership' },
  mainLevel: { list: 'level' },
  /** Every level that is taught there. */
  levels: { list: 'level', many: true },
  lowestLevel: { list: 'level' },
  levelGroup: { list: 'level_group' },
  area: { list: 'region' },
  schoolKind: { list: 'school_kind' },
  nationalStandard: { list: 'national_standard' },
  twoSessions: 'flag', // also of a class and of a pupil
  computers: 'flag',
  internet: 'flag',
  onlineTeaching: 'flag',
  electricity: 'flag',
  cleanWater: 'flag',
  drinkingWater: 'flag',
  toilets: 'flag',
  handWashing: 'flag',
  lifeSkills: 'flag',
  disabilityAccess: 'flag',
  counselling: 'flag',
  disasterPlan: 'flag',
  /** Classes of the form's level. */
  classes: 'number',
  /** Disabled pupils of the form's level, present on the as-of day, in ordinary classes. */
  inclusiveStudents: 'number',
  /** Sites beside the main one. */
  satelliteSites: 'number',
  /** All sites, the main one too. */
  sites: 'number',
  isMain: 'flag',
  // Of a class or of a pupil.
  grade: { list: 'grade' },
  boarding: { list: 'boarding' },
  boardingClass: 'flag',
  special: 'flag',
  combined: 'flag',
  ageGroup: { list: 'age_group' },
  combinedAges: { list: 'combined_ages' },
  /** Pupils of the class on the as-of day. */
  children: 'number',
  /** The disabled among them, in an ordinary class. */
  includedChildren: 'number',
  newEntrant: 'flag',
  repeating: 'flag',
  informatics: 'flag',
  foreignLanguage: { list: 'foreign_language' },
  vocational: 'flag',
  specialisation: { list: 'specialisation' },
  disability: { list: 'disability' },
  policyGroup: { list: 'policy_group' },
  costSupport: 'flag',
  smallMinoritySupport: 'flag',
  mealSupport: 'flag',
  healthChecked: 'flag',
  nutrition: { list: 'nutrition', many: true },
  feeRelief: { list: 'fee_relief' },
  lunchSupport: 'flag',
  educationResult: { list: 'education_result' },
  learningResult: { list: 'result_level' },
  conductResult: { list: 'result_level' },
  yearResult: { list: 'year_result' },
  // Of a movement.
  status: { list: 'student_status' },
  leaveReason: { list: 'withdrawal_reason' },
  destination: { list: 'transfer_destination' },
  // Of a person.
  sex: { list: 'sex' },
  /** Every ethnic group but the Kinh (01) and foreigners (55). */
  minority: 'flag',
  /** First calendar year of the school year minus the year of birth. */
  age: 'number',
  /** Completed months on the as-of day. */
  ageMonths: 'number',
  // Of staff.
  level: { list: 'level' },
  staffGroup: { list: 'staff_group' },
  position: { list: 'staff_position' },
  contract: { list: 'contract' },
  training: { list: 'training_level' },
  youthLeader: 'flag',
  multipleDuties: 'flag',
  /** Also of rooms. */
  preschoolPart: { list: 'preschool_part' },
  subjects: { list: 'subject_taught', many: true },
  staffStatus: { list: 'staff_status' },
  // Of rooms and money.
  roomKind: { list: 'room_kind' },
  solidity: { values: ['solid', 'semiSolid', 'temporary'] },
  line: { list: 'budget_line' },
};

export interface Measure {
  /** Record kind that is counted or added up. */
  kind: RecordKindName;
  /** Offered to columns: they are grouped by, so they stay few. */
  columnDimensions: string[];
  /** Offered to rows and sections, beside the column dimensions. */
  dimensions: string[];
  /** Amounts to choose from; none: records are counted (rooms: the rooms a record holds). */
  amounts?: string[];
}

/** The server maps each dimension of a measure to one SQL expression; nothing else can be asked. */
export const measures: Record<MeasureName, Measure> = {
  school: {
    kind: 'profile',
    columnDimensions: ['ownership'],
    dimensions: [
      'mainLevel',
      'levels',
      'lowestLevel',
      'levelGroup',
      'area',
      'classes',
      'inclusiveStudents',
      'satelliteSites',
      'sites',
      'schoolKind',
      'nationalStandard',
      'twoSessions',
      'computers',
      'internet',
      'onlineTeaching',
      'electricity',
      'cleanWater',
      'drinkingWater',
      'toilets',
      'handWashing',
      'lifeSkills',
      'disabilityAccess',
      'counselling',
      'disasterPlan',
    ],
  },
  site: { kind: 'site', columnDimensions: ['ownership'], dimensions: ['mainLevel', 'levelGroup', 'isMain'] },
  class: {
    kind: 'class',
    columnDimensions: ['ownership'],
    dimensions: [
      'grade',
      'ageGroup',
      'children',
      'includedChildren',
      'twoSessions',
      'boardingClass',
      'special',
      'combined',
      'combinedAges',
      'specialisation',
      'schoolKind',
    ],
  },
  student: {
    kind: 'student',
    columnDimensions: ['ownership', 'sex', 'minority'],
    dimensions: [
      'grade',
      'area',
      'age',
      'ageMonths',
      'newEntrant',
      'repeating',
      'twoSessions',
      'boarding',
      'disability',
      'special',
      'informatics',
      'foreignLanguage',
      'vocational',
      'policyGroup',
      'costSupport',
      'smallMinoritySupport',
      'mealSupport',
      'healthChecked',
      'nutrition',
      'feeRelief',
      'lunchSupport',
      'schoolKind',
      'educationResult',
      'learningResult',
      'conductResult',
      'yearResult',
    ],
  },
  opening: {
    kind: 'student',
    columnDimensions: ['ownership', 'sex', 'minority'],
    dimensions: ['grade', 'area', 'schoolKind', 'disability', 'special'],
  },
  movement: {
    kind: 'student',
    columnDimensions: ['ownership', 'sex', 'minority'],
    dimensions: ['grade', 'area', 'schoolKind', 'disability', 'status', 'leaveReason', 'destination'],
  },
  staff: {
    kind: 'staff',
    columnDimensions: ['ownership', 'sex', 'minority', 'contract'],
    dimensions: [
      'level',
      'levelGroup',
      'preschoolPart',
      'area',
      'staffGroup',
      'position',
      'training',
      'age',
      'youthLeader',
      'multipleDuties',
      'subjects',
      'schoolKind',
    ],
  },
  departure: {
    kind: 'staff',
    columnDimensions: ['ownership', 'sex', 'minority', 'contract'],
    dimensions: ['level', 'area', 'staffGroup', 'position', 'youthLeader', 'staffStatus'],
  },
  room: {
    kind: 'room',
    columnDimensions: ['ownership', 'solidity'],
    dimensions: ['level', 'preschoolPart', 'roomKind'],
  },
  budget: {
    kind: 'budget',
    columnDimensions: [],
    dimensions: ['line', 'mainLevel'],
    amounts: ['settled', 'planned', 'estimated'],
  },
};
