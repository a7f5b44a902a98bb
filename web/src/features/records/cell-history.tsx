import { useState } from 'react';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import type { Field } from '@khuevan/core/records/field.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { formatTime } from '../../ui/format.ts';
import type { ListKind } from './collections.ts';

/** Who changed the cell, when, from what to what. Asked for when it is opened. */
export function CellHistory({ kind, id, field }: { kind: ListKind; id: string; field: Field }) {
  const t = useText(recordsText);
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="kv-inspector__finding" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t.history}</summary>
      {isOpen && <HistoryList kind={kind} id={id} field={field} />}
    </details>
  );
}

function HistoryList({ kind, id, field }: { kind: ListKind; id: string; field: Field }) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const language = useLanguage();
  const { unit } = useSession();
  const { data, error, refetch } = useRead(
    recordEndpoints[kind.name].history,
    { params: { schoolId: unit.id, id } },
    { staleTime: 0 },
  );
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="kv-muted">{general.loading}</p>;
  const versions = data.versions.flatMap((version) =>
    version.changes.filter((change) => change.field === field.key).map((change) => ({ ...version, change })),
  );
  if (versions.length === 0) return <p className="kv-muted">{t.historyNone}</p>;
  return (
    <ul className="kv-history">
      {versions.map(({ at, accountName, change }, index) => (
        <li key={`${at}-${index}`}>
          <div>
            {t.historyLine(formatValue(field, change.before, language), formatValue(field, change.after, language))}
          </div>
          <div className="kv-muted">
            {accountName}, {formatTime(at)}
          </div>
        </li>
      ))}
    </ul>
  );
}
