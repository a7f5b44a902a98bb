import { useMemo } from 'react';
import { useSearchParams } from 'react-router';

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

export function useSheetQuery() {
  const [params, setParams] = useSearchParams();
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
  const change = (next: Partial<SheetQuery>) =>
    setParams(
      (old) => {
        const made = new URLSearchParams(old);
        const put = (key: string, value: string) => (value ? made.set(key, value) : made.delete(key));
        if ('search' in next) put('search', next.search ?? '');
        if (next.filters) put('filter', Object.keys(next.filters).length > 0 ? JSON.stringify(next.filters) : '');
        if ('sort' in next) put('sort', next.sort ?? '');
        if ('withFindings' in next) put('withFindings', next.withFindings ? 'true' : '');
        if ('presentOn' in next) put('presentOn', next.presentOn ?? '');
        made.delete('id');
        made.delete('field');
        return made;
      },
      { replace: true },
    );
  return { query, change, linkedId: params.get('id'), linkedField: params.get('field') };
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
