// Ad-hoc collections in tests: one built and published, answers, uploads as a browser sends them.
import assert from 'node:assert/strict';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { CollectionDefinition } from '@khuevan/core/collections/definition.ts';
import { type Audience, emptyAudience } from '@khuevan/core/collections/audience.ts';
import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { serveCollections } from '#features/collections';
import { atTime } from '#platform/clock.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';
import { createTestApp } from './app.ts';
import { type Caller, createCaller } from './caller.ts';
import { type PersonName, seatCast, signedIn, type UnitName, units } from './cast.ts';

export type Collection = ResponseOf<typeof contract.readCollection>;
export type Answer = ResponseOf<typeof answers.readAnswer>;

export const at = (unit: UnitName) => ({ unitId: units[unit].id });
/** A collection as a unit sees it. */
export const of = (unit: UnitName, collectionId: string) => ({ params: { ...at(unit), collectionId } });

/** Computers and halls of a school: numbers, a sum row, a sum column, a yes or no, a choice. */
export const grid: CollectionDefinition = {
  shape: 'grid',
  columns: [
    { key: 'c1', label: 'Đang dùng', type: 'integer', required: true },
    { key: 'c2', label: 'Đã hỏng', type: 'integer', required: false },
    { key: 'c3', label: 'Tổng số', type: 'integer', required: false, sumOf: ['c1', 'c2'] },
  ],
  rows: [
    { key: 'r1', label: 'Máy tính', indent: 0 },
    { key: 'r2', label: 'Máy chiếu', indent: 0 },
    { key: 'r3', label: 'Cộng', indent: 0, sumOf: ['r1', 'r2'] },
    { key: 'r4', label: 'Tình trạng mạng', indent: 0, type: 'choice', choices: ['Tốt', 'Yếu', 'Không có'] },
    { key: 'r5', label: 'Có phòng máy riêng', indent: 0, type: 'boolean' },
  ],
  attachments: true,
};

export const list: CollectionDefinition = {
  shape: 'list',
  columns: [
    { key: 'c1', label: 'Hạng mục', type: 'text', required: true },
    { key: 'c2', label: 'Kinh phí (triệu đồng)', type: 'decimal', required: true },
    { key: 'c3', label: 'Ngày hoàn thành', type: 'date', required: false },
    { key: 'c4', label: 'Nguồn', type: 'choice', required: false, choices: ['Ngân sách', 'Xã hội hóa'] },
  ],
  rows: [],
  attachments: false,
};

export const primary: Audience = { ...emptyAudience, levels: ['02'] };
/** A whole answer to the grid. */
export const full = (used: number, broken: number) => ({
  'r1.c1': used,
  'r1.c2': broken,
  'r2.c1': 2,
  'r4.c1': 'Tốt',
  'r5.c1': true,
});

export interface CollectionStage {
  db: TestDatabase;
  app: FastifyInstance;
  as: (person: PersonName, day?: string) => Caller;
  /** Built by the Sở on 10 October 2024 and due on the 20th. */
  publish(
    definition: CollectionDefinition,
    audience?: Audience,
    by?: PersonName,
    owner?: UnitName,
  ): Promise<Collection>;
  answer(
    person: PersonName,
    unit: UnitName,
    collectionId: string,
    content: Partial<Pick<Answer, 'cells' | 'rows'>>,
  ): Promise<Answer>;
  send(person: PersonName, unit: UnitName, collectionId: string, day?: string, lateReason?: string): Promise<Answer>;
  upload(person: PersonName, path: string, name: string, bytes: Buffer, day?: string): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

const boundary = '----khuevan-test';

export async function openCollectionStage(also: Parameters<typeof createTestApp>[1] = []): Promise<CollectionStage> {
  const db = await createTestDatabase();
  await seatCast(db.owner);
  const app = await createTestApp(db, [serveCollections, ...also]);
  const as = await createCaller(app, db.owner);
  return {
    db,
    app,
    as,
    async publish(definition, audience = primary, by = 'reviewer.province', owner = 'province') {
      const officer = as(by, '2024-10-10');
      const begun = await officer.call(contract.createCollection, {
        params: at(owner),
        body: { title: 'Rà soát thiết bị dạy học' },
      });
      const { params } = of(owner, begun.id);
      const built = await officer.call(contract.changeCollection, {
        params,
        body: { version: begun.version, definition, audience, dueOn: '2024-10-20' },
      });
      return officer.call(contract.publishCollection, { params, body: { version: built.version } });
    },
    async answer(person, unit, collectionId, { cells = {}, rows = [] }) {
      const asked = of(unit, collectionId);
      const { version } = await as(person).call(answers.readAnswer, asked);
      return as(person).call(answers.saveAnswer, { ...asked, body: { version, cells, rows } });
    },
    async send(person, unit, collectionId, day, lateReason) {
      const asked = of(unit, collectionId);
      const { version } = await as(person, day).call(answers.readAnswer, asked);
      return as(person, day).call(answers.sendAnswer, { ...asked, body: { version, lateReason } });
    },
    async upload(person, path, name, bytes, day = '2024-10-15') {
      const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: application/octet-stream\r\n\r\n`;
      const headers = await signedIn(db.owner, person);
      return atTime(new Date(`${day}T09:00:00+07:00`), async () => {
        const answered = await app.inject({
          method: 'POST',
          url: `/api/v1${path}`,
          headers: { ...headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
          payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
        });
        return answered;
      });
    },
    async close() {
      await app.close();
      await db.close();
    },
  };
}

/** The findings of an answer as places. */
export const placesOf = (answer: Answer): string[] =>
  answer.findings.map((each) => `${each.row ?? ''}.${each.column ?? ''}`).toSorted((a, b) => a.localeCompare(b));

export function assertOk(answer: LightMyRequestResponse): Answer {
  assert.equal(answer.statusCode, 200, answer.body);
  return answer.json();
}
