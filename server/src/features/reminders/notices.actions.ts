import type { BodyOf, QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listNotices, remindUnits } from '@khuevan/core/contract/reminders.ts';
import { noticeContent, sayNotice } from '@khuevan/core/reports/notices.ts';
import { findAskedPeriod } from '#features/progress';
import type { Access, Reading, Writing } from '#platform/database.ts';
import {
  countUnread,
  insertNudges,
  insertReadings,
  type NoticeRow,
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
  const notice = noticeContent.parse({ kind: row.kind, content: row.content });
  return {
    id: row.id,
    kind: notice.kind,
    periodId: row.period_id,
    reportId: 'reportId' in notice.content ? notice.content.reportId : null,
    collectionId: 'collectionId' in notice.content ? notice.content.collectionId : null,
    createdAt: row.created_at.toISOString(),
    isRead: row.is_read,
    ...sayNotice(notice),
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

/** The officer's own words, to units that still owe something. */
export async function remind(
  { tx, access, audit }: Writing,
  { unitIds, ...body }: BodyOf<typeof remindUnits>,
): Promise<ResponseOf<typeof remindUnits>> {
  const period = await findAskedPeriod(tx, access.unitId, body);
  const reminded = await insertNudges(tx, {
    fromUnitId: access.unitId,
    fromUnit: await selectUnitName(tx, access.unitId),
    fromName: access.actor.name,
    periodId: period.id,
    periodName: period.name,
    formCode: body.formCode,
    unitIds,
    text: body.text,
  });
  audit.subjectKind = 'period';
  audit.subjectId = period.id;
  audit.detail = { ...body, units: unitIds.length, reminded };
  return { reminded, skipped: new Set(unitIds).size - reminded };
}
