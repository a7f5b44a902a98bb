// The forms of every level, X06-KT-ĐN and X07-NSNN-ĐN, counted a second time from their printed rows.
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
import type { SampleSchool } from './sample-schools.ts';

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
  const staff = school.staff.filter(
    (each) => isHere(each, asOf) && ['01', '07'].includes(each.status) && !['05', '06'].includes(each.contract),
  );
  const inSpecialSchool = isSpecialSchool(school) ? staff : [];
  const isSupport = ({ staffGroup, position }: { staffGroup: string; position: string | null }): boolean =>
    staffGroup === '02' && position === '33';
  writeThree(
    cells,
    next(),
    inSpecialSchool.filter((each) => each.staffGroup === '01'),
  );
  writeThree(
    cells,
    next(),
    inSpecialSchool.filter((each) => each.staffGroup === '03'),
  );
  writeThree(cells, next(), staff.filter(isSupport));
  writeThree(cells, next(), inSpecialSchool.filter(isSupport));
  return cells;
}

/** Every cell of X07-NSNN-ĐN for one school. */
export function recountBudget(school: SampleSchool): Cells {
  const cells: Cells = {};
  writeMoney(cells, school, 15, ['total', 'training_total', 'retraining_total']);
  ['01', '02', '03', '04', '05'].forEach((level, index) =>
    writeBudget(cells, school, level, 16 + 8 * index, level === '01' ? '' : 'NS'),
  );
  budgetLines.forEach((line, index) => {
    writeMoney(cells, school, 56 + index, [`training_${line}`]);
    writeMoney(cells, school, 64 + index, [`retraining_${line}`]);
  });
  return cells;
}
