import { Input, Modal } from 'antd';
import { useState } from 'react';
import { delegate } from '@khuevan/core/contract/accounts.ts';
import type { Role } from '@khuevan/core/permissions.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';

export function DelegateDialog({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const textOf = useProblemText();
  const { me, unit } = useSession();
  const held = [
    ...new Set(me.memberships.filter((each) => each.unitId === unit.id && !each.delegated).map((each) => each.role)),
  ];
  const [username, setUsername] = useState('');
  const [role, setRole] = useState<Role | undefined>(held[0]);
  const [day, setDay] = useState('');
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const until = parseDate(day);
  const isDay = until !== null && until >= me.today;
  const isReason = reason.trim().length >= 3;
  const save = async () => {
    setTried(true);
    if (!username.trim() || !role || !isDay || !isReason) return;
    setBusy(true);
    setError(null);
    try {
      await api(delegate, {
        params: { unitId: unit.id },
        body: { username: username.trim(), role, until, reason: reason.trim() },
      });
      notify(t.delegateDone);
      onDone();
      onClose();
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t.delegateTitle}
      okText={t.delegate}
      cancelText={general.cancel}
      confirmLoading={isBusy}
      onOk={() => void save()}
      onCancel={onClose}
    >
      <div className="kv-form">
        <p className="kv-muted">{t.delegationsHelp}</p>
        {error ? <Failure>{textOf(error)}</Failure> : null}
        <Labelled label={t.role} required>
          {(control) => (
            <select
              id={control.id}
              className="kv-select"
              value={role}
              onChange={(event) => setRole(event.target.value as Role)}
            >
              {held.map((each) => (
                <option key={each} value={each}>
                  {shell.roles[each]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label={t.delegateTo} required error={isTried && !username.trim() ? t.usernameMissing : null}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={username}
              onChange={(event) => setUsername(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled label={t.delegateUntil} required error={isTried && !isDay ? t.dayWrong : null}>
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
        <Labelled label={general.reason} required error={isTried && !isReason ? t.reasonShort : null}>
          {(control) => (
            <Input {...control} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Labelled>
      </div>
    </Modal>
  );
}
