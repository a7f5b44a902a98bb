import type { z } from 'zod';
import type { record } from '@khuevan/core/contract/records.ts';
import type { Finding } from '@khuevan/core/findings.ts';
import type { Field, RecordKind, Text } from '@khuevan/core/records/field.ts';
import { Fault, readerOf, UNCHANGED } from '@khuevan/core/records/readers.ts';

export type Values = Record<string, unknown>;
export type StoredRecord = z.output<typeof record>;
export type ShownFinding = StoredRecord['findings'][number];

/** Typed text that is no value of its field: it stays in its cell, on this device, until it is corrected. */
export interface Unread {
  text: string;
  finding: ShownFinding;
}

/** One row of the sheet: what is stored, and what was typed over it and is not stored yet. */
export interface SheetRow {
  id: string;
  /** Null until the server has stored the row. */
  version: string | null;
  stored: Values;
  /** Typed, not sent. */
  edits: Values;
  /** On its way to the server. */
  sent: Values | null;
  unread: Record<string, Unread>;
  findings: ShownFinding[];
  /** The server did not take the row: why, and what it found in it, until the row is edited again. */
  refusal: { text: Text; findings: ShownFinding[] } | null;
  /** Somebody else stored another version meanwhile. */
  conflict: StoredRecord | null;
}

/** A cell and what is put into it: a value, or text that a person typed or pasted. */
export type CellChange = { id: string; key: string } & ({ value: unknown } | { text: string });

export function rowOf(stored: StoredRecord): SheetRow {
  return {
    id: stored.id,
    version: stored.version,
    stored: stored.values,
    edits: {},
    sent: null,
    unread: {},
    findings: stored.findings,
    refusal: null,
    conflict: null,
  };
}

export function newRow(id: string, values: Values = {}): SheetRow {
  return {
    id,
    version: null,
    stored: {},
    edits: values,
    sent: null,
    unread: {},
    findings: [],
    refusal: null,
    conflict: null,
  };
}

export function valueIn(row: SheetRow, key: string): unknown {
  if (key in row.edits) return row.edits[key];
  if (row.sent && key in row.sent) return row.sent[key];
  return row.stored[key] ?? null;
}

export function valuesIn(row: SheetRow): Values {
  return { ...row.stored, ...row.sent, ...row.edits };
}

export function isSameValue(a: unknown, b: unknown): boolean {
  return (a ?? null) === (b ?? null) || (Array.isArray(a) && Array.isArray(b) && a.join('\n') === b.join('\n'));
}

const readers = new Map<Field, ReturnType<typeof readerOf>>();

/** What typed text means in a field. `unchanged`: a masked number came back. */
export function readText(
  kind: RecordKind,
  field: Field,
  text: string,
): { value: unknown } | { unread: Unread } | 'unchanged' {
  let read = readers.get(field);
  if (!read) readers.set(field, (read = readerOf(field)));
  const value = read(text);
  if (value === UNCHANGED) return 'unchanged';
  if (!(value instanceof Fault)) return { value };
  const finding: Finding = {
    rule: value.rule,
    severity: 'error',
    kind: kind.name,
    field: field.key,
    value: field.type === 'pin' ? '' : text.slice(0, 100),
    params: value.params,
  };
  return { unread: { text, finding } };
}

/** The row with the change in it; the same row where nothing changes. */
export function changeCell(kind: RecordKind, row: SheetRow, change: CellChange): SheetRow {
  const field = kind.fields.find((each) => each.key === change.key);
  if (!field || field.readOnly) return row;
  const read = 'text' in change ? readText(kind, field, change.text) : { value: change.value };
  if (read === 'unchanged') return row;
  const { [change.key]: before, ...unread } = row.unread;
  if ('unread' in read) return { ...row, unread: { ...row.unread, [change.key]: read.unread } };
  const isBack = isSameValue(read.value, row.stored[change.key]) && !(row.sent && change.key in row.sent);
  if (!before && isSameValue(read.value, valueIn(row, change.key))) return row;
  const { [change.key]: _, ...edits } = row.edits;
  return {
    ...row,
    unread,
    refusal: null,
    edits: isBack && row.version !== null ? edits : { ...edits, [change.key]: read.value },
  };
}

export type RowState = 'stored' | 'waiting' | 'sending' | 'blocked' | 'conflict';

/** Where a row stands between the keyboard and the server. */
export function stateOf(row: SheetRow): RowState {
  if (row.conflict) return 'conflict';
  if (row.sent) return 'sending';
  if (row.refusal !== null) return 'blocked';
  if (Object.keys(row.edits).length > 0) return 'waiting';
  return Object.keys(row.unread).length > 0 ? 'blocked' : 'stored';
}

/** Everything wrong with the row: the unreadable cells first, then what the server found in the others. */
export function findingsIn(row: SheetRow): ShownFinding[] {
  const unread = Object.values(row.unread).map((each) => each.finding);
  const found = row.refusal && row.refusal.findings.length > 0 ? row.refusal.findings : row.findings;
  return [...unread, ...found.filter((each) => !each.field || !(each.field in row.unread))];
}

export type CellTone = 'error' | 'warning' | 'unsent' | null;

export function toneOf(row: SheetRow, key: string): CellTone {
  let tone: CellTone = null;
  for (const finding of findingsIn(row)) {
    if (finding.field !== key) continue;
    if (finding.severity === 'error') return 'error';
    tone = 'warning';
  }
  return tone ?? (key in row.edits ? 'unsent' : null);
}

export function markSent(row: SheetRow): SheetRow {
  return { ...row, sent: row.edits, edits: {} };
}

/** The answer did not come: what was sent counts as typed again, except where something newer was typed. */
export function markUnsent(row: SheetRow): SheetRow {
  return row.sent ? { ...row, edits: { ...row.sent, ...row.edits }, sent: null } : row;
}

export function receiveStored(row: SheetRow, stored: StoredRecord): SheetRow {
  return {
    ...row,
    version: stored.version,
    stored: stored.values,
    findings: stored.findings,
    sent: null,
    refusal: null,
    conflict: null,
  };
}

export function receiveRefusal(row: SheetRow, refusal: Text, findings: ShownFinding[]): SheetRow {
  return { ...markUnsent(row), refusal: { text: refusal, findings } };
}

/**
 * Somebody stored another version. Where they changed other fields than were typed here, both changes stand and the row is
 * sent again on their version; else a person has to choose.
 */
export function receiveStale(row: SheetRow, theirs: StoredRecord): SheetRow {
  const typed = markUnsent(row);
  const clashes = Object.keys(typed.edits).some(
    (key) => !isSameValue(row.stored[key], theirs.values[key]) && !isSameValue(typed.edits[key], theirs.values[key]),
  );
  if (clashes) return { ...typed, conflict: theirs };
  return { ...typed, version: theirs.version, stored: theirs.values, findings: theirs.findings };
}

/** The choice of a person: the fields whose typed value shall stand on the other's version. */
export function settleConflict(row: SheetRow, mine: ReadonlySet<string>): SheetRow {
  const theirs = row.conflict;
  if (!theirs) return row;
  const edits = Object.fromEntries(Object.entries(row.edits).filter(([key]) => mine.has(key)));
  return { ...row, version: theirs.version, stored: theirs.values, findings: theirs.findings, edits, conflict: null };
}
