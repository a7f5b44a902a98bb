import {
  QueryClient,
  useQuery,
  useQueryClient,
  type UseQueryOptions,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { Endpoint, ParamsOf, QueryInputOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { api, type ProblemError, UnreachableError } from './api.ts';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A problem document is an answer; only silence is worth asking again.
      retry: (failures, error) => error instanceof UnreachableError && failures < 3,
      throwOnError: false,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

interface ReadInput<E> {
  params?: ParamsOf<E>;
  query?: QueryInputOf<E>;
}

/** What is cached under an endpoint; with an input, under exactly that call. */
export function keyOf<E extends Endpoint>(endpoint: E, input?: ReadInput<E>): readonly unknown[] {
  return input
    ? [endpoint.method, endpoint.path, input.params ?? {}, input.query ?? {}]
    : [endpoint.method, endpoint.path];
}

export type ReadOptions<E extends Endpoint> = Pick<
  UseQueryOptions<ResponseOf<E>, ProblemError | UnreachableError>,
  'enabled' | 'staleTime' | 'refetchInterval' | 'placeholderData' | 'refetchOnWindowFocus'
>;

/** Reads an endpoint and keeps the answer; `input` decides what is asked. */
export function useRead<E extends Endpoint>(
  endpoint: E,
  input: ReadInput<E>,
  options: ReadOptions<E> = {},
): UseQueryResult<ResponseOf<E>, ProblemError | UnreachableError> {
  return useQuery<ResponseOf<E>, ProblemError | UnreachableError>({
    queryKey: keyOf(endpoint, input),
    queryFn: ({ signal }) => api(endpoint, { ...input, signal }),
    ...options,
  });
}

/** Asks again for everything read from these endpoints. */
export function useRefresh(): (...endpoints: Endpoint[]) => Promise<void> {
  const client = useQueryClient();
  return async (...endpoints) => {
    await Promise.all(endpoints.map((endpoint) => client.invalidateQueries({ queryKey: keyOf(endpoint) })));
  };
}
