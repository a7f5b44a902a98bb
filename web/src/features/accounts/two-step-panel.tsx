import { useQueryClient } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { type FormEvent, useState } from 'react';
import { confirmTotp, startTotp, stopTotp } from '@khuevan/core/contract/accounts.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { sessionKey } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';

const codePattern = /^\d{6}$/;

/** Two-step verification of the own account: on by scanning and one code, off by password and one code. */
export function TwoStepPanel({ isOn, isOwed }: { isOn: boolean; isOwed: boolean }) {
  const t = useText(accountsText);
  const [step, setStep] = useState<
    { kind: 'idle' } | { kind: 'stopping' } | { kind: 'starting'; secret: string; qrSvg: string }
  >({ kind: 'idle' });
  const textOf = useProblemText();
  const [error, setError] = useState<unknown>(null);
  const start = async () => {
    setError(null);
    try {
      setStep({ kind: 'starting', ...(await api(startTotp)) });
    } catch (caught) {
      setError(caught);
    }
  };
  const close = () => setStep({ kind: 'idle' });
  return (
    <section className="kv-panel" aria-labelledby="own-two-step">
      <h2 id="own-two-step">{t.twoStep}</h2>
      <div className="kv-form">
        {isOwed && (
          <p className="kv-note" role="status">
            {t.twoStepOwed}
          </p>
        )}
        <p className="kv-muted">{isOn ? t.twoStepOn : t.twoStepOff}</p>
        {error ? <Failure>{textOf(error)}</Failure> : null}
        {step.kind === 'idle' && (
          <div>
            {isOn ? (
              <Button onClick={() => setStep({ kind: 'stopping' })}>{t.twoStepStop}</Button>
            ) : (
              <Button type="primary" onClick={() => void start()}>
                {t.twoStepStart}
              </Button>
            )}
          </div>
        )}
        {step.kind === 'starting' && <StartForm secret={step.secret} qrSvg={step.qrSvg} onClose={close} />}
        {step.kind === 'stopping' && <StopForm onClose={close} />}
      </div>
    </section>
  );
}

function CodeInput({ code, error, onCode }: { code: string; error: string | null; onCode: (code: string) => void }) {
  const t = useText(accountsText);
  return (
    <Labelled label={t.code} error={error}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(event) => onCode(event.target.value.replaceAll(/\D/g, ''))}
        />
      )}
    </Labelled>
  );
}

/** Sends a step of two-step verification; then the account on the screen is asked for again. */
function useStep(done: string, onClose: () => void) {
  const client = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const run = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
      notify(done);
      await client.invalidateQueries({ queryKey: sessionKey });
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return { isBusy, error, run };
}

function StartForm({ secret, qrSvg, onClose }: { secret: string; qrSvg: string; onClose: () => void }) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const textOf = useProblemText();
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useStep(t.twoStepNowOn, onClose);
  const isValid = codePattern.test(code);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isValid) void run(() => api(confirmTotp, { body: { code } }));
  };
  return (
    <form className="kv-form" onSubmit={submit} noValidate>
      <p>{t.twoStepScan}</p>
      <div
        className="kv-qr"
        role="img"
        aria-label={t.qrLabel}
        ref={(place) => place?.replaceChildren(drawingOf(qrSvg))}
      />
      <p>{t.twoStepSecret}</p>
      <div className="kv-secret">{secret}</div>
      {error ? <Failure>{textOf(error)}</Failure> : null}
      <CodeInput code={code} error={isTried && !isValid ? t.codeWrong : null} onCode={setCode} />
      <div className="kv-row">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t.twoStepConfirm}
        </Button>
        <Button onClick={onClose}>{general.cancel}</Button>
      </div>
    </form>
  );
}

/** Read as a drawing and not as a page, so that nothing in it could act. */
function drawingOf(svg: string): Node {
  return document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
}

function StopForm({ onClose }: { onClose: () => void }) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const textOf = useProblemText();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [isTried, setTried] = useState(false);
  const { isBusy, error, run } = useStep(t.twoStepNowOff, onClose);
  const isValid = codePattern.test(code);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isValid && password) void run(() => api(stopTotp, { body: { password, code } }));
  };
  return (
    <form className="kv-form" onSubmit={submit} noValidate>
      <p>{t.twoStepStopHelp}</p>
      {error ? <Failure>{textOf(error)}</Failure> : null}
      <Labelled label={t.currentPassword} error={isTried && !password ? t.passwordMissing : null}>
        {(control) => (
          <Input.Password
            {...control}
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Labelled>
      <CodeInput code={code} error={isTried && !isValid ? t.codeWrong : null} onCode={setCode} />
      <div className="kv-row">
        <Button danger htmlType="submit" loading={isBusy}>
          {t.twoStepStop}
        </Button>
        <Button onClick={onClose}>{general.cancel}</Button>
      </div>
    </form>
  );
}
