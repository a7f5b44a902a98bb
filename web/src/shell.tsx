import { onlineManager } from '@tanstack/react-query';
import { type ReactNode, Suspense, useSyncExternalStore } from 'react';
import { Link, Navigate, Outlet, useLocation, useNavigate } from 'react-router';
import { menuEntries } from './menu.ts';
import { paths } from './paths.ts';
import { rememberedMembership, type Session, SignedIn, UnitSession, useMe, useSession } from './session.tsx';
import { AccountMenu, SchoolYearPicker, UnitTools } from './shell-tools.tsx';
import { generalText } from './text/general.ts';
import { menuText } from './text/menu.ts';
import { shellText } from './text/shell.ts';
import { useText } from './text/words.ts';
import { Busy } from './ui/empty-state.tsx';
import { Frame, type FrameSection } from './ui/frame.tsx';
import { Picker } from './ui/picker.tsx';
import { useTaskCount } from './features/tasks/tasks.ts';

/** The frame around every screen of a unit. */
export function UnitShell() {
  return (
    <SignedIn>
      <UnitSession>
        <UnitFrame />
      </UnitSession>
    </SignedIn>
  );
}

function UnitFrame() {
  const session = useSession();
  return (
    <ShellFrame
      home={paths.home(session.membership.unitId)}
      menu={useMenu(session)}
      place={<Place session={session} />}
      tools={<UnitTools session={session} />}
      drawerTools={<SchoolYearPicker session={session} />}
      banners={<Banners session={session} />}
    >
      <Outlet />
    </ShellFrame>
  );
}

/** The same frame for screens that belong to no unit: the own account. */
export function AccountShell() {
  return (
    <SignedIn>
      <AccountFrame />
    </SignedIn>
  );
}

function AccountFrame() {
  const { data: me } = useMe();
  const text = useText(menuText);
  const home = rememberedMembership(me?.memberships ?? []);
  const href = home ? paths.home(home.unitId) : paths.start();
  const menu: FrameSection[] = [
    { key: 'work', title: null, entries: [{ key: 'home', href, label: text.entries.home, isCurrent: false }] },
  ];
  return (
    <ShellFrame
      home={href}
      menu={menu}
      place={
        <div className="kv-top__place">
          <span className="kv-top__unit">{home?.unitName}</span>
        </div>
      }
      tools={<AccountMenu />}
    >
      <Outlet />
    </ShellFrame>
  );
}

/** Opens where the account worked last. */
export function StartRedirect() {
  return (
    <SignedIn>
      <RedirectHome />
    </SignedIn>
  );
}

function RedirectHome() {
  const { data: me } = useMe();
  const home = rememberedMembership(me?.memberships ?? []);
  return <Navigate to={home ? paths.home(home.unitId) : paths.account()} replace />;
}

interface ShellFrameProps {
  home: string;
  menu: FrameSection[];
  place: ReactNode;
  tools: ReactNode;
  banners?: ReactNode;
  drawerTools?: ReactNode;
  children: ReactNode;
}

function ShellFrame({ home, children, ...rest }: ShellFrameProps) {
  const t = useText(shellText);
  const general = useText(generalText);
  return (
    <Frame
      brand={{ name: general.product, tagline: t.tagline, href: home }}
      words={{ skip: t.skip, mainMenu: t.mainMenu, openMenu: t.openMenu, closeMenu: t.closeMenu }}
      {...rest}
    >
      <Suspense fallback={<Busy>{general.loading}</Busy>}>{children}</Suspense>
    </Frame>
  );
}

function useMenu(session: Session): FrameSection[] {
  const text = useText(menuText);
  const { pathname } = useLocation();
  const taskCount = useTaskCount();
  const { unit, isOwnUnit, may } = session;
  const shown = menuEntries.filter(
    (entry) => entry.kinds.includes(unit.kind) && may(entry.permission) && (isOwnUnit || entry.isForVisitors),
  );
  const sections: FrameSection[] = [];
  for (const entry of shown) {
    const href = entry.path(unit.id);
    const isCurrent = entry.key === 'home' ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);
    let section = sections.find((each) => each.key === entry.section);
    if (!section)
      sections.push(
        (section = {
          key: entry.section,
          title: entry.section === 'work' ? null : text.sections[entry.section],
          entries: [],
        }),
      );
    section.entries.push({
      key: entry.key,
      href,
      label: text.entries[entry.key],
      isCurrent,
      ...(entry.key === 'home' && taskCount ? { count: taskCount } : {}),
    });
  }
  return sections;
}

function Place({ session }: { session: Session }) {
  const t = useText(shellText);
  const navigate = useNavigate();
  const { me, unit, above, membership, isOwnUnit } = session;
  const items = me.memberships.map((each) => ({ key: each.unitId, label: `${each.unitName} · ${t.roles[each.role]}` }));
  const distinct = items.filter((item, index) => items.findIndex((other) => other.key === item.key) === index);
  const name = isOwnUnit ? unit.name : membership.unitName;
  return (
    <div className="kv-top__place">
      {distinct.length > 1 ? (
        <Picker
          label={t.chooseUnit}
          shown={name}
          items={distinct}
          selected={[membership.unitId]}
          onPick={(unitId) => void navigate(paths.home(unitId))}
        />
      ) : (
        <span className="kv-top__unit">{name}</span>
      )}
      {isOwnUnit && above[0] && <span className="kv-top__above">{above[0]}</span>}
    </div>
  );
}

function Banners({ session }: { session: Session }) {
  const t = useText(shellText);
  const { me, unit, membership, isOwnUnit } = session;
  const isOnline = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  return (
    <>
      {!isOnline && (
        <div className="kv-banner kv-banner--warn" role="status">
          {t.offline}
        </div>
      )}
      {me.account.mustChangePassword && (
        <div className="kv-banner kv-banner--warn" role="status">
          {t.mustChangePassword} <Link to={paths.account()}>{t.account}</Link>
        </div>
      )}
      {!isOwnUnit && (
        <div className="kv-banner" role="status">
          {t.visiting(unit.name)} <Link to={paths.home(membership.unitId)}>{t.backToOwn}</Link>
        </div>
      )}
    </>
  );
}
