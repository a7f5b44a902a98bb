import { Button } from 'antd';
import { useState } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { SeverityTag, Tag } from '../../ui/tag.tsx';
import type { ListKind } from './collections.ts';
import { cellText } from './grid-rows.ts';
import { findingsIn, type SheetRow, stateOf } from './sheet-rows.ts';

const step = 50;
const factsOnCard = 4;
/** By these a teacher knows a pupil sooner than by the first columns of the sheet. */
const chosenFacts: Record<string, string[]> = {
  student: ['classCode', 'birthDate', 'sex', 'leaveStatus'],
  staff: ['position', 'staffGroup', 'birthDate', 'training'],
};

function factsOf(kind: ListKind, fields: Field[]): Field[] {
  const keys = chosenFacts[kind.name];
  return keys
    ? keys.flatMap((key) => fields.find((field) => field.key === key) ?? [])
    : fields.slice(1, 1 + factsOnCard);
}

/** The rows as cards, for narrow screens: what is wrong is said on the card. */
export function RecordCards({
  kind,
  fields,
  rows,
  onOpen,
}: {
  kind: ListKind;
  fields: Field[];
  rows: SheetRow[];
  onOpen: (id: string) => void;
}) {
  const t = useText(recordsText);
  const [shown, setShown] = useState(step);
  const [lead] = fields;
  const facts = factsOf(kind, fields);
  if (!lead) return null;
  return (
    <div className="kv-stack">
      <ul className="kv-cards">
        {rows.slice(0, shown).map((row) => (
          <li key={row.id}>
            <RecordCard lead={lead} fields={facts} row={row} onOpen={() => onOpen(row.id)} />
          </li>
        ))}
      </ul>
      {rows.length > shown && (
        <Button block size="large" onClick={() => setShown(shown + step)}>
          {t.cardsMore}
        </Button>
      )}
    </div>
  );
}

function RecordCard({
  lead,
  fields,
  row,
  onOpen,
}: {
  lead: Field;
  fields: Field[];
  row: SheetRow;
  onOpen: () => void;
}) {
  const t = useText(recordsText);
  const read = useReading();
  const language = useLanguage();
  const findings = findingsIn(row);
  const worst = findings.find((finding) => finding.severity === 'error') ?? findings[0];
  const details = fields.map((field) => cellText(row, field, language)).filter((text) => text !== '');
  const state = stateOf(row);
  return (
    <button type="button" className="kv-card" onClick={onOpen}>
      <span className="kv-card__name">{cellText(row, lead, language) || '…'}</span>
      <span className="kv-card__line">{details.join(' · ')}</span>
      {worst?.message && (
        <span>
          <SeverityTag severity={worst.severity}>
            {findings.length > 1 ? `${findings.length} · ` : ''}
            {read(worst.message)}
          </SeverityTag>
        </span>
      )}
      {(state === 'blocked' || state === 'conflict') && (
        <span>
          <Tag tone="bad">{state === 'conflict' ? t.conflictTitle : t.refusedRow}</Tag>
        </span>
      )}
    </button>
  );
}
