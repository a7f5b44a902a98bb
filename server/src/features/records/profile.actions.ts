// The profile: one record of a school and year. Before it is first saved it is read as an empty one of version 0.
import { ProblemError } from '@khuevan/core/problems.ts';
import { parseRecord } from '@khuevan/core/records/parse.ts';
import type { Reading, Writing } from '#platform/database.ts';
import type { Secrets } from '#platform/secrets.ts';
import { answerOf, type RecordAnswer } from './record-answer.ts';
import { saveOne, type Saved } from './record-changes.actions.ts';
import { findOfRecord } from './record-findings.ts';
import { findSchool } from './record-list.actions.ts';
import { readAll, type Place, type StoredRecord } from './record-reading.queries.ts';
import { shapes } from './record-shape.ts';

const shape = shapes.profile;
const unsaved = '0';

async function findProfile({ tx }: Reading, place: Place): Promise<StoredRecord | undefined> {
  return (await readAll(tx, shape, place))[0];
}

export async function readProfile(reading: Reading, place: Place): Promise<RecordAnswer> {
  const { context } = await findSchool(reading.tx, place, 'profile');
  const record = (await findProfile(reading, place)) ?? { id: place.schoolId, version: unsaved };
  return answerOf(
    shape.kind,
    record,
    findOfRecord(shape.kind, record, context),
    reading.access.may('records.sensitive'),
  );
}

export async function changeProfile(
  writing: Writing,
  secrets: Secrets,
  place: Place,
  change: { version: string; values: Record<string, unknown> },
  writeReadOnly = false,
): Promise<Saved> {
  const school = await findSchool(writing.tx, place, 'profile');
  const current = await findProfile(writing, place);
  const isFirst = !current && change.version === unsaved;
  return saveOne(
    writing,
    { tx: writing.tx, secrets, shape, place, school, writeReadOnly, base: {} },
    { ...change, id: current?.id, version: isFirst ? undefined : change.version },
  );
}

export interface Recognition {
  nationalStandard: string | null;
  decision: string;
  decidedOn: string;
}

/** By the managing office. @throws ProblemError forbidden to the school itself */
export async function recognise(
  writing: Writing,
  secrets: Secrets,
  place: Place,
  { nationalStandard, decision, decidedOn }: Recognition,
): Promise<RecordAnswer> {
  if (!writing.access.may('recognitions.write', { fromAbove: true })) throw new ProblemError('forbidden');
  const current = await findProfile(writing, place);
  const values = { nationalStandard };
  if (parseRecord(shape.kind, values, { partial: true, writeReadOnly: true }).findings.length > 0)
    throw new ProblemError('invalid_request', { path: 'body.nationalStandard', reason: 'unknown code' });
  const { record } = await changeProfile(
    writing,
    secrets,
    place,
    { version: current?.version ?? unsaved, values },
    true,
  );
  writing.audit.detail = { ...writing.audit.detail, nationalStandard, decision, decidedOn };
  return record;
}
