import { ArrowRight } from 'lucide-react';
import { Tabs } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { previewImport } from '@khuevan/core/contract/imports.ts';
import { formatValue } from '@khuevan/core/records/format.ts';
import type { Field } from '@khuevan/core/records/field.ts';
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
import { Table } from '../../ui/table.tsx';
import type { Import } from './import-state.tsx';

type Action = 'add' | 'change' | 'leave';
type PreviewRow = ResponseOf<typeof previewImport>['rows'][number];
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
      <Table
        rows={list.data.rows}
        keyOf={(row) => `${row.sheet}-${row.row}`}
        columns={[
          { key: '#row', label: t.row, isNumber: true, renderCell: (row) => row.row },
          { key: '#subject', label: t.subject, renderCell: (row) => row.subject },
          ...(action === 'change'
            ? [
                {
                  key: '#changes',
                  label: t.changes,
                  renderCell: (row: PreviewRow) => <Changes fields={fields} row={row} />,
                },
              ]
            : shown.map((field) => ({
                key: field.key,
                label: field.label[language],
                renderCell: (row: PreviewRow) => formatValue(field, row.values[field.key], language),
              }))),
        ]}
      />
      <Pager page={page} pageSize={pageSize} total={list.data.total} onPage={setPage} />
    </div>
  );
}

/** What changes in a row: the old value struck out, the new one beside it. */
function Changes({ fields, row }: { fields: Field[]; row: PreviewRow }) {
  const t = useText(importsText);
  const language = useLanguage();
  return row.changes.map((change) => {
    const field = fields.find((each) => each.key === change.field);
    return (
      field && (
        <div key={change.field} className="kv-change">
          {field.label[language]}: <del>{formatValue(field, change.before, language) || t.empty}</del>{' '}
          <ArrowRight size={13} aria-label={t.became} />{' '}
          <ins>{formatValue(field, change.after, language) || t.empty}</ins>
        </div>
      )
    );
  });
}
