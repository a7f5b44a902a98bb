import './collections.css';
import { ArrowRight } from 'lucide-react';
import { Link } from 'react-router';
import { listCollections } from '@khuevan/core/contract/collections.ts';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime } from '../../ui/format.ts';
import { Tag } from '../../ui/tag.tsx';
import { answerTone, dueTone } from './looks.ts';
import type { Lists } from './collection-data.ts';

/** What a unit was asked besides the periods, beside its reports. Nothing where it was asked nothing. */
export function AskedPanel() {
  const t = useText(collectionsText);
  const { unit } = useSession();
  const { data } = useRead(listCollections, { params: { unitId: unit.id } }, { staleTime: 30_000 });
  const open = data?.toAnswer.filter((each) => each.state === 'open') ?? [];
  if (open.length === 0) return null;
  return (
    <section className="kv-stack kv-collections__asked" aria-labelledby="asked-collections">
      <h2 id="asked-collections" className="kv-section-title">
        {t.title}
      </h2>
      <AskedList asked={open} />
    </section>
  );
}

export function AskedList({ asked }: { asked: Lists['toAnswer'] }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit, may } = useSession();
  return (
    <ul className="kv-collections">
      {asked.map((each) => {
        const isWork = each.state === 'open' && each.answer !== 'submitted' && may('reports.prepare');
        return (
          <li key={each.id} className="kv-panel kv-collections__line">
            <div>
              <h3>
                <Link to={paths.collectionAnswer(unit.id, each.id)}>{each.title}</Link>
              </h3>
              <p className="kv-muted">
                {t.askedBy(each.ownerName)}
                {each.dueOn && ` · ${t.due(formatDate(each.dueOn))}`}
                {each.sentAt && ` · ${t.sentWhen} ${formatTime(each.sentAt)}`}
              </p>
            </div>
            <div className="kv-row">
              <Tag {...answerTone[each.answer]}>{t.answers[each.answer]}</Tag>
              {each.isLate && <Tag tone="warn">{t.late}</Tag>}
              {each.state === 'closed' && <Tag tone="plain">{t.states.closed}</Tag>}
              {isWork && each.daysLeft !== null && (
                <Tag tone={dueTone(each.daysLeft)}>{general.days(each.daysLeft)}</Tag>
              )}
            </div>
            <Link
              className={isWork ? 'kv-button-link' : 'kv-button-link kv-button-link--plain'}
              to={paths.collectionAnswer(unit.id, each.id)}
            >
              {isWork ? t.answer : t.look} <span className="kv-hidden">: {each.title}</span>
              <ArrowRight size={16} aria-hidden />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
