import './reports.css';
import { ArrowRight, FileText } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { listReports, startReport } from '@khuevan/core/contract/reports.ts';
import { api } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, formatSchoolYear, formatTime } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag, Tag } from '../../ui/tag.tsx';
import { AskedPanel } from '../collections/index.ts';
import { LateReason } from '../progress/index.ts';
import { useReportAction, useReportChanged } from './report-data.ts';
import { isWorking } from './steps.ts';

type Period = ResponseOf<typeof listPeriods>['periods'][number];
type Face = ResponseOf<typeof listReports>['reports'][number];

/** The periods of the unit and how far its report of each is. */
export function Component() {
  const t = useText(reportsText);
  const { unit, schoolYear } = useSession();
  const query = useRead(listReports, { params: { unitId: unit.id }, query: {} });
  const periods = useRead(listPeriods, { params: { unitId: unit.id }, query: { schoolYear } }, { staleTime: 60_000 });
  const periodOf = (report: Face) => periods.data?.periods.find((period) => period.id === report.periodId);
  const order = { open: 0, planned: 1, closed: 2 };
  return (
    <>
      <PageHeader title={t.title} sub={t.sub} />
      <Loaded query={query}>
        {({ reports }) => {
          const shown = reports
            .filter((report) => report.schoolYear === schoolYear)
            .toSorted((a, b) => order[periodOf(a)?.state ?? 'open'] - order[periodOf(b)?.state ?? 'open']);
          if (shown.length === 0) {
            return (
              <div className="kv-panel">
                <EmptyState icon={FileText} title={t.noneTitle}>
                  {reports.length === 0 ? t.none : t.noneInYear(formatSchoolYear(schoolYear))}
                </EmptyState>
              </div>
            );
          }
          return (
            <ul className="kv-report-list">
              {shown.map((report) => (
                <ReportLine key={`${report.periodId} ${report.formCode}`} report={report} period={periodOf(report)} />
              ))}
            </ul>
          );
        }}
      </Loaded>
      <AskedPanel />
    </>
  );
}

function ReportLine({ report, period }: { report: Face; period: Period | undefined }) {
  const t = useText(reportsText);
  const read = useReading();
  const general = useText(generalText);
  const { unit, may } = useSession();
  const holder = report.holderId === unit.id ? t.holderOwn : report.holderName;
  const isDue = isWorking(report.state) || report.state === 'not-started';
  const tone =
    report.daysLeft === null ? 'plain' : report.daysLeft < 0 ? 'bad' : report.daysLeft <= 7 ? 'warn' : 'plain';
  return (
    <li className="kv-panel kv-report-line">
      <div className="kv-report-line__what">
        <h2>
          {report.id ? <Link to={paths.report(unit.id, report.id)}>{report.periodName}</Link> : report.periodName}
        </h2>
        <p className="kv-muted">
          {t.formCode(report.formCode)}: {read(report.formName)} · {t.asOf(formatDate(report.asOf))}
          {report.lastSubmissionNo > 0 && ` · ${t.version(report.lastSubmissionNo)}`}
        </p>
        <p className="kv-muted">
          {report.stateSince ? t.heldSince(holder, formatTime(report.stateSince)) : t.holds(holder)}
        </p>
        <LateReason
          unitId={unit.id}
          periodId={report.periodId}
          formCode={report.formCode}
          name={`${report.periodName}, ${report.formCode}`}
          mayState={may('reports.prepare') && isDue && report.daysLeft !== null && report.daysLeft < 0}
        />
      </div>
      <div className="kv-report-line__state">
        <StateTag state={report.state} />
        {report.dueOn && (
          <span className="kv-report-line__due">
            {t.dueOn(formatDate(report.dueOn))}{' '}
            {isDue && report.daysLeft !== null && <Tag tone={tone}>{general.days(report.daysLeft)}</Tag>}
          </span>
        )}
      </div>
      <Action report={report} period={period} />
    </li>
  );
}

function Action({ report, period }: { report: Face; period: Period | undefined }) {
  const t = useText(reportsText);
  const { unit, may } = useSession();
  if (!report.id && period?.state === 'planned')
    return <span className="kv-muted">{t.notPeriodYet(formatDate(period.opensOn))}</span>;
  if (!report.id && period?.state === 'closed')
    return <span className="kv-muted">{t.periodOver(formatDate(period.closesOn))}</span>;
  if (!report.id) return may('reports.prepare') ? <StartButton report={report} /> : null;
  const mayWork = may('reports.prepare') && isWorking(report.state);
  return (
    <Link
      className={mayWork ? 'kv-button-link' : 'kv-button-link kv-button-link--plain'}
      to={paths.report(unit.id, report.id)}
    >
      {mayWork ? (report.state === 'draft' ? t.goOn : t.fix) : t.look} <ArrowRight size={16} aria-hidden />
    </Link>
  );
}

function StartButton({ report }: { report: Face }) {
  const t = useText(reportsText);
  const { unit } = useSession();
  const navigate = useNavigate();
  const act = useReportAction();
  const changed = useReportChanged();
  const [isStarting, setStarting] = useState(false);
  const start = async () => {
    setStarting(true);
    const started = await act(() =>
      api(startReport, { params: { unitId: unit.id }, body: { periodId: report.periodId, formCode: report.formCode } }),
    );
    setStarting(false);
    if (!started) return;
    notify(t.started);
    await navigate(paths.report(unit.id, started.id, { step: 'data' }));
    await changed(started);
  };
  return (
    <Button
      type="primary"
      loading={isStarting}
      onClick={() => void start()}
      aria-label={t.startNamed(`${report.periodName}, ${report.formCode}`)}
    >
      {t.start}
    </Button>
  );
}
