import { type ReactNode, useEffect } from 'react';

interface PageHeaderProps {
  title: string;
  /** After the title on its line: a state, a count. */
  beside?: ReactNode;
  sub?: ReactNode;
  actions?: ReactNode;
}

/** The one heading of a screen; also the title of the browser tab. */
export function PageHeader({ title, beside, sub, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Khuê Văn`;
  }, [title]);
  return (
    <div className="kv-head">
      <div className="kv-head__words">
        <div className="kv-head__line">
          <h1>{title}</h1>
          {beside}
        </div>
        {sub && <p className="kv-head__sub">{sub}</p>}
      </div>
      {actions && <div className="kv-row">{actions}</div>}
    </div>
  );
}
