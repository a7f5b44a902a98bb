import { codeList, entriesFor } from '@khuevan/core/codes/index.ts';
import type { Field } from '@khuevan/core/records/field.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import type { Language } from '../../preferences.ts';

/** One entry of a drop-down. */
export interface Choice {
  value: unknown;
  label: string;
  /** The code, shown beside the name and typed by who knows it. */
  code: string;
}

/** Records that a reference field may point to, by field key. */
export type References = Record<string, Choice[]>;

/** What decides which choices a field has. */
export interface Offer {
  references: References;
  /** Levels that the school teaches; null for all. */
  levels: readonly string[] | null;
  language: Language;
  answers: { yes: string; no: string };
}

/**
 * The drop-down of a field; null for fields that are typed freely. Of a code list the entries of the school's levels, and those
 * that are held already: what stands in a record or a filter must be seen there, though nobody is offered it anew.
 */
export function choicesOf(
  field: Field,
  { references, levels, language, answers }: Offer,
  held?: unknown,
): Choice[] | null {
  if (field.type === 'boolean')
    return [
      { value: true, label: answers.yes, code: 'x' },
      { value: false, label: answers.no, code: '0' },
    ];
  if ((field.type === 'code' || field.type === 'codes') && field.list) {
    const offered = entriesFor(field.list, levels);
    const kept = [held].flat();
    return codeList(field.list)
      .entries.filter((entry) => offered.includes(entry) || kept.includes(entry.code))
      .map((entry) => ({ value: entry.code, label: entry[language], code: entry.code }));
  }
  if (field.type === 'reference') return references[field.key] ?? [];
  return null;
}

/** Lower is nearer: the code itself, the beginning of the name, of one of its words, anywhere. */
function distance(choice: Choice, wanted: string): number | null {
  const name = searchKey(choice.label);
  const code = choice.code.toLowerCase();
  if (code === wanted || name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (code.startsWith(wanted) || code.replace(/^0+/, '') === wanted) return 2;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(wanted))) return 3;
  return name.includes(wanted) ? 4 : null;
}

/** The choices that what was typed may mean, nearest first; all of them while nothing is typed. */
export function matchChoices(choices: Choice[], typed: string): Choice[] {
  const wanted = searchKey(typed);
  if (wanted === '') return choices;
  return choices
    .map((choice) => ({ choice, far: distance(choice, wanted) }))
    .filter((each): each is { choice: Choice; far: number } => each.far !== null)
    .toSorted((a, b) => a.far - b.far)
    .map((each) => each.choice);
}
