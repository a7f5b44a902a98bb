import { Input, Modal } from 'antd';
import { useState } from 'react';
import { nationalStandard } from '@khuevan/core/codes/schools.ts';
import { recognise } from '@khuevan/core/contract/records.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';

/** The managing office records the level of the newest recognition decision; schools only see it. */
export function RecogniseDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const textOf = useProblemText();
  const language = useLanguage();
  const { unit, schoolYear } = useSession();
  const [level, setLevel] = useState('');
  const [decision, setDecision] = useState('');
  const [day, setDay] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const decidedOn = parseDate(day);
  const isDecision = decision.trim().length >= 3;
  const save = async () => {
    setTried(true);
    if (!decidedOn || !isDecision) return;
    setBusy(true);
    setError(null);
    try {
      await api(recognise, {
        params: { schoolId: unit.id },
        query: { schoolYear },
        body: { nationalStandard: level || null, decision: decision.trim(), decidedOn },
      });
      onDone();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t.recogniseTitle}
      okText={general.save}
      cancelText={general.cancel}
      confirmLoading={isBusy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="kv-form">
        {error ? <Failure>{textOf(error)}</Failure> : null}
        <Labelled label={t.recogniseLevel}>
          {(control) => (
            <select
              id={control.id}
              className="kv-select"
              value={level}
              onChange={(event) => setLevel(event.target.value)}
            >
              <option value="">{t.recogniseNone}</option>
              {nationalStandard.entries.map((entry) => (
                <option key={entry.code} value={entry.code}>
                  {entry[language]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t.recogniseDecision} required error={isTried && !isDecision ? t.textShort : null}>
          {(control) => (
            <Input
              {...control}
              value={decision}
              maxLength={200}
              onChange={(event) => setDecision(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.recogniseDay} required hint={t.dayHint} error={isTried && !decidedOn ? t.dayWrong : null}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              placeholder="30/09/2024"
              value={day}
              onChange={(event) => setDay(event.target.value)}
            />
          )}
        </Labelled>
      </div>
    </Modal>
  );
}
