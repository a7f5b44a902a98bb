import type { RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor, listKinds } from '@khuevan/core/records/kinds.ts';

export type ListKindName = Exclude<RecordKindName, 'profile'>;
export type ListKind = RecordKind & { name: ListKindName };

/** The kind of a collection in the address; undefined for an address that names none. */
export function kindOfCollection(collection: string | undefined): ListKind | undefined {
  return listKinds.find((kind) => kind.collection === collection) as ListKind | undefined;
}

const offered = new Map<string, ListKind>();

/** The kind with the fields of these levels alone. The same object each time: for another one a sheet begins anew. */
export function offeredKind(kind: ListKind, levels: readonly string[] | null): ListKind {
  const key = `${kind.name} ${levels?.join(' ') ?? 'all'}`;
  const known = offered.get(key) ?? { ...kind, fields: fieldsFor(kind, levels) };
  offered.set(key, known);
  return known;
}

/** Fields in the order of the sheet: first the one by which a person knows the record, as its column stays in sight. */
export function sheetFields(kind: RecordKind, maySeeSensitive: boolean) {
  const visible = kind.fields.filter((field) => maySeeSensitive || !field.sensitive);
  const lead =
    visible.find((field) => field.key === 'fullName') ??
    visible.find((field) => field.key === 'roomKind') ??
    visible[0];
  return lead ? [lead, ...visible.filter((field) => field !== lead)] : [];
}
