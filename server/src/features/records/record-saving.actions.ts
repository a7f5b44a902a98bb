// Saving of records of any kind: one or hundreds, new or changed, in the one transaction of the request.
import type { Finding } from '@khuevan/core/findings.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import { subjectOf } from '@khuevan/core/rules/catalogue.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';
import { asProblem } from '#platform/problems.ts';
import type { Secrets } from '#platform/secrets.ts';
import { isSameValue, judge, type Change, type Draft, type Judgement } from './record-drafts.ts';
import { savePersons } from './record-persons.actions.ts';
import { readByIds, type Place, type StoredRecord } from './record-reading.queries.ts';
import type { Shape } from './record-shape.ts';
import {
  cellsOf,
  insertRows,
  lockRecords,
  readPersons,
  readRemoved,
  registerPins,
  releaseSavepoint,
  rollbackToSavepoint,
  savepoint,
  updateRows,
  type Row,
} from './record-writing.queries.ts';
import type { School } from './rule-context.queries.ts';

export interface Saving {
  tx: Tx;
  secrets: Secrets;
  shape: Shape;
  place: Place;
  school: School;
  /** For the managing office. */
  writeReadOnly?: boolean;
  /** What a new record starts from, where it need not be whole. */
  base?: RecordValues;
}

export type Outcome =
  | { state: 'saved'; record: StoredRecord; fields: string[]; isNew: boolean }
  | { state: 'stale'; record: StoredRecord | undefined }
  | { state: 'invalid'; findings: Finding[] }
  | { state: 'refused'; problem: ProblemError };

/** What is known of a record that was removed and comes back under its id. */
interface Removed {
  version: number;
  personId?: string;
  pinMask?: string;
}

/** Outcomes in the order of the changes. A row that cannot be saved takes none of the others with it. */
export async function saveChanges(saving: Saving, changes: readonly Change[]): Promise<Outcome[]> {
  const { tx, shape, place } = saving;
  const ids = changes.map((change) => change.id ?? newId());
  const given = changes.flatMap((change) => change.id ?? []);
  await lockRecords(tx, shape, place.schoolId, given);
  const stored = given.length > 0 ? await readByIds(tx, shape, place.schoolId, given) : new Map<string, never>();
  const strange = given.filter((id) => !stored.has(id));
  const removed = await findRemoved(tx, shape, place.schoolId, strange);
  const judgements = changes.map((change, index) => judgeOne(saving, ids[index]!, change, stored, removed));
  const drafts = firstOfEach(judgements);
  const refused = await writeInParts(saving, drafts, removed);
  const after = await readByIds(
    tx,
    shape,
    place.schoolId,
    drafts.map((draft) => draft.id),
  );
  return judgements.map((judgement): Outcome => {
    if (judgement.state === 'same') return { state: 'saved', record: judgement.record, fields: [], isNew: false };
    if (judgement.state !== 'good') return judgement;
    const { draft } = judgement;
    const record = after.get(draft.id);
    const problem = refused.get(draft);
    if (problem) return { state: 'refused', problem };
    // The same record twice in one request: the second was typed on a version that is gone.
    if (!drafts.includes(draft)) return { state: 'stale', record };
    return { state: 'saved', record: record!, fields: fieldsChanged(shape, draft), isNew: !draft.current };
  });
}

function judgeOne(
  saving: Saving,
  id: string,
  change: Change,
  stored: Map<string, StoredRecord & { schoolYear: number }>,
  removed: Map<string, Removed>,
): Judgement {
  const { shape, secrets, school, place, writeReadOnly, base } = saving;
  const current = stored.get(id);
  // A record of another year is none of this sheet's.
  if (current && current.schoolYear !== place.schoolYear) return { state: 'stale', record: undefined };
  // A class is made before its pupils are put in it: how many there are is no matter of entry.
  const context = { ...school.context, pupils: undefined };
  return judge(shape.kind, id, change, current, {
    secrets,
    context,
    writeReadOnly,
    base,
    pinMask: removed.get(id)?.pinMask,
  });
}

async function findRemoved(
  tx: Tx,
  { year, person }: Shape,
  schoolId: string,
  ids: string[],
): Promise<Map<string, Removed>> {
  if (ids.length === 0) return new Map();
  const years = [...(await readRemoved(tx, year.table, schoolId, ids))].map(([id, { version, content }]) => ({
    id,
    version,
    personId: person && (content[person.column] as string),
  }));
  const personIds = years.flatMap(({ personId }) => personId ?? []);
  if (!person || personIds.length === 0) return new Map(years.map((each) => [each.id, each]));
  const gone = await readRemoved(tx, person.table, schoolId, personIds);
  const here = new Map((await readPersons(tx, person, schoolId, { ids: personIds })).map((row) => [row.id, row]));
  return new Map(
    years.map((each) => [
      each.id,
      {
        ...each,
        pinMask: (here.get(each.personId!)?.pin_mask ?? gone.get(each.personId!)?.content.pin_mask ?? undefined) as
          | string
          | undefined,
      },
    ]),
  );
}

function firstOfEach(judgements: Judgement[]): Draft[] {
  const drafts = new Map<string, Draft>();
  for (const judgement of judgements)
    if (judgement.state === 'good' && !drafts.has(judgement.draft.id)) drafts.set(judgement.draft.id, judgement.draft);
  return [...drafts.values()];
}

const fieldsChanged = ({ kind }: Shape, { current, values, pin }: Draft) =>
  kind.fields
    .filter((field) =>
      field.type === 'pin' ? pin !== undefined : !isSameValue(values[field.key], current?.[field.key]),
    )
    .map((field) => field.key);

/**
 * All at once; where the database refuses, each half on its own, down to the rows that are to blame. So good rows cost one
 * statement a table, and a bad one some more.
 */
async function writeInParts(
  saving: Saving,
  drafts: Draft[],
  removed: Map<string, Removed>,
): Promise<Map<Draft, ProblemError>> {
  if (drafts.length === 0) return new Map();
  const { tx } = saving;
  await savepoint(tx);
  try {
    await writeDrafts(saving, drafts, removed);
    await releaseSavepoint(tx);
    return new Map();
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code === 'internal') throw error;
    await rollbackToSavepoint(tx);
    await releaseSavepoint(tx);
    if (drafts.length === 1) return new Map([[drafts[0]!, withValue(problem, saving.shape, drafts[0]!)]]);
    const middle = Math.ceil(drafts.length / 2);
    const first = await writeInParts(saving, drafts.slice(0, middle), removed);
    const second = await writeInParts(saving, drafts.slice(middle), removed);
    return new Map([...first, ...second]);
  }
}

/** Under row-level security the database does not say which value clashed. */
function withValue(problem: ProblemError, { kind }: Shape, { values }: Draft): ProblemError {
  if (problem.params.value !== '') return problem;
  const field =
    kind.fields.find(({ label }) => label.vi === problem.params.what) ??
    kind.fields.find(({ label }) => label.vi.startsWith(String(problem.params.what)));
  return new ProblemError(problem.code, {
    ...problem.params,
    value: field ? formatValue(field, values[field.key]) : (subjectOf(kind.name, values) ?? ''),
  });
}

async function writeDrafts(
  { tx, shape, place, school }: Saving,
  drafts: Draft[],
  removed: Map<string, Removed>,
): Promise<void> {
  const { year, person } = shape;
  const personIds = person
    ? new Map(drafts.map((draft): [Draft, string] => [draft, removed.get(draft.id)?.personId ?? newId()]))
    : undefined;
  const persons =
    personIds && (await savePersons(tx, shape, { id: place.schoolId, code: school.code }, drafts, personIds));
  const rowOf = (draft: Draft): Row => ({ id: draft.id, ...cellsOf(year, draft.values) });
  const added = drafts
    .filter((draft) => !draft.current)
    .map((draft): Row => ({
      ...rowOf(draft),
      school_id: place.schoolId,
      school_year: place.schoolYear,
      version: (removed.get(draft.id)?.version ?? 0) + 1,
      ...(person && { [person.column]: persons!.get(draft) }),
    }));
  await insertRows(tx, year, person ? [person.column, 'school_year'] : ['school_year'], added);
  const changed = drafts.filter(
    ({ current, values }) =>
      current && year.fields.some((field) => !isSameValue(values[field.key], current[field.key])),
  );
  await updateRows(tx, year, place.schoolId, changed.map(rowOf));
  const numbered = drafts.filter(
    ({ current, values, pin }) =>
      person &&
      (!current || pin !== undefined || values.leftOn !== current.leftOn || values.enteredOn !== current.enteredOn),
  );
  if (numbered.length > 0)
    await registerPins(
      tx,
      shape,
      numbered.map((draft) => draft.id),
    );
}
