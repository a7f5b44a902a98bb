import { Button } from 'antd';
import { ProblemError, UnreachableError } from './api.ts';
import { generalText } from './text/general.ts';
import { useLanguage, useText } from './text/words.ts';
import { Failure } from './ui/failure.tsx';
import { notify } from './ui/notices.ts';

/** The sentence for any error, in the reader's language. */
export function useProblemText(): (error: unknown) => string {
  const language = useLanguage();
  const t = useText(generalText);
  return (error) => {
    if (error instanceof ProblemError)
      return error.code === 'internal' && error.requestId
        ? `${error.text[language]} ${t.requestId(error.requestId)}`
        : error.text[language];
    if (error instanceof UnreachableError) return `${t.unreachableTitle}. ${t.unreachable}`;
    return t.unexpected;
  };
}

/** Tells of a failed action in a notice, for actions without a place of their own for it. */
export function useNotifyProblem(): (error: unknown) => void {
  const textOf = useProblemText();
  return (error) => notify(textOf(error), { tone: 'bad' });
}

/** What stands in the place of something that could not be read. */
export function ProblemView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const textOf = useProblemText();
  const t = useText(generalText);
  return (
    <Failure
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t.retry}
          </Button>
        )
      }
    >
      {textOf(error)}
    </Failure>
  );
}
