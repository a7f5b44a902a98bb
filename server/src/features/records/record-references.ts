import type { Field, RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';

/** Kinds with fields that hold the code of a record of this kind. */
export function kindsReferring(name: RecordKindName): { kind: RecordKind; fields: Field[] }[] {
  return listKinds
    .map((kind) => ({ kind, fields: kind.fields.filter((field) => field.to === name) }))
    .filter(({ fields }) => fields.length > 0);
}
