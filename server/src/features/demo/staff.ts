import { drawName } from '@khuevan/core/vietnam/names.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { Sex, StaffDraft } from './drafts.ts';
import { drawPhone, type NumberIssuer } from './numbers-issued.ts';
import { PRIMARY, type SchoolPlan } from './school-plan.ts';

const MANAGER = '01';
const SUPPORT = '02';
const TEACHER = '03';

interface Job {
  staffGroup: string;
  position: string | null;
  subjects: string[];
  youthLeader: boolean;
}

/** Positions that form 02-TH-ĐN has a line for, in the order in which schools get them: accountant, clerk, medical, library, equipment, cashier. */
const SUPPORT_POSITIONS = ['15', '16', '11', '09', '10', '25'] as const;
/** English, physical education, music, fine arts, informatics. */
const SPECIAL_SUBJECTS = ['07', '08', '05', '19', '10'] as const;
const CLASS_TEACHER = '09';

/** From so many classes a school has two deputies, and otherwise one (TT 20/2023/TT-BGDĐT). */
const TWO_DEPUTIES: Readonly<Record<string, number>> = { '03': 28, '02': 28, '01': 28, '04': 19 };

function createJobs(plan: SchoolPlan): Job[] {
  const job = (staffGroup: string, position: string | null, subjects: string[] = [], youthLeader = false): Job => ({
    staffGroup,
    position,
    subjects,
    youthLeader,
  });
  const left = (share: number, most: number) => Math.min(most, Math.floor(plan.staff * share));
  const deputies = plan.staff < 5 ? 0 : plan.classes >= (TWO_DEPUTIES[plan.place.region] ?? 28) ? 2 : 1;
  const jobs = [job(MANAGER, '01'), ...Array.from({ length: deputies }, () => job(MANAGER, '02'))].slice(0, plan.staff);
  for (const position of SUPPORT_POSITIONS.slice(0, left(0.14, 6))) jobs.push(job(SUPPORT, position));
  if (plan.staff >= 10) jobs.push(job(TEACHER, null, [CLASS_TEACHER], true));
  const special = SPECIAL_SUBJECTS.slice(0, left(0.16, 5));
  for (const subject of special) jobs.push(job(TEACHER, null, [subject]));
  for (let index = 0; jobs.length < plan.staff; index++) {
    // One team leader for about eight class teachers, and a deputy in larger teams.
    const position = index % 8 === 0 ? '03' : index % 16 === 1 ? '04' : null;
    jobs.push(job(TEACHER, position, [CLASS_TEACHER]));
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

function drawContract(random: Random, plan: SchoolPlan, job: Job, age: number): string {
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

/** Since 2020-07-01 primary teachers need a university degree; older ones study until 2030. */
function drawTraining(random: Random, job: Job, age: number): string {
  if (job.staffGroup === MANAGER)
    return random.weighted([
      ['16', 8],
      ['02', 2],
    ]);
  if (job.staffGroup === SUPPORT)
    return random.weighted([
      ['03', 5],
      ['04', 3],
      ['05', 4],
      ['06', 1],
    ]);
  return age >= 50
    ? random.weighted([
        ['16', 62],
        ['17', 20],
        ['18', 12],
        ['02', 2],
        ['09', 2],
        ['10', 2],
      ])
    : random.weighted([
        ['16', 84],
        ['13', 3],
        ['17', 7],
        ['18', 1],
        ['02', 5],
      ]);
}

const ABOVE_STANDARD: readonly string[] = ['01', '02'];
const AT_STANDARD: readonly string[] = ['13', '16'];

/** Luật Giáo dục 43/2019/QH14, Điều 72: a degree in teacher education, or another with the certificate. */
function standardOf(job: Job, training: string): string | null {
  if (job.staffGroup === SUPPORT) return null;
  if (ABOVE_STANDARD.includes(training)) return '02';
  return AT_STANDARD.includes(training) ? '01' : '03';
}

/** Grown-ups of the minorities are rarer among teachers than among pupils. */
const KINH_AMONG_STAFF = 1.6;

export function createStaff(plan: SchoolPlan, schoolYear: number, random: Random, numbers: NumberIssuer): StaffDraft[] {
  const ethnicities = plan.place.ethnicities.map(
    ([code, weight]) => [code, code === '01' ? weight * KINH_AMONG_STAFF : weight] as const,
  );
  const seen = new Set<string>();

  const createPerson = (job: Job, index: number): StaffDraft => {
    const sex: Sex = random.chance(job.staffGroup === MANAGER ? 0.65 : job.subjects[0] === '08' ? 0.35 : 0.86)
      ? '02'
      : '01';
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
    const training = drawTraining(random, job, age);
    const startYear = Math.min(schoolYear - 1, birthYear + 22 + random.integer(0, Math.max(0, age - 23)));
    return {
      code: `CB${String(index + 1).padStart(3, '0')}`,
      fullName,
      birthDate,
      sex,
      ethnicity,
      pin: numbers.issuePin(random, { sex, birthDate }),
      staffGroup: job.staffGroup,
      position: job.position,
      level: PRIMARY,
      contract: drawContract(random, plan, job, age),
      training,
      declaredStandard: standardOf(job, training),
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
    const gone = createPerson(
      { staffGroup: TEACHER, position: null, subjects: [CLASS_TEACHER], youthLeader: false },
      people.length,
    );
    const [status, leftOn] = random.pick([
      ['02', `${schoolYear}-08-16`],
      ['05', `${schoolYear}-09-01`],
      ['03', `${schoolYear}-08-26`],
    ] as const);
    people.push({ ...gone, status, leftOn, enteredOn: `${schoolYear - 6}-09-05` });
  }
  return people;
}
