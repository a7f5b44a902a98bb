import type { Field } from '@khuevan/core/records/field.ts';
import { subjectOf } from '@khuevan/core/rules/catalogue.ts';
import { useSession } from '../../session.tsx';
import type { References } from './choices.ts';
import type { ListKind } from './collections.ts';
import { ConflictDialog } from './conflict-dialog.tsx';
import { PinDialog } from './pin-dialog.tsx';
import { RecordDrawer } from './record-drawer.tsx';
import { type SheetRow, valuesIn } from './sheet-rows.ts';
import type { SheetStore } from './sheet-store.ts';

/** What stands over the sheet, and for which row. */
export type SheetDialog = { kind: 'form' | 'conflict' | 'pin'; id: string };

interface SheetDialogsProps {
  kind: ListKind;
  fields: Field[];
  references: References;
  store: SheetStore;
  dialog: SheetDialog;
  row: SheetRow;
  onDialog: (dialog: SheetDialog | null) => void;
  onRemove: (ids: string[]) => void;
}

export function SheetDialogs({ kind, fields, references, store, dialog, row, onDialog, onRemove }: SheetDialogsProps) {
  const { may } = useSession();
  const close = () => onDialog(null);
  if (dialog.kind === 'pin')
    return kind.collection === 'students' || kind.collection === 'staff' ? (
      <PinDialog
        collection={kind.collection}
        id={row.id}
        subject={subjectOf(kind.name, valuesIn(row)) ?? ''}
        onClose={close}
      />
    ) : null;
  if (dialog.kind === 'conflict') {
    const settle = (mine: ReadonlySet<string>) => {
      store.settle(row.id, mine);
      close();
    };
    return row.conflict && <ConflictDialog kind={kind} row={row} onSettle={settle} onClose={close} />;
  }
  return (
    <RecordDrawer
      kind={kind}
      fields={fields}
      references={references}
      row={row}
      mayWrite={may('records.write')}
      mayReveal={may('pins.reveal')}
      onChange={(changes) => store.change(changes)}
      onReveal={() => onDialog({ kind: 'pin', id: row.id })}
      onCompare={() => onDialog({ kind: 'conflict', id: row.id })}
      onRemove={() => {
        close();
        onRemove([row.id]);
      }}
      onClose={close}
    />
  );
}
