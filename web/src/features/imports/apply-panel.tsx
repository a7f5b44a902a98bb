import { Button } from 'antd';
import { useId, useState } from 'react';
import { downloadMarkedFile } from '@khuevan/core/contract/imports.ts';
import { download } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { importsText } from '../../text/imports.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import type { Import } from './import-state.tsx';

type Mode = 'all' | 'good';

/** The choice between all rows and only the good ones, said with the numbers of rows it means. */
export function ApplyPanel({
  data,
  onApply,
  onCancel,
}: {
  data: Import;
  onApply: (mode: Mode) => Promise<void>;
  onCancel: () => void;
}) {
  const t = useText(importsText);
  const { number } = useFormat();
  const name = useId();
  const [mode, setMode] = useState<Mode>('all');
  const [isBusy, setBusy] = useState(false);
  const hasBad = data.rowsBad > 0;
  const toWrite = data.toAdd + data.toChange;
  const isBlocked = (mode === 'all' && hasBad) || toWrite === 0;
  const apply = async () => {
    setBusy(true);
    await onApply(mode);
    setBusy(false);
  };
  return (
    <section className="kv-panel kv-stack" aria-labelledby={`${name}-title`}>
      <h2 id={`${name}-title`}>{t.apply}</h2>
      {toWrite === 0 && !hasBad && <p>{t.nothingToWrite}</p>}
      {hasBad && (
        <fieldset className="kv-modes">
          <legend className="kv-hidden">{t.modeLegend}</legend>
          {(['all', 'good'] as const).map((each) => (
            <label key={each} className="kv-choice">
              <input type="radio" name={name} checked={mode === each} onChange={() => setMode(each)} />
              {each === 'all' ? t.modeAll : t.modeGood(number(data.rowsGood), number(data.rowsBad))}
            </label>
          ))}
        </fieldset>
      )}
      {mode === 'all' && hasBad && <p className="kv-muted">{t.blocked(number(data.rowsBad))}</p>}
      <div className="kv-row">
        <Button type="primary" disabled={isBlocked} loading={isBusy} onClick={() => void apply()}>
          {t.applyNow(number(toWrite))}
        </Button>
        {data.hasMarkedFile ? <MarkedFile data={data} /> : hasBad && <Button disabled>{t.marking}</Button>}
        <Button danger onClick={onCancel}>
          {t.cancelImport}
        </Button>
      </div>
    </section>
  );
}

function MarkedFile({ data }: { data: Import }) {
  const t = useText(importsText);
  const { unit } = useSession();
  const notifyProblem = useNotifyProblem();
  const fetchFile = async () => {
    try {
      await download(downloadMarkedFile, { params: { unitId: unit.id, id: data.id } });
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <Button title={t.markedHelp} onClick={() => void fetchFile()}>
      {t.marked}
    </Button>
  );
}
