import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { RecordEndpoints } from '@khuevan/core/contract/records.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Writing } from '#platform/database.ts';
import type { Secrets } from '#platform/secrets.ts';
import { answerOf, type RecordAnswer } from './record-answer.ts';
import type { Change } from './record-drafts.ts';
import { findOfRecord, maySee, say, type SaidFinding } from './record-findings.ts';
import { findSchool } from './record-list.actions.ts';
import { readByIds, type Place, type StoredRecord } from './record-reading.queries.ts';
import { saveChanges, type Outcome, type Saving } from './record-saving.actions.ts';
import { shapes } from './record-shape.ts';
import { deleteRows, findUser, lockRecords, registerPins } from './record-writing.queries.ts';

export interface Saved {
  record: RecordAnswer;
  findings: SaidFinding[];
}

type ManyResult = ResponseOf<RecordEndpoints['changeMany']>['results'][number];

export async function createRecord(
  writing: Writing,
  secrets: Secrets,
  name: RecordKindName,
  place: Place,
  change: Change,
): Promise<Saved> {
  const school = await findSchool(writing.tx, place, name);
  return saveOne(writing, { tx: writing.tx, secrets, shape: shapes[name], place, school }, change);
}

/** @throws ProblemError not_found, stale_record with `current`, invalid_record with `findings` */
export async function changeRecord(
  writing: Writing,
  secrets: Secrets,
  name: RecordKindName,
  schoolId: string,
  change: Change & { id: string },
): Promise<Saved> {
  const record = (await readByIds(writing.tx, shapes[name], schoolId, [change.id])).get(change.id);
  if (!record) throw new ProblemError('not_found');
  const place = { schoolId, schoolYear: record.schoolYear };
  const school = await findSchool(writing.tx, place, name);
  return saveOne(writing, { tx: writing.tx, secrets, shape: shapes[name], place, school }, change);
}

export async function saveOne({ access, audit }: Writing, saving: Saving, change: Change): Promise<Saved> {
  const outcome = (await saveChanges(saving, [change]))[0]!;
  const answer = (record: StoredRecord) => answerIn(saving, record, access.may('records.sensitive'));
  if (outcome.state === 'refused') throw outcome.problem;
  if (outcome.state === 'invalid')
    throw new ProblemError(
      'invalid_record',
      {},
      {
        findings: outcome.findings
          .filter((finding) => maySee(saving.shape.kind, finding, access.may('records.sensitive')))
          .map(say),
      },
    );
  if (outcome.state === 'stale')
    throw outcome.record
      ? new ProblemError('stale_record', {}, { current: answer(outcome.record) })
      : new ProblemError('not_found');
  const record = answer(outcome.record);
  audit.subjectKind = saving.shape.kind.name;
  audit.subjectId = record.id;
  audit.detail = { schoolYear: saving.place.schoolYear, fields: outcome.fields };
  return { record, findings: record.findings };
}

function answerIn({ shape, school }: Saving, record: StoredRecord, maySeeSensitive: boolean): RecordAnswer {
  return answerOf(shape.kind, record, findOfRecord(shape.kind, record, school.context), maySeeSensitive);
}

export async function changeManyRecords(
  { tx, access, audit }: Writing,
  secrets: Secrets,
  name: RecordKindName,
  place: Place,
  changes: Change[],
): Promise<{ results: ManyResult[] }> {
  const saving: Saving = { tx, secrets, shape: shapes[name], place, school: await findSchool(tx, place, name) };
  const outcomes = await saveChanges(saving, changes);
  const count = (test: (outcome: Outcome) => boolean) => outcomes.filter(test).length;
  audit.subjectKind = name;
  audit.detail = {
    schoolYear: place.schoolYear,
    added: count((outcome) => outcome.state === 'saved' && outcome.isNew),
    changed: count((outcome) => outcome.state === 'saved' && !outcome.isNew && outcome.fields.length > 0),
    refused: count((outcome) => outcome.state !== 'saved'),
  };
  return { results: outcomes.map((outcome) => resultOf(saving, outcome, access.may('records.sensitive'))) };
}

function resultOf(saving: Saving, outcome: Outcome, maySeeSensitive: boolean): ManyResult {
  switch (outcome.state) {
    case 'saved': {
      const record = answerIn(saving, outcome.record, maySeeSensitive);
      return { state: 'saved', record, findings: record.findings, problem: null };
    }
    case 'stale': {
      const record = outcome.record ? answerIn(saving, outcome.record, maySeeSensitive) : null;
      return {
        state: 'stale',
        record,
        findings: [],
        problem: new ProblemError(record ? 'stale_record' : 'not_found').text,
      };
    }
    case 'invalid':
      return {
        state: 'invalid',
        record: null,
        findings: outcome.findings.filter((finding) => maySee(saving.shape.kind, finding, maySeeSensitive)).map(say),
        problem: new ProblemError('invalid_record').text,
      };
    case 'refused':
      return { state: 'refused', record: null, findings: [], problem: outcome.problem.text };
  }
}

/** @throws ProblemError not_found, stale_record with `current`, in_use */
export async function removeRecord(
  { tx, access, audit }: Writing,
  name: RecordKindName,
  schoolId: string,
  id: string,
  version: string,
): Promise<void> {
  const shape = shapes[name];
  await lockRecords(tx, shape, schoolId, [id]);
  const record = (await readByIds(tx, shape, schoolId, [id])).get(id);
  if (!record) throw new ProblemError('not_found');
  const { schoolYear } = record;
  if (record.version !== version) {
    const { context } = await findSchool(tx, { schoolId, schoolYear }, name);
    throw new ProblemError(
      'stale_record',
      {},
      {
        current: answerOf(
          shape.kind,
          record,
          findOfRecord(shape.kind, record, context),
          access.may('records.sensitive'),
        ),
      },
    );
  }
  const user = record.code ? await findUser(tx, shape, schoolId, schoolYear, record.code as string) : undefined;
  if (user) throw new ProblemError('in_use', { what: user });
  const otherSpells = await deleteRows(tx, shape, schoolId, id);
  if (shape.person) await registerPins(tx, shape, [id, ...otherSpells]);
  audit.subjectKind = name;
  audit.subjectId = id;
  audit.detail = { schoolYear };
}
