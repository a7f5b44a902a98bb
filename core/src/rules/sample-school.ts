import { entriesFor } from '../codes/index.ts';
import { budgetLine } from '../codes/schools.ts';
import type { RecordKindName } from '../records/field.ts';
import { drawName } from '../vietnam/names.ts';
import { buildPin } from '../vietnam/pin.ts';
import { createRandom, type Random } from '../vietnam/random.ts';
import { largestClass } from './class.ts';
import type { RecordValues, RuleContext } from './rule.ts';

/** A synthetic primary school whose records keep every rule: what tests and measurements of the rules start from. */
export interface SampleSchool {
  context: RuleContext;
  records: Record<RecordKindName, RecordValues[]>;
}

const YEAR = 2024;
const GRADES = ['01', '02', '03', '04', '05'];

export function drawSampleSchool(seed: string, pupilCount = 200): SampleSchool {
  const random = createRandom(seed);
  const staff = drawStaff(random.fork('staff'));
  const classes = drawClasses(random.fork('classes'), pupilCount);
  const students = drawStudents(random.fork('students'), classes, pupilCount);
  const sites: RecordValues[] = [
    { code: 'D1', name: 'Trường chính', isMain: true, distanceKm: null, address: 'Xóm Trung, xã Bảo Cường' },
    { code: 'D2', name: 'Điểm trường Nà Lẹng', isMain: false, distanceKm: 4.5, address: null },
  ];
  const context: RuleContext = {
    schoolYear: YEAR,
    asOf: `${YEAR}-09-30`,
    levels: ['02'],
    classes: new Map(
      classes.map(({ code, grade, special, combined, combinedGrades }) => [
        String(code),
        {
          grade: String(grade),
          special: special === true,
          combined: combined === true,
          combinedGrades: (combinedGrades ?? []) as string[],
        },
      ]),
    ),
    sites: new Set(['D1', 'D2']),
    staff: new Set(staff.map(({ code }) => String(code))),
    pupils: countPupils(students),
    difficultArea: false,
  };
  return {
    context,
    records: {
      profile: [drawProfile(random)],
      site: sites,
      staff,
      class: classes,
      student: students,
      room: drawRooms(random),
      budget: drawBudget(random),
    },
  };
}

export function drawProfile(random: Random): RecordValues {
  return {
    ownership: random.pick(['01', '09']),
    schoolKind: '07',
    region: '04',
    difficultAreas: null,
    communeCode: '05533',
    address: 'Xã Bảo Cường, huyện Định Hóa',
    phone: '0208 3000 000',
    email: null,
    headName: 'Ma Thị Hiền',
    headPhone: null,
    foundedOn: '1995-08-15',
    twoSessions: true,
    computers: true,
    internet: true,
    onlineTeaching: random.chance(0.5),
    electricity: true,
    cleanWater: true,
    drinkingWater: true,
    toilets: true,
    handWashing: true,
    lifeSkills: true,
    disabilityAccess: random.chance(0.5),
    counselling: true,
    disasterPlan: null,
  };
}

function drawClasses(random: Random, pupilCount: number): RecordValues[] {
  const count = Math.max(7, Math.ceil(pupilCount / 28));
  return Array.from({ length: count }, (_, index) => {
    const grade = GRADES[index % GRADES.length] as string;
    const isCombined = index === 5;
    const sessions = random.pick(['01', '03', '05', '06']);
    return {
      code: `${Number(grade)}${String.fromCharCode(65 + (Math.floor(index / GRADES.length) % 26))}${index >= 130 ? index : ''}`,
      name: `Lớp ${index + 1}`,
      grade,
      ageGroup: null,
      specialisation: null,
      siteCode: index % 4 === 3 ? 'D2' : 'D1',
      sessionsPerWeek: sessions,
      twoSessions: sessions >= '05',
      combined: isCombined,
      combinedGrades: isCombined ? ['01', '02'] : null,
      combinedAges: null,
      boarding: false,
      special: index === 6,
      homeroomTeacher: null,
    };
  });
}

/** Odd and no multiple of 5: a million different serials. */
const SERIAL_STEP = 387_421;

export function drawPerson(random: Random, birthYear: number, serial: number) {
  const sex = random.pick(['01', '02'] as const);
  const ethnicity = random.weighted([
    ['01', 70],
    ['02', 15],
    ['07', 6],
    ['18', 4],
    ['09', 4],
    ['43', 1],
  ] as const);
  const birthDate = `${birthYear}-${String(random.integer(1, 12)).padStart(2, '0')}-${String(random.integer(1, 28)).padStart(2, '0')}`;
  return {
    fullName: drawName(random, { ethnicity, sex, birthYear }),
    birthDate,
    sex,
    ethnicity,
    pin: buildPin({
      prefix: '019',
      sex,
      birthYear,
      serial: String((serial * SERIAL_STEP) % 1_000_000).padStart(6, '0'),
    }),
  };
}

export function countPupils(students: RecordValues[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { classCode } of students) counts.set(String(classCode), (counts.get(String(classCode)) ?? 0) + 1);
  return counts;
}

const outcomes: readonly (readonly [Record<string, string>, number])[] = [
  [{ entryStatus: '01', enteredOn: '2024-09-05' }, 90],
  [{ entryStatus: '02', enteredOn: '2024-09-20' }, 2],
  [{ entryStatus: '06', enteredOn: '2025-02-10' }, 2],
  [{ entryStatus: '10', enteredOn: '2024-08-12' }, 2],
  [{ entryStatus: '01', enteredOn: '2024-09-05', leaveStatus: '04', leftOn: '2024-11-15', destination: '02' }, 2],
  [{ entryStatus: '01', enteredOn: '2024-09-05', leaveStatus: '09', leftOn: '2025-03-03', leaveReason: '01' }, 1],
  [{ entryStatus: '01', enteredOn: '2024-09-05', leaveStatus: '11', leftOn: '2025-07-01', destination: '01' }, 1],
];

/** Desk by desk through all classes, each as large as it may be. */
function desksOf(classes: readonly RecordValues[]): RecordValues[] {
  const sizes = classes.map(({ grade, combined }) => largestClass(String(grade), combined === true) ?? 0);
  return Array.from({ length: Math.max(...sizes) }, (_, row) =>
    classes.filter((_class, index) => row < sizes[index]!),
  ).flat();
}

function drawStudents(random: Random, classes: RecordValues[], count: number): RecordValues[] {
  const desks = desksOf(classes);
  return Array.from({ length: count }, (_, index) => {
    const home = desks[index] as RecordValues;
    const grade = home.combined ? (['01', '02'][index % 2] as string) : String(home.grade);
    const repeating = random.chance(0.03);
    const birthYear = YEAR - 5 - Number(grade) - (repeating ? 1 : 0);
    const outcome = random.weighted(outcomes);
    const disability = home.special || random.chance(0.02) ? random.pick(['01', '02', '05', '06']) : null;
    const policyGroup = random.chance(0.1) ? '08' : null;
    const meal = policyGroup !== null && random.chance(0.5);
    return {
      code: `HS${String(index + 1).padStart(6, '0')}`,
      ...drawPerson(random, birthYear, index + 1),
      ministryCode: String(1_900_000_000 + index),
      classCode: home.code,
      openingClassCode: null,
      grade,
      entryStatus: null,
      enteredOn: null,
      leaveStatus: null,
      leftOn: null,
      leaveReason: null,
      destination: null,
      ...outcome,
      newEntrant: grade === '01' && !repeating && outcome.entryStatus === '01',
      repeating,
      twoSessions: home.twoSessions,
      boarding: meal ? '01' : random.chance(0.1) ? '02' : null,
      informatics: grade >= '03',
      disability,
      policyGroup,
      costSupport: policyGroup !== null,
      smallMinoritySupport: false,
      mealSupport: meal,
      healthChecked: null,
      foreignLanguage: null,
      vocational: null,
      educationResult: null,
      learningResult: null,
      conductResult: null,
      yearResult: null,
      nutrition: null,
      feeRelief: null,
      lunchSupport: null,
      guardianName: 'Hoàng Văn Thắng',
      guardianPhone: '0912 000 000',
    };
  });
}

function drawStaff(random: Random): RecordValues[] {
  return Array.from({ length: 16 }, (_, index) => {
    const [staffGroup, position] =
      index === 0
        ? ['01', '01']
        : index === 1
          ? ['01', '02']
          : index < 13
            ? ['03', index === 2 ? '03' : null]
            : ['02', random.pick(['09', '15', '11'])];
    const isTeacher = staffGroup === '03';
    const training = isTeacher ? random.pick(['16', '13', '02', '17']) : '04';
    return {
      code: `CB${String(index + 1).padStart(4, '0')}`,
      ...drawPerson(random, 1966 + index * 2, 900 + index),
      staffGroup,
      position,
      level: '02',
      preschoolPart: null,
      contract: random.pick(['07', '08', '03']),
      training,
      declaredStandard: isTeacher ? { '16': '01', '13': '01', '02': '02', '17': '03' }[training] : null,
      subjects: isTeacher ? ['09'] : null,
      youthLeader: index === 5,
      multipleDuties: staffGroup === '02' && random.chance(0.5),
      status: index === 7 ? '07' : '01',
      enteredOn: '2015-08-01',
      leftOn: null,
      phone: null,
    };
  });
}

function drawRooms(random: Random): RecordValues[] {
  return entriesFor('room_kind', ['02']).map(({ code }) => ({
    level: '02',
    preschoolPart: null,
    roomKind: code,
    solid: random.integer(1, 12),
    semiSolid: random.integer(0, 4),
    temporary: 0,
  }));
}

const educationLines = budgetLine.entries.filter(({ block }) => block === 'education');

/** Both splits of the total in hundredths, so that they add up to the last digit. */
export function drawBudget(random: Random): RecordValues[] {
  const amounts = ['settled', 'planned', 'estimated'].map((amount) => {
    const total = random.integer(500_000, 900_000);
    const parts = (count: number) => {
      const cuts = Array.from({ length: count - 1 }, () => random.integer(0, Math.floor(total / count)));
      return [...cuts, total - cuts.reduce((sum, cut) => sum + cut, 0)];
    };
    const splits = { total: [total], source: parts(3), use: parts(4) };
    return [amount, educationLines.map(({ split }) => (splits[split].shift() as number) / 100)] as const;
  });
  return educationLines.map(({ code }, index) => ({
    line: code,
    ...Object.fromEntries(amounts.map(([amount, values]) => [amount, values[index]])),
  }));
}
