// The figures that this instance last counted for a school, for records of one digest: what was fetched is held against them when
// it is sent, without counting again. Nothing depends on their being kept: another instance counts. A supplement's are not kept:
// they are not those of its records alone.
import type { Cells } from '@khuevan/core/forms/definition.ts';
import type { ReportRow } from './report.queries.ts';
import { asksForMore } from './supplement.ts';

const most = 500;
const known = new Map<string, { digest: string; cells: Cells }>();

const keyOf = (report: ReportRow): string =>
  [report.unit_id, report.school_year, report.as_of, report.counts_from, report.form_code, report.form_version].join(
    '|',
  );

export function keepFigures(report: ReportRow, digest: string, cells: Cells): void {
  if (asksForMore(report)) return;
  const key = keyOf(report);
  known.delete(key);
  if (known.size >= most) known.delete(known.keys().next().value!);
  known.set(key, { digest, cells });
}

export function knownFigures(report: ReportRow, digest: string): Cells | undefined {
  const kept = asksForMore(report) ? undefined : known.get(keyOf(report));
  return kept?.digest === digest ? kept.cells : undefined;
}

const texts = new WeakMap<Cells, string>();

/** Cells as they are stored; made once, because cells never change once they are counted. */
export function textOfCells(cells: Cells): string {
  let text = texts.get(cells);
  if (text === undefined) {
    text = JSON.stringify(cells);
    texts.set(cells, text);
  }
  return text;
}
