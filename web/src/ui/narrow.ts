import { useSyncExternalStore } from 'react';

const narrow = globalThis.matchMedia?.('(max-width: 860px)');

/** The same limit as in frame.css: below it lists are cards and menus are drawers. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow?.addEventListener('change', listener);
      return () => narrow?.removeEventListener('change', listener);
    },
    () => narrow?.matches ?? false,
  );
}
