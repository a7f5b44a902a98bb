import { useState } from 'react';
import type { Finding } from '@khuevan/core/findings.ts';
import { listImportFindings, summariseImport } from '@khuevan/core/contract/imports.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { importsText } from '../../text/imports.ts';
import { useReading, useText } from '../../text/words.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import { SeverityTag } from '../../ui/tag.tsx';
import type { Import } from './import-state.tsx';

const pageSize = 50;

/** One line per rule; a line opens its findings by sheet, row and column. */
export function FindingsPanel({ data }: { data: Import }) {
  const t = useText(importsText);
  const general = useText(generalText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  const [rule, setRule] = useState<string | null>(null);
  const summary = useRead(summariseImport, { params: { unitId: unit.id, id: data.id } }, { staleTime: 60_000 });
  const rules = summary.data?.rules;
  return (
    <section className="kv-panel" aria-labelledby="import-findings">
      <h2 id="import-findings">{t.summary}</h2>
      {summary.error ? (
        <ProblemView error={summary.error} onRetry={() => void summary.refetch()} />
      ) : (
        !rules && <Busy>{general.loading}</Busy>
      )}
      {rules?.length === 0 && <p>{t.noFindings}</p>}
      {rules && rules.length > 0 && (
        <Table
          rows={rules}
          keyOf={(each) => each.rule}
          columns={[
            {
              key: 'rule',
              label: t.rule,
              renderCell: (each) => (
                <>
                  <SeverityTag severity={each.severity}>
                    {each.severity === 'error' ? general.error : general.warning}
                  </SeverityTag>{' '}
                  {read(each.title)}
                </>
              ),
            },
            { key: 'count', label: t.count, isNumber: true, renderCell: (each) => number(each.count) },
            { key: 'first', label: t.firstRow, isNumber: true, renderCell: (each) => number(each.firstRow) },
            { key: 'last', label: t.lastRow, isNumber: true, renderCell: (each) => number(each.lastRow) },
            { key: 'sheet', label: t.sheet, renderCell: (each) => each.sheet },
            {
              key: 'show',
              label: general.details,
              renderCell: (each) => (
                <button
                  type="button"
                  className="kv-link"
                  aria-expanded={rule === each.rule}
                  onClick={() => setRule(rule === each.rule ? null : each.rule)}
                >
                  {t.showAll}
                  <span className="kv-hidden">: {read(each.title)}</span>
                </button>
              ),
            },
          ]}
        />
      )}
      {rule && <FindingList key={rule} data={data} rule={rule} />}
    </section>
  );
}

function FindingList({ data, rule }: { data: Import; rule: string }) {
  const t = useText(importsText);
  const general = useText(generalText);
  const read = useReading();
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const list = useRead(
    listImportFindings,
    { params: { unitId: unit.id, id: data.id }, query: { rule, page, pageSize } },
    { staleTime: 60_000 },
  );
  if (list.error) return <ProblemView error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Busy>{general.loading}</Busy>;
  const face = ruleFace(rule);
  const labelOf = (key: string | undefined) => {
    const field = recordKinds[data.kind].fields.find((each) => each.key === key);
    return field && read(field.label);
  };
  return (
    <div className="kv-stack">
      <h3>{t.findingsOf(read(face.title))}</h3>
      <p className="kv-muted">
        {general.source}: {face.source}
      </p>
      <Table
        rows={list.data.findings}
        keyOf={(finding, index) => `${finding.row}-${finding.field}-${index}`}
        columns={[
          { key: 'row', label: t.row, isNumber: true, renderCell: (finding) => finding.row },
          { key: 'subject', label: t.subject, renderCell: (finding) => finding.subject },
          { key: 'column', label: t.column, renderCell: (finding) => labelOf(finding.field) },
          { key: 'value', label: t.value, renderCell: (finding) => finding.value },
          {
            key: 'problem',
            label: t.problem,
            renderCell: (finding) => read(finding.message ?? face.message(finding as Finding)),
          },
        ]}
      />
      <Pager page={page} pageSize={pageSize} total={list.data.total} onPage={setPage} />
    </div>
  );
}
