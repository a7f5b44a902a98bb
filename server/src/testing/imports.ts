// Imports in tests: workbooks made in code, uploads as a browser sends them, the queue worked off as the server does.
import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { Logger, runOnce } from 'graphile-worker';
import { fieldsFor, recordKinds } from '@khuevan/core/records/kinds.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { importTasks, serveImports } from '#features/imports';
import { atTime } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import type { Cell } from '#platform/excel-cells.ts';
import { type Sheet, writeWorkbook } from '#platform/excel-writer.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from './app.ts';
import { type PersonName, seatCast, signedIn, type UnitName, units } from './cast.ts';
import { insertSchool, schoolClass, schoolYear, site } from './records.ts';

export interface ImportBody {
  id: string;
  state: string;
  rowsRead: number;
  rowsGood: number;
  rowsBad: number;
  toAdd: number;
  toChange: number;
  toLeave: number;
  refusal: { vi: string; en: string } | null;
  hasMarkedFile: boolean;
  code: string;
  text: { vi: string; en: string };
}

export type Values = Record<string, unknown>;

/** A sheet of a kind: headings, then the values as people write them; of a primary school unless said otherwise. Keys that are no fields become columns of their own. */
export function sheetOf(
  kind: RecordKindName,
  rows: readonly Values[],
  options: { keys?: readonly string[]; name?: string; above?: number; levels?: readonly string[] } = {},
): Sheet {
  const { fields, label } = recordKinds[kind];
  const offered = fieldsFor(recordKinds[kind], options.levels ?? ['02']);
  const keys = options.keys ?? offered.filter((field) => !field.readOnly).map((field) => field.key);
  const columns = keys.map((key) => ({ key, field: fields.find((field) => field.key === key) }));
  const cellOf = (key: string, value: unknown): Cell => {
    const field = columns.find((column) => column.key === key)!.field;
    if (value === null || value === undefined) return null;
    if (!field || (typeof value !== 'boolean' && !Array.isArray(value) && field.type !== 'code')) return value as Cell;
    return typeof value === 'string' && !/^\w+$/.test(value) ? value : formatValue(field, value);
  };
  return {
    name: options.name ?? label.vi,
    columns: columns.map(({ field }) => ({ width: 14, format: field?.type === 'date' ? 'date' : 'text' })),
    rows: [
      ...Array.from({ length: options.above ?? 0 }, (_, index) => ({ cells: [`Dòng giới thiệu ${index + 1}`] })),
      {
        cells: columns.map(({ key, field }): Cell => ({
          value: field?.label.vi ?? key,
          tone: 'header',
          format: 'general',
        })),
      },
      ...rows.map((row) => ({ cells: columns.map(({ key }) => cellOf(key, row[key])) })),
    ],
  };
}

export const bytesOf = (sheets: readonly Sheet[]): Promise<Buffer> => buffer(writeWorkbook(sheets));

const boundary = '----khuevan-test';

function multipart(bytes: Buffer, fileName: string): { payload: Buffer; type: string } {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
  return {
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

const day = new Date('2024-10-15T09:00:00+07:00');

/** Uploads, reads and applies as people of the cast. */
export class Importer {
  private readonly db: TestDatabase;
  private readonly app: FastifyInstance;
  private readonly headers = new Map<PersonName, Record<string, string>>();

  constructor(db: TestDatabase, app: FastifyInstance) {
    this.db = db;
    this.app = app;
  }

  private async headersOf(person: PersonName): Promise<Record<string, string>> {
    if (!this.headers.has(person)) this.headers.set(person, await signedIn(this.db.owner, person));
    return this.headers.get(person)!;
  }

  async request<T>(
    person: PersonName,
    method: 'GET' | 'POST',
    path: string,
    payload?: object,
  ): Promise<{ status: number; body: T; raw: Buffer }> {
    const headers = await this.headersOf(person);
    return atTime(day, async () => {
      const answer = await this.app.inject({ method, url: `/api/v1${path}`, headers, payload });
      const isJson = String(answer.headers['content-type']).includes('json');
      return { status: answer.statusCode, body: (isJson ? answer.json() : {}) as T, raw: answer.rawPayload };
    });
  }

  /** A request about one import, or with an empty id about all of them. */
  async ask<T>(person: PersonName, unit: UnitName, id: string, path = ''): Promise<T> {
    const { status, body } = await this.request<T>(person, 'GET', `/units/${units[unit].id}/imports/${id}${path}`);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  async upload(
    person: PersonName,
    unit: UnitName,
    kind: RecordKindName,
    bytes: Buffer,
    { year = schoolYear, fileName = 'tep.xlsx' }: UploadOptions = {},
  ): Promise<{ status: number; body: ImportBody }> {
    const { payload, type } = multipart(bytes, fileName);
    const headers = { ...(await this.headersOf(person)), 'content-type': type };
    const url = `/api/v1/units/${units[unit].id}/imports?kind=${kind}&schoolYear=${year}`;
    return atTime(day, async () => {
      const answer = await this.app.inject({ method: 'POST', url, headers, payload });
      return { status: answer.statusCode, body: answer.json<ImportBody>() };
    });
  }

  /** Works off the queue, as a server does in the background. */
  async work(): Promise<void> {
    const { database, secrets, ownerUrl } = this.db;
    const tasks = Object.entries(importTasks({ database, secrets, config: readConfig({}) }));
    const taskList = Object.fromEntries(
      tasks.map(([name, task]) => [name, (payload: unknown) => atTime(day, () => task(payload))]),
    );
    await runOnce({ connectionString: ownerUrl, taskList, logger: new Logger(() => () => undefined) });
  }

  /** Upload and reading; the import as it stands then. */
  async readIn(
    person: PersonName,
    unit: UnitName,
    kind: RecordKindName,
    bytes: Buffer,
    options: UploadOptions = {},
  ): Promise<ImportBody> {
    const { status, body } = await this.upload(person, unit, kind, bytes, options);
    assert.equal(status, 200, JSON.stringify(body));
    await this.work();
    return this.ask(person, unit, body.id);
  }

  async apply(person: PersonName, unit: UnitName, id: string, mode: 'all' | 'good' = 'all'): Promise<ImportBody> {
    const path = `/units/${units[unit].id}/imports/${id}/applications`;
    const { status, body } = await this.request<ImportBody>(person, 'POST', path, { mode });
    assert.equal(status, 200, JSON.stringify(body));
    await this.work();
    return this.ask(person, unit, id);
  }
}

/** The cast, whose schools have a site and these classes, and the app that takes their files. */
export async function openImporting({
  schools = ['doiCan', 'hoaSen', 'laHien', 'cucDuong'],
  classes = ['1A', '2A'],
}: { schools?: readonly UnitName[]; classes?: readonly string[] } = {}): Promise<{
  db: TestDatabase;
  app: FastifyInstance;
  importer: Importer;
}> {
  const db = await createTestDatabase();
  await seatCast(db.owner);
  const app = await createTestApp(db, [serveImports]);
  for (const unit of schools)
    await insertSchool(db, units[unit].id, { site: [site()], class: classes.map((code) => schoolClass(code)) });
  return { db, app, importer: new Importer(db, app) };
}

interface UploadOptions {
  year?: number;
  fileName?: string;
}

/** Who does background work besides, as a second server does. */
export const together = <T>(...works: (() => Promise<T>)[]): Promise<T[]> => Promise.all(works.map((work) => work()));

/** A sheet of texts, as they are. */
export const plainSheet = (name: string, rows: readonly (readonly Cell[])[], state?: Sheet['state']): Sheet => ({
  name,
  ...(state && { state }),
  columns: [],
  rows: rows.map((cells) => ({ cells })),
});

export interface FindingBody {
  rule: string;
  severity: 'error' | 'warning';
  sheet: string;
  row: number;
  field?: string;
  value?: string;
  subject?: string;
  message: { vi: string };
}

export interface SummaryBody {
  rules: {
    rule: string;
    severity: string;
    count: number;
    firstRow: number | null;
    lastRow: number | null;
    sheet: string | null;
  }[];
}

export interface PreviewBody {
  total: number;
  rows: {
    row: number;
    sheet: string;
    subject: string;
    values: Record<string, unknown>;
    changes: { field: string; before: unknown; after: unknown }[];
  }[];
}
