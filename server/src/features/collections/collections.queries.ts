import { sql } from 'kysely';
import type { Audience, CollectionState } from '@khuevan/core/collections/audience.ts';
import type { CollectionDefinition } from '@khuevan/core/collections/definition.ts';
import { now, today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';

export interface CollectionRow {
  id: string;
  owner_id: string;
  owner_name: string;
  title: string;
  purpose: string;
  definition: CollectionDefinition;
  audience: Audience;
  due_on: string | null;
  state: CollectionState;
  asked: number;
  created_at: Date;
  created_by_name: string;
  published_at: Date | null;
  published_by_name: string | null;
  closed_at: Date | null;
  version: number;
}

const whole = sql`c.id, c.owner_id, o.name as owner_name, c.title, c.purpose, c.definition, c.audience, c.due_on, c.state, c.asked,
  c.created_at, c.created_by_name, c.published_at, c.published_by_name, c.closed_at, c.version`;

export async function selectCollection(tx: Tx, collectionId: string): Promise<CollectionRow | undefined> {
  const { rows } = await sql<CollectionRow>`
    select ${whole} from collection c join unit o on o.id = c.owner_id where c.id = ${collectionId}`.execute(tx);
  return rows[0];
}

/** What a unit has built, newest first, with how many have answered. */
export async function selectOwnCollections(tx: Tx, unitId: string): Promise<CollectionRow[]> {
  const { rows } = await sql<CollectionRow>`
    select ${whole} from collection c join unit o on o.id = c.owner_id where c.owner_id = ${unitId} order by c.created_at desc limit 200`.execute(
    tx,
  );
  return rows;
}

/** How many of those that a unit built were answered, by collection. */
export async function countAnswers(tx: Tx, collectionIds: string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ collection_id: string; answered: number }>`
    select collection_id, answered from count_collection_answers(${collectionIds}::uuid[])`.execute(tx);
  return new Map(rows.map(({ collection_id: id, answered }) => [id, answered]));
}

export interface AskedRow extends CollectionRow {
  answer: 'not-started' | 'draft' | 'submitted' | 'returned';
  first_sent_at: Date | null;
  sent_at: Date | null;
  answer_due_on: string | null;
  return_reason: string | null;
  reminded_at: Date | null;
}

/** What a unit itself was asked, newest first. */
export async function selectAsked(tx: Tx, unitId: string): Promise<AskedRow[]> {
  const { rows } = await sql<AskedRow>`
    select ${whole}, coalesce(a.state, 'not-started') as answer, a.first_sent_at, a.sent_at, a.due_on as answer_due_on, a.return_reason, d.reminded_at
    from collection_duty d join collection c on c.id = d.collection_id join unit o on o.id = c.owner_id
    left join collection_answer a on a.unit_id = d.unit_id and a.collection_id = d.collection_id
    where d.unit_id = ${unitId} order by c.published_at desc limit 200`.execute(tx);
  return rows;
}

/** What units above have asked of units below: an office follows it in its area. */
export async function selectBelow(tx: Tx, unitId: string, day: string): Promise<CollectionRow[]> {
  const { rows } = await sql<CollectionRow>`
    select ${whole} from collection c join unit o on o.id = c.owner_id
    where c.owner_id in (select v.unit_id from units_over(${unitId}, ${day}) v) and c.state <> 'draft'
      and exists (select 1 from collection_progress(c.id) p where p.unit_id <> ${unitId})
    order by c.published_at desc limit 200`.execute(tx);
  return rows;
}

export interface NewCollection {
  id: string;
  ownerId: string;
  title: string;
  purpose: string;
  definition: CollectionDefinition;
  audience: Audience;
  createdAt: Date;
  createdByName: string;
}

export async function insertCollection(tx: Tx, made: NewCollection): Promise<void> {
  await tx
    .insertInto('collection')
    .values({
      id: made.id,
      owner_id: made.ownerId,
      title: made.title,
      purpose: made.purpose,
      definition: JSON.stringify(made.definition),
      audience: JSON.stringify(made.audience),
      created_at: made.createdAt,
      created_by_name: made.createdByName,
    })
    .execute();
}

export interface CollectionChange {
  title?: string;
  purpose?: string;
  definition?: CollectionDefinition;
  audience?: Audience;
  due_on?: string | null;
  state?: CollectionState;
  asked?: number;
  published_at?: Date;
  published_by_name?: string;
  closed_at?: Date | null;
}

/** False where somebody changed it since. */
export async function updateCollection(
  tx: Tx,
  collectionId: string,
  version: number,
  { definition, audience, ...change }: CollectionChange,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('collection')
    .set({
      ...change,
      ...(definition && { definition: JSON.stringify(definition) }),
      ...(audience && { audience: JSON.stringify(audience) }),
    })
    .set((expression) => ({ version: expression('version', '+', 1) }))
    .where('id', '=', collectionId)
    .where('version', '=', version)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function removeDraft(tx: Tx, collectionId: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom('collection')
    .where('id', '=', collectionId)
    .where('state', '=', 'draft')
    .executeTakeFirst();
  return numDeletedRows === 1n;
}

/**
 * Sending, and changing or closing what is sent to, take turns: many may send at once, and none while the form changes. Not a lock of
 * the row, which those who answer may not write.
 */
export async function takeTurn(tx: Tx, collectionId: string, as: 'sender' | 'owner'): Promise<void> {
  if (as === 'sender') await sql`select pg_advisory_xact_lock_shared(hashtextextended(${collectionId}, 0))`.execute(tx);
  else await sql`select pg_advisory_xact_lock(hashtextextended(${collectionId}, 0))`.execute(tx);
}

/** Whether an answer was ever sent; also one that was returned since. */
export async function isAnswered(tx: Tx, collectionId: string): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select was_collection_answered(${collectionId}) as found`.execute(tx);
  return rows[0]!.found;
}

interface AddressedRow {
  unit_id: string;
  kind: string;
  code: string;
  name: string;
}

export async function selectAddressed(
  tx: Tx,
  ownerId: string,
  audience: Audience,
  day: string,
  limit: number,
  offset: number,
): Promise<{ byKind: Record<string, number>; rows: AddressedRow[] }> {
  const addressed = sql`addressed_units(${ownerId}, ${JSON.stringify(audience)}::jsonb, ${day})`;
  const counts = await sql<{ kind: string; units: number }>`
    select kind, count(*)::integer as units from ${addressed} a group by kind`.execute(tx);
  const { rows } = await sql<AddressedRow>`
    select * from ${addressed} a order by array_position(array['province', 'district', 'commune', 'school'], a.kind), a.code
    limit ${limit} offset ${offset}`.execute(tx);
  return { byKind: Object.fromEntries(counts.rows.map(({ kind, units }) => [kind, units])), rows };
}

/** Of a draft, as it is stored. */
export async function addressCollection(tx: Tx, collectionId: string, day: string): Promise<number> {
  const { rows } = await sql<{ asked: number }>`select address_collection(${collectionId}, ${day}) as asked`.execute(
    tx,
  );
  return rows[0]!.asked;
}

export async function remindAll(tx: Tx, collectionId: string, at: Date, name: string): Promise<number> {
  const { rows } = await sql<{ reminded: number }>`
    select remind_collection(${collectionId}, ${at}, ${name}) as reminded`.execute(tx);
  return rows[0]!.reminded;
}

/** Tells those who owe an answer, all or one, what the owner has done. */
export async function tellOwing(
  tx: Tx,
  collectionId: string,
  told: {
    unitId?: string;
    about: 'published' | 'extended' | 'reminder' | 'returned';
    /** Of one kind a unit is told once of this. */
    once: string | number;
  },
): Promise<void> {
  await sql`select tell_collection(${collectionId}, ${told.unitId ?? null}, ${told.about}, ${String(told.once)}, ${today()}, ${now()})`.execute(
    tx,
  );
}

export async function selectUnitNames(tx: Tx, unitIds: string[]): Promise<Array<{ id: string; name: string }>> {
  if (unitIds.length === 0) return [];
  return tx.selectFrom('unit').select(['id', 'name']).where('id', 'in', unitIds).orderBy('name').execute();
}
