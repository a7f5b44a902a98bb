// How a record kind lies in the database: one table, or the person's and the school year's. From the descriptions in core.
import { columnOf, type Field, type RecordKind, type RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';

export interface TableShape {
  table: string;
  fields: Field[];
  /** Columns written by the application, in the order of the fields; a number has three. */
  columns: string[];
}

export interface Shape {
  kind: RecordKind;
  /** The row of the school year; its id is the id of the record. */
  year: TableShape;
  /** The lasting person. `key` is the field that points to it, `column` the same in SQL. */
  person?: TableShape & { key: string; column: string };
}

/** What is kept of a personal identification number: encrypted, keyed hash, mask. */
export const pinColumns = ['pin_cipher', 'pin_hash', 'pin_mask'] as const;

export function columnsOf(field: Field): readonly string[] {
  return field.type === 'pin' ? pinColumns : [columnOf(field.key)];
}

function tableOf(table: string, fields: Field[]): TableShape {
  return { table, fields, columns: fields.flatMap(columnsOf) };
}

function shapeOf(kind: RecordKind): Shape {
  const { person } = kind;
  if (!person) return { kind, year: tableOf(kind.table, kind.fields) };
  return {
    kind,
    year: tableOf(
      kind.table,
      kind.fields.filter((field) => !field.person),
    ),
    person: {
      ...tableOf(
        person.table,
        kind.fields.filter((field) => field.person),
      ),
      key: person.key,
      column: columnOf(person.key),
    },
  };
}

export const shapes = Object.fromEntries(
  Object.values(recordKinds).map((kind) => [kind.name, shapeOf(kind)]),
) as Record<RecordKindName, Shape>;
