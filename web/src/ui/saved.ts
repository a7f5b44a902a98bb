import { useSyncExternalStore } from 'react';

/** What the shell says about the work of the screen: nothing, being saved, saved at, kept on this device, or in conflict. */
export type Saved =
  | { state: 'idle' }
  | { state: 'saving' }
  | { state: 'saved'; at: number }
  | { state: 'held'; count: number }
  | { state: 'conflict' };

let current: Saved = { state: 'idle' };
const listeners = new Set<() => void>();

export function showSaved(saved: Saved): void {
  current = saved;
  for (const listener of listeners) listener();
}

export function useSaved(): Saved {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
