import { useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet, Plus, SearchX } from 'lucide-react';
import { Button } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useReading, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useIsNarrow } from '../../ui/narrow.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { type ListKind, sheetFields } from './collections.ts';
import { ExcelMenu } from './excel-menu.tsx';
import { Inspector, InspectorHelp } from './inspector.tsx';
import { boxOf, type Place, type Range } from './range.ts';
import { RecordCards } from './record-cards.tsx';
import { referencesKey, useReferences } from './references.ts';
import { type SheetDialog, SheetDialogs } from './sheet-dialogs.tsx';
import { SheetGrid } from './sheet-grid.tsx';
import { type SheetQuery, useSheetQuery } from './sheet-query.ts';
import type { SheetRow } from './sheet-rows.ts';
import { SheetStatus } from './sheet-status.tsx';
import { SheetToolbar } from './sheet-toolbar.tsx';
import { useShownColumns } from './shown-columns.ts';
import { useSheet } from './use-sheet.ts';
import { useSheetActions } from './use-sheet-actions.ts';

function isFiltered({ search, withFindings, presentOn, filters }: SheetQuery): boolean {
  return search !== '' || withFindings || presentOn !== null || Object.keys(filters).length > 0;
}

/** The sheet of one kind: on wide screens a grid with its inspector, on narrow ones cards with a form. */
export function RecordSheet({ kind }: { kind: ListKind }) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const read = useReading();
  const { may, unit } = useSession();
  const client = useQueryClient();
  const { query, change, linkedId, linkedField } = useSheetQuery();
  const { store, state, reload } = useSheet(kind, query, linkedId);
  const actions = useSheetActions(kind, store);
  const references = useReferences(kind.name);
  const isNarrow = useIsNarrow();
  const mayWrite = may('records.write');
  const maySeeSensitive = may('records.sensitive');
  const fields = useMemo(() => sheetFields(kind, maySeeSensitive), [kind, maySeeSensitive]);
  const [shown, choose] = useShownColumns(kind, fields, linkedField);
  const [range, setRange] = useState<Range | null>(null);
  const [goTo, setGoTo] = useState<(Place & { isEditing?: boolean }) | null>(null);
  const [dialog, setDialog] = useState<SheetDialog | null>(null);
  const [followed, setFollowed] = useState('');
  const { rows, total, isComplete } = state;
  const chosenRow = range ? rows[range.from.row] : undefined;
  const chosenField = range ? shown[range.from.column] : undefined;
  const selected = range ? rows.slice(boxOf(range).top, boxOf(range).bottom + 1) : [];
  const dialogRow = dialog && rows.find((row) => row.id === dialog.id);

  // Others point to these records: what they may choose from is asked for again.
  useEffect(() => () => void client.invalidateQueries({ queryKey: referencesKey(unit.id) }), [client, unit.id]);
  const enteredId = dialog?.kind === 'form' ? dialog.id : (chosenRow?.id ?? null);
  useEffect(() => store.enter(enteredId), [store, enteredId]);

  const goToCell = (row: SheetRow, key: string, isEditing: boolean) => {
    const column = shown.findIndex((field) => field.key === key);
    if (isNarrow || column === -1) setDialog({ kind: 'form', id: row.id });
    else setGoTo({ row: rows.indexOf(row), column, isEditing });
  };
  const link = `${linkedId} ${linkedField}`;
  const linkedRow = linkedId === null ? undefined : rows.find((row) => row.id === linkedId);
  if (linkedRow && total !== null && followed !== link) {
    setFollowed(link);
    goToCell(linkedRow, linkedField ?? fields[0]!.key, false);
  }
  const addRow = () => {
    if (isNarrow || !isComplete) setDialog({ kind: 'form', id: actions.add() });
    else setGoTo({ row: rows.length, column: 0, isEditing: true });
  };
  const label = read(kind.label);
  const isEmpty = isComplete && rows.length === 0;
  const hasGrid = !isNarrow && total !== null && !(isEmpty && (isFiltered(query) || !mayWrite));
  return (
    <>
      <PageHeader
        title={label}
        beside={<RowCount total={total} rows={rows} isComplete={isComplete} />}
        actions={
          <>
            <ExcelMenu kind={kind} mayWrite={mayWrite} />
            {mayWrite && <Button type="primary" icon={<Plus size={16} />} onClick={addRow}>{t.addRow(label.toLocaleLowerCase())}</Button>}
          </>
        }
      />
      <SheetToolbar {...{ fields, query, references, mayWrite, isNarrow }} shownKeys={keysOf(shown)} canUndo={state.canUndo} canRedo={state.canRedo} onQuery={change} onColumns={choose} onUndo={() => store.undo()} onRedo={() => store.redo()} />
      <SheetStatus
        rows={rows}
        mayWrite={mayWrite}
        isKept={state.isKept}
        isHeld={state.saved.state === 'held'}
        onShow={(row) => goToCell(row, Object.keys(row.unread)[0] ?? row.findings[0]?.field ?? fields[0]!.key, false)}
        onCompare={(row) => setDialog({ kind: 'conflict', id: row.id })}
        onRetry={() => store.retry()}
      />
      {state.error ? <ProblemView error={state.error} onRetry={reload} /> : total === null && <Busy>{general.loading}</Busy>}
      {isEmpty && isFiltered(query) && <EmptyState icon={SearchX} title={t.nothingFound}>{t.nothingFoundHelp}</EmptyState>}
      {isEmpty && !isFiltered(query) && !hasGrid && <EmptyState icon={FileSpreadsheet} title={t.emptyTitle(label.toLocaleLowerCase())}>{t.emptyHelp}</EmptyState>}
      {isNarrow && <RecordCards fields={shown} rows={rows} onOpen={(id) => setDialog({ kind: 'form', id })} />}
      {hasGrid && (
        <div className="kv-sheet">
          <SheetGrid
            {...{ kind, rows, mayWrite, references, goTo }}
            label={t.sheetLabel(label)}
            fields={shown}
            missing={isComplete ? 0 : Math.max(0, total - rows.length)}
            sort={query.sort}
            begin={actions.begin}
            onSort={(sort) => change({ sort })}
            onChange={(changes) => store.change(changes)}
            onAdd={actions.add}
            onPaste={actions.paste}
            onFilled={actions.filled}
            onUndo={() => store.undo()}
            onRedo={() => store.redo()}
            onRange={setRange}
          />
          {chosenRow && chosenField ? (
            <Inspector
              {...{ kind, mayWrite }}
              row={chosenRow}
              rowIndex={rows.indexOf(chosenRow)}
              field={chosenField}
              selectedRows={selected.length}
              mayReveal={may('pins.reveal')}
              onChange={(changes) => store.change(changes)}
              onGoTo={(key, isEditing) => goToCell(chosenRow, key, isEditing)}
              onDialog={(kindOfDialog) => setDialog({ kind: kindOfDialog, id: chosenRow.id })}
              onRemove={() => actions.remove(selected.map((row) => row.id))}
              onFind={(text) => change({ search: text })}
            />
          ) : (
            <InspectorHelp />
          )}
        </div>
      )}
      {dialog && dialogRow && <SheetDialogs {...{ kind, fields, references, store, dialog }} row={dialogRow} onDialog={setDialog} onRemove={actions.remove} />}
    </>
  );
}

const keysOf = (fields: Field[]) => fields.map((field) => field.key);

function RowCount({ total, rows, isComplete }: { total: number | null; rows: SheetRow[]; isComplete: boolean }) {
  const t = useText(recordsText);
  const { number } = useFormat();
  if (total === null) return null;
  return <span className="kv-muted">{isComplete ? t.count(number(rows.length)) : t.loadedOf(number(rows.length), number(total))}</span>;
}
