// The forms of every level, of disabled learners and of the state budget, counted a second time from their printed rows.
// Reads neither the form files nor the compiler.
import {
  budgetLines,
  type Cells,
  isFemale,
  isHere,
  isInSpecialClass,
  isMinority,
  isSpecialSchool,
  writeBudget,
  writeByOwnership,
  writeMoney,
} from './recount-parts.ts';
import { numberRows } from './recount-secondary.ts';
import type { SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';

const gradesByLevel: string[][] = [
  ['16', '17'],
  ['01', '02', '03', '04', '05'],
  ['06', '07', '08', '09'],
  ['10', '11', '12'],
  ['18', '19', '24', '25', '26', '27', '28', '20', '21', '22', '23', '13', '14', '15'],
];
/** Vision, hearing and speech, intellect, movement, nervous and mental, other. */
const disabilities = ['03', '02', '05', '01', '04', '06'];

/** All, female, minority. */
function writeThree(cells: Cells, row: string, people: Array<{ sex: string; ethnicity: string }>): void {
  cells[`${row}.1`] = people.length;
  cells[`${row}.2`] = people.filter(isFemale).length;
  cells[`${row}.3`] = people.filter(isMinority).length;
}

/** Every cell of X06-KT-ĐN for one school. */
export function recountDisabled(school: SampleSchool, _schoolYear: number, asOf: string): Cells {
  const cells: Cells = {};
  const next = numberRows();
  const disabled = school.students.filter((pupil) => isHere(pupil, asOf) && pupil.disability !== null);
  const included = disabled.filter((pupil) => !isInSpecialClass(school, pupil));
  writeByOwnership(cells, school, next(), 1);
  writeByOwnership(cells, school, next(), isSpecialSchool(school) ? 1 : 0);
  writeByOwnership(cells, school, next(), included.length > 0 ? 1 : 0);
  writeByOwnership(cells, school, next(), school.profile.disabilityAccess ? 1 : 0);
  for (const learners of [included, disabled.filter((pupil) => isInSpecialClass(school, pupil))]) {
    for (const group of [
      learners,
      ...gradesByLevel.map((grades) => learners.filter((each) => grades.includes(each.grade))),
    ]) {
      writeThree(cells, next(), group);
      for (const kind of disabilities)
        writeThree(
          cells,
          next(),
          group.filter((each) => each.disability === kind),
        );
    }
  }
  for (const people of supportOf(school, asOf)) writeThree(cells, next(), people);
  return cells;
}

/** Managers and teachers of special institutions; support staff, and those of special institutions. */
function supportOf(school: SampleSchool, asOf: string): SampleStaff[][] {
  const staff = school.staff.filter(
    (each) => isHere(each, asOf) && ['01', '07'].includes(each.status) && !['05', '06'].includes(each.contract),
  );
  const inSpecialSchool = isSpecialSchool(school) ? staff : [];
  const isSupport = ({ staffGroup, position }: SampleStaff): boolean => staffGroup === '02' && position === '33';
  return [
    inSpecialSchool.filter((each) => each.staffGroup === '01'),
    inSpecialSchool.filter((each) => each.staffGroup === '03'),
    staff.filter(isSupport),
    inSpecialSchool.filter(isSupport),
  ];
}

const opened = '2024-09-30';

/** All, then those of each level; preschool has no results of a year. */
function writeByLevel(cells: Cells, row: string, people: SampleStudent[], first = 0): void {
  writeThree(cells, row, people);
  ['MN', 'TH', 'CS', 'PT', 'TX'].forEach((suffix, index) => {
    const ofLevel = people.filter(({ grade }) => gradesByLevel[index]!.includes(grade));
    if (index >= first) writeThree(cells, `${row}${suffix}`, ofLevel);
  });
}

function countMovements(cells: Cells, disabled: SampleStudent[], asOf: string): void {
  const since = (day: string | null): boolean => day !== null && day > opened && day <= asOf;
  const came = (...codes: string[]): SampleStudent[] =>
    disabled.filter((each) => since(each.enteredOn) && codes.includes(each.entryStatus ?? ''));
  const went = (...codes: string[]): SampleStudent[] =>
    disabled.filter((each) => since(each.leftOn) && codes.includes(each.leaveStatus ?? ''));
  writeByLevel(cells, 'DE', came('02', '06', '10'));
  writeByLevel(cells, 'TL', came('03', '07'));
  writeByLevel(cells, 'DI', went('04', '08', '11'));
  const withdrawn = went('05', '09', '12');
  writeByLevel(cells, 'TH', withdrawn);
  for (let reason = 1; reason <= 10; reason += 1) {
    const forIt = withdrawn.filter(({ leaveReason }) => Number(leaveReason) === reason);
    writeThree(cells, `THL${reason}`, forIt);
  }
}

const results: Record<string, string[]> = { LL: ['01'], DG: ['02'], OL: ['03'], HC: ['04', '05', '06', '07', '08'] };

/** Every cell of X06-KT-CN for one school. */
export function recountDisabledEnd(school: SampleSchool, _schoolYear: number, asOf: string): Cells {
  const cells: Cells = {};
  const disabled = school.students.filter((pupil) => pupil.disability !== null);
  const isIncluded = (pupil: SampleStudent): boolean => !isInSpecialClass(school, pupil);
  for (const [row, day] of Object.entries({ DN: opened, CN: asOf })) {
    const present = disabled.filter((pupil) => isHere(pupil, day));
    const included = present.filter(isIncluded);
    writeByLevel(cells, row, present);
    writeThree(cells, `${row}HN`, included);
    writeThree(
      cells,
      `${row}CB`,
      present.filter((pupil) => !isIncluded(pupil)),
    );
  }
  const atEnd = disabled.filter((pupil) => isHere(pupil, asOf));
  writeByOwnership(cells, school, 'TR', 1);
  writeByOwnership(cells, school, 'TR1', isSpecialSchool(school) ? 1 : 0);
  writeByOwnership(cells, school, 'TR2', atEnd.some(isIncluded) ? 1 : 0);
  countMovements(cells, disabled, asOf);
  disabilities.forEach((kind, index) => {
    const ofKind = atEnd.filter(({ disability }) => disability === kind);
    writeThree(cells, `CN${index + 1}`, ofKind);
  });
  for (const [row, codes] of Object.entries(results)) {
    const judged = atEnd.filter(({ yearResult }) => codes.includes(yearResult ?? ''));
    writeByLevel(cells, row, judged, 1);
  }
  const rowsOfStaff = ['DB1', 'DB2', 'DB3', 'DB3-1'];
  supportOf(school, asOf).forEach((people, index) => writeThree(cells, rowsOfStaff[index]!, people));
  return cells;
}

/** Every cell of X07-NSNN-ĐN for one school; at the end of the year all rows have the prefix. */
const recountBudgetAs =
  (prefix: string) =>
  (school: SampleSchool): Cells => {
    const cells: Cells = {};
    writeMoney(cells, school, `${prefix}15`, ['total', 'training_total', 'retraining_total']);
    ['01', '02', '03', '04', '05'].forEach((level, index) =>
      writeBudget(cells, school, level, 16 + 8 * index, level === '01' ? prefix : 'NS'),
    );
    budgetLines.forEach((line, index) => {
      writeMoney(cells, school, `${prefix}${56 + index}`, [`training_${line}`]);
      writeMoney(cells, school, `${prefix}${64 + index}`, [`retraining_${line}`]);
    });
    return cells;
  };

export const recountBudget = recountBudgetAs('');
export const recountBudgetEnd = recountBudgetAs('NS');
