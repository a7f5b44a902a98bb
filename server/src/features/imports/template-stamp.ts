// What a template says of itself on a hidden sheet, so that an old one or one of another kind is recognised.
import { createHash } from 'node:crypto';
import type { RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor } from '@khuevan/core/records/kinds.ts';

export interface Stamp {
  kind: RecordKindName;
  /** Digest of the fields: changes when the template changes. */
  fields: string;
  unitCode: string;
  schoolYear: number;
}

export const stampSheet = '_mau';
const MARK = 'Khuê Văn';

/** Changes with the fields of the levels, their types and whether they are required; not with their wording. */
export function digestOfFields(kind: RecordKind, levels: readonly string[] | null): string {
  const face = fieldsFor(kind, levels).map(({ key, type, list, to, required }) => [
    key,
    type,
    list ?? to ?? '',
    required === true,
  ]);
  return createHash('sha256')
    .update(JSON.stringify([kind.name, face]))
    .digest('hex')
    .slice(0, 12);
}

export function stampRows(stamp: Stamp): string[][] {
  return [
    [MARK, 'mẫu nhập liệu'],
    ['kind', stamp.kind],
    ['fields', stamp.fields],
    ['unit', stamp.unitCode],
    ['schoolYear', String(stamp.schoolYear)],
  ];
}

const textOf = (cell: unknown): string => (typeof cell === 'string' || typeof cell === 'number' ? String(cell) : '');

/** Undefined where the rows are no stamp of ours. */
export function readStamp(rows: readonly (readonly unknown[])[]): Stamp | undefined {
  if (rows[0]?.[0] !== MARK) return undefined;
  const said = new Map(rows.map((cells) => [cells[0], textOf(cells[1])]));
  return {
    kind: (said.get('kind') ?? '') as RecordKindName,
    fields: said.get('fields') ?? '',
    unitCode: said.get('unit') ?? '',
    schoolYear: Number(said.get('schoolYear')),
  };
}
