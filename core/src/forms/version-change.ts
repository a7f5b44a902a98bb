import { placesOf, type CellPlace } from './cells.ts';
import type { FormDefinition } from './definition.ts';

/** What differs between the cells of two versions of a form; texts and checks may differ as they like. */
export interface VersionChange {
  /** Cells that the earlier version does not have, in the order of print. */
  added: CellPlace[];
  /** Keys of cells that the later version has no more. */
  removed: string[];
  /** Keys of cells that are counted otherwise. */
  changed: string[];
}

const changes = new WeakMap<FormDefinition, WeakMap<FormDefinition, VersionChange>>();

export function compareVersions(from: FormDefinition, to: FormDefinition): VersionChange {
  const known = changes.get(from)?.get(to);
  if (known) return known;
  const before = fillable(from);
  const after = fillable(to);
  const change: VersionChange = {
    added: [...after.values()].filter(({ key }) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    changed: [...before.values()]
      .filter((place) => after.has(place.key) && meaningOf(place) !== meaningOf(after.get(place.key)!))
      .map(({ key }) => key),
  };
  const ofFrom = changes.get(from) ?? new WeakMap<FormDefinition, VersionChange>();
  changes.set(from, ofFrom.set(to, change));
  return change;
}

const fillable = (form: FormDefinition): Map<string, CellPlace> =>
  new Map(
    placesOf(form)
      .filter((place) => !place.empty)
      .map((place) => [place.key, place]),
  );

/** What a cell counts, whatever it is called. */
const meaningOf = ({ section, row, column }: CellPlace): string =>
  JSON.stringify([row.measure, row.filter ?? {}, section.filter ?? {}, column.filter, column.amount]);

/**
 * Whether a version may take the place of another while a period runs: it only asks for more. What has been sent then keeps its
 * meaning, and every total goes on to be the sum of what was sent.
 */
export const onlyAdds = ({ removed, changed }: VersionChange): boolean => removed.length + changed.length === 0;
