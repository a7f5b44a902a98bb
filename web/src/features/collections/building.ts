import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Audience } from '@khuevan/core/collections/audience.ts';
import { definition as definitionShape } from '@khuevan/core/collections/definition.ts';
import { changeCollection, readCollection } from '@khuevan/core/contract/collections.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api, ProblemError } from '../../api.ts';
import { keyOf } from '../../query.ts';
import { useSession } from '../../session.tsx';
import type { SaveState } from '../reports/index.ts';
import { type BuiltForm, endBuilding } from './builder-form.ts';
import type { Collection } from './collection-data.ts';
import { tellShell, VersionedSaver } from './versioned-saver.ts';

/** What is typed in the builder; the day as text. */
export interface Built {
  title: string;
  purpose: string;
  due: string;
  form: BuiltForm;
  audience: Audience;
}

export interface Building {
  state: SaveState;
  refusal: Error | null;
  isStale: boolean;
  type: (built: Built) => void;
  /** The version in which all that was typed is stored, or null where it could not be. */
  flush: () => Promise<number | null>;
  stop: () => void;
}

/** A form that the server takes while it is built: faults that only stop the publishing are allowed. */
function bodyOf({ title, purpose, due, form, audience }: Built) {
  const definition = endBuilding(form);
  if (title.trim().length < 3 || !definitionShape.safeParse(definition).success) return null;
  return { title: title.trim(), purpose, definition, audience, dueOn: parseDate(due) };
}

/** Saves a draft as it is built. */
export function useBuilding(collection: Collection): Building {
  const { unit } = useSession();
  const client = useQueryClient();
  const [state, setState] = useState<SaveState>('idle');
  const [refusal, setRefusal] = useState<Error | null>(null);
  const [saver] = useState(
    () =>
      new VersionedSaver({
        version: collection.version,
        send: async (version, text) => {
          const params = { unitId: unit.id, collectionId: collection.id };
          const body = { version, ...(JSON.parse(text) as NonNullable<ReturnType<typeof bodyOf>>) };
          const saved = await api(changeCollection, { params, body });
          client.setQueryData(keyOf(readCollection, { params }), saved);
          return saved.version;
        },
        onState: (next, error) => {
          setState(next);
          setRefusal(next === 'refused' && error instanceof Error ? error : null);
          tellShell(next);
        },
      }),
  );
  useEffect(() => () => saver.leave(), [saver]);
  return {
    state,
    refusal,
    isStale: refusal instanceof ProblemError && refusal.code === 'stale_record',
    type(built) {
      const body = bodyOf(built);
      if (body) saver.type(JSON.stringify(body));
    },
    stop: () => saver.stop(),
    flush: () => saver.flush(),
  };
}
