import { createHash, randomBytes } from 'node:crypto';
import { canonicalCells } from '@khuevan/core/forms/cells.ts';
import type { Cells } from '@khuevan/core/forms/definition.ts';
import { formatPrintCode } from '@khuevan/core/reports/print-code.ts';
import type { FrozenExplanation, Part } from './submission.queries.ts';

export interface FrozenReport {
  unitId: string;
  periodId: string;
  formCode: string;
  formVersion: string;
  asOf: string;
  no: number;
  cells: Cells;
  parts: Part[];
  explanations: FrozenExplanation[];
}

/**
 * SHA-256 of the report as one text, hex. docs/domain.md tells how to make the text, so that anybody can compute the hash again.
 * Lists are sorted, and every number is written in its shortest form: the same report has one text only.
 */
export function hashReport(report: FrozenReport): string {
  const head = [report.unitId, report.periodId, report.formCode, report.formVersion, report.asOf, report.no];
  const parts = report.parts.map((part) => [part.unitId, part.submissionId, part.hash]).toSorted(byFirst);
  const explanations = report.explanations
    .map((said) => [said.findingKey, said.reason, said.accountName])
    .toSorted(byFirst);
  const text = [
    JSON.stringify(head),
    canonicalCells(report.cells),
    JSON.stringify(parts),
    JSON.stringify(explanations),
  ].join('\n');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** One mark for a set of ids, whatever their order. */
export function digestSet(ids: string[]): string {
  return createHash('sha256').update(ids.toSorted().join('\n')).digest('hex');
}

export const digestParts = (parts: Part[]): string => digestSet(parts.map((part) => part.submissionId));

export function drawPrintCode(): string {
  return formatPrintCode(randomBytes(5));
}

const byFirst = ([a = '']: string[], [b = '']: string[]): number => (a < b ? -1 : a > b ? 1 : 0);
