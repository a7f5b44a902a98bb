import { permissionsOf, type Permission, type Role, type UnitKind } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { periodStateOn } from '@khuevan/core/reports/deadlines.ts';
import { nextState, stateWords, type ReportEvent, type ReportState } from '@khuevan/core/reports/states.ts';

interface Membership {
  unitId: string;
  unitKind: UnitKind;
  role: Role;
  levels: string[] | null;
}

/**
 * Whether somebody may act in the name of a unit: by a membership in that very unit. A unit above may look and decide, but never
 * prepares or sends what it will review itself.
 */
export function actsFor(
  memberships: readonly Membership[],
  unitId: string,
  permission: Permission,
  level: string,
): boolean {
  const levels = levelsActedFor(memberships, unitId, permission);
  return levels === null || levels.includes(level);
}

/** The levels for which somebody may act in the name of a unit; null is all. */
export function levelsActedFor(
  memberships: readonly Membership[],
  unitId: string,
  permission: Permission,
): string[] | null {
  const held = memberships.filter(
    (each) => each.unitId === unitId && permissionsOf(each.role, each.unitKind).has(permission),
  );
  return held.some(({ levels }) => levels === null) ? null : held.flatMap(({ levels }) => levels ?? []);
}

/** @throws ProblemError forbidden */
export function requireActingFor(
  memberships: readonly Membership[],
  unitId: string,
  permission: Permission,
  level: string,
): void {
  if (!actsFor(memberships, unitId, permission, level)) throw new ProblemError('forbidden');
}

/** The state after an event. @throws ProblemError wrong_state */
export function requireEvent(state: ReportState, event: ReportEvent): ReportState {
  const next = nextState(state, event);
  if (!next) throw new ProblemError('wrong_state', { state: stateWords[state].vi });
  return next;
}

/**
 * Work on a report is open while its period is; after that to the last day that a unit above has given this one: with a return, a
 * supplement, a reopening or more time.
 * @throws ProblemError period_closed
 */
export function requireOpen(report: { opens_on: string; closes_on: string }, day: string): void {
  if (periodStateOn(day, report.opens_on, report.closes_on) !== 'open') throw new ProblemError('period_closed');
}
