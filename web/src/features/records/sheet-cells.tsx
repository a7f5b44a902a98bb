import { CircleAlert, GitCompare } from 'lucide-react';
import type { Field } from '@khuevan/core/records/field.ts';
import type { Language } from '../../preferences.ts';
import type { References } from './choices.ts';
import { cellText } from './grid-rows.ts';
import { type SheetRow, stateOf, toneOf } from './sheet-rows.ts';

interface CellContentProps {
  row: SheetRow;
  field: Field;
  language: Language;
  references: References;
  missingPin: string;
}

export function CellContent({ row, field, language, references, missingPin }: CellContentProps) {
  const text = cellText(row, field, language);
  if (text === '')
    return field.type === 'pin' && toneOf(row, field.key) !== null ? (
      <span className="kv-cell-none">{missingPin}</span>
    ) : null;
  const found = field.type === 'reference' ? references[field.key]?.find((choice) => choice.code === text) : undefined;
  return found && found.label !== text ? <span title={found.label}>{text}</span> : <>{text}</>;
}

/** The number of the row, and what keeps it from being stored. */
export function RowNumber({
  row,
  index,
  words,
}: {
  row: SheetRow | null;
  index: number;
  words: { blocked: string; conflict: string };
}) {
  const state = row && stateOf(row);
  if (state !== 'blocked' && state !== 'conflict') return <>{index + 1}</>;
  const Mark = state === 'blocked' ? CircleAlert : GitCompare;
  return (
    <span className="kv-row-mark" title={words[state]}>
      {index + 1} <Mark size={13} aria-label={words[state]} />
    </span>
  );
}
