import { Undo2 } from 'lucide-react';
import { Link } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { paths } from '../../paths.ts';
import { reportsText } from '../../text/reports.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { isOpen, type Remark, withoutDoubles } from './cell-marks.ts';
import { headingOf, labelOf, placeOf } from './form-lines.ts';
import { RemarkThread } from './remark-thread.tsx';
import { type Report, useSubmission } from './report-data.ts';
import { isWorking } from './steps.ts';

interface WorkListProps {
  report: Report;
  form: FormDefinition;
  mayAnswer: boolean;
  /** Where the cell of a remark is shown. */
  cellAddress: (cell: string) => string;
}

/** Remarks one by one: the work of the last return first, what is settled last. */
export function WorkList({ report, form, mayAnswer, cellAddress }: WorkListProps) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const items = report.remarks.filter((remark) => remark.isWorkItem && remark.resolvedAt === null);
  const open = items.filter(isOpen).length;
  const returned = report.submissions.find((submission) => submission.decision?.kind === 'returned')?.decision;
  const sent = useSubmission(report, report.lastSubmissionNo);
  const ordered = withoutDoubles(report.remarks).toSorted(
    (a, b) => rankOf(a) - rankOf(b) || a.writtenAt.localeCompare(b.writtenAt),
  );
  const isReturned = report.state === 'returned';
  return (
    <section className="kv-panel kv-stack">
      <header>
        <h2 className="kv-section-title">{t.workTitle}</h2>
        {items.length > 0 && (
          <p className="kv-muted" role="status">
            {open > 0 ? t.workSub(number(open), number(items.length)) : t.workDone}
          </p>
        )}
      </header>
      {isReturned && returned && (
        <div className="kv-return">
          <p>
            <Undo2 size={16} aria-hidden />{' '}
            <strong>{t.returnedBy(returned.decidedByName, formatTime(returned.decidedAt))}</strong>
            {returned.dueOn && `, ${t.fixUntil(formatDate(returned.dueOn))}`}
          </p>
          {returned.reason && <p className="kv-remark__text">{returned.reason}</p>}
        </div>
      )}
      {ordered.length === 0 && <p className="kv-muted">{t.workNone}</p>}
      <ol className="kv-work-list">
        {ordered.map((remark) => (
          <li key={remark.id} className={remark.resolvedAt !== null ? 'kv-work-list__settled' : undefined}>
            <CellName
              form={form}
              remark={remark}
              address={cellAddress}
              now={remark.cell ? report.cells[remark.cell] : undefined}
            />
            <RemarkThread
              report={report}
              remark={remark}
              mayAnswer={mayAnswer}
              {...(remark.cell &&
                sent.data && {
                  change: { before: sent.data.cells[remark.cell] ?? null, after: report.cells[remark.cell] ?? null },
                })}
            />
          </li>
        ))}
      </ol>
      {mayAnswer && items.length > 0 && open === 0 && isWorking(report.state) && (
        <div className="kv-row">
          <Link className="kv-button-link" to={paths.report(report.unitId, report.id, { step: 'check' })}>
            {t.goCheck}
          </Link>
        </div>
      )}
    </section>
  );
}

function rankOf(remark: Remark): number {
  if (remark.resolvedAt !== null) return 3;
  return isOpen(remark) ? 0 : remark.isWorkItem ? 1 : 2;
}

function CellName({
  form,
  remark,
  address,
  now,
}: {
  form: FormDefinition;
  remark: Remark;
  address: (cell: string) => string;
  now: number | undefined;
}) {
  const t = useText(reportsText);
  const language = useLanguage();
  const { number } = useFormat();
  const place = remark.cell ? placeOf(form, remark.cell) : undefined;
  if (!place) return <p className="kv-work-list__cell">{t.wholeForm}</p>;
  return (
    <p className="kv-work-list__cell">
      <Link to={address(place.key)}>
        {t.cellTitle(place.row.code, headingOf(place.column, language), now === undefined ? t.blank : number(now))}
      </Link>{' '}
      <span className="kv-muted">{labelOf(place.row, language)}</span>
    </p>
  );
}
