import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { listChecks, listFindings, setCheck } from '@khuevan/core/contract/checks.ts';
import { checkReport } from '@khuevan/core/contract/reports.ts';
import type { SetSeverity, Tolerance } from '@khuevan/core/checks/settings.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { checksText } from '../../text/checks.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatTime } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import { isReason } from '../../ui/reason.ts';
import {
  type CheckSetting,
  describeTolerance,
  type FormCheck,
  inForce,
  readPart,
  readTolerance,
  typeTolerance,
} from './tolerance.ts';

interface SettingDialogProps {
  formSlug: string;
  check: FormCheck;
  history: CheckSetting[];
  onClose: () => void;
}

/** Another severity or tolerance, with the reason; or back to what the form says. */
export function SettingDialog({ formSlug, check, history, onClose }: SettingDialogProps) {
  const t = useText(checksText);
  const general = useText(generalText);
  const read = useReading();
  const { unit } = useSession();
  const notifyProblem = useNotifyProblem();
  const refresh = useRefresh();
  const now = inForce(check);
  const [severity, setSeverity] = useState<SetSeverity>(now.severity);
  const [typed, setTyped] = useState(() => typeTolerance(now.tolerance));
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const tolerance = readTolerance(typed);
  const isShort = !isReason(reason);
  const store = async (set: { severity: SetSeverity | null; tolerance: Tolerance }) => {
    setTried(true);
    if (isShort) return;
    setBusy(true);
    try {
      const body = { formSlug, rule: check.rule, reason: reason.trim(), ...set };
      await api(setCheck, { params: { unitId: unit.id }, body });
      notify(t.saved);
      await refresh(listChecks, listFindings, checkReport);
      onClose();
    } catch (error) {
      notifyProblem(error);
    } finally {
      setBusy(false);
    }
  };
  const isOwn = check.setting?.ownerId === unit.id;
  return (
    <Modal
      open
      width={640}
      title={t.dialogTitle}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{general.cancel}</Button>
          {isOwn && (
            <Button loading={isBusy} onClick={() => void store({ severity: null, tolerance: {} })}>
              {t.reset}
            </Button>
          )}
          <Button
            type="primary"
            loading={isBusy}
            onClick={() => (tolerance ? void store({ severity, tolerance }) : setTried(true))}
          >
            {t.save}
          </Button>
        </>
      }
    >
      <div className="kv-form">
        <p>
          <strong>{read(check.title)}</strong>
        </p>
        <fieldset className="kv-checks__choice">
          <legend className="kv-field__label">{t.severity}</legend>
          {check.allowed.map((each) => (
            <label key={each} className="kv-toggle">
              <input type="radio" name="severity" checked={severity === each} onChange={() => setSeverity(each)} />{' '}
              {t.severities[each]} <span className="kv-muted">{t.severityHelp[each]}</span>
            </label>
          ))}
        </fieldset>
        {severity !== 'off' && <ToleranceFields typed={typed} onChange={setTyped} />}
        <Labelled label={t.reason} error={isTried && isShort ? general.reasonShort : null} required>
          {(control) => (
            <Input.TextArea
              {...control}
              value={reason}
              maxLength={2000}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Labelled>
        <History history={history} />
      </div>
    </Modal>
  );
}

const shown = ['share', 'least', 'times'] as const;

function ToleranceFields({
  typed,
  onChange,
}: {
  typed: ReturnType<typeof typeTolerance>;
  onChange: (typed: ReturnType<typeof typeTolerance>) => void;
}) {
  const t = useText(checksText);
  const words = {
    share: [t.shareLabel, t.shareHint],
    least: [t.leastLabel, t.leastHint],
    times: [t.timesLabel, t.timesHint],
  } as const;
  return (
    <>
      {shown.map((key) => {
        const text = typed[key];
        if (text === undefined) return null;
        const [label, hint] = words[key];
        return (
          <Labelled key={key} label={label} hint={hint} error={readPart(key, text) === null ? t.wrongNumber : null}>
            {(control) => (
              <Input
                {...control}
                className="kv-checks__number"
                inputMode="decimal"
                value={text}
                onChange={(event) => onChange({ ...typed, [key]: event.target.value })}
              />
            )}
          </Labelled>
        );
      })}
    </>
  );
}

function History({ history }: { history: CheckSetting[] }) {
  const t = useText(checksText);
  return (
    <section>
      <h3>{t.history}</h3>
      {history.length === 0 ? (
        <p className="kv-muted">{t.historyNone}</p>
      ) : (
        <ul className="kv-checks__history">
          {history.map((each) => {
            const what =
              each.severity === null
                ? t.backToForm
                : [
                    t.severities[each.severity],
                    ...(Object.keys(each.tolerance).length > 0 && each.severity !== 'off'
                      ? [describeTolerance(each.tolerance, t)]
                      : []),
                  ].join(', ');
            return (
              <li key={each.id}>
                <span>{t.historyLine(what, each.ownerName, each.setByName, formatTime(each.setAt))}</span>
                <span className="kv-muted">{each.reason}</span>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
