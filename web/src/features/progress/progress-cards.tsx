import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { readProgress } from '@khuevan/core/contract/progress.ts';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { formatDate, useFormat } from '../../ui/format.ts';

type Progress = ResponseOf<typeof readProgress>;

/** The whole in five numbers, and when it will be done if it goes on like this. */
export function ProgressCards({ progress }: { progress: Progress }) {
  const t = useText(progressText);
  const { number, percent } = useFormat();
  const { total } = progress;
  const sent = total.approved + total.submitted;
  return (
    <div className="kv-stack">
      <div className="kv-counts">
        <Card title={t.complete} value={percent(sent, total.asked)}>
          {t.completeOf(number(sent), number(total.asked))}
        </Card>
        <Card title={t.inTime} value={percent(total.inTime, total.asked)}>
          {t.inTimeOf(number(total.inTime), number(total.asked))}
        </Card>
        <Card title={t.late} value={number(total.late)} isBad={total.late > 0}>
          {total.late > 0 ? t.lateOf(number(total.worstDaysLate)) : t.lateNone}
        </Card>
        <PaceCard title={t.sendingEnd} pace={progress.sending} />
        <PaceCard title={t.approvingEnd} pace={progress.approving} />
      </div>
      <p className="kv-muted">{t.paceHow}</p>
    </div>
  );
}

function Card({
  title,
  value,
  isBad = false,
  children,
}: {
  title: string;
  value: string;
  isBad?: boolean;
  children: string;
}) {
  return (
    <section className="kv-panel kv-count">
      <h2>{title}</h2>
      <p>
        <strong className={isBad ? 'kv-bad' : undefined}>{value}</strong>
      </p>
      <p className="kv-muted">{children}</p>
    </section>
  );
}

function PaceCard({ title, pace }: { title: string; pace: Progress['sending'] }) {
  const t = useText(progressText);
  const { number } = useFormat();
  const { finish, recent, remaining } = pace;
  const value = finish.state === 'done' ? t.done : finish.state === 'unknown' ? t.unknown : formatDate(finish.on);
  return (
    <section className="kv-panel kv-count">
      <h2>{title}</h2>
      <p>{finish.state === 'unknown' ? <span>{value}</span> : <strong>{value}</strong>}</p>
      <p className="kv-muted">{t.pace(number(recent), number(remaining))}</p>
    </section>
  );
}
