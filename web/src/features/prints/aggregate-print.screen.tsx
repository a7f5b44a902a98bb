import { ArrowLeft } from 'lucide-react';
import { Link } from 'react-router';
import { printAggregate } from '@khuevan/core/contract/reviews.ts';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { printsText } from '../../text/prints.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { WithPeriod } from '../periods/index.ts';
import { PdfView } from './pdf-view.tsx';

/** The print of a total that nobody has sent yet. */
export function Component() {
  const t = useText(printsText);
  const reviews = useText(reviewsText);
  const { unit } = useSession();
  return (
    <WithPeriod>
      {({ period, form }) => (
        <div className="kv-stack">
          <PageHeader
            title={`${t.aggregateTitle} ${form.code}`}
            sub={`${unit.name} · ${period.name}`}
            actions={
              <Link
                className="kv-button-link kv-button-link--plain"
                to={paths.aggregate(unit.id, { period: period.id, form: form.code })}
              >
                <ArrowLeft size={15} aria-hidden /> {reviews.backToAggregate}
              </Link>
            }
          />
          <PdfView
            endpoint={printAggregate}
            params={{ unitId: unit.id }}
            query={{ periodId: period.id, formCode: form.code }}
            name={form.code}
          />
        </div>
      )}
    </WithPeriod>
  );
}
