import { useQueryClient } from '@tanstack/react-query';
import { FileSpreadsheet, Plus, SearchX } from 'lucide-react';
import { Button } from 'antd';
import { useEffect, useMemo } from 'react';
import { ProblemView } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { menuText } from '../../text/menu.ts';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { useIsNarrow } from '../../ui/narrow.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { type ListKind, sheetFields } from './collections.ts';
import { ExcelMenu } from './excel-menu.tsx';
import { RecordCards } from './record-cards.tsx';
import { referencesKey, useReferences } from './references.ts';
import { SheetDesk } from './sheet-desk.tsx';
import { SheetDialogs } from './sheet-dialogs.tsx';
import { type SheetQuery, useSheetQuery } from './sheet-query.ts';
import { findingsIn } from './sheet-rows.ts';
import { SheetStatus } from './sheet-status.tsx';
import type { SheetState } from './sheet-store.ts';
import { SheetToolbar } from './sheet-toolbar.tsx';
import { useShownColumns } from './shown-columns.ts';
import { useSheet } from './use-sheet.ts';
import { useSheetActions } from './use-sheet-actions.ts';
import { useSheetPlace } from './use-sheet-place.ts';

function isFiltered({ search, withFindings, presentOn, filters }: SheetQuery): boolean {
  return search !== '' || withFindings || presentOn !== null || Object.keys(filters).length > 0;
}

/** The sheet of one kind: on wide screens a grid with its inspector, on narrow ones cards with a form. */
export function RecordSheet({ kind }: { kind: ListKind }) {
  const t = useText(recordsText);
  const menu = useText(menuText);
  const { may, unit } = useSession();
  const client = useQueryClient();
  const { query, change, changeFilter, linkedId, linkedField } = useSheetQuery();
  const { store, state, reload } = useSheet(kind, query, linkedId);
  const actions = useSheetActions(kind, store);
  const references = useReferences(kind.name);
  const isNarrow = useIsNarrow();
  const mayWrite = may('records.write');
  const maySeeSensitive = may('records.sensitive');
  const fields = useMemo(() => sheetFields(kind, maySeeSensitive), [kind, maySeeSensitive]);
  const [shown, choose] = useShownColumns(kind, fields, linkedField);
  const { rows, total, isComplete } = state;
  const place = useSheetPlace({ rows, shown, isNarrow, linkedId, linkedField });
  const { range, dialog, setDialog, goToCell } = place;

  // Others point to these records: what they may choose from is asked for again.
  useEffect(() => () => void client.invalidateQueries({ queryKey: referencesKey(unit.id) }), [client, unit.id]);
  const enteredId = dialog?.kind === 'form' ? dialog.id : ((range && rows[range.from.row]?.id) ?? null);
  useEffect(() => store.enter(enteredId), [store, enteredId]);

  const addRow = () => {
    if (isNarrow || !isComplete) setDialog({ kind: 'form', id: actions.add() });
    else place.goToBlank();
  };
  const dialogRow = dialog && rows.find((row) => row.id === dialog.id);
  const isEmpty = isComplete && rows.length === 0;
  const hasGrid = !isNarrow && total !== null && !(isEmpty && (isFiltered(query) || !mayWrite));
  return (
    <>
      <PageHeader
        title={menu.entries[kind.collection as keyof typeof menu.entries]}
        beside={<RowCount state={state} />}
        actions={
          <>
            <ExcelMenu kind={kind} mayWrite={mayWrite} />
            {mayWrite && (
              <Button type="primary" icon={<Plus size={16} />} onClick={addRow}>
                {t.addRow(t.one[kind.name])}
              </Button>
            )}
          </>
        }
      />
      <div className="kv-sheet-head">
        <SheetToolbar
          {...{ fields, query, references, mayWrite, isNarrow }}
          shownKeys={shown.map((field) => field.key)}
          canUndo={state.canUndo}
          canRedo={state.canRedo}
          onQuery={change}
          onFilter={changeFilter}
          onColumns={choose}
          onUndo={() => store.undo()}
          onRedo={() => store.redo()}
        />
        <SheetStatus
          rows={rows}
          mayWrite={mayWrite}
          isKept={state.isKept}
          isHeld={state.saved.state === 'held'}
          onShow={(row) => goToCell(row, findingsIn(row).find((finding) => finding.field)?.field, false)}
          onCompare={(row) => setDialog({ kind: 'conflict', id: row.id })}
          onRetry={() => store.retry()}
        />
      </div>
      <Absence
        state={state}
        isFiltered={isFiltered(query)}
        hasGrid={hasGrid}
        mayWrite={mayWrite}
        what={t.one[kind.name]}
        onRetry={reload}
      />
      {isNarrow && (
        <RecordCards kind={kind} fields={fields} rows={rows} onOpen={(id) => setDialog({ kind: 'form', id })} />
      )}
      {hasGrid && <SheetDesk {...{ kind, store, shown, references, query, actions, place }} onQuery={change} />}
      {dialog && dialogRow && (
        <SheetDialogs
          {...{ kind, fields, references, store, dialog }}
          row={dialogRow}
          onDialog={setDialog}
          onRemove={actions.remove}
        />
      )}
    </>
  );
}

interface AbsenceProps {
  state: SheetState;
  isFiltered: boolean;
  hasGrid: boolean;
  mayWrite: boolean;
  /** One such record, in words. */
  what: string;
  onRetry: () => void;
}

/** Why there are no rows to see. */
function Absence({
  state: { error, total, isComplete, rows },
  isFiltered: isNarrowed,
  hasGrid,
  mayWrite,
  what,
  onRetry,
}: AbsenceProps) {
  const t = useText(recordsText);
  const general = useText(generalText);
  if (error) return <ProblemView error={error} onRetry={onRetry} />;
  if (total === null) return <Busy>{general.loading}</Busy>;
  if (!isComplete || rows.length > 0 || hasGrid) return null;
  if (isNarrowed)
    return (
      <EmptyState icon={SearchX} title={t.nothingFound}>
        {t.nothingFoundHelp}
      </EmptyState>
    );
  return (
    <EmptyState icon={FileSpreadsheet} title={t.emptyTitle(what)}>
      {mayWrite ? t.emptyHelp : t.emptyReadOnly}
    </EmptyState>
  );
}

function RowCount({ state: { total, isComplete, rows } }: { state: SheetState }) {
  const t = useText(recordsText);
  const { number } = useFormat();
  if (total === null) return null;
  return (
    <span className="kv-muted">
      {isComplete ? t.count(number(rows.length)) : t.loadedOf(number(rows.length), number(total))}
    </span>
  );
}
