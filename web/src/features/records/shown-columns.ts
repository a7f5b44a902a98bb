import { useState } from 'react';
import type { Field, RecordKind } from '@khuevan/core/records/field.ts';

const keyOf = (kind: RecordKind) => `khuevan.columns.${kind.name}`;

function remembered(kind: RecordKind): string[] | null {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(keyOf(kind)) ?? 'null');
    return Array.isArray(keys) ? (keys as string[]) : null;
  } catch {
    return null;
  }
}

/** Which columns this device shows: the usual ones, or those a person chose. `also` names a field a link points at. */
export function useShownColumns(
  kind: RecordKind,
  fields: Field[],
  also: string | null,
): [Field[], (keys: string[] | null) => void] {
  const [chosen, setChosen] = useState<{ kind: RecordKind; keys: string[] | null }>(() => ({
    kind,
    keys: remembered(kind),
  }));
  const keys = chosen.kind === kind ? chosen.keys : remembered(kind);
  const choose = (next: string[] | null) => {
    setChosen({ kind, keys: next });
    try {
      if (next) localStorage.setItem(keyOf(kind), JSON.stringify(next));
      else localStorage.removeItem(keyOf(kind));
    } catch {
      // Holds until the page closes.
    }
  };
  const isShown = (field: Field, index: number) =>
    index === 0 || field.key === also || (keys ? keys.includes(field.key) : field.main === true);
  return [fields.filter(isShown), choose];
}
