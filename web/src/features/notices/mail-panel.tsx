import { Button, Checkbox, Input } from 'antd';
import { CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { askConfirmation, changeOwnMail, readOwnMail } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { noticesText } from '../../text/notices.ts';
import { useText } from '../../text/words.ts';
import { formatTime } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';

type Own = ResponseOf<typeof readOwnMail>;

/** Where reminders of the own account go, and whether. */
export function MailPanel() {
  const t = useText(noticesText);
  // Confirmed in another window, or on the phone: seen here without loading again.
  const { data } = useRead(
    readOwnMail,
    {},
    { refetchInterval: (query) => (isAwaited(query.state.data) ? 5000 : false) },
  );
  return (
    <section className="kv-panel" aria-labelledby="own-mail">
      <h2 id="own-mail">{t.mailTitle}</h2>
      <p className="kv-muted">{t.mailHelp}</p>
      {data && <MailForm own={data} />}
      {data?.email && <Confirmation own={data} />}
    </section>
  );
}

const isAwaited = (own: Own | undefined) => own?.mailIsOn === true && own.email !== null && !own.isConfirmed;

/** Whether letters go to the address, and what is still to be done. */
function Confirmation({ own }: { own: Own }) {
  const t = useText(noticesText);
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [isBusy, setBusy] = useState(false);
  const again = async () => {
    setBusy(true);
    try {
      await api(askConfirmation, {});
      await refresh(readOwnMail);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  if (own.isConfirmed)
    return (
      <p className="kv-note kv-note--good kv-panel__actions" role="status">
        <CircleCheck size={16} aria-hidden /> {t.isConfirmed}
      </p>
    );
  const { confirmation } = own;
  const isUnderWay = confirmation?.state === 'waiting' || confirmation?.state === 'sending';
  return (
    <div className="kv-note kv-note--warn kv-panel__actions" role="status">
      <p>
        {t.isNotConfirmed}{' '}
        {own.mailIsOn && confirmation && t.asks[confirmation.state](formatTime(confirmation.askedAt))}
      </p>
      {own.mailIsOn && !isUnderWay && (
        <p className="kv-panel__actions">
          <Button loading={isBusy} onClick={() => void again()}>
            {confirmation ? t.askAgain : t.askFirst}
          </Button>
        </p>
      )}
    </div>
  );
}

const looksRight = (address: string): boolean => /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(address);

function MailForm({ own }: { own: Own }) {
  const t = useText(noticesText);
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [email, setEmail] = useState(own.email ?? '');
  const [wantsMail, setWantsMail] = useState(own.wantsMail);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const address = email.trim();
  const isRight = address === '' || looksRight(address);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isRight || isBusy) return;
    setBusy(true);
    try {
      await api(changeOwnMail, { body: { email: address || null, wantsMail } });
      setEmail(address);
      notify(t.mailSaved);
      await refresh(readOwnMail);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="kv-form kv-panel__actions" onSubmit={(event) => void save(event)} noValidate>
      {!own.mailIsOn && <p className="kv-note">{t.mailOff}</p>}
      <Labelled label={t.email} error={isTried && !isRight ? t.emailWrong : null}>
        {(control) => (
          <Input
            {...control}
            type="email"
            autoComplete="email"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Labelled>
      <Checkbox checked={wantsMail} onChange={(event) => setWantsMail(event.target.checked)}>
        {t.wantsMail}
      </Checkbox>
      <div>
        <Button htmlType="submit" loading={isBusy}>
          {t.mailSave}
        </Button>
      </div>
    </form>
  );
}
