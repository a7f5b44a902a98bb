// The end-of-year forms counted a second time, from what their rows print: opening, comings and goings, results, staff who left.
// Reads neither the form files nor the compiler, so that the two can be compared.
import type { SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';
import { type Cells, isFemale, isHere, isMinority, type Recount, staffOf } from './recount-parts.ts';

/** A level as its form divides it: the end of the row's code, and the grade. */
interface LevelOfForm {
  level: string;
  grades: ReadonlyArray<readonly [suffix: string, grade: string]>;
  /** Ownership of each group of columns after the total. */
  owners: ReadonlyArray<readonly string[]>;
  /** Groups of staff, in the order of their rows. */
  groups: readonly string[];
}

const yearsOf = (first: number, last: number): LevelOfForm['grades'] =>
  Array.from({ length: last - first + 1 }, (_, index) => {
    const year = first + index;
    return [String(year), String(year).padStart(2, '0')] as const;
  });
const publicOrPrivate = [['01'], ['02', '03', '09']];
const groups = ['01', '03', '02'];

const preschool: LevelOfForm = {
  level: '01',
  grades: [
    ['NT', '16'],
    ['MG', '17'],
  ],
  owners: [['01'], ['02', '09'], ['03']],
  groups,
};
const primary: LevelOfForm = { level: '02', grades: yearsOf(1, 5), owners: publicOrPrivate, groups };
const lowerSecondary: LevelOfForm = { level: '03', grades: yearsOf(6, 9), owners: publicOrPrivate, groups };
const upperSecondary: LevelOfForm = { level: '04', grades: yearsOf(10, 12), owners: publicOrPrivate, groups };
/** Literacy, what follows it, then the years 1-12, whose codes do not follow one another. */
const continuing: LevelOfForm = {
  level: '05',
  grades: [
    ['XM', '18'],
    ['SC', '19'],
    ...['24', '25', '26', '27', '28', '20', '21', '22', '23', '13', '14', '15'].map(
      (grade, index) => [String(index + 1), grade] as const,
    ),
  ],
  owners: publicOrPrivate,
  groups: [...groups, '06'],
};

/** Writes a count under the total and under its owner. */
type Writer<Counted> = (row: string, counted: Counted[]) => void;

function counter(cells: Cells, school: SampleSchool, { owners }: LevelOfForm): (row: string, count: number) => void {
  return (row, count) => {
    [true, ...owners.map((codes) => codes.includes(school.profile.ownership ?? ''))].forEach((counts, index) => {
      cells[`${row}.${index + 1}`] = counts ? count : 0;
    });
  };
}

/** Four columns a group; `extra` stand after the first column of public schools. */
function peopleWriter<Person extends { sex: string; ethnicity: string }>(
  cells: Cells,
  school: SampleSchool,
  { owners }: LevelOfForm,
  extra: Array<(person: Person) => boolean> = [],
): Writer<Person> {
  const four = [() => true, isFemale, isMinority, (each: Person) => isFemale(each) && isMinority(each)];
  return (row, people) => {
    let column = 1;
    const write = (isCounted: boolean, holds: (person: Person) => boolean): void => {
      cells[`${row}.${column}`] = isCounted ? people.filter(holds).length : 0;
      column += 1;
    };
    for (const holds of four) write(true, holds);
    owners.forEach((codes, index) => {
      const owns = codes.includes(school.profile.ownership ?? '');
      const [all, ...others] = four;
      for (const holds of [all!, ...(index === 0 ? extra : []), ...others]) write(owns, holds);
    });
  };
}

/** The row of one grade of what a row counts. */
const codeOf = (row: string, suffix: string): string => (/\d$/.test(row) ? `${row}-${suffix}` : `${row}${suffix}`);

const opened = '2024-09-30';

function countMovements(cells: Cells, school: SampleSchool, form: LevelOfForm, asOf: string): void {
  const write = peopleWriter<SampleStudent>(cells, school, form);
  const mine = school.students.filter((pupil) => form.grades.some(([, grade]) => grade === pupil.grade));
  const byGrade = (row: string, pupils: SampleStudent[]): void => {
    write(row, pupils);
    for (const [suffix, grade] of form.grades)
      write(
        codeOf(row, suffix),
        pupils.filter((each) => each.grade === grade),
      );
  };
  const since = (day: string | null): boolean => day !== null && day > opened && day <= asOf;
  const came = mine.filter((pupil) => since(pupil.enteredOn));
  const went = mine.filter((pupil) => since(pupil.leftOn));
  const byStatus = (pupils: SampleStudent[], key: 'entryStatus' | 'leaveStatus', ...codes: string[]) =>
    pupils.filter((each) => codes.includes(each[key] ?? ''));
  byGrade(
    'DN',
    mine.filter((pupil) => isHere(pupil, opened)),
  );
  byGrade('DE', byStatus(came, 'entryStatus', '02', '06', '10'));
  byGrade('TL', byStatus(came, 'entryStatus', '03', '07'));
  const transferred = byStatus(went, 'leaveStatus', '04', '08', '11');
  byGrade('DI', transferred);
  for (const code of ['01', '02', '03'])
    write(
      `DIN${Number(code)}`,
      transferred.filter((each) => each.destination === code),
    );
  const withdrawn = byStatus(went, 'leaveStatus', '05', '09', '12');
  byGrade('TH', withdrawn);
  for (const code of ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'])
    write(
      `THL${Number(code)}`,
      withdrawn.filter((each) => each.leaveReason === code),
    );
  byGrade(
    'CN',
    mine.filter((pupil) => isHere(pupil, asOf)),
  );
}

function countResults(cells: Cells, school: SampleSchool, form: LevelOfForm, asOf: string): void {
  const write = peopleWriter<SampleStudent>(cells, school, form);
  const byGrade = (row: string, holds: (pupil: SampleStudent) => boolean, grades = form.grades): void => {
    const pupils = school.students.filter(
      (pupil) => isHere(pupil, asOf) && form.grades.some(([, grade]) => grade === pupil.grade) && holds(pupil),
    );
    write(row, pupils);
    for (const [suffix, grade] of grades)
      write(
        codeOf(row, suffix),
        pupils.filter((each) => each.grade === grade),
      );
  };
  const years = form.grades.filter(([suffix]) => Number(suffix) > 0);
  const levels = ['01', '02', '03', '04'];
  if (form === primary)
    levels.forEach((code, index) => byGrade(`GD${index + 1}`, (each) => each.educationResult === code));
  else {
    const assessed = years.filter(([suffix]) => Number(suffix) > 5);
    levels.forEach((code, index) => byGrade(`HT${index + 1}`, (each) => each.learningResult === code, assessed));
    levels.forEach((code, index) => byGrade(`RL${index + 1}`, (each) => each.conductResult === code, assessed));
  }
  const isLast = (suffix: string): boolean => ['5', '9', '12'].includes(suffix);
  byGrade(
    'LL',
    (each) => each.yearResult === '01',
    years.filter(([suffix]) => !isLast(suffix)),
  );
  byGrade('DG', (each) => each.yearResult === '02', years);
  byGrade('OL', (each) => each.yearResult === '03', years);
  for (const [suffix] of years.filter(([each]) => isLast(each)))
    byGrade(
      form === continuing ? `HC${suffix}` : 'HC',
      ({ yearResult }) => completed[suffix]!.includes(yearResult ?? ''),
      [],
    );
  if (form === upperSecondary || form === continuing) {
    byGrade('DT', (each) => each.yearResult === '07' || each.yearResult === '08', []);
    byGrade('TN', (each) => each.yearResult === '07', []);
  }
}

/** What is given in the last year of each level. */
const completed: Record<string, string[]> = { '5': ['04'], '9': ['05'], '12': ['06', '07', '08'] };

function countStaff(cells: Cells, school: SampleSchool, form: LevelOfForm, asOf: string): void {
  const write = peopleWriter<SampleStaff>(cells, school, form, [
    (each) => each.contract === '07',
    (each) => each.contract === '08',
    (each) => ['02', '03', '04'].includes(each.contract),
  ]);
  const byGroup = (row: string, people: SampleStaff[]): void => {
    write(
      row,
      people.filter((each) => form.groups.includes(each.staffGroup)),
    );
    form.groups.forEach((group, index) =>
      write(
        `${row}${index + 1}`,
        people.filter((each) => each.staffGroup === group),
      ),
    );
  };
  const atWork = staffOf(school, form.level, asOf);
  byGroup('DB', atWork);
  const managers = atWork.filter((each) => each.staffGroup === '01');
  write(
    'DB1-1',
    managers.filter((each) => each.position === '01' || (form === continuing && each.position === '05')),
  );
  write(
    'DB1-2',
    managers.filter((each) => each.position === '02' || (form === continuing && each.position === '06')),
  );
  if (form === primary || form === lowerSecondary)
    write(
      'DB2-1',
      atWork.filter((each) => each.staffGroup === '03' && each.youthLeader),
    );
  const left = school.staff.filter(
    ({ level, contract, leftOn }) =>
      level === form.level && !['05', '06'].includes(contract) && leftOn !== null && leftOn > opened && leftOn <= asOf,
  );
  byGroup('RD', left);
  byGroup(
    'NH',
    left.filter((each) => each.status === '05'),
  );
}

/** Checked children who are there at the end, and those of each nutritional status; a status without a check is not counted. */
function countNutrition(cells: Cells, school: SampleSchool, form: LevelOfForm, asOf: string): void {
  const write = peopleWriter<SampleStudent>(cells, school, form);
  for (const [suffix, grade] of form.grades) {
    const checked = school.students.filter((each) => each.grade === grade && isHere(each, asOf) && each.healthChecked);
    write(`DD${suffix}`, checked);
    for (const status of [1, 2, 3, 4])
      write(
        `DD${suffix}${status}`,
        checked.filter((each) => each.nutrition?.includes(`0${status}`)),
      );
  }
}

const recountOf =
  (form: LevelOfForm): Recount =>
  (school, _schoolYear, asOf) => {
    const cells: Cells = {};
    const write = counter(cells, school, form);
    const classesIn = (...grades: string[]): number =>
      school.classes.filter((each) => grades.includes(each.grade)).length;
    write('TR', school.mainLevel === form.level ? 1 : 0);
    write('LO', classesIn(...form.grades.map(([, grade]) => grade)));
    for (const [suffix, grade] of form.grades) write(codeOf('LO', suffix), classesIn(grade));
    countMovements(cells, school, form, asOf);
    if (form === preschool) countNutrition(cells, school, form, asOf);
    else countResults(cells, school, form, asOf);
    countStaff(cells, school, form, asOf);
    return cells;
  };

export const recountPreschoolEnd = recountOf(preschool);
export const recountPrimaryEnd = recountOf(primary);
export const recountLowerSecondaryEnd = recountOf(lowerSecondary);
export const recountUpperSecondaryEnd = recountOf(upperSecondary);
export const recountContinuingEnd = recountOf(continuing);
