import type { z } from 'zod';
import type { missing as missingShape } from '@khuevan/core/contract/reports.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { collections, paths } from '../../paths.ts';

export type Missing = z.output<typeof missingShape>;

export interface MissingGroup {
  rule: string;
  field: string | null;
  /** The sentence of the first line: it says what to do, and is the same for all where the rule has no values. */
  message: Missing['message'];
  lines: Missing[];
}

export interface MissingPart {
  part: number;
  count: number;
  groups: MissingGroup[];
}

/** What is missing, by part of the wizard, then by rule and field, most frequent first. */
export function groupMissing(missing: readonly Missing[]): MissingPart[] {
  const parts = Map.groupBy(missing, (each) => each.part);
  return [...parts]
    .toSorted(([a], [b]) => a - b)
    .map(([part, lines]) => ({
      part,
      count: lines.length,
      groups: [...Map.groupBy(lines, (line) => `${line.rule} ${line.field}`).values()]
        .map((group): MissingGroup => ({
          rule: group[0]!.rule,
          field: group[0]!.field,
          message: group[0]!.message,
          lines: group,
        }))
        .toSorted((a, b) => b.lines.length - a.lines.length),
    }));
}

interface Place {
  kind?: string | undefined;
  recordId?: string | null | undefined;
  field?: string | null | undefined;
}

function isKind(kind: string | undefined): kind is RecordKindName {
  return kind !== undefined && kind in collections;
}

/** The very cell in which a record is put right; null where a finding is about no record. */
export function fixAddress(unitId: string, year: number, { kind, recordId, field }: Place): string | null {
  if (!isKind(kind)) return null;
  const link = { year, ...(field && { field }) };
  if (kind === 'profile') return paths.profile(unitId, link);
  return paths.records(unitId, collections[kind], {
    ...link,
    ...(recordId ? { id: recordId } : { withFindings: true }),
  });
}
