import { emptyAudience, isLate } from '@khuevan/core/collections/audience.ts';
import { emptyDefinition, findDefinitionFaults, isAddition } from '@khuevan/core/collections/definition.ts';
import type {
  changeCollection as changeEndpoint,
  collectionFace,
  listAddressees as addresseesEndpoint,
  listCollections as listEndpoint,
  readCollection as readEndpoint,
} from '@khuevan/core/contract/collections.ts';
import type { BodyOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { daysLeft } from '@khuevan/core/reports/deadlines.ts';
import { dayOf, now, today } from '#platform/clock.ts';
import type { AuditNote, Reading, Tx, Writing } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import type { z } from 'zod';
import {
  addressCollection,
  type AskedRow,
  type CollectionChange,
  type CollectionRow,
  countAnswers,
  insertCollection,
  isAnswered,
  remindAll,
  removeDraft,
  selectAddressed,
  selectAsked,
  selectBelow,
  selectCollection,
  selectOwnCollections,
  selectUnitNames,
  takeTurn,
  tellOwing,
  updateCollection,
} from './collections.queries.ts';

type Face = z.output<typeof collectionFace>;
type Collection = ResponseOf<typeof readEndpoint>;

function faceOf(row: CollectionRow, dueOn = row.due_on): Face {
  return {
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.owner_name,
    title: row.title,
    state: row.state,
    dueOn,
    daysLeft: daysLeft(today(), dueOn),
    asked: row.asked,
    createdAt: row.created_at.toISOString(),
    publishedAt: row.published_at?.toISOString() ?? null,
    version: row.version,
  };
}

/** @throws ProblemError not_found */
export async function requireCollection(tx: Tx, collectionId: string): Promise<CollectionRow> {
  const row = await selectCollection(tx, collectionId);
  if (!row) throw new ProblemError('not_found');
  return row;
}

/** Of a unit's own; another unit's is not there for writing. @throws ProblemError not_found */
async function requireOwn({ tx, access }: Reading, collectionId: string): Promise<CollectionRow> {
  const row = await requireCollection(tx, collectionId);
  if (row.owner_id !== access.unitId) throw new ProblemError('not_found');
  return row;
}

export async function readCollection({ tx }: Reading, collectionId: string): Promise<Collection> {
  const row = await requireCollection(tx, collectionId);
  return {
    ...faceOf(row),
    purpose: row.purpose,
    definition: row.definition,
    audience: row.audience,
    areas: await selectUnitNames(tx, row.audience.areas),
    createdByName: row.created_by_name,
    publishedByName: row.published_by_name,
    closedAt: row.closed_at?.toISOString() ?? null,
    hasAnswers: await isAnswered(tx, collectionId),
  };
}

const dayIn = (moment: Date | null): string | null => moment && dayOf(moment);

export async function listCollections({ tx, access }: Reading): Promise<ResponseOf<typeof listEndpoint>> {
  const { unitId } = access;
  const own = await selectOwnCollections(tx, unitId);
  const published = own.filter((row) => row.state !== 'draft').map((row) => row.id);
  const answered = published.length > 0 ? await countAnswers(tx, published) : new Map<string, number>();
  const asked = await selectAsked(tx, unitId);
  const below = await selectBelow(tx, unitId, today());
  return {
    own: own.map((row) => ({ ...faceOf(row), answered: answered.get(row.id) ?? 0 })),
    toAnswer: asked.map((row) => ({
      ...faceOf(row, row.answer_due_on ?? row.due_on),
      answer: row.answer,
      sentAt: row.sent_at?.toISOString() ?? null,
      isLate: isLate(row.due_on, dayIn(row.first_sent_at)),
    })),
    below: below.map((row) => faceOf(row)),
  };
}

export async function createCollection(
  writing: Writing,
  { title, copyOf }: { title: string; copyOf?: string | undefined },
): Promise<Collection> {
  const { tx, access, audit } = writing;
  const old = copyOf === undefined ? undefined : await requireCollection(tx, copyOf);
  // A copy of another unit's form asks one's own units: its areas may lie elsewhere.
  const audience = old
    ? { ...old.audience, areas: old.owner_id === access.unitId ? old.audience.areas : [] }
    : emptyAudience;
  const id = newId();
  await insertCollection(tx, {
    id,
    ownerId: access.unitId,
    title,
    purpose: old?.purpose ?? '',
    definition: old?.definition ?? emptyDefinition,
    audience,
    createdAt: now(),
    createdByName: access.actor.name,
  });
  note(audit, id, { title, copyOf: copyOf ?? null });
  return readCollection(writing, id);
}

function note(audit: AuditNote, collectionId: string, detail: Record<string, unknown>): void {
  audit.subjectKind = 'collection';
  audit.subjectId = collectionId;
  audit.detail = detail;
}

async function change(
  writing: Writing,
  collectionId: string,
  version: number,
  values: CollectionChange,
): Promise<Collection> {
  if (!(await updateCollection(writing.tx, collectionId, version, values)))
    throw new ProblemError('stale_record', {}, { current: await readCollection(writing, collectionId) });
  return readCollection(writing, collectionId);
}

export async function changeCollection(
  writing: Writing,
  collectionId: string,
  { version, dueOn, title, purpose, definition, audience }: BodyOf<typeof changeEndpoint>,
): Promise<Collection> {
  const { tx, audit } = writing;
  await takeTurn(tx, collectionId, 'owner');
  const before = await requireOwn(writing, collectionId);
  if (before.state !== 'draft') {
    const isSound =
      audience === undefined &&
      dueOn === undefined &&
      before.state === 'open' &&
      (definition === undefined ||
        (isAddition(before.definition, definition) && findDefinitionFaults(definition).length === 0));
    if (!isSound || (await isAnswered(tx, collectionId))) throw new ProblemError('collection_settled');
  }
  // Of a form the audit log keeps the whole: what was asked on a day can be shown later.
  note(audit, collectionId, { title, purpose, definition, audience, dueOn });
  return change(writing, collectionId, version, {
    ...(title !== undefined && { title }),
    ...(purpose !== undefined && { purpose }),
    ...(definition !== undefined && { definition }),
    ...(audience !== undefined && { audience }),
    ...(dueOn !== undefined && { due_on: dueOn }),
  });
}

export async function deleteDraft(writing: Writing, collectionId: string): Promise<Record<string, never>> {
  const before = await requireOwn(writing, collectionId);
  if (!(await removeDraft(writing.tx, collectionId))) throw new ProblemError('collection_settled');
  note(writing.audit, collectionId, { title: before.title });
  return {};
}

const faulty = (faultVi: string, faultEn: string) => new ProblemError('collection_faulty', { faultVi, faultEn });

export async function publishCollection(writing: Writing, collectionId: string, version: number): Promise<Collection> {
  const { tx, access, audit } = writing;
  await takeTurn(tx, collectionId, 'owner');
  const { state, definition, due_on: dueOn, title } = await requireOwn(writing, collectionId);
  if (state !== 'draft') throw new ProblemError('collection_settled');
  const [fault] = findDefinitionFaults(definition);
  if (fault) throw faulty(fault.text.vi, fault.text.en);
  if (dueOn === null) throw faulty('chưa đặt hạn trả lời.', 'there is no deadline.');
  if (dueOn < today()) throw faulty('hạn trả lời đã qua.', 'the deadline has passed.');
  const asked = await addressCollection(tx, collectionId, today());
  if (asked === 0)
    throw faulty(
      'không có đơn vị nào nhận. Chọn lại loại đơn vị, cấp học hoặc địa bàn.',
      'nobody would be asked. Choose other kinds of units, levels or areas.',
    );
  note(audit, collectionId, { title, asked, dueOn });
  const published = await change(writing, collectionId, version, {
    state: 'open',
    asked,
    published_at: now(),
    published_by_name: access.actor.name,
  });
  await tellOwing(tx, collectionId, { about: 'published', once: 1 });
  return published;
}

export async function extendCollection(
  writing: Writing,
  collectionId: string,
  { version, dueOn }: { version: number; dueOn: string },
): Promise<Collection> {
  await takeTurn(writing.tx, collectionId, 'owner');
  const before = await requireOwn(writing, collectionId);
  if (before.state === 'draft') throw new ProblemError('collection_closed');
  const reason = 'hạn mới phải từ hôm nay trở đi và không sớm hơn hạn cũ';
  if (dueOn < today() || (before.due_on !== null && dueOn < before.due_on))
    throw new ProblemError('invalid_request', { path: 'body.dueOn', reason });
  note(writing.audit, collectionId, { from: before.due_on, to: dueOn, reopened: before.state === 'closed' });
  const extended = await change(writing, collectionId, version, { due_on: dueOn, state: 'open', closed_at: null });
  await tellOwing(writing.tx, collectionId, { about: 'extended', once: dueOn });
  return extended;
}

export async function closeCollection(writing: Writing, collectionId: string, version: number): Promise<Collection> {
  await takeTurn(writing.tx, collectionId, 'owner');
  const before = await requireOwn(writing, collectionId);
  if (before.state !== 'open') throw new ProblemError('collection_closed');
  note(writing.audit, collectionId, { title: before.title });
  return change(writing, collectionId, version, { state: 'closed', closed_at: now() });
}

export async function remind(writing: Writing, collectionId: string): Promise<{ reminded: number }> {
  const { tx, access, audit } = writing;
  const { state } = await requireOwn(writing, collectionId);
  if (state !== 'open') throw new ProblemError('collection_closed');
  const reminded = await remindAll(tx, collectionId, now(), access.actor.name);
  await tellOwing(tx, collectionId, { about: 'reminder', once: today() });
  note(audit, collectionId, { reminded });
  return { reminded };
}

export async function listAddressees(
  { tx, access }: Reading,
  { page, pageSize, ...audience }: QueryOf<typeof addresseesEndpoint>,
): Promise<ResponseOf<typeof addresseesEndpoint>> {
  const from = (page - 1) * pageSize;
  const { byKind, rows } = await selectAddressed(tx, access.unitId, audience, today(), pageSize, from);
  return {
    total: Object.values(byKind).reduce((sum, units) => sum + units, 0),
    byKind,
    units: rows.map(({ unit_id: id, ...unit }) => ({ id, ...unit })),
  };
}

export interface CollectionTask {
  kind: 'collection-due' | 'collection-returned';
  collectionId: string;
  title: string;
  dueOn: string | null;
  remindedAt: Date | null;
  reason: string | null;
}

/** What a unit still has to answer: for its list of work. */
export async function findCollectionTasks(tx: Tx, unitId: string): Promise<CollectionTask[]> {
  const isWaiting = (row: AskedRow) => row.state === 'open' && row.answer !== 'submitted';
  return (await selectAsked(tx, unitId)).filter(isWaiting).map((row) => ({
    kind: row.answer === 'returned' ? 'collection-returned' : 'collection-due',
    collectionId: row.id,
    title: row.title,
    dueOn: row.answer_due_on ?? row.due_on,
    remindedAt: row.reminded_at,
    reason: row.return_reason,
  }));
}
