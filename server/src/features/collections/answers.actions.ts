import { isLate } from '@khuevan/core/collections/audience.ts';
import { checkContent, type CollectionContent, emptyContent, tidyContent } from '@khuevan/core/collections/content.ts';
import { type CollectionDefinition, limits } from '@khuevan/core/collections/definition.ts';
import type {
  readAnswer as readEndpoint,
  returnAnswer as returnEndpoint,
} from '@khuevan/core/contract/collection-answers.ts';
import type { BodyOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { permissionsOf } from '@khuevan/core/permissions.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { dayOf, now, today } from '#platform/clock.ts';
import type { Reading, Tx, Writing } from '#platform/database.ts';
import { type Arrived, removeFiles } from '#platform/files.ts';
import {
  type AnswerChange,
  type AnswerRow,
  beginAnswer,
  insertAnswer,
  giveBack,
  insertFile,
  insertSending,
  selectAnswer,
  selectDuty,
  selectEvents,
  selectFiles,
  updateAnswer,
} from './answers.queries.ts';
import type { AnswerFile } from './answer-file.ts';
import { attachmentType, refuseAttachment } from './attachments.ts';
import { requireCollection } from './collections.actions.ts';
import { type CollectionRow, takeTurn, tellOwing } from './collections.queries.ts';

export type Answer = ResponseOf<typeof readEndpoint>;

interface Found {
  collection: CollectionRow;
  unitName: string;
  answer: AnswerRow | undefined;
}

/** @throws ProblemError not_found where the unit was not asked */
async function find(tx: Tx, unitId: string, collectionId: string): Promise<Found> {
  const duty = await selectDuty(tx, unitId, collectionId);
  if (!duty) throw new ProblemError('not_found');
  return {
    collection: await requireCollection(tx, collectionId),
    unitName: duty.name,
    answer: await selectAnswer(tx, unitId, collectionId),
  };
}

const contentOf = (answer: AnswerRow | undefined): CollectionContent =>
  answer ? { cells: answer.cells, rows: answer.list_rows } : emptyContent;

export interface WholeAnswer {
  answer: Answer;
  definition: CollectionDefinition;
  title: string;
  ownerName: string;
}

export async function readWhole({ tx, access }: Reading, collectionId: string): Promise<WholeAnswer> {
  const { unitId } = access;
  const { collection, unitName, answer } = await find(tx, unitId, collectionId);
  const content = contentOf(answer);
  const files = await selectFiles(tx, unitId, collectionId);
  const events = await selectEvents(tx, unitId, collectionId);
  const isSent = answer?.state === 'submitted';
  return {
    definition: collection.definition,
    title: collection.title,
    ownerName: collection.owner_name,
    answer: {
      ...content,
      unitId,
      unitName,
      state: answer?.state ?? 'not-started',
      sentNo: answer?.sent_no ?? 0,
      sentAt: answer?.sent_at?.toISOString() ?? null,
      sentByName: answer?.sent_by_name ?? null,
      isLate: isLate(collection.due_on, answer?.first_sent_at ? dayOf(answer.first_sent_at) : null),
      lateReason: answer?.late_reason ?? null,
      returnReason: answer?.return_reason ?? null,
      returnedByName: answer?.returned_by_name ?? null,
      dueOn: answer?.due_on ?? collection.due_on,
      version: answer?.version ?? 0,
      files: files.map((file) => ({
        id: file.file_id,
        name: file.name,
        size: Number(file.size),
        addedAt: file.added_at.toISOString(),
        addedByName: file.added_by_name,
      })),
      findings: isSent ? [] : checkContent(collection.definition, content),
      events: events.map((event) => ({
        kind: event.kind as 'sent' | 'returned',
        no: event.no,
        accountName: event.account_name,
        reason: event.reason,
        at: event.at.toISOString(),
      })),
    },
  };
}

export const readAnswer = async (reading: Reading, collectionId: string): Promise<Answer> =>
  (await readWhole(reading, collectionId)).answer;

/** Only while the collection is open and the answer is the unit's to work on. */
async function requireWork(tx: Tx, unitId: string, collectionId: string): Promise<Found> {
  await takeTurn(tx, collectionId, 'sender');
  const found = await find(tx, unitId, collectionId);
  if (found.collection.state !== 'open') throw new ProblemError('collection_closed');
  if (found.answer?.state === 'submitted') throw new ProblemError('wrong_state', { state: 'đã gửi' });
  return found;
}

/** The permission is one of the unit's own people: an office does not answer for a school below it. */
function requireOwnPeople({ access }: Writing): void {
  const isOwn = access.memberships.some(
    (each) => each.unitId === access.unitId && permissionsOf(each.role, each.unitKind).has('reports.prepare'),
  );
  if (!isOwn) throw new ProblemError('forbidden');
}

function noteAnswer({ audit }: Writing, collectionId: string, detail: Record<string, unknown>): void {
  audit.subjectKind = 'collection';
  audit.subjectId = collectionId;
  audit.detail = detail;
}

const countOf = ({ cells, rows }: CollectionContent) => ({ cells: Object.keys(cells).length, rows: rows.length });

async function store(
  writing: Writing,
  collectionId: string,
  version: number,
  change: AnswerChange & { content: CollectionContent },
): Promise<Answer> {
  const { tx, access } = writing;
  const isStored =
    version === 0
      ? await insertAnswer(tx, access.unitId, collectionId, change.content, now())
      : await updateAnswer(tx, access.unitId, collectionId, version, change, now());
  if (!isStored) throw new ProblemError('stale_record', {}, { current: await readAnswer(writing, collectionId) });
  return readAnswer(writing, collectionId);
}

/** What the form does not ask is left out; what cannot be read is kept as it was typed and blocks the sending. */
export async function saveAnswer(
  writing: Writing,
  collectionId: string,
  { version, cells, rows }: CollectionContent & { version: number },
): Promise<Answer> {
  requireOwnPeople(writing);
  const { collection } = await requireWork(writing.tx, writing.access.unitId, collectionId);
  const content = tidyContent(collection.definition, { cells, rows });
  noteAnswer(writing, collectionId, countOf(content));
  return store(writing, collectionId, version, { content });
}

interface Upload extends AnswerFile {
  version: number;
  rows: 'add' | 'replace';
  file: string;
}

/** From Excel: an empty cell of the file erases nothing, and rows are added or put in place of those there are. */
export async function takeFromFile(
  writing: Writing,
  collectionId: string,
  { version, rows, file, content, places }: Upload,
): Promise<Answer> {
  requireOwnPeople(writing);
  const { collection, answer } = await requireWork(writing.tx, writing.access.unitId, collectionId);
  const before = contentOf(answer);
  const merged = tidyContent(collection.definition, {
    cells: { ...before.cells, ...content.cells },
    rows: rows === 'add' ? [...before.rows, ...content.rows] : content.rows,
  });
  if (merged.rows.length > limits.listRows)
    throw new ProblemError('file_refused', {
      reasonVi: `Danh sách sẽ có ${merged.rows.length} dòng, nhiều hơn ${limits.listRows}. Rút bớt dòng rồi tải lên lại.`,
      reasonEn: `The list would have ${merged.rows.length} rows, more than ${limits.listRows}. Leave some out and upload again.`,
    });
  noteAnswer(writing, collectionId, { file, ...countOf(merged) });
  const stored = await store(writing, collectionId, version, { content: merged });
  const firstRow = rows === 'add' ? before.rows.length : 0;
  const placeOf = ({ row, column }: Answer['findings'][number]): string | undefined =>
    row === null || column === null
      ? undefined
      : places.get(`${collection.definition.shape === 'grid' ? row : Number(row) - firstRow}.${column}`);
  return { ...stored, findings: stored.findings.map((each) => ({ ...each, place: placeOf(each) })) };
}

export async function sendAnswer(
  writing: Writing,
  collectionId: string,
  { version, lateReason }: { version: number; lateReason?: string | undefined },
): Promise<Answer> {
  requireOwnPeople(writing);
  const { tx, access } = writing;
  const { unitId } = access;
  const { collection, answer } = await requireWork(tx, unitId, collectionId);
  if (!answer) throw new ProblemError('answer_faulty', { count: 1 });
  const content = contentOf(answer);
  const findings = checkContent(collection.definition, content);
  if (findings.length > 0) throw new ProblemError('answer_faulty', { count: findings.length }, { findings });
  const dueOn = answer.due_on ?? collection.due_on;
  const late = dueOn !== null && today() > dueOn;
  if (late && lateReason === undefined) throw new ProblemError('reason_required');
  const at = now();
  const no = answer.sent_no + 1;
  const reason = late ? (lateReason ?? null) : null;
  const isSent = await updateAnswer(
    tx,
    unitId,
    collectionId,
    version,
    {
      state: 'submitted',
      sent_no: no,
      first_sent_at: answer.first_sent_at ?? at,
      sent_at: at,
      sent_by_name: access.actor.name,
      // The reason of the first sending stays: that is the one that was late.
      late_reason: answer.late_reason ?? reason,
    },
    at,
  );
  if (!isSent) throw new ProblemError('stale_record', {}, { current: await readAnswer(writing, collectionId) });
  await insertSending(tx, unitId, collectionId, {
    no,
    accountName: access.actor.name,
    reason,
    content,
    at,
  });
  noteAnswer(writing, collectionId, { no, late, ...countOf(content) });
  return readAnswer(writing, collectionId);
}

/** By people of the unit that asked; a unit above the one that answered, never that one itself. */
export async function returnAnswer(
  writing: Writing,
  collectionId: string,
  { sentNo, reason, dueOn }: BodyOf<typeof returnEndpoint>,
): Promise<Answer> {
  const { tx, access } = writing;
  await takeTurn(tx, collectionId, 'sender');
  const { collection, answer } = await find(tx, access.unitId, collectionId);
  const isOwner = access.memberships.some(
    (each) => each.unitId === collection.owner_id && permissionsOf(each.role, each.unitKind).has('collections.write'),
  );
  if (!isOwner || collection.owner_id === access.unitId) throw new ProblemError('forbidden');
  if (collection.state !== 'open') throw new ProblemError('collection_closed');
  if (answer?.state !== 'submitted' || answer.sent_no !== sentNo)
    throw new ProblemError('wrong_state', { state: answer?.state === 'submitted' ? 'đã gửi lại' : 'chưa gửi' });
  if (dueOn !== null && dueOn < today())
    throw new ProblemError('invalid_request', { path: 'body.dueOn', reason: 'hạn gửi lại đã qua' });
  const back = { reason, dueOn, byName: access.actor.name, at: now() };
  if (!(await giveBack(tx, access.unitId, collectionId, answer.version, back)))
    throw new ProblemError('wrong_state', { state: 'đã thay đổi' });
  await tellOwing(tx, collectionId, { unitId: access.unitId, about: 'returned', once: sentNo });
  noteAnswer(writing, collectionId, { no: sentNo, reason, dueOn });
  return readAnswer(writing, collectionId);
}

/** The definition to read a file by, where the file may come now; else the file is not taken in. */
export async function expectFile(reading: Reading, collectionId: string): Promise<CollectionRow> {
  const { collection } = await find(reading.tx, reading.access.unitId, collectionId);
  if (collection.state !== 'open') throw new ProblemError('collection_closed');
  return collection;
}

export async function attach(
  writing: Writing,
  collectionId: string,
  { name, file }: { name: string; file: Arrived },
): Promise<Answer> {
  requireOwnPeople(writing);
  const { tx, access } = writing;
  const { unitId } = access;
  const { collection, answer } = await requireWork(tx, unitId, collectionId);
  if (!collection.definition.attachments) throw new ProblemError('forbidden');
  const mediaType = attachmentType(name);
  const there = await selectFiles(tx, unitId, collectionId);
  refuseAttachment(name, file.size, there.length);
  if (!answer) await beginAnswer(tx, unitId, collectionId, now());
  const stored = await file.store(tx, unitId, { name, mediaType: mediaType! });
  await insertFile(tx, unitId, collectionId, stored, now(), access.actor.name);
  noteAnswer(writing, collectionId, { file: name, size: stored.size, sha256: stored.sha256 });
  return readAnswer(writing, collectionId);
}

export async function removeAttached(writing: Writing, collectionId: string, fileId: string): Promise<Answer> {
  requireOwnPeople(writing);
  const { tx, access } = writing;
  await requireWork(tx, access.unitId, collectionId);
  const file = (await selectFiles(tx, access.unitId, collectionId)).find((each) => each.file_id === fileId);
  if (!file) throw new ProblemError('not_found');
  await removeFiles(tx, access.unitId, [fileId]);
  noteAnswer(writing, collectionId, { removed: file.name });
  return readAnswer(writing, collectionId);
}

/** @throws ProblemError not_found for a file that is not of this answer */
export async function requireAttached({ tx, access }: Reading, collectionId: string, fileId: string): Promise<void> {
  const files = await selectFiles(tx, access.unitId, collectionId);
  if (!files.some((each) => each.file_id === fileId)) throw new ProblemError('not_found');
}
