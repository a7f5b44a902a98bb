import * as answers from '@khuevan/core/contract/collection-answers.ts';
import * as contract from '@khuevan/core/contract/collections.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNotifyProblem } from '../../problem-text.tsx';
import { keyOf, useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';

export type Collection = ResponseOf<typeof contract.readCollection>;
export type Answer = ResponseOf<typeof answers.readAnswer>;
export type Lists = ResponseOf<typeof contract.listCollections>;

export function useCollection(collectionId: string) {
  const { unit } = useSession();
  return useRead(contract.readCollection, { params: { unitId: unit.id, collectionId } });
}

/** Puts the newest answer about a collection in place and asks again for what follows from it. */
export function useCollectionChanged(): (collection?: Collection) => Promise<void> {
  const client = useQueryClient();
  const refresh = useRefresh();
  const { unit } = useSession();
  return async (collection) => {
    if (collection) {
      const params = { unitId: unit.id, collectionId: collection.id };
      client.setQueryData(keyOf(contract.readCollection, { params }), collection);
    } else await refresh(contract.readCollection);
    await refresh(contract.listCollections, contract.listAnswers, contract.readSums, answers.readAnswer, listTasks);
  };
}

/** Runs a change. Undefined where it failed: the reader has been told. */
export function useAct(): <T>(run: () => Promise<T>) => Promise<T | undefined> {
  const notifyProblem = useNotifyProblem();
  return async (run) => {
    try {
      return await run();
    } catch (error) {
      notifyProblem(error);
      return undefined;
    }
  };
}
