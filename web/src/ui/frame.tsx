import { Menu, X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Link, useLocation } from 'react-router';

export interface FrameEntry {
  key: string;
  href: string;
  label: string;
  count?: number;
  isCurrent: boolean;
}

export interface FrameSection {
  key: string;
  title: string | null;
  entries: FrameEntry[];
}

interface FrameProps {
  brand: { name: string; tagline: string; href: string };
  menu: FrameSection[];
  words: { skip: string; mainMenu: string; openMenu: string; closeMenu: string };
  place: ReactNode;
  tools: ReactNode;
  banners?: ReactNode;
  /** Shown below the menu in the drawer of narrow screens. */
  drawerTools?: ReactNode;
  children: ReactNode;
}

/** Side menu, top bar and work area; on narrow screens the menu is a drawer. */
export function Frame({ brand, menu, words, place, tools, banners, drawerTools, children }: FrameProps) {
  const drawer = useRef<HTMLDialogElement>(null);
  const { pathname } = useLocation();
  useEffect(() => drawer.current?.close(), [pathname]);
  return (
    <div className="kv-frame">
      <a className="kv-skip" href="#main">
        {words.skip}
      </a>
      <div className="kv-side">
        <SideMenu menu={menu} label={words.mainMenu} brand={<Brand {...brand} />} />
      </div>
      <div className="kv-work">
        <header className="kv-top">
          <button
            type="button"
            className="kv-menu-button"
            aria-label={words.openMenu}
            onClick={() => drawer.current?.showModal()}
          >
            <Menu size={22} aria-hidden />
          </button>
          {place}
          {tools}
        </header>
        {banners}
        <main id="main" className="kv-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <dialog ref={drawer} className="kv-drawer" aria-label={words.mainMenu}>
        <div className="kv-side">
          <button
            type="button"
            className="kv-menu-button"
            aria-label={words.closeMenu}
            onClick={() => drawer.current?.close()}
          >
            <X size={22} aria-hidden />
          </button>
          <SideMenu menu={menu} label={words.mainMenu} />
          {drawerTools}
        </div>
      </dialog>
    </div>
  );
}

function Brand({ name, tagline, href }: FrameProps['brand']) {
  return (
    <Link className="kv-brand" to={href}>
      <strong>{name}</strong>
      <span>{tagline}</span>
    </Link>
  );
}

function SideMenu({ menu, label, brand }: { menu: FrameSection[]; label: string; brand?: ReactNode }) {
  const id = useId();
  return (
    <nav className="kv-menu" aria-label={label}>
      {brand}
      {menu.map((section) => (
        <div key={section.key}>
          {section.title && <h2 id={`${id}-${section.key}`}>{section.title}</h2>}
          <ul aria-labelledby={section.title ? `${id}-${section.key}` : undefined}>
            {section.entries.map((entry) => (
              <li key={entry.key}>
                <Link to={entry.href} aria-current={entry.isCurrent ? 'page' : undefined}>
                  <span>{entry.label}</span>
                  {entry.count ? <span className="kv-menu__count">{entry.count}</span> : null}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
