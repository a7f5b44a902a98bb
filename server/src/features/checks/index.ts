import { type CheckParts, drawMedians } from './like-units.actions.ts';

export { serveChecks } from './checks.routes.ts';
export { findUnlikeSchools } from './like-units.actions.ts';
export { type RatioRow, selectLikeUnitRatios } from './like-units.queries.ts';
export { selectSettingsInForce, type SettingInForce } from './settings.queries.ts';

/** The background work of checks, by name of the task. */
export function checkTasks(parts: CheckParts): Record<string, () => Promise<void>> {
  return { 'checks.draw': () => drawMedians(parts) };
}
