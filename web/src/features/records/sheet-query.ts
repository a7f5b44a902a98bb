import { useMemo } from 'react';
import { useAddressQuery } from '../../address-query.ts';

/** Values that a field may have: codes, yes and no, or empty. */
export type FieldFilter = string[] | boolean | null;

/** Which rows the sheet shows and in which order: kept in the address, so that it can be shared and gone back to. */
export interface SheetQuery {
  search: string;
  filters: Record<string, FieldFilter>;
  sort: string | null;
  withFindings: boolean;
  presentOn: string | null;
}

/** What a person sets anew; filters are set one by one. */
export type QueryChange = Partial<Omit<SheetQuery, 'filters'>>;

function readFilters(text: string | null): Record<string, FieldFilter> {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    return typeof read === 'object' && read !== null && !Array.isArray(read)
      ? (read as Record<string, FieldFilter>)
      : {};
  } catch {
    return {};
  }
}

function put(params: URLSearchParams, key: string, value: string): void {
  if (value) params.set(key, value);
  else params.delete(key);
}

function leaveLink(params: URLSearchParams): void {
  params.delete('id');
  params.delete('field');
}

export function useSheetQuery() {
  const [params, changeParams] = useAddressQuery({ replace: true });
  const text = params.toString();
  const query = useMemo((): SheetQuery => {
    const given = new URLSearchParams(text);
    return {
      search: given.get('search') ?? '',
      filters: readFilters(given.get('filter')),
      sort: given.get('sort'),
      withFindings: given.get('withFindings') === 'true',
      presentOn: given.get('presentOn'),
    };
  }, [text]);
  const change = (next: QueryChange) =>
    changeParams((made) => {
      if ('search' in next) put(made, 'search', next.search ?? '');
      if ('sort' in next) put(made, 'sort', next.sort ?? '');
      if ('withFindings' in next) put(made, 'withFindings', next.withFindings ? 'true' : '');
      if ('presentOn' in next) put(made, 'presentOn', next.presentOn ?? '');
      leaveLink(made);
    });
  const changeFilter = (key: string, filter: FieldFilter | undefined) =>
    changeParams((made) => {
      const { [key]: _, ...others } = readFilters(made.get('filter'));
      const filters = filter === undefined ? others : { ...others, [key]: filter };
      put(made, 'filter', Object.keys(filters).length > 0 ? JSON.stringify(filters) : '');
      leaveLink(made);
    });
  return { query, change, changeFilter, linkedId: params.get('id'), linkedField: params.get('field') };
}

/** The query of the list endpoint. */
export function listQuery(query: SheetQuery, schoolYear: number) {
  return {
    schoolYear,
    search: query.search.trim() || undefined,
    filter: Object.keys(query.filters).length > 0 ? JSON.stringify(query.filters) : undefined,
    sort: query.sort ?? undefined,
    withFindings: query.withFindings ? ('true' as const) : undefined,
    presentOn: query.presentOn ?? undefined,
  };
}
