import { Button } from 'antd';
import { useState } from 'react';
import { changeAccount } from '@khuevan/core/contract/accounts.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useMe, useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import type { Account } from './accounts.screen.tsx';

interface AccountActionsProps {
  account: Account;
  onChanged: (username: string, password: string | null) => Promise<void>;
}

/** Locking and new passwords are asked about first; nobody locks themselves out here. */
export function AccountActions({ account, onChanged }: AccountActionsProps) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const { unit, may } = useSession();
  const { data: me } = useMe();
  const notifyProblem = useNotifyProblem();
  const [asking, setAsking] = useState<'lock' | 'reset' | null>(null);
  const change = async (body: { active?: boolean; unlock?: true; resetPassword?: true }) => {
    try {
      const { temporaryPassword } = await api(changeAccount, {
        params: { unitId: unit.id, accountId: account.id },
        body,
      });
      await onChanged(account.username, temporaryPassword);
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
  };
  const unlock = () =>
    void change(account.active ? { unlock: true } : { active: true, unlock: true }).catch(() => undefined);
  if (!may('accounts.write') || me?.account.id === account.id) return null;
  return (
    <span className="kv-row">
      {account.active && !account.lockedUntil ? (
        <Button size="small" onClick={() => setAsking('lock')}>
          {t.lock}
        </Button>
      ) : (
        <Button size="small" onClick={unlock}>
          {t.unlock}
        </Button>
      )}
      <Button size="small" onClick={() => setAsking('reset')}>
        {t.reset}
      </Button>
      {asking && (
        <Confirm
          title={asking === 'lock' ? t.lock : t.reset}
          confirm={asking === 'lock' ? t.lock : t.reset}
          cancel={general.cancel}
          danger={asking === 'lock'}
          onConfirm={() => change(asking === 'lock' ? { active: false } : { resetPassword: true })}
          onClose={() => setAsking(null)}
        >
          {asking === 'lock' ? t.lockAsk(account.displayName) : t.resetAsk(account.displayName)}
        </Confirm>
      )}
    </span>
  );
}
