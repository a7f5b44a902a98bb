import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** A failure in words, with the way out. */
export function Failure({ title, children, action }: { title?: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="kv-failure" role="alert">
      <CircleAlert size={18} aria-hidden />
      <div>
        {title && <strong>{title}</strong>}
        <div>{children}</div>
        {action}
      </div>
    </div>
  );
}
