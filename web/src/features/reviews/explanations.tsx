import { Check, Undo2 } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { checksText } from '../../text/checks.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatTime, useFormat } from '../../ui/format.ts';
import { Tag } from '../../ui/tag.tsx';
import { placeOf, type Report, type Submission } from '../reports/index.ts';
import { RefuseDialog } from './refuse-dialog.tsx';
import { useReasonDecisions } from './reason-decisions.ts';

type Explanation = Submission['explanations'][number];

interface ExplanationsProps {
  report: Report;
  submission: Submission;
  form: FormDefinition;
  /** The reviewer, while the report waits for the decision. */
  mayDecide: boolean;
  cellAddress: (cell: string) => string;
}

/** The warnings of a submission with the reasons that were sent with it, each to be accepted or refused. */
export function Explanations({ report, submission, form, mayDecide, cellAddress }: ExplanationsProps) {
  const t = useText(reviewsText);
  const checks = useText(checksText);
  const { number } = useFormat();
  const [refused, setRefused] = useState<Explanation | null>(null);
  const { decide, isBusy } = useReasonDecisions(report);
  if (submission.explanations.length === 0)
    return (
      <section className="kv-panel">
        <p className="kv-muted">{t.explanationsNone}</p>
      </section>
    );
  const open = submission.explanations.filter((each) => each.decision === null);
  return (
    <section className="kv-panel kv-stack">
      <header className="kv-row kv-row--apart">
        <h2 className="kv-section-title">{t.explanations}</h2>
        {mayDecide && open.length > 1 && (
          <Button
            icon={<Check size={16} aria-hidden />}
            loading={isBusy}
            onClick={() =>
              void decide(
                open.map((each) => each.findingKey),
                'accepted',
                null,
              )
            }
          >
            {checks.acceptAll(number(open.length))}
          </Button>
        )}
      </header>
      <ul className="kv-explained">
        {submission.explanations.map((each) => (
          <Explained
            key={each.findingKey}
            said={each}
            report={report}
            form={form}
            no={submission.no}
            cellAddress={cellAddress}
            onAccept={mayDecide ? () => void decide([each.findingKey], 'accepted', null) : undefined}
            onRefuse={mayDecide ? () => setRefused(each) : undefined}
          />
        ))}
      </ul>
      {refused && (
        <RefuseDialog
          about={refused.message}
          reason={refused.reason}
          onRefuse={(note) => decide([refused.findingKey], 'refused', note)}
          onClose={() => setRefused(null)}
        />
      )}
    </section>
  );
}

interface ExplainedProps {
  said: Explanation;
  report: Report;
  form: FormDefinition;
  no: number;
  cellAddress: (cell: string) => string;
  onAccept: (() => void) | undefined;
  onRefuse: (() => void) | undefined;
}

function Explained({ said, report, form, no, cellAddress, onAccept, onRefuse }: ExplainedProps) {
  const t = useText(reviewsText);
  const checks = useText(checksText);
  const read = useReading();
  const place = placeOf(form, said.findingKey.slice(said.findingKey.indexOf(':') + 1));
  const about = said.message ? read(said.message) : said.findingKey;
  return (
    <li>
      <p>
        {about} {place && <Link to={cellAddress(place.key)}>{t.explanationOf(place.key)}</Link>}
      </p>
      <p>
        <strong>{said.reason}</strong> <span className="kv-muted">{t.explainedBy(said.accountName)}</span>
      </p>
      <div className="kv-row">
        <Decision said={said} isApproved={report.state === 'approved'} no={no} />
        {onAccept && said.decision?.kind !== 'accepted' && (
          <Button
            size="small"
            icon={<Check size={14} aria-hidden />}
            aria-label={checks.acceptOf(about)}
            onClick={onAccept}
          >
            {checks.accept}
          </Button>
        )}
        {onRefuse && said.decision?.kind !== 'refused' && (
          <Button
            size="small"
            icon={<Undo2 size={14} aria-hidden />}
            aria-label={checks.refuseOf(about)}
            onClick={onRefuse}
          >
            {checks.refuse}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Approving a report takes the reasons that nobody refused. */
function Decision({ said: { decision }, isApproved, no }: { said: Explanation; isApproved: boolean; no: number }) {
  const t = useText(checksText);
  if (decision === null)
    return isApproved ? <Tag tone="good">{t.acceptedByApproval}</Tag> : <Tag tone="info">{t.waiting}</Tag>;
  const isAccepted = decision.kind === 'accepted';
  return (
    <>
      <Tag tone={isAccepted ? 'good' : 'bad'}>{isAccepted ? t.accepted : t.refused}</Tag>
      {decision.note && <span>{decision.note}</span>}
      <span className="kv-muted">
        {decision.decidedByName}, {formatTime(decision.decidedAt)}
        {decision.submissionNo !== no && `, ${t.earlier(decision.submissionNo)}`}
      </span>
    </>
  );
}
