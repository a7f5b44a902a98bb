import { preschoolPart } from '@khuevan/core/codes/levels.ts';
import { roundHalfUp } from '@khuevan/core/vietnam/numbers.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { BudgetDraft, RoomDraft } from './drafts.ts';
import type { LevelPlan } from './school-plan.ts';

/** Share of solid, semi-solid, temporary rooms by region; towns first. */
const SOLIDITY: Readonly<Record<string, readonly [number, number, number]>> = {
  '03': [96, 4, 0],
  '02': [93, 7, 0],
  '01': [90, 10, 0],
  '04': [80, 18, 2],
};

/** Rooms that a school of several levels has once. */
const SHARED_BY_LEVELS: readonly string[] = ['library', 'sports_hall', 'inclusive_support', 'tradition', 'medical'];
const LARGE_FROM = 15;

export function createRooms(plan: LevelPlan, random: Random): RoomDraft[] {
  const solidity = SOLIDITY[plan.place.region] ?? [90, 10, 0];
  const parts = partsOf(plan);
  const room = (roomKind: string, count: number, part: string | undefined): RoomDraft => {
    const [solid = 0, semiSolid = 0, temporary = 0] = apportion(
      count,
      solidity.map((share) => share * (0.7 + random.next() * 0.6)),
    );
    const ofPart = part === undefined ? {} : { preschoolPart: part };
    return { level: plan.level.code, ...ofPart, roomKind, solid, semiSolid, temporary };
  };
  // Some satellites borrow theirs.
  const borrowed = plan.satellites > 0 && random.chance(0.15) ? 1 : 0;
  const needed = Math.ceil(plan.classes * plan.level.classroomsPerClass);
  const classrooms = Math.max(0, needed - borrowed + random.integer(0, 1));
  const counts = apportion(
    classrooms,
    parts.map(({ classes }) => classes),
  );
  const rooms = parts.map(({ code }, index) => room('classroom', counts[index]!, code));
  const last = parts.at(-1)!.code;
  if (borrowed > 0) rooms.push(room('borrowed_classroom', borrowed, last));
  for (const { kind, small, large, several } of plan.level.rooms) {
    if (!plan.isMain && SHARED_BY_LEVELS.includes(kind)) continue;
    if (random.chance(plan.classes >= LARGE_FROM ? large : small))
      rooms.push(room(kind, several && plan.classes >= several.from ? several.rooms : 1, last));
  }
  return rooms;
}

/** Nursery and kindergarten by their share of the classes, where the level tells them apart; else the level as a whole. */
function partsOf({ level: { bands } }: LevelPlan): { code: string | undefined; classes: number }[] {
  if (bands.every(({ ageGroup }) => ageGroup === undefined)) return [{ code: undefined, classes: 1 }];
  return preschoolPart.entries
    .map(({ code, grade }) => {
      const own = bands.filter((band) => band.grade === grade);
      return { code, classes: own.reduce((sum, band) => sum + band.classes, 0) };
    })
    .filter(({ classes }) => classes > 0);
}

/** Million đồng a year that a public school spends for each of its staff, all in. */
const PER_STAFF = [165, 205] as const;
/** A private school lives on fees alone. */
const SOURCES = { public: [95, 2, 3], private: [0, 92, 8] } as const;
const USES = [81, 13, 3, 3] as const;
const LINES = [
  'source_budget',
  'source_fees',
  'source_other',
  'use_personal',
  'use_goods',
  'use_support',
  'use_other',
] as const;

/** One amount split by source and by use, in tenths of a million đồng so that the sums are exact. */
function splitAmount(isPrivate: boolean, total: number, random: Random): Record<string, number> {
  const bend = (shares: readonly number[]) => shares.map((share) => share * (0.9 + random.next() * 0.2));
  const parts = [...apportion(total, bend(SOURCES[isPrivate ? 'private' : 'public'])), ...apportion(total, bend(USES))];
  return { total, ...Object.fromEntries(LINES.map((line, index) => [line, parts[index] ?? 0])) };
}

/** One sheet for the whole school, whatever levels it teaches. */
export function createBudget(plans: readonly LevelPlan[], random: Random): BudgetDraft[] {
  const isPrivate = plans.some((plan) => plan.isPrivate);
  const staff = plans.reduce((sum, plan) => sum + plan.staff, 0);
  const planned = Math.round(Math.max(staff, 1) * random.integer(...PER_STAFF) * 10);
  const amounts = {
    settled: splitAmount(isPrivate, Math.round(planned * (0.88 + random.next() * 0.08)), random),
    planned: splitAmount(isPrivate, planned, random),
    estimated: splitAmount(isPrivate, Math.round(planned * (0.97 + random.next() * 0.06)), random),
  };
  const million = (tenths: number | undefined) => roundHalfUp((tenths ?? 0) / 10, 1);
  return ['total', ...LINES].map((line) => ({
    line,
    settled: million(amounts.settled[line]),
    planned: million(amounts.planned[line]),
    estimated: million(amounts.estimated[line]),
  }));
}
