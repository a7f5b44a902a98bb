import { sql } from 'kysely';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { Tx } from '#platform/database.ts';

export interface PrintSource {
  unitName: string;
  unitKind: string;
  aboveName: string;
  headName: string | null;
  provinceName: string | null;
  formCode: string;
  formVersion: string;
  periodName: string;
  schoolYear: number;
  asOf: string;
  state: string;
  cells: Cells;
  /** Null for a draft. */
  submission: {
    no: number;
    code: string;
    hash: string;
    explanations: Array<{ findingKey: string; reason: string }>;
  } | null;
}

/** A report as it was submitted (`no`), or as it stands now. */
export async function selectPrintSource(
  tx: Tx,
  unitId: string,
  reportId: string,
  no: number | undefined,
): Promise<PrintSource | undefined> {
  const row = await tx
    .selectFrom('report')
    .innerJoin('period', 'period.id', 'report.period_id')
    .innerJoin('unit', 'unit.id', 'report.unit_id')
    .innerJoin('unit as reviewer', 'reviewer.id', 'report.reviewer_id')
    .leftJoin('school_profile', (join) =>
      join
        .onRef('school_profile.school_id', '=', 'report.unit_id')
        .onRef('school_profile.school_year', '=', 'period.school_year'),
    )
    .leftJoin('admin_unit', (join) =>
      join
        .on('admin_unit.level', '=', 'province')
        .onRef('admin_unit.code', '=', 'unit.province_code')
        .on(sql<boolean>`admin_unit.valid @> period.as_of`),
    )
    .select([
      'unit.name as unitName',
      'unit.kind as unitKind',
      'reviewer.name as aboveName',
      'school_profile.head_name as headName',
      'admin_unit.name as provinceName',
    ])
    .select([
      'report.form_code as formCode',
      'report.form_version as formVersion',
      'period.name as periodName',
      'period.school_year as schoolYear',
      sql<string>`period.as_of`.as('asOf'),
      'report.state',
      'report.cells',
    ])
    .where('report.unit_id', '=', unitId)
    .where('report.id', '=', reportId)
    .executeTakeFirst();
  if (!row) return undefined;
  if (no === undefined) return { ...row, cells: row.cells as Cells, submission: null };
  const frozen = await tx
    .selectFrom('submission')
    .select(['no', 'code', 'hash', 'cells', 'explanations', 'form_version'])
    .where('unit_id', '=', unitId)
    .where('report_id', '=', reportId)
    .where('no', '=', no)
    .executeTakeFirst();
  if (!frozen) return undefined;
  const explanations = frozen.explanations as unknown as Array<{ findingKey: string; reason: string }>;
  const submission = { no: frozen.no, code: frozen.code, hash: frozen.hash, explanations };
  return { ...row, formVersion: frozen.form_version, cells: frozen.cells as Cells, submission };
}

export interface AggregateSource extends Omit<PrintSource, 'submission' | 'state'> {
  parts: number;
  updatedAt: Date | null;
}

export async function selectAggregateSource(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string,
): Promise<AggregateSource | undefined> {
  const row = await tx
    .selectFrom('period_form')
    .innerJoin('period', 'period.id', 'period_form.period_id')
    .innerJoin('unit', (join) => join.on('unit.id', '=', unitId))
    .leftJoin('aggregate', (join) =>
      join
        .onRef('aggregate.unit_id', '=', 'unit.id')
        .onRef('aggregate.period_id', '=', 'period.id')
        .onRef('aggregate.form_code', '=', 'period_form.form_code'),
    )
    .leftJoin('admin_unit', (join) =>
      join
        .on('admin_unit.level', '=', 'province')
        .onRef('admin_unit.code', '=', 'unit.province_code')
        .on(sql<boolean>`admin_unit.valid @> period.as_of`),
    )
    .select([
      'unit.name as unitName',
      'unit.kind as unitKind',
      'admin_unit.name as provinceName',
      'period.name as periodName',
      'period.school_year as schoolYear',
      sql<string>`period.as_of`.as('asOf'),
    ])
    .select([
      'period_form.form_code as formCode',
      'period_form.form_version as formVersion',
      'aggregate.cells',
      'aggregate.parts',
      'aggregate.updated_at as updatedAt',
    ])
    .select(
      sql<
        string | null
      >`(select u.name from units_above(${unitId}, '*', period.as_of) a join unit u on u.id = a.unit_id where a.distance = 1)`.as(
        'aboveName',
      ),
    )
    .where('period_form.period_id', '=', periodId)
    .where('period_form.form_code', '=', formCode)
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    ...row,
    aboveName: row.aboveName ?? '',
    headName: null,
    cells: (row.cells ?? {}) as Cells,
    parts: row.parts ?? 0,
  };
}
