import { preschoolPart } from '@khuevan/core/codes/levels.ts';
import { trainingStandardOn } from '@khuevan/core/rules/training-standard.ts';
import { startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import { drawName } from '@khuevan/core/vietnam/names.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { Sex, StaffDraft } from './drafts.ts';
import type { LevelDescription } from './levels/index.ts';
import { drawPhone, type NumberIssuer } from './numbers-issued.ts';
import type { LevelPlan } from './school-plan.ts';

const MANAGER = '01';
const SUPPORT = '02';
const TEACHER = '03';

interface Job {
  staffGroup: string;
  position: string | null;
  subjects: string[];
  youthLeader: boolean;
}

function deputiesOf({ level, place, classes, staff, isMain }: LevelPlan): number {
  if (staff < 5) return 0;
  // Levels beside the main one have a deputy each who looks after them.
  if (!isMain) return 1;
  return (
    1 + level.deputiesFrom[place.region === '04' ? 'mountain' : 'elsewhere'].filter((from) => classes >= from).length
  );
}

/** What so many teachers teach, by the shares of the level. */
function subjectsOf(level: LevelDescription, teachers: number): (readonly string[])[] {
  const teaching = level.teaching.filter(
    ({ grade }) => grade === undefined || level.bands.some((band) => band.grade === grade),
  );
  const counts = apportion(
    teachers,
    teaching.map(({ share }) => share),
  );
  return teaching.flatMap(({ subjects }, index) => Array.from({ length: counts[index]! }, () => subjects));
}

function createJobs(plan: LevelPlan): Job[] {
  const { level, staff } = plan;
  const job = (
    staffGroup: string,
    position: string | null,
    subjects: readonly string[] = [],
    youthLeader = false,
  ): Job => ({ staffGroup, position, subjects: [...subjects], youthLeader });
  const left = (share: number, most: number) => Math.min(most, Math.floor(staff * share));
  const { head, deputy } = level.positions;
  const jobs = [
    ...(plan.isMain ? [job(MANAGER, head)] : []),
    ...Array.from({ length: deputiesOf(plan) }, () => job(MANAGER, deputy)),
  ].slice(0, staff);
  if (plan.isMain)
    for (const position of level.support.slice(0, left(0.14, level.support.length))) jobs.push(job(SUPPORT, position));
  if (plan.hasYouthLeader && staff >= 10) jobs.push(job(TEACHER, null, level.teaching[0]!.subjects, true));
  for (const subject of level.specialists.slice(0, left(0.16, level.specialists.length)))
    jobs.push(job(TEACHER, null, [subject]));
  for (const [index, subjects] of subjectsOf(level, staff - jobs.length).entries()) {
    // One team leader for about eight teachers, and a deputy in larger teams.
    const position = index % 8 === 0 ? '03' : index % 16 === 1 ? '04' : null;
    jobs.push(job(TEACHER, position, subjects));
  }
  return jobs;
}

const pad = (value: number) => String(value).padStart(2, '0');

function drawAge(random: Random, sex: Sex, group: string): number {
  const oldest = sex === '02' ? 55 : 59;
  const age =
    group === MANAGER
      ? random.around(36, 57)
      : random.weighted([
          [random.integer(24, 29), 12],
          [random.integer(30, 39), 34],
          [random.integer(40, 49), 38],
          [random.integer(50, oldest), 16],
        ]);
  return Math.min(age, oldest);
}

function drawContract(random: Random, plan: LevelPlan, job: Job, age: number): string {
  if (plan.isPrivate)
    return random.weighted([
      ['03', 8],
      ['04', 2],
    ]);
  if (job.staffGroup === MANAGER) return '07';
  if (job.staffGroup === SUPPORT)
    return random.weighted([
      ['07', 7],
      ['08', 2],
      ['02', 1],
      ['04', 1],
    ]);
  // Contracts of new public employees are for a term since 2020-07-01.
  return age < 30
    ? random.weighted([
        ['08', 6],
        ['07', 2],
        ['04', 2],
      ])
    : random.weighted([
        ['07', 92],
        ['08', 5],
        ['04', 3],
      ]);
}

function drawTraining(random: Random, { training }: LevelDescription, job: Job, age: number): string {
  if (job.staffGroup === MANAGER) return random.weighted(training.managers);
  if (job.staffGroup === SUPPORT)
    return random.weighted([
      ['03', 5],
      ['04', 3],
      ['05', 4],
      ['06', 1],
    ]);
  return random.weighted(age >= 50 ? training.older : training.younger);
}

/** What the law says on the as-of day is declared, where it says anything of the level. */
function standardOf(level: string, job: Job, training: string, schoolYear: number): string | null {
  if (job.staffGroup === SUPPORT) return null;
  return trainingStandardOn(startOfYearAsOf(schoolYear), level, training, job.subjects)?.standard ?? null;
}

const PHYSICAL_EDUCATION = '08';

function shareOfWomen({ women }: LevelDescription, job: Job): number {
  if (job.staffGroup === MANAGER) return women.managers;
  return job.subjects[0] === PHYSICAL_EDUCATION ? Math.min(0.35, women.teachers) : women.teachers;
}

/** Nursery or kindergarten, of the teachers of a level that tells them apart. */
function partOf({ bands, teaching }: LevelDescription, job: Job): { preschoolPart?: string | null } {
  if (bands.every(({ ageGroup }) => ageGroup === undefined)) return {};
  if (job.staffGroup !== TEACHER) return { preschoolPart: null };
  const grade = teaching.find(({ subjects }) => subjects.some((subject) => job.subjects.includes(subject)))?.grade;
  return { preschoolPart: preschoolPart.entries.find((part) => part.grade === grade)?.code ?? null };
}

/** Grown-ups of the minorities are rarer among teachers than among pupils. */
const KINH_AMONG_STAFF = 1.6;

/** The same for all levels of a school. */
export interface StaffMaking {
  schoolYear: number;
  /** Name and day of birth of everybody so far: nobody comes twice. */
  seen: Set<string>;
  numbers: NumberIssuer;
}

export function createStaff(plan: LevelPlan, school: StaffMaking, random: Random): StaffDraft[] {
  const { level } = plan;
  const { schoolYear, seen, numbers } = school;
  const ethnicities = plan.place.ethnicities.map(
    ([code, weight]) => [code, code === '01' ? weight * KINH_AMONG_STAFF : weight] as const,
  );
  const createPerson = (job: Job): StaffDraft => {
    const sex: Sex = random.chance(shareOfWomen(level, job)) ? '02' : '01';
    const ethnicity = random.weighted(ethnicities);
    const age = drawAge(random, sex, job.staffGroup);
    const birthYear = schoolYear - age;
    let [fullName, birthDate] = ['', ''];
    do {
      fullName = drawName(random, { ethnicity, sex, birthYear });
      birthDate = `${birthYear}-${pad(random.integer(1, 12))}-${pad(random.integer(1, 28))}`;
    } while (seen.has(fullName + birthDate));
    seen.add(fullName + birthDate);
    const isNew = random.chance(0.04);
    const training = drawTraining(random, level, job, age);
    const startYear = Math.min(schoolYear - 1, birthYear + 22 + random.integer(0, Math.max(0, age - 23)));
    return {
      code: `CB${String(seen.size).padStart(3, '0')}`,
      fullName,
      birthDate,
      sex,
      ethnicity,
      pin: numbers.issuePin(random, { sex, birthDate }),
      staffGroup: job.staffGroup,
      position: job.position,
      level: level.code,
      ...partOf(level, job),
      contract: drawContract(random, plan, job, age),
      training,
      declaredStandard: standardOf(level.code, job, training, schoolYear),
      subjects: job.subjects,
      youthLeader: job.youthLeader,
      multipleDuties: job.staffGroup === SUPPORT && random.chance(plan.staff < 20 ? 0.4 : 0.1),
      status: isNew ? '07' : '01',
      enteredOn: isNew
        ? `${schoolYear}-08-${pad(random.integer(1, 28))}`
        : `${startYear}-${random.pick(['08-15', '09-01', '09-05', '10-01'])}`,
      leftOn: null,
      phone: drawPhone(random),
    };
  };

  const people = createJobs(plan).map(createPerson);
  // One who was there last year and left in the summer: on the list, not counted.
  if (!plan.isExactInStaff && random.chance(0.2)) {
    const subjects = [...level.teaching[0]!.subjects];
    const gone = createPerson({ staffGroup: TEACHER, position: null, subjects, youthLeader: false });
    const [status, leftOn] = random.pick([
      ['02', `${schoolYear}-08-16`],
      ['05', `${schoolYear}-09-01`],
      ['03', `${schoolYear}-08-26`],
    ] as const);
    people.push({ ...gone, status, leftOn, enteredOn: `${schoolYear - 6}-09-05` });
  }
  return people;
}
