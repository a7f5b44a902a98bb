// Form 02-TH-ĐN counted a second time, in plain TypeScript, from what the printed rows and columns say and the decisions in
// docs/decisions/0004. Reads neither the form file nor the compiler, so that the two can be compared.
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
  staffOf,
  teacherAges,
  trainingOf,
  writeBudget,
  writeByOwnership,
  writePeople,
  writeRooms,
  writeStaff,
} from './recount-parts.ts';

/** Every cell of the form for one school; blank cells are missing. */
export function recountPrimary(school: SampleSchool, schoolYear: number, asOf: string, version: string): Cells {
  const cells: Cells = {};
  countSchool(cells, school, asOf);
  countClasses(cells, school);
  countStudents(cells, school, schoolYear, asOf);
  countStaff(cells, school, schoolYear, asOf);
  countRooms(cells, school);
  writeBudget(cells, school, '02', 24, 'NS');
  if (version === '2022')
    writeByOwnership(cells, school, 'B1', school.mainLevel === '02' && school.profile.onlineTeaching ? 1 : 0);
  return cells;
}

const primaryGrades = ['01', '02', '03', '04', '05'];

function countSchool(cells: Cells, school: SampleSchool, asOf: string): void {
  const { profile } = school;
  const counts = school.mainLevel === '02';
  const write = (row: number, holds: boolean): void => writeByOwnership(cells, school, row, counts && holds ? 1 : 0);
  const classes = school.classes.filter((each) => primaryGrades.includes(each.grade)).length;
  const included = pupilsOf(school, primaryGrades, asOf).filter(
    (pupil) => pupil.disability !== null && !isInSpecialClass(school, pupil),
  ).length;
  write(1, true);
  write(2, isLowland(school));
  write(3, isLowland(school) && classes >= 28);
  write(4, isLowland(school) && classes <= 27);
  write(5, isMountain(school));
  write(6, isMountain(school) && classes >= 19);
  write(7, isMountain(school) && classes <= 18);
  write(8, profile.nationalStandard === '02');
  write(9, profile.nationalStandard === '03');
  write(10, profile.twoSessions);
  write(11, profile.schoolKind === '01');
  write(12, isSpecialSchool(school));
  write(13, included > 0 && included < 20);
  write(14, included >= 20);
  write(15, school.sites.filter((site) => !site.isMain).length >= 5);
  write(16, profile.computers);
  write(17, profile.internet);
  write(18, profile.electricity);
  write(19, profile.cleanWater);
  write(20, profile.toilets);
  write(21, profile.handWashing);
  write(22, profile.lifeSkills);
  write(23, profile.disabilityAccess);
  write(24, profile.counselling);
  if (counts && profile.disasterPlan !== null) write(25, profile.disasterPlan);
  writeByOwnership(cells, school, 26, counts ? school.sites.length : 0);
}

function countClasses(cells: Cells, school: SampleSchool): void {
  const classes = school.classes.filter((each) => primaryGrades.includes(each.grade));
  const write = (row: number, holds: (each: SampleClass) => boolean): void =>
    writeByOwnership(cells, school, row, classes.filter(holds).length);
  write(27, () => true);
  primaryGrades.forEach((grade, index) => write(28 + index, (each) => each.grade === grade));
  write(33, (each) => each.twoSessions);
  write(34, (each) => each.boarding && school.profile.schoolKind === '01');
  write(35, () => isSpecialSchool(school));
  write(36, (each) => each.combined);
}

function countStudents(cells: Cells, school: SampleSchool, schoolYear: number, asOf: string): void {
  const pupils = pupilsOf(school, primaryGrades, asOf);
  const write = (row: number, holds: (pupil: SampleStudent) => boolean): void =>
    writePeople(cells, school, row, pupils.filter(holds), row === 76);
  const age = (pupil: SampleStudent): number => ageOf(pupil, schoolYear);
  write(37, () => true);
  write(38, () => isLowland(school));
  write(39, () => isMountain(school));
  primaryGrades.forEach((grade, index) => write(40 + index, (pupil) => pupil.grade === grade));
  write(45, (pupil) => age(pupil) < 6);
  for (const years of [6, 7, 8, 9, 10]) write(40 + years, (pupil) => age(pupil) === years);
  write(51, (pupil) => age(pupil) > 10);
  primaryGrades.forEach((grade, index) =>
    write(52 + index, (pupil) => pupil.grade === grade && age(pupil) === 6 + index),
  );
  write(57, (pupil) => pupil.newEntrant === true);
  write(58, (pupil) => pupil.repeating === true);
  write(59, (pupil) => pupil.twoSessions);
  write(60, (pupil) => isMinority(pupil) && pupil.boarding === '01');
  const kinds = ['03', '02', '05', '01', '04'];
  for (const [first, special] of [
    [61, false],
    [67, true],
  ] as const) {
    const learnsHere = (pupil: SampleStudent): boolean => isInSpecialClass(school, pupil) === special;
    write(first, (pupil) => pupil.disability !== null && learnsHere(pupil));
    kinds.forEach((kind, index) => write(first + 1 + index, (pupil) => pupil.disability === kind && learnsHere(pupil)));
  }
  write(73, (pupil) => pupil.informatics === true);
  write(74, (pupil) => pupil.policyGroup !== null);
  write(75, (pupil) => pupil.costSupport);
  write(76, (pupil) => pupil.smallMinoritySupport);
  write(77, (pupil) => pupil.mealSupport);
}

const officePositions = [['09', '10'], ['32'], ['15'], ['25'], ['16'], ['11'], ['33'], ['34']];

/** Row 111-119 of a support worker; undefined where the form has none. */
function officeRowOf({ position, multipleDuties }: SampleStaff): number | undefined {
  const index = officePositions.findIndex((codes) => codes.includes(position ?? ''));
  if (multipleDuties && (index >= 0 || position === '12')) return 119;
  return index >= 0 ? 111 + index : undefined;
}

function countStaff(cells: Cells, school: SampleSchool, schoolYear: number, asOf: string): void {
  const staff = staffOf(school, '02', asOf);
  const write = (row: number, holds: (each: SampleStaff) => boolean): void =>
    writeStaff(cells, school, row, staff.filter(holds));
  const isManager = (each: SampleStaff): boolean => each.staffGroup === '01';
  const isHead = (each: SampleStaff): boolean => isManager(each) && each.position === '01';
  const isDeputy = (each: SampleStaff): boolean => isManager(each) && each.position === '02';
  const isTeacher = (each: SampleStaff): boolean => each.staffGroup === '03' && !each.youthLeader;
  const isYouthLeader = (each: SampleStaff): boolean => each.staffGroup === '03' && each.youthLeader;
  const isOffice = (each: SampleStaff): boolean => each.staffGroup === '02' && officeRowOf(each) !== undefined;
  write(78, (each) => isManager(each) || isTeacher(each) || isYouthLeader(each) || isOffice(each));
  write(79, isManager);
  write(80, isHead);
  write(87, isDeputy);
  write(88, (each) => isDeputy(each) && isLowland(school));
  write(89, (each) => isDeputy(each) && isMountain(school));
  write(96, isTeacher);
  for (let step = 0; step < 6; step += 1) {
    write(81 + step, (each) => isHead(each) && trainingOf(each) === step);
    write(90 + step, (each) => isDeputy(each) && trainingOf(each) === step);
    write(97 + step, (each) => isTeacher(each) && trainingOf(each) === step);
  }
  teacherAges.forEach(([from, to], index) =>
    write(103 + index, (each) => isTeacher(each) && ageOf(each, schoolYear) >= from && ageOf(each, schoolYear) <= to),
  );
  write(109, isYouthLeader);
  write(110, isOffice);
  for (let row = 111; row <= 119; row += 1) write(row, (each) => isOffice(each) && officeRowOf(each) === row);
}

const roomRows: Array<[number, (room: SampleRoom) => boolean]> = [
  [120, (room) => room.roomKind === 'classroom'],
  [121, (room) => room.roomKind === 'borrowed_classroom'],
  [122, (room) => !['classroom', 'borrowed_classroom', 'tradition', 'medical'].includes(room.roomKind)],
  ...[
    'library',
    'equipment',
    'informatics',
    'foreign_language',
    'arts',
    'music',
    'sports_hall',
    'inclusive_support',
    'tradition',
    'medical',
  ].map((kind, index): [number, (room: SampleRoom) => boolean] => [123 + index, (room) => room.roomKind === kind]),
];

function countRooms(cells: Cells, school: SampleSchool): void {
  for (const [row, holds] of roomRows)
    writeRooms(
      cells,
      school,
      row,
      school.rooms.filter((room) => room.level === '02' && holds(room)),
    );
}
