import './imports.css';
import { Progress } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { applyImport, cancelImport, listImports, readImport } from '@khuevan/core/contract/imports.ts';
import { listTasks } from '@khuevan/core/contract/units.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { api } from '../../api.ts';
import { collections, paths } from '../../paths.ts';
import { ProblemView, useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { importsText } from '../../text/imports.ts';
import { useReading, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Busy } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { ApplyPanel } from './apply-panel.tsx';
import { FindingsPanel } from './findings-panel.tsx';
import { type Import, ImportStateTag, isAtWork, isMarking, pollMs } from './import-state.tsx';
import { PreviewPanel } from './preview-panel.tsx';

/** One import, from the moment it is uploaded until it is written; it can be left and found again at any time. */
export function Component() {
  const t = useText(importsText);
  const general = useText(generalText);
  const read = useReading();
  const { importId = '' } = useParams();
  const { unit } = useSession();
  const [isBusy, setBusy] = useState(true);
  const { data, error, refetch } = useRead(
    readImport,
    { params: { unitId: unit.id, id: importId } },
    { staleTime: 0, refetchInterval: isBusy ? pollMs : false },
  );
  const works = data ? isAtWork(data.state) || isMarking(data) : true;
  if (works !== isBusy) setBusy(works);
  if (error) return <ProblemView error={error} onRetry={() => void refetch()} />;
  if (!data) return <Busy>{general.loading}</Busy>;
  const kind = read(recordKinds[data.kind].label).toLocaleLowerCase();
  const isOpen = data.state === 'ready' || data.state === 'applied';
  return (
    <>
      <PageHeader
        title={t.importTitle(kind, data.fileName)}
        beside={<ImportStateTag state={data.state} />}
        actions={<ImportActions data={data} />}
      />
      <div className="kv-stack">
        <ImportProgress data={data} />
        {isOpen && <Counts data={data} />}
        {data.state === 'ready' && <ApplyImport data={data} />}
        {isOpen && <FindingsPanel data={data} />}
        {isOpen && <PreviewPanel data={data} />}
      </div>
    </>
  );
}

function ImportActions({ data }: { data: Import }) {
  const t = useText(importsText);
  const { unit } = useSession();
  return (
    <>
      {data.state === 'applied' && (
        <Link className="kv-button kv-button--primary" to={paths.records(unit.id, collections[data.kind])}>
          {t.openRecords}
        </Link>
      )}
      <Link className="kv-button" to={paths.imports(unit.id, data.kind)}>
        {t.again}
      </Link>
    </>
  );
}

function ImportProgress({ data }: { data: Import }) {
  const t = useText(importsText);
  const read = useReading();
  const { number } = useFormat();
  const percent = data.rowsTotal ? Math.round((100 * data.rowsRead) / data.rowsTotal) : 0;
  switch (data.state) {
    case 'waiting':
      return <Busy>{t.waiting}</Busy>;
    case 'reading':
      return (
        <section className="kv-panel" aria-live="polite">
          <p>
            {data.rowsTotal
              ? t.reading(number(data.rowsRead), number(data.rowsTotal))
              : t.readingSome(number(data.rowsRead))}
          </p>
          {data.rowsTotal ? <Progress percent={percent} aria-label={t.states.reading} /> : null}
        </section>
      );
    case 'applying':
      return <Busy>{t.applying}</Busy>;
    case 'refused':
      return <Failure title={t.refused}>{data.refusal && read(data.refusal)}</Failure>;
    case 'failed':
      return <Failure>{t.failed}</Failure>;
    case 'cancelled':
      return <p>{t.cancelled}</p>;
    case 'applied':
      return (
        <p role="status">
          <strong>{t.applied(number(data.toAdd + data.toChange))}</strong>
        </p>
      );
    case 'ready':
      return null;
  }
}

function Counts({ data }: { data: Import }) {
  const t = useText(importsText);
  const { number } = useFormat();
  const isDone = data.state === 'applied';
  const counts: [string, number][] = [
    [t.good, data.rowsGood],
    [t.bad, data.rowsBad],
    [isDone ? t.added : t.toAdd, data.toAdd],
    [isDone ? t.changed : t.toChange, data.toChange],
    [t.toLeave, data.toLeave],
  ];
  return (
    <section className="kv-panel">
      <dl className="kv-counts">
        {counts.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function ApplyImport({ data }: { data: Import }) {
  const t = useText(importsText);
  const general = useText(generalText);
  const { unit, may } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [isAsking, setAsking] = useState(false);
  const params = { unitId: unit.id, id: data.id };
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      notifyProblem(error);
    }
    await refresh(readImport, listImports, listTasks);
  };
  if (!may('records.write')) return null;
  return (
    <>
      <ApplyPanel
        data={data}
        onApply={(mode) => run(() => api(applyImport, { params, body: { mode } }))}
        onCancel={() => setAsking(true)}
      />
      {isAsking && (
        <Confirm
          title={t.cancelImport}
          confirm={t.cancelImport}
          cancel={general.cancel}
          danger
          onConfirm={() => run(() => api(cancelImport, { params }))}
          onClose={() => setAsking(false)}
        >
          {t.cancelAsk}
        </Confirm>
      )}
    </>
  );
}
