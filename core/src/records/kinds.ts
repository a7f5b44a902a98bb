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

/** @throws RangeError for a key the kind does not have. */
export function fieldOf(kind: RecordKind, key: string): Field {
  const field = kind.fields.find((each) => each.key === key);
  if (!field) throw new RangeError(`${kind.name} has no field ${key}`);
  return field;
}
