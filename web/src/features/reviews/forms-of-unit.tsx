import { Link } from 'react-router';
import { listReports } from '@khuevan/core/contract/reports.ts';
import { useRead } from '../../query.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useReading, useText } from '../../text/words.ts';
import { StateTag } from '../../ui/tag.tsx';
import type { Report } from '../reports/index.ts';

interface FormsOfUnitProps {
  report: Report;
  addressOf: (report: { unitId: string; id: string | null }) => string;
}

/** A school of several levels sends a form for each: how the others stand, and the way to them. */
export function FormsOfUnit({ report, addressOf }: FormsOfUnitProps) {
  const t = useText(reviewsText);
  const read = useReading();
  const { data } = useRead(listReports, { params: { unitId: report.unitId }, query: { periodId: report.periodId } });
  const reports = data?.reports ?? [];
  if (reports.length < 2) return null;
  return (
    <nav aria-label={t.formsOfUnit}>
      <ul className="kv-forms-of-unit">
        {reports.map((each) => (
          <li key={each.formCode} aria-current={each.id === report.id ? 'true' : undefined}>
            {each.id === null || each.id === report.id ? (
              <strong>{each.formCode}</strong>
            ) : (
              <Link to={addressOf(each)} title={read(each.formName)}>
                {each.formCode}
              </Link>
            )}{' '}
            <StateTag state={each.state} />
          </li>
        ))}
      </ul>
    </nav>
  );
}
