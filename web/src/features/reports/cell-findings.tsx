import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import type { CheckedFinding } from './cell-marks.ts';
import { relatedCells } from './form-lines.ts';

interface CellFindingsProps {
  form: FormDefinition;
  findings: CheckedFinding[];
  go: (cell: string) => void;
  /** Where a reason for a warning is written; absent for readers, who see the reason that was given. */
  renderReason?: (finding: CheckedFinding) => ReactNode;
}

/** What is wrong with a cell, with the law behind it and the cells it is compared with. */
export function CellFindings({ form, findings, go, renderReason }: CellFindingsProps) {
  const t = useText(reportsText);
  const read = useReading();
  if (findings.length === 0) return null;
  return (
    <section className="kv-inspect__part">
      {findings.map((finding) => {
        const Icon = finding.severity === 'error' ? CircleAlert : TriangleAlert;
        const source =
          finding.source ?? form.checks.find((check) => finding.rule === `${form.slug}.${check.id}`)?.source;
        const related = relatedCells(form, finding);
        return (
          <div
            key={`${finding.key} ${finding.recordId ?? ''}`}
            className={`kv-inspect__finding kv-inspect__finding--${finding.severity}`}
          >
            <p>
              <Icon size={15} aria-hidden className="kv-inspect__icon" />{' '}
              {finding.message ? read(finding.message) : finding.rule}
            </p>
            {source && <p className="kv-muted">{t.ruleSource(source)}</p>}
            {related.length > 0 && (
              <p>
                {t.relatedCells}:{' '}
                {related.map((cell) => (
                  <button key={cell} type="button" className="kv-link kv-inspect__jump" onClick={() => go(cell)}>
                    {cell}
                  </button>
                ))}
              </p>
            )}
            {finding.severity === 'warning' &&
              (renderReason ? renderReason(finding) : finding.explanation && <p>{t.explained(finding.explanation)}</p>)}
          </div>
        );
      })}
    </section>
  );
}
