import type { CodeEntry } from '../codes/code-list.ts';
import { grade } from '../codes/levels.ts';
import { ageInSchoolYear } from '../vietnam/dates.ts';
import { type RecordValues, textOf } from './rule.ts';

type Grade = CodeEntry & { level: string; year?: number; age?: number };

const grades = new Map<string, Grade>((grade.entries as readonly Grade[]).map((entry) => [entry.code, entry]));

export function levelOfGrade(code: string): string | undefined {
  return grades.get(code)?.level;
}

/** The level a record is of: that of its grade, or its own; undefined where it says neither. */
export function levelOfRecord(record: RecordValues): string | undefined {
  return levelOfGrade(textOf(record.grade)) ?? (textOf(record.level) || undefined);
}

/** Nursery groups and kindergarten classes. */
export function isPreschoolGrade(code: unknown): boolean {
  return levelOfGrade(textOf(code)) === '01';
}

/** Age by calendar year of a pupil on time; undefined where the grade has none. */
export function officialAgeOf(code: string): number | undefined {
  return grades.get(code)?.age;
}

/** Year of schooling 1-12; undefined for preschool and literacy classes. */
export function yearOfGrade(code: string): number | undefined {
  return grades.get(code)?.year;
}

const FIRST_YEARS: readonly number[] = [1, 6, 10];

/** Grades above the first of their level; kindergarten and literacy classes have no order. */
export const laterGrades: ReadonlySet<string> = new Set(
  [...grades.values()]
    .filter(({ year }) => year !== undefined && !FIRST_YEARS.includes(year))
    .map((entry) => entry.code),
);

export interface AgeFault {
  fault: 'impossible' | 'over' | 'early';
  /** By calendar year: first year of the school year minus year of birth, as the statistics count it. */
  age: number;
  official: number;
}

const YOUNGEST = 5;
const OLDEST = 18;
const OVERAGE_ALLOWED = 3;
const OVERAGE_LIMIT = 6;

/** What is odd about a student's age in the grade, or null. Kindergarten and continuing education have no age by grade. */
export function ageFaultOf(record: RecordValues, schoolYear: number): AgeFault | null {
  const official = officialAgeOf(textOf(record.grade));
  const birthDate = textOf(record.birthDate);
  if (official === undefined || birthDate === '') return null;
  const age = ageInSchoolYear(birthDate, schoolYear);
  if (age >= official && age <= official + OVERAGE_ALLOWED && age <= OLDEST) return null;
  if (age < YOUNGEST || age > Math.max(OLDEST, official + OVERAGE_LIMIT)) return { fault: 'impossible', age, official };
  if (age > official + OVERAGE_ALLOWED) return { fault: 'over', age, official };
  return age < official ? { fault: 'early', age, official } : null;
}
