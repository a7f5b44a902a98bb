import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CollectionContent } from '@khuevan/core/collections/content.ts';
import { readAnswer, saveAnswer } from '@khuevan/core/contract/collection-answers.ts';
import { api, ProblemError } from '../../api.ts';
import { keyOf } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { keepText, keptText } from '../../ui/kept-text.ts';
import { showSaved } from '../../ui/saved.ts';
import type { SaveState } from '../reports/index.ts';
import type { Answer } from './collection-data.ts';
import { tellShell, VersionedSaver } from './versioned-saver.ts';

const pauseMs = 800;

interface Kept {
  version: number;
  content: CollectionContent;
}

export interface AnswerDraft {
  content: CollectionContent;
  state: SaveState;
  /** What the server would not take, if it would not. */
  refusal: Error | null;
  /** Another answer that was saved meanwhile. */
  conflict: Answer | null;
  change: (edit: (old: CollectionContent) => CollectionContent) => void;
  /** Puts an answer of the server in place: from a file, or somebody else's. */
  take: (answer: Answer) => void;
  keepMine: () => void;
  /** The version in which all that was typed is stored, or null where it could not be. */
  flush: () => Promise<number | null>;
}

/** What stands on the screen, for changes that come before it is drawn anew. */
class ContentBox {
  private content: CollectionContent;

  constructor(content: CollectionContent) {
    this.content = content;
  }

  put(content: CollectionContent): CollectionContent {
    this.content = content;
    return content;
  }

  change(edit: (old: CollectionContent) => CollectionContent): CollectionContent {
    return this.put(edit(this.content));
  }
}

interface Watch {
  keptAs: string;
  onState: (state: SaveState, error?: unknown) => void;
}

function useAnswerSaver(answer: Answer, collectionId: string, { keptAs, onState }: Watch): VersionedSaver {
  const client = useQueryClient();
  const params = { unitId: answer.unitId, collectionId };
  const [saver] = useState(
    () =>
      new VersionedSaver({
        version: answer.version,
        delayMs: pauseMs,
        onState,
        onStored: () => keepText(localStorage, keptAs, undefined),
        send: async (version, text) => {
          const body = { version, ...(JSON.parse(text) as CollectionContent) };
          const saved = await api(saveAnswer, { params, body });
          client.setQueryData(keyOf(readAnswer, { params }), saved);
          return saved.version;
        },
      }),
  );
  useEffect(() => {
    const retry = () => saver.retry();
    addEventListener('online', retry);
    return () => {
      removeEventListener('online', retry);
      saver.leave();
    };
  }, [saver]);
  return saver;
}

/** An answer in the making: saved as it is typed, kept on this device until it is. */
export function useAnswerDraft(answer: Answer, collectionId: string): AnswerDraft {
  const { me } = useSession();
  const client = useQueryClient();
  const keptAs = `${me.account.id}.${answer.unitId}.${collectionId}.answer`;
  const [first] = useState(() => readKept(keptAs, answer));
  const [content, setContent] = useState<CollectionContent>(
    first?.content ?? { cells: answer.cells, rows: answer.rows },
  );
  const [box] = useState(() => new ContentBox(content));
  const [state, setState] = useState<SaveState>('idle');
  const [refusal, setRefusal] = useState<Error | null>(null);
  const [conflict, setConflict] = useState<Answer | null>(first && first.version !== answer.version ? answer : null);
  const onState = (next: SaveState, error?: unknown) => {
    setState(next);
    setRefusal(next === 'refused' && error instanceof Error ? error : null);
    tellShell(next);
    if (error instanceof ProblemError && error.code === 'stale_record') {
      setConflict(error.document.current as Answer);
      showSaved({ state: 'conflict' });
    }
  };
  const saver = useAnswerSaver(answer, collectionId, { keptAs, onState });
  // Kept from an earlier visit and never stored.
  useEffect(() => {
    if (first?.version === answer.version) saver.type(JSON.stringify(first.content));
    // Once: later versions are what this screen itself has stored.
  }, [first, saver, answer.version]);
  const store = (next: CollectionContent) => {
    setContent(next);
    keepText(localStorage, keptAs, JSON.stringify({ version: saver.over, content: next } satisfies Kept));
    saver.type(JSON.stringify(next));
  };
  return {
    content,
    state,
    refusal,
    conflict,
    take(next) {
      saver.restart(next.version);
      keepText(localStorage, keptAs, undefined);
      client.setQueryData(keyOf(readAnswer, { params: { unitId: answer.unitId, collectionId } }), next);
      setConflict(null);
      setRefusal(null);
      setState('idle');
      setContent(box.put({ cells: next.cells, rows: next.rows }));
    },
    change: (edit) => store(box.change(edit)),
    keepMine() {
      if (conflict) saver.restart(conflict.version);
      setConflict(null);
      store(content);
    },
    flush: () => saver.flush(),
  };
}

/** What was typed on this device and never stored; over an older version the reader chooses between both. */
function readKept(key: string, answer: Answer): Kept | null {
  const text = keptText(localStorage, key);
  if (text === undefined || answer.state === 'submitted') return null;
  try {
    return JSON.parse(text) as Kept;
  } catch {
    return null;
  }
}
