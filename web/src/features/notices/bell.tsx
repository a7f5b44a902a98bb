import './notices.css';
import { Bell } from 'lucide-react';
import { Link } from 'react-router';
import { listNotices } from '@khuevan/core/contract/reminders.ts';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { noticesText } from '../../text/notices.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';

const refreshMs = 60_000;
const mostShown = 99;

/** How many notices the account has not read, on every screen of the own unit. */
export default function NoticeBell() {
  const t = useText(noticesText);
  const { number } = useFormat();
  const { unit } = useSession();
  const { data } = useRead(
    listNotices,
    { params: { unitId: unit.id }, query: { pageSize: 1 } },
    { refetchInterval: refreshMs },
  );
  const unread = data?.unread ?? 0;
  return (
    <Link
      className="kv-bell"
      to={paths.notices(unit.id)}
      aria-label={unread > 0 ? `${t.bell}: ${t.unread(number(unread))}` : t.bell}
    >
      <Bell size={19} aria-hidden />
      {unread > 0 && (
        <span className="kv-bell__count" aria-hidden>
          {Math.min(unread, mostShown)}
        </span>
      )}
    </Link>
  );
}
