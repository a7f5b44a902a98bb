import { Tabs } from 'antd';
import { useState } from 'react';
import { previewImport } from '@khuevan/core/contract/imports.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { importsText } from '../../text/imports.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import type { Import } from './import-state.tsx';

type Action = 'add' | 'change' | 'leave';
const pageSize = 50;
const valuesShown = 8;

/** What writing would do: rows that are new, rows that change and how, rows that stay. */
export function PreviewPanel({ data }: { data: Import }) {
  const t = useText(importsText);
  const { number } = useFormat();
  const counts: Record<Action, number> = { add: data.toAdd, change: data.toChange, leave: data.toLeave };
  const first = (['add', 'change', 'leave'] as const).find((action) => counts[action] > 0) ?? 'add';
  const [action, setAction] = useState<Action>(first);
  const items = (['add', 'change', 'leave'] as const).map((each) => ({
    key: each,
    label: t.tabs[each](number(counts[each])),
    children: each === action ? <PreviewRows key={each} data={data} action={each} /> : null,
  }));
  return (
    <section className="kv-panel" aria-labelledby="import-preview">
      <h2 id="import-preview">{t.preview}</h2>
      <Tabs activeKey={action} items={items} onChange={(key) => setAction(key as Action)} />
    </section>
  );
}

function PreviewRows({ data, action }: { data: Import; action: Action }) {
  const t = useText(importsText);
  const general = useText(generalText);
  const language = useLanguage();
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const list = useRead(
    previewImport,
    { params: { unitId: unit.id, id: data.id }, query: { action, page, pageSize } },
    { staleTime: 60_000 },
  );
  if (list.error) return <ProblemView error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Busy>{general.loading}</Busy>;
  if (list.data.rows.length === 0) return <p className="kv-muted">{t.nothingHere}</p>;
  const fields = recordKinds[data.kind].fields;
  const shown = fields.filter((field) => field.main && field.key !== 'fullName').slice(0, valuesShown);
  return (
    <div className="kv-stack">
      <div className="kv-scroll">
        <table className="kv-table">
          <thead>
            <tr>
              <th scope="col" className="kv-num">
                {t.row}
              </th>
              <th scope="col">{t.subject}</th>
              {action === 'change' ? (
                <th scope="col">{t.changes}</th>
              ) : (
                shown.map((field) => (
                  <th scope="col" key={field.key}>
                    {field.label[language]}
                  </th>
                ))
              )}
            </tr>
          </thead>
          <tbody>
            {list.data.rows.map((row) => (
              <tr key={`${row.sheet}-${row.row}`}>
                <td className="kv-num">{row.row}</td>
                <td>{row.subject}</td>
                {action === 'change' ? (
                  <td>
                    {row.changes.map((change) => {
                      const field = fields.find((each) => each.key === change.field);
                      return (
                        field && (
                          <div key={change.field} className="kv-change">
                            {field.label[language]}: <del>{formatValue(field, change.before, language) || t.empty}</del>{' '}
                            → <ins>{formatValue(field, change.after, language) || t.empty}</ins>
                          </div>
                        )
                      );
                    })}
                  </td>
                ) : (
                  shown.map((field) => <td key={field.key}>{formatValue(field, row.values[field.key], language)}</td>)
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Pager page={page} pageSize={pageSize} total={list.data.total} onPage={setPage} />
    </div>
  );
}
