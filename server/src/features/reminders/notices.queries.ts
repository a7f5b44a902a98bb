import { sql } from 'kysely';
import type { NoticeContent } from '@khuevan/core/reports/notices.ts';
import { now, today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';

export interface NoticeRow {
  id: string;
  kind: NoticeContent['kind'];
  period_id: string | null;
  content: unknown;
  created_at: Date;
  is_read: boolean;
  total: number;
  unread: number;
}

export interface Reader {
  unitId: string;
  accountId: string;
  /** Heads also see what is meant for them. */
  isHead: boolean;
}

const noticesOf = ({ unitId, accountId, isHead }: Reader) => sql`
  select n.*, r.read_at is not null as is_read
  from notice n left join notice_reading r on r.unit_id = n.unit_id and r.notice_id = n.id and r.account_id = ${accountId}
  where n.unit_id = ${unitId} and (n.audience = 'everybody' or ${isHead})`;

export async function selectNotices(
  tx: Tx,
  reader: Reader,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    with shown as materialized (${noticesOf(reader)})
    select s.id, s.kind, s.period_id, s.content, s.created_at, s.is_read, count(*) over ()::integer as total,
      (count(*) filter (where not s.is_read) over ())::integer as unread
    from shown s order by s.created_at desc, s.id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(tx);
  return rows;
}

export async function countUnread(tx: Tx, reader: Reader): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*)::integer as unread from (${noticesOf(reader)}) s where not s.is_read`.execute(tx);
  return rows[0]!.unread;
}

/** Notices that the reader does not see are passed over. */
export async function insertReadings(tx: Tx, reader: Reader, noticeIds: readonly string[]): Promise<void> {
  await sql`
    insert into notice_reading (unit_id, notice_id, account_id, read_at)
    select s.unit_id, s.id, ${reader.accountId}, ${now()} from (${noticesOf(reader)}) s where s.id = any (${noticeIds}) and not s.is_read
    on conflict on constraint notice_reading_pk do nothing`.execute(tx);
}

export interface Nudge {
  fromUnitId: string;
  fromUnit: string;
  fromName: string;
  periodId: string;
  periodName: string;
  formCode: string | undefined;
  unitIds: readonly string[];
  text: string;
}

/** To each chosen unit below that owes something, once a day. @returns how many */
export async function insertNudges(tx: Tx, nudge: Nudge): Promise<number> {
  const { fromUnitId, fromUnit, fromName, periodId, periodName, formCode, unitIds, text } = nudge;
  const { numAffectedRows } = await sql`
    with owed as (
      select d.unit_id, array_agg(d.form_code order by d.form_code) as forms, min(d.due_on) as due_on
      from duties_below(${fromUnitId}, ${periodId}, ${formCode ?? null}) d
      where d.unit_id = any (${unitIds}) and d.state not in ('submitted', 'approved')
      group by d.unit_id
    )
    insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
    select o.unit_id, gen_random_uuid(), 'nudge', 'everybody', concat_ws(':', 'nudge', ${periodId}::text, ${fromUnitId}::text, ${today()}::text), ${periodId}::uuid,
      jsonb_build_object('periodName', ${periodName}::text, 'forms', o.forms, 'dueOn', o.due_on, 'fromUnit', ${fromUnit}::text, 'fromName', ${fromName}::text,
        'text', ${text}::text), ${now()}
    from owed o
    on conflict on constraint notice_once do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

export async function selectUnitName(tx: Tx, unitId: string): Promise<string> {
  const row = await tx.selectFrom('unit').select('name').where('id', '=', unitId).executeTakeFirstOrThrow();
  return row.name;
}
