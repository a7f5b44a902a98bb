import { sql } from 'kysely';
import type { CollectionCells, CollectionContent } from '@khuevan/core/collections/content.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export interface AnswerRow {
  state: 'draft' | 'submitted' | 'returned';
  cells: CollectionCells;
  list_rows: CollectionCells[];
  sent_no: number;
  first_sent_at: Date | null;
  sent_at: Date | null;
  sent_by_name: string | null;
  late_reason: string | null;
  return_reason: string | null;
  returned_by_name: string | null;
  due_on: string | null;
  version: number;
}

/** Undefined where the unit was never asked. */
export async function selectDuty(tx: Tx, unitId: string, collectionId: string): Promise<{ name: string } | undefined> {
  return tx
    .selectFrom('collection_duty')
    .innerJoin('unit', 'unit.id', 'collection_duty.unit_id')
    .select('unit.name')
    .where('collection_duty.unit_id', '=', unitId)
    .where('collection_duty.collection_id', '=', collectionId)
    .executeTakeFirst();
}

export async function selectAnswer(tx: Tx, unitId: string, collectionId: string): Promise<AnswerRow | undefined> {
  const { rows } = await sql<AnswerRow>`
    select state, cells, list_rows, sent_no, first_sent_at, sent_at, sent_by_name, late_reason, return_reason, returned_by_name, due_on, version
    from collection_answer where unit_id = ${unitId} and collection_id = ${collectionId}`.execute(tx);
  return rows[0];
}

/** The first content of an answer, over one that holds only files. False where somebody of the unit was quicker. */
export async function insertAnswer(
  tx: Tx,
  unitId: string,
  collectionId: string,
  { cells, rows }: CollectionContent,
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('collection_answer')
    .values({
      unit_id: unitId,
      collection_id: collectionId,
      state: 'draft',
      cells: JSON.stringify(cells),
      list_rows: JSON.stringify(rows),
      changed_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['unit_id', 'collection_id'])
        .doUpdateSet({ cells: JSON.stringify(cells), list_rows: JSON.stringify(rows), changed_at: at, version: 1 })
        .where('collection_answer.version', '=', 0),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Where files come before any content: version 0, as an answer that is not there, so that what is being typed is saved over it. */
export async function beginAnswer(tx: Tx, unitId: string, collectionId: string, at: Date): Promise<void> {
  await tx
    .insertInto('collection_answer')
    .values({ unit_id: unitId, collection_id: collectionId, state: 'draft', changed_at: at, version: 0 })
    .onConflict((conflict) => conflict.columns(['unit_id', 'collection_id']).doNothing())
    .execute();
}

export interface AnswerChange {
  state?: 'submitted';
  content?: CollectionContent;
  sent_no?: number;
  first_sent_at?: Date;
  sent_at?: Date;
  sent_by_name?: string;
  late_reason?: string | null;
}

/** False where it changed since. */
export async function updateAnswer(
  tx: Tx,
  unitId: string,
  collectionId: string,
  version: number,
  { content, ...change }: AnswerChange,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('collection_answer')
    .set({
      ...change,
      ...(content && { cells: JSON.stringify(content.cells), list_rows: JSON.stringify(content.rows) }),
      changed_at: at,
    })
    .set((expression) => ({ version: expression('version', '+', 1) }))
    .where('unit_id', '=', unitId)
    .where('collection_id', '=', collectionId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Back to the unit, and said in its timeline. False where it changed since. */
export async function giveBack(
  tx: Tx,
  unitId: string,
  collectionId: string,
  version: number,
  back: { reason: string; dueOn: string | null; byName: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql<{ is_returned: boolean }>`
    select return_collection_answer(${unitId}, ${collectionId}, ${version}, ${back.reason}, ${back.dueOn}, ${back.byName}, ${back.at}) as is_returned`.execute(
    tx,
  );
  return rows[0]!.is_returned;
}

export interface Sending {
  no: number;
  accountName: string;
  reason: string | null;
  content: CollectionContent;
  at: Date;
}

export async function insertSending(tx: Tx, unitId: string, collectionId: string, sending: Sending): Promise<void> {
  await tx
    .insertInto('collection_event')
    .values({
      unit_id: unitId,
      id: newId(),
      collection_id: collectionId,
      kind: 'sent',
      no: sending.no,
      account_name: sending.accountName,
      reason: sending.reason,
      content: JSON.stringify(sending.content),
      at: sending.at,
    })
    .execute();
}

export async function selectEvents(tx: Tx, unitId: string, collectionId: string) {
  return tx
    .selectFrom('collection_event')
    .select(['kind', 'no', 'account_name', 'reason', 'at'])
    .where('unit_id', '=', unitId)
    .where('collection_id', '=', collectionId)
    .orderBy('at', 'desc')
    .limit(100)
    .execute();
}

export async function selectFiles(tx: Tx, unitId: string, collectionId: string) {
  return tx
    .selectFrom('collection_file')
    .select(['file_id', 'name', 'size', 'added_at', 'added_by_name'])
    .where('unit_id', '=', unitId)
    .where('collection_id', '=', collectionId)
    .orderBy('added_at')
    .execute();
}

export async function insertFile(
  tx: Tx,
  unitId: string,
  collectionId: string,
  file: { id: string; name: string; size: number },
  at: Date,
  byName: string,
): Promise<void> {
  await tx
    .insertInto('collection_file')
    .values({
      unit_id: unitId,
      collection_id: collectionId,
      file_id: file.id,
      name: file.name,
      size: file.size,
      added_at: at,
      added_by_name: byName,
    })
    .execute();
}

export async function selectUnitCode(tx: Tx, unitId: string): Promise<string | undefined> {
  return (await tx.selectFrom('unit').select('code').where('id', '=', unitId).executeTakeFirst())?.code;
}
