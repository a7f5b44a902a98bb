import { sql } from 'kysely';
import type { PeriodKind } from '@khuevan/core/forms/definition.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

export type DeadlineKind = 'school' | 'commune' | 'district' | 'province';

export interface PeriodRow {
  id: string;
  owner_id: string;
  owner_name: string;
  name: string;
  school_year: number;
  kind: PeriodKind;
  as_of: string;
  counts_from: string;
  opens_on: string;
  closes_on: string;
  version: number;
  forms: Array<{ code: string; version: string; level: string; replacedBy: string | null }>;
  deadlines: Array<{ unitKind: DeadlineKind; dueOn: string }>;
}

const wholePeriod = sql`
  p.id, p.owner_id, o.name as owner_name, p.name, p.school_year, p.kind, p.as_of, opening_day(p) as counts_from, p.opens_on, p.closes_on, p.version,
  (select coalesce(json_agg(json_build_object('code', f.form_code, 'version', f.form_version, 'level', f.level, 'replacedBy', t.name)
     order by f.form_code), '[]')
   from period_form f left join period t on t.id = f.replaced_by where f.period_id = p.id) as forms,
  (select coalesce(json_agg(json_build_object('unitKind', d.unit_kind, 'dueOn', d.due_on) order by d.due_on, d.unit_kind), '[]')
   from period_deadline d where d.period_id = p.id) as deadlines`;

export async function selectPeriod(tx: Tx, periodId: string): Promise<PeriodRow | undefined> {
  const { rows } = await sql<PeriodRow>`
    select ${wholePeriod} from period p join unit o on o.id = p.owner_id where p.id = ${periodId}`.execute(tx);
  return rows[0];
}

/** Periods that a unit or one above it has opened, newest first; for a school only those with a form of its levels. */
export async function selectPeriodsFor(tx: Tx, unitId: string, schoolYear: number | undefined): Promise<PeriodRow[]> {
  const { rows } = await sql<PeriodRow>`
    select ${wholePeriod}
    from period p join unit o on o.id = p.owner_id join unit u on u.id = ${unitId}
    where (p.owner_id = u.id or exists (select 1 from units_over(u.id, p.as_of) a where a.unit_id = p.owner_id))
      and (${schoolYear ?? null}::integer is null or p.school_year = ${schoolYear ?? null})
      and (u.kind <> 'school' or exists (select 1 from period_form f where f.period_id = p.id and is_asked(f.level, u.levels)))
    order by p.as_of desc, p.name
    limit 100`.execute(tx);
  return rows;
}

export async function selectUnit(tx: Tx, unitId: string): Promise<{ kind: string; levels: string[] } | undefined> {
  return tx.selectFrom('unit').select(['kind', 'levels']).where('id', '=', unitId).executeTakeFirst();
}

/** What a period asks and when: nobody owes a form twice for the same. In the middle of a year each as-of day is another time. */
export interface AskedTime {
  ownerId: string;
  schoolYear: number;
  kind: PeriodKind;
  asOf: string;
}

/** Another period of the unit itself or of one above it that already asks for one of these forms. Who asks later, waits until this transaction ends. */
export async function selectSamePeriod(
  tx: Tx,
  { ownerId, schoolYear, kind, asOf }: AskedTime,
  formCodes: string[],
  periodId: string | null = null,
): Promise<{ name: string; form_code: string } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`period ${schoolYear} ${kind}`}, 0))`.execute(tx);
  const { rows } = await sql<{ name: string; form_code: string }>`
    select p.name, f.form_code from period_form f join period p on p.id = f.period_id
    where f.school_year = ${schoolYear} and f.kind = ${kind} and (f.kind <> 'middle' or p.as_of = ${asOf})
      and f.form_code = any (${formCodes}) and p.id is distinct from ${periodId}
      and (f.owner_id = ${ownerId} or exists (select 1 from units_over(${ownerId}, ${asOf}) a where a.unit_id = f.owner_id))
    limit 1`.execute(tx);
  return rows[0];
}

export interface TakenOver {
  ownerName: string;
  periodName: string;
  formCode: string;
}

/** Ends what units below ask already for the same time. */
export async function takeOverForms(tx: Tx, periodId: string, formCodes: string[]): Promise<TakenOver[]> {
  const { rows } = await sql<TakenOver>`
    select owner_name as "ownerName", period_name as "periodName", form_code as "formCode"
    from take_over_forms(${periodId}, ${formCodes}::text[]) order by owner_name, form_code`.execute(tx);
  return rows;
}

export interface NewPeriod extends AskedTime {
  name: string;
  /** Null: by law, or its own as-of day at the start of a year. */
  countsFrom: string | null;
  opensOn: string;
  closesOn: string;
}

export async function insertPeriod(
  tx: Tx,
  period: NewPeriod,
  forms: Array<{ code: string; version: string; level: string; cells: string[] }>,
  deadlines: Array<{ unitKind: DeadlineKind; dueOn: string }>,
): Promise<string> {
  const id = newId();
  const { ownerId, schoolYear, kind } = period;
  await tx
    .insertInto('period')
    .values({
      id,
      owner_id: ownerId,
      name: period.name,
      school_year: schoolYear,
      kind,
      as_of: period.asOf,
      counts_from: period.countsFrom,
      opens_on: period.opensOn,
      closes_on: period.closesOn,
      created_at: now(),
    })
    .execute();
  await tx
    .insertInto('period_form')
    .values(
      forms.map((form) => ({
        period_id: id,
        owner_id: ownerId,
        school_year: schoolYear,
        kind,
        form_code: form.code,
        form_version: form.version,
        level: form.level,
        cells: form.cells,
        middle_of: kind === 'middle' ? period.asOf : null,
      })),
    )
    .execute();
  await insertDeadlines(tx, id, ownerId, deadlines);
  return id;
}

async function insertDeadlines(
  tx: Tx,
  periodId: string,
  ownerId: string,
  deadlines: Array<{ unitKind: DeadlineKind; dueOn: string }>,
): Promise<void> {
  await tx
    .insertInto('period_deadline')
    .values(
      deadlines.map((each) => ({
        period_id: periodId,
        owner_id: ownerId,
        unit_kind: each.unitKind,
        due_on: each.dueOn,
      })),
    )
    .execute();
}

export interface PeriodDates {
  name: string;
  asOf: string;
  countsFrom: string | null;
  opensOn: string;
  closesOn: string;
}

/** False where somebody changed the period since. */
export async function updatePeriod(tx: Tx, periodId: string, version: number, dates: PeriodDates): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('period')
    .set({
      name: dates.name,
      as_of: dates.asOf,
      counts_from: dates.countsFrom,
      opens_on: dates.opensOn,
      closes_on: dates.closesOn,
    })
    .set((expression) => ({ version: expression('version', '+', 1) }))
    .where('id', '=', periodId)
    .where('version', '=', version)
    .executeTakeFirst();
  await tx
    .updateTable('period_form')
    .set({ middle_of: dates.asOf })
    .where('period_id', '=', periodId)
    .where('kind', '=', 'middle')
    .execute();
  return numUpdatedRows === 1n;
}

export async function replaceDeadlines(
  tx: Tx,
  periodId: string,
  ownerId: string,
  deadlines: Array<{ unitKind: DeadlineKind; dueOn: string }>,
): Promise<void> {
  await tx.deleteFrom('period_deadline').where('period_id', '=', periodId).execute();
  await insertDeadlines(tx, periodId, ownerId, deadlines);
}

export async function hasReports(tx: Tx, periodId: string): Promise<boolean> {
  const row = await tx.selectFrom('report').select('id').where('period_id', '=', periodId).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** How a period and a form concern a unit: its figures are asked for, by when, and who reviews them. */
export interface DutyRow {
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  period_id: string;
  period_name: string;
  period_kind: PeriodKind;
  school_year: number;
  as_of: string;
  counts_from: string;
  opens_on: string;
  closes_on: string;
  reviewer_id: string;
  reviewer_name: string;
  due_on: string | null;
  form_code: string;
  form_version: string;
  level: string;
}

/**
 * Forms that a unit owes, of one period or of all: a school those of its levels; an office, where the period sets a deadline for
 * its kind, those that a school below it owes. The reviewer is the unit above it on the as-of day.
 */
export async function selectDuties(
  tx: Tx,
  unitId: string,
  { periodId, formCode }: { periodId?: string | undefined; formCode?: string | undefined },
): Promise<DutyRow[]> {
  const { rows } = await sql<DutyRow>`
    select u.id as unit_id, u.name as unit_name, u.kind as unit_kind, p.id as period_id, p.name as period_name, p.kind as period_kind, p.school_year, p.as_of,
      opening_day(p) as counts_from, p.opens_on, p.closes_on, v.id as reviewer_id, v.name as reviewer_name, d.due_on, f.form_code, f.form_version, f.level
    from period p
    join period_form f on f.period_id = p.id
    join unit u on u.id = ${unitId} and u.valid @> p.as_of
    join unit v on v.id = reports_to(u.id, f.level, p.as_of)
    left join period_deadline d on d.period_id = p.id and d.unit_kind = u.kind
    where f.replaced_by is null and (${periodId ?? null}::uuid is null or p.id = ${periodId ?? null})
      and (${formCode ?? null}::text is null or f.form_code = ${formCode ?? null})
      and exists (select 1 from units_above(u.id, f.level, p.as_of) a where a.unit_id = p.owner_id)
      and case when u.kind = 'school' then is_asked(f.level, u.levels)
        else d.due_on is not null and exists (
          select 1 from units_asked(u.id, f.level, p.as_of)) end
    order by p.as_of desc, p.name, f.form_code
    limit 200`.execute(tx);
  return rows;
}
