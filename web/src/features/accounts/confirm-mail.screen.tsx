import { CircleCheck } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { confirmMail } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useProblemText } from '../../problem-text.tsx';
import { noticesText } from '../../text/notices.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { OpenPage } from './open-page.tsx';

/** Opened from the letter, signed in or not. Asks once more, as programs that look into letters open their links too. */
export function Component() {
  const t = useText(noticesText);
  const textOf = useProblemText();
  const token = useLocation().hash.slice(1);
  const [email, setEmail] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setBusy(true);
    setError(null);
    try {
      setEmail((await api(confirmMail, { body: { token } })).email);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <OpenPage title={t.confirmTitle}>
      <h1>{t.confirmTitle}</h1>
      <div className="kv-form">
        {error ? <Failure>{textOf(error)}</Failure> : null}
        {token === '' && <Failure>{t.confirmNothing}</Failure>}
        {email === null ? (
          <>
            <p className="kv-muted">{t.confirmHelp}</p>
            <Button
              type="primary"
              size="large"
              block
              disabled={token === ''}
              loading={isBusy}
              onClick={() => void confirm()}
            >
              {t.confirm}
            </Button>
          </>
        ) : (
          <p className="kv-note kv-note--good" role="status">
            <CircleCheck size={17} aria-hidden /> {t.confirmed(email)}
          </p>
        )}
        <Link to={paths.account()}>{t.toAccount}</Link>
      </div>
    </OpenPage>
  );
}
