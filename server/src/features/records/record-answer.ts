import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { maySee, say, type SaidFinding } from './record-findings.ts';
import type { StoredRecord } from './record-reading.queries.ts';

export interface RecordAnswer {
  id: string;
  version: string;
  values: Record<string, unknown>;
  findings: SaidFinding[];
}

/** A record as the API shows it. What the reader may not see is null, and findings about it are left out. */
export function answerOf(
  kind: RecordKind,
  record: StoredRecord,
  findings: readonly Finding[],
  maySeeSensitive: boolean,
): RecordAnswer {
  return {
    id: record.id,
    version: record.version,
    values: valuesShown(kind, record, maySeeSensitive),
    findings: findings.filter((finding) => maySee(kind, finding, maySeeSensitive)).map(say),
  };
}

export function valuesShown(
  { fields }: RecordKind,
  record: RecordValues,
  maySeeSensitive: boolean,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const { key, sensitive } of fields) shown[key] = sensitive && !maySeeSensitive ? null : (record[key] ?? null);
  return shown;
}
