// Form 01-MN-ĐN counted a second time, in plain TypeScript, from what the printed rows and columns say and the decisions in
// docs/decisions. Reads neither the form file nor the compiler, so that the two can be compared.
import {
  ageOf,
  budgetLines,
  type Cells,
  isFemale,
  isHere,
  isInSpecialClass,
  isLowland,
  isMinority,
  isMountain,
  pupilsOf,
  staffOf,
  teacherAges,
  trainingOf,
  writeMoney,
} from './recount-parts.ts';
import type { SampleClass, SampleRoom, SampleSchool, SampleStaff, SampleStudent } from './sample-schools.ts';

/** Every cell of the form for one school; blank cells are missing. */
export function recountPreschool(school: SampleSchool, schoolYear: number, asOf: string): Cells {
  const cells: Cells = {};
  countSchool(cells, school);
  countClasses(cells, school, asOf);
  countChildren(cells, school, schoolYear, asOf);
  countStaff(cells, school, schoolYear, asOf);
  countRooms(cells, school);
  countBudget(cells, school);
  return cells;
}

type Holds<Each> = (each: Each) => boolean;
const always = (): boolean => true;

/** All, public, private, people-founded: whether the school belongs in each part of the columns. */
function ownershipsOf({ profile: { ownership } }: SampleSchool): boolean[] {
  return [true, ownership === '01', ownership === '09' || ownership === '02', ownership === '03'];
}

function writeCount(cells: Cells, school: SampleSchool, row: number, count: number): void {
  ownershipsOf(school).forEach((belongs, place) => {
    cells[`${row}.${place + 1}`] = belongs ? count : 0;
  });
}

/** All, female, minority, female of minority. */
function fourCounts(people: readonly { sex: string; ethnicity: string }[]): number[] {
  return [
    people.length,
    people.filter(isFemale).length,
    people.filter(isMinority).length,
    people.filter((each) => isFemale(each) && isMinority(each)).length,
  ];
}

const groupOf = (school: SampleSchool): string => school.levelGroup ?? '';

function countSchool(cells: Cells, school: SampleSchool): void {
  const { profile } = school;
  const isCounted = school.mainLevel === '01';
  const group = isCounted ? groupOf(school) : '';
  const isSchool = ['01', '02', '03'].includes(group);
  const write = (row: number, holds: boolean): void => writeCount(cells, school, row, holds ? 1 : 0);
  const size = school.classes.filter(({ grade }) => grade === '16' || grade === '17').length;
  write(1, isSchool);
  for (const [own, first] of [
    ['03', 2],
    ['02', 15],
    ['01', 33],
  ] as const) {
    const is = group === own;
    write(first, is);
    write(first + 1, is && isLowland(school));
    write(first + 2, is && isLowland(school) && size < 9);
    write(first + 3, is && isLowland(school) && size >= 9);
    write(first + 4, is && isMountain(school));
    write(first + 5, is && isMountain(school) && size < 6);
    write(first + 6, is && isMountain(school) && size >= 6);
    let row = first + 7;
    if (own !== '03') {
      write(row++, is && profile.nationalStandard === '02');
      write(row++, is && profile.nationalStandard === '03');
    }
    write(row++, is && school.sites.length >= 5);
    write(row++, is && profile.computers);
    write(row++, is && profile.internet);
    write(row++, is && profile.electricity);
    write(row++, is && profile.cleanWater);
    write(row++, is && profile.toilets);
    if (own !== '03') {
      write(row++, is && profile.handWashing);
      write(row++, is && profile.lifeSkills);
      // Blank where the school has not said whether it has such a plan.
      if (isCounted && profile.disasterPlan !== null) write(row, is && profile.disasterPlan);
    }
  }
  write(51, group === '04');
  write(52, group === '05');
  write(53, group === '19');
  writeCount(cells, school, 54, isSchool ? school.sites.length : 0);
}

function countClasses(cells: Cells, school: SampleSchool, asOf: string): void {
  const presentIn = ({ code }: SampleClass): SampleStudent[] =>
    school.students.filter((child) => isHere(child, asOf) && (child.openingClassCode ?? child.classCode) === code);
  const sizeOf = (each: SampleClass): number => presentIn(each).length;
  const includedIn = (each: SampleClass): number =>
    each.special ? 0 : presentIn(each).filter(({ disability }) => disability !== null).length;
  const groups = school.classes.filter(({ grade }) => grade === '16');
  const classes = school.classes.filter(({ grade }) => grade === '17');
  const write = (row: number, of: readonly SampleClass[], holds: Holds<SampleClass> = always): void =>
    writeCount(cells, school, row, of.filter(holds).length);
  const writeSizes = (row: number, of: readonly SampleClass[], ages: string, limit: number): void => {
    const own = of.filter((each) => each.ageGroup === ages && !each.combined);
    write(row, own, (each) => sizeOf(each) < limit);
    write(row + 1, own, (each) => sizeOf(each) >= limit);
  };
  const combinedOf = (of: readonly SampleClass[], ages: string): SampleClass[] =>
    of.filter((each) => each.combined && each.combinedAges === ages);
  write(55, [...groups, ...classes]);
  write(56, groups);
  write(57, groups, (each) => each.twoSessions);
  write(58, groups, (each) => each.boarding);
  write(59, groups, (each) => includedIn(each) === 1);
  write(60, groups, (each) => includedIn(each) === 2);
  writeSizes(61, groups, '01', 15);
  writeSizes(63, groups, '02', 20);
  writeSizes(65, groups, '03', 25);
  write(67, combinedOf(groups, '2'));
  write(68, combinedOf(groups, '3'));
  write(69, classes);
  write(70, classes, (each) => each.ageGroup === '06');
  write(71, classes, (each) => each.twoSessions);
  write(72, classes, (each) => each.boarding);
  write(73, classes, (each) => includedIn(each) === 1);
  write(74, classes, (each) => includedIn(each) === 2);
  writeSizes(75, classes, '04', 25);
  writeSizes(77, classes, '05', 30);
  writeSizes(79, classes, '06', 35);
  write(81, combinedOf(classes, '2'));
  write(82, combinedOf(classes, '3'));
}

/** Months that a child has completed: as many as can be gone on from the birth without passing the day. */
function completedMonths(birthDate: string, day: string): number {
  const [year, month, date] = birthDate.split('-').map(Number) as [number, number, number];
  let months = 0;
  for (;;) {
    const at = month - 1 + months + 1;
    const reached = [year + Math.floor(at / 12), (at % 12) + 1, date];
    const text = reached.map((part) => String(part).padStart(2, '0')).join('-');
    if (text > day) return birthDate > day ? -1 : months;
    months += 1;
  }
}

type WriteChildren = (row: number, of: readonly SampleStudent[], holds?: Holds<SampleStudent>) => void;

function countChildren(cells: Cells, school: SampleSchool, schoolYear: number, asOf: string): void {
  const nursery = pupilsOf(school, ['16'], asOf);
  const kindergarten = pupilsOf(school, ['17'], asOf);
  const write: WriteChildren = (row, of, holds = always) =>
    ownershipsOf(school).forEach((belongs, place) =>
      fourCounts(of.filter(holds)).forEach((count, column) => {
        cells[`${row}.${4 * place + column + 1}`] = belongs ? count : 0;
      }),
    );
  write(83, [...nursery, ...kindergarten]);
  for (const [first, children] of [
    [84, nursery],
    [90, kindergarten],
  ] as const) {
    write(first, children);
    write(first + 1, isLowland(school) ? children : []);
    write(first + 2, isMountain(school) ? children : []);
    write(first + 3, children, (each) => each.twoSessions);
    write(first + 4, children, (each) => each.boarding !== null);
    write(first + 5, children, (each) => each.disability !== null && !isInSpecialClass(school, each));
  }
  countAges(write, nursery, kindergarten, schoolYear, asOf);
  countCare(write, nursery, kindergarten, schoolYear);
}

function countAges(
  write: WriteChildren,
  nursery: SampleStudent[],
  kindergarten: SampleStudent[],
  schoolYear: number,
  asOf: string,
): void {
  const months = (each: SampleStudent): number => completedMonths(each.birthDate, asOf);
  write(96, nursery);
  write(97, nursery, (each) => months(each) <= 12);
  write(98, nursery, (each) => months(each) > 12 && months(each) <= 24);
  write(99, nursery, (each) => months(each) > 24 && months(each) <= 36);
  write(100, nursery, (each) => months(each) > 36);
  const years = (each: SampleStudent): number => ageOf(each, schoolYear);
  write(101, kindergarten);
  write(102, kindergarten, (each) => years(each) < 3);
  for (const age of [3, 4, 5]) write(100 + age, kindergarten, (each) => years(each) === age);
  write(106, kindergarten, (each) => years(each) > 5);
}

/** Health, fees and lunch. */
function countCare(
  write: WriteChildren,
  nursery: SampleStudent[],
  kindergarten: SampleStudent[],
  schoolYear: number,
): void {
  const years = (each: SampleStudent): number => ageOf(each, schoolYear);
  for (const [first, children] of [
    [107, nursery],
    [112, kindergarten],
  ] as const) {
    const checked = children.filter((each) => each.healthChecked === true);
    write(first, checked);
    ['01', '02', '03', '04'].forEach((state, index) =>
      write(first + 1 + index, checked, (each) => each.nutrition?.includes(state) === true),
    );
  }
  write(117, kindergarten, (each) => each.feeRelief === '2');
  write(118, kindergarten, (each) => each.feeRelief === '3');
  write(119, kindergarten, (each) => each.costSupport);
  write(120, [...nursery, ...kindergarten], (each) => each.smallMinoritySupport);
  const fed = kindergarten.filter((each) => each.lunchSupport === true);
  write(121, fed, (each) => years(each) === 5);
  write(122, fed, (each) => years(each) === 3 || years(each) === 4);
}

const supportPositions = [['15', '16'], ['11', '25'], ['31', '20'], ['17']];

type WriteStaff = (row: number, of: readonly SampleStaff[], holds?: Holds<SampleStaff>) => void;

function writeTrainings(write: WriteStaff, first: number, people: readonly SampleStaff[]): void {
  for (let line = 0; line < 6; line += 1) write(first + line, people, (each) => trainingOf(each) === line);
}

function countStaff(cells: Cells, school: SampleSchool, schoolYear: number, asOf: string): void {
  const staff = staffOf(school, '01', asOf);
  const write: WriteStaff = (row, of, holds = always) => writeStaff(cells, school, row, of.filter(holds));
  const isOfNursery = ['03', '04'].includes(groupOf(school));
  const managers = staff.filter((each) => each.staffGroup === '01' && ['01', '02'].includes(each.position ?? ''));
  const support = staff.filter(
    (each) => each.staffGroup === '02' && supportPositions.flat().includes(each.position ?? ''),
  );
  write(123, managers);
  for (const [first, isOwn] of [
    [124, isOfNursery],
    [139, !isOfNursery],
  ] as const) {
    const own = isOwn ? managers : [];
    const heads = own.filter((each) => each.position === '01');
    const deputies = own.filter((each) => each.position === '02');
    write(first, own);
    write(first + 1, heads);
    writeTrainings(write, first + 2, heads);
    write(first + 8, deputies);
    if (first === 139) {
      write(148, isLowland(school) ? deputies : []);
      write(149, isMountain(school) ? deputies : []);
    }
    writeTrainings(write, first === 124 ? 133 : 150, deputies);
  }
  write(156, support);
  for (const [first, own] of [
    [157, isOfNursery ? support : []],
    [162, isOfNursery ? [] : support],
  ] as const) {
    write(first, own);
    supportPositions.forEach((positions, index) =>
      write(first + 1 + index, own, (each) => positions.includes(each.position ?? '')),
    );
  }
  countTeachers(write, staff, schoolYear);
}

function countTeachers(write: WriteStaff, staff: readonly SampleStaff[], schoolYear: number): void {
  const teachers = staff.filter((each) => each.staffGroup === '03');
  const inPart = (part: string): SampleStaff[] => teachers.filter((each) => each.preschoolPart === part);
  write(167, [...inPart('01'), ...inPart('02')]);
  for (const [first, part] of [
    [168, '01'],
    [181, '02'],
  ] as const) {
    const own = inPart(part);
    write(first, own);
    writeTrainings(write, first + 1, own);
    teacherAges.forEach(([from, to], index) =>
      write(first + 7 + index, own, (each) => ageOf(each, schoolYear) >= from && ageOf(each, schoolYear) <= to),
    );
  }
}

/** Nineteen columns: all 1-4, public 5-11 with the contracts in 6-8, private 12-15, people-founded 16-19. */
function writeStaff(cells: Cells, school: SampleSchool, row: number, people: readonly SampleStaff[]): void {
  const places = [
    [1, 2, 3, 4],
    [5, 9, 10, 11],
    [12, 13, 14, 15],
    [16, 17, 18, 19],
  ];
  const belongs = ownershipsOf(school);
  places.forEach((columns, place) =>
    fourCounts(people).forEach((count, index) => {
      cells[`${row}.${columns[index]}`] = belongs[place] ? count : 0;
    }),
  );
  [['07'], ['08'], ['02', '03', '04']].forEach((contracts, index) => {
    cells[`${row}.${6 + index}`] = belongs[1] ? people.filter((each) => contracts.includes(each.contract)).length : 0;
  });
}

const supportRooms = ['physical_education', 'arts', 'multipurpose', 'inclusive_support', 'other_support'];
const otherRooms = ['kitchen', 'medical', 'other_room'];

function countRooms(cells: Cells, school: SampleSchool): void {
  const rows: Array<[row: number, part: string, kinds: string[]]> = [
    [194, '01', ['classroom']],
    [195, '01', ['borrowed_classroom']],
    [196, '01', supportRooms],
    [197, '01', ['physical_education']],
    [198, '01', ['arts']],
    [199, '01', ['multipurpose']],
    [200, '01', otherRooms],
    [201, '01', ['kitchen']],
    [202, '01', ['medical']],
    [203, '02', ['classroom']],
    [204, '02', ['borrowed_classroom']],
    [205, '02', supportRooms],
    [206, '02', ['physical_education']],
    [207, '02', ['arts']],
    [208, '02', ['multipurpose']],
    [209, '02', ['inclusive_support']],
    [210, '02', otherRooms],
    [211, '02', ['kitchen']],
    [212, '02', ['medical']],
  ];
  for (const [row, part, kinds] of rows) {
    const own = school.rooms.filter(
      (room) => room.level === '01' && room.preschoolPart === part && kinds.includes(room.roomKind),
    );
    const sumOf = (key: keyof Pick<SampleRoom, 'solid' | 'semiSolid' | 'temporary'>): number =>
      own.reduce((sum, room) => sum + room[key], 0);
    const parts = [sumOf('solid'), sumOf('semiSolid'), sumOf('temporary')];
    ownershipsOf(school).forEach((belongs, place) =>
      [parts[0]! + parts[1]! + parts[2]!, ...parts].forEach((count, column) => {
        cells[`${row}.${4 * place + column + 1}`] = belongs ? count : 0;
      }),
    );
  }
}

function countBudget(cells: Cells, school: SampleSchool): void {
  const write = (row: number, lines: readonly string[]): void =>
    writeMoney(cells, school, `NS${row}`, school.mainLevel === '01' ? lines : []);
  write(15, ['total', 'training_total', 'retraining_total']);
  budgetLines.forEach((line, index) => {
    write(16 + index, [line]);
    write(56 + index, [`training_${line}`]);
    write(64 + index, [`retraining_${line}`]);
  });
}
