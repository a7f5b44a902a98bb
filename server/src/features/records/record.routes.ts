import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { readHistory } from './history.actions.ts';
import { changeManyRecords, changeRecord, createRecord, removeRecord } from './record-changes.actions.ts';
import { listRecords, readRecord } from './record-list.actions.ts';

export function serveListKinds(parts: ServerParts): void {
  for (const kind of listKinds) serveKind(parts, kind);
}

function serveKind(parts: ServerParts, { name, collection }: RecordKind): void {
  if (name === 'profile') return;
  const endpoints = recordEndpoints[name];
  const { secrets } = parts;
  serve(parts, endpoints.list, ({ params: { schoolId }, query, read }) =>
    read(schoolId, (reading) => listRecords(reading, name, { schoolId, schoolYear: query.schoolYear }, query)),
  );
  serve(parts, endpoints.read, ({ params: { schoolId, id }, read }) =>
    read(schoolId, (reading) => readRecord(reading, name, schoolId, id)),
  );
  serve(parts, endpoints.history, ({ params: { schoolId, id }, read }) =>
    read(schoolId, async (reading) => ({ versions: await readHistory(reading, name, schoolId, id) })),
  );
  serve(parts, endpoints.create, ({ params: { schoolId }, query: { schoolYear }, body, write }) =>
    write(schoolId, `${collection}.create`, (writing) =>
      createRecord(writing, secrets, name, { schoolId, schoolYear }, body),
    ),
  );
  serve(parts, endpoints.change, ({ params: { schoolId, id }, body, write }) =>
    write(schoolId, `${collection}.change`, (writing) =>
      changeRecord(writing, secrets, name, schoolId, { ...body, id }),
    ),
  );
  serve(parts, endpoints.changeMany, ({ params: { schoolId }, query: { schoolYear }, body, write }) =>
    write(schoolId, `${collection}.change-many`, (writing) =>
      changeManyRecords(writing, secrets, name, { schoolId, schoolYear }, body.changes),
    ),
  );
  serve(parts, endpoints.remove, ({ params: { schoolId, id }, query: { version }, write }) =>
    write(schoolId, `${collection}.remove`, async (writing) => {
      await removeRecord(writing, name, schoolId, id, version);
      return {};
    }),
  );
}
