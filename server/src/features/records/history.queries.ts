import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';
import { pinColumns, type Shape, type TableShape } from './record-shape.ts';

/** A row as it was from one write to the next. */
export interface RowVersion {
  content: Record<string, unknown>;
  from: Date;
  auditId: string;
  /** The write that removed the row, on its last version. */
  endedBy: string | null;
  endedAt: Date | null;
}

export interface AuditName {
  at: Date;
  accountName: string;
  action: string;
}

/** Oldest first, without the encrypted number; its hash tells whether it changed. */
export async function readVersions(tx: Tx, { table }: TableShape, schoolId: string, id: string): Promise<RowVersion[]> {
  const [cipher] = pinColumns;
  const { rows } = await sql<RowVersion>`
    select version, content - ${cipher} as content, recorded_from as "from", audit_id as "auditId", ended_by as "endedBy", recorded_to as "endedAt"
    from history where school_id = ${schoolId} and table_name = ${table} and record_id = ${id}
    union all
    select t.version, to_jsonb(t) - ${cipher}, t.recorded_at, t.audit_id, null, null from ${sql.table(table)} t where t.school_id = ${schoolId} and t.id = ${id}
    order by version`.execute(tx);
  return rows;
}

/** The person behind a record that is there or was. */
export async function findPersonId(
  tx: Tx,
  { year, person }: Shape,
  schoolId: string,
  id: string,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select ${sql.ref(person!.column)} as id from ${sql.table(year.table)} where school_id = ${schoolId} and id = ${id}
    union all
    (select (content ->> ${person!.column})::uuid from history where school_id = ${schoolId} and table_name = ${year.table} and record_id = ${id} order by version desc limit 1)`.execute(
    tx,
  );
  return rows[0]?.id;
}

export async function readAuditNames(tx: Tx, unitId: string, ids: string[]): Promise<Map<string, AuditName>> {
  const rows = await tx
    .selectFrom('audit_entry')
    .select(['id', 'at', 'account_name as accountName', 'action'])
    .where('unit_id', '=', unitId)
    .where('id', 'in', ids)
    .execute();
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
