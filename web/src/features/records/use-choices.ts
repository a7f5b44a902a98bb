import { useMemo } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import { levelsAsked } from '@khuevan/core/records/kinds.ts';
import { useSession } from '../../session.tsx';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { type Choice, choicesOf, type References } from './choices.ts';

/** The drop-downs of the unit on the screen, in the reader's language. The same function until one of these changes. */
export function useChoices(references: References): (field: Field, held?: unknown) => Choice[] | null {
  const { unit } = useSession();
  const answers = useText(recordsText);
  const language = useLanguage();
  return useMemo(() => {
    const offer = { references, levels: levelsAsked(unit), language, answers };
    return (field, held) => choicesOf(field, offer, held);
  }, [references, unit, language, answers]);
}
