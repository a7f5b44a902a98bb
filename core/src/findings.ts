import type { RecordKindName, Text } from './records/field.ts';

/** An error blocks an import row or a submission; a warning needs a stated reason before a submission. */
export type Severity = 'error' | 'warning';

/** Bad data, said exactly: which rule, where, and with which values. Not an exception: parsing and checking never fail. */
export interface Finding {
  rule: string;
  severity: Severity;
  /** Record kind, where the finding is about a record. */
  kind?: RecordKindName;
  recordId?: string;
  /** A person's reading of the record: name or code. */
  subject?: string;
  field?: string;
  /** Excel position. */
  sheet?: string;
  row?: number;
  /** Form cell "row.column". */
  cell?: string;
  value?: string;
  params?: Record<string, string | number>;
}

/** What a rule says about itself: shown in explanations, docs and Excel summaries. */
export interface RuleFace {
  id: string;
  severity: Severity;
  /** Legal source. */
  source: string;
  title: Text;
  /** The sentence for one finding: what is wrong and how to fix it. */
  message: (finding: Finding) => Text;
}
