import { Button } from 'antd';
import { SearchX } from 'lucide-react';
import { Link, useRouteError } from 'react-router';
import { paths } from './paths.ts';
import { useProblemText } from './problem-text.tsx';
import { generalText } from './text/general.ts';
import { useText } from './text/words.ts';
import { EmptyState } from './ui/empty-state.tsx';
import { Failure } from './ui/failure.tsx';

/** A screen that could not be shown. After a new version was installed its files are gone: loading anew helps. */
export function RouteFailure() {
  const error = useRouteError();
  const t = useText(generalText);
  const textOf = useProblemText();
  return (
    <Failure title={t.failedTitle} action={<Button onClick={() => location.reload()}>{t.reload}</Button>}>
      {textOf(error)}
    </Failure>
  );
}

export function NotFound() {
  const t = useText(generalText);
  return (
    <EmptyState icon={SearchX} title={t.notFoundTitle} actions={<Link to={paths.start()}>{t.toHome}</Link>}>
      {t.notFound}
    </EmptyState>
  );
}
