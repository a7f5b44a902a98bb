import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { today } from '#platform/clock.ts';
import type { Reading, Tx } from '#platform/database.ts';
import { answerOf, type RecordAnswer } from './record-answer.ts';
import { readFilter, type ListQuery } from './record-filter.ts';
import { findOfAll, findOfRecord, maySee } from './record-findings.ts';
import { readPage } from './record-page.queries.ts';
import { readAll, readByIds, type Place } from './record-reading.queries.ts';
import { shapes } from './record-shape.ts';
import { readSchool, type School } from './rule-context.queries.ts';

export interface PageQuery extends ListQuery {
  page: number;
  pageSize: number;
  withFindings?: boolean;
}

/** @throws ProblemError not_found where the unit is no school. */
export async function findSchool(tx: Tx, place: Place, kind: RecordKindName): Promise<School> {
  const school = await readSchool(tx, place, today(), [kind]);
  if (!school) throw new ProblemError('not_found');
  return school;
}

export async function listRecords(
  { tx, access }: Reading,
  name: RecordKindName,
  place: Place,
  query: PageQuery,
): Promise<{ total: number; records: RecordAnswer[] }> {
  const { kind } = shapes[name];
  const maySeeSensitive = access.may('records.sensitive');
  const filter = readFilter(kind, query, maySeeSensitive);
  const { context } = await findSchool(tx, place, name);
  const window = { limit: query.pageSize, offset: (query.page - 1) * query.pageSize };
  if (!query.withFindings) {
    const { total, records } = await readPage(tx, shapes[name], place, filter, window);
    return {
      total,
      records: records.map((record) => answerOf(kind, record, findOfRecord(kind, record, context), maySeeSensitive)),
    };
  }
  // Duplicates show only among all records.
  const all = findOfAll(kind, await readAll(tx, shapes[name], place), context).filter((finding) =>
    maySee(kind, finding, maySeeSensitive),
  );
  const found = Map.groupBy(all, (finding) => finding.recordId);
  const ids = [...found.keys()].filter((id) => id !== undefined);
  const { total, records } = await readPage(tx, shapes[name], place, { ...filter, ids }, window);
  return {
    total,
    records: records.map((record) => answerOf(kind, record, found.get(record.id) ?? [], maySeeSensitive)),
  };
}

/** @throws ProblemError not_found */
export async function readRecord(
  { tx, access }: Reading,
  name: RecordKindName,
  schoolId: string,
  id: string,
): Promise<RecordAnswer> {
  const { kind } = shapes[name];
  const record = (await readByIds(tx, shapes[name], schoolId, [id])).get(id);
  if (!record) throw new ProblemError('not_found');
  const { context } = await findSchool(tx, { schoolId, schoolYear: record.schoolYear }, name);
  return answerOf(kind, record, findOfRecord(kind, record, context), access.may('records.sensitive'));
}
