import './imports.css';
import { FileSpreadsheet, Upload } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { downloadTemplate, listImports, startImport } from '@khuevan/core/contract/imports.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import { api, download } from '../../api.ts';
import { paths } from '../../paths.ts';
import { ProblemView, useNotifyProblem, useProblemText } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { importsText } from '../../text/imports.ts';
import { useReading, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatTime, useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import { type Import, ImportStateTag, isAtWork, pollMs } from './import-state.tsx';

const pageSize = 20;
const importable = ['student', 'staff', 'class', 'site', 'room', 'budget'] as const;
type ImportKind = (typeof importable)[number];

export function Component() {
  const t = useText(importsText);
  const read = useReading();
  const { may } = useSession();
  const [params, setParams] = useSearchParams();
  const kind = importable.find((each) => each === params.get('kind')) ?? 'student';
  return (
    <>
      <PageHeader title={t.title} sub={t.sub} />
      <div className="kv-stack">
        {may('records.write') && (
          <section className="kv-panel kv-stack">
            <Labelled label={t.kind}>
              {(control) => (
                <select
                  id={control.id}
                  className="kv-select"
                  value={kind}
                  onChange={(event) => setParams({ kind: event.target.value }, { replace: true })}
                >
                  {importable.map((name) => (
                    <option key={name} value={name}>
                      {read(listKinds.find((each) => each.name === name)!.label)}
                    </option>
                  ))}
                </select>
              )}
            </Labelled>
            <Template kind={kind} />
            <UploadFile kind={kind} />
          </section>
        )}
        <PastImports />
      </div>
    </>
  );
}

function Template({ kind }: { kind: ImportKind }) {
  const t = useText(importsText);
  const { unit, schoolYear } = useSession();
  const notifyProblem = useNotifyProblem();
  const fetchTemplate = async (prefilled: boolean) => {
    try {
      await download(downloadTemplate, {
        params: { unitId: unit.id, kind },
        query: { schoolYear, prefilled: prefilled ? 'true' : 'false' },
      });
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <div>
      <h2>{t.step1}</h2>
      <p className="kv-muted">{t.step1Help}</p>
      <div className="kv-row">
        <Button onClick={() => void fetchTemplate(false)}>{t.templateEmpty}</Button>
        <Button onClick={() => void fetchTemplate(true)}>{t.templateFilled}</Button>
      </div>
    </div>
  );
}

function UploadFile({ kind }: { kind: ImportKind }) {
  const t = useText(importsText);
  const textOf = useProblemText();
  const { unit, schoolYear } = useSession();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (!file || sending) return;
    if (!/\.xlsx$/i.test(file.name)) return setProblem(t.wrongType);
    setProblem(null);
    setSending(file.name);
    try {
      const started = await api(startImport, { params: { unitId: unit.id }, query: { kind, schoolYear }, file });
      await refresh(listImports);
      await navigate(paths.import(unit.id, started.id));
    } catch (error) {
      setProblem(textOf(error));
    } finally {
      setSending(null);
    }
  };
  return (
    <div>
      <h2>{t.step2}</h2>
      {problem && <Failure title={t.refused}>{problem}</Failure>}
      {sending ? (
        <Busy>{t.uploading(sending)}</Busy>
      ) : (
        <label className="kv-drop">
          <Upload size={26} aria-hidden />
          <strong>{t.drop}</strong>
          <span className="kv-muted">{t.dropHint}</span>
          {/* It lies over the whole place: a file dropped anywhere on it is chosen. */}
          <input
            type="file"
            accept=".xlsx"
            onChange={(event) => {
              void send(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </label>
      )}
    </div>
  );
}

function PastImports() {
  const t = useText(importsText);
  const general = useText(generalText);
  const { unit } = useSession();
  const [page, setPage] = useState(1);
  const [isBusy, setBusy] = useState(false);
  const { data, error, refetch } = useRead(
    listImports,
    { params: { unitId: unit.id }, query: { page, pageSize } },
    { staleTime: 0, refetchInterval: isBusy ? pollMs * 3 : false },
  );
  const works = data?.imports.some((each) => isAtWork(each.state)) ?? false;
  if (works !== isBusy) setBusy(works);
  return (
    <section className="kv-panel" aria-labelledby="past-imports">
      <h2 id="past-imports">{t.past}</h2>
      {error ? <ProblemView error={error} onRetry={() => void refetch()} /> : !data && <Busy>{general.loading}</Busy>}
      {data?.imports.length === 0 && <EmptyState icon={FileSpreadsheet} title={t.pastNone} />}
      {data && data.imports.length > 0 && <ImportTable imports={data.imports} />}
      {data && <Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} />}
    </section>
  );
}

function ImportTable({ imports }: { imports: Import[] }) {
  const t = useText(importsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  return (
    <Table
      rows={imports}
      keyOf={(each) => each.id}
      columns={[
        {
          key: 'file',
          label: t.file,
          renderCell: (each) => <Link to={paths.import(unit.id, each.id)}>{each.fileName}</Link>,
        },
        {
          key: 'kind',
          label: t.kind,
          renderCell: (each) => read(listKinds.find((kind) => kind.name === each.kind)!.label),
        },
        { key: 'rows', label: t.rows, isNumber: true, renderCell: (each) => number(each.rowsTotal ?? each.rowsRead) },
        { key: 'state', label: t.state, renderCell: (each) => <ImportStateTag state={each.state} /> },
        { key: 'who', label: t.who, renderCell: (each) => each.accountName },
        { key: 'when', label: t.when, renderCell: (each) => formatTime(each.createdAt) },
      ]}
    />
  );
}
