// What a list may be asked for. Everything is checked against the description of the kind before it comes near SQL.
import { z } from 'zod';
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';

export type Condition =
  | { field: Field; test: 'empty' }
  | { field: Field; test: 'is'; value: boolean }
  | { field: Field; test: 'among'; values: string[]; orEmpty: boolean }
  | { field: Field; test: 'between'; from?: string | number; to?: string | number };

export interface SortKey {
  field: Field;
  descending: boolean;
}

export interface RecordFilter {
  /** Folded words, each of which must be found. */
  words: string[];
  conditions: Condition[];
  order: SortKey[];
  /** Only spells that hold on this day. */
  presentOn?: string;
  /** Only these records. */
  ids?: string[];
}

export interface ListQuery {
  search?: string;
  filter?: string;
  sort?: string;
  presentOn?: string;
}

const refuse = (path: string, reason: string) => new ProblemError('invalid_request', { path, reason });

/** @throws ProblemError invalid_request for what the kind does not have; forbidden for a field the reader may not see. */
export function readFilter(kind: RecordKind, query: ListQuery, maySeeSensitive: boolean): RecordFilter {
  if (query.presentOn !== undefined && !hasSpells(kind))
    throw refuse('query.presentOn', `${kind.collection} has no spells`);
  return {
    words: searchKey(query.search ?? '')
      .split(' ')
      .filter((word) => word !== ''),
    conditions: readConditions(kind, query.filter, maySeeSensitive),
    order: readOrder(kind, query.sort, maySeeSensitive),
    presentOn: query.presentOn,
  };
}

export function hasSpells(kind: RecordKind): boolean {
  return kind.fields.some((field) => field.key === 'enteredOn') && kind.fields.some((field) => field.key === 'leftOn');
}

/** What may be asked of a field says something about its values, even where the values are not shown. */
function fieldAsked(kind: RecordKind, key: string, path: string, maySeeSensitive: boolean): Field {
  const field = kind.fields.find((each) => each.key === key);
  if (!field) throw refuse(path, `${kind.collection} has no field “${key}”`);
  if (field.sensitive && !maySeeSensitive) throw new ProblemError('forbidden');
  return field;
}

function readOrder(kind: RecordKind, sort: string | undefined, maySeeSensitive: boolean): SortKey[] {
  if (!sort) return kind.order.map((key) => ({ field: fieldAsked(kind, key, 'query.sort', true), descending: false }));
  const descending = sort.startsWith('-');
  const field = fieldAsked(kind, descending ? sort.slice(1) : sort, 'query.sort', maySeeSensitive);
  if (field.type === 'pin') throw refuse('query.sort', 'encrypted numbers have no order');
  // The usual order decides among equals.
  const rest = kind.order
    .filter((key) => key !== field.key)
    .map((key) => ({ field: fieldAsked(kind, key, 'query.sort', true), descending: false }));
  return [{ field, descending }, ...rest];
}

const codesAsked = z.array(z.string().max(200).nullable()).min(1).max(200);
const rangeAsked = (bound: z.ZodType<string | number>) =>
  z.strictObject({ from: bound.optional(), to: bound.optional() });

function readConditions(kind: RecordKind, filter: string | undefined, maySeeSensitive: boolean): Condition[] {
  if (!filter) return [];
  let asked: unknown;
  try {
    asked = JSON.parse(filter);
  } catch {
    throw refuse('query.filter', 'not JSON');
  }
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    throw refuse('query.filter', 'not an object');
  return Object.entries(asked).map(([key, value]) =>
    readCondition(fieldAsked(kind, key, `query.filter.${key}`, maySeeSensitive), value),
  );
}

function readCondition(field: Field, value: unknown): Condition {
  if (value === null) return { field, test: 'empty' };
  const condition = readValue(field, value);
  if (!condition) throw refuse(`query.filter.${field.key}`, `not a filter of a field of type ${field.type}`);
  return condition;
}

function readValue(field: Field, value: unknown): Condition | undefined {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean' ? { field, test: 'is', value } : undefined;
    case 'date':
      return readRange(field, z.iso.date(), value);
    case 'integer':
      return readRange(field, z.int(), value);
    case 'decimal':
      return readRange(field, z.number(), value);
    case 'pin':
      return undefined;
    default: {
      const codes = codesAsked.safeParse(value).data;
      return (
        codes && { field, test: 'among', values: codes.filter((code) => code !== null), orEmpty: codes.includes(null) }
      );
    }
  }
}

function readRange(field: Field, bound: z.ZodType<string | number>, value: unknown): Condition | undefined {
  const range = rangeAsked(bound).safeParse(value).data;
  return range && { field, test: 'between', ...range };
}
