import { useState } from 'react';
import type { Field } from '@khuevan/core/records/field.ts';
import type { Place, Range } from './range.ts';
import type { SheetDialog } from './sheet-dialogs.tsx';
import type { SheetRow } from './sheet-rows.ts';

interface Input {
  rows: SheetRow[];
  /** Fields with a column. */
  shown: Field[];
  isNarrow: boolean;
  /** The record and field that the address points at. */
  linkedId: string | null;
  linkedField: string | null;
}

/** Where a person is in the sheet: the chosen cells, what is open over it, and the ways to get to a cell. */
export function useSheetPlace({ rows, shown, isNarrow, linkedId, linkedField }: Input) {
  const [range, setRange] = useState<Range | null>(null);
  const [goTo, setGoTo] = useState<(Place & { isEditing?: boolean }) | null>(null);
  const [dialog, setDialog] = useState<SheetDialog | null>(null);
  const [followed, setFollowed] = useState('');

  /** To the cell; where it has no column, to the form. */
  const goToCell = (row: SheetRow, key: string | undefined, isEditing: boolean) => {
    const column = key === undefined ? 0 : shown.findIndex((field) => field.key === key);
    if (isNarrow || column === -1) setDialog({ kind: 'form', id: row.id });
    else setGoTo({ row: rows.indexOf(row), column, isEditing });
  };
  const goToBlank = () => setGoTo({ row: rows.length, column: 0, isEditing: true });

  // Once for each link, as soon as its record is here.
  const link = `${linkedId} ${linkedField}`;
  const linked = linkedId === null || followed === link ? undefined : rows.find((row) => row.id === linkedId);
  if (linked) {
    setFollowed(link);
    goToCell(linked, linkedField ?? undefined, false);
  }
  return { range, setRange, goTo, goToCell, goToBlank, dialog, setDialog };
}
