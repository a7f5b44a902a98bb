// Random small schools for the test that compares the compiler with the recount: every code, every edge of every date.
import fc from 'fast-check';
import { codeList } from '@khuevan/core/codes/index.ts';
import type {
  SampleBudgetLine,
  SampleClass,
  SampleProfile,
  SampleRoom,
  SampleSchool,
  SampleStaff,
  SampleStudent,
} from './sample-schools.ts';

export const asOf = '2024-09-30';
const around = ['2024-08-01', '2024-09-05', '2024-09-29', '2024-09-30', '2024-10-01', '2024-11-20'];
const codes = (last: number): string[] =>
  Array.from({ length: last }, (_, index) => String(index + 1).padStart(2, '0'));
const oneOf = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const maybe = (value: fc.Arbitrary<string>, freq = 2): fc.Arbitrary<string | null> =>
  fc.option(value, { nil: null, freq });
const flag = fc.boolean();

/** First and last day of a stay, on and around the as-of day. */
const stay: fc.Arbitrary<{ enteredOn: string; leftOn: string | null }> = fc
  .tuple(fc.nat(4), fc.option(fc.nat(4), { nil: null, freq: 2 }))
  .map(([from, more]) => ({
    enteredOn: around[from]!,
    leftOn: more === null ? null : around[Math.min(from + 1 + more, around.length - 1)]!,
  }));

const birthDate = (from: number, to: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: from, max: to }), oneOf('01-01', '02-28', '07-15', '12-31'))
    .map(([year, day]) => `${year}-${day}`);

const person = { sex: oneOf('01', '02'), ethnicity: oneOf('01', '02', '08', '43', '54', '55') };

const profile: fc.Arbitrary<SampleProfile> = fc.record({
  ownership: maybe(oneOf('01', '09', '03', '02'), 10),
  schoolKind: oneOf('01', '07', '18', '08'),
  region: maybe(oneOf(...codes(6)), 10),
  nationalStandard: maybe(oneOf('02', '03')),
  twoSessions: flag,
  computers: flag,
  internet: flag,
  electricity: flag,
  cleanWater: flag,
  toilets: flag,
  handWashing: flag,
  lifeSkills: flag,
  disabilityAccess: flag,
  counselling: flag,
  disasterPlan: fc.option(flag, { nil: null, freq: 2 }),
});

const classesOf: fc.Arbitrary<SampleClass[]> = fc
  .oneof(
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }) },
    { weight: 2, arbitrary: fc.constantFrom(18, 19, 27, 28, 30) },
  )
  .chain((count) =>
    fc.array(
      fc.record({
        grade: fc.oneof({ weight: 12, arbitrary: oneOf(...codes(5)) }, { weight: 1, arbitrary: oneOf('06', '17') }),
        twoSessions: flag,
        combined: flag,
        boarding: flag,
        special: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
      }),
      { minLength: count, maxLength: count },
    ),
  )
  .map((classes) => classes.map((each, index) => ({ code: `L${index}`, ...each })));

type DrawnStudent = Omit<SampleStudent, 'pupil' | 'classCode' | 'openingClassCode' | 'grade'> & {
  classPlace: number;
  openingPlace: number | null;
  ownGrade: string | null;
  returns: boolean;
};

const drawnStudent: fc.Arbitrary<DrawnStudent> = fc
  .record({
    ...person,
    birthDate: birthDate(2011, 2020),
    classPlace: fc.nat(),
    openingPlace: fc.option(fc.nat(), { nil: null, freq: 2 }),
    ownGrade: maybe(oneOf(...codes(6)), 2),
    returns: flag,
    newEntrant: flag,
    repeating: flag,
    twoSessions: flag,
    boarding: maybe(oneOf('01', '02')),
    informatics: flag,
    disability: maybe(oneOf(...codes(6)), 3),
    policyGroup: maybe(oneOf(...codes(16))),
    costSupport: flag,
    smallMinoritySupport: flag,
    mealSupport: flag,
    stay,
  })
  .map(({ stay: days, ...student }) => ({ ...student, ...days }));

/** Pupils of these classes. One who left and returns has a second spell, open, from the day he left. */
function placeStudents(classes: SampleClass[], drawn: DrawnStudent[]): SampleStudent[] {
  return drawn.flatMap(({ classPlace, openingPlace, ownGrade, returns, ...student }, index) => {
    const place = classes[classPlace % classes.length]!;
    const first: SampleStudent = {
      ...student,
      pupil: `P${index}`,
      classCode: place.code,
      openingClassCode: openingPlace === null ? null : classes[openingPlace % classes.length]!.code,
      grade: ownGrade ?? place.grade,
    };
    return returns && first.leftOn !== null ? [first, { ...first, enteredOn: first.leftOn, leftOn: null }] : [first];
  });
}

const staffMember: fc.Arbitrary<SampleStaff> = fc
  .record({
    ...person,
    birthDate: birthDate(1962, 2006),
    staffGroup: oneOf('01', '01', '02', '02', '03', '03'),
    position: maybe(oneOf('01', '02', '03', '09', '10', '11', '12', '15', '16', '17', '20', '25', '32', '33', '34'), 6),
    managerPosition: maybe(oneOf('01', '02', '02', '05'), 9),
    level: oneOf('02', '02', '02', '03'),
    contract: oneOf('07', '07', '08', '02', '03', '04', '05', '06'),
    training: oneOf(...codes(18).filter((code) => code !== '12'), '01', '01', '02', '02'),
    youthLeader: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
    multipleDuties: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
    status: oneOf('01', '01', '01', '07', '02', '04'),
    stay,
  })
  .map(({ stay: days, managerPosition, position, ...member }) => ({
    ...member,
    ...days,
    position: member.staffGroup === '01' ? managerPosition : position,
  }));

const roomKinds = codeList('room_kind').entries.map((entry) => entry.code);
const rooms: fc.Arbitrary<SampleRoom[]> = fc.uniqueArray(
  fc.record({
    level: oneOf('02', '02', '03'),
    roomKind: oneOf(...roomKinds),
    solid: fc.nat(30),
    semiSolid: fc.nat(5),
    temporary: fc.nat(3),
  }),
  { maxLength: 14, selector: ({ level, roomKind }) => `${level} ${roomKind}` },
);

const million = fc.nat(9_999_999).map((hundredths) => hundredths / 100);
const budgetLines = codeList('budget_line').entries.map((entry) => entry.code);
const budget: fc.Arbitrary<SampleBudgetLine[]> = fc.uniqueArray(
  fc.record({ line: oneOf(...budgetLines), settled: million, planned: million, estimated: million }),
  { maxLength: 8, selector: ({ line }) => line },
);

const drawnStudents = fc.oneof(
  fc.array(drawnStudent, { maxLength: 12 }),
  fc.array(drawnStudent, { minLength: 30, maxLength: 70 }),
);

export const randomSchool: fc.Arbitrary<SampleSchool> = fc
  .record({
    levels: fc.constantFrom<string[]>(['02'], ['02'], ['01', '02'], ['02', '03']),
    profile,
    satellites: fc.nat(6),
    classes: classesOf,
    students: drawnStudents,
    staff: fc.oneof(fc.array(staffMember, { maxLength: 10 }), fc.array(staffMember, { minLength: 40, maxLength: 60 })),
    rooms,
    budget,
  })
  .map(({ satellites, students, ...school }) => ({
    ...school,
    name: 'Trường thử',
    mainLevel: school.levels.includes('03') ? '03' : '02',
    sites: Array.from({ length: satellites + 1 }, (_, index) => ({ code: `D${index}`, isMain: index === 0 })),
    students: placeStudents(school.classes, students),
  }));
