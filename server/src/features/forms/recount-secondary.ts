// Forms X03-THCS-ĐN and X04-THPT-ĐN counted a second time from their printed rows, from top to bottom: the place of a row is its code.
// Reads neither the form files nor the compiler. Readings: docs/decisions/0004.
import type { SampleClass, SampleRoom, SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';
import {
  ageOf,
  type Cells,
  isInSpecialClass,
  isLowland,
  isMinority,
  isMountain,
  isSpecialSchool,
  pupilsOf,
  type Recount,
  staffOf,
  teacherAges,
  trainingOf,
  writeBudget,
  writeByOwnership,
  writePeople,
  writeRooms,
  writeStaff,
} from './recount-parts.ts';

/** What the two forms print differently. */
interface Print {
  level: string;
  /** Grades with the age at which a pupil is on time. */
  grades: Array<[grade: string, age: number]>;
  /** "Trường THCS", "Trường tiểu học và THCS", …: by the lowest level taught. */
  groups: string[][];
  /** Kinds of school with a row of their own, before the special schools. */
  kinds: string[];
  /** Subjects taught, a row each. */
  subjects: string[][];
  hasYouthLeader: boolean;
  hasSpecialisedClasses: boolean;
  /** Schools counted at another level have two rows of their own. */
  isTaughtInSchoolsOfHigherLevel: boolean;
  subjectRooms: readonly string[];
  firstBudgetRow: number;
}

/** The codes X1, X2, … in the order of print. */
export function numberRows(): () => string {
  let row = 0;
  return () => `X${(row += 1)}`;
}

function recountOf(print: Print): Recount {
  return (school, schoolYear, asOf) => {
    const cells: Cells = {};
    const next = numberRows();
    countSchool(cells, next, print, school, asOf);
    countClasses(cells, next, print, school);
    countPupils(cells, next, print, school, schoolYear, asOf);
    countStaff(cells, next, print, school, schoolYear, asOf);
    countRooms(cells, next, school, print.level, print.subjectRooms);
    writeBudget(cells, school, print.level, print.firstBudgetRow, 'NS');
    return cells;
  };
}

function countSchool(cells: Cells, next: () => string, print: Print, school: SampleSchool, asOf: string): void {
  const { profile } = school;
  const isOwn = school.mainLevel === print.level;
  const write = (holds: boolean): void => writeByOwnership(cells, school, next(), isOwn && holds ? 1 : 0);
  const grades = print.grades.map(([grade]) => grade);
  const classes = school.classes.filter((each) => grades.includes(each.grade)).length;
  const included = pupilsOf(school, grades, asOf).filter(
    (pupil) => pupil.disability !== null && !isInSpecialClass(school, pupil),
  ).length;
  write(true);
  write(isLowland(school));
  write(isLowland(school) && classes >= 28);
  write(isLowland(school) && classes <= 27);
  write(isMountain(school));
  write(isMountain(school) && classes >= 19);
  write(isMountain(school) && classes <= 18);
  const lowest = school.levels.toSorted()[0]!;
  for (const group of print.groups) write(group.includes(lowest));
  write(profile.nationalStandard === '02');
  write(profile.nationalStandard === '03');
  write(profile.twoSessions);
  for (const kind of print.kinds) write(profile.schoolKind === kind);
  write(isSpecialSchool(school));
  write(included > 0 && included < 20);
  write(included >= 20);
  write(school.sites.filter((site) => !site.isMain).length >= 5);
  write(profile.computers);
  write(profile.internet);
  write(profile.onlineTeaching === true);
  write(profile.electricity);
  write(profile.cleanWater);
  write(profile.toilets);
  write(profile.handWashing);
  write(profile.lifeSkills);
  write(profile.disabilityAccess);
  write(profile.counselling);
  const disasterRow = next();
  if (isOwn && profile.disasterPlan !== null)
    writeByOwnership(cells, school, disasterRow, profile.disasterPlan ? 1 : 0);
  writeByOwnership(cells, school, next(), isOwn ? school.sites.length : 0);
  if (!print.isTaughtInSchoolsOfHigherLevel) return;
  const teaches = school.levels.includes(print.level);
  writeByOwnership(cells, school, next(), teaches ? 1 : 0);
  writeByOwnership(cells, school, next(), teaches && !isOwn ? 1 : 0);
}

function countClasses(cells: Cells, next: () => string, print: Print, school: SampleSchool): void {
  const grades = print.grades.map(([grade]) => grade);
  const classes = school.classes.filter((each) => grades.includes(each.grade));
  const write = (holds: (each: SampleClass) => boolean): void =>
    writeByOwnership(cells, school, next(), classes.filter(holds).length);
  write(() => true);
  for (const grade of grades) write((each) => each.grade === grade);
  write((each) => each.twoSessions);
  write((each) => each.boarding);
  write(() => ['01', '02', '03'].includes(school.profile.schoolKind));
  write(() => isSpecialSchool(school));
  write((each) => each.combined);
  if (!print.hasSpecialisedClasses) return;
  const specialisationOf = (each: SampleClass): string | null => each.specialisation ?? null;
  write((each) => specialisationOf(each) !== null);
  for (let code = 1; code <= 14; code += 1) write((each) => specialisationOf(each) === String(code).padStart(2, '0'));
}

function countPupils(
  cells: Cells,
  next: () => string,
  print: Print,
  school: SampleSchool,
  schoolYear: number,
  asOf: string,
): void {
  const pupils = pupilsOf(
    school,
    print.grades.map(([grade]) => grade),
    asOf,
  );
  const write = (holds: (pupil: SampleStudent) => boolean, hashed = false): void =>
    writePeople(cells, school, next(), pupils.filter(holds), hashed);
  const age = (pupil: SampleStudent): number => ageOf(pupil, schoolYear);
  const ages = print.grades.map(([, onTime]) => onTime);
  write(() => true);
  write(() => isLowland(school));
  write(() => isMountain(school));
  for (const [grade] of print.grades) write((pupil) => pupil.grade === grade);
  write((pupil) => age(pupil) < ages[0]!);
  for (const years of ages) write((pupil) => age(pupil) === years);
  write((pupil) => age(pupil) > ages.at(-1)!);
  for (const [grade, years] of print.grades) write((pupil) => pupil.grade === grade && age(pupil) === years);
  write((pupil) => pupil.newEntrant === true);
  write((pupil) => pupil.repeating === true);
  write((pupil) => pupil.twoSessions);
  write(() => ['02', '03'].includes(school.profile.schoolKind));
  write((pupil) => isMinority(pupil) && pupil.boarding === '01');
  for (const special of [false, true]) {
    const learnsHere = (pupil: SampleStudent): boolean => isInSpecialClass(school, pupil) === special;
    write((pupil) => pupil.disability !== null && learnsHere(pupil));
    for (const kind of ['03', '02', '05', '01', '04']) write((pupil) => pupil.disability === kind && learnsHere(pupil));
  }
  write((pupil) => pupil.informatics === true);
  for (const holds of languageRows) write(holds);
  write((pupil) => pupil.vocational === true);
  write((pupil) => pupil.policyGroup !== null);
  write((pupil) => pupil.costSupport);
  write((pupil) => pupil.smallMinoritySupport, true);
  write((pupil) => pupil.mealSupport);
}

/** Whoever learns a foreign language, then a row for each: English to Thai as the list has them, "other" last. */
export const languageRows: Array<(pupil: SampleStudent) => boolean> = [
  (pupil) => (pupil.foreignLanguage ?? null) !== null,
  ...['01', '02', '03', '04', '05', '10', '11', '12', '13', '06'].map(
    (code) => (pupil: SampleStudent) => pupil.foreignLanguage === code,
  ),
];

const officePositions = [['09', '10'], ['13'], ['32'], ['15'], ['25'], ['16'], ['11'], ['33'], ['34']];
export const officeRowCount = officePositions.length + 1;

/** Which of the ten rows of support staff somebody is in, from 0; undefined where there is none. */
export function officeRowOf({ staffGroup, position, multipleDuties }: SampleStaff): number | undefined {
  if (staffGroup !== '02') return undefined;
  const index = officePositions.findIndex((codes) => codes.includes(position ?? ''));
  if (multipleDuties && (index >= 0 || position === '12')) return officePositions.length;
  return index >= 0 ? index : undefined;
}

function countStaff(
  cells: Cells,
  next: () => string,
  print: Print,
  school: SampleSchool,
  schoolYear: number,
  asOf: string,
): void {
  const staff = staffOf(school, print.level, asOf);
  const write = (holds: (each: SampleStaff) => boolean): void => writeStaff(cells, school, next(), staff.filter(holds));
  const isManager = (each: SampleStaff): boolean => each.staffGroup === '01';
  const isHead = (each: SampleStaff): boolean => isManager(each) && each.position === '01';
  const isDeputy = (each: SampleStaff): boolean => isManager(each) && each.position === '02';
  const isYouthLeader = (each: SampleStaff): boolean =>
    print.hasYouthLeader && each.staffGroup === '03' && each.youthLeader;
  const isTeacher = (each: SampleStaff): boolean => each.staffGroup === '03' && !isYouthLeader(each);
  const isOffice = (each: SampleStaff): boolean => officeRowOf(each) !== undefined;
  const writeTrainings = (holds: (each: SampleStaff) => boolean): void => {
    for (let line = 0; line < 6; line += 1) write((each) => holds(each) && trainingOf(each) === line);
  };
  write((each) => isManager(each) || isTeacher(each) || isYouthLeader(each) || isOffice(each));
  write(isManager);
  write(isHead);
  writeTrainings(isHead);
  write(isDeputy);
  write((each) => isDeputy(each) && isLowland(school));
  write((each) => isDeputy(each) && isMountain(school));
  writeTrainings(isDeputy);
  write(isTeacher);
  writeTrainings(isTeacher);
  for (const [from, to] of teacherAges)
    write((each) => isTeacher(each) && ageOf(each, schoolYear) >= from && ageOf(each, schoolYear) <= to);
  for (const subject of print.subjects)
    write((each) => isTeacher(each) && (each.subjects ?? []).some((code) => subject.includes(code)));
  if (print.hasYouthLeader) write(isYouthLeader);
  write(isOffice);
  for (let line = 0; line < officeRowCount; line += 1) write((each) => isOffice(each) && officeRowOf(each) === line);
}

const supportRooms = [
  'library',
  'equipment',
  'informatics',
  'foreign_language',
  'arts',
  'music',
  'sports_hall',
  'inclusive_support',
];

/** Section V, the same in the forms of several levels; rooms of subjects serve learning too. */
export function countRooms(
  cells: Cells,
  next: () => string,
  school: SampleSchool,
  level: string,
  subjectRooms: readonly string[] = [],
): void {
  const named = [...supportRooms, ...subjectRooms];
  const write = (holds: (room: SampleRoom) => boolean): void =>
    writeRooms(
      cells,
      school,
      next(),
      school.rooms.filter((room) => room.level === level && holds(room)),
    );
  write(({ roomKind }) => roomKind === 'classroom');
  write(({ roomKind }) => roomKind === 'borrowed_classroom');
  write(({ roomKind }) => roomKind === 'other_support' || named.includes(roomKind));
  for (const kind of [...supportRooms, 'tradition', 'medical', ...subjectRooms])
    write(({ roomKind }) => roomKind === kind);
}

const languages = [['07'], ['11'], ['12'], ['13'], ['34'], ['35'], ['33'], ['32']];
const core = [['22'], ['20'], ['23'], ['17'], ['21'], ['18'], ['06'], ['16']];

export const recountLowerSecondary = recountOf({
  level: '03',
  grades: [
    ['06', 11],
    ['07', 12],
    ['08', 13],
    ['09', 14],
  ],
  groups: [['03'], ['02'], ['01']],
  kinds: ['03', '01'],
  subjects: [
    ...core,
    ['24', '14', '15'],
    ['08'],
    ['05'],
    ['19'],
    ['10'],
    ...languages,
    ['36', '01', '02', '09', '25', '26', '27', '28', '29', '30', '31'],
  ],
  hasYouthLeader: true,
  hasSpecialisedClasses: false,
  isTaughtInSchoolsOfHigherLevel: true,
  subjectRooms: ['science', 'technology', 'social_science', 'multipurpose'],
  firstBudgetRow: 32,
});

export const recountUpperSecondary = recountOf({
  level: '04',
  grades: [
    ['10', 15],
    ['11', 16],
    ['12', 17],
  ],
  groups: [['04'], ['03'], ['02', '01']],
  kinds: ['09', '10', '02', '03'],
  subjects: [
    ...core,
    ['24', '14', '15', '26', '27'],
    ['25'],
    ['08'],
    ['10'],
    ...languages,
    ['36', '01', '02', '05', '09', '19', '28', '29', '30', '31'],
  ],
  hasYouthLeader: false,
  hasSpecialisedClasses: true,
  isTaughtInSchoolsOfHigherLevel: false,
  subjectRooms: ['physics', 'chemistry', 'biology', 'technology', 'social_science', 'multipurpose'],
  firstBudgetRow: 40,
});
