import './accounts.css';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { changePassword } from '@khuevan/core/contract/accounts.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { sessionKey, useMe } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { formatDate } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { MailPanel } from '../notices/index.ts';
import { TwoStepPanel } from './two-step-panel.tsx';

export function Component() {
  const t = useText(accountsText);
  const shell = useText(shellText);
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <>
      <PageHeader title={t.own} sub={me.account.displayName} />
      <div className="kv-account">
        <section className="kv-panel" aria-labelledby="own-roles">
          <h2 id="own-roles">{t.rolesHeld}</h2>
          <ul>
            {me.memberships.map((each) => (
              <li key={`${each.unitId}-${each.role}-${String(each.delegated)}`}>
                {t.roleIn(shell.roles[each.role], each.unitName)}
                <span className="kv-muted">
                  {[each.delegated && t.delegatedToMe, each.until && t.until(formatDate(each.until))]
                    .filter(Boolean)
                    .map((part) => `, ${part}`)}
                </span>
              </li>
            ))}
          </ul>
        </section>
        <PasswordPanel />
        <MailPanel />
        <TwoStepPanel isOn={me.account.totpEnabled} isOwed={me.account.mustSetUpTwoStep} />
      </div>
    </>
  );
}

const shortest = 10;

function PasswordPanel() {
  const t = useText(accountsText);
  const textOf = useProblemText();
  const client = useQueryClient();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!current || next.length < shortest || next !== repeated) return;
    setBusy(true);
    setError(null);
    try {
      await api(changePassword, { body: { current, next } });
      for (const clear of [setCurrent, setNext, setRepeated]) clear('');
      setTried(false);
      notify(t.passwordChanged);
      await client.invalidateQueries({ queryKey: sessionKey });
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="kv-panel" aria-labelledby="own-password">
      <h2 id="own-password">{t.changePassword}</h2>
      <form className="kv-form" onSubmit={(event) => void submit(event)} noValidate>
        <p className="kv-muted">{t.changePasswordHelp}</p>
        {error ? <Failure>{textOf(error)}</Failure> : null}
        <Labelled label={t.currentPassword} error={isTried && !current ? t.passwordMissing : null}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="current-password"
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.nextPassword} error={isTried && next.length < shortest ? t.passwordShort : null}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={next}
              onChange={(event) => setNext(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.repeatPassword} error={isTried && next !== repeated ? t.passwordDiffers : null}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="new-password"
              value={repeated}
              onChange={(event) => setRepeated(event.target.value)}
            />
          )}
        </Labelled>
        <div>
          <Button type="primary" htmlType="submit" loading={isBusy}>
            {t.changePassword}
          </Button>
        </div>
      </form>
    </section>
  );
}
