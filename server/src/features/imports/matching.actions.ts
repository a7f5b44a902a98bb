import type { Tx } from '#platform/database.ts';
import { type Matching, matchReferences, matchRegistry, matchRows, warnOfNearDuplicates } from './matching.queries.ts';
import { narrowToSchools, planAsUsual, planForMany } from './staging.queries.ts';

const rowsAtOnce = 5000;
const schoolsAtOnce = 25;

/** Groups of schools small enough to be handled in one statement each: policies cost by the length of the list. */
export function groupsOf(schools: readonly { id: string; rows: number }[]): string[][] {
  const groups: string[][] = [];
  let rows = 0;
  for (const school of schools) {
    const last = groups.at(-1);
    if (!last || last.length >= schoolsAtOnce || rows + school.rows > rowsAtOnce) {
      groups.push([school.id]);
      rows = 0;
    } else last.push(school.id);
    rows += school.rows;
  }
  return groups;
}

/** Compares all waiting rows with the records. */
export async function matchAll(
  tx: Tx,
  matching: Matching,
  schools: readonly { id: string; rows: number }[],
  { withWarnings }: { withWarnings: boolean },
): Promise<void> {
  await planForMany(tx);
  for (const group of groupsOf(schools)) {
    await narrowToSchools(tx, group);
    await matchRows(tx, matching, group);
    await matchReferences(tx, matching, group);
    await matchRegistry(tx, matching, group);
    if (withWarnings) await warnOfNearDuplicates(tx, matching, group);
  }
  await planAsUsual(tx);
}
