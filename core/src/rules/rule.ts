import type { Finding, RuleFace } from '../findings.ts';
import type { PeriodKind } from '../forms/definition.ts';
import type { RecordKindName } from '../records/field.ts';

/**
 * Values of a record by field key: text, number, boolean, list of codes; null where empty, undefined where unknown (not
 * loaded, or written but unreadable). Dates are ISO text. A stored person's number may come masked, with its keyed hash as
 * `pinHash`.
 */
export type RecordValues = Record<string, unknown> & { id?: string };

/** What rules on pupils know of a class. */
export interface ClassFacts {
  grade: string;
  special: boolean;
  combined: boolean;
  combinedGrades: readonly string[];
  /** Of a preschool class. */
  ageGroup?: string | null;
}

/** What a rule may know beside the record. */
export interface RuleContext {
  schoolYear: number;
  /** ISO date; the as-of day for a report, today on entry. */
  asOf: string;
  /** Kind of the period whose report is judged; absent on entry and import. */
  period?: PeriodKind;
  /** The day of that period from which movements are counted; absent it is the law's. */
  countsFrom?: string;
  /** Level codes the school teaches. */
  levels: readonly string[];
  /** Code of its level group, where it has one and it is known. */
  levelGroup?: string | null;
  /** Class code -> grade, special; empty where classes are not loaded. */
  classes: ReadonlyMap<string, ClassFacts>;
  /** Codes of the school's sites and of its staff; absent where not loaded. */
  sites?: ReadonlySet<string>;
  staff?: ReadonlySet<string>;
  /** Class code -> pupils present on the as-of day; absent where not counted, and a class of none may be missing in it. */
  pupils?: ReadonlyMap<string, number>;
  /** Whether the school lies in one of the difficult areas of its profile. */
  difficultArea?: boolean;
}

/** Where and with which values a rule is broken. The runner adds rule, severity, kind, record and subject. */
export type Spot = Pick<Finding, 'field' | 'value' | 'params'>;

/** `index` is the record's place in the set; -1 where the set as a whole is wrong. */
export type SetSpot = Spot & Pick<Finding, 'recordId'> & { index: number };

/** Looks at one record. Answers the findings without position; the caller adds sheet, row, record id. */
export interface RecordRule extends RuleFace {
  kind: RecordKindName;
  /** Field the finding points at. */
  field?: string;
  /** Never fails: an empty or unreadable value is another rule's finding. Must not keep or change what it is given. */
  check: (record: RecordValues, context: RuleContext) => readonly Spot[];
}

/** Looks at all records of one kind of one school at once: duplicates, totals, references. */
export interface SetRule extends RuleFace {
  kind: RecordKindName;
  check: (records: readonly RecordValues[], context: RuleContext) => readonly SetSpot[];
}

/** The answer of a rule that is kept: one shared list, as most rules are kept most of the time. */
export const kept: readonly never[] = Object.freeze([]);

/** Nothing was stated; an unknown value is not empty. */
export function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function isGiven(value: unknown): boolean {
  return value !== undefined && !isEmpty(value);
}

/** A value as text, empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function codesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : kept;
}
