/**
 * Records of synthetic schools: plain values by the field keys of core/src/records. A test holds both together.
 */
export interface ProfileDraft {
  ownership: string;
  schoolKind: string;
  region: string;
  difficultAreas: string[];
  communeCode: string | null;
  address: string | null;
  phone: string;
  email: string;
  headName: string | null;
  headPhone: string | null;
  foundedOn: string | null;
  nationalStandard: string | null;
  twoSessions: boolean;
  computers: boolean;
  internet: boolean;
  onlineTeaching: boolean;
  electricity: boolean;
  cleanWater: boolean;
  drinkingWater: boolean;
  toilets: boolean;
  handWashing: boolean;
  lifeSkills: boolean;
  disabilityAccess: boolean;
  counselling: boolean;
  disasterPlan: boolean | null;
}

export interface SiteDraft {
  code: string;
  name: string;
  isMain: boolean;
  distanceKm: number | null;
  address: string | null;
}

export interface ClassDraft {
  code: string;
  name: string;
  grade: string;
  /** Of some levels only, as all that may be missing here. */
  ageGroup?: string;
  combinedAges?: string | null;
  specialisation?: string | null;
  siteCode: string;
  sessionsPerWeek: string;
  twoSessions: boolean;
  combined: boolean;
  combinedGrades: string[];
  boarding: boolean;
  special: boolean;
  homeroomTeacher: string | null;
}

export type Sex = '01' | '02';

export interface StudentDraft {
  code: string;
  fullName: string;
  birthDate: string;
  sex: Sex;
  ethnicity: string;
  pin: string | null;
  ministryCode: string | null;
  classCode: string;
  openingClassCode: string | null;
  grade: string;
  entryStatus: string;
  enteredOn: string;
  leaveStatus: string | null;
  leftOn: string | null;
  leaveReason: string | null;
  destination: string | null;
  newEntrant?: boolean;
  repeating?: boolean;
  twoSessions: boolean;
  boarding: string | null;
  informatics?: boolean;
  disability: string | null;
  policyGroup: string | null;
  costSupport: boolean;
  smallMinoritySupport: boolean;
  mealSupport: boolean;
  healthChecked?: boolean;
  nutrition?: string[] | null;
  feeRelief?: string | null;
  lunchSupport?: boolean;
  foreignLanguage?: string;
  vocational?: boolean;
  educationResult?: string | null;
  learningResult?: string | null;
  conductResult?: string | null;
  yearResult?: string | null;
  guardianName: string;
  guardianPhone: string;
}

export interface StaffDraft {
  code: string;
  fullName: string;
  birthDate: string;
  sex: Sex;
  ethnicity: string;
  pin: string;
  staffGroup: string;
  position: string | null;
  level: string;
  preschoolPart?: string | null;
  contract: string;
  training: string;
  declaredStandard: string | null;
  subjects: string[];
  youthLeader: boolean;
  multipleDuties: boolean;
  status: string;
  enteredOn: string;
  leftOn: string | null;
  phone: string;
}

export interface RoomDraft {
  level: string;
  preschoolPart?: string;
  roomKind: string;
  solid: number;
  semiSolid: number;
  temporary: number;
}

export interface BudgetDraft {
  line: string;
  settled: number;
  planned: number;
  estimated: number;
}

export interface SyntheticSchool {
  profile: ProfileDraft;
  sites: SiteDraft[];
  classes: ClassDraft[];
  students: StudentDraft[];
  staff: StaffDraft[];
  rooms: RoomDraft[];
  budget: BudgetDraft[];
}

/** What the register says of a school beside its name; every fact may be missing. */
export interface RegisterFacts {
  ownership?: string;
  schoolKind?: string;
  communeCode?: string;
  nationalStandard?: string;
  difficultAreas?: string[];
  foundedOn?: string;
}

/** A school to build. Counts that are given are of the whole school and met exactly; those that are not are drawn. */
export interface SchoolOrder {
  seed: string;
  /** Place in the build and number of schools in it: from these the personal numbers of different schools never meet. */
  ordinal: number;
  schoolCount: number;
  schoolCode: string;
  schoolName: string;
  levelGroup: string;
  provinceCode: string;
  /** District until 2025-06-30; null where the register has none. */
  districtCode: string | null;
  schoolYear: number;
  /** The levels to fill; all that the school teaches if none are named. */
  levels?: readonly string[];
  classes?: number;
  pupils?: number;
  staff?: number;
  facts?: RegisterFacts;
}
