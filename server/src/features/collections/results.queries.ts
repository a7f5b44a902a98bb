import { sql } from 'kysely';
import type { CollectionCells } from '@khuevan/core/collections/content.ts';
import type { Tx } from '#platform/database.ts';

export interface ProgressCounts {
  asked: number;
  submitted: number;
  returned: number;
  draft: number;
  'not-started': number;
  late: number;
}

/** The day in Vietnam of a moment. */
const dayOfSql = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Ho_Chi_Minh')::date`;

/** Late are those sent after the deadline, and those not sent while it has passed. */
const isLateSql = (dueOn: string | null, today: string) =>
  sql`coalesce(case when p.first_sent_at is not null then ${dayOfSql('p.first_sent_at')} > ${dueOn}::date else ${today}::date > ${dueOn}::date end, false)`;

export async function countProgress(
  tx: Tx,
  collectionId: string,
  dueOn: string | null,
  today: string,
): Promise<ProgressCounts> {
  const { rows } = await sql<ProgressCounts>`
    select count(*)::integer as asked, count(*) filter (where p.state = 'submitted')::integer as submitted,
      count(*) filter (where p.state = 'returned')::integer as returned, count(*) filter (where p.state = 'draft')::integer as draft,
      count(*) filter (where p.state = 'not-started')::integer as "not-started", count(*) filter (where ${isLateSql(dueOn, today)})::integer as late
    from collection_progress(${collectionId}) p`.execute(tx);
  return rows[0]!;
}

export interface ProgressRow {
  unit_id: string;
  kind: string;
  code: string;
  name: string;
  parent_name: string | null;
  state: 'not-started' | 'draft' | 'submitted' | 'returned';
  sent_at: Date | null;
  sent_no: number;
  late: boolean;
  late_reason: string | null;
  reminded_at: Date | null;
  total: number;
}

export interface ProgressFilter {
  state?: string | undefined;
  /** Folded already. */
  search?: string | undefined;
}

/** Those who have not sent come first. */
export async function selectProgress(
  tx: Tx,
  collectionId: string,
  { dueOn, today }: { dueOn: string | null; today: string },
  { state, search }: ProgressFilter,
  limit: number,
  offset: number,
): Promise<ProgressRow[]> {
  const { rows } = await sql<ProgressRow>`
    select q.*, v.parent_name from (
      select u.id as unit_id, u.kind, u.code, u.name, p.state, p.sent_at, p.sent_no, ${isLateSql(dueOn, today)} as late, p.late_reason, p.reminded_at,
        count(*) over ()::integer as total
      from collection_progress(${collectionId}) p join unit u on u.id = p.unit_id
      where (${state ?? null}::text is null or case when ${state ?? null} = 'late' then ${isLateSql(dueOn, today)} else p.state = ${state ?? null} end)
        and (${search ?? null}::text is null or position(${search ?? null} in u.search_key) > 0 or u.code = ${search ?? null})
      order by p.state = 'submitted', u.code, u.id limit ${limit} offset ${offset}
    ) q left join lateral (
      select o.name as parent_name from unit_relation r join unit o on o.id = r.parent_id
      where r.child_id = q.unit_id and r.role = 'managing' and r.valid @> ${today}::date order by r.level limit 1
    ) v on true
    order by q.state = 'submitted', q.code, q.unit_id`.execute(tx);
  return rows;
}

export interface SumRow {
  key: string;
  choice: string | null;
  total: number | null;
  filled: number;
}

export async function selectSums(
  tx: Tx,
  collectionId: string,
  numeric: string[],
  tallied: string[],
): Promise<SumRow[]> {
  const { rows } = await sql<SumRow>`
    select key, choice, total, filled from collection_sums(${collectionId}, ${numeric}::text[], ${tallied}::text[]) order by filled desc, choice`.execute(
    tx,
  );
  return rows;
}

export interface PartRow {
  unit_id: string;
  code: string;
  name: string;
  amount: number | null;
  value: string;
  filled: number;
  total: number;
}

export async function selectParts(
  tx: Tx,
  collectionId: string,
  leaves: ReadonlyArray<{ key: string; weight: number | null }>,
  limit: number,
  offset: number,
): Promise<PartRow[]> {
  const { rows } = await sql<PartRow>`
    select * from collection_parts(${collectionId}, ${leaves.map(({ key }) => key)}::text[], ${leaves.map(({ weight }) => weight)}::numeric[],
      ${limit}, ${offset})`.execute(tx);
  return rows;
}

/** Who has sent, in the order of their codes. */
export async function selectSenders(tx: Tx, collectionId: string): Promise<string[]> {
  const { rows } = await sql<{ unit_id: string }>`
    select p.unit_id from collection_progress(${collectionId}) p join unit u on u.id = p.unit_id
    where p.state = 'submitted' order by u.code, u.id`.execute(tx);
  return rows.map((row) => row.unit_id);
}

export interface ContentRow {
  unit_id: string;
  code: string;
  name: string;
  cells: CollectionCells;
  list_rows: CollectionCells[];
}

export async function selectContents(tx: Tx, collectionId: string, unitIds: string[]): Promise<ContentRow[]> {
  const { rows } = await sql<ContentRow>`
    select * from collection_contents(${collectionId}, ${unitIds}::uuid[])`.execute(tx);
  return rows;
}

export interface JoinedRow {
  unit_id: string;
  code: string;
  name: string;
  no: number;
  cells: CollectionCells;
}

export async function selectJoinedRows(
  tx: Tx,
  collectionId: string,
  limit: number,
  offset: number,
): Promise<JoinedRow[]> {
  const { rows } = await sql<JoinedRow>`
    select * from collection_joined_rows(${collectionId}, ${limit}, ${offset})`.execute(tx);
  return rows;
}

/** What stands over a print. */
export async function selectPrintFace(tx: Tx, unitId: string, today: string) {
  const { rows } = await sql<{ name: string; kind: string; above: string | null; province: string | null }>`
    select u.name, u.kind,
      (select o.name from unit_relation r join unit o on o.id = r.parent_id
       where r.child_id = u.id and r.role = 'managing' and r.valid @> ${today}::date order by r.level limit 1) as above,
      (select a.name from admin_unit a where a.level = 'province' and a.code = u.province_code and a.valid @> ${today}::date) as province
    from unit u where u.id = ${unitId}`.execute(tx);
  return rows[0];
}
