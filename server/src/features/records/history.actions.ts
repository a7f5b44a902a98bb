// Who changed what, when: the kept versions of a record and of its person, told as changes of fields.
import { columnOf, type Field, type RecordKindName } from '@khuevan/core/records/field.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Reading } from '#platform/database.ts';
import { findPersonId, readAuditNames, readVersions, type RowVersion } from './history.queries.ts';
import { isSameValue } from './record-drafts.ts';
import { shapes } from './record-shape.ts';

interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** What one write did to one record; a record and its person are written together. */
interface Write {
  auditId: string;
  at: Date;
  changes: FieldChange[];
}

export interface HistoryVersion {
  at: string;
  accountName: string;
  action: string;
  changes: FieldChange[];
}

/** Newest first. @throws ProblemError not_found for a record that never was. */
export async function readHistory(
  { tx, access }: Reading,
  name: RecordKindName,
  schoolId: string,
  id: string,
): Promise<HistoryVersion[]> {
  const { year, person, kind } = shapes[name];
  const versions = await readVersions(tx, year, schoolId, id);
  if (versions.length === 0) throw new ProblemError('not_found');
  const shown = kind.fields.filter((field) => !field.sensitive || access.may('records.sensitive'));
  const personId = person && (await findPersonId(tx, shapes[name], schoolId, id));
  const personVersions = personId ? await readVersions(tx, person, schoolId, personId) : [];
  const writes = new Map<string, Write>();
  collectChanges(
    writes,
    versions,
    shown.filter((field) => year.fields.includes(field)),
  );
  if (person)
    collectChanges(
      writes,
      personVersions,
      shown.filter((field) => person.fields.includes(field)),
    );
  const entries = await readAuditNames(tx, schoolId, [...writes.keys()]);
  return [...writes.values()]
    .filter((write) => write.changes.length > 0)
    .map(({ auditId, at, changes }) => {
      const entry = entries.get(auditId);
      // A write made from a unit above is in that unit's log, which a school does not read.
      return {
        at: (entry?.at ?? at).toISOString(),
        accountName: entry?.accountName ?? '',
        action: entry?.action ?? `${kind.collection}.change`,
        changes,
      };
    })
    .toSorted((a, b) => b.at.localeCompare(a.at));
}

function collectChanges(writes: Map<string, Write>, versions: RowVersion[], fields: Field[]): void {
  let before: RowVersion | undefined;
  for (const version of versions) {
    const isBack = before?.endedBy !== version.auditId;
    if (before?.endedBy && isBack)
      addWrite(writes, before.endedBy, before.endedAt!, changesOf(fields, before.content, {}));
    addWrite(
      writes,
      version.auditId,
      version.from,
      changesOf(fields, before && !isBack ? before.content : {}, version.content),
    );
    before = version;
  }
  if (before?.endedBy) addWrite(writes, before.endedBy, before.endedAt!, changesOf(fields, before.content, {}));
}

function changesOf(fields: Field[], before: Record<string, unknown>, after: Record<string, unknown>): FieldChange[] {
  return fields.flatMap((field) => {
    const isPin = field.type === 'pin';
    const column = isPin ? 'pin_mask' : columnOf(field.key);
    const [was, is] = [before[column] ?? null, after[column] ?? null];
    // Two numbers may look the same behind the mask.
    const isSame = isPin ? before.pin_hash === after.pin_hash : isSameValue(was, is);
    return isSame ? [] : [{ field: field.key, before: was, after: is }];
  });
}

function addWrite(writes: Map<string, Write>, auditId: string, at: Date, changes: FieldChange[]): void {
  const write = writes.get(auditId);
  if (write) write.changes.push(...changes);
  else writes.set(auditId, { auditId, at, changes });
}
