import { Upload } from 'lucide-react';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { downloadPopulationTemplate, importPopulation, listPopulation } from '@khuevan/core/contract/population.ts';
import { api, download } from '../../api.ts';
import { useNotifyProblem, useProblemText } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { populationText } from '../../text/population.ts';
import { useReading, useText } from '../../text/words.ts';
import { Busy } from '../../ui/empty-state.tsx';
import { Failure } from '../../ui/failure.tsx';
import { useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { Table } from '../../ui/table.tsx';

type Imported = ResponseOf<typeof importPopulation>;

/** Template, source, file; then what was taken, or what to correct. */
export function PopulationImport({ year }: { year: number }) {
  const t = useText(populationText);
  const textOf = useProblemText();
  const notifyProblem = useNotifyProblem();
  const refresh = useRefresh();
  const { unit } = useSession();
  const [source, setSource] = useState('');
  const [documentNo, setDocumentNo] = useState('');
  const [sending, setSending] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const send = async (file: File | undefined) => {
    if (!file || sending) return;
    setImported(null);
    if (source.trim().length < 3 || !documentNo.trim()) return setProblem(t.needSource);
    setProblem(null);
    setSending(file.name);
    try {
      const query = { year, source: source.trim(), documentNo: documentNo.trim() };
      setImported(await api(importPopulation, { params: { unitId: unit.id }, query, file }));
      await refresh(listPopulation);
    } catch (error) {
      setProblem(textOf(error));
    } finally {
      setSending(null);
    }
  };
  return (
    <section className="kv-panel kv-stack" aria-labelledby="population-import">
      <h2 id="population-import" className="kv-section-title">
        {t.importTitle(year)}
      </h2>
      <div className="kv-row">
        <Button
          onClick={() =>
            void download(downloadPopulationTemplate, { params: { unitId: unit.id }, query: { year } }).catch(
              notifyProblem,
            )
          }
        >
          {t.template}
        </Button>
        <span className="kv-muted">{t.templateHelp}</span>
      </div>
      <div className="kv-columns">
        <Labelled label={t.source} hint={t.sourceHint} required>
          {(control) => (
            <Input {...control} value={source} maxLength={200} onChange={(event) => setSource(event.target.value)} />
          )}
        </Labelled>
        <Labelled label={t.documentNo} hint={t.documentNoHint} required>
          {(control) => (
            <Input
              {...control}
              value={documentNo}
              maxLength={100}
              onChange={(event) => setDocumentNo(event.target.value)}
            />
          )}
        </Labelled>
      </div>
      {problem && <Failure title={t.refused}>{problem}</Failure>}
      {sending ? (
        <Busy>{t.sending(sending)}</Busy>
      ) : (
        <label className="kv-drop">
          <Upload size={26} aria-hidden />
          <strong>{t.drop}</strong>
          <span className="kv-muted">{t.dropHint}</span>
          {/* It lies over the whole place: a file dropped anywhere on it is chosen. */}
          <input
            type="file"
            accept=".xlsx,.csv"
            onChange={(event) => {
              void send(event.target.files?.[0]);
              event.target.value = '';
            }}
          />
        </label>
      )}
      {imported && <Outcome imported={imported} />}
    </section>
  );
}

function Outcome({ imported }: { imported: Imported }) {
  const t = useText(populationText);
  const read = useReading();
  const { number } = useFormat();
  if (imported.stored)
    return (
      <p className="kv-note kv-note--good" role="status">
        {t.stored(number(imported.places), number(imported.rows))}{' '}
        {imported.replaced > 0 && t.replaced(number(imported.replaced))}
      </p>
    );
  return (
    <div role="alert">
      <p className="kv-note kv-note--bad">{t.faults(number(imported.faultsTotal))}</p>
      <Table
        rows={imported.faults}
        keyOf={(each, index) => `${each.row} ${index}`}
        columns={[
          { key: 'row', label: t.row, isNumber: true, renderCell: (each) => each.row },
          { key: 'wrong', label: t.wrong, renderCell: (each) => read(each.message) },
        ]}
      />
    </div>
  );
}
