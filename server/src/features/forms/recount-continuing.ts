// Form X05-GDTX-ĐN counted a second time from its printed rows, from top to bottom: the place of a row is its code.
// Reads neither the form file nor the compiler.
import {
  ageOf,
  type Cells,
  isHere,
  isLowland,
  isMountain,
  pupilsOf,
  staffOf,
  teacherAges,
  trainingOf,
  writeBudget,
  writeByOwnership,
  writePeople,
  writeStaff,
} from './recount-parts.ts';
import { countRooms, languageRows, numberRows, officeRowCount, officeRowOf } from './recount-secondary.ts';
import type { SampleClass, SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';

/** Every cell of the form for one school; blank cells are missing. */
export function recountContinuing(school: SampleSchool, schoolYear: number, asOf: string): Cells {
  const cells: Cells = {};
  const next = numberRows();
  countCentre(cells, next, school);
  countClasses(cells, next, school);
  countLearners(cells, next, school, asOf);
  countStaff(cells, next, school, schoolYear, asOf);
  countVisitors(cells, next, school, asOf);
  countRooms(cells, next, school, '05');
  writeBudget(cells, school, '05', 48, 'NS');
  return cells;
}

/** Programmes in the order of print; those with grades have a row for each. */
const programmes: Array<{ grades: string[]; byGrade: boolean }> = [
  { grades: ['18'], byGrade: false },
  { grades: ['19'], byGrade: false },
  { grades: ['24', '25', '26', '27', '28'], byGrade: true },
  { grades: ['20', '21', '22', '23'], byGrade: true },
  { grades: ['13', '14', '15'], byGrade: true },
];
const allGrades = programmes.flatMap(({ grades }) => grades);

function countCentre(cells: Cells, next: () => string, school: SampleSchool): void {
  const { profile } = school;
  const isOwn = school.mainLevel === '05';
  const write = (holds: boolean): void => writeByOwnership(cells, school, next(), isOwn && holds ? 1 : 0);
  write(true);
  write(isLowland(school));
  write(isMountain(school));
  for (const kind of ['15', '16', '17']) write(profile.schoolKind === kind);
  write(profile.computers);
  write(profile.internet);
  write(profile.onlineTeaching === true);
  write(profile.electricity);
  write(profile.cleanWater);
  write(profile.toilets);
  write(profile.disabilityAccess);
  writeByOwnership(cells, school, next(), isOwn ? school.sites.length : 0);
}

function countClasses(cells: Cells, next: () => string, school: SampleSchool): void {
  const classes = school.classes.filter((each) => allGrades.includes(each.grade));
  const write = (holds: (each: SampleClass) => boolean): void =>
    writeByOwnership(cells, school, next(), classes.filter(holds).length);
  write(() => true);
  for (const { grades, byGrade } of programmes) {
    write((each) => grades.includes(each.grade));
    if (byGrade) for (const grade of grades) write((each) => each.grade === grade);
  }
}

function countLearners(cells: Cells, next: () => string, school: SampleSchool, asOf: string): void {
  const learners = pupilsOf(school, allGrades, asOf);
  const write = (holds: (learner: SampleStudent) => boolean): void =>
    writePeople(cells, school, next(), learners.filter(holds));
  write(() => true);
  write(() => isLowland(school));
  write(() => isMountain(school));
  for (const { grades, byGrade } of programmes) {
    write((learner) => grades.includes(learner.grade));
    if (byGrade) for (const grade of grades) write((learner) => learner.grade === grade);
  }
  write((learner) => learner.newEntrant === true);
  write((learner) => learner.repeating === true);
  write((learner) => learner.disability !== null);
  write((learner) => learner.informatics === true);
  for (const holds of languageRows) write(holds);
  write((learner) => learner.vocational === true);
  write((learner) => learner.policyGroup !== null);
  write((learner) => learner.costSupport);
  write((learner) => learner.mealSupport);
}

/** Subjects without a row of their own are in the last one: nobody who teaches something is in none. */
const subjects = [
  '22',
  '20',
  '23',
  '17',
  '21',
  '18',
  '06',
  '16',
  '24 14 15',
  '10',
  '07',
  '28',
  '29',
  '30',
  '31',
  '36 01 02 05 08 09 11 12 13 19 25 26 27 32 33 34 35',
].map((codes) => codes.split(' '));

function countStaff(cells: Cells, next: () => string, school: SampleSchool, schoolYear: number, asOf: string): void {
  const staff = staffOf(school, '05', asOf);
  const write = (holds: (each: SampleStaff) => boolean): void => writeStaff(cells, school, next(), staff.filter(holds));
  const isManager = (each: SampleStaff): boolean => each.staffGroup === '01';
  const isDirector = (each: SampleStaff): boolean => isManager(each) && ['05', '01'].includes(each.position ?? '');
  const isDeputy = (each: SampleStaff): boolean => isManager(each) && ['06', '02'].includes(each.position ?? '');
  const isTeacher = (each: SampleStaff): boolean => each.staffGroup === '03';
  const isOfTrade = (each: SampleStaff): boolean => each.staffGroup === '06';
  const isOffice = (each: SampleStaff): boolean => officeRowOf(each) !== undefined;
  const writeTrainings = (holds: (each: SampleStaff) => boolean): void => {
    for (let line = 0; line < 6; line += 1) write((each) => holds(each) && trainingOf(each) === line);
  };
  write((each) => isManager(each) || isTeacher(each) || isOfTrade(each) || isOffice(each));
  write(isManager);
  write(isDirector);
  writeTrainings(isDirector);
  write(isDeputy);
  write((each) => isDeputy(each) && isLowland(school));
  write((each) => isDeputy(each) && isMountain(school));
  writeTrainings(isDeputy);
  write(isTeacher);
  writeTrainings(isTeacher);
  for (const [from, to] of teacherAges)
    write((each) => isTeacher(each) && ageOf(each, schoolYear) >= from && ageOf(each, schoolYear) <= to);
  for (const codes of subjects)
    write((each) => isTeacher(each) && (each.subjects ?? []).some((subject) => codes.includes(subject)));
  write(isOfTrade);
  write(isOffice);
  for (let line = 0; line < officeRowCount; line += 1) write((each) => isOffice(each) && officeRowOf(each) === line);
}

/** Teachers under contracts that do not make them staff of the centre. */
function countVisitors(cells: Cells, next: () => string, school: SampleSchool, asOf: string): void {
  const teachers = school.staff.filter(
    (each) =>
      isHere(each, asOf) &&
      ['01', '07'].includes(each.status) &&
      each.level === '05' &&
      ['03', '06'].includes(each.staffGroup),
  );
  for (const contract of ['06', '05'])
    writePeople(
      cells,
      school,
      next(),
      teachers.filter((each) => each.contract === contract),
    );
}
