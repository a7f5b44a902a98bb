import '../reports/reports.css';
import { FileDown, Printer, Send } from 'lucide-react';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { listReports, startReport } from '@khuevan/core/contract/reports.ts';
import { exportAggregate, readAggregate } from '@khuevan/core/contract/reviews.ts';
import { api, download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { ledgerText } from '../../text/ledger.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag, Tag } from '../../ui/tag.tsx';
import { type PeriodChoice, WithPeriod } from '../periods/index.ts';
import { FormView, markCells, PartsBehind, useForm, useReportAction, useReportChanged } from '../reports/index.ts';

/** The sum of what is approved, cell by cell, each opening to its parts. */
export function Component() {
  return (
    <WithPeriod>{(choice) => <Aggregate key={`${choice.period.id} ${choice.form.code}`} {...choice} />}</WithPeriod>
  );
}

function Aggregate({ period, form, pickers }: PeriodChoice) {
  const t = useText(reviewsText);
  const ledger = useText(ledgerText);
  const { number } = useFormat();
  const { unit } = useSession();
  const notifyProblem = useNotifyProblem();
  const [search] = useSearchParams();
  const query = { periodId: period.id, formCode: form.code };
  const aggregate = useRead(readAggregate, { params: { unitId: unit.id }, query }, { refetchInterval: 15_000 });
  const definition = useForm(form.slug, form.version);
  const cells = aggregate.data?.cells;
  const supplement = aggregate.data?.supplement;
  const marks = useMemo(() => markCells({ cells: cells ?? {}, asked: supplement?.cells }), [cells, supplement]);
  const isEmpty = aggregate.data?.parts === 0;
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.aggregateTitle}
        sub={aggregate.data && t.aggregateSub(number(aggregate.data.parts), number(aggregate.data.schools))}
        beside={aggregate.data && <Completeness {...aggregate.data} />}
        actions={
          <>
            {pickers}
            {!isEmpty && (
              <>
                <Link
                  className="kv-button-link kv-button-link--plain"
                  to={paths.aggregatePrint(unit.id, { period: period.id, form: form.code })}
                >
                  <Printer size={15} aria-hidden /> {t.printAggregate}
                </Link>
                <Button
                  icon={<FileDown size={15} aria-hidden />}
                  onClick={() =>
                    void download(exportAggregate, { params: { unitId: unit.id }, query }).catch(notifyProblem)
                  }
                >
                  {t.excelAggregate}
                </Button>
              </>
            )}
          </>
        }
      />
      <OwnReport period={period} form={form} />
      <Loaded query={aggregate}>
        {(found) => (
          <Loaded query={definition}>
            {(known) =>
              found.parts === 0 ? (
                <p className="kv-note">
                  {t.aggregateNone}{' '}
                  <Link to={paths.board(unit.id, { period: period.id, form: form.code })}>{t.seeBoard}</Link>
                </p>
              ) : (
                <>
                  <p className="kv-muted">
                    {found.updatedAt && t.aggregateAt(formatTime(found.updatedAt))}{' '}
                    {found.parts < found.schools && (
                      <Link to={paths.board(unit.id, { period: period.id, form: form.code, show: 'late' })}>
                        {t.seeBoard}
                      </Link>
                    )}
                  </p>
                  {found.supplement && found.supplement.parts < found.parts && (
                    <p className="kv-note">
                      {ledger.supplement.parts(
                        number(found.supplement.parts),
                        number(found.parts),
                        number(found.supplement.cells.length),
                      )}
                    </p>
                  )}
                  <FormView
                    form={known}
                    cells={found.cells}
                    asOf={period.asOf}
                    marks={marks}
                    previousYear={null}
                    linkedCell={search.get('cell')}
                    renderCell={(place) => (
                      <PartsBehind unitId={unit.id} periodId={period.id} formCode={form.code} place={place} />
                    )}
                  />
                </>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

function Completeness({ parts, schools }: { parts: number; schools: number }) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  if (schools === 0) return null;
  return parts >= schools ? (
    <Tag tone="good">{t.aggregateWhole}</Tag>
  ) : (
    <Tag tone="warn">{t.aggregateMissing(number(schools - parts))}</Tag>
  );
}

/** The unit's own report of the same form: started here, or gone on with. */
function OwnReport({ period, form }: Pick<PeriodChoice, 'period' | 'form'>) {
  const t = useText(reviewsText);
  const { unit, may } = useSession();
  const navigate = useNavigate();
  const act = useReportAction();
  const changed = useReportChanged();
  const [isStarting, setStarting] = useState(false);
  const query = useRead(listReports, { params: { unitId: unit.id }, query: { periodId: period.id } });
  const own = query.data?.reports.find((report) => report.formCode === form.code);
  if (!own) return null;
  const start = async () => {
    setStarting(true);
    const started = await act(() =>
      api(startReport, { params: { unitId: unit.id }, body: { periodId: period.id, formCode: form.code } }),
    );
    setStarting(false);
    if (!started) return;
    await navigate(paths.report(unit.id, started.id, { step: 'data' }));
    await changed(started);
  };
  return (
    <section className="kv-panel kv-row kv-row--apart">
      <span className="kv-row">
        <strong>{t.ownReport}</strong> <StateTag state={own.state} />
      </span>
      {own.id ? (
        <Link className="kv-button-link kv-button-link--plain" to={paths.report(unit.id, own.id)}>
          {t.openOwn}
        </Link>
      ) : (
        may('reports.prepare') && (
          <Button
            type="primary"
            icon={<Send size={15} aria-hidden />}
            loading={isStarting}
            onClick={() => void start()}
          >
            {t.sendOwn}
          </Button>
        )
      )}
    </section>
  );
}
