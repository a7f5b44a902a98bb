// Synthetic schools as the rules see them: for tests.
import { readFileSync } from 'node:fs';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { runRecordRules, runSetRules } from '@khuevan/core/rules/catalogue.ts';
import { levelOfGrade } from '@khuevan/core/rules/grades.ts';
import type { RecordValues, RuleContext } from '@khuevan/core/rules/rule.ts';
import type { SchoolOrder, StudentDraft, SyntheticSchool } from './drafts.ts';
import { levelsOf } from './levels/index.ts';
import { createSchool } from './people.ts';
import { readProvinceFile } from './province-file.ts';
import { demoFile, readFacts } from './start.actions.ts';

export const AS_OF = '2024-09-30';
export const TODAY = '2024-10-09';

export interface JudgedSchool {
  order: SchoolOrder;
  school: SyntheticSchool;
}

/** Every school of the demo province; only these levels of it, if they are named. */
export async function createDemoProvince(levels?: readonly string[]): Promise<JudgedSchool[]> {
  const { schools } = readProvinceFile(readFileSync(demoFile, 'utf8'));
  const facts = await readFacts(demoFile);
  return schools
    .map(({ code, name, levelGroup }, ordinal): SchoolOrder => {
      const { districtCode = null, ...fact } = facts.get(code) ?? {};
      const place = { provinceCode: '19', districtCode };
      const school = { ordinal, schoolCount: schools.length, schoolCode: code, schoolName: name, levelGroup };
      return { seed: 'khue-van', schoolYear: 2024, ...school, ...place, ...(levels ? { levels } : {}), facts: fact };
    })
    .filter((order) => levelsOf(order.levelGroup).some(({ code }) => levels === undefined || levels.includes(code)))
    .map((order) => ({ order, school: createSchool(order, TODAY) }));
}

const isPresent = (spell: { enteredOn: string; leftOn: string | null }) =>
  spell.enteredOn <= AS_OF && (spell.leftOn === null || spell.leftOn > AS_OF);

/** Pupils on the as-of day, of one level or of all. */
export function presentIn({ students }: SyntheticSchool, level?: string): StudentDraft[] {
  return students.filter((pupil) => isPresent(pupil) && (level === undefined || levelOfGrade(pupil.grade) === level));
}

export function recordsOf(school: SyntheticSchool): Record<RecordKindName, RecordValues[]> {
  const values = {
    profile: [school.profile],
    site: school.sites,
    class: school.classes,
    student: school.students,
    staff: school.staff,
    room: school.rooms,
    budget: school.budget,
  };
  return values as unknown as Record<RecordKindName, RecordValues[]>;
}

export function contextOf({ order, school }: JudgedSchool): RuleContext {
  const pupils = new Map<string, number>();
  for (const { classCode } of presentIn(school)) pupils.set(classCode, (pupils.get(classCode) ?? 0) + 1);
  return {
    schoolYear: order.schoolYear,
    asOf: AS_OF,
    levels: levelsOf(order.levelGroup).map(({ code }) => code),
    levelGroup: order.levelGroup,
    classes: new Map(school.classes.map((each) => [each.code, each])),
    sites: new Set(school.sites.map((each) => each.code)),
    staff: new Set(school.staff.map((each) => each.code)),
    pupils,
    difficultArea: school.profile.difficultAreas.length > 0,
  };
}

export function findingsOf(judged: JudgedSchool) {
  const context = contextOf(judged);
  return Object.entries(recordsOf(judged.school)).flatMap(([kind, records]) => {
    const name = kind as RecordKindName;
    return [
      ...records.flatMap((record) => runRecordRules(name, record, context)),
      ...runSetRules(name, records, context),
    ];
  });
}
