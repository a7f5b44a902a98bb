import { X } from 'lucide-react';
import { closeNotice, useNotices } from './notices.ts';

export function NoticeList({ closeLabel }: { closeLabel: string }) {
  const notices = useNotices();
  return (
    <div className="kv-notices" role="status" aria-live="polite">
      {notices.map(({ id, tone, text, action }) => (
        <div key={id} className={`kv-notice kv-notice--${tone}`}>
          <span className="kv-notice__text">{text}</span>
          {action && (
            <button
              type="button"
              onClick={() => {
                closeNotice(id);
                action.run();
              }}
            >
              {action.label}
            </button>
          )}
          <button type="button" aria-label={closeLabel} onClick={() => closeNotice(id)}>
            <X size={16} aria-hidden />
          </button>
        </div>
      ))}
    </div>
  );
}
