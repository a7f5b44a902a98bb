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
  /** Codes, yes or no, or null for empty, by field. */
  filter?: Record<string, string[] | boolean | null>;
}

/** A place in a report: a step of its making or a view of it, and a cell to open there. */
export interface ReportLink {
  step?: 'data' | 'rooms' | 'budget' | 'check' | 'send' | 'form' | 'work' | 'differences' | 'history';
  cell?: string;
}

/** One form of one period, as boards, queues and totals are asked for. */
export interface FormLink {
  period?: string;
  form?: string;
}

function search(values: object): string {
  const given = Object.entries(values).filter(
    ([, value]) => value !== undefined && value !== null && value !== '' && value !== false,
  );
  const text = new URLSearchParams(
    given.map(([key, value]) => [key, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  ).toString();
  return text && `?${text}`;
}

/** Every address of the web app. The same builders make the patterns of routes: `paths.home(':unitId')`. */
export const paths = {
  start: () => '/',
  signIn: (back?: string) => `/sign-in${search({ back })}`,
  account: () => '/account',
  /** From the letter; what it proves stands behind the #, which is sent to no server. */
  confirmMail: () => '/confirm-mail',
  home: (unitId: string) => `/units/${unitId}`,
  profile: (unitId: string, link: Pick<RecordLink, 'field' | 'year'> = {}) => `/units/${unitId}/profile${search(link)}`,
  /** `collection` as in the API: students, classes, staff, sites, rooms, budget-lines. */
  records: (unitId: string, collection: string, link: RecordLink = {}) =>
    `/units/${unitId}/records/${collection}${search(link)}`,
  imports: (unitId: string, kind?: RecordKindName) => `/units/${unitId}/imports${search({ kind })}`,
  import: (unitId: string, importId: string) => `/units/${unitId}/imports/${importId}`,
  reports: (unitId: string) => `/units/${unitId}/reports`,
  report: (unitId: string, reportId: string, link: ReportLink = {}) =>
    `/units/${unitId}/reports/${reportId}${search(link)}`,
  /** The print of a submission, or of the draft. */
  print: (unitId: string, reportId: string, link: { no?: number } = {}) =>
    `/units/${unitId}/reports/${reportId}/print${search(link)}`,
  board: (unitId: string, link: FormLink & { show?: string } = {}) => `/units/${unitId}/board${search(link)}`,
  /** All forms of a period together, or one. */
  progress: (unitId: string, link: FormLink & { show?: string; area?: string } = {}) =>
    `/units/${unitId}/progress${search(link)}`,
  notices: (unitId: string) => `/units/${unitId}/notices`,
  commendations: (unitId: string) => `/units/${unitId}/commendations`,
  /** Why a unit has its points. */
  commendation: (unitId: string, ofUnitId: string) => `/units/${unitId}/commendations/${ofUnitId}`,
  reviews: (unitId: string, link: FormLink = {}) => `/units/${unitId}/reviews${search(link)}`,
  /** A report of `reportUnitId`, as `unitId` above it reviews it. */
  review: (unitId: string, reportUnitId: string, reportId: string, link: { view?: string; cell?: string } = {}) =>
    `/units/${unitId}/reviews/${reportUnitId}/${reportId}${search(link)}`,
  aggregate: (unitId: string, link: FormLink & { cell?: string } = {}) => `/units/${unitId}/aggregate${search(link)}`,
  aggregatePrint: (unitId: string, link: FormLink = {}) => `/units/${unitId}/aggregate/print${search(link)}`,
  indicators: (unitId: string, link: { level?: string } = {}) => `/units/${unitId}/indicators${search(link)}`,
  indicator: (unitId: string, slug: string) => `/units/${unitId}/indicators/${slug}`,
  population: (unitId: string, link: { year?: number } = {}) => `/units/${unitId}/population${search(link)}`,
  collections: (unitId: string) => `/units/${unitId}/collections`,
  /** The result of a collection, and who has answered. */
  collection: (unitId: string, collectionId: string, link: { state?: string } = {}) =>
    `/units/${unitId}/collections/${collectionId}${search(link)}`,
  collectionBuilder: (unitId: string, collectionId: string) => `/units/${unitId}/collections/${collectionId}/build`,
  /** The answer of a unit, which `unitId` is. */
  collectionAnswer: (unitId: string, collectionId: string) => `/units/${unitId}/collections/${collectionId}/answer`,
  checks: (unitId: string, link: FormLink = {}) => `/units/${unitId}/checks${search(link)}`,
  findings: (unitId: string, link: FormLink & { stage?: string; rule?: string } = {}) =>
    `/units/${unitId}/findings${search(link)}`,
  periods: (unitId: string) => `/units/${unitId}/periods`,
  /** The public check of a print, as its QR code carries it. */
  check: (code?: string) => (code ? `/kiem-tra/${code}` : '/kiem-tra'),
  units: (unitId: string) => `/units/${unitId}/units`,
  accounts: (unitId: string) => `/units/${unitId}/accounts`,
  audit: (unitId: string) => `/units/${unitId}/audit`,
};
