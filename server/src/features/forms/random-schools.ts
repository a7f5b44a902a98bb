// Random small schools of every level for the test that compares the compiler with the recounts: every code, every edge of every date.
import fc from 'fast-check';
import { codeList, entriesFor } from '@khuevan/core/codes/index.ts';
import {
  type SampleBudgetLine,
  type SampleClass,
  type SampleProfile,
  type SampleRoom,
  type SampleSchool,
  type SampleStaff,
  type SampleStudent,
  usualGroupOf,
} from './sample-schools.ts';

export const asOf = '2024-09-30';
/** On and around the as-of days of the start and the end of the year. */
const around = [
  '2024-08-01',
  '2024-09-05',
  '2024-09-29',
  '2024-09-30',
  '2024-10-01',
  '2024-11-20',
  '2025-05-31',
  '2025-06-01',
];
const codes = (last: number): string[] =>
  Array.from({ length: last }, (_, index) => String(index + 1).padStart(2, '0'));
const codesOf = (list: string): string[] => codeList(list).entries.map((entry) => entry.code);
const oneOf = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
const maybe = (value: fc.Arbitrary<string>, freq = 2): fc.Arbitrary<string | null> =>
  fc.option(value, { nil: null, freq });
const flag = fc.boolean();

/** First and last day of a stay. */
const stay: fc.Arbitrary<{ enteredOn: string; leftOn: string | null }> = fc
  .tuple(fc.oneof(fc.nat(3), fc.nat(6)), fc.option(fc.nat(6), { nil: null, freq: 2 }))
  .map(([from, more]) => ({
    enteredOn: around[from]!,
    leftOn: more === null ? null : around[Math.min(from + 1 + more, around.length - 1)]!,
  }));

const birthDate = (from: number, to: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: from, max: to }), oneOf('01-01', '02-28', '07-15', '12-31'))
    .map(([year, day]) => `${year}-${day}`);

const person = { sex: oneOf('01', '02'), ethnicity: oneOf('01', '02', '08', '43', '54', '55') };

/** Levels of random schools as `unit` has them; single levels oftener, since some rows ask for many classes of one. */
const levelGroups: string[][] = [
  ['01'],
  ['02'],
  ['02'],
  ['02'],
  ['03'],
  ['03'],
  ['03'],
  ['04'],
  ['04'],
  ['04'],
  ['05'],
  ['05'],
  ['05'],
  ['05'],
  ['01', '02'],
  ['02', '03'],
  ['03', '04'],
  ['02', '03', '04'],
  ['01', '02', '03'],
  ['01', '02', '03', '04'],
];

/** What a level brings: its grades, the kinds its schools are of, the years in which its pupils may be born (school year 2024). */
const levelParts: Record<string, { grades: string[]; kinds: string[]; born: [number, number] }> = {
  '01': { grades: ['16', '17'], kinds: ['13', '04'], born: [2017, 2024] },
  '02': { grades: codes(5), kinds: ['01', '07', '18', '08'], born: [2011, 2020] },
  '03': { grades: ['06', '07', '08', '09'], kinds: ['01', '02', '03', '05', '06', '07', '18'], born: [2007, 2015] },
  '04': { grades: ['10', '11', '12'], kinds: ['02', '03', '07', '09', '10', '18'], born: [2004, 2011] },
  '05': {
    grades: ['13', '14', '15', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27', '28'],
    kinds: ['15', '16', '17'],
    born: [1970, 2012],
  },
};
const partsOf = (levels: string[]) => levels.map((level) => levelParts[level]!);

/** The level by which a school is counted: its highest, but primary for preschool with primary. */
const mainLevelOf = (levels: string[]): string => levels.at(-1)!;

const isOnlyPreschool = (levels: string[]): boolean => levels.join() === '01';

/** What only preschool states; schools without it leave it empty. */
const ofPreschool = <Value>(levels: string[], value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> =>
  levels.includes('01') ? value : fc.constant(null);

/** Preschools are of several groups, independent ones among them. */
const levelGroupOf = (levels: string[]): fc.Arbitrary<string> =>
  isOnlyPreschool(levels)
    ? oneOf('01', '01', '02', '02', '03', '03', '04', '05', '19')
    : fc.constant(usualGroupOf(levels)!);

const profileOf = (levels: string[]): fc.Arbitrary<SampleProfile> =>
  fc.record({
    schoolKind: oneOf(...partsOf(levels).flatMap(({ kinds }) => kinds)),
    ownership: maybe(oneOf('01', '09', '03', '02'), 10),
    region: maybe(oneOf(...codes(6)), 10),
    nationalStandard: maybe(oneOf('02', '03')),
    twoSessions: flag,
    computers: flag,
    internet: flag,
    onlineTeaching: flag,
    electricity: flag,
    cleanWater: flag,
    toilets: flag,
    handWashing: flag,
    lifeSkills: flag,
    disabilityAccess: flag,
    counselling: flag,
    disasterPlan: fc.option(flag, { nil: null, freq: 2 }),
  });

/** One of the three groups of the grade; now and then none, or one of the other grade. */
function ageGroupOf(grade: string, place: number | null): string | null {
  if (place === null || place === 15) return null;
  const isOwn = place !== 14;
  return String((place % 3) + ((grade === '17') === isOwn ? 4 : 1)).padStart(2, '0');
}

const classesOf = (levels: string[]): fc.Arbitrary<SampleClass[]> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.integer({ min: 1, max: 8 }) },
      {
        weight: 3,
        arbitrary: fc.constantFrom(...(isOnlyPreschool(levels) ? [1, 1, 5, 6, 9, 10] : [18, 19, 27, 28, 32, 36, 36])),
      },
    )
    .chain((count) =>
      fc.array(
        fc.record({
          // Now and then a class of a level that the school does not teach: it counts where its grade says.
          grade: fc.oneof(
            { weight: 20, arbitrary: oneOf(...partsOf(levels).flatMap(({ grades }) => grades)) },
            { weight: 1, arbitrary: oneOf('06', '17', '05', '10') },
          ),
          twoSessions: flag,
          combined: isOnlyPreschool(levels) ? fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0) : flag,
          boarding: flag,
          special: fc.integer({ min: 0, max: 4 }).map((drawn) => drawn === 0),
          specialisation: maybe(oneOf(...codesOf('specialisation'))),
          agePlace: ofPreschool(levels, fc.integer({ min: 0, max: 15 })),
          combinedAges: ofPreschool(levels, maybe(oneOf('2', '3', '4'), 4)),
        }),
        { minLength: count, maxLength: count },
      ),
    )
    .map((classes) =>
      classes.map(({ agePlace, ...each }, index) => ({
        code: `L${index}`,
        ...each,
        ageGroup: ageGroupOf(each.grade, agePlace),
      })),
    );

type DrawnStudent = Omit<SampleStudent, 'pupil' | 'classCode' | 'openingClassCode' | 'grade'> & {
  classPlace: number;
  openingPlace: number | null;
  ownGrade: string | null;
  returns: boolean;
};

const drawnStudent = (levels: string[]): fc.Arbitrary<DrawnStudent> =>
  fc
    .record({
      ...person,
      birthDate: fc.oneof(...partsOf(levels).map(({ born }) => birthDate(...born))),
      classPlace: fc.nat(),
      openingPlace: fc.option(fc.nat(), { nil: null, freq: 2 }),
      ownGrade: maybe(oneOf(...partsOf(levels).flatMap(({ grades }) => grades), '06'), 2),
      returns: flag,
      newEntrant: flag,
      repeating: flag,
      twoSessions: flag,
      boarding: maybe(oneOf('01', '02')),
      informatics: flag,
      foreignLanguage: maybe(oneOf(...codesOf('foreign_language')), 3),
      vocational: fc.option(flag, { nil: null, freq: 3 }),
      disability: maybe(oneOf(...codes(6)), 3),
      policyGroup: maybe(oneOf(...codes(16))),
      costSupport: flag,
      smallMinoritySupport: flag,
      mealSupport: flag,
      // Whether a status suits its day is the business of the rules: the count takes what is written.
      entryStatus: oneOf('01', '02', '03', '06', '07', '10'),
      leaving: fc.record({
        leaveStatus: oneOf('04', '05', '08', '09', '11', '12'),
        leaveReason: maybe(oneOf(...codes(10)), 8),
        destination: maybe(oneOf(...codes(3)), 8),
      }),
      educationResult: maybe(oneOf(...codes(4)), 8),
      learningResult: maybe(oneOf(...codes(4)), 8),
      conductResult: maybe(oneOf(...codes(4)), 8),
      yearResult: maybe(oneOf(...codes(8)), 8),
      healthChecked: ofPreschool(levels, fc.option(flag, { nil: null, freq: 5 })),
      nutrition: ofPreschool(
        levels,
        fc.option(fc.uniqueArray(oneOf('00', '01', '02', '03', '04'), { minLength: 1, maxLength: 3 }), {
          nil: null,
          freq: 5,
        }),
      ),
      feeRelief: ofPreschool(levels, maybe(oneOf('1', '2', '3'), 3)),
      lunchSupport: ofPreschool(levels, fc.option(flag, { nil: null, freq: 5 })),
      stay,
    })
    .map(({ stay: days, leaving, ...student }) => ({
      ...student,
      ...days,
      ...(days.leftOn === null ? staying : leaving),
    }));

const preschoolGrades = ['16', '17'];
const staying = { leaveStatus: null, leaveReason: null, destination: null };

/** Pupils of these classes. One who left and returns has a second spell, open, from the day he left. */
function placeStudents(classes: SampleClass[], drawn: DrawnStudent[]): SampleStudent[] {
  return drawn.flatMap(({ classPlace, openingPlace, ownGrade, returns, ...student }, index) => {
    const place = classes[classPlace % classes.length]!;
    const grade = ownGrade ?? place.grade;
    const first: SampleStudent = {
      ...student,
      ...(preschoolGrades.includes(grade) ? { newEntrant: null, repeating: null, informatics: null } : {}),
      pupil: `P${index}`,
      classCode: place.code,
      openingClassCode: openingPlace === null ? null : classes[openingPlace % classes.length]!.code,
      grade,
    };
    return returns && first.leftOn !== null
      ? [first, { ...first, entryStatus: '07', enteredOn: first.leftOn, leftOn: null, ...staying }]
      : [first];
  });
}

const subjectCodes = codesOf('subject_taught');

const staffMember = (levels: string[]): fc.Arbitrary<SampleStaff> =>
  fc
    .record({
      ...person,
      birthDate: fc.oneof(
        { weight: 9, arbitrary: birthDate(1962, 2006) },
        { weight: 1, arbitrary: birthDate(1963, 1965) },
      ),
      staffGroup: oneOf('01', '01', '02', '02', '03', '03', '03', '06'),
      position: maybe(
        isOnlyPreschool(levels)
          ? oneOf('11', '12', '15', '16', '17', '20', '25', '31')
          : oneOf('01', '02', '03', '09', '10', '11', '12', '13', '15', '16', '17', '20', '25', '31', '32', '33', '34'),
        6,
      ),
      managerPosition: maybe(
        oneOf(...(levels.includes('05') ? ['05', '06', '06', '01', '02'] : ['01', '02', '02', '05'])),
        9,
      ),
      level: fc.oneof({ weight: 5, arbitrary: oneOf(...levels) }, { weight: 1, arbitrary: oneOf('02', '03') }),
      subjects: fc.option(fc.uniqueArray(oneOf(...subjectCodes), { maxLength: 3 }), { nil: null, freq: 6 }),
      preschoolPart: ofPreschool(levels, maybe(oneOf('01', '02'), 6)),
      contract: oneOf('07', '07', '08', '02', '03', '04', '05', '06'),
      training: oneOf(...codes(18).filter((code) => code !== '12'), '01', '01', '02', '02'),
      youthLeader: fc.integer({ min: 0, max: 5 }).map((drawn) => drawn === 0),
      multipleDuties: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
      status: oneOf('01', '01', '01', '07', '02', '04', '05'),
      stay,
    })
    .map(({ stay: days, managerPosition, position, ...member }) => ({
      ...member,
      ...days,
      position: member.staffGroup === '01' ? managerPosition : position,
    }));

const roomsOf = (levels: string[]): fc.Arbitrary<SampleRoom[]> =>
  fc.uniqueArray(
    oneOf(...levels, ...levels, '03').chain((level) =>
      fc.record({
        level: fc.constant(level),
        preschoolPart: level === '01' ? maybe(oneOf('01', '02'), 8) : fc.constant(null),
        roomKind: oneOf(...entriesFor('room_kind', [level]).map(({ code }) => code)),
        solid: fc.nat(30),
        semiSolid: fc.nat(5),
        temporary: fc.nat(3),
      }),
    ),
    { maxLength: 14, selector: ({ level, preschoolPart, roomKind }) => `${level} ${preschoolPart} ${roomKind}` },
  );

const million = fc.nat(9_999_999).map((hundredths) => hundredths / 100);
const budgetOf = (levels: string[]): fc.Arbitrary<SampleBudgetLine[]> =>
  fc
    .subarray(entriesFor('budget_line', levels).map(({ code }) => code))
    .chain((lines) =>
      fc.tuple(
        ...lines.map((line) =>
          fc.record({ line: fc.constant(line), settled: million, planned: million, estimated: million }),
        ),
      ),
    );

const studentsOf = (levels: string[]): fc.Arbitrary<DrawnStudent[]> =>
  fc.oneof(
    fc.array(drawnStudent(levels), { maxLength: 12 }),
    // Enough for a class of kindergarten that is full.
    fc.array(
      drawnStudent(levels),
      isOnlyPreschool(levels) ? { minLength: 50, maxLength: 70 } : { minLength: 30, maxLength: 70 },
    ),
  );

const staffOf = (levels: string[]): fc.Arbitrary<SampleStaff[]> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.array(staffMember(levels), { maxLength: 10 }) },
    { weight: 3, arbitrary: fc.array(staffMember(levels), { minLength: 50, maxLength: 80 }) },
  );

/** A school of these levels. */
export const randomSchoolOf = (levels: string[]): fc.Arbitrary<SampleSchool> =>
  fc
    .record({
      levels: fc.constant(levels),
      profile: profileOf(levels),
      satellites: fc.nat(6),
      classes: classesOf(levels),
      students: studentsOf(levels),
      staff: staffOf(levels),
      rooms: roomsOf(levels),
      budget: budgetOf(levels),
      levelGroup: levelGroupOf(levels),
    })
    .map(({ satellites, students, ...school }) => ({
      ...school,
      name: 'Trường thử',
      mainLevel: mainLevelOf(levels),
      sites: Array.from({ length: satellites + 1 }, (_, index) => ({ code: `D${index}`, isMain: index === 0 })),
      students: placeStudents(school.classes, students),
    }));

/** A school of any level or levels. */
export const randomSchool: fc.Arbitrary<SampleSchool> = fc.oneof(...levelGroups.map(randomSchoolOf));
