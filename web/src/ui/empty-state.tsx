import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** Says that there is nothing, why, and what to do about it. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon?: LucideIcon;
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <div className="kv-empty">
      {Icon && <Icon size={36} strokeWidth={1.5} aria-hidden />}
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div className="kv-row">{actions}</div>}
    </div>
  );
}

export function Busy({ children }: { children: ReactNode }) {
  return (
    <div className="kv-busy" role="status">
      {children}
    </div>
  );
}
