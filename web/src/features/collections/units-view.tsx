import { useState } from 'react';
import { Link } from 'react-router';
import { listAnswers } from '@khuevan/core/contract/collections.ts';
import { useAddressQuery } from '../../address-query.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDayOf, formatTime, useFormat } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { Table } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import type { Collection } from './collection-data.ts';
import { answerTone } from './looks.ts';

const pageSize = 50;
const states = ['submitted', 'not-started', 'draft', 'returned', 'late'] as const;
type Shown = (typeof states)[number];

/** How many stand where, and who; each line opens the answer. */
export function UnitsView({ collection }: { collection: Collection }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const [query, changeQuery] = useAddressQuery({ replace: true });
  const state = states.find((each) => each === query.get('state'));
  const [search, setSearch] = useState('');
  const [page, setPage] = useState(1);
  const answers = useRead(
    listAnswers,
    {
      params: { unitId: unit.id, collectionId: collection.id },
      query: { page, pageSize, ...(state && { state }), ...(search && { search }) },
    },
    { placeholderData: (old) => old, refetchInterval: 60_000 },
  );
  const choose = (next: Shown | undefined) => {
    setPage(1);
    changeQuery((rest) => (next === undefined ? rest.delete('state') : rest.set('state', next)));
  };
  return (
    <Loaded query={answers}>
      {({ counts, total, units }) => (
        <section className="kv-panel kv-stack">
          <div className="kv-collections__counts" role="group" aria-label={t.state}>
            <Count
              label={t.counts.asked}
              count={number(counts.asked)}
              isChosen={!state}
              onChoose={() => choose(undefined)}
            />
            {states.map((each) => (
              <Count
                key={each}
                label={t.counts[each]}
                count={number(counts[each])}
                isChosen={state === each}
                onChoose={() => choose(each)}
              />
            ))}
          </div>
          <div className="kv-filters">
            <SearchInput
              value={search}
              label={t.searchUnit}
              hint={t.searchUnit}
              onSearch={(text) => {
                setPage(1);
                setSearch(text);
              }}
            />
          </div>
          {units.length === 0 && <EmptyState title={t.noUnits} />}
          {units.length > 0 && (
            <Table
              rows={units}
              keyOf={(each) => each.id}
              columns={[
                {
                  key: 'unit',
                  label: t.unit,
                  renderCell: (each) => (
                    <span>
                      {each.state === 'not-started' ? (
                        each.name
                      ) : (
                        <Link to={paths.collectionAnswer(each.id, collection.id)}>{each.name}</Link>
                      )}{' '}
                      <span className="kv-muted">{each.code}</span>
                    </span>
                  ),
                },
                { key: 'parent', label: t.parent, renderCell: (each) => each.parentName },
                {
                  key: 'state',
                  label: t.state,
                  renderCell: (each) => (
                    <span className="kv-row">
                      <Tag {...answerTone[each.state]}>{t.answers[each.state]}</Tag>
                      {each.isLate && <Tag tone="warn">{t.late}</Tag>}
                      {each.lateReason && <span className="kv-muted">{each.lateReason}</span>}
                    </span>
                  ),
                },
                {
                  key: 'sent',
                  label: t.sentWhen,
                  renderCell: (each) =>
                    each.sentAt
                      ? formatTime(each.sentAt)
                      : each.remindedAt && <span className="kv-muted">{t.reminded(formatDayOf(each.remindedAt))}</span>,
                },
              ]}
            />
          )}
          <Pager page={page} pageSize={pageSize} total={total} onPage={setPage} />
        </section>
      )}
    </Loaded>
  );
}

interface CountProps {
  label: string;
  count: string;
  isChosen: boolean;
  onChoose: () => void;
}

function Count({ label, count, isChosen, onChoose }: CountProps) {
  return (
    <button type="button" aria-pressed={isChosen} onClick={onChoose}>
      <strong>{count}</strong> <span>{label}</span>
    </button>
  );
}
