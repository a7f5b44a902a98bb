import { Button, Drawer } from 'antd';
import type { Field } from '@khuevan/core/records/field.ts';
import { subjectOf } from '@khuevan/core/rules/catalogue.ts';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useReading, useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import type { References } from './choices.ts';
import type { ListKind } from './collections.ts';
import { FieldControl } from './field-control.tsx';
import { type CellChange, type SheetRow, valuesIn } from './sheet-rows.ts';

interface RecordDrawerProps {
  kind: ListKind;
  fields: Field[];
  row: SheetRow;
  references: References;
  mayWrite: boolean;
  mayReveal: boolean;
  onChange: (changes: CellChange[]) => void;
  onReveal: () => void;
  onCompare: () => void;
  onRemove: () => void;
  onClose: () => void;
}

/** The whole record as a form: the way to work on a phone, and with a screen reader. */
export function RecordDrawer({
  kind,
  fields,
  row,
  references,
  mayWrite,
  mayReveal,
  onChange,
  onReveal,
  onCompare,
  onRemove,
  onClose,
}: RecordDrawerProps) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const read = useReading();
  const subject = subjectOf(kind.name, valuesIn(row));
  const hasPin = fields.some((field) => field.type === 'pin');
  return (
    <Drawer
      open
      size={720}
      title={subject ? t.formTitle(subject) : t.newFormTitle(t.one[kind.name])}
      onClose={onClose}
      closable={{ 'aria-label': general.close }}
      footer={
        <div className="kv-row">
          <Button type="primary" onClick={onClose}>
            {general.close}
          </Button>
          {hasPin && mayReveal && row.version !== null && <Button onClick={onReveal}>{t.revealPin}</Button>}
          {mayWrite && (
            <Button danger onClick={onRemove}>
              {t.removeRows(1)}
            </Button>
          )}
        </div>
      }
    >
      <div className="kv-stack">
        {row.conflict && (
          <Failure title={t.conflictTitle} action={<Button onClick={onCompare}>{t.conflictCompare}</Button>}>
            {t.conflictHelp}
          </Failure>
        )}
        {row.refusal && <Failure title={t.refusedRow}>{read(row.refusal.text)}</Failure>}
        <div className="kv-record-form">
          {fields.map((field) => (
            <FieldControl
              key={field.key}
              row={row}
              field={field}
              references={references}
              isLocked={!mayWrite || field.readOnly === true}
              onChange={onChange}
            />
          ))}
        </div>
      </div>
    </Drawer>
  );
}
