import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { listRecords, readRecord } from './record-list.actions.ts';

export function serveListKinds(parts: ServerParts): void {
  for (const kind of listKinds) serveKind(parts, kind);
}

function serveKind(parts: ServerParts, { name }: RecordKind): void {
  if (name === 'profile') return;
  const endpoints = recordEndpoints[name];
  serve(parts, endpoints.list, ({ params: { schoolId }, query, read }) => read(schoolId, (reading) => listRecords(reading, name, { schoolId, schoolYear: query.schoolYear }, query)));
  serve(parts, endpoints.read, ({ params: { schoolId, id }, read }) => read(schoolId, (reading) => readRecord(reading, name, schoolId, id)));
}
