import { Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { codeName } from '@khuevan/core/codes/index.ts';
import { createAccount } from '@khuevan/core/contract/accounts.ts';
import { permissionsOf, type Role, roles } from '@khuevan/core/permissions.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';

const usernamePattern = /^[a-z0-9._-]{3,50}$/;

export function CreateAccountDialog({
  onCreated,
  onClose,
}: {
  onCreated: (username: string, password: string) => void;
  onClose: () => void;
}) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const textOf = useProblemText();
  const language = useLanguage();
  const { unit } = useSession();
  const offered = roles.filter((each) => permissionsOf(each, unit.kind).size > 0);
  const [username, setUsername] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [role, setRole] = useState<Role>(offered[0] ?? 'clerk');
  const [levels, setLevels] = useState<string[]>([]);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isUsername = usernamePattern.test(username);
  const isName = displayName.trim().length >= 2;
  const create = async () => {
    setTried(true);
    if (!isUsername || !isName) return;
    setBusy(true);
    setError(null);
    try {
      const { temporaryPassword } = await api(createAccount, {
        params: { unitId: unit.id },
        body: { username, displayName: displayName.trim(), role, levels: levels.length > 0 ? levels : null },
      });
      onCreated(username, temporaryPassword);
    } catch (caught) {
      setError(caught);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t.createTitle}
      okText={t.create}
      cancelText={general.cancel}
      confirmLoading={isBusy}
      onOk={() => void create()}
      onCancel={onClose}
    >
      <div className="kv-form">
        {error ? <Failure>{textOf(error)}</Failure> : null}
        <Labelled label={t.displayName} required error={isTried && !isName ? t.nameWrong : null}>
          {(control) => (
            <Input
              {...control}
              maxLength={100}
              value={displayName}
              onChange={(event) => setDisplayName(event.target.value)}
            />
          )}
        </Labelled>
        <Labelled
          label={t.username}
          required
          hint={t.usernameHelp}
          error={isTried && !isUsername ? t.usernameWrong : null}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={50}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              value={username}
              onChange={(event) => setUsername(event.target.value.trim().toLowerCase())}
            />
          )}
        </Labelled>
        <Labelled label={t.role} required>
          {(control) => (
            <select
              id={control.id}
              className="kv-select"
              value={role}
              onChange={(event) => setRole(event.target.value as Role)}
            >
              {offered.map((each) => (
                <option key={each} value={each}>
                  {shell.roles[each]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {unit.levels.length > 1 && (
          <fieldset className="kv-modes">
            <legend>{t.levelsLimit}</legend>
            <Checkbox.Group
              value={levels}
              options={unit.levels.map((code) => ({ value: code, label: codeName('level', code, language) }))}
              onChange={setLevels}
            />
            {levels.length === 0 && <span className="kv-muted">{t.levelsAll}</span>}
          </fieldset>
        )}
      </div>
    </Modal>
  );
}
