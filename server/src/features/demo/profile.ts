import type { CodeEntry } from '@khuevan/core/codes/code-list.ts';
import { codeEntry } from '@khuevan/core/codes/index.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { startOfYearAsOf } from '@khuevan/core/vietnam/dates.ts';
import type { ProfileDraft, SchoolOrder, StaffDraft } from './drafts.ts';
import { drawPhone } from './numbers-issued.ts';
import { levelsOf } from './levels/index.ts';
import { GIFTED_KIND, type LevelPlan } from './school-plan.ts';

const PUBLIC = '01';
const PRIVATE = '09';
const ETHNIC_BOARDING = '01';
const ETHNIC_RESIDENTIAL = '03';
const FOR_THE_DISABLED = { preschool: '04', general: '18' };

/** A register may hold what the law no longer knows (people-founded schools) or what belongs to another level: then the usual stands in. */
function lawfulAt(levelGroup: string, list: string, code: string | undefined, usual: string): string {
  const entry =
    code === undefined ? undefined : (codeEntry(list, code) as (CodeEntry & { levels: readonly string[] }) | undefined);
  return entry && levelsOf(levelGroup).some((level) => entry.levels.includes(level.code)) ? entry.code : usual;
}

function usualKind({ level, ...plan }: LevelPlan): string {
  if (plan.isSpecial) return level.code === '01' ? FOR_THE_DISABLED.preschool : FOR_THE_DISABLED.general;
  if (plan.isEthnicBoarding) return ETHNIC_BOARDING;
  if (plan.isGifted) return GIFTED_KIND;
  return plan.isEthnicResidential ? ETHNIC_RESIDENTIAL : level.schoolKind;
}

export function createProfile(
  order: SchoolOrder,
  plan: LevelPlan,
  staff: readonly StaffDraft[],
  twoSessions: boolean,
  random: Random,
): ProfileDraft {
  const { facts = {} } = order;
  const isMountain = plan.place.region === '04';
  const likely = (town: number, mountain: number) => random.chance(isMountain ? mountain : town);
  const head = staff.find((person) => person.position === plan.level.positions.head);
  const internet = likely(1, 0.98);
  return {
    ownership: lawfulAt(order.levelGroup, 'ownership', facts.ownership, plan.isPrivate ? PRIVATE : PUBLIC),
    schoolKind: lawfulAt(order.levelGroup, 'school_kind', facts.schoolKind, usualKind(plan)),
    region: plan.place.region,
    difficultAreas: facts.difficultAreas ?? [],
    communeCode: facts.communeCode ?? null,
    address: null,
    phone: drawPhone(random),
    // A reserved ending (RFC 2606): nobody receives this mail.
    email: `truong.${order.schoolCode.toLowerCase()}@khuevan.example`,
    headName: head?.fullName ?? null,
    headPhone: head?.phone ?? null,
    // Registers are younger than the school year: what was founded later is not known yet.
    foundedOn:
      facts.foundedOn !== undefined && facts.foundedOn <= startOfYearAsOf(order.schoolYear) ? facts.foundedOn : null,
    nationalStandard: facts.nationalStandard ?? null,
    twoSessions,
    computers: likely(1, 0.97),
    internet,
    onlineTeaching: internet && likely(0.4, 0.12),
    electricity: true,
    cleanWater: likely(1, 0.95),
    drinkingWater: likely(1, 0.97),
    toilets: likely(1, 0.99),
    handWashing: likely(0.97, 0.9),
    lifeSkills: likely(0.9, 0.8),
    disabilityAccess: likely(0.45, 0.25),
    counselling: likely(0.85, 0.6),
    disasterPlan: random.chance(0.6) ? true : null,
  };
}
