import { ethnicity as ethnicityList } from '@khuevan/core/codes/people.ts';
import { endOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import { drawName, surnameOf } from '@khuevan/core/vietnam/names.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { careOf } from './care.ts';
import type { FilledClass } from './classes.ts';
import type { Sex, StudentDraft } from './drafts.ts';
import { drawPhone, type NumberIssuer } from './numbers-issued.ts';
import { movementsOf } from './pupil-movements.ts';
import { drawResults, withoutResults } from './pupil-results.ts';
import type { Band } from './levels/index.ts';
import type { LevelPlan } from './school-plan.ts';

/** Boys among a hundred children born about 2014-2018: 111 to 100 girls. */
const BOYS = 0.526;
const DISABLED = 0.011;
const WITHOUT_PIN = 0.015;
const CHANGED_CLASS = 0.003;
/** The Kinh in an ethnic boarding school, who are otherwise as many as the place has. */
const KINH_IN_RESIDENTIAL = 0.05;

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

export type EthnicShares = Record<'main' | 'satellite', (readonly [string, number])[]>;

/** Shares of the place, bent for the school: neighbouring villages differ. Satellites lie where the minorities live. */
export function bendShares(plan: LevelPlan, random: Random): EthnicShares {
  const kinh = plan.isEthnicResidential ? KINH_IN_RESIDENTIAL : 1;
  const main = plan.place.ethnicities.map(
    ([code, weight]) => [code, weight * (code === '01' ? kinh : 1) * (0.4 + random.next() * 1.2)] as const,
  );
  return { main, satellite: main.map(([code, weight]) => [code, code === '01' ? weight * 0.4 : weight] as const) };
}

/** Years behind the usual age of the band, and whether the child repeats. */
function drawDelay(
  random: Random,
  { level }: LevelPlan,
  band: Band,
  isDisabled: boolean,
): { late: number; repeating: boolean } {
  if (random.chance(band.repeating)) return { late: 1, repeating: true };
  if (isDisabled && level.late > 0)
    return {
      late: random.weighted([
        [0, 5],
        [1, 3],
        [2, 2],
      ]),
      repeating: false,
    };
  return {
    late: random.chance(level.late) ? random.weighted(level.yearsLate) : 0,
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
  plan: LevelPlan,
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
  // Who lives at an ethnic boarding school has a scholarship, not the support of those who board by day.
  if (plan.isEthnicResidential && child.isMinority)
    return { policyGroup: policyGroup ?? '11', costSupport: true, boarding: null, mealSupport: false };
  if (plan.isEthnicBoarding) {
    const boards = child.hasLunchClass && child.isMinority && random.chance(0.75);
    return {
      policyGroup: boards ? (policyGroup ?? '13') : policyGroup,
      costSupport,
      boarding: boards ? '01' : null,
      mealSupport: boards,
    };
  }
  const eats = child.hasLunchClass && random.chance(plan.level.eats[plan.place.region === '03' ? 0 : 1]);
  return { policyGroup, costSupport, boarding: eats ? '02' : null, mealSupport: false };
}

/** What the pupils of a class are taught: one band, or in turn those it combines. */
function bandAt({ bands }: FilledClass, place: number): Band {
  return bands[place % bands.length]!;
}

/** The same for all levels of a school. */
export interface PupilsMaking {
  schoolYear: number;
  /** ISO day on which the school is seen. */
  today: string;
  isPoorPlace: boolean;
  shares: EthnicShares;
  /** Name and day of birth of every child so far: nobody comes twice. */
  seen: Set<string>;
  numbers: NumberIssuer;
}

interface Making extends PupilsMaking {
  plan: LevelPlan;
  random: Random;
}

function drawChild({ plan, schoolYear, shares, seen, random }: Making, filled: FilledClass, band: Band) {
  const sex: Sex = random.chance(BOYS) ? '01' : '02';
  const ethnicity = random.weighted(filled.isSatellite ? shares.satellite : shares.main);
  const isDisabled = plan.isSpecial || random.chance(DISABLED);
  const { late, repeating } = drawDelay(random, plan, band, isDisabled);
  const birthYear = schoolYear - band.age - late;
  let [fullName, birthDate] = ['', ''];
  do {
    fullName = drawName(random, { ethnicity, sex, birthYear });
    birthDate = `${birthYear}-${pad(random.integer(1, band.bornUntil ?? 12))}-${pad(random.integer(1, 28))}`;
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

function createPupil(making: Making, filled: FilledClass, band: Band): StudentDraft {
  const { plan, schoolYear, isPoorPlace, random, numbers } = making;
  const child = drawChild(making, filled, band);
  const isNew = band.isEntry && !child.repeating;
  const circumstances = {
    isMinority: child.ethnicity !== '01',
    isDisabled: child.disability !== null,
    hasLunchClass: filled.boarding,
    isPoorPlace,
  };
  const support = drawSupport(random, plan, circumstances);
  const cared = {
    age: schoolYear - Number(child.birthDate.slice(0, 4)),
    isKindergarten: filled.grade === '17',
    policyGroup: support.policyGroup,
  };
  return {
    code: `HS${String(making.seen.size).padStart(5, '0')}`,
    ...child,
    pin: random.chance(WITHOUT_PIN) ? null : numbers.issuePin(random, child),
    ministryCode: isNew && plan.level.entrantsWithoutCode ? null : numbers.issueMinistryCode(),
    classCode: filled.code,
    openingClassCode: null,
    grade: band.grade,
    entryStatus: '01',
    enteredOn: `${schoolYear}-09-05`,
    leaveStatus: null,
    leftOn: null,
    leaveReason: null,
    destination: null,
    newEntrant: isNew,
    twoSessions: filled.twoSessions,
    informatics: band.informatics === 1 || (band.informatics > 0 && filled.informatics),
    ...support,
    smallMinoritySupport: verySmall.has(child.ethnicity),
    ...filled.learning,
    ...withoutResults(plan.level.code),
    ...careOf(plan, cared, schoolYear, random),
    ...drawGuardian(random, child),
  };
}

/** What preschool does not keep. */
function withoutSchooling(student: StudentDraft): StudentDraft {
  const { newEntrant: _newEntrant, repeating: _repeating, informatics: _informatics, ...kept } = student;
  return kept;
}

/** Pupils of all classes of a level; those present on the as-of day are as many as the classes hold. */
export function createPupils(
  plan: LevelPlan,
  classes: readonly FilledClass[],
  school: PupilsMaking,
  random: Random,
): StudentDraft[] {
  const making: Making = { ...school, plan, random };
  const hasEnded = school.today > endOfYearAsOf(school.schoolYear);
  const movements = movementsOf(plan, school, random);
  const students: StudentDraft[] = [];
  const bands = new Map<StudentDraft, Band>();
  const add = (filled: FilledClass, band: Band, changeOf: (pupil: StudentDraft) => Partial<StudentDraft>) => {
    const pupil = createPupil(making, filled, band);
    const student = { ...pupil, ...changeOf(pupil) };
    if (hasEnded && student.leftOn === null) Object.assign(student, drawResults(plan.level.code, student, random));
    const kept = plan.level.code === '01' ? withoutSchooling(student) : student;
    students.push(kept);
    bands.set(kept, band);
  };
  for (const filled of classes) {
    for (let place = 0; place < filled.size; place++) add(filled, bandAt(filled, place), movements.ofPresentPupil);
    for (const spell of movements.besideClass(filled.size)) add(filled, filled.bands[0]!, () => spell);
  }
  moveBetweenClasses(bands, classes, random);
  return students;
}

/** A few were in another class of the same band at opening. */
function moveBetweenClasses(
  bands: ReadonlyMap<StudentDraft, Band>,
  classes: readonly FilledClass[],
  random: Random,
): void {
  for (const [student, band] of bands) {
    if (student.entryStatus !== '01' || !random.chance(CHANGED_CLASS)) continue;
    const others = classes.filter(
      (each) => each.bands[0] === band && !each.combined && each.code !== student.classCode,
    );
    if (others.length > 0) student.openingClassCode = random.pick(others).code;
  }
}
