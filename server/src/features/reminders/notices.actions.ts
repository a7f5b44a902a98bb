import type { BodyOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listNotices, remindUnits } from '@khuevan/core/contract/reminders.ts';
import { noticeContent, sayNotice } from '@khuevan/core/reports/notices.ts';
import { findAskedPeriod } from '#features/progress';
import type { Access, Reading, Writing } from '#platform/database.ts';
import { enqueue } from '#platform/jobs.ts';
import {
  countUnread,
  insertNudges,
  insertReadings,
  type NoticeRow,
  queueLetters,
  type Reader,
  selectNotices,
  selectUnitName,
} from './notices.queries.ts';

const readerOf = (access: Access): Reader => ({
  unitId: access.unitId,
  accountId: access.actor.accountId,
  isHead: access.may('delegations.write'),
});

export async function listNoticesOf(
  { tx, access }: Reading,
  query: QueryOf<typeof listNotices>,
): Promise<ResponseOf<typeof listNotices>> {
  const rows = await selectNotices(tx, readerOf(access), query);
  return { total: rows[0]?.total ?? 0, unread: rows[0]?.unread ?? 0, notices: rows.map(describe) };
}

function describe(row: NoticeRow): ResponseOf<typeof listNotices>['notices'][number] {
  return {
    id: row.id,
    kind: row.kind,
    periodId: row.period_id,
    createdAt: row.created_at.toISOString(),
    isRead: row.is_read,
    ...sayNotice(noticeContent.parse({ kind: row.kind, content: row.content })),
  };
}

export async function markRead(
  { tx, access, audit }: Writing,
  noticeIds: readonly string[],
): Promise<{ unread: number }> {
  const reader = readerOf(access);
  await insertReadings(tx, reader, noticeIds);
  audit.detail = { notices: noticeIds.length };
  return { unread: await countUnread(tx, reader) };
}

/** The officer's own words, to units that still owe something; letters follow where e-mail is on. */
export async function remind(
  { tx, access, audit }: Writing,
  { unitIds, ...body }: BodyOf<typeof remindUnits>,
  mailIsOn: boolean,
): Promise<ResponseOf<typeof remindUnits>> {
  const period = await findAskedPeriod(tx, access.unitId, body);
  const added = await insertNudges(tx, {
    fromUnitId: access.unitId,
    fromUnit: await selectUnitName(tx, access.unitId),
    fromName: access.actor.name,
    periodId: period.id,
    periodName: period.name,
    formCode: body.formCode,
    unitIds,
    text: body.text,
  });
  if (mailIsOn && added.length > 0) {
    await queueLetters(tx, added);
    await enqueue(tx, 'reminders.mail', {}, 'reminders.mail');
  }
  audit.subjectKind = 'period';
  audit.subjectId = period.id;
  audit.detail = { ...body, units: unitIds.length, reminded: added.length };
  return { reminded: added.length, skipped: new Set(unitIds).size - added.length };
}
