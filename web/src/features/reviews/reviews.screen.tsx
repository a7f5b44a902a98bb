import './board.css';
import { CheckCheck, ClipboardCheck } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type PeriodChoice, WithPeriod } from '../periods/index.ts';
import type { BoardUnit } from './board.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { useQueue } from './review-data.ts';

/** Reports that wait for this unit's decision. */
export function Component() {
  return <WithPeriod>{(choice) => <Queue key={`${choice.period.id} ${choice.form.code}`} {...choice} />}</WithPeriod>;
}

function Queue({ period, form, pickers }: PeriodChoice) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const { board, queue } = useQueue(unit.id, period.id, form.code);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [running, setRunning] = useState<BoardUnit[] | null>(null);
  const selected = queue.filter((each) => chosen.has(each.unitId));
  const isAll = selected.length === queue.length;
  const toggle = (unitId: string) => {
    const next = new Set(chosen);
    if (!next.delete(unitId)) next.add(unitId);
    setChosen(next);
  };
  return (
    <div className="kv-stack">
      <PageHeader title={t.queueTitle} sub={board.data && t.queueSub(number(queue.length))} actions={pickers} />
      <Loaded query={board}>
        {() =>
          queue.length === 0 ? (
            <div className="kv-panel">
              <EmptyState
                icon={ClipboardCheck}
                title={t.queueEmptyTitle}
                actions={<Link to={paths.board(unit.id, { period: period.id, form: form.code })}>{t.boardTitle}</Link>}
              >
                {t.queueEmpty}
              </EmptyState>
            </div>
          ) : (
            <section className="kv-panel kv-stack">
              <div className="kv-row kv-row--apart">
                <label className="kv-toggle">
                  <input
                    type="checkbox"
                    checked={isAll}
                    onChange={() => setChosen(new Set(isAll ? [] : queue.map((each) => each.unitId)))}
                  />{' '}
                  {t.selectAll}
                </label>
                <Button
                  icon={<CheckCheck size={16} aria-hidden />}
                  disabled={selected.length === 0}
                  onClick={() => setRunning(selected)}
                >
                  {t.bulk(number(selected.length))}
                </Button>
              </div>
              <ul className="kv-queue">
                {queue.map((each) => (
                  <QueueLine
                    key={each.unitId}
                    unit={each}
                    isChosen={chosen.has(each.unitId)}
                    onToggle={() => toggle(each.unitId)}
                  />
                ))}
              </ul>
            </section>
          )
        }
      </Loaded>
      {running && (
        <BulkDialog
          units={running}
          onClose={() => {
            setRunning(null);
            setChosen(new Set());
          }}
        />
      )}
    </div>
  );
}

function QueueLine({ unit, isChosen, onToggle }: { unit: BoardUnit; isChosen: boolean; onToggle: () => void }) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const { membership } = useSession();
  return (
    <li>
      <input type="checkbox" aria-label={t.select(unit.unitName)} checked={isChosen} onChange={onToggle} />
      <div className="kv-queue__what">
        <Link to={paths.review(membership.unitId, unit.unitId, unit.id!)}>{unit.unitName}</Link>
        <span className="kv-muted">
          {t.submission(unit.lastSubmissionNo)}
          {unit.stateSince && `, ${formatTime(unit.stateSince)}`}
        </span>
      </div>
      {unit.daysLate > 0 && <Tag tone="bad">{t.lateBy(number(unit.daysLate))}</Tag>}
      <Link
        className="kv-button-link kv-button-link--plain"
        to={paths.review(membership.unitId, unit.unitId, unit.id!)}
        aria-label={`${t.review}: ${unit.unitName}`}
      >
        {t.review}
      </Link>
    </li>
  );
}
