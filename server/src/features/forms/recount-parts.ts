// What the recounts of the forms share: who counts on a day, and how a count is written over the printed columns.
// Reads neither form files nor the compiler: the recounts judge both. Readings: docs/decisions/0004.
import type { SampleRoom, SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';

export type Cells = Record<string, number>;

/** Every cell of a form for one school, counted from what the form prints; blank cells are missing. */
export type Recount = (school: SampleSchool, schoolYear: number, asOf: string, version: string) => Cells;

export const isLowland = ({ profile }: SampleSchool): boolean => ['01', '02', '03'].includes(profile.region ?? '');
export const isMountain = ({ profile }: SampleSchool): boolean => ['04', '05', '06'].includes(profile.region ?? '');
export const isPublic = ({ profile }: SampleSchool): boolean => profile.ownership === '01';
export const isPrivate = ({ profile }: SampleSchool): boolean => ['02', '03', '09'].includes(profile.ownership ?? '');
/** For the disabled: of preschool children, or of pupils. */
export const isSpecialSchool = ({ profile }: SampleSchool): boolean => ['04', '18'].includes(profile.schoolKind);

export const isFemale = ({ sex }: { sex: string }): boolean => sex === '02';
export const isMinority = ({ ethnicity }: { ethnicity: string }): boolean => ethnicity !== '01' && ethnicity !== '55';
export const isHere = ({ enteredOn, leftOn }: { enteredOn: string; leftOn: string | null }, day: string): boolean =>
  enteredOn <= day && (leftOn === null || leftOn > day);
export const ageOf = ({ birthDate }: { birthDate: string }, schoolYear: number): number =>
  schoolYear - Number(birthDate.slice(0, 4));

export function pupilsOf(school: SampleSchool, grades: readonly string[], asOf: string): SampleStudent[] {
  return school.students.filter((pupil) => isHere(pupil, asOf) && grades.includes(pupil.grade));
}

export function isInSpecialClass(school: SampleSchool, pupil: SampleStudent): boolean {
  const code = pupil.openingClassCode ?? pupil.classCode;
  return school.classes.find((each) => each.code === code)!.special;
}

/** At work on the day, at a level, under a contract of the school. */
export function staffOf(school: SampleSchool, level: string, asOf: string): SampleStaff[] {
  return school.staff.filter(
    (each) =>
      isHere(each, asOf) &&
      ['01', '07'].includes(each.status) &&
      each.level === level &&
      !['05', '06'].includes(each.contract),
  );
}

/** Intermediate, college, university, master, doctor, other: the place of a person among the six lines of training. */
export function trainingOf({ training }: SampleStaff): number {
  if (['18', '15', '09', '10'].includes(training)) return 0;
  if (['17', '14'].includes(training)) return 1;
  if (['16', '13'].includes(training)) return 2;
  return training === '02' ? 3 : training === '01' ? 4 : 5;
}

/** First and last age of each line "Chia theo độ tuổi" of teachers. */
export const teacherAges: ReadonlyArray<readonly [number, number]> = [
  [20, 29],
  [30, 39],
  [40, 49],
  [50, 54],
  [55, 59],
  [60, 60],
];

/** Total, public, private. */
export function writeByOwnership(cells: Cells, school: SampleSchool, row: number | string, count: number): void {
  cells[`${row}.1`] = count;
  cells[`${row}.2`] = isPublic(school) ? count : 0;
  cells[`${row}.3`] = isPrivate(school) ? count : 0;
}

const fourOf = <Person extends { sex: string; ethnicity: string }>(people: Person[]): Person[][] => [
  people,
  people.filter(isFemale),
  people.filter(isMinority),
  people.filter((each) => isFemale(each) && isMinority(each)),
];

/** [Total, public, private] × [all, female, minority, female of minority]; `hashed`: the minority columns are printed "#". */
export function writePeople(
  cells: Cells,
  school: SampleSchool,
  row: number | string,
  people: Array<{ sex: string; ethnicity: string }>,
  hashed = false,
): void {
  fourOf(people).forEach((group, index) => {
    if (hashed && index >= 2) return;
    cells[`${row}.${1 + index}`] = group.length;
    cells[`${row}.${5 + index}`] = isPublic(school) ? group.length : 0;
    cells[`${row}.${9 + index}`] = isPrivate(school) ? group.length : 0;
  });
}

/** The fifteen columns of staff, those of public schools with their contracts. */
export function writeStaff(cells: Cells, school: SampleSchool, row: number | string, people: SampleStaff[]): void {
  const [inPublic, inPrivate] = [isPublic(school) ? 1 : 0, isPrivate(school) ? 1 : 0];
  fourOf(people).forEach(({ length }, index) => {
    cells[`${row}.${1 + index}`] = length;
    cells[`${row}.${[5, 9, 10, 11][index]}`] = length * inPublic;
    cells[`${row}.${12 + index}`] = length * inPrivate;
  });
  cells[`${row}.6`] = inPublic * people.filter((each) => each.contract === '07').length;
  cells[`${row}.7`] = inPublic * people.filter((each) => each.contract === '08').length;
  cells[`${row}.8`] = inPublic * people.filter((each) => ['02', '03', '04'].includes(each.contract)).length;
}

/** [Total, public, private] × [all, solid, semi-solid, temporary]. */
export function writeRooms(cells: Cells, school: SampleSchool, row: number | string, rooms: SampleRoom[]): void {
  const sums = (['solid', 'semiSolid', 'temporary'] as const).map((key) =>
    rooms.reduce((sum, room) => sum + room[key], 0),
  );
  [sums.reduce((a, b) => a + b), ...sums].forEach((count, index) => {
    cells[`${row}.${1 + index}`] = count;
    cells[`${row}.${5 + index}`] = isPublic(school) ? count : 0;
    cells[`${row}.${9 + index}`] = isPrivate(school) ? count : 0;
  });
}

/** The total of a block, its sources, its uses, in the order of print. */
export const budgetLines = [
  'total',
  'source_budget',
  'source_fees',
  'source_other',
  'use_personal',
  'use_goods',
  'use_support',
  'use_other',
];

/** Settled, planned, estimated: the sum of these lines, in hundredths so that it does not drift. */
export function writeMoney(cells: Cells, school: SampleSchool, row: number | string, lines: readonly string[]): void {
  (['settled', 'planned', 'estimated'] as const).forEach((amount, index) => {
    const hundredths = school.budget.map((each) => (lines.includes(each.line) ? Math.round(each[amount] * 100) : 0));
    cells[`${row}.${index + 1}`] = hundredths.reduce((sum, part) => sum + part, 0) / 100;
  });
}

/** The block of eight lines of one level: the money of the schools whose main level it is. */
export function writeBudget(cells: Cells, school: SampleSchool, level: string, firstRow: number, prefix = ''): void {
  budgetLines.forEach((line, index) =>
    writeMoney(cells, school, `${prefix}${firstRow + index}`, school.mainLevel === level ? [line] : []),
  );
}
