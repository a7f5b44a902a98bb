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
        <div className="kv-scroll">
          <table className="kv-table">
            <thead>
              <tr>
                <th scope="col">{t.rule}</th>
                <th scope="col" className="kv-num">
                  {t.count}
                </th>
                <th scope="col" className="kv-num">
                  {t.firstRow}
                </th>
                <th scope="col" className="kv-num">
                  {t.lastRow}
                </th>
                <th scope="col">{t.sheet}</th>
                <th scope="col">
                  <span className="kv-hidden">{general.details}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rules.map((each) => (
                <tr key={each.rule}>
                  <td>
                    <SeverityTag severity={each.severity}>
                      {each.severity === 'error' ? general.error : general.warning}
                    </SeverityTag>{' '}
                    {read(each.title)}
                  </td>
                  <td className="kv-num">{number(each.count)}</td>
                  <td className="kv-num">{number(each.firstRow)}</td>
                  <td className="kv-num">{number(each.lastRow)}</td>
                  <td>{each.sheet}</td>
                  <td>
                    <button
                      type="button"
                      className="kv-link"
                      aria-expanded={rule === each.rule}
                      onClick={() => setRule(rule === each.rule ? null : each.rule)}
                    >
                      {t.showAll}
                      <span className="kv-hidden">: {read(each.title)}</span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
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
  const fields = recordKinds[data.kind].fields;
  return (
    <div className="kv-stack">
      <h3>{t.findingsOf(read(face.title))}</h3>
      <p className="kv-muted">
        {general.source}: {face.source}
      </p>
      <div className="kv-scroll">
        <table className="kv-table">
          <thead>
            <tr>
              <th scope="col" className="kv-num">
                {t.row}
              </th>
              <th scope="col">{t.subject}</th>
              <th scope="col">{t.column}</th>
              <th scope="col">{t.value}</th>
              <th scope="col">{t.problem}</th>
            </tr>
          </thead>
          <tbody>
            {list.data.findings.map((finding, index) => {
              const field = fields.find((each) => each.key === finding.field);
              return (
                <tr key={`${finding.row}-${finding.field}-${index}`}>
                  <td className="kv-num">{finding.row}</td>
                  <td>{finding.subject}</td>
                  <td>{field && read(field.label)}</td>
                  <td>{finding.value}</td>
                  <td>{read(finding.message ?? face.message(finding as Finding))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <Pager page={page} pageSize={pageSize} total={list.data.total} onPage={setPage} />
    </div>
  );
}
