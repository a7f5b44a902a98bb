import { useQuery } from '@tanstack/react-query';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { textOf } from '@khuevan/core/rules/rule.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import type { Choice, References } from './choices.ts';
import type { ListKindName } from './collections.ts';

const pageSize = 200;

/** The records that the reference fields of a kind may point to: classes of a pupil, sites and teachers of a class. */
export function useReferences(kindName: keyof typeof recordKinds): References {
  const { unit, schoolYear } = useSession();
  const fields = recordKinds[kindName].fields.filter((field) => field.type === 'reference');
  const targets = [...new Set(fields.map((field) => field.to as ListKindName))];
  const { data } = useQuery({
    queryKey: ['references', unit.id, schoolYear, ...targets],
    enabled: targets.length > 0,
    staleTime: 60_000,
    queryFn: async ({ signal }) =>
      new Map(
        await Promise.all(
          targets.map(async (target): Promise<[string, Choice[]]> => [
            target,
            await choicesAmong(target, unit.id, schoolYear, signal),
          ]),
        ),
      ),
  });
  return data ? Object.fromEntries(fields.map((field) => [field.key, data.get(field.to!) ?? []])) : noReferences;
}

const noReferences: References = {};

async function choicesAmong(
  target: ListKindName,
  schoolId: string,
  schoolYear: number,
  signal: AbortSignal,
): Promise<Choice[]> {
  const choices: Choice[] = [];
  for (let page = 1; ; page++) {
    const { total, records } = await api(recordEndpoints[target].list, {
      params: { schoolId },
      query: { schoolYear, page, pageSize, sort: 'code' },
      signal,
    });
    choices.push(
      ...records.map(({ values }) => ({
        value: values.code,
        code: textOf(values.code),
        label: textOf(values.fullName) || textOf(values.name) || textOf(values.code),
      })),
    );
    if (records.length < pageSize || choices.length >= total) return choices;
  }
}

/** Called after records were changed that others point to. */
export function referencesKey(schoolId: string): readonly unknown[] {
  return ['references', schoolId];
}
