import { Check, ChevronLeft, ChevronRight, LockOpen, Printer, Undo2 } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { codeName } from '@khuevan/core/codes/index.ts';
import { approveReport } from '@khuevan/core/contract/reviews.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { api } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { type Report, type Submission, useReportAction, useReportChanged } from '../reports/index.ts';
import type { BoardUnit } from './board.ts';
import { ReopenDialog } from './reopen-dialog.tsx';
import { useDecided } from './review-data.ts';
import { ReturnDialog } from './return-dialog.tsx';

interface DecideProps {
  report: Report;
  form: FormDefinition;
  explanations: Submission['explanations'];
  /** Where the report stands in the queue. */
  position: { index: number | null; count: number; previous: BoardUnit | null; next: BoardUnit | null };
  addressOf: (unit: BoardUnit) => string;
}

/** Approve, return, reopen; and the way to the report before and after. */
export function Decide({ report, form, explanations, position, addressOf }: DecideProps) {
  const t = useText(reviewsText);
  const reports = useText(reportsText);
  const { unit, may, mayFor } = useSession();
  const language = useLanguage();
  const navigate = useNavigate();
  const changed = useReportChanged();
  const decided = useDecided();
  const [dialog, setDialog] = useState<'approve' | 'return' | 'reopen' | null>(null);
  const isMine = report.reviewerId === unit.id;
  const mayDecide = report.state === 'submitted' && isMine && mayFor('reviews.write', form.level);
  const mayReopen = report.state === 'approved' && mayFor('reports.reopen', form.level);
  /** The report before the decision tells which one is next: afterwards it has left the queue. */
  const finish = async (after: Report, said: string) => {
    setDialog(null);
    notify(said);
    const { next } = position;
    if (next) await navigate(addressOf(next));
    else if (position.index !== null) notify(t.queueDone, { tone: 'plain' });
    await changed(after);
    await decided();
  };
  return (
    <>
      <Neighbours position={position} addressOf={addressOf} />
      {report.lastSubmissionNo > 0 && (
        <Link
          className="kv-button-link kv-button-link--plain"
          to={paths.print(report.unitId, report.id, { no: report.lastSubmissionNo })}
        >
          <Printer size={15} aria-hidden /> {reports.print}
        </Link>
      )}
      {mayDecide && (
        <>
          <Button icon={<Undo2 size={16} aria-hidden />} onClick={() => setDialog('return')}>
            {t.return}
          </Button>
          <Button type="primary" icon={<Check size={16} aria-hidden />} onClick={() => setDialog('approve')}>
            {t.approve}
          </Button>
        </>
      )}
      {mayReopen && (
        <Button icon={<LockOpen size={16} aria-hidden />} onClick={() => setDialog('reopen')}>
          {t.reopen}
        </Button>
      )}
      {report.state === 'submitted' && !isMine && may('reviews.write') && (
        <span className="kv-muted">{t.notMine(report.reviewerName)}</span>
      )}
      {report.state === 'submitted' && isMine && may('reviews.write') && !mayDecide && (
        <span className="kv-muted">{t.otherLevel(codeName('level', form.level, language))}</span>
      )}
      {dialog === 'approve' && mayDecide && (
        <ApproveDialog
          report={report}
          warnings={explanations.length}
          hasNext={position.next !== null}
          onApproved={(after) => void finish(after, t.approved1(report.unitName))}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'return' && mayDecide && (
        <ReturnDialog
          report={report}
          form={form}
          explanations={explanations}
          onReturned={(after) => void finish(after, t.returned1(report.unitName))}
          onClose={() => setDialog(null)}
        />
      )}
      {dialog === 'reopen' && mayReopen && (
        <ReopenDialog
          report={report}
          onReopened={(after) => {
            notify(t.reopened1(report.unitName));
            void changed(after).then(decided);
          }}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function Neighbours({ position, addressOf }: Pick<DecideProps, 'position' | 'addressOf'>) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const navigate = useNavigate();
  const { index, count, previous, next } = position;
  if (!previous && !next && index === null) return null;
  return (
    <span className="kv-row kv-neighbours">
      <Button
        icon={<ChevronLeft size={16} />}
        aria-label={t.previousKeys}
        title={t.previousKeys}
        disabled={!previous}
        onClick={() => previous && void navigate(addressOf(previous))}
      />
      {index !== null && <span>{t.position(number(index + 1), number(count))}</span>}
      <Button
        icon={<ChevronRight size={16} />}
        aria-label={t.nextKeys}
        title={t.nextKeys}
        disabled={!next}
        onClick={() => next && void navigate(addressOf(next))}
      />
    </span>
  );
}

interface ApproveDialogProps {
  report: Report;
  warnings: number;
  hasNext: boolean;
  onApproved: (report: Report) => void;
  onClose: () => void;
}

function ApproveDialog({ report, warnings, hasNext, onApproved, onClose }: ApproveDialogProps) {
  const t = useText(reviewsText);
  const general = useText(generalText);
  const { number } = useFormat();
  const act = useReportAction();
  const open = report.remarks.filter((remark) => remark.resolvedAt === null).length;
  const approve = async () => {
    const approved = await act(() =>
      api(approveReport, {
        params: { unitId: report.unitId, reportId: report.id },
        body: { submissionNo: report.lastSubmissionNo },
      }),
    );
    if (approved) onApproved(approved);
  };
  return (
    <Confirm
      title={t.approveTitle}
      confirm={hasNext ? t.approveNext : t.approveOk}
      cancel={general.cancel}
      onConfirm={approve}
      onClose={onClose}
    >
      <p>{t.approveText(report.unitName, report.lastSubmissionNo)}</p>
      {warnings > 0 && <p>{t.approveWarnings(number(warnings))}</p>}
      {open > 0 && <p>{t.approveRemarks(number(open))}</p>}
    </Confirm>
  );
}
