import './notices.css';
import { Bell } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { z } from 'zod';
import { listNotices, type notice as noticeShape, readNotices } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { noticesText } from '../../text/notices.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Tag } from '../../ui/tag.tsx';

type Notice = z.output<typeof noticeShape>;
const pageSize = 25;

/** What the unit was told, newest first; read is read by this account only. */
export function Component() {
  const t = useText(noticesText);
  const { number } = useFormat();
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const query = useRead(
    listNotices,
    { params: { unitId: unit.id }, query: { page, pageSize } },
    { placeholderData: (before) => before },
  );
  const mark = async (noticeIds: string[]) => {
    try {
      await api(readNotices, { params: { unitId: unit.id }, body: { noticeIds } });
      await refresh(listNotices);
    } catch (error) {
      notifyProblem(error);
    }
  };
  const fresh = query.data?.notices.filter((notice) => !notice.isRead).map((notice) => notice.id) ?? [];
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.title}
        beside={query.data && query.data.unread > 0 && <Tag tone="warn">{t.unread(number(query.data.unread))}</Tag>}
        sub={t.sub}
        actions={fresh.length > 0 && <Button onClick={() => void mark(fresh)}>{t.markAll}</Button>}
      />
      <Loaded query={query}>
        {({ notices, total }) =>
          notices.length === 0 ? (
            <div className="kv-panel">
              <EmptyState icon={Bell} title={t.none}>
                {t.noneText}
              </EmptyState>
            </div>
          ) : (
            <section className="kv-panel" aria-label={t.title}>
              <ul className="kv-told">
                {notices.map((notice) => (
                  <NoticeLine key={notice.id} notice={notice} onRead={() => void mark([notice.id])} />
                ))}
              </ul>
              <Pager page={page} pageSize={pageSize} total={total} onPage={setPage} />
            </section>
          )
        }
      </Loaded>
    </div>
  );
}

function NoticeLine({ notice, onRead }: { notice: Notice; onRead: () => void }) {
  const t = useText(noticesText);
  const read = useReading();
  const { unit } = useSession();
  const title = read(notice.title);
  return (
    <li className={notice.isRead ? 'kv-told__line kv-told__line--read' : 'kv-told__line'}>
      <div>
        <h2>
          {title} {!notice.isRead && <Tag tone="info">{t.new}</Tag>}
        </h2>
        {notice.body.map((line) => (
          <p key={line.vi}>{read(line)}</p>
        ))}
        <p className="kv-muted">{formatTime(notice.createdAt)}</p>
      </div>
      <div className="kv-row">
        {notice.collectionId ? (
          <Link to={paths.collectionAnswer(unit.id, notice.collectionId)}>{t.toCollection}</Link>
        ) : notice.reportId ? (
          <Link to={paths.report(unit.id, notice.reportId)}>{t.toReport}</Link>
        ) : (
          <Link to={paths.reports(unit.id)}>{t.toReports}</Link>
        )}
        {!notice.isRead && (
          <Button size="small" onClick={onRead} aria-label={t.markOne(title)}>
            {t.markRead}
          </Button>
        )}
      </div>
    </li>
  );
}
