import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CollectionContent } from '@khuevan/core/collections/content.ts';
import { readAnswer, saveAnswer } from '@khuevan/core/contract/collections.ts';
import { api, ProblemError, UnreachableError } from '../../api.ts';
import { keyOf } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { keepText, keptText } from '../../ui/kept-text.ts';
import { showSaved } from '../../ui/saved.ts';
import { isPassing } from '../records/index.ts';
import { Autosave, type SaveState } from '../reports/index.ts';
import type { Answer } from './collection-data.ts';

const mayPass = (error: unknown) =>
  error instanceof UnreachableError || (error instanceof ProblemError && isPassing(error));
const pauseMs = 800;

interface Kept {
  version: number;
  content: CollectionContent;
}

export interface AnswerDraft {
  content: CollectionContent;
  state: SaveState;
  /** What the server would not take, if it would not. */
  refusal: unknown;
  /** Another answer that was saved meanwhile. */
  conflict: Answer | null;
  change: (next: CollectionContent) => void;
  /** Puts an answer of the server in place: from a file, or somebody else's. */
  take: (answer: Answer) => void;
  keepMine: () => void;
  /** Ends when all that was typed is stored; the version it has then, or null where it could not be stored. */
  flush: () => Promise<number | null>;
}

/** An answer in the making: saved as it is typed, kept on this device until it is. */
export function useAnswerDraft(answer: Answer, collectionId: string): AnswerDraft {
  const { me, unit } = useSession();
  const client = useQueryClient();
  const params = { unitId: unit.id, collectionId };
  const keptAs = `${me.account.id}.${unit.id}.${collectionId}.answer`;
  const [first] = useState(() => readKept(keptAs, answer));
  const [content, setContent] = useState<CollectionContent>(first ?? { cells: answer.cells, rows: answer.rows });
  const [state, setState] = useState<SaveState>('idle');
  const [refusal, setRefusal] = useState<unknown>(null);
  const [conflict, setConflict] = useState<Answer | null>(null);
  const [box] = useState(() => new AnswerBox(answer.version));
  const [saver] = useState(
    () =>
      new Autosave({
        delayMs: pauseMs,
        isLongEnough: () => true,
        mayPass,
        save: async (text) => {
          const body = { version: box.version, ...(JSON.parse(text) as CollectionContent) };
          const saved = await api(saveAnswer, { params, body });
          box.version = saved.version;
          box.stored = text;
          client.setQueryData(keyOf(readAnswer, { params }), saved);
          if (box.typed === text) keepText(localStorage, keptAs, undefined);
        },
        onState: (next, error) => {
          setState(next);
          setRefusal(next === 'refused' ? error : null);
          if (next === 'saving') showSaved({ state: 'saving' });
          if (next === 'held') showSaved({ state: 'held', count: 1 });
          if (next === 'saved') showSaved({ state: 'saved', at: Date.now() });
          if (error instanceof ProblemError && error.code === 'stale_record') {
            setConflict(error.document.current as Answer);
            showSaved({ state: 'conflict' });
          }
        },
      }),
  );
  const store = (next: CollectionContent) => {
    const text = JSON.stringify(next);
    box.typed = text;
    keepText(localStorage, keptAs, JSON.stringify({ version: box.version, content: next } satisfies Kept));
    saver.type(text);
  };
  useEffect(() => {
    // Kept from an earlier visit and never stored.
    if (first) saver.type(JSON.stringify(first));
    const online = () => void saver.flush();
    addEventListener('online', online);
    return () => {
      removeEventListener('online', online);
      void saver.flush().finally(() => saver.stop());
    };
  }, [first, saver]);
  const take = (next: Answer) => {
    box.version = next.version;
    box.typed = box.stored = null;
    keepText(localStorage, keptAs, undefined);
    client.setQueryData(keyOf(readAnswer, { params }), { ...next, findings: next.findings });
    setConflict(null);
    setRefusal(null);
    setState('idle');
    setContent({ cells: next.cells, rows: next.rows });
  };
  return {
    content,
    state,
    refusal,
    conflict,
    take,
    change(next) {
      setContent(next);
      store(next);
    },
    keepMine() {
      if (conflict) box.version = conflict.version;
      setConflict(null);
      store(content);
    },
    async flush() {
      await saver.flush();
      // A request may have been on its way: what was typed since follows it.
      for (let tries = 0; tries < 50 && box.typed !== box.stored; tries += 1)
        await new Promise((resolve) => setTimeout(resolve, 100));
      return box.typed === box.stored ? box.version : null;
    },
  };
}

/** What the saver knows between two drawings. */
class AnswerBox {
  version: number;
  typed: string | null = null;
  stored: string | null = null;
  constructor(version: number) {
    this.version = version;
  }
}

/** What was typed on this device over the version that is still the newest. */
function readKept(key: string, answer: Answer): CollectionContent | null {
  const text = keptText(localStorage, key);
  if (text === undefined || answer.state === 'submitted') return null;
  try {
    const kept = JSON.parse(text) as Kept;
    return kept.version === answer.version ? kept.content : null;
  } catch {
    return null;
  }
}
