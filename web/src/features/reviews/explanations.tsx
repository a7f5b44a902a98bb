import { Link } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useReading, useText } from '../../text/words.ts';
import { placeOf, type Submission } from '../reports/index.ts';

/** The warnings of a submission with the reasons that were sent with it. */
export function Explanations({
  submission,
  form,
  cellAddress,
}: {
  submission: Submission;
  form: FormDefinition;
  cellAddress: (cell: string) => string;
}) {
  const t = useText(reviewsText);
  const read = useReading();
  if (submission.explanations.length === 0)
    return (
      <section className="kv-panel">
        <p className="kv-muted">{t.explanationsNone}</p>
      </section>
    );
  return (
    <section className="kv-panel kv-stack">
      <h2 className="kv-section-title">{t.explanations}</h2>
      <ul className="kv-explained">
        {submission.explanations.map((each) => {
          const place = placeOf(form, each.findingKey.slice(each.findingKey.indexOf(':') + 1));
          return (
            <li key={each.findingKey}>
              <p>
                {each.message ? read(each.message) : each.findingKey}{' '}
                {place && <Link to={cellAddress(place.key)}>{t.explanationOf(place.key)}</Link>}
              </p>
              <p>
                <strong>{each.reason}</strong> <span className="kv-muted">{t.explainedBy(each.accountName)}</span>
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
