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
        <div className="kv-panel kv-panel--flush kv-scroll">
          <table className="kv-table">
            <thead>
              <tr>
                <th scope="col" className="kv-num">
                  #
                </th>
                <th scope="col">{t.auditWhen}</th>
                <th scope="col">{t.auditWho}</th>
                <th scope="col">{t.auditWhat}</th>
                <th scope="col">{t.auditDetail}</th>
                <th scope="col">{t.auditHash}</th>
              </tr>
            </thead>
            <tbody>
              {data.entries.map((entry) => (
                <tr key={entry.id}>
                  <td className="kv-num">{entry.seq}</td>
                  <td>{formatTime(entry.at)}</td>
                  <td>{entry.accountName}</td>
                  <td>{wordOfAction(entry.action, t, language)}</td>
                  <td className="kv-detail kv-muted">{showDetail(entry.detail)}</td>
                  <td className="kv-muted" title={entry.hash}>
                    {entry.hash.slice(0, hashShown)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {data && <Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} />}
    </>
  );
}
