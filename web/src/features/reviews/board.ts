import type { z } from 'zod';
import type { boardUnit } from '@khuevan/core/contract/reviews.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { daysBetween } from '@khuevan/core/vietnam/dates.ts';

export type BoardUnit = z.output<typeof boardUnit>;

export type BoardFilter = 'all' | 'late' | 'notStarted' | 'mine' | 'returned' | 'supplement';
export const boardFilters: readonly BoardFilter[] = ['all', 'late', 'notStarted', 'mine', 'returned', 'supplement'];

/** What waits for a unit's decision, or is anything else that a reader asks for. */
export function fits(unit: BoardUnit, filter: BoardFilter, readerId: string): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'late':
      return unit.daysLate > 0;
    case 'notStarted':
      return unit.state === 'not-started';
    case 'mine':
      return waitsFor(unit, readerId);
    case 'returned':
    case 'supplement':
      return unit.state === filter;
  }
}

export function waitsFor(unit: BoardUnit, readerId: string): boolean {
  return unit.state === 'submitted' && unit.reviewerId === readerId;
}

export function findUnits(units: readonly BoardUnit[], search: string): BoardUnit[] {
  const wanted = searchKey(search);
  return wanted === ''
    ? [...units]
    : units.filter(
        (unit) =>
          searchKey(unit.unitName).includes(wanted) ||
          unit.code.includes(search.trim()) ||
          searchKey(unit.parentName).includes(wanted),
      );
}

export interface BoardCounts {
  all: number;
  approved: number;
  submitted: number;
  returned: number;
  supplement: number;
  /** Not sent: not started, or in preparation. */
  notSent: number;
  notStarted: number;
  late: number;
  openItems: number;
}

export function countUnits(units: readonly BoardUnit[]): BoardCounts {
  const has = (...states: BoardUnit['state'][]) => units.filter((unit) => states.includes(unit.state)).length;
  return {
    all: units.length,
    approved: has('approved'),
    submitted: has('submitted'),
    returned: has('returned'),
    supplement: has('supplement'),
    notSent: has('not-started', 'draft'),
    notStarted: has('not-started'),
    late: units.filter((unit) => unit.daysLate > 0).length,
    openItems: units.reduce((sum, unit) => sum + unit.openWorkItems, 0),
  };
}

export interface BoardGroup {
  id: string;
  name: string;
  units: BoardUnit[];
  counts: BoardCounts;
  /** The unit that is latest, where one is late. */
  worst: BoardUnit | null;
}

const order: Record<BoardUnit['state'], number> = {
  approved: 0,
  submitted: 1,
  supplement: 2,
  returned: 3,
  draft: 4,
  'not-started': 5,
};

/** Units by the office above them, in the order in which they came; in a group what is done stands first, what is latest last. */
export function groupByParent(units: readonly BoardUnit[]): BoardGroup[] {
  return [...Map.groupBy(units, (unit) => unit.parentId)].map(([id, members]) => ({
    id,
    name: members[0]!.parentName,
    units: members.toSorted(
      (a, b) =>
        order[a.state] - order[b.state] || a.daysLate - b.daysLate || a.unitName.localeCompare(b.unitName, 'vi'),
    ),
    counts: countUnits(members),
    worst: members.reduce<BoardUnit | null>(
      (latest, unit) => (unit.daysLate > (latest?.daysLate ?? 0) ? unit : latest),
      null,
    ),
  }));
}

/** Most days that a sent report has been waiting, as of a moment. */
export function longestWait(units: readonly BoardUnit[], at: string): number {
  const days = units
    .filter((unit) => unit.state === 'submitted' && unit.stateSince)
    .map((unit) => daysBetween(unit.stateSince!.slice(0, 10), at.slice(0, 10)));
  return Math.max(0, ...days);
}

/** The shade of a tile: how late, in four steps that the eye can tell apart. */
export function lateStep(daysLate: number): 0 | 1 | 2 | 3 {
  return daysLate <= 0 ? 0 : daysLate <= 2 ? 1 : daysLate <= 7 ? 2 : 3;
}

/** The report before and after one in the queue. Where the report has left the queue, its old place decides. */
export function around(
  queue: readonly BoardUnit[],
  reportId: string,
  oldIndex: number | null,
): { index: number | null; previous: BoardUnit | null; next: BoardUnit | null } {
  const index = queue.findIndex((unit) => unit.id === reportId);
  if (index >= 0) return { index, previous: queue[index - 1] ?? null, next: queue[index + 1] ?? null };
  const place = Math.min(oldIndex ?? 0, queue.length);
  return { index: null, previous: queue[place - 1] ?? null, next: queue[place] ?? null };
}
