import { levelGroup as levelGroups } from '@khuevan/core/codes/levels.ts';
import { continuingEducation } from './continuing-education.level.ts';
import type { LevelDescription } from './level.ts';
import { lowerSecondary } from './lower-secondary.level.ts';
import { preschoolOf } from './preschool.level.ts';
import { primary } from './primary.level.ts';
import { upperSecondary } from './upper-secondary.level.ts';

export type { Band, LevelDescription, Region, Size } from './level.ts';

/** The level that was built first: what is drawn for it does not depend on the others. */
export const PRIMARY = primary.code;

const descriptionsOf = (levelGroup: string): LevelDescription[] => [
  preschoolOf(levelGroup),
  primary,
  lowerSecondary,
  upperSecondary,
  continuingEducation,
];

export const allLevels: readonly string[] = descriptionsOf('').map(({ code }) => code);

/** The levels that institutions of the group teach, youngest first; none for a group that the code list does not have. */
export function levelsOf(levelGroup: string): LevelDescription[] {
  const taught = levelGroups.entries.find(({ code }) => code === levelGroup)?.levels as readonly string[] | undefined;
  return descriptionsOf(levelGroup).filter(({ code }) => taught?.includes(code));
}

/** The level by which institutions of the group are managed. */
export function mainLevelOf(levelGroup: string): string | undefined {
  return levelGroups.entries.find(({ code }) => code === levelGroup)?.mainLevel;
}
