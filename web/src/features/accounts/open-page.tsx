import './sign-in.css';
import { type ReactNode, useEffect } from 'react';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';

/** A page for whoever is not signed in: the product's name, then what there is to do. `beside` stands below the box. */
export function OpenPage({ title, beside, children }: { title: string; beside?: ReactNode; children: ReactNode }) {
  const shell = useText(shellText);
  const general = useText(generalText);
  useEffect(() => {
    document.title = `${title} · ${general.product}`;
  }, [title, general]);
  return (
    <main className="kv-sign-in">
      <div className="kv-sign-in__box">
        <div className="kv-sign-in__brand">
          <strong>{general.product}</strong>
          <span>{shell.tagline}</span>
        </div>
        {children}
      </div>
      {beside}
    </main>
  );
}
