// The rules of core, run on what is stored.
import type { Finding } from '@khuevan/core/findings.ts';
import { missingValues } from '@khuevan/core/records/parse.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { ruleFace, runRecordRules, runSetRules } from '@khuevan/core/rules/catalogue.ts';
import type { RecordValues, RuleContext } from '@khuevan/core/rules/rule.ts';

export type SaidFinding = Finding & { message: { vi: string; en: string } };

/** With the sentence a person reads. */
export function say(finding: Finding): SaidFinding {
  return { ...finding, message: ruleFace(finding.rule).message(finding) };
}

/** Of one stored record, judged alone. */
export function findOfRecord(kind: RecordKind, record: RecordValues, context: RuleContext): Finding[] {
  return [...missingValues(kind, record), ...runRecordRules(kind.name, record, context)];
}

/** Of all records of a kind, each alone and among the others. */
export function findOfAll(kind: RecordKind, records: readonly RecordValues[], context: RuleContext): Finding[] {
  const alone = records.flatMap((record) => findOfRecord(kind, record, context));
  return [...alone, ...runSetRules(kind.name, records, context).map(({ index: _, ...finding }) => finding)];
}

/** What a finding says of a sensitive field is as sensitive as the field. */
export function maySee(kind: RecordKind, finding: Finding, maySeeSensitive: boolean): boolean {
  return maySeeSensitive || !kind.fields.some((field) => field.sensitive && field.key === finding.field);
}
