// What a report is made of: a school's figures from its records, an office's from the approved submissions below it.
import type { Finding } from '@khuevan/core/findings.ts';
import type { Cells, FormDefinition } from '@khuevan/core/forms/definition.ts';
import { compileForm, findForm } from '#features/forms';
import { digestRecords } from '#features/records';
import type { Tx } from '#platform/database.ts';
import { selectAggregateWithParts } from './aggregate.queries.ts';
import { keepFigures, knownFigures } from './known-figures.ts';
import { findKnownFindings } from './known-findings.ts';
import type { ReportRow } from './report.queries.ts';
import { digestParts } from './submission-hash.ts';
import type { Part } from './submission.queries.ts';

export interface Figures {
  cells: Cells;
  /** Changes with anything the cells are counted from. */
  digest: string;
  parts: Part[];
}

export const formOf = (report: { form_code: string; form_version: string }): FormDefinition =>
  findForm(report.form_code, report.form_version);

/** @param digest taken before: a record changed while the cells are counted then shows as a change, never as part of them unseen */
export async function gatherFigures(tx: Tx, report: ReportRow, digest: string): Promise<Figures> {
  if (report.unit_kind !== 'school') {
    const { cells, parts } = await selectAggregateWithParts(tx, report.unit_id, report.period_id, report.form_code);
    return { cells, digest: digestParts(parts), parts };
  }
  const scope = { schoolIds: [report.unit_id], schoolYear: report.school_year, asOf: report.as_of };
  const cells = (await compileForm(tx, formOf(report), scope)).get(report.unit_id) ?? {};
  // Records changed while they were counted: these figures are of neither state, and must be counted again.
  if ((await digestRecords(tx, report.unit_id, report.school_year)) === digest) keepFigures(report, digest, cells);
  return { cells, digest, parts: [] };
}

/** The same, without counting again what was counted here for the very same records. */
export async function confirmFigures(tx: Tx, report: ReportRow, digest: string): Promise<Figures> {
  const cells = report.unit_kind === 'school' ? knownFigures(report, digest) : undefined;
  return cells ? { cells, digest, parts: [] } : gatherFigures(tx, report, digest);
}

/** Tells whether a fetched report still stands. */
export async function currentDigest(tx: Tx, report: ReportRow): Promise<string> {
  if (report.unit_kind === 'school') return digestRecords(tx, report.unit_id, report.school_year);
  const { parts } = await selectAggregateWithParts(tx, report.unit_id, report.period_id, report.form_code);
  return digestParts(parts);
}

/** What the rules on records say of a school, whose records have this digest. */
export const findRecordFindings = (tx: Tx, report: ReportRow, digest: string): Promise<Finding[]> =>
  findKnownFindings(
    tx,
    { schoolId: report.unit_id, schoolYear: report.school_year, asOf: report.as_of, levels: report.unit_levels },
    digest,
  );
