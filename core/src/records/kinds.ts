import { budget } from './budget.ts';
import { schoolClass } from './class.ts';
import type { Field, RecordKind, RecordKindName } from './field.ts';
import { profile } from './profile.ts';
import { room } from './room.ts';
import { site } from './site.ts';
import { staff } from './staff.ts';
import { student } from './student.ts';

/** Every record kind, in the order in which a school fills them. */
export const recordKinds: Record<RecordKindName, RecordKind> = {
  profile,
  site,
  staff,
  class: schoolClass,
  student,
  room,
  budget,
};

/** Kinds that are lists (all but the profile). */
export const listKinds: RecordKind[] = Object.values(recordKinds).filter((kind) => kind.name !== 'profile');

/** The fields that are shown to and asked from a unit that teaches these levels; all of them for null, as for an office. */
export function fieldsFor(kind: RecordKind, levels: readonly string[] | null): Field[] {
  if (levels === null) return kind.fields;
  return kind.fields.filter((field) => !field.levels || field.levels.some((level) => levels.includes(level)));
}

/** Of whose levels the fields are: of a school those it teaches, of an office all. */
export function levelsAsked(unit: { kind: string; levels: readonly string[] }): readonly string[] | null {
  return unit.kind === 'school' ? unit.levels : null;
}

/** @throws RangeError for a key the kind does not have. */
export function fieldOf(kind: RecordKind, key: string): Field {
  const field = kind.fields.find((each) => each.key === key);
  if (!field) throw new RangeError(`${kind.name} has no field ${key}`);
  return field;
}
