import { useQueryClient } from '@tanstack/react-query';
import { CloudOff, GitCompare, type LucideIcon, Save, UserRound } from 'lucide-react';
import type { MenuProps } from 'antd';
import { lazy, Suspense } from 'react';
import { useNavigate } from 'react-router';
import { signOut } from '@khuevan/core/contract/accounts.ts';
import { api } from './api.ts';
import { paths } from './paths.ts';
import { changePreferences, type Language, type Theme, usePreferences } from './preferences.ts';
import { useNotifyProblem } from './problem-text.tsx';
import { type Session, useMe } from './session.tsx';
import { shellText } from './text/shell.ts';
import { useText } from './text/words.ts';
import { formatClock, formatSchoolYear } from './ui/format.ts';
import { Picker } from './ui/picker.tsx';
import { type Saved, useSaved } from './ui/saved.ts';
import { Tag, type Tone } from './ui/tag.tsx';

const NoticeBell = lazy(() => import('./features/notices/bell.tsx'));
const StudentSearch = lazy(() => import('./features/records/student-search.tsx'));

/** What stands at the right of the top bar. */
export function UnitTools({ session }: { session: Session }) {
  return (
    <>
      <SavedBadge />
      {session.may('records.read') && (
        <Suspense fallback={null}>
          <StudentSearch />
        </Suspense>
      )}
      <SchoolYearPicker session={session} className="kv-wide-only" />
      {session.isOwnUnit && (
        <Suspense fallback={null}>
          <NoticeBell />
        </Suspense>
      )}
      <AccountMenu />
    </>
  );
}

const yearsOffered = 6;

export function SchoolYearPicker({ session, className = '' }: { session: Session; className?: string }) {
  const t = useText(shellText);
  const { me, schoolYear, chooseSchoolYear } = session;
  const newest = Math.max(me.schoolYear + 1, schoolYear);
  const years = Array.from({ length: yearsOffered }, (_, index) => newest - index);
  return (
    <Picker
      className={className}
      label={t.schoolYear}
      shown={t.schoolYearOf(formatSchoolYear(schoolYear))}
      items={years.map((year) => ({ key: String(year), label: t.schoolYearOf(formatSchoolYear(year)) }))}
      selected={[String(schoolYear)]}
      onPick={(year) => chooseSchoolYear(Number(year))}
    />
  );
}

const savedLooks: Record<Exclude<Saved['state'], 'idle'>, { tone: Tone; icon: LucideIcon }> = {
  saving: { tone: 'plain', icon: Save },
  saved: { tone: 'good', icon: Save },
  held: { tone: 'warn', icon: CloudOff },
  conflict: { tone: 'bad', icon: GitCompare },
};

/** What has become of the typing on this screen; on narrow screens in a word. */
function SavedBadge() {
  const t = useText(shellText);
  const saved = useSaved();
  if (saved.state === 'idle') return <span role="status" />;
  const [long, short] = wordsOf(saved, t);
  return (
    <span role="status">
      <Tag {...savedLooks[saved.state]}>
        <span className="kv-wide-only">{long}</span>
        <span className="kv-narrow-only">{short}</span>
      </Tag>
    </span>
  );
}

function wordsOf(saved: Exclude<Saved, { state: 'idle' }>, t: (typeof shellText)['vi']): [long: string, short: string] {
  switch (saved.state) {
    case 'saving':
      return [t.saving, t.saving];
    case 'saved':
      return [t.savedAt(formatClock(saved.at)), formatClock(saved.at)];
    case 'held':
      return [t.held(saved.count), t.heldShort(saved.count)];
    case 'conflict':
      return [t.conflict, t.conflictShort];
  }
}

export function AccountMenu() {
  const t = useText(shellText);
  const navigate = useNavigate();
  const { data: me } = useMe();
  const { language, theme } = usePreferences();
  const client = useQueryClient();
  const notifyProblem = useNotifyProblem();
  const leave = async () => {
    try {
      await api(signOut);
      client.clear();
      await navigate(paths.signIn());
    } catch (error) {
      notifyProblem(error);
    }
  };
  const items: NonNullable<MenuProps['items']> = [
    { key: 'account', label: t.account },
    { type: 'divider' },
    {
      type: 'group',
      label: t.language,
      children: [
        { key: 'language:vi', label: t.vietnamese },
        { key: 'language:en', label: t.english },
      ],
    },
    {
      type: 'group',
      label: t.theme,
      children: [
        { key: 'theme:light', label: t.light },
        { key: 'theme:dark', label: t.dark },
        { key: 'theme:system', label: t.system },
      ],
    },
    { type: 'divider' },
    { key: 'sign-out', label: t.signOut },
  ];
  const pick = (key: string) => {
    const [what, value] = key.split(':');
    if (what === 'language') changePreferences({ language: value as Language });
    else if (what === 'theme') changePreferences({ theme: value as Theme });
    else if (what === 'account') void navigate(paths.account());
    else void leave();
  };
  const shown = (
    <>
      <span className="kv-wide-only">{me?.account.displayName}</span>
      <UserRound size={18} className="kv-narrow-only" aria-hidden />
    </>
  );
  return (
    <Picker
      label={t.accountMenu}
      shown={shown}
      items={items}
      selected={[`language:${language}`, `theme:${theme}`]}
      onPick={pick}
    />
  );
}
