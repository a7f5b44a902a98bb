import { roundHalfUp } from '@khuevan/core/vietnam/numbers.ts';
import type { Random } from '@khuevan/core/vietnam/random.ts';
import { apportion } from './apportion.ts';
import type { BudgetDraft, RoomDraft } from './drafts.ts';
import { PRIMARY, type SchoolPlan } from './school-plan.ts';

/** Share of solid, semi-solid, temporary rooms by region; towns first. */
const SOLIDITY: Readonly<Record<string, readonly [number, number, number]>> = {
  '03': [96, 4, 0],
  '02': [93, 7, 0],
  '01': [90, 10, 0],
  '04': [80, 18, 2],
};

/** Rooms beside classrooms: how likely a school has one, small and large. */
const SUPPORT_ROOMS: readonly (readonly [kind: string, small: number, large: number])[] = [
  ['library', 0.97, 1],
  ['equipment', 0.75, 0.97],
  ['informatics', 0.7, 1],
  ['foreign_language', 0.35, 0.9],
  ['arts', 0.2, 0.7],
  ['music', 0.25, 0.75],
  ['sports_hall', 0.08, 0.45],
  ['inclusive_support', 0.03, 0.2],
  ['tradition', 0.6, 0.9],
  ['medical', 0.8, 0.98],
];
const LARGE_FROM = 15;

export function createRooms(plan: SchoolPlan, random: Random): RoomDraft[] {
  const solidity = SOLIDITY[plan.place.region] ?? [90, 10, 0];
  const room = (roomKind: string, count: number): RoomDraft => {
    const [solid = 0, semiSolid = 0, temporary = 0] = apportion(
      count,
      solidity.map((share) => share * (0.7 + random.next() * 0.6)),
    );
    return { level: PRIMARY, roomKind, solid, semiSolid, temporary };
  };
  // Two sessions a day take a room for each class; some satellites borrow theirs.
  const borrowed = plan.satellites > 0 && random.chance(0.15) ? 1 : 0;
  const classrooms = Math.max(0, plan.classes - borrowed + random.integer(0, 1));
  const rooms = [room('classroom', classrooms)];
  if (borrowed > 0) rooms.push(room('borrowed_classroom', borrowed));
  for (const [kind, small, large] of SUPPORT_ROOMS) {
    if (random.chance(plan.classes >= LARGE_FROM ? large : small))
      rooms.push(room(kind, kind === 'informatics' && plan.classes >= 30 ? 2 : 1));
  }
  return rooms;
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
function splitAmount(plan: SchoolPlan, total: number, random: Random): Record<string, number> {
  const bend = (shares: readonly number[]) => shares.map((share) => share * (0.9 + random.next() * 0.2));
  const parts = [
    ...apportion(total, bend(SOURCES[plan.isPrivate ? 'private' : 'public'])),
    ...apportion(total, bend(USES)),
  ];
  return { total, ...Object.fromEntries(LINES.map((line, index) => [line, parts[index] ?? 0])) };
}

export function createBudget(plan: SchoolPlan, random: Random): BudgetDraft[] {
  const planned = Math.round(Math.max(plan.staff, 1) * random.integer(...PER_STAFF) * 10);
  const amounts = {
    settled: splitAmount(plan, Math.round(planned * (0.88 + random.next() * 0.08)), random),
    planned: splitAmount(plan, planned, random),
    estimated: splitAmount(plan, Math.round(planned * (0.97 + random.next() * 0.06)), random),
  };
  const million = (tenths: number | undefined) => roundHalfUp((tenths ?? 0) / 10, 1);
  return ['total', ...LINES].map((line) => ({
    line,
    settled: million(amounts.settled[line]),
    planned: million(amounts.planned[line]),
    estimated: million(amounts.estimated[line]),
  }));
}
