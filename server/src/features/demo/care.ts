import type { Random } from '@khuevan/core/vietnam/random.ts';
import type { StudentDraft } from './drafts.ts';
import type { LevelPlan } from './school-plan.ts';

/** Of a hundred children that were checked: normal, stunted, underweight, both, wasted, overweight. */
const NUTRITION: readonly (readonly [readonly string[], number])[] = [
  [['00'], 88],
  [['02'], 4],
  [['01'], 3],
  [['01', '02'], 1],
  [['03'], 1],
  [['04'], 3],
];
/** Of children under a policy; the others pay half or all. */
const EXEMPT = 0.7;
const LUNCH_SUPPORTED = 0.9;
const EXEMPT_AGE = 5;
/** Children of five are exempt since this school year: NĐ 81/2021/NĐ-CP, Điều 15. */
const EXEMPT_FROM = 2024;

export type Care = Pick<StudentDraft, 'healthChecked' | 'nutrition' | 'feeRelief' | 'lunchSupport'>;

interface CaredChild {
  /** By calendar year. */
  age: number;
  isKindergarten: boolean;
  policyGroup: string | null;
}

/** Health, fees and lunch, where the level has them. */
export function careOf(plan: LevelPlan, child: CaredChild, schoolYear: number, random: Random): Care {
  const { healthChecked: share } = plan.level;
  if (share === undefined) return {};
  const healthChecked = random.chance(share);
  const isExemptByAge = child.isKindergarten && child.age === EXEMPT_AGE && schoolYear >= EXEMPT_FROM;
  const isSupported = child.policyGroup !== null;
  return {
    healthChecked,
    nutrition: healthChecked ? [...random.weighted(NUTRITION)] : null,
    feeRelief: isExemptByAge ? '2' : isSupported ? (random.chance(EXEMPT) ? '2' : '3') : null,
    lunchSupport: isSupported && child.isKindergarten && child.age <= EXEMPT_AGE && random.chance(LUNCH_SUPPORTED),
  };
}
