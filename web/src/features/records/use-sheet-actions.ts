import { newId } from '../../new-id.ts';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import type { ListKind } from './collections.ts';
import type { Entry } from './grid-rows.ts';
import type { Pasting } from './range.ts';
import { changeCell, newRow, type Values } from './sheet-rows.ts';
import type { SheetStore } from './sheet-store.ts';

/** Yes-or-no fields that must be answered begin with "no", which is true of most; a new pupil has been there from the opening. */
export function beginningOf(kind: ListKind): Values {
  const answers = kind.fields
    .filter((field) => field.type === 'boolean' && field.required)
    .map((field): [string, unknown] => [field.key, false]);
  return { ...Object.fromEntries(answers), ...(kind.name === 'student' && { entryStatus: '01' }) };
}

/** What a person does to the rows, with the notice that says so. */
export function useSheetActions(kind: ListKind, store: SheetStore | null) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const { number } = useFormat();
  const begin = beginningOf(kind);
  const undo = { label: general.undo, run: () => store?.undo() };
  return {
    begin,
    /** A row with one thing typed in it; answers its id. */
    add: (key?: string, entry?: Entry): string => {
      const id = newId();
      const row = newRow(id, begin);
      // Typed in before it is in the store, so that it is one step to undo.
      store?.add([key && entry ? changeCell(kind, row, { id, key, ...entry }) : row], true);
      return id;
    },
    paste: ({ changes, added, cells }: Pasting) => {
      store?.change(changes);
      if (added.length > 0) store?.add(added);
      const touched = new Set([...changes.map((change) => change.id), ...added.map((row) => row.id)]);
      const unread =
        store?.state.rows
          .filter((row) => touched.has(row.id))
          .reduce((sum, row) => sum + Object.keys(row.unread).length, 0) ?? 0;
      notify(
        `${t.pasted(number(cells), number(added.length))}${unread > 0 ? ` ${t.pastedUnread(number(unread))}` : ''}`,
        { action: undo },
      );
    },
    filled: (cells: number) => notify(t.filled(number(cells)), { action: undo }),
    remove: (ids: string[]) => {
      store?.remove(ids);
      notify(t.removed(number(ids.length)), { action: undo });
    },
  };
}
