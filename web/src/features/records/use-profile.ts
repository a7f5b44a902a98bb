import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { changeProfile, readProfile } from '@khuevan/core/contract/records.ts';
import { profile } from '@khuevan/core/records/profile.ts';
import { api, ProblemError } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { showSaved } from '../../ui/saved.ts';
import { outboxKey } from './outbox.ts';
import { isPassing } from './passing.ts';
import type { ShownFinding, StoredRecord } from './sheet-rows.ts';
import type { SaveResult, SheetServer } from './sheet-server.ts';
import { SheetStore } from './sheet-store.ts';

/** The profile is one record, saved like a row of a sheet. */
function serverOf(schoolId: string, schoolYear: number): SheetServer {
  const saveOne = async (version: string, values: Record<string, unknown>): Promise<SaveResult> => {
    try {
      const { record, findings } = await api(changeProfile, {
        params: { schoolId },
        query: { schoolYear },
        body: { version, values },
      });
      return { state: 'saved', record, findings, problem: null };
    } catch (error) {
      if (!(error instanceof ProblemError) || isPassing(error)) throw error;
      const { current, findings } = error.document as { current?: StoredRecord; findings?: ShownFinding[] };
      if (error.code === 'stale_record' && current)
        return { state: 'stale', record: current, findings: [], problem: null };
      return { state: 'refused', record: null, findings: findings ?? [], problem: error.text };
    }
  };
  return {
    save: (rows) => Promise.all(rows.map((row) => saveOne(row.version ?? '', row.values))),
    remove: () => Promise.reject(new Error('the profile is not removed')),
  };
}

export function useProfile() {
  const { me, unit, schoolYear } = useSession();
  const [attempt, setAttempt] = useState(0);
  const store = useMemo(
    () =>
      new SheetStore({
        kind: profile,
        server: serverOf(unit.id, schoolYear),
        storage: localStorage,
        outbox: outboxKey(me.account.id, unit.id, 'profile', schoolYear),
        view: String(attempt),
      }),
    [me.account.id, unit.id, schoolYear, attempt],
  );
  useEffect(() => {
    const stopped = new AbortController();
    api(readProfile, { params: { schoolId: unit.id }, query: { schoolYear }, signal: stopped.signal })
      .then((record) => {
        store.load([record]);
        store.note({ total: 1, isComplete: true, error: null });
      })
      .catch((error: unknown) => {
        if (!stopped.signal.aborted) store.note({ error });
      });
    const onOnline = () => store.retry();
    addEventListener('online', onOnline);
    return () => {
      stopped.abort();
      removeEventListener('online', onOnline);
      void store.leave();
    };
  }, [store, unit.id, schoolYear]);
  const state = useSyncExternalStore(store.subscribe, () => store.state);
  useEffect(() => showSaved(state.saved), [state.saved]);
  useEffect(() => () => showSaved({ state: 'idle' }), []);
  return { store, state, reload: () => setAttempt((count) => count + 1) };
}
