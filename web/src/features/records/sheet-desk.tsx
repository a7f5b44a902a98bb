import type { Field } from '@khuevan/core/records/field.ts';
import { useSession } from '../../session.tsx';
import { recordsText } from '../../text/records.ts';
import { useReading, useText } from '../../text/words.ts';
import type { References } from './choices.ts';
import type { ListKind } from './collections.ts';
import { Inspector, InspectorHelp } from './inspector.tsx';
import { boxOf } from './range.ts';
import { SheetGrid } from './sheet-grid.tsx';
import type { QueryChange, SheetQuery } from './sheet-query.ts';
import type { SheetStore } from './sheet-store.ts';
import type { useSheetActions } from './use-sheet-actions.ts';
import type { useSheetPlace } from './use-sheet-place.ts';

interface SheetDeskProps {
  kind: ListKind;
  store: SheetStore;
  shown: Field[];
  references: References;
  query: SheetQuery;
  onQuery: (change: QueryChange) => void;
  actions: ReturnType<typeof useSheetActions>;
  place: ReturnType<typeof useSheetPlace>;
}

/** The grid, and beside it what is to be said about the chosen cell. */
export function SheetDesk({ kind, store, shown, references, query, onQuery, actions, place }: SheetDeskProps) {
  const t = useText(recordsText);
  const read = useReading();
  const { may } = useSession();
  const { rows, total, isComplete } = store.state;
  const { range, setRange, goTo, goToCell, setDialog } = place;
  const mayWrite = may('records.write');
  const row = range ? rows[range.from.row] : undefined;
  const field = range ? shown[range.from.column] : undefined;
  const selected = range ? rows.slice(boxOf(range).top, boxOf(range).bottom + 1) : [];
  return (
    <div className="kv-sheet">
      <SheetGrid
        {...{ kind, rows, mayWrite, references, goTo }}
        label={t.sheetLabel(read(kind.label))}
        fields={shown}
        missing={isComplete ? 0 : Math.max(0, (total ?? 0) - rows.length)}
        sort={query.sort}
        begin={actions.begin}
        onSort={(sort) => onQuery({ sort })}
        onChange={(changes) => store.change(changes)}
        onAdd={actions.add}
        onPaste={actions.paste}
        onFilled={actions.filled}
        onUndo={() => store.undo()}
        onRedo={() => store.redo()}
        onRange={setRange}
      />
      {row && field ? (
        <Inspector
          {...{ kind, row, field, mayWrite }}
          rowIndex={rows.indexOf(row)}
          selectedRows={selected.length}
          mayReveal={may('pins.reveal')}
          onChange={(changes) => store.change(changes)}
          onGoTo={(key, isEditing) => goToCell(row, key, isEditing)}
          onDialog={(dialog) => setDialog({ kind: dialog, id: row.id })}
          onRemove={() => actions.remove(selected.map((each) => each.id))}
          onFind={(text) => onQuery({ search: text })}
        />
      ) : (
        <InspectorHelp />
      )}
    </div>
  );
}
