import './accounts.css';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { readAudit } from '@khuevan/core/contract/accounts.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import { showDetail, wordOfAction } from './audit-words.ts';

const pageSize = 50;
const hashShown = 10;

/** Who wrote what and when, newest first. */
export function Component() {
  const t = useText(accountsText);
  const general = useText(generalText);
  const language = useLanguage();
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const [action, setAction] = useState('');
  const { data, error, refetch } = useRead(
    readAudit,
    { params: { unitId: unit.id }, query: { page, pageSize, action: action || undefined } },
    { staleTime: 0, placeholderData: (previous) => previous },
  );
  return (
    <>
      <PageHeader title={t.auditTitle} sub={t.auditSub} />
      <div className="kv-filters">
        <select
          className="kv-select"
          aria-label={t.auditFilter}
          value={action}
          onChange={(event) => {
            setAction(event.target.value);
            setPage(1);
          }}
        >
          <option value="">
            {t.auditFilter}: {general.all.toLocaleLowerCase()}
          </option>
          {Object.entries(t.auditActions).map(([code, word]) => (
            <option key={code} value={code}>
              {word}
            </option>
          ))}
        </select>
      </div>
      {error ? <ProblemView error={error} onRetry={() => void refetch()} /> : !data && <Busy>{general.loading}</Busy>}
      {data?.total === 0 && <EmptyState icon={ScrollText} title={t.auditNone} />}
      {data && data.total > 0 && (
        <div className="kv-panel kv-panel--flush">
          <Table
            rows={data.entries}
            keyOf={(entry) => entry.id}
            columns={[
              { key: 'seq', label: '#', isNumber: true, renderCell: (entry) => entry.seq },
              { key: 'at', label: t.auditWhen, renderCell: (entry) => formatTime(entry.at) },
              { key: 'who', label: t.auditWho, renderCell: (entry) => entry.accountName },
              { key: 'what', label: t.auditWhat, renderCell: (entry) => wordOfAction(entry.action, t, language) },
              {
                key: 'detail',
                label: t.auditDetail,
                renderCell: (entry) => showDetail(entry.detail, t) || null,
              },
              {
                key: 'hash',
                label: t.auditHash,
                renderCell: (entry) => (
                  <span className="kv-muted" title={entry.hash}>
                    {entry.hash.slice(0, hashShown)}
                  </span>
                ),
              },
            ]}
          />
        </div>
      )}
      {data && <Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} />}
    </>
  );
}
