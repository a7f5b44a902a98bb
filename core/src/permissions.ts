/** Who may do what. One table, used by the server to refuse and by the web to hide. Which rows: row-level security. */
export const roles = ['clerk', 'head', 'reviewer', 'administrator', 'analyst'] as const;
export type Role = (typeof roles)[number];

/** Tier of the unit in which a role is held. */
export type UnitKind = 'ministry' | 'province' | 'district' | 'commune' | 'school';

export type Permission =
  | 'records.read' // records of persons
  | 'records.sensitive' // ethnicity, disability, policy group
  | 'records.write'
  | 'pins.reveal' // each use is written to the audit log
  | 'recognitions.write' // national standard, accreditation
  | 'reports.read'
  | 'reports.prepare'
  | 'reports.submit'
  | 'reviews.write' // approve, return, comment on reports of lower units
  | 'reports.reopen'
  | 'periods.write'
  | 'population.write' // tables of the population, the denominators of indicators
  | 'collections.write' // build, address and follow ad-hoc collections
  | 'checks.write' // severity and tolerance of checks for all units below
  | 'accounts.write'
  | 'delegations.write'
  | 'audit.read';

const everybody: Permission[] = ['reports.read'];
const schoolWork: Permission[] = [
  ...everybody,
  'records.read',
  'records.sensitive',
  'records.write',
  'pins.reveal',
  'reports.prepare',
  'reports.submit',
];
const office: Permission[] = [
  ...everybody,
  'records.read',
  'records.sensitive',
  'reports.prepare',
  'reports.submit',
  'reviews.write',
  'reports.reopen',
  'recognitions.write',
  'collections.write',
];

const byTier: Record<UnitKind, Partial<Record<Role, Permission[]>>> = {
  school: {
    clerk: schoolWork,
    head: [...schoolWork, 'delegations.write', 'accounts.write', 'audit.read'],
  },
  commune: { reviewer: office, administrator: [...office, 'accounts.write', 'delegations.write', 'audit.read'] },
  district: { reviewer: office, administrator: [...office, 'accounts.write', 'delegations.write', 'audit.read'] },
  province: {
    reviewer: [...office, 'population.write'],
    administrator: [
      ...office,
      'records.write',
      'periods.write',
      'population.write',
      'checks.write',
      'accounts.write',
      'delegations.write',
      'audit.read',
    ],
  },
  // The ministry works on snapshots and totals: it never opens records of persons.
  ministry: {
    analyst: everybody,
    reviewer: [...everybody, 'reviews.write', 'collections.write'],
    administrator: [
      ...everybody,
      'reviews.write',
      'reports.reopen',
      'periods.write',
      'population.write',
      'collections.write',
      'checks.write',
      'accounts.write',
      'delegations.write',
      'audit.read',
    ],
  },
};

/** Permissions of a role held in a unit of a tier. Empty for a combination that does not exist. */
export function permissionsOf(role: Role, kind: UnitKind): ReadonlySet<Permission> {
  return new Set(byTier[kind][role] ?? []);
}
