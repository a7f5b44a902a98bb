import { Button } from 'antd';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { type SheetRow, stateOf } from './sheet-rows.ts';

interface SheetStatusProps {
  rows: SheetRow[];
  mayWrite: boolean;
  isKept: boolean;
  isHeld: boolean;
  onShow: (row: SheetRow) => void;
  onCompare: (row: SheetRow) => void;
  onRetry: () => void;
}

/** What stands between the typing and the server, with the way out; nothing where all is well. */
export function SheetStatus({ rows, mayWrite, isKept, isHeld, onShow, onCompare, onRetry }: SheetStatusProps) {
  const t = useText(recordsText);
  const conflicts = rows.filter((row) => stateOf(row) === 'conflict');
  const blocked = rows.filter((row) => stateOf(row) === 'blocked');
  const waits = isHeld && blocked.length === 0 && conflicts.length === 0;
  return (
    <>
      {!mayWrite && <p className="kv-muted">{t.readOnlyNotice}</p>}
      {!isKept && <Failure>{t.notKept}</Failure>}
      {conflicts[0] && <Failure action={<Button size="small" onClick={() => onCompare(conflicts[0]!)}>{t.conflictCompare}</Button>}>{t.conflictOpen(conflicts.length)}</Failure>}
      {blocked[0] && <Failure action={<Button size="small" onClick={() => onShow(blocked[0]!)}>{t.showRefused}</Button>}>{t.refusedRows(blocked.length)}</Failure>}
      {waits && <Button size="small" onClick={onRetry}>{t.retrySending}</Button>}
    </>
  );
}
