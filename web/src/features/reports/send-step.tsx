import { CircleCheck, CircleX, FileDown, Printer, Send } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { readProfile } from '@khuevan/core/contract/records.ts';
import { exportReport, printReport, submitReport } from '@khuevan/core/contract/reports.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { api, download } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatTime, useFormat } from '../../ui/format.ts';
import { PdfView } from '../prints/index.ts';
import { isOpen } from './cell-marks.ts';
import { headlineOf } from './form-lines.ts';
import { type Checks, type Report, useReportAction, useReportChanged } from './report-data.ts';
import { isWorking } from './steps.ts';

interface SendStepProps {
  report: Report;
  form: FormDefinition;
  checks: Checks | undefined;
}

/** "Gửi": what stands in the way, the print that will be sent, who answers for it; afterwards the receipt. */
export function SendStep({ report, form, checks }: SendStepProps) {
  return isWorking(report.state) ? (
    <Sending report={report} form={form} checks={checks} />
  ) : (
    <Receipt report={report} />
  );
}

function useSigner(report: Report): string {
  const t = useText(reportsText);
  const { may } = useSession();
  const isSchool = report.unitKind === 'school';
  const profile = useRead(
    readProfile,
    { params: { schoolId: report.unitId }, query: { schoolYear: report.schoolYear } },
    { enabled: isSchool && may('records.read'), staleTime: 60_000 },
  );
  const name = profile.data?.values.headName;
  return isSchool ? t.signerSchool(typeof name === 'string' ? name : '') : t.signerOffice;
}

function useBlockers(report: Report, checks: Checks | undefined): string[] {
  const t = useText(reportsText);
  const { number } = useFormat();
  const { may } = useSession();
  const words = t.sendBlockers;
  if (report.compiledAt === null) return [words.notCompiled];
  const open = report.remarks.filter(isOpen).length;
  return [
    !may('reports.submit') && words.permission,
    report.outdated && words.outdated,
    open > 0 && words.items(number(open)),
    !checks && words.unchecked,
    // Each unanswered item is among the errors too.
    checks && checks.errors > open && words.errors(number(checks.errors - open)),
    checks && checks.unexplained > 0 && words.warnings(number(checks.unexplained)),
  ].filter((each) => typeof each === 'string');
}

function Sending({ report, form, checks }: SendStepProps) {
  const t = useText(reportsText);
  const general = useText(generalText);
  const { number } = useFormat();
  const [isAsking, setAsking] = useState(false);
  const signer = useSigner(report);
  const blockers = useBlockers(report, checks);
  const isOnlyWork = blockers.length === 1 && report.remarks.some(isOpen);
  const way = report.compiledAt === null ? 'data' : isOnlyWork ? 'work' : 'check';
  const act = useReportAction();
  const changed = useReportChanged();
  const figure = (measure: 'class' | 'student' | 'staff') => number(headlineOf(form, report.cells, measure) ?? 0);
  const send = async () => {
    const sent = await act(() =>
      api(submitReport, { params: { unitId: report.unitId, reportId: report.id }, body: { version: report.version } }),
    );
    if (sent) await changed(sent);
  };
  return (
    <section className="kv-panel kv-stack">
      <header>
        <h2 className="kv-section-title">{t.sendTitle}</h2>
        <p className="kv-muted">{t.sendHelp(report.reviewerName)}</p>
      </header>
      {blockers.length > 0 && (
        <div className="kv-note kv-note--bad" role="status">
          <strong>{t.sendBlocked}</strong>
          <ul>
            {blockers.map((blocker) => (
              <li key={blocker}>
                <CircleX size={15} aria-hidden /> {blocker}
              </li>
            ))}
          </ul>
          <Link to={paths.report(report.unitId, report.id, { step: way })}>
            {way === 'work' ? t.views.work : t.goTo(t.steps[way])}
          </Link>
        </div>
      )}
      <dl className="kv-facts">
        <div>
          <dt>{t.receiver}</dt>
          <dd>{report.reviewerName}</dd>
        </div>
        <div>
          <dt>{t.signer}</dt>
          <dd>{signer}</dd>
        </div>
      </dl>
      <div className="kv-row">
        <Button
          type="primary"
          size="large"
          icon={<Send size={17} aria-hidden />}
          disabled={blockers.length > 0}
          onClick={() => setAsking(true)}
        >
          {t.send}
        </Button>
      </div>
      {report.compiledAt && (
        <>
          <h3>{t.sendPreview}</h3>
          <PdfView
            endpoint={printReport}
            params={{ unitId: report.unitId, reportId: report.id }}
            name={report.formCode}
            version={report.version}
          />
        </>
      )}
      {isAsking && (
        <Confirm
          title={t.confirmTitle}
          confirm={t.confirmSend}
          cancel={general.cancel}
          onConfirm={send}
          onClose={() => setAsking(false)}
        >
          <p>{t.confirmText(report.reviewerName, signer)}</p>
          <p>
            <strong>{t.confirmFigures(figure('student'), figure('class'), figure('staff'))}</strong>
          </p>
        </Confirm>
      )}
    </section>
  );
}

function Receipt({ report }: { report: Report }) {
  const t = useText(reportsText);
  const general = useText(generalText);
  const notifyProblem = useNotifyProblem();
  const last = report.submissions.find((each) => each.no === report.lastSubmissionNo);
  if (!last) return null;
  const onExcel = () =>
    void download(exportReport, {
      params: { unitId: report.unitId, reportId: report.id },
      query: { no: last.no },
    }).catch(notifyProblem);
  return (
    <section className="kv-panel kv-receipt">
      <CircleCheck size={44} strokeWidth={1.6} aria-hidden className="kv-good" />
      <h2>{t.sentTitle}</h2>
      <p>
        {report.state === 'approved'
          ? t.approvedText(report.reviewerName)
          : t.sentText(report.reviewerName, formatTime(last.sentAt))}
      </p>
      <dl className="kv-facts">
        <div>
          <dt>{t.printCode}</dt>
          <dd className="kv-code">{last.code}</dd>
        </div>
        <div>
          <dt>{t.sentVersion}</dt>
          <dd>{t.submissionNo(last.no, formatTime(last.sentAt))}</dd>
        </div>
        <div>
          <dt>{t.fingerprint}</dt>
          <dd title={last.hash}>{last.hash.slice(0, 16)}</dd>
        </div>
      </dl>
      <p className="kv-muted">{t.printCodeHelp}</p>
      <div className="kv-row">
        <Link className="kv-button-link" to={paths.print(report.unitId, report.id, { no: last.no })}>
          <Printer size={16} aria-hidden /> {t.printSent}
        </Link>
        <Button icon={<FileDown size={16} aria-hidden />} onClick={onExcel}>
          {t.excel}
        </Button>
        <Link to={paths.report(report.unitId, report.id, { step: 'form' })}>{t.seeForm}</Link>
        <Link to={paths.home(report.unitId)}>{general.toHome}</Link>
      </div>
    </section>
  );
}
