import { Input } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { explainFinding } from '@khuevan/core/contract/reports.ts';
import { api, ProblemError, UnreachableError } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { useKeptText } from '../../ui/kept-text.ts';
import { showSaved } from '../../ui/saved.ts';
import { isPassing } from '../records/index.ts';
import { Autosave, type SaveState } from './autosave.ts';
import type { Report } from './report-data.ts';

const mayPass = (error: unknown) =>
  error instanceof UnreachableError || (error instanceof ProblemError && isPassing(error));

interface ReasonBoxProps {
  report: Pick<Report, 'unitId' | 'id'>;
  findingKey: string;
  reason: string | null;
  /** What the box is about, for those who hear it. */
  about: string;
  onSaved: () => void;
}

/** The reason for a warning, stored as it is typed and kept on this device until it is. */
export function ReasonBox({ report, findingKey, reason, about, onSaved }: ReasonBoxProps) {
  const t = useText(reportsText);
  const id = useId();
  const { me } = useSession();
  const problemText = useProblemText();
  const [text, change, forget] = useKeptText(`${me.account.id}.${report.id}.reason.${findingKey}`, reason ?? '');
  const [state, setState] = useState<SaveState>('idle');
  const [problem, setProblem] = useState<unknown>(null);
  const autosave = useAutosave({
    // Kept from an earlier visit and never stored.
    waiting: text === (reason ?? '') ? null : text,
    save: (typed) =>
      api(explainFinding, {
        params: { unitId: report.unitId, reportId: report.id, findingKey },
        body: { reason: typed.trim() },
      }),
    onState: (next, error) => {
      setState(next);
      setProblem(error ?? null);
      if (next === 'saving') showSaved({ state: 'saving' });
      if (next === 'held') showSaved({ state: 'held', count: 1 });
      if (next !== 'saved') return;
      showSaved({ state: 'saved', at: Date.now() });
      forget();
      onSaved();
    },
  });
  return (
    <div className="kv-reason">
      <label htmlFor={id} className="kv-field__label">
        {t.reasonLabel} <span className="kv-hidden">{about}</span>
      </label>
      <Input.TextArea
        id={id}
        value={text}
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={2000}
        aria-describedby={`${id}-state`}
        onChange={(event) => {
          change(event.target.value);
          autosave.current?.type(event.target.value);
        }}
        onBlur={() => void autosave.current?.flush()}
      />
      <div id={`${id}-state`} className="kv-reason__state" role="status">
        {state === 'idle' && !reason ? t.reasonHint : state === 'refused' ? problemText(problem) : t.saveStates[state]}
      </div>
    </div>
  );
}

interface AutosaveOptions {
  waiting: string | null;
  save: (text: string) => Promise<unknown>;
  onState: (state: SaveState, error?: unknown) => void;
}

function useAutosave(options: AutosaveOptions) {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const autosave = useRef<Autosave | null>(null);
  useEffect(() => {
    const made = new Autosave({
      save: (text) => latest.current.save(text),
      isLongEnough: (text) => text.trim().length >= 3,
      mayPass,
      onState: (state, error) => latest.current.onState(state, error),
    });
    autosave.current = made;
    if (latest.current.waiting) made.type(latest.current.waiting);
    const onOnline = () => void made.flush();
    addEventListener('online', onOnline);
    return () => {
      removeEventListener('online', onOnline);
      void made.flush();
      made.stop();
    };
  }, []);
  return autosave;
}
