import { Input, Select } from 'antd';
import { useId, useState } from 'react';
import type { Finding } from '@khuevan/core/findings.ts';
import type { Field } from '@khuevan/core/records/field.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { Labelled } from '../../ui/labelled.tsx';
import type { References } from './choices.ts';
import { cellText, changeOf, type Entry } from './grid-rows.ts';
import { type CellChange, findingsIn, type SheetRow, valueIn } from './sheet-rows.ts';
import { useChoices } from './use-choices.ts';

interface FieldControlProps {
  row: SheetRow;
  field: Field;
  references: References;
  isLocked: boolean;
  lockedHint?: string;
  onChange: (changes: CellChange[]) => void;
}

/** One field of a record in a form: its label, control, guidance and findings. */
export function FieldControl({ row, field, references, isLocked, lockedHint, onChange }: FieldControlProps) {
  const read = useReading();
  const language = useLanguage();
  const findingsId = useId();
  const findings = findingsIn(row).filter((finding) => finding.field === field.key);
  const hint = isLocked && lockedHint ? lockedHint : field.guidance && read(field.guidance);
  const put = (entry: Entry) => {
    const change = changeOf(row, field, entry, language);
    if (change) onChange([change]);
  };
  return (
    <div>
      <Labelled label={read(field.label)} required={field.required} hint={hint}>
        {(control) => {
          const described =
            [control['aria-describedby'], findings.length > 0 ? findingsId : ''].filter(Boolean).join(' ') || undefined;
          const attributes = {
            id: control.id,
            'aria-describedby': described,
            'aria-invalid': findings.some((finding) => finding.severity === 'error') || undefined,
          };
          if (isLocked)
            return <LockedControl attributes={attributes} row={row} field={field} references={references} />;
          if (field.type === 'codes')
            return <CodesControl attributes={attributes} row={row} field={field} onPut={put} />;
          if (field.type === 'boolean' || field.type === 'code' || field.type === 'reference')
            return (
              <ChoiceControl attributes={attributes} row={row} field={field} references={references} onPut={put} />
            );
          return <TextControl attributes={attributes} row={row} field={field} onPut={put} />;
        }}
      </Labelled>
      {findings.length > 0 && (
        <div id={findingsId}>
          {findings.map((finding, index) => (
            <p
              key={`${finding.rule}-${index}`}
              className={`kv-record-form__finding kv-record-form__finding--${finding.severity}`}
            >
              {read(finding.message ?? ruleFace(finding.rule).message(finding as Finding))}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}

interface ControlProps {
  attributes: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined };
  row: SheetRow;
  field: Field;
  onPut: (entry: Entry) => void;
}

/** To be read, not changed: as legible as the rest, and reached by Tab. */
function LockedControl({
  attributes,
  row,
  field,
  references,
}: Omit<ControlProps, 'onPut'> & { references: References }) {
  const language = useLanguage();
  const text = cellText(row, field, language);
  const found = references[field.key]?.find((choice) => choice.code === text);
  return (
    <Input
      {...attributes}
      readOnly
      variant="filled"
      value={found && found.label !== text ? `${text} · ${found.label}` : text}
    />
  );
}

function TextControl({ attributes, row, field, onPut }: ControlProps) {
  const language = useLanguage();
  const stored = cellText(row, field, language);
  // Null while nothing is being typed: then the stored text shows, whatever changes it.
  const [typed, setTyped] = useState<string | null>(null);
  const finish = () => {
    if (typed !== null && !(field.type === 'pin' && typed === '')) onPut({ text: typed });
    setTyped(null);
  };
  const mode =
    field.type === 'integer' || field.type === 'pin' || field.type === 'date'
      ? 'numeric'
      : field.type === 'decimal'
        ? 'decimal'
        : 'text';
  return (
    <Input
      {...attributes}
      value={typed ?? stored}
      inputMode={mode}
      maxLength={field.max ?? 200}
      autoComplete="off"
      status={attributes['aria-invalid'] ? 'error' : undefined}
      onFocus={() => field.type === 'pin' && setTyped('')}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={finish}
      onPressEnter={finish}
    />
  );
}

function ChoiceControl({ attributes, row, field, references, onPut }: ControlProps & { references: References }) {
  const t = useText(recordsText);
  const value = valueIn(row, field.key);
  const choices = useChoices(references)(field, value) ?? [];
  const known = choices.findIndex((choice) => choice.value === value);
  const unread = row.unread[field.key]?.text ?? (known === -1 && typeof value === 'string' ? value : null);
  return (
    <select
      {...attributes}
      className="kv-select"
      value={unread !== null ? 'unread' : String(known)}
      onChange={(event) => onPut({ value: choices[Number(event.target.value)]?.value ?? null })}
    >
      <option value="-1">{t.notChosen}</option>
      {unread !== null && <option value="unread">{unread}</option>}
      {choices.map((choice, index) => (
        <option key={choice.code} value={index}>
          {field.type === 'reference' && choice.label !== choice.code
            ? `${choice.code} · ${choice.label}`
            : choice.label}
        </option>
      ))}
    </select>
  );
}

const noReferences: References = {};

function CodesControl({ attributes, row, field, onPut }: ControlProps) {
  const value = valueIn(row, field.key);
  const choices = useChoices(noReferences)(field, value) ?? [];
  return (
    <Select
      id={attributes.id}
      aria-describedby={attributes['aria-describedby']}
      mode="multiple"
      status={attributes['aria-invalid'] ? 'error' : undefined}
      value={Array.isArray(value) ? (value as string[]) : []}
      options={choices.map((choice) => ({ value: choice.code, label: choice.label }))}
      showSearch={{ filterOption: (typed, option) => searchKey(option?.label ?? '').includes(searchKey(typed)) }}
      onChange={(codes) => onPut({ value: codes.length > 0 ? codes : null })}
    />
  );
}
