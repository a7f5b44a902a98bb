import type { CheckedFinding } from './cell-marks.ts';

/** Findings that one sentence or one reason is about. */
export interface FindingGroup {
  key: string;
  severity: 'error' | 'warning';
  findings: CheckedFinding[];
  explanation: string | null;
}

/**
 * Errors by rule, warnings by what their reason is attached to, the most frequent first. A reason that is stored changes no order:
 * nothing may move under the hands of who is typing.
 */
export function groupFindings(findings: readonly CheckedFinding[]): {
  errors: FindingGroup[];
  warnings: FindingGroup[];
} {
  const groupsOf = (severity: 'error' | 'warning', keyOf: (finding: CheckedFinding) => string) =>
    [
      ...Map.groupBy(
        findings.filter((finding) => finding.severity === severity),
        keyOf,
      ),
    ].map(([key, group]): FindingGroup => ({ key, severity, findings: group, explanation: group[0]!.explanation }));
  return {
    errors: groupsOf('error', (finding) => `${finding.rule} ${finding.field ?? ''}`).toSorted(
      (a, b) => b.findings.length - a.findings.length,
    ),
    warnings: groupsOf('warning', (finding) => finding.key).toSorted((a, b) => b.findings.length - a.findings.length),
  };
}
