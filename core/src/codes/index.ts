import type { CodeEntry, CodeList } from './code-list.ts';
import { country } from './countries.ts';
import { ageGroup, combinedAges, grade, level, levelGroup, preschoolPart } from './levels.ts';
import { ethnicity, sex } from './people.ts';
import { pinPrefix } from './pin-prefixes.ts';
import { educationResult, resultLevel, yearResult } from './results.ts';
import { budgetLine, difficultArea, nationalStandard, ownership, region, roomKind, schoolKind } from './schools.ts';
import { contract, staffGroup, staffPosition, staffStatus, trainingLevel, trainingStandard } from './staff.ts';
import {
  boarding,
  disability,
  feeRelief,
  nutrition,
  policyGroup,
  sessionsPerWeek,
  studentEntryStatus,
  studentLeaveStatus,
  studentStatus,
  transferDestination,
  withdrawalReason,
} from './students.ts';
import { foreignLanguage, specialisation, subjectTaught } from './subjects.ts';

/** Every code list. Administrative units are not here: there are thousands, by epoch (db/admin-units). */
export const codeLists = [
  level,
  levelGroup,
  grade,
  ageGroup,
  combinedAges,
  preschoolPart,
  schoolKind,
  ownership,
  region,
  difficultArea,
  nationalStandard,
  roomKind,
  budgetLine,
  sex,
  ethnicity,
  studentEntryStatus,
  studentLeaveStatus,
  studentStatus,
  withdrawalReason,
  transferDestination,
  disability,
  policyGroup,
  boarding,
  sessionsPerWeek,
  educationResult,
  resultLevel,
  yearResult,
  nutrition,
  feeRelief,
  staffGroup,
  staffPosition,
  staffStatus,
  contract,
  trainingLevel,
  trainingStandard,
  subjectTaught,
  foreignLanguage,
  specialisation,
  pinPrefix,
  country,
] as const satisfies readonly CodeList[];

export type CodeListSlug = (typeof codeLists)[number]['slug'];

const listsBySlug = new Map<string, CodeList>(codeLists.map((list) => [list.slug, list]));
const entriesByList = new Map<string, Map<string, CodeEntry>>(
  codeLists.map((list) => [
    list.slug,
    new Map((list.entries as readonly CodeEntry[]).map((entry) => [entry.code, entry])),
  ]),
);

/** @throws RangeError for a list that does not exist. */
export function codeList(slug: string): CodeList {
  const list = listsBySlug.get(slug);
  if (!list) throw new RangeError(`there is no code list ${slug}`);
  return list;
}

/** The entry of a code, or undefined. @throws RangeError for a list that does not exist. */
export function codeEntry(slug: string, code: string): CodeEntry | undefined {
  return entriesByList.get(codeList(slug).slug)?.get(code);
}

/** The levels at which an entry exists; undefined for each: a level is itself one, a grade is of one. */
function levelsOf(slug: string, entry: CodeEntry & { level?: string; levels?: readonly string[] }) {
  if (slug === level.slug) return [entry.code];
  return entry.levels ?? (entry.level === undefined ? undefined : [entry.level]);
}

/** The entries that exist at one of these levels, all of them for null; an entry that names no levels exists at each. */
export function entriesFor(slug: string, levels: readonly string[] | null): readonly CodeEntry[] {
  const { entries } = codeList(slug);
  if (levels === null) return entries;
  return entries.filter((entry) => levelsOf(slug, entry)?.some((each) => levels.includes(each)) ?? true);
}

/** Names of the codes in the reader's language; the code itself where the list has no such entry. */
export function codeName(slug: string, code: string, language: 'vi' | 'en'): string {
  return codeEntry(slug, code)?.[language] ?? code;
}
