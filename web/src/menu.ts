import type { Permission, UnitKind } from '@khuevan/core/permissions.ts';
import { paths } from './paths.ts';
import type { menuText } from './text/menu.ts';

type MenuWords = (typeof menuText)['vi'];

export interface MenuEntry {
  key: keyof MenuWords['entries'];
  section: keyof MenuWords['sections'];
  /** Tiers whose unit has this entry. */
  kinds: UnitKind[];
  permission: Permission;
  path: (unitId: string) => string;
  /** Also shown while an office looks at a unit below. */
  isForVisitors?: boolean;
}

const school: UnitKind[] = ['school'];
const offices: UnitKind[] = ['ministry', 'province', 'district', 'commune'];
const everywhere: UnitKind[] = [...school, ...offices];

const sheet = (collection: MenuEntry['key']): MenuEntry => ({
  key: collection,
  section: 'records',
  kinds: school,
  permission: 'records.read',
  path: (unitId) => paths.records(unitId, collection),
  isForVisitors: true,
});

/** The side menu, in its order. A feature adds its entries here and their words in text/menu.ts. */
export const menuEntries: MenuEntry[] = [
  {
    key: 'home',
    section: 'work',
    kinds: everywhere,
    permission: 'reports.read',
    path: paths.home,
    isForVisitors: true,
  },
  {
    key: 'profile',
    section: 'records',
    kinds: school,
    permission: 'records.read',
    path: (unitId) => paths.profile(unitId),
    isForVisitors: true,
  },
  sheet('sites'),
  sheet('classes'),
  sheet('students'),
  sheet('staff'),
  sheet('rooms'),
  sheet('budget-lines'),
  {
    key: 'reports',
    section: 'reports',
    kinds: everywhere,
    permission: 'reports.read',
    path: paths.reports,
    isForVisitors: true,
  },
  {
    key: 'collections',
    section: 'reports',
    kinds: everywhere,
    permission: 'reports.read',
    path: paths.collections,
    isForVisitors: true,
  },
  {
    key: 'board',
    section: 'follow',
    kinds: offices,
    permission: 'reports.read',
    path: (unitId) => paths.board(unitId),
    isForVisitors: true,
  },
  {
    key: 'reviews',
    section: 'follow',
    kinds: offices,
    permission: 'reviews.write',
    path: (unitId) => paths.reviews(unitId),
  },
  {
    key: 'findings',
    section: 'follow',
    kinds: offices,
    permission: 'reviews.write',
    path: (unitId) => paths.findings(unitId),
  },
  {
    key: 'aggregate',
    section: 'follow',
    kinds: offices,
    permission: 'reports.read',
    path: (unitId) => paths.aggregate(unitId),
    isForVisitors: true,
  },
  {
    key: 'indicators',
    section: 'follow',
    kinds: everywhere,
    permission: 'reports.read',
    path: (unitId) => paths.indicators(unitId),
    isForVisitors: true,
  },
  {
    key: 'population',
    section: 'follow',
    kinds: offices,
    permission: 'reports.read',
    path: (unitId) => paths.population(unitId),
  },
  {
    key: 'imports',
    section: 'tools',
    kinds: school,
    permission: 'records.write',
    path: (unitId) => paths.imports(unitId),
  },
  {
    key: 'units',
    section: 'manage',
    kinds: offices,
    permission: 'reports.read',
    path: paths.units,
    isForVisitors: true,
  },
  { key: 'periods', section: 'manage', kinds: offices, permission: 'reports.read', path: paths.periods },
  {
    key: 'checks',
    section: 'manage',
    kinds: offices,
    permission: 'reports.read',
    path: (unitId) => paths.checks(unitId),
  },
  { key: 'accounts', section: 'manage', kinds: everywhere, permission: 'delegations.write', path: paths.accounts },
  { key: 'audit', section: 'manage', kinds: everywhere, permission: 'audit.read', path: paths.audit },
];
