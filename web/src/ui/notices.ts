import { useSyncExternalStore } from 'react';

/** Short notices in a corner, read out by screen readers. One may carry an action, such as undo. */
export interface Notice {
  id: number;
  tone: 'good' | 'bad' | 'plain';
  text: string;
  action?: { label: string; run: () => void };
}

const shownMs = 6000;
const shownWithActionMs = 12_000;
let notices: Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function publish(next: Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export function closeNotice(id: number): void {
  publish(notices.filter((each) => each.id !== id));
}

export function notify(text: string, options: { tone?: Notice['tone']; action?: Notice['action'] } = {}): void {
  const notice: Notice = {
    id: ++lastId,
    tone: options.tone ?? 'good',
    text,
    ...(options.action && { action: options.action }),
  };
  publish([...notices.slice(-3), notice]);
  // A failure stays until it is closed: people look at the keyboard, not at the corner.
  if (notice.tone !== 'bad') setTimeout(() => closeNotice(notice.id), options.action ? shownWithActionMs : shownMs);
}

export function useNotices(): Notice[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => notices,
  );
}
