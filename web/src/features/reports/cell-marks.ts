import type { z } from 'zod';
import type { checkedFinding, remark as remarkShape } from '@khuevan/core/contract/reports.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';

export type CheckedFinding = z.output<typeof checkedFinding>;
export type Remark = z.output<typeof remarkShape>;

/** Everything that is known about one cell beside its figure. */
export interface CellMarks {
  errors: CheckedFinding[];
  warnings: CheckedFinding[];
  remarks: Remark[];
  /** Set where the figure differs from the one it is compared with. */
  change?: { before: number | null };
  /** The form got this cell after the report was first sent. */
  isNew?: boolean;
}

export type Marks = ReadonlyMap<string, CellMarks>;

export function isOpen(remark: Remark): boolean {
  return remark.isWorkItem && remark.answer === null && remark.resolvedAt === null;
}

/** A remark that became a work item of the same submission and cell is said once, as the item. */
export function withoutDoubles(remarks: readonly Remark[]): Remark[] {
  const itemAt = new Set(
    remarks.filter((remark) => remark.isWorkItem).map((remark) => `${remark.submissionNo} ${remark.cell}`),
  );
  return remarks.filter((remark) => remark.isWorkItem || !itemAt.has(`${remark.submissionNo} ${remark.cell}`));
}

/** Marks by cell. A blank cell and a cell of another version that never was count as no figure. */
export function markCells(given: {
  findings?: readonly CheckedFinding[];
  remarks?: readonly Remark[];
  cells: Cells;
  before?: Cells | null;
  /** Keys of cells that the form got after the report was first sent. */
  asked?: readonly string[] | undefined;
}): Marks {
  const marks = new Map<string, CellMarks>();
  const at = (cell: string): CellMarks => {
    let found = marks.get(cell);
    if (!found) marks.set(cell, (found = { errors: [], warnings: [], remarks: [] }));
    return found;
  };
  for (const finding of given.findings ?? []) {
    if (finding.cell) at(finding.cell)[finding.severity === 'error' ? 'errors' : 'warnings'].push(finding);
  }
  for (const remark of withoutDoubles(given.remarks ?? [])) if (remark.cell) at(remark.cell).remarks.push(remark);
  if (given.before)
    for (const { cell, before } of differencesOf(given.before, given.cells)) at(cell).change = { before };
  for (const cell of given.asked ?? []) at(cell).isNew = true;
  return marks;
}

export interface Difference {
  cell: string;
  before: number | null;
  after: number | null;
}

export function differencesOf(before: Cells, after: Cells): Difference[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .map((cell): Difference => ({ cell, before: before[cell] ?? null, after: after[cell] ?? null }))
    .filter((each) => each.before !== each.after);
}

/** What a cell's corner shows, the gravest first. */
export type Tone = 'error' | 'remark' | 'warning' | 'new' | 'changed' | null;

export function toneOfCell(marks: CellMarks | undefined): Tone {
  if (!marks) return null;
  if (marks.errors.length > 0) return 'error';
  if (marks.remarks.some((remark) => remark.resolvedAt === null)) return 'remark';
  if (marks.warnings.length > 0) return 'warning';
  if (marks.isNew) return 'new';
  return marks.change ? 'changed' : null;
}

/** How many cells of these rows want a look: for the tabs of the form. */
export function countMarked(marks: Marks, rows: ReadonlySet<string>, tone: 'error' | 'warning' | 'remark'): number {
  let count = 0;
  for (const [cell, each] of marks) {
    if (!rows.has(cell.slice(0, cell.lastIndexOf('.')))) continue;
    const hit =
      tone === 'error'
        ? each.errors.length > 0
        : tone === 'warning'
          ? each.warnings.some((one) => !one.explanation)
          : each.remarks.some((one) => one.resolvedAt === null);
    if (hit) count += 1;
  }
  return count;
}
