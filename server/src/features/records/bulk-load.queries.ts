// Whole schools at once, by COPY: for the demo, the benchmarks and tests. As the owner, past row-level security and without
// the checks of entry, but with everything the application keeps: audit entries, encrypted numbers, issued codes, the registry.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Field, RecordKindName } from '@khuevan/core/records/field.ts';
import { maskPin } from '@khuevan/core/vietnam/pin.ts';
import { now } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';
import type { Secrets } from '#platform/secrets.ts';
import { issuedCode } from './issued-codes.ts';
import { shapes, type Shape, type TableShape } from './record-shape.ts';

/** Values by field key; the number in full. `id` of the spell and `studentId` or `staffMemberId` of the person may be given. */
export type LoadedRecord = Record<string, unknown>;

export interface SchoolLoad {
  schoolId: string;
  schoolYear: number;
  records: Partial<Record<RecordKindName, readonly LoadedRecord[]>>;
}

export interface LoadOptions {
  /** Who the audit log names. */
  actorName?: string;
  /** Schools written together; more need more memory. */
  schoolsPerBatch?: number;
}

/** In the order of the foreign keys. */
const order: RecordKindName[] = ['profile', 'site', 'class', 'student', 'staff', 'room', 'budget'];

/**
 * Runs on the caller's connection, and is whole or nothing if that is in a transaction. Spells that share `studentId` (or
 * else `code`) in one school are of one person.
 */
export async function loadSchools(
  owner: pg.ClientBase,
  secrets: Secrets,
  schools: Iterable<SchoolLoad> | AsyncIterable<SchoolLoad>,
  { actorName = 'Khuê Văn', schoolsPerBatch = 25 }: LoadOptions = {},
): Promise<Record<RecordKindName, number>> {
  const counts = Object.fromEntries(order.map((kind) => [kind, 0])) as Record<RecordKindName, number>;
  let batch: SchoolLoad[] = [];
  const write = async () => {
    await loadBatch(owner, secrets, batch, actorName, counts);
    batch = [];
  };
  for await (const school of schools) {
    batch.push(school);
    if (batch.length >= schoolsPerBatch) await write();
  }
  if (batch.length > 0) await write();
  // Without statistics the first queries after a load are planned for empty tables.
  for (const kind of order) for (const table of tablesOf(shapes[kind])) await owner.query(`analyze ${table.table}`);
  await owner.query('analyze pin_registry');
  return counts;
}

const tablesOf = (shape: Shape): TableShape[] => (shape.person ? [shape.person, shape.year] : [shape.year]);

async function loadBatch(
  owner: pg.ClientBase,
  secrets: Secrets,
  batch: SchoolLoad[],
  actorName: string,
  counts: Record<RecordKindName, number>,
): Promise<void> {
  const schoolIds = batch.map((school) => school.schoolId);
  const { rows: units } = await owner.query<{ id: string; code: string }>(
    'select id, code from unit where id = any ($1::uuid[])',
    [schoolIds],
  );
  const codes = new Map(units.map((unit) => [unit.id, unit.code]));
  const audits = new Map(schoolIds.map((schoolId) => [schoolId, newId()]));
  await owner.query(
    `select append_audit(school.unit_id, school.audit_id, $3, null, $4, 'records.load', null, null, school.detail)
     from unnest($1::uuid[], $2::uuid[], $5::jsonb[]) as school (unit_id, audit_id, detail)`,
    [
      schoolIds,
      schoolIds.map((schoolId) => audits.get(schoolId)),
      now(),
      actorName,
      batch.map((school) => JSON.stringify(countsOf(school))),
    ],
  );
  for (const kind of order) {
    const loads = batch.map((school) => ({
      ...school,
      auditId: audits.get(school.schoolId)!,
      rows: placeRecords(kind, school, codes.get(school.schoolId) ?? ''),
    }));
    for (const { rows } of loads) counts[kind] += rows.years.length;
    if (loads.every(({ rows }) => rows.years.length === 0)) continue;
    const { person, year } = shapes[kind];
    if (person) await copyRows(owner, person, [], personLines(person, loads, secrets));
    await copyRows(
      owner,
      year,
      person ? [person.column, 'school_year'] : ['school_year'],
      yearLines(year, person?.key, loads),
    );
    if (person) await keepCounters(owner, person.table, loads);
  }
  await registerPins(owner, audits);
}

const countsOf = (school: SchoolLoad) => ({
  schoolYear: school.schoolYear,
  ...Object.fromEntries(Object.entries(school.records).map(([kind, records]) => [kind, records.length])),
});

interface Placed {
  /** One line a person: first seen wins. */
  persons: LoadedRecord[];
  years: LoadedRecord[];
  lastSerial: number;
}

interface Load extends SchoolLoad {
  auditId: string;
  rows: Placed;
}

/** Gives ids and codes to what has none, and finds the persons behind the spells. */
function placeRecords(kind: RecordKindName, school: SchoolLoad, schoolCode: string): Placed {
  const records = school.records[kind] ?? [];
  const { person } = shapes[kind];
  const years: LoadedRecord[] = [];
  const persons = new Map<string, LoadedRecord>();
  let lastSerial = 0;
  for (const record of records) {
    const id = record.id ?? newId();
    if (!person) {
      years.push({ ...record, id });
      continue;
    }
    const mark = (record[person.key] ?? record.code ?? id) as string;
    let found = persons.get(mark);
    if (!found) {
      if (!record.code) lastSerial += 1;
      found = {
        ...record,
        id: record[person.key] ?? newId(),
        code: record.code || issuedCode(schoolCode, kind, lastSerial),
      };
      persons.set(mark, found);
    }
    years.push({ ...record, id, [person.key]: found.id });
  }
  return { persons: [...persons.values()], years, lastSerial };
}

function* personLines(person: TableShape, loads: Load[], secrets: Secrets): Generator<string> {
  for (const { schoolId, auditId, rows } of loads) {
    for (const record of rows.persons)
      yield line([schoolId, record.id, auditId, ...cellsOf(person.fields, record, secrets)]);
  }
}

function* yearLines(year: TableShape, personKey: string | undefined, loads: Load[]): Generator<string> {
  for (const { schoolId, schoolYear, auditId, rows } of loads) {
    for (const record of rows.years) {
      const keys = personKey ? [record[personKey], schoolYear] : [schoolYear];
      yield line([schoolId, record.id, auditId, ...keys, ...cellsOf(year.fields, record)]);
    }
  }
}

function cellsOf(fields: Field[], record: LoadedRecord, secrets?: Secrets): unknown[] {
  return fields.flatMap((field) => {
    const value = record[field.key] ?? null;
    if (field.type !== 'pin') return [value];
    return typeof value === 'string' && secrets
      ? [secrets.encrypt(value), secrets.fingerprint(value), maskPin(value)]
      : [null, null, null];
  });
}

/** One line of COPY's text format. */
function line(cells: unknown[]): string {
  return `${cells.map(cell).join('\t')}\n`;
}

function cell(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '\\N';
  if (value instanceof Buffer) return `\\\\x${value.toString('hex')}`;
  const text = Array.isArray(value)
    ? `{${value.map((each) => `"${String(each).replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return text.replaceAll(/[\\\t\n\r]/g, (mark) => escapes[mark] ?? mark);
}

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const linesPerChunk = 500;

function* chunksOf(lines: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  for (const each of lines) {
    chunk.push(each);
    if (chunk.length < linesPerChunk) continue;
    yield chunk.join('');
    chunk = [];
  }
  if (chunk.length > 0) yield chunk.join('');
}

async function copyRows(
  owner: pg.ClientBase,
  { table, columns }: TableShape,
  keys: string[],
  lines: Iterable<string>,
): Promise<void> {
  const sink = owner.query(
    copyFrom(`copy ${table} (${['school_id', 'id', 'audit_id', ...keys, ...columns].join(', ')}) from stdin`),
  );
  await pipeline(Readable.from(chunksOf(lines)), sink);
}

async function keepCounters(owner: pg.ClientBase, table: string, loads: Load[]): Promise<void> {
  await owner.query(
    `insert into code_counter (school_id, table_name, last_serial)
     select school_id, $2, last_serial from unnest($1::uuid[], $3::integer[]) as school (school_id, last_serial) where last_serial > 0
     on conflict (school_id, table_name) do update set last_serial = greatest(code_counter.last_serial, excluded.last_serial)`,
    [loads.map((load) => load.schoolId), table, loads.map((load) => load.rows.lastSerial)],
  );
}

/** Everybody loaded is new, so an open spell is the newest one. */
async function registerPins(owner: pg.ClientBase, audits: Map<string, string>): Promise<void> {
  for (const { kind, person, year } of [shapes.student, shapes.staff]) {
    await owner.query(
      `insert into pin_registry (kind, pin_hash, school_id)
       select $2, p.pin_hash, y.school_id from ${year.table} y join ${person!.table} p on p.school_id = y.school_id and p.id = y.${person!.column}
       where y.school_id = any ($1::uuid[]) and y.audit_id = any ($3::uuid[]) and y.left_on is null and p.pin_hash is not null`,
      [[...audits.keys()], kind.name, [...audits.values()]],
    );
  }
}
