// What a report is made of: a school's figures from its records, an office's from the approved submissions below it.
import type { Finding } from '@khuevan/core/findings.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { compileForm, formOf } from '#features/forms';
import { digestRecords } from '#features/records';
import { type Tx, withoutNestedLoops } from '#platform/database.ts';
import { selectAggregateWithParts } from './aggregate.queries.ts';
import { keepFigures, knownFigures } from './known-figures.ts';
import { findKnownFindings, type Judged, judgeSchool, keepFindings, knownFindings } from './known-findings.ts';
import { type ReportRow, selectDraftCells } from './report.queries.ts';
import { digestParts } from './submission-hash.ts';
import { selectSentCells, type Part } from './submission.queries.ts';
import { asksForMore, kindsAsked, withSupplement } from './supplement.ts';

export interface Figures {
  cells: Cells;
  /** Changes with anything the cells are counted from. */
  digest: string;
  parts: Part[];
}

/** @param digest taken before: a record changed while the cells are counted then shows as a change, never as part of them unseen */
export async function gatherFigures(tx: Tx, report: ReportRow, digest: string): Promise<Figures> {
  if (report.unit_kind !== 'school') {
    const { cells, parts } = await selectAggregateWithParts(tx, report.unit_id, report.period_id, report.form_code);
    return { cells, digest: digestParts(parts), parts };
  }
  const scope = {
    schoolIds: [report.unit_id],
    schoolYear: report.school_year,
    asOf: report.as_of,
    countsFrom: report.counts_from,
  };
  const counted = (await compileForm(tx, formOf(report), scope)).get(report.unit_id) ?? {};
  const cells = asksForMore(report)
    ? withSupplement(report, await selectSentCells(tx, report.unit_id, report.last_submission_id!), counted)
    : counted;
  return { cells, digest, parts: [] };
}

/** The same, without counting again what was counted here for the very same records. */
export async function confirmFigures(tx: Tx, report: ReportRow, digest: string): Promise<Figures> {
  const cells = report.unit_kind === 'school' ? knownFigures(report, digest) : undefined;
  return cells ? { cells, digest, parts: [] } : gatherFigures(tx, report, digest);
}

/** The cells of a report as they were fetched. */
export async function draftCells(tx: Tx, report: ReportRow): Promise<Cells> {
  const known = report.records_digest === null ? undefined : knownFigures(report, report.records_digest);
  return known ?? selectDraftCells(tx, report.unit_id, report.id);
}

/** Tells whether a fetched report still stands. */
export async function currentDigest(tx: Tx, report: ReportRow): Promise<string> {
  if (report.unit_kind === 'school') return digestRecords(tx, report.unit_id, report.school_year);
  const { parts } = await selectAggregateWithParts(tx, report.unit_id, report.period_id, report.form_code);
  return digestParts(parts);
}

const judgedFor = (report: ReportRow): Judged => ({
  schoolId: report.unit_id,
  schoolYear: report.school_year,
  asOf: report.as_of,
  period: report.period_kind,
  countsFrom: report.counts_from,
  levels: report.unit_levels,
});

/** What the rules on records say of a school, whose records have this digest. An office's report is made of submissions, which have passed them. */
export async function findRecordFindings(tx: Tx, report: ReportRow, digest: string): Promise<Finding[]> {
  return report.unit_kind === 'school' ? asked(report, await findKnownFindings(tx, judgedFor(report), digest)) : [];
}

/** Nothing is held up by records that its cells are not counted from. */
function asked(report: ReportRow, findings: Finding[]): Finding[] {
  const kinds = kindsAsked(report);
  return kinds ? findings.filter(({ kind }) => kind === undefined || kinds.has(kind)) : findings;
}

/** Findings and figures of the same records, which are looked at once more in the end: what was worked out while they changed is of neither state. */
export async function workOut(
  tx: Tx,
  report: ReportRow,
  digest: string,
  isBlocked: (findings: Finding[]) => boolean,
): Promise<{ findings: Finding[]; figures: Figures | undefined }> {
  if (report.unit_kind !== 'school') return { findings: [], figures: await gatherFigures(tx, report, digest) };
  return withoutNestedLoops(tx, async () => {
    const judged = judgedFor(report);
    const found = knownFindings(judged, digest) ?? (await judgeSchool(tx, judged));
    const findings = asked(report, found);
    const figures = isBlocked(findings) ? undefined : await gatherFigures(tx, report, digest);
    if ((await digestRecords(tx, report.unit_id, report.school_year)) === digest) {
      keepFindings(judged, digest, found);
      if (figures) keepFigures(report, digest, figures.cells);
    }
    return { findings, figures };
  });
}
