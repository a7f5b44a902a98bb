import type { Finding } from '../findings.ts';
import { levelOfRecord } from '../rules/grades.ts';
import type { RecordValues } from '../rules/rule.ts';
import { maskPin } from '../vietnam/pin.ts';
import { beginningOf } from '../vietnam/text.ts';
import type { Field, RecordKind, RecordKindName } from './field.ts';
import { recordKinds } from './kinds.ts';
import { Fault, type Reader, readerOf, UNCHANGED } from './readers.ts';

export interface ParseOptions {
  /** Only the keys that are given, as in a change; without it, a missing key is an empty cell. */
  partial?: boolean;
  /** The stored values: a read-only field that comes back as it was is no finding. */
  current?: RecordValues;
  /** For the managing office, which does set the fields that are read-only for schools. */
  writeReadOnly?: boolean;
}

export interface Parsed {
  /** Typed values by field key; null where empty, undefined where unreadable. A masked number that came back is left out. */
  values: RecordValues;
  findings: Finding[];
}

interface Column {
  field: Field;
  key: string;
  read: Reader;
}

interface Plan {
  kind: RecordKindName;
  columns: Column[];
  /** Every key with null: copying it keeps all records of a kind in one shape, which is what makes reading fast. */
  empty: RecordValues;
}

function planOf(kind: RecordKind): Plan {
  return {
    kind: kind.name,
    columns: kind.fields.map((field) => ({ field, key: field.key, read: readerOf(field) })),
    empty: Object.fromEntries(kind.fields.filter((field) => !field.readOnly).map((field) => [field.key, null])),
  };
}

const plans = Object.fromEntries(Object.values(recordKinds).map((kind) => [kind.name, planOf(kind)])) as Record<
  RecordKindName,
  Plan
>;

const SHOWN = 100;

function showOne(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  return raw instanceof Date && !Number.isNaN(raw.getTime()) ? raw.toISOString().slice(0, 10) : '…';
}

/** What was written, short, and without a personal number in it. */
function show(raw: unknown, field: Field): string | undefined {
  if (raw === null || raw === undefined) return undefined;
  const text = Array.isArray(raw) ? raw.slice(0, SHOWN).map(showOne).join('; ') : showOne(raw);
  return beginningOf(field.type === 'pin' ? maskPin(text) : text, SHOWN);
}

/** A field of some levels is asked for where the record is known to be of one of them. */
function isAskedIn(record: RecordValues, { levels }: Field): boolean {
  return levels === undefined || levels.includes(levelOfRecord(record) ?? '');
}

function isSame(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null) || (Array.isArray(a) && Array.isArray(b) && a.join(';') === b.join(';'));
}

/** Reads loose input into typed values. Never throws: what cannot be read is a finding. */
export function parseRecord(kind: RecordKind | RecordKindName, input: unknown, options: ParseOptions = {}): Parsed {
  const cells = (typeof input === 'object' && input !== null ? input : {}) as Record<string, unknown>;
  const { columns } = plans[typeof kind === 'string' ? kind : kind.name];
  return parseCells(
    kind,
    columns.map(({ key }) => cells[key]),
    options,
  );
}

/** As parseRecord; `cells` are in the order of the kind's fields, undefined where a key is missing. */
export function parseCells(
  kind: RecordKind | RecordKindName,
  cells: readonly unknown[],
  options: ParseOptions = {},
): Parsed {
  const plan = plans[typeof kind === 'string' ? kind : kind.name];
  const partial = options.partial === true;
  const values: RecordValues = partial ? {} : { ...plan.empty };
  const findings: Finding[] = [];
  for (let index = 0; index < plan.columns.length; index += 1) {
    const raw = cells[index];
    if (raw === undefined && partial) continue;
    const { field, key, read } = plan.columns[index]!;
    const value = raw === null || raw === undefined ? null : read(raw);
    // Most values are no objects, and to ask those for their class costs more than to read them.
    if (typeof value === 'object' && value instanceof Fault) {
      findings.push({
        rule: value.rule,
        severity: 'error',
        kind: plan.kind,
        field: key,
        value: show(raw, field),
        params: value.params,
      });
      if (!field.readOnly || options.writeReadOnly) values[key] = undefined;
    } else if (value === UNCHANGED) {
      delete values[key];
    } else if (field.readOnly && !options.writeReadOnly) {
      const isNews = value !== null && !isSame(value, options.current?.[key]);
      if (isNews)
        findings.push({ rule: 'read_only', severity: 'warning', kind: plan.kind, field: key, value: show(raw, field) });
    } else {
      values[key] = value;
      // The grade, or level, stands before what depends on it.
      if (value === null && field.required && isAskedIn(values, field))
        findings.push({ rule: 'required', severity: 'error', kind: plan.kind, field: key });
    }
  }
  return { values, findings };
}

/** Required fields that a stored record lacks, as before a submission. */
export function missingValues(kind: RecordKind | RecordKindName, record: RecordValues): Finding[] {
  const plan = plans[typeof kind === 'string' ? kind : kind.name];
  return plan.columns
    .filter(
      ({ field, key }) =>
        field.required && (record[key] === null || record[key] === undefined) && isAskedIn(record, field),
    )
    .map(({ key }) => ({ rule: 'required', severity: 'error', kind: plan.kind, recordId: record.id, field: key }));
}
