import { Link } from 'react-router';
import { eventWords, type ReportEvent, type ReportState } from '@khuevan/core/reports/states.ts';
import { paths } from '../../paths.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatDayOf, formatTime } from '../../ui/format.ts';
import { StateTag } from '../../ui/tag.tsx';
import type { Report } from './report-data.ts';

/** What happened to a report, newest first, and each version that was sent. */
export function History({ report }: { report: Report }) {
  const t = useText(reportsText);
  const read = useReading();
  const events = report.events.toSorted((a, b) => b.at.localeCompare(a.at));
  return (
    <div className="kv-columns">
      <section className="kv-panel">
        <h2>{t.historyTitle}</h2>
        <ol className="kv-timeline">
          {events.map((event) => (
            <li key={`${event.at} ${event.kind}`}>
              <time dateTime={event.at}>{formatTime(event.at)}</time>
              <div>
                <strong>{event.kind in eventWords ? read(eventWords[event.kind as ReportEvent]) : event.kind}</strong>
                {event.submissionNo !== null && (
                  <span className="kv-muted"> ({t.eventOf(event.submissionNo)})</span>
                )}{' '}
                <span>{event.accountName}</span>
                {event.reason && <p className="kv-muted">{t.reasonGiven(event.reason)}</p>}
              </div>
              <StateTag state={event.state as ReportState} />
            </li>
          ))}
        </ol>
      </section>
      <Submissions report={report} />
    </div>
  );
}

function Submissions({ report }: { report: Report }) {
  const t = useText(reportsText);
  return (
    <section className="kv-panel">
      <h2>{t.submissionsTitle}</h2>
      {report.submissions.length === 0 && <p className="kv-muted">{t.differencesNever}</p>}
      <ul className="kv-sent-list">
        {report.submissions.map((each) => (
          <li key={each.id}>
            <p>
              <strong>{t.submissionNo(each.no, formatDayOf(each.sentAt))}</strong>
            </p>
            <p className="kv-muted">{t.sentBy(each.sentByName, formatTime(each.sentAt))}</p>
            {each.decision && (
              <p>
                {t.decided(
                  each.decision.decidedByName,
                  t.decision[each.decision.kind],
                  formatTime(each.decision.decidedAt),
                )}
                {each.decision.reason && <span className="kv-muted"> {t.reasonGiven(each.decision.reason)}</span>}
              </p>
            )}
            <p className="kv-row">
              <Link to={paths.print(report.unitId, report.id, { no: each.no })}>{t.printSent}</Link>
              <Link to={paths.check(each.code)} aria-label={t.checkedWith(each.code)} className="kv-code">
                {each.code}
              </Link>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
