import { useSyncExternalStore } from 'react';

export type Language = 'vi' | 'en';
export type Theme = 'light' | 'dark' | 'system';
interface Preferences {
  language: Language;
  theme: Theme;
}

const key = 'khuevan.preferences';
const fallback: Preferences = { language: 'vi', theme: 'system' };
const listeners = new Set<() => void>();

function read(): Preferences {
  try {
    return { ...fallback, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences>) };
  } catch {
    return fallback;
  }
}

let current = read();

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden: the choice then holds until the page closes.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => current);
}

export function currentLanguage(): Language {
  return current.language;
}

/** What the browser says of its person's system, now and whenever it changes. */
function systemAsk(question: string): () => boolean {
  const asked = globalThis.matchMedia?.(question);
  const follow = (listener: () => void) => {
    asked?.addEventListener('change', listener);
    return () => asked?.removeEventListener('change', listener);
  };
  return () => useSyncExternalStore(follow, () => asked?.matches ?? false);
}

/** Whether this person's system asks for less movement on the screen. */
export const useStillness = systemAsk('(prefers-reduced-motion: reduce)');

const useSystemDark = systemAsk('(prefers-color-scheme: dark)');

/** The theme to paint: the person's choice, else the system's. */
export function useIsDark(): boolean {
  const { theme } = usePreferences();
  const dark = useSystemDark();
  return theme === 'system' ? dark : theme === 'dark';
}
