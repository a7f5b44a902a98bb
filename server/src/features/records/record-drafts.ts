// From what somebody typed to what may be stored, or why it may not be.
import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { parseRecord } from '@khuevan/core/records/parse.ts';
import type { RecordValues, RuleContext } from '@khuevan/core/rules/rule.ts';
import { maskPin } from '@khuevan/core/vietnam/pin.ts';
import type { Secrets } from '#platform/secrets.ts';
import { findOfRecord } from './record-findings.ts';
import type { StoredRecord } from './record-reading.queries.ts';

export interface Change {
  id?: string;
  version?: string;
  values: Record<string, unknown>;
}

/** A number as it is stored. */
export interface SealedPin {
  cipher: Buffer;
  hash: Buffer;
  mask: string;
}

export interface Draft {
  id: string;
  /** Undefined for a new record. */
  current?: StoredRecord;
  /** Every field; the number masked. */
  values: RecordValues;
  /** A new number, null where it was taken away, undefined where it stays. */
  pin?: SealedPin | null;
}

export type Judgement =
  | { state: 'good'; draft: Draft }
  /** Stored already: the answer to an earlier attempt was lost, or nothing was changed. */
  | { state: 'same'; record: StoredRecord }
  | { state: 'stale'; record: StoredRecord | undefined }
  | { state: 'invalid'; findings: Finding[] };

export interface JudgeOptions {
  secrets: Secrets;
  context: RuleContext;
  writeReadOnly?: boolean;
  /** What a new record starts from where it need not be whole: a profile is filled bit by bit. */
  base?: RecordValues;
  /** The masked number of a removed person who comes back. */
  pinMask?: string;
}

export function judge(
  kind: RecordKind,
  id: string,
  change: Change,
  current: StoredRecord | undefined,
  options: JudgeOptions,
): Judgement {
  const { context, secrets, writeReadOnly, base, pinMask } = options;
  const { values, findings } = parseRecord(kind, change.values, {
    partial: current !== undefined || base !== undefined,
    current,
    writeReadOnly,
  });
  const given = withoutUnchanged(values, current, secrets);
  const isRead = !findings.some(isError);
  if (current && isRead && Object.entries(given).every(([key, value]) => isSameValue(value, current[key])))
    return { state: 'same', record: current };
  if (current ? change.version !== current.version : change.version !== undefined)
    return { state: 'stale', record: current };

  const before = current ?? base;
  const merged: RecordValues = { ...(pinMask && { pin: pinMask }), ...before, ...given, id };
  // What could not be read is not missing as well.
  const unread = new Set(findings.map((finding) => `required ${finding.field}`));
  const found = [...findings, ...findOfRecord(kind, merged, context).filter((finding) => !unread.has(keyOf(finding)))];
  if (!isRead || bringsErrors(kind, found, before, context)) return { state: 'invalid', findings: found };
  return { state: 'good', draft: sealed(id, current, merged, given.pin, secrets) };
}

const isError = (finding: Finding) => finding.severity === 'error';
const keyOf = (finding: Finding) => `${finding.rule} ${finding.field ?? ''}`;

/** An error that was there before stays to be corrected in its turn; a change may not bring a new one. */
function bringsErrors(
  kind: RecordKind,
  found: Finding[],
  before: RecordValues | undefined,
  context: RuleContext,
): boolean {
  const errors = found.filter(isError);
  if (errors.length === 0) return false;
  const old = new Set(before ? findOfRecord(kind, before, context).map(keyOf) : []);
  return errors.some((finding) => !old.has(keyOf(finding)));
}

/** A code that was issued is not taken away by an empty cell, and a number typed again is the number that is stored. */
function withoutUnchanged(values: RecordValues, current: StoredRecord | undefined, secrets: Secrets): RecordValues {
  if (!current) return values;
  const given = { ...values };
  if (given.code === null && current.code) delete given.code;
  if (typeof given.pin === 'string' && secrets.fingerprint(given.pin).toString('hex') === current.pinHash)
    delete given.pin;
  return given;
}

/** Empty lists and missing values are the same as null. */
export function isSameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b))
    return (Array.isArray(a) ? a : []).join(';') === (Array.isArray(b) ? b : []).join(';');
  return (a ?? null) === (b ?? null);
}

function sealed(
  id: string,
  current: StoredRecord | undefined,
  merged: RecordValues,
  pin: unknown,
  secrets: Secrets,
): Draft {
  if (typeof pin === 'string') {
    const mask = maskPin(pin);
    return {
      id,
      current,
      values: { ...merged, pin: mask },
      pin: { cipher: secrets.encrypt(pin), hash: secrets.fingerprint(pin), mask },
    };
  }
  return { id, current, values: merged, pin: pin === null ? null : undefined };
}
