import type { RecordKindName } from '@khuevan/core/records/field.ts';

/** Collection of a record kind, as in the API; a test compares it with the kinds themselves, which would be a lot to load for this. */
export const collections: Record<RecordKindName, string> = {
  profile: 'profile',
  site: 'sites',
  class: 'classes',
  student: 'students',
  staff: 'staff',
  room: 'rooms',
  budget: 'budget-lines',
};

/** Which record, and which of its fields, a link points at. */
export interface RecordLink {
  id?: string;
  field?: string;
  year?: number;
  search?: string;
  withFindings?: boolean;
}

function search(values: object): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false);
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return text && `?${text}`;
}

/** Every address of the web app. The same builders make the patterns of routes: `paths.home(':unitId')`. */
export const paths = {
  start: () => '/',
  signIn: (back?: string) => `/sign-in${search({ back })}`,
  account: () => '/account',
  home: (unitId: string) => `/units/${unitId}`,
  profile: (unitId: string, link: Pick<RecordLink, 'field' | 'year'> = {}) => `/units/${unitId}/profile${search(link)}`,
  /** `collection` as in the API: students, classes, staff, sites, rooms, budget-lines. */
  records: (unitId: string, collection: string, link: RecordLink = {}) => `/units/${unitId}/records/${collection}${search(link)}`,
  imports: (unitId: string, kind?: RecordKindName) => `/units/${unitId}/imports${search({ kind })}`,
  import: (unitId: string, importId: string) => `/units/${unitId}/imports/${importId}`,
  units: (unitId: string) => `/units/${unitId}/units`,
  accounts: (unitId: string) => `/units/${unitId}/accounts`,
  audit: (unitId: string) => `/units/${unitId}/audit`,
};
