// A form that got cells after a report was sent: the report asks for these only, and keeps what was sent.
import type { Cells, FormDefinition, Row } from '@khuevan/core/forms/definition.ts';
import { measures } from '@khuevan/core/forms/measures.ts';
import { compareVersions } from '@khuevan/core/forms/version-change.ts';
import { formOf } from '#features/forms';
import type { WholeReport } from './report-face.ts';
import type { ReportRow } from './report.queries.ts';
import type { SubmissionRow } from './submission.queries.ts';

interface Versioned {
  form_code: string;
  form_version: string;
}

/** Keys of the cells that a version of a form has beyond an earlier one. */
export function addedSince(before: Versioned, after: Versioned): Set<string> {
  return new Set(placesAdded(formOf(before), formOf(after)).map(({ key }) => key));
}

const placesAdded = (before: FormDefinition, after: FormDefinition) => compareVersions(before, after).added;

export const asksForMore = (report: Pick<ReportRow, 'state' | 'last_form_version'>): boolean =>
  report.state === 'supplement' && report.last_form_version !== null;

const placesAsked = (report: Versioned & Pick<ReportRow, 'last_form_version'>) =>
  placesAdded(formOf({ ...report, form_version: report.last_form_version! }), formOf(report));

/** Of a report that needs a supplement. */
export const askedCells = (report: ReportRow): Set<string> => new Set(placesAsked(report).map(({ key }) => key));

const kindsOf = (rows: readonly Row[]): Set<string> =>
  new Set(rows.flatMap(({ measure }) => (measure ? [measures[measure].kind] : [])));

/**
 * The kinds of records that its cells are counted from, of a report that needs a supplement and of a form of money or rooms alone;
 * undefined of any other: what is wrong with a class or a person stands in some cell of it.
 */
export function kindsAsked(report: Pick<ReportRow, 'state' | 'form_code' | 'form_version' | 'last_form_version'>) {
  if (asksForMore(report)) return kindsOf(placesAsked(report).map(({ row }) => row));
  const kinds = kindsOf(formOf(report).sections.flatMap(({ rows }) => rows));
  return kinds.isSubsetOf(new Set(['room', 'budget'])) ? kinds : undefined;
}

/** What was sent, and of what is counted now the cells that are asked for. */
export function withSupplement(report: ReportRow, sent: Cells, counted: Cells): Cells {
  const cells = { ...sent };
  for (const { key } of placesAsked(report)) if (counted[key] !== undefined) cells[key] = counted[key];
  return cells;
}

/** @param submissions newest first */
export function describeSupplement(report: ReportRow, submissions: SubmissionRow[]): WholeReport['supplement'] {
  const last = submissions[0];
  const from = asksForMore(report)
    ? last
    : report.state === 'submitted' || report.state === 'approved'
      ? submissions.find(({ no }) => no === last?.kept_from)
      : undefined;
  if (!from) return null;
  const before = { form_code: report.form_code, form_version: from.form_version };
  return { cells: [...addedSince(before, report)], keptFrom: from.no, fromVersion: from.form_version };
}
