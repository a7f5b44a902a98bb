import { useQueryClient } from '@tanstack/react-query';
import { Button, Input, type InputRef } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { proveTotp, signIn } from '@khuevan/core/contract/accounts.ts';
import { api, rememberCsrfToken } from '../../api.ts';
import { paths } from '../../paths.ts';
import { changePreferences, usePreferences } from '../../preferences.ts';
import { useProblemText } from '../../problem-text.tsx';
import { sessionKey } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { OpenPage } from './open-page.tsx';

/** Only addresses of our own: a link must not lead elsewhere after sign-in. */
function safeBack(back: string | null): string {
  return back && /^\/(?![/\\])/.test(back) ? back : paths.start();
}

export function Component() {
  const t = useText(accountsText);
  const shell = useText(shellText);
  const { language } = usePreferences();
  const [isSecondStep, setSecondStep] = useState(false);
  const changeLanguage = (
    <button
      type="button"
      className="kv-link kv-sign-in__language"
      lang={language === 'vi' ? 'en' : 'vi'}
      onClick={() => changePreferences({ language: language === 'vi' ? 'en' : 'vi' })}
    >
      {language === 'vi' ? shell.english : shell.vietnamese}
    </button>
  );
  return (
    <OpenPage title={t.signInTitle} beside={changeLanguage}>
      {isSecondStep ? (
        <SecondStep onBack={() => setSecondStep(false)} />
      ) : (
        <FirstStep onSecondStep={() => setSecondStep(true)} />
      )}
    </OpenPage>
  );
}

/** The first control of a step has the focus when the step appears. */
function useFirstFocus() {
  const first = useRef<InputRef>(null);
  useEffect(() => first.current?.focus(), []);
  return first;
}

function useEnter() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return async (csrfToken: string) => {
    rememberCsrfToken(csrfToken);
    await client.resetQueries({ queryKey: sessionKey });
    await navigate(safeBack(search.get('back')), { replace: true });
  };
}

function FirstStep({ onSecondStep }: { onSecondStep: () => void }) {
  const t = useText(accountsText);
  const textOf = useProblemText();
  const enter = useEnter();
  const first = useFirstFocus();
  const [search] = useSearchParams();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!username.trim() || !password) return;
    setBusy(true);
    setError(null);
    try {
      const answer = await api(signIn, { body: { username: username.trim(), password } });
      if (answer.state === 'totp-required') onSecondStep();
      else await enter(answer.csrfToken);
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="kv-form" onSubmit={(event) => void submit(event)} noValidate>
      <h1>{t.signInTitle}</h1>
      {error ? <Failure>{textOf(error)}</Failure> : search.get('back') && <p className="kv-muted">{t.ended}</p>}
      <Labelled label={t.username} error={isTried && !username.trim() ? t.usernameMissing : null}>
        {(control) => (
          <Input
            {...control}
            ref={first}
            size="large"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={username}
            onChange={(event) => setUsername(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled label={t.password} error={isTried && !password ? t.passwordMissing : null}>
        {(control) => (
          <Input.Password
            {...control}
            size="large"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Labelled>
      <Button type="primary" size="large" htmlType="submit" loading={isBusy} block>
        {t.signIn}
      </Button>
      <p className="kv-sign-in__foot">{t.forgotten}</p>
    </form>
  );
}

function SecondStep({ onBack }: { onBack: () => void }) {
  const t = useText(accountsText);
  const textOf = useProblemText();
  const enter = useEnter();
  const first = useFirstFocus();
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isValid = /^\d{6}$/.test(code);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isValid) return;
    setBusy(true);
    setError(null);
    try {
      await enter((await api(proveTotp, { body: { code } })).csrfToken);
    } catch (caught) {
      setError(caught);
      setCode('');
      setTried(false);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="kv-form" onSubmit={(event) => void submit(event)} noValidate>
      <h1>{t.totpTitle}</h1>
      {error ? <Failure>{textOf(error)}</Failure> : <p className="kv-muted">{t.totpHelp}</p>}
      <Labelled label={t.code} error={isTried && !isValid ? t.codeWrong : null}>
        {(control) => (
          <Input
            {...control}
            ref={first}
            size="large"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
            value={code}
            onChange={(event) => setCode(event.target.value.replaceAll(/\D/g, ''))}
          />
        )}
      </Labelled>
      <Button type="primary" size="large" htmlType="submit" loading={isBusy} block>
        {t.verify}
      </Button>
      <button type="button" className="kv-link" onClick={onBack}>
        {t.otherAccount}
      </button>
    </form>
  );
}
