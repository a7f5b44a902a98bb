import type { CodeEntry } from '../codes/code-list.ts';
import { trainingLevel } from '../codes/staff.ts';

/** Training standard of teachers, by the law in force on a day. Codes are those of the list `training_standard`. */

type Training = CodeEntry & { degree: number; pedagogical: boolean; certificate?: boolean };
type Degree = 1 | 2 | 3;

interface StandardLaw {
  /** First day in force. */
  from: string;
  source: string;
  /** Lowest degree in teacher education by level of education (1 intermediate, 2 college, 3 university). */
  lowest: Readonly<Record<string, Degree>>;
  /** Levels at which such a degree in another field and the pedagogical certificate will do. */
  certificate: readonly string[];
  /** Lowest degree for teachers who teach nothing but these subjects, at these levels. */
  special?: { subjects: ReadonlySet<string>; levels: readonly string[]; lowest: Degree };
}

/** Fine arts, music, foreign languages, informatics, technology. */
const SPECIAL_SUBJECTS: ReadonlySet<string> = new Set([
  '05',
  '19',
  '07',
  '10',
  '11',
  '12',
  '13',
  '33',
  '34',
  '35',
  '24',
]);

const GENERAL = ['02', '03', '04'];

/** Newest first. */
const laws: readonly StandardLaw[] = [
  {
    from: '2026-03-31',
    source: 'Luật Nhà giáo 73/2025/QH15, Điều 28; NĐ 93/2026/NĐ-CP, Điều 20',
    lowest: { '01': 2, '02': 3, '03': 3, '04': 3 },
    certificate: GENERAL,
    special: { subjects: SPECIAL_SUBJECTS, levels: ['02'], lowest: 2 },
  },
  {
    from: '2026-01-01',
    source: 'Luật Nhà giáo 73/2025/QH15, Điều 28',
    lowest: { '01': 2, '02': 3, '03': 3, '04': 3 },
    certificate: GENERAL,
  },
  {
    from: '2020-07-01',
    source: 'Luật Giáo dục 43/2019/QH14, Điều 72',
    lowest: { '01': 2, '02': 3, '03': 3, '04': 3 },
    certificate: GENERAL,
  },
  {
    from: '2006-01-01',
    source: 'Luật Giáo dục 38/2005/QH11, Điều 77',
    lowest: { '01': 1, '02': 1, '03': 2, '04': 3 },
    certificate: ['03', '04'],
  },
];

const trainings = new Map<string, Training>(
  (trainingLevel.entries as readonly Training[]).map((entry) => [entry.code, entry]),
);
const MASTER = 4;

export interface TrainingStandard {
  /** 01 meets, 02 above, 03 below. */
  standard: '01' | '02' | '03';
  source: string;
}

/** The lowest degree that can meet the standard of a level, by the law in force on a day (ISO); null where it says nothing. */
export function lowestDegreeOn(day: string, level: string): { lowest: 1 | 2 | 3; source: string } | null {
  const law = laws.find((each) => each.from <= day);
  const lowest = law?.lowest[level];
  if (!law || lowest === undefined) return null;
  return { lowest: law.special?.levels.includes(level) ? law.special.lowest : lowest, source: law.source };
}

/** Null where the law says nothing for the level or the day. `day` is ISO. */
export function trainingStandardOn(
  day: string,
  level: string,
  training: string,
  subjects: readonly string[],
): TrainingStandard | null {
  const law = laws.find((each) => each.from <= day);
  const held = trainings.get(training);
  if (!law || !held) return null;
  const special = law.special;
  const isSpecial =
    special?.levels.includes(level) &&
    subjects.length > 0 &&
    subjects.every((subject) => special.subjects.has(subject));
  const lowest = special && isSpecial ? special.lowest : law.lowest[level];
  if (lowest === undefined) return null;
  const isAccepted = held.certificate ? law.certificate.includes(level) : held.pedagogical;
  return { standard: standardOf(held.degree, isAccepted, lowest), source: law.source };
}

function standardOf(degree: number, isAccepted: boolean, lowest: Degree): TrainingStandard['standard'] {
  // The ministry's list does not say whether a master or doctor studied to teach; nobody is blamed for what it leaves out.
  if (degree >= MASTER) return '02';
  if (!isAccepted || degree < lowest) return '03';
  return degree > lowest ? '02' : '01';
}
