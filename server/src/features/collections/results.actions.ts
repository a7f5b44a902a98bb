import { type CollectionCells } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionDefinition,
  isNumeric,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';
import { leavesOf, withSums } from '@khuevan/core/collections/sums.ts';
import type {
  listAnswers as answersEndpoint,
  listJoinedRows as joinedEndpoint,
  openSum as openEndpoint,
  readSums as sumsEndpoint,
} from '@khuevan/core/contract/collections.ts';
import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { today } from '#platform/clock.ts';
import type { Reading } from '#platform/database.ts';
import { requireCollection } from './collections.actions.ts';
import { countProgress, selectJoinedRows, selectParts, selectProgress, selectSums } from './results.queries.ts';

export async function listAnswers(
  { tx }: Reading,
  collectionId: string,
  { state, search, page, pageSize }: QueryOf<typeof answersEndpoint>,
): Promise<ResponseOf<typeof answersEndpoint>> {
  const { due_on: dueOn } = await requireCollection(tx, collectionId);
  const filter = { state, search: search?.trim() ? searchKey(search) : undefined };
  const days = { dueOn, today: today() };
  const rows = await selectProgress(tx, collectionId, days, filter, pageSize, (page - 1) * pageSize);
  return {
    counts: await countProgress(tx, collectionId, dueOn, days.today),
    total: rows[0]?.total ?? 0,
    units: rows.map((row) => ({
      id: row.unit_id,
      kind: row.kind,
      code: row.code,
      name: row.name,
      parentName: row.parent_name,
      state: row.state,
      sentAt: row.sent_at?.toISOString() ?? null,
      sentNo: row.sent_no,
      isLate: row.late,
      lateReason: row.late_reason,
      remindedAt: row.reminded_at?.toISOString() ?? null,
    })),
  };
}

/** What a cell is called where answers are stored: in a list there are columns only. */
const storedKey = (form: CollectionDefinition, row: string, column: string): string =>
  form.shape === 'list' ? column : cellKeyOf(row, column);

export type Sums = ResponseOf<typeof sumsEndpoint>;

/** The database adds up what was typed; sums are made of those, because to add up is to add up in any order. */
export async function readSums({ tx }: Reading, collectionId: string): Promise<Sums> {
  const { definition: form } = await requireCollection(tx, collectionId);
  const numeric = new Map<string, string>();
  const tallied = new Map<string, string>();
  const others = new Map<string, string>();
  for (const row of rowsOf(form))
    for (const column of form.columns) {
      const place = placeOf(row, column);
      if (place.kind !== 'input') continue;
      const kind = isNumeric(place.type)
        ? numeric
        : place.type === 'boolean' || place.type === 'choice'
          ? tallied
          : others;
      kind.set(storedKey(form, row.key, column.key), cellKeyOf(row.key, column.key));
    }
  const found = await selectSums(tx, collectionId, [...numeric.keys()], [...tallied.keys()]);
  const cells: CollectionCells = {};
  const sums: Sums = { answers: 0, rows: 0, cells: {}, filled: {}, tallies: {} };
  for (const { key, choice, total, filled } of found) {
    const place = numeric.get(key) ?? tallied.get(key) ?? others.get(key);
    if (key === '#answers') sums.answers = filled;
    else if (key === '#rows') sums.rows = filled;
    else if (place !== undefined) {
      sums.filled[place] = (sums.filled[place] ?? 0) + filled;
      if (numeric.has(key) && total !== null) cells[place] = total;
      if (choice !== null) (sums.tallies[place] ??= []).push({ choice, count: filled });
    }
  }
  for (const [key, value] of Object.entries(withSums(form, cells)))
    if (typeof value === 'number') sums.cells[key] = value;
  return sums;
}

export async function openSum(
  { tx }: Reading,
  collectionId: string,
  place: { row: string; column: string },
  { page, pageSize }: QueryOf<typeof openEndpoint>,
): Promise<ResponseOf<typeof openEndpoint>> {
  const { definition: form } = await requireCollection(tx, collectionId);
  const row = rowsOf(form).find((each) => each.key === place.row);
  const column = form.columns.find((each) => each.key === place.column);
  const at = row && column && placeOf(row, column);
  if (!at || at.kind === 'closed') throw new ProblemError('not_found');
  const isNumber = at.kind === 'sum' || isNumeric(at.type);
  const leaves = [...leavesOf(form, place.row, place.column)].map(([key, times]) => ({
    key: form.shape === 'list' ? key.slice(key.indexOf('.') + 1) : key,
    weight: isNumber ? times : null,
  }));
  const parts = await selectParts(tx, collectionId, leaves, pageSize, (page - 1) * pageSize);
  return {
    total: parts[0]?.total ?? 0,
    parts: parts.map((part) => ({
      unitId: part.unit_id,
      code: part.code,
      name: part.name,
      value: part.amount ?? typed(at, part.value),
      filled: part.filled,
    })),
  };
}

/** The database answers text for every kind of value. */
const typed = (place: ReturnType<typeof placeOf>, value: string): string | boolean =>
  place.kind === 'input' && place.type === 'boolean' ? value === 'true' : value;

export async function listJoinedRows(
  { tx }: Reading,
  collectionId: string,
  { page, pageSize }: QueryOf<typeof joinedEndpoint>,
): Promise<ResponseOf<typeof joinedEndpoint>> {
  await requireCollection(tx, collectionId);
  const rows = await selectJoinedRows(tx, collectionId, pageSize, (page - 1) * pageSize);
  return { rows: rows.map(({ unit_id: unitId, ...row }) => ({ unitId, ...row })) };
}
