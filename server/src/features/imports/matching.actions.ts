import type { Tx } from '#platform/database.ts';
import {
  hasPersons,
  type Matching,
  matchReferences,
  matchRegistry,
  matchRows,
  warnOfNearDuplicates,
} from './matching.queries.ts';
import { narrowToSchools, type SchoolRows } from './staging.queries.ts';

const rowsAtOnce = 6000;
const schoolsAtOnce = 25;

/** Groups of schools small enough to be handled in one statement each: policies cost by the length of the list. */
export function groupsOf(schools: readonly SchoolRows[]): string[][] {
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

export interface Thoroughness {
  /** Look for what the database would refuse anyway: references to nothing, numbers in use at other schools. */
  references: boolean;
  registry: boolean;
  warnings: boolean;
}

/** Compares all waiting rows with the records. */
export async function matchAll(
  tx: Tx,
  matching: Matching,
  schools: readonly SchoolRows[],
  look: Thoroughness,
): Promise<void> {
  for (const group of groupsOf(schools)) {
    await narrowToSchools(tx, group);
    // A school without people yet has nobody to compare with.
    const isKnown = !matching.shape.person || (await hasPersons(tx, matching.shape, group));
    if (isKnown) await matchRows(tx, matching, group);
    if (look.references) await matchReferences(tx, matching, group);
    if (look.warnings && isKnown) await warnOfNearDuplicates(tx, matching, group);
  }
  if (look.registry) await matchRegistry(tx, matching);
}
