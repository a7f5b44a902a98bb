import { ethnicity as ethnicityList } from '@khuevan/core/codes/people.ts';
import { drawName, surnameOf } from '@khuevan/core/vietnam/names.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { FilledClass } from './classes.ts';
import type { Sex, StudentDraft } from './drafts.ts';
import { drawPhone, type NumberIssuer } from './numbers-issued.ts';
import { movementsOf } from './pupil-movements.ts';
import type { SchoolPlan } from './school-plan.ts';

/** Boys among a hundred children born about 2014-2018: 111 to 100 girls. */
const BOYS = 0.526;
const LATE = 0.032;
const DISABLED = 0.011;
const WITHOUT_PIN = 0.015;
const CHANGED_CLASS = 0.003;
/** Compulsory from grade 3: curriculum of 2018 (TT 32/2018/TT-BGDĐT). */
const FIRST_GRADE_OF_INFORMATICS = 3;

/** Intellectual, hearing and speech, movement, nervous and mental, vision, other. */
const DISABILITIES = [
  ['05', 46],
  ['02', 13],
  ['01', 13],
  ['04', 14],
  ['03', 6],
  ['06', 8],
] as const;
const verySmall: ReadonlySet<string> = new Set(
  ethnicityList.entries.filter((entry) => 'verySmall' in entry).map((entry) => entry.code),
);

const pad = (value: number) => String(value).padStart(2, '0');

/** Shares of the place, bent for the school: neighbouring villages differ. Satellites lie where the minorities live. */
function bendShares(plan: SchoolPlan, random: Random): Record<'main' | 'satellite', (readonly [string, number])[]> {
  const main = plan.place.ethnicities.map(([code, weight]) => [code, weight * (0.4 + random.next() * 1.2)] as const);
  return { main, satellite: main.map(([code, weight]) => [code, code === '01' ? weight * 0.4 : weight] as const) };
}

/** Years behind the grade's usual age, and whether the child repeats; repeating is commonest in grade 1. */
function drawDelay(random: Random, grade: string, isDisabled: boolean): { late: number; repeating: boolean } {
  if (random.chance(grade === '01' ? 0.016 : 0.005)) return { late: 1, repeating: true };
  if (isDisabled)
    return {
      late: random.weighted([
        [0, 5],
        [1, 3],
        [2, 2],
      ]),
      repeating: false,
    };
  return {
    late: random.chance(LATE)
      ? random.weighted([
          [1, 8],
          [2, 1],
        ])
      : 0,
    repeating: false,
  };
}

interface Support {
  policyGroup: string | null;
  costSupport: boolean;
  boarding: string | null;
  mealSupport: boolean;
}

function drawSupport(
  random: Random,
  plan: SchoolPlan,
  child: { isMinority: boolean; isDisabled: boolean; hasLunchClass: boolean; isPoorPlace: boolean },
): Support {
  const isPoor = random.chance(plan.place.poverty * (child.isMinority ? 1.5 : 0.7));
  const isNearPoor = !isPoor && random.chance(plan.place.poverty * 1.2);
  const policyGroup = isPoor
    ? '08'
    : isNearPoor
      ? '09'
      : child.isDisabled && random.chance(0.7)
        ? '06'
        : child.isPoorPlace && child.isMinority
          ? '11'
          : random.chance(0.004)
            ? random.pick(['04', '05', '10', '16'])
            : null;
  const costSupport = isPoor || policyGroup === '05' || (policyGroup === '11' && random.chance(0.6));
  if (plan.isEthnicBoarding) {
    const boards = child.hasLunchClass && child.isMinority && random.chance(0.75);
    return {
      policyGroup: boards ? (policyGroup ?? '13') : policyGroup,
      costSupport,
      boarding: boards ? '01' : null,
      mealSupport: boards,
    };
  }
  const eats = child.hasLunchClass && random.chance(plan.place.region === '03' ? 0.7 : 0.45);
  return { policyGroup, costSupport, boarding: eats ? '02' : null, mealSupport: false };
}

/** Grades of the pupils of a class: one, or in turn those it combines. */
function gradeAt(filled: FilledClass, place: number): string {
  return filled.combined ? (filled.combinedGrades[place % filled.combinedGrades.length] as string) : filled.grade;
}

interface Making {
  plan: SchoolPlan;
  schoolYear: number;
  isPoorPlace: boolean;
  shares: Record<'main' | 'satellite', (readonly [string, number])[]>;
  /** Name and day of birth of every child so far: nobody comes twice. */
  seen: Set<string>;
  random: Random;
  numbers: NumberIssuer;
}

function drawChild({ plan, schoolYear, shares, seen, random }: Making, filled: FilledClass, grade: string) {
  const sex: Sex = random.chance(BOYS) ? '01' : '02';
  const ethnicity = random.weighted(filled.isSatellite ? shares.satellite : shares.main);
  const isDisabled = plan.isSpecial || random.chance(DISABLED);
  const { late, repeating } = drawDelay(random, grade, isDisabled);
  const birthYear = schoolYear - 5 - Number(grade) - late;
  let [fullName, birthDate] = ['', ''];
  do {
    fullName = drawName(random, { ethnicity, sex, birthYear });
    birthDate = `${birthYear}-${pad(random.integer(1, 12))}-${pad(random.integer(1, 28))}`;
  } while (seen.has(fullName + birthDate));
  seen.add(fullName + birthDate);
  return {
    sex,
    ethnicity,
    fullName,
    birthDate,
    repeating,
    disability: isDisabled ? random.weighted(DISABILITIES) : null,
  };
}

function drawGuardian(
  random: Random,
  child: Pick<StudentDraft, 'ethnicity' | 'fullName' | 'birthDate'>,
): Pick<StudentDraft, 'guardianName' | 'guardianPhone'> {
  const birthYear = Number(child.birthDate.slice(0, 4)) - random.around(20, 38);
  const parent = random.chance(0.45)
    ? { sex: '01' as const, surname: surnameOf(child.fullName) }
    : { sex: '02' as const };
  return {
    guardianName: drawName(random, { ethnicity: child.ethnicity, birthYear, ...parent }),
    guardianPhone: drawPhone(random),
  };
}

function createPupil(making: Making, filled: FilledClass, grade: string): StudentDraft {
  const { plan, schoolYear, isPoorPlace, random, numbers } = making;
  const child = drawChild(making, filled, grade);
  const isNew = grade === '01' && !child.repeating;
  const circumstances = {
    isMinority: child.ethnicity !== '01',
    isDisabled: child.disability !== null,
    hasLunchClass: filled.boarding,
    isPoorPlace,
  };
  return {
    code: `HS${String(making.seen.size).padStart(5, '0')}`,
    ...child,
    pin: random.chance(WITHOUT_PIN) ? null : numbers.issuePin(random, child),
    // New pupils get their code from the ministry's system at the first exchange.
    ministryCode: isNew ? null : numbers.issueMinistryCode(),
    classCode: filled.code,
    openingClassCode: null,
    grade,
    entryStatus: '01',
    enteredOn: `${schoolYear}-09-05`,
    leaveStatus: null,
    leftOn: null,
    leaveReason: null,
    destination: null,
    newEntrant: isNew,
    twoSessions: filled.twoSessions,
    informatics: Number(grade) >= FIRST_GRADE_OF_INFORMATICS,
    ...drawSupport(random, plan, circumstances),
    smallMinoritySupport: verySmall.has(child.ethnicity),
    ...drawGuardian(random, child),
  };
}

/** Pupils of all classes; those present on the as-of day are as many as the classes hold. */
export function createPupils(
  plan: SchoolPlan,
  classes: readonly FilledClass[],
  when: { schoolYear: number; today: string; isPoorPlace: boolean },
  random: Random,
  numbers: NumberIssuer,
): StudentDraft[] {
  const making: Making = {
    plan,
    schoolYear: when.schoolYear,
    isPoorPlace: when.isPoorPlace,
    shares: bendShares(plan, random),
    seen: new Set(),
    random,
    numbers,
  };
  const movements = movementsOf(plan, when, random);
  const students: StudentDraft[] = [];
  for (const filled of classes) {
    for (let place = 0; place < filled.size; place++) {
      const pupil = createPupil(making, filled, gradeAt(filled, place));
      students.push({ ...pupil, ...movements.ofPresentPupil(pupil) });
    }
    for (const spell of movements.besideClass(filled.size)) {
      const pupil = createPupil(making, filled, filled.grade);
      students.push({ ...pupil, ...spell });
    }
  }
  moveBetweenClasses(students, classes, random);
  return students;
}

/** A few were in another class of the grade at opening. */
function moveBetweenClasses(students: StudentDraft[], classes: readonly FilledClass[], random: Random): void {
  for (const student of students) {
    if (student.entryStatus !== '01' || !random.chance(CHANGED_CLASS)) continue;
    const others = classes.filter(
      (each) => each.grade === student.grade && !each.combined && each.code !== student.classCode,
    );
    if (others.length > 0) student.openingClassCode = random.pick(others).code;
  }
}
