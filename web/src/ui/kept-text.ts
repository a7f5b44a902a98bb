import { useState } from 'react';

export type TextStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const prefix = 'khuevan.draft.';

/** What was typed under a key on this device and has not been sent; undefined where nothing is kept. */
export function keptText(storage: TextStorage, key: string): string | undefined {
  try {
    return storage.getItem(prefix + key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text, or forgets it. A device that refuses to keep must not stop the typing. */
export function keepText(storage: TextStorage, key: string, text: string | undefined): void {
  try {
    if (text) storage.setItem(prefix + key, text);
    else storage.removeItem(prefix + key);
  } catch {
    // Full or forbidden storage: the text lives as long as the page.
  }
}

/**
 * Text that survives a reload until it is sent: `forget` is called then and leaves what stands in the field.
 * The key names the account, so that nobody else on this device gets to see it.
 */
export function useKeptText(
  key: string,
  initial = '',
): [text: string, change: (text: string) => void, forget: () => void] {
  const [typed, setTyped] = useState(() => ({ key, text: keptText(localStorage, key) }));
  const current = typed.key === key ? typed.text : keptText(localStorage, key);
  const change = (text: string) => {
    keepText(localStorage, key, text === initial ? undefined : text);
    setTyped({ key, text });
  };
  const forget = () => keepText(localStorage, key, undefined);
  return [current ?? initial, change, forget];
}
