import { useCallback } from 'react';
import { type NavigateOptions, useSearchParams } from 'react-router';

type Edit = (query: URLSearchParams) => void;

/**
 * What stands after the "?" of the address, and how to change it. A change starts from the address as it is at that moment: a
 * screen that is still being drawn anew shows an older one, and what was chosen meanwhile would be lost.
 */
export function useAddressQuery(options?: NavigateOptions): [URLSearchParams, (edit: Edit) => void] {
  const [query, setQuery] = useSearchParams();
  const isReplacing = options?.replace ?? false;
  const preventScrollReset = options?.preventScrollReset ?? false;
  const change = useCallback(
    (edit: Edit) => {
      const next = new URLSearchParams(location.search);
      edit(next);
      setQuery(next, { replace: isReplacing, preventScrollReset });
    },
    [setQuery, isReplacing, preventScrollReset],
  );
  return [query, change];
}
