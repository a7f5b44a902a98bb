import type { Severity } from '../findings.ts';
import type { RecordKindName, Text } from '../records/field.ts';

export type PeriodKind = 'start' | 'middle' | 'end';

/** A statistical form as data. Files: forms/<code>/<version>.json, beside their independently worked out expected result. */
export interface FormDefinition {
  /** As printed, e.g. "02-TH-ĐN". */
  code: string;
  /** File and URL segment, e.g. "02-th-dn". */
  slug: string;
  /** Version, e.g. "2018". */
  version: string;
  name: Text;
  source: string;
  /** Level of education, code list `level`; `*` for a form that every school fills, whatever it teaches. */
  level: string;
  /** False where the official numbering or layout is not known: said on screen and on paper. */
  official: boolean;
  /** Kind of period that asks for it; by the day of its figures it belongs to the start of the year where nothing is said. */
  period?: 'start' | 'end';
  /** What is not official about it; said of every form that is not. */
  notice?: Text;
  /** First and last day on which the form is in force. */
  valid: { from: string; to: string | null };
  columnSets: ColumnSet[];
  sections: Section[];
  checks: Check[];
  /** Held against last year's approved figures of the same form. */
  yearChecks?: YearCheck[];
  /** Held against the approved start-of-year figures of the same year. */
  openingChecks?: OpeningCheck[];
  /** Held against another form of the same unit, or against another row of last year's. */
  crossChecks?: CrossCheck[];
  /** Held against the people of the place: of offices only. */
  populationChecks?: PopulationCheck[];
  /** Teachers below the training standard in force on the as-of day. */
  standardCheck?: StandardCheck;
  /** Held against the same ratios of like units. */
  ratios?: Ratio[];
  /** What makes units alike; each list divides all units by the part in which they have most. */
  likeness?: Likeness[];
}

/** A form of every level: schools of several levels fill it once. */
export const everyLevel = '*';

/** Whether a school that teaches these levels fills a form of this one. */
export const isFilledAt = (formLevel: string, taught: readonly string[]): boolean =>
  formLevel === everyLevel || taught.includes(formLevel);

export interface ColumnSet {
  id: string;
  columns: Column[];
}

export interface Column {
  /** Printed column number, unique in its set, e.g. "5". */
  code: string;
  /** Headings from top to bottom: grouped headings repeat the upper text, e.g. ["Công lập", "Nữ"]. */
  headings: Text[];
  /** Filter on the column dimensions of the section's measure. */
  filter: Filter;
  /** For measures with several amounts (budget): which amount. */
  amount?: string;
}

export interface Section {
  id: string;
  /** Printed number, e.g. "III". */
  number: string;
  title: Text;
  columnSet: string;
  /** Which of the wizard's parts it belongs to: 1 school & classes, 2 students, 3 staff, 4 rooms, 5 budget. */
  part: 1 | 2 | 3 | 4 | 5;
  /** Holds for every row of the section beside the row's own filter. */
  filter?: Filter;
  /** False where the section is attached and not part of the official form. */
  official?: boolean;
  /** Rows that together are the whole of the section, where its first row is not. */
  whole?: string[];
  /** The law or decision behind the section's filter. */
  note?: string;
  rows: Row[];
}

export interface Row {
  code: string;
  /** Printed before the text: a number ("3.1.") or the mark of a subdivision ("-", "+"). */
  number?: string;
  label: Text;
  unit: Text;
  indent: number;
  /** Caption printed above this row, e.g. "Chia ra theo vùng:". */
  caption?: Text;
  /** Rows without a measure are typed or blank. */
  measure?: MeasureName;
  /** Several filters are alternatives: a record counts, once, when one of them holds. */
  filter?: Filter | Filter[];
  /** Columns that must stay empty (printed "#"). */
  empty?: string[];
  /** Printed "?": not always obtainable from records. Blank, not 0, where no counted record states the fact. */
  optional?: boolean;
  /** The law or decision behind a non-obvious row filter. */
  note?: string;
}

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

/** All conditions hold together. A list means "one of"; an object compares; `null` means "not stated", "*" means "stated". */
export type Filter = Record<string, Condition>;
export type Condition = string[] | boolean | null | '*' | { eq?: number; min?: number; max?: number };

/** A row, column or cell in a check, optionally multiplied: { of: "27", times: 35 }. */
export type Term = string | { of: string; times: number };

export function termOf(term: Term): { of: string; times: number } {
  return typeof term === 'string' ? { of: term, times: 1 } : term;
}

/** Comparison of two sums. */
export interface Check {
  id: string;
  severity: Severity;
  source: string;
  text: Text;
  left: Term[];
  op: '=' | '<=' | '>=';
  right: Term[];
  /**
   * `rows`: terms are rows of one section (or of sections with the same columns), compared in each column.
   * `columns`: terms are columns, compared in each row of the section.
   * `cells`: terms are cells "row.column", compared once.
   */
  by: 'rows' | 'columns' | 'cells';
  /** The section of a columns check. */
  section?: string;
  /** Restrict a rows check to these columns. */
  columns?: string[];
  /** Allowed difference, absolute. */
  tolerance?: number;
  /** Allowed difference as a share of the right side; the greater of both counts. */
  share?: number;
  /** A cell: without an amount in it nothing is compared. */
  where?: string;
}

/** Comparison of cells of this form with cells of another one, where the unit has both. */
export interface CrossCheck extends Pick<Check, 'id' | 'severity' | 'source' | 'text' | 'op' | 'tolerance' | 'share'> {
  /** Cells "row.column" of this form. */
  left: Term[];
  /** Cells "row.column" of the other form. */
  right: Term[];
  /** Slug of the other form, and whether this or last year's period of the same kind is meant. */
  other: { form: string; when: 'now' | 'last-year' };
  /** Whose reports: where pupils change schools, only totals compare. */
  units: 'schools' | 'offices' | 'all';
}

/** The rows of teachers by training, to be read by the law in force on the as-of day; always a warning. */
export interface StandardCheck {
  id: string;
  source: string;
  text: Text;
  /** Cell "row.column" of all teachers. */
  total: string;
  /** Cells by degree in teacher education (1 intermediate, 2 college, 3 university), and without one. */
  degrees: { 1: string[]; 2: string[]; 3: string[] };
  without: string[];
  /** Nothing is said of up to this share of the teachers, nor of up to `least`. */
  share: number;
  least: number;
}

/** Two sums of cells, divided. */
export interface Ratio {
  id: string;
  source: string;
  name: Text;
  over: string[];
  under: string[];
  percent?: boolean;
  /** A cell: without an amount in it the ratio says nothing. */
  where?: string;
  /** A value this far from the median, as a share of it, is never far. */
  share: number;
  /** And how many robust deviations (1.4826 times the median of distances from the median) are. */
  times: number;
}

export interface Likeness {
  id: string;
  parts: Array<{ cells: string[]; label: Text }>;
}

/** A sum of cells that rarely changes much from one year to the next; always a warning, which a reason answers. */
export interface YearCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column". */
  cells: string[];
  /** Nothing is said of a change up to this share of last year's sum, nor up to `least`. */
  share: number;
  least: number;
}

/** Pupils of some ages, who cannot be more than the people of these ages; always a warning, for people are estimated. */
export interface PopulationCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column". */
  cells: string[];
  ages: { from: number; to: number };
  /** Nothing is said of up to this share of the people more, nor of up to `least`. */
  share: number;
  least: number;
}

/** The figures with which the year began, said by two reports: a difference is a warning, which a reason answers. */
export interface OpeningCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column" of this form. */
  cells: string[];
  /** Slug of the start-of-year form, and its cells. */
  form: string;
  against: string[];
}

/** Cells of one filled form: key "<row>.<column>", a missing key is a blank cell. */
export type Cells = Record<string, number>;

export function cellKey(row: string, column: string): string {
  return `${row}.${column}`;
}

export function columnsOf(form: FormDefinition, section: Section): Column[] {
  const set = form.columnSets.find((each) => each.id === section.columnSet);
  if (!set) throw new RangeError(`${form.code}: section ${section.id} names no known column set`);
  return set.columns;
}

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
