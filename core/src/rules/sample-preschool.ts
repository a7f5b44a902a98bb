import { entriesFor } from '../codes/index.ts';
import { ageGroup, preschoolPart } from '../codes/levels.ts';
import { createRandom, type Random } from '../vietnam/random.ts';
import type { ClassFacts, RecordValues, RuleContext } from './rule.ts';
import { countPupils, drawBudget, drawPerson, drawProfile, type SampleSchool } from './sample-school.ts';

const YEAR = 2024;
/** A class of the primary level, for what a record of another level may not state. */
export const primaryClass = '1A';

/** A synthetic school of preschool and primary whose records, all of preschool but the rooms, keep every rule. */
export function drawSamplePreschool(seed: string): SampleSchool {
  const random = createRandom(seed);
  const staff = drawStaff(random.fork('staff'));
  const classes = drawClasses();
  const students = drawChildren(random.fork('children'), classes);
  const context: RuleContext = {
    schoolYear: YEAR,
    asOf: `${YEAR}-09-30`,
    levels: ['01', '02'],
    levelGroup: '16',
    classes: new Map([
      [primaryClass, factsOf({ grade: '01', ageGroup: null })],
      ...classes.map((each): [string, ClassFacts] => [String(each.code), factsOf(each)]),
    ]),
    sites: new Set(['D1']),
    staff: new Set(staff.map(({ code }) => String(code))),
    pupils: countPupils(students),
    difficultArea: false,
  };
  return {
    context,
    records: {
      profile: [{ ...drawProfile(random), ownership: random.pick(['01', '09', '03']), schoolKind: '13' }],
      site: [{ code: 'D1', name: 'Trường chính', isMain: true, distanceKm: null, address: null }],
      staff,
      class: classes,
      student: students,
      room: drawRooms(random),
      budget: drawBudget(random),
    },
  };
}

const factsOf = ({ grade, combined, ageGroup: ages }: RecordValues): ClassFacts => ({
  grade: String(grade),
  special: false,
  combined: combined === true,
  combinedGrades: [],
  ageGroup: ages as string | null,
});

/** One class of each age group, and one of each part that combines ages. */
function drawClasses(): RecordValues[] {
  const combined = { '16': '02', '17': '05' } as const;
  const kinds = [
    ...ageGroup.entries.map(({ code, grade, vi }) => ({ ageGroup: code, grade, name: vi, combinedAges: null })),
    ...preschoolPart.entries.map(({ grade, vi }, index) => ({
      ageGroup: combined[grade],
      grade,
      name: `${vi} ghép`,
      combinedAges: String(index + 2),
    })),
  ];
  return kinds.map(({ ageGroup: ages, grade, name, combinedAges }, index) => ({
    code: `MN${index + 1}`,
    name: name.slice(0, 20),
    grade,
    ageGroup: ages,
    siteCode: 'D1',
    sessionsPerWeek: '06',
    twoSessions: true,
    combined: combinedAges !== null,
    combinedGrades: null,
    combinedAges,
    boarding: true,
    special: false,
    homeroomTeacher: null,
  }));
}

const CHILDREN_A_CLASS = 8;

/** A birth date that suits the group on the as-of day of the year. */
function birthYearOf(ages: string, index: number): { year: number; month: number } {
  const { months, years } = ageGroup.entries.find(({ code }) => code === ages) as {
    months?: readonly number[];
    years?: number;
  };
  if (years !== undefined) return { year: YEAR - years, month: 1 + (index % 12) };
  const ageNow = months![0]! + (index % (months![1]! - months![0]! + 1));
  const born = YEAR * 12 + 8 - ageNow;
  return { year: Math.floor(born / 12), month: (born % 12) + 1 };
}

function drawChildren(random: Random, classes: readonly RecordValues[]): RecordValues[] {
  return classes.flatMap((home, place) =>
    Array.from({ length: CHILDREN_A_CLASS }, (_, at) => {
      const index = place * CHILDREN_A_CLASS + at;
      const { year, month } = birthYearOf(String(home.ageGroup), at);
      const person = drawPerson(random, year, 500 + index);
      const isChecked = at !== 0;
      const policyGroup = at === 1 ? '08' : null;
      const isKindergarten = home.grade === '17';
      return {
        code: `TE${String(index + 1).padStart(6, '0')}`,
        ...person,
        birthDate: `${year}-${String(month).padStart(2, '0')}-15`,
        ministryCode: String(2_900_000_000 + index),
        classCode: home.code,
        openingClassCode: null,
        grade: home.grade,
        entryStatus: '01',
        enteredOn: `${YEAR}-09-05`,
        leaveStatus: null,
        leftOn: null,
        leaveReason: null,
        destination: null,
        newEntrant: null,
        repeating: null,
        twoSessions: true,
        boarding: '02',
        informatics: null,
        disability: at === 3 ? '01' : null,
        policyGroup,
        costSupport: policyGroup !== null && isKindergarten,
        smallMinoritySupport: false,
        mealSupport: false,
        healthChecked: isChecked,
        nutrition: isChecked ? random.pick([['00'], ['00'], ['01'], ['01', '02'], ['04']]) : null,
        feeRelief: policyGroup ? random.pick(['2', '3']) : null,
        lunchSupport: isKindergarten && policyGroup !== null,
        guardianName: 'Hoàng Văn Thắng',
        guardianPhone: '0912 000 000',
      };
    }),
  );
}

function drawStaff(random: Random): RecordValues[] {
  const posts = [
    ['01', '01'],
    ['01', '02'],
    ['02', '31'],
    ['02', '17'],
    ...Array.from({ length: 10 }, () => ['03', null] as const),
  ] as const;
  return posts.map(([staffGroup, position], index) => {
    const isTeacher = staffGroup === '03';
    return {
      code: `CB${String(index + 1).padStart(4, '0')}`,
      ...drawPerson(random, 1968 + index * 2, 800 + index),
      staffGroup,
      position,
      level: '01',
      preschoolPart: isTeacher ? random.pick(['01', '02']) : null,
      contract: random.pick(['07', '08', '03']),
      training: isTeacher ? '17' : '04',
      declaredStandard: isTeacher ? '01' : null,
      subjects: isTeacher ? ['01'] : null,
      youthLeader: false,
      multipleDuties: false,
      status: '01',
      enteredOn: '2015-08-01',
      leftOn: null,
      phone: null,
    };
  });
}

function drawRooms(random: Random): RecordValues[] {
  return preschoolPart.entries.flatMap((part) =>
    entriesFor('room_kind', ['01']).map(({ code }) => ({
      level: '01',
      preschoolPart: part.code,
      roomKind: code,
      solid: random.integer(1, 9),
      semiSolid: random.integer(0, 3),
      temporary: 0,
    })),
  );
}
