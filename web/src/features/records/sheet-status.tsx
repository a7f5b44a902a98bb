import { CircleAlert, CloudOff, GitCompare, RotateCw } from 'lucide-react';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { Tag } from '../../ui/tag.tsx';
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

/** What stands between the typing and the server, and the way out, in one line that moves nothing. */
export function SheetStatus({ rows, mayWrite, isKept, isHeld, onShow, onCompare, onRetry }: SheetStatusProps) {
  const t = useText(recordsText);
  const conflicts = rows.filter((row) => stateOf(row) === 'conflict');
  const blocked = rows.filter((row) => stateOf(row) === 'blocked');
  const isWaiting = isHeld && blocked.length === 0 && conflicts.length === 0;
  return (
    <span className="kv-row" role="status">
      {!mayWrite && <Tag tone="plain">{t.readOnlyNotice}</Tag>}
      {!isKept && (
        <Tag tone="bad" icon={CloudOff}>
          {t.notKept}
        </Tag>
      )}
      {conflicts[0] && (
        <button type="button" className="kv-chip kv-chip--bad" onClick={() => onCompare(conflicts[0]!)}>
          <GitCompare size={14} aria-hidden /> {t.conflictOpen(conflicts.length)}
        </button>
      )}
      {blocked[0] && (
        <button type="button" className="kv-chip kv-chip--bad" onClick={() => onShow(blocked[0]!)}>
          <CircleAlert size={14} aria-hidden /> {t.refusedRows(blocked.length)}
        </button>
      )}
      {isWaiting && (
        <button type="button" className="kv-chip" onClick={onRetry}>
          <RotateCw size={14} aria-hidden /> {t.retrySending}
        </button>
      )}
    </span>
  );
}
