import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { api, ProblemError } from '../../api.ts';
import { currentLanguage } from '../../preferences.ts';
import { useSession } from '../../session.tsx';
import { notify } from '../../ui/notices.ts';
import { showSaved } from '../../ui/saved.ts';
import type { ListKind } from './collections.ts';
import { outboxKey } from './outbox.ts';
import { isPassing } from './passing.ts';
import { listQuery, type SheetQuery } from './sheet-query.ts';
import type { SheetServer } from './sheet-server.ts';
import { SheetStore } from './sheet-store.ts';

const firstPageSize = 40;
const pageSize = 200;

function serverOf(kind: ListKind, schoolId: string, schoolYear: number): SheetServer {
  const endpoints = recordEndpoints[kind.name];
  return {
    save: async (rows, idempotencyKey) => {
      try {
        const { results } = await api(endpoints.changeMany, {
          params: { schoolId },
          query: { schoolYear },
          body: { changes: rows },
          idempotencyKey,
        });
        return results;
      } catch (error) {
        if (!(error instanceof ProblemError) || isPassing(error)) throw error;
        return rows.map(() => ({ state: 'refused' as const, record: null, findings: [], problem: error.text }));
      }
    },
    remove: async (id, version) => {
      try {
        await api(endpoints.remove, { params: { schoolId, id }, query: { version } });
        return null;
      } catch (error) {
        if (!(error instanceof ProblemError) || isPassing(error)) throw error;
        return error.text;
      }
    },
  };
}

/** Fills the sheet page by page. */
async function load(
  store: SheetStore,
  kind: ListKind,
  schoolId: string,
  query: ReturnType<typeof listQuery>,
  linkedId: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { list, read } = recordEndpoints[kind.name];
  if (linkedId) store.load([await api(read, { params: { schoolId, id: linkedId }, signal })], 'start');
  const readPage = async (page: number, size: number) => {
    const { total, records } = await api(list, {
      params: { schoolId },
      query: { ...query, page, pageSize: size },
      signal,
    });
    signal.throwIfAborted();
    store.load(records);
    const isLast = records.length < size || page * size >= total;
    store.note({ total, isComplete: isLast, error: null });
    return isLast;
  };
  // The rows in sight first, then all of them.
  if (!(await readPage(1, firstPageSize))) {
    for (let page = 1; !(await readPage(page, pageSize)); page++);
  }
  store.restoreNewRows();
  await store.sendOthers();
}

/** The sheet of one kind in the school and year on the screen. */
export function useSheet(kind: ListKind, query: SheetQuery, linkedId: string | null) {
  const { me, unit, schoolYear } = useSession();
  const schoolId = unit.id;
  const accountId = me.account.id;
  const asked = JSON.stringify(listQuery(query, schoolYear));
  const [attempt, setAttempt] = useState(0);
  const store = useMemo(
    () =>
      new SheetStore({
        kind,
        server: serverOf(kind, schoolId, schoolYear),
        storage: localStorage,
        outbox: outboxKey(accountId, schoolId, kind.name, schoolYear),
        onRemovalRefused: (reason) => notify(reason[currentLanguage()], { tone: 'bad' }),
        view: `${asked} ${linkedId} ${attempt}`,
      }),
    [kind, schoolId, schoolYear, accountId, asked, linkedId, attempt],
  );
  useEffect(() => {
    const stopped = new AbortController();
    load(store, kind, schoolId, JSON.parse(asked) as ReturnType<typeof listQuery>, linkedId, stopped.signal).catch(
      (error: unknown) => {
        if (!stopped.signal.aborted) store.note({ error });
      },
    );
    const onOnline = () => store.retry();
    addEventListener('online', onOnline);
    return () => {
      stopped.abort();
      removeEventListener('online', onOnline);
      void store.leave();
    };
  }, [store, kind, schoolId, asked, linkedId]);
  const state = useSyncExternalStore(store.subscribe, () => store.state);
  useEffect(() => showSaved(state.saved), [state.saved]);
  useEffect(() => () => showSaved({ state: 'idle' }), []);
  return { store, state, reload: () => setAttempt((count) => count + 1) };
}
