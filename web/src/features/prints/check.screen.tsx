import './prints.css';
import { CircleCheck, CircleHelp, CircleX, History, type LucideIcon, QrCode } from 'lucide-react';
import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { checkPrint } from '@khuevan/core/contract/open.ts';
import { readPrintCode } from '@khuevan/core/reports/print-code.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { generalText } from '../../text/general.ts';
import { printsText } from '../../text/prints.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { formatTime } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { mayScan, Scanner } from './scanner.tsx';

type Answer = ResponseOf<typeof checkPrint>;

/** For everybody who holds a print: is it what was sent, and does it still hold? */
export function Component() {
  const t = useText(printsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const { code } = useParams();
  useEffect(() => {
    document.title = `${t.checkTitle} · ${general.product}`;
  }, [t, general]);
  return (
    <main className="kv-check">
      <Link className="kv-check__brand" to={paths.start()}>
        <strong>{general.product}</strong>
        <span>{shell.tagline}</span>
      </Link>
      <div className="kv-check__box kv-panel">
        <h1>{t.checkTitle}</h1>
        {code ? <Result key={code} typed={code} /> : <p className="kv-muted">{t.checkSub}</p>}
        <Ask key={`ask ${code}`} isAgain={code !== undefined} />
      </div>
      <Link to={paths.signIn()}>{t.signInLink}</Link>
    </main>
  );
}

function Ask({ isAgain }: { isAgain: boolean }) {
  const t = useText(printsText);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [isScanning, setScanning] = useState(false);
  const open = (code: string) => void navigate(paths.check(code));
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const code = readPrintCode(typed);
    if (code) open(code);
    else setWrong(true);
  };
  if (isScanning) return <Scanner onCode={open} onClose={() => setScanning(false)} />;
  return (
    <form className="kv-form" onSubmit={onSubmit}>
      <Labelled label={isAgain ? t.again : t.codeLabel} hint={t.codeHint} error={isWrong ? t.codeWrong : null}>
        {(control) => (
          <Input
            {...control}
            className="kv-check__code"
            size="large"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setWrong(false);
            }}
          />
        )}
      </Labelled>
      <div className="kv-row">
        <Button type="primary" size="large" htmlType="submit" disabled={typed.trim() === ''}>
          {t.check}
        </Button>
        {mayScan && (
          <Button size="large" icon={<QrCode size={18} aria-hidden />} onClick={() => setScanning(true)}>
            {t.scan}
          </Button>
        )}
      </div>
    </form>
  );
}

const looks: Record<Answer['state'], { tone: 'good' | 'warn' | 'bad'; icon: LucideIcon }> = {
  same: { tone: 'good', icon: CircleCheck },
  superseded: { tone: 'warn', icon: History },
  returned: { tone: 'warn', icon: CircleX },
  unknown: { tone: 'bad', icon: CircleHelp },
};

function Result({ typed }: { typed: string }) {
  const t = useText(printsText);
  const code = readPrintCode(typed);
  const query = useRead(checkPrint, { params: { code: code ?? typed.slice(0, 40) } }, { enabled: code !== undefined });
  if (!code) return <Verdict state="unknown">{t.codeWrong}</Verdict>;
  return (
    <Loaded query={query} busy={t.checking}>
      {(answer) => (
        <>
          <Verdict state={answer.state}>{t.states[answer.state].todo}</Verdict>
          {answer.state !== 'unknown' && <Facts code={code} answer={answer} />}
        </>
      )}
    </Loaded>
  );
}

function Verdict({ state, children }: { state: Answer['state']; children: string }) {
  const t = useText(printsText);
  const { tone, icon: Icon } = looks[state];
  return (
    <section className={`kv-check__answer kv-check__answer--${tone}`} role="status">
      <h2>
        <Icon size={30} aria-hidden /> {t.states[state].title}
      </h2>
      <p>{t.states[state].text}</p>
      <p>
        <strong>{children}</strong>
      </p>
    </section>
  );
}

/** As many characters as the paper shows. */
const printedHashLength = 16;

function Facts({ code, answer }: { code: string; answer: Answer }) {
  const t = useText(printsText);
  const facts = [
    { label: t.facts.unit, value: answer.unitName },
    { label: t.facts.form, value: answer.formCode },
    { label: t.facts.period, value: answer.periodName },
    { label: t.facts.no, value: answer.no === null ? null : t.noText(answer.no) },
    { label: t.facts.sentAt, value: answer.sentAt && formatTime(answer.sentAt) },
    { label: t.facts.hash, value: answer.hash && answer.hash.slice(0, printedHashLength) },
    { label: t.facts.code, value: code },
  ];
  return (
    <dl className="kv-check__facts">
      {facts.map(
        ({ label, value }) =>
          value && (
            <div key={label} className="kv-check__fact">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
