// The lasting person behind a spell: found again by code or number, made anew, or changed.
import { fieldOf } from '@khuevan/core/records/kinds.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { textOf } from '@khuevan/core/rules/rule.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import type { Tx } from '#platform/database.ts';
import { issueCodes } from './issued-codes.actions.ts';
import type { Draft } from './record-drafts.ts';
import type { Shape, TableShape } from './record-shape.ts';
import {
  cellsOf,
  insertRows,
  pinCells,
  readPersons,
  readRemoved,
  updateRows,
  type Person,
  type Row,
} from './record-writing.queries.ts';

type PersonShape = NonNullable<Shape['person']>;
const hex = (bytes: Buffer | null | undefined) => bytes?.toString('hex');

/** Writes the persons of the drafts and answers the person's id of each draft. */
export async function savePersons(
  tx: Tx,
  shape: Shape,
  school: { id: string; code: string },
  drafts: Draft[],
  newPersonIds: Map<Draft, string>,
): Promise<Map<Draft, string>> {
  const person = shape.person!;
  const isChange = (draft: Draft) => draft.current !== undefined;
  const changed = await changePersons(tx, person, school.id, drafts.filter(isChange));
  const added = drafts.filter((draft) => !isChange(draft));
  const found = await findPersons(tx, shape, school.id, added, newPersonIds);
  // An empty cell of a new spell takes nothing away.
  await updateRows(tx, person, school.id, newsOf(person, found, true));
  const fresh = added.filter((draft) => !found.has(draft));
  await addPersons(tx, shape, school, fresh, newPersonIds);
  return new Map([
    ...changed,
    ...[...found].map(([draft, { id }]): [Draft, string] => [draft, id]),
    ...fresh.map((draft): [Draft, string] => [draft, newPersonIds.get(draft)!]),
  ]);
}

async function changePersons(
  tx: Tx,
  person: PersonShape,
  schoolId: string,
  drafts: Draft[],
): Promise<Map<Draft, string>> {
  const ids = new Map(drafts.map((draft): [Draft, string] => [draft, draft.current![person.key] as string]));
  if (ids.size === 0) return ids;
  const stored = new Map(
    (await readPersons(tx, person, schoolId, { ids: [...ids.values()] })).map((row) => [row.id, row]),
  );
  await updateRows(
    tx,
    person,
    schoolId,
    newsOf(person, new Map([...ids].map(([draft, id]) => [draft, stored.get(id)!])), false),
  );
  return ids;
}

/** What the drafts tell of stored persons that is new, as whole rows; two spells of one person add up. */
function newsOf(person: TableShape, drafts: Map<Draft, Person>, emptyTellsNothing: boolean): Row[] {
  const rows = new Map<string, Row>();
  for (const [{ values, pin }, stored] of drafts) {
    const news = Object.entries(cellsOf(person, values)).filter(
      ([column, value]) => (value ?? null) !== (stored[column] ?? null) && !(emptyTellsNothing && value === null),
    );
    const isNewPin = pin ? hex(pin.hash) !== hex(stored.pin_hash) : pin === null && !emptyTellsNothing;
    if (news.length === 0 && !isNewPin) continue;
    const row = rows.get(stored.id) ?? { ...stored, ...pinCells(sealedIn(stored)) };
    rows.set(stored.id, { ...row, ...Object.fromEntries(news), ...(isNewPin && pinCells(pin ?? null)) });
  }
  return [...rows.values()];
}

const sealedIn = ({ pin_cipher, pin_hash, pin_mask }: Person) =>
  pin_cipher && { cipher: pin_cipher, hash: pin_hash!, mask: pin_mask! };

/** New spells of people the school knows, or of one whose removed spell comes back. @throws ProblemError duplicate where code or number belong to somebody else. */
async function findPersons(
  tx: Tx,
  shape: Shape,
  schoolId: string,
  drafts: Draft[],
  newPersonIds: Map<Draft, string>,
): Promise<Map<Draft, Person>> {
  const codes = drafts.flatMap((draft) => (draft.values.code ? [draft.values.code as string] : []));
  const hashes = drafts.flatMap((draft) => (draft.pin ? [draft.pin.hash] : []));
  const found = new Map<Draft, Person>();
  if (drafts.length === 0) return found;
  const persons = await readPersons(tx, shape.person!, schoolId, {
    ids: drafts.map((draft) => newPersonIds.get(draft)!),
    codes,
    hashes,
  });
  const byId = new Map(persons.map((row) => [row.id, row]));
  const byCode = new Map(persons.map((row) => [row.code, row]));
  const byPin = new Map(persons.map((row) => [hex(row.pin_hash), row]));
  for (const draft of drafts) {
    const same = byCode.get(draft.values.code);
    const numbered = draft.pin ? byPin.get(hex(draft.pin.hash)) : undefined;
    if (same && !isSamePerson(same, draft)) throw duplicate(shape, 'code', draft);
    if (numbered && (!isSamePerson(numbered, draft) || (same && same !== numbered)))
      throw duplicate(shape, 'pin', draft);
    const person = same ?? numbered ?? byId.get(newPersonIds.get(draft)!);
    if (person) found.set(draft, person);
  }
  return found;
}

const isSamePerson = (person: Person, { values }: Draft) =>
  person.birth_date === values.birthDate &&
  searchKey(person.full_name as string) === searchKey(values.fullName as string);

function duplicate({ kind }: Shape, key: 'code' | 'pin', draft: Draft): ProblemError {
  return new ProblemError('duplicate', { what: fieldOf(kind, key).label.vi, value: textOf(draft.values[key]) });
}

async function addPersons(
  tx: Tx,
  { kind, person }: Shape,
  school: { id: string; code: string },
  drafts: Draft[],
  ids: Map<Draft, string>,
): Promise<void> {
  if (drafts.length === 0) return;
  const removed = await readRemoved(
    tx,
    person!.table,
    school.id,
    drafts.map((draft) => ids.get(draft)!),
  );
  const uncoded = drafts.filter((draft) => !draft.values.code);
  const codes =
    uncoded.length > 0 ? await issueCodes(tx, kind.name as 'student' | 'staff', school, uncoded.length) : [];
  const issued = new Map(uncoded.map((draft, index) => [draft, codes[index]]));
  const rows = drafts.map((draft): Row => {
    const id = ids.get(draft)!;
    const before = removed.get(id);
    const values = { ...draft.values, code: issued.get(draft) ?? draft.values.code };
    return {
      id,
      school_id: school.id,
      version: (before?.version ?? 0) + 1,
      ...cellsOf(person!, values),
      ...pinsOf(draft, before?.content),
    };
  });
  await insertRows(tx, person!, [], rows);
}

/** Somebody who comes back from removal with a masked number gets the number that was kept. */
function pinsOf(draft: Draft, removed: Record<string, unknown> | undefined): Record<string, unknown> {
  if (draft.pin === undefined && removed?.pin_mask && removed.pin_mask === draft.values.pin)
    return { pin_cipher: removed.pin_cipher, pin_hash: removed.pin_hash, pin_mask: removed.pin_mask };
  return pinCells(draft.pin ?? null);
}
