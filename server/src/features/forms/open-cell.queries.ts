// The records behind one cell, found by the same conditions that count them.
import { type RawBuilder, sql } from 'kysely';
import { columnsOf, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { measures } from '@khuevan/core/forms/measures.ts';
import { type Tx, withoutNestedLoops } from '#platform/database.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { allOf, conditionsOf, oneOf } from './predicates.queries.ts';
import { asRecordedAt, momentOf } from './recorded-then.queries.ts';
import { type CountingScope, sourceOf } from './sources.queries.ts';

export interface CellRecord {
  schoolId: string;
  id: string;
  /** Name of the person, class, site or school; code of a room kind or budget line. */
  subject: string;
  /** Class code of a pupil, position or group code of staff, grade code of a class, level code of rooms. */
  detail: string;
  /** What the record adds to the cell: 1, or its amount. */
  value: number;
}

export interface OpenedCell {
  /** Record kind; null where the cell is not counted from records. */
  kind: string | null;
  total: number;
  /** How many there are by the records of now, where those of then were asked for. */
  totalNow: number | null;
  records: CellRecord[];
}

/** Which submission's records are asked for: as they were known when it was sent. */
export interface SentReport {
  unitId: string;
  reportId: string;
  no: number;
}

/** A page of the records behind a cell, as they are now or as they were when a report was sent. @throws ProblemError not_found for a cell the form does not have. */
export async function openCell(
  tx: Tx,
  form: FormDefinition,
  cell: { row: string; column: string },
  scope: CountingScope,
  page: { limit: number; offset: number },
  sent?: SentReport,
): Promise<OpenedCell> {
  const section = form.sections.find((each) => each.rows.some((row) => row.code === cell.row));
  const row = section?.rows.find((each) => each.code === cell.row);
  const column = section && columnsOf(form, section).find((each) => each.code === cell.column);
  if (!section || !row || !column) throw new ProblemError('not_found');
  if (!row.measure || row.empty?.includes(column.code))
    return { kind: row.measure ? measures[row.measure].kind : null, total: 0, totalNow: null, records: [] };

  const source = sourceOf(row.measure, form, scope);
  const everywhere = (['record', 'school'] as const).flatMap((of) =>
    [section.filter ?? {}, column.filter].flatMap((filter) => conditionsOf(filter, source.dimensions, of)),
  );
  const alternatives = [row.filter ?? {}]
    .flat()
    .map((filter) =>
      allOf((['record', 'school'] as const).flatMap((of) => conditionsOf(filter, source.dimensions, of))),
    );
  const schools =
    row.measure === 'school'
      ? sql``
      : sql`left join school_profile p on p.school_id = ${source.schoolId} and p.school_year = ${scope.schoolYear} left join unit u on u.id = ${source.schoolId}`;
  const behind = sql`
    select ${source.schoolId} as school_id, ${source.id} as id, ${source.subject} as subject, ${source.detail} as detail, ${source.order} as place,
      sum(${source.amounts?.[column.amount ?? ''] ?? sql`1`}) as value
    from ${source.from} ${schools}
    where ${allOf([source.where, ...(source.there ? [source.there] : []), ...everywhere, oneOf(alternatives)])}
    group by 1, 2, 3, 4, 5
    having sum(${source.amounts?.[column.amount ?? ''] ?? sql`1`}) <> 0`;
  const then = sent && asRecordedAt(scope.schoolIds, momentOf(sent.unitId, sent.reportId, sent.no));
  return { kind: measures[row.measure].kind, ...(await readPage(tx, behind, page, then)) };
}

async function readPage(
  tx: Tx,
  behind: RawBuilder<unknown>,
  page: { limit: number; offset: number },
  then: RawBuilder<unknown> | undefined,
): Promise<Omit<OpenedCell, 'kind'>> {
  const given = then ?? sql``;
  const count = async (under: RawBuilder<unknown>) => {
    const { rows } = await sql<{ total: number }>`${under} select count(*) as total from (${behind}) b`.execute(tx);
    return Number(rows[0]!.total);
  };
  return withoutNestedLoops(tx, async () => {
    const total = await count(given);
    const totalNow = then ? await count(sql``) : null;
    const { rows } = await sql<{ school_id: string; id: string; subject: string; detail: string; value: number }>`
      ${given} select school_id, id, subject, detail, value from (${behind}) b
      order by place, school_id, id limit ${page.limit} offset ${page.offset}`.execute(tx);
    return {
      total,
      totalNow,
      records: rows.map((each) => ({
        schoolId: each.school_id,
        id: each.id,
        subject: each.subject,
        detail: each.detail,
        value: Number(each.value),
      })),
    };
  });
}
