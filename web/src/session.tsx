import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router';
import type { z } from 'zod';
import {
  type me as meShape,
  type membership as membershipShape,
  readSession,
} from '@khuevan/core/contract/accounts.ts';
import { readUnit, type unit as unitShape } from '@khuevan/core/contract/units.ts';
import type { Permission } from '@khuevan/core/permissions.ts';
import { useAddressQuery } from './address-query.ts';
import { api, onSessionEnd, ProblemError, rememberCsrfToken } from './api.ts';
import { paths } from './paths.ts';
import { ProblemView } from './problem-text.tsx';
import { useRead } from './query.ts';
import { generalText } from './text/general.ts';
import { useText } from './text/words.ts';
import { Busy } from './ui/empty-state.tsx';

export type Me = z.output<typeof meShape>;
export type Membership = z.output<typeof membershipShape>;
export type Unit = z.output<typeof unitShape>;

export const sessionKey = ['session'];
/** Of the school's own work: an office never does it for a school below it. */
const onlyInOwnUnit: Permission[] = ['reports.prepare', 'reports.submit'];

export interface Session {
  me: Me;
  /** The unit on the screen: the one worked in, or one below it that is looked at. */
  unit: Pick<Unit, 'id' | 'kind' | 'code' | 'name' | 'levels'>;
  /** Names of the units above, nearest first, as far as they are known. */
  above: string[];
  /** The membership that the work is done with. */
  membership: Membership;
  /** False while a unit below is looked at. */
  isOwnUnit: boolean;
  /** First calendar year of the school year on the screen. */
  schoolYear: number;
  chooseSchoolYear: (year: number) => void;
  may: (permission: Permission) => boolean;
  /** The same for a form of a level: people may be responsible for some levels only. */
  mayFor: (permission: Permission, level: string) => boolean;
}

const SessionContext = createContext<Session | null>(null);

/** Everything below a unit's address may ask who works there and what they may do. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('no unit on this screen');
  return session;
}

export function useMe() {
  return useQuery<Me, unknown>({
    queryKey: sessionKey,
    staleTime: 5 * 60_000,
    retry: (failures, error) => !(error instanceof ProblemError) && failures < 3,
    queryFn: async ({ signal }) => {
      const answer = await api(readSession, { signal });
      rememberCsrfToken(answer.csrfToken);
      return answer;
    },
  });
}

/** Lets through who is signed in; others sign in first and come back to the same place. */
export function SignedIn({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useMe();
  const client = useQueryClient();
  const { pathname, search } = useLocation();
  const t = useText(generalText);
  // Only a session that was there can end: the answer "not signed in" to the question itself must not ask it again.
  useEffect(
    () =>
      onSessionEnd(() => {
        if (client.getQueryData(sessionKey)) void client.resetQueries({ queryKey: sessionKey });
      }),
    [client],
  );
  if (data) return children;
  if (error instanceof ProblemError && error.code === 'not_signed_in')
    return <Navigate to={paths.signIn(pathname === '/' ? undefined : pathname + search)} replace />;
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  return <Busy>{t.loading}</Busy>;
}

/** Resolves the unit of the address. */
export function UnitSession({ children }: { children: ReactNode }) {
  const { unitId = '' } = useParams();
  const { data: me } = useMe();
  const t = useText(generalText);
  const own = me?.memberships.find((each) => each.unitId === unitId);
  const read = useRead(readUnit, { params: { unitId } }, { staleTime: 10 * 60_000, enabled: unitId !== '' });
  const [schoolYear, chooseSchoolYear] = useSchoolYear(me?.schoolYear);
  const membership = own ?? rememberedMembership(me?.memberships ?? []);
  useEffect(() => {
    if (own) rememberUnit(own.unitId);
  }, [own]);
  const session = useMemo<Session | null>(() => {
    if (!me || !membership) return null;
    const unit = own
      ? { id: own.unitId, kind: own.unitKind, code: own.unitCode, name: own.unitName, levels: own.unitLevels }
      : read.data;
    if (!unit) return null;
    const held = own ? me.memberships.filter((each) => each.unitId === unitId) : me.memberships;
    const permissions = new Set(held.flatMap((each) => each.permissions));
    const may = (permission: Permission) =>
      permissions.has(permission) && (own !== undefined || !onlyInOwnUnit.includes(permission));
    const mayFor = (permission: Permission, level: string) =>
      may(permission) &&
      held.some(
        ({ permissions: given, levels }) => given.includes(permission) && (levels === null || levels.includes(level)),
      );
    return {
      me,
      unit,
      above: read.data?.above.map((each) => each.name) ?? [],
      membership,
      isOwnUnit: own !== undefined,
      schoolYear,
      chooseSchoolYear,
      may,
      mayFor,
    };
  }, [me, membership, own, read.data, schoolYear, chooseSchoolYear, unitId]);
  // Until then the server answers nothing but the own account.
  if (me?.account.mustChangePassword || me?.account.mustSetUpTwoStep) return <Navigate to={paths.account()} replace />;
  if (session) return <SessionContext value={session}>{children}</SessionContext>;
  if (read.error) return <ProblemView error={read.error} onRetry={() => void read.refetch()} />;
  return <Busy>{t.loading}</Busy>;
}

/** A link may name the year; the choice then stays for this tab. */
function useSchoolYear(current: number | undefined): [number, (year: number) => void] {
  const [search, changeSearch] = useAddressQuery({ replace: true });
  const linked = Number(search.get('year')) || undefined;
  const [chosen, setChosen] = useState(() => linked ?? (Number(sessionStorage.getItem('khuevan.year')) || undefined));
  const year = linked ?? chosen ?? current ?? 0;
  const choose = useMemo(
    () => (next: number) => {
      sessionStorage.setItem('khuevan.year', String(next));
      setChosen(next);
      changeSearch((rest) => rest.delete('year'));
    },
    [changeSearch],
  );
  return [year, choose];
}

const lastUnitKey = 'khuevan.unit';

function rememberUnit(unitId: string): void {
  localStorage.setItem(lastUnitKey, unitId);
}

/** The membership used last on this device, else the first. */
export function rememberedMembership(memberships: Membership[]): Membership | undefined {
  const last = localStorage.getItem(lastUnitKey);
  return memberships.find((each) => each.unitId === last) ?? memberships[0];
}
