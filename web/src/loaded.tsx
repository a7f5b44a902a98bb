import type { ReactNode } from 'react';
import { ProblemView } from './problem-text.tsx';
import { generalText } from './text/general.ts';
import { reportsText } from './text/reports.ts';
import { useText } from './text/words.ts';
import { Busy } from './ui/empty-state.tsx';

interface Reading<T> {
  data: T | undefined;
  error: unknown;
  fetchStatus: 'fetching' | 'paused' | 'idle';
  refetch: () => unknown;
}

/** What was read, or what stands in its place: being read, no network, a problem with the way out. Old data stays in sight while new is asked for. */
export function Loaded<T>({
  query,
  busy,
  children,
}: {
  query: Reading<T>;
  busy?: string;
  children: (data: T) => ReactNode;
}) {
  const general = useText(generalText);
  const t = useText(reportsText);
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (query.fetchStatus === 'paused')
    return (
      <p className="kv-muted" role="status">
        {t.offline}
      </p>
    );
  return <Busy>{busy ?? general.loading}</Busy>;
}
