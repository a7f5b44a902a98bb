import { Button } from 'antd';
import { useState } from 'react';
import { endDelegation, listAccounts } from '@khuevan/core/contract/accounts.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { formatDate } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import type { Account } from './accounts.screen.tsx';
import { DelegateDialog } from './delegate-dialog.tsx';

export function DelegationsPanel({ accounts }: { accounts: Account[] }) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const { unit, may, isOwnUnit } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [isDelegating, setDelegating] = useState(false);
  const [endingId, setEndingId] = useState<string | null>(null);
  const delegations = accounts.flatMap((account) =>
    account.memberships
      .filter((each) => each.delegatedBy !== null)
      .map((each) => ({ ...each, receiver: account.displayName })),
  );
  const end = async (delegationId: string) => {
    try {
      await api(endDelegation, { params: { unitId: unit.id, delegationId } });
      await refresh(listAccounts);
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
  };
  return (
    <section className="kv-panel" aria-labelledby="delegations">
      <h2 id="delegations">{t.delegations}</h2>
      <p className="kv-muted">{t.delegationsHelp}</p>
      {delegations.length === 0 ? (
        <p>{t.delegationsNone}</p>
      ) : (
        <Table
          rows={delegations}
          keyOf={(each) => each.id}
          columns={[
            { key: 'person', label: t.person, renderCell: (each) => each.receiver },
            {
              key: 'role',
              label: t.role,
              renderCell: (each) => `${shell.roles[each.role]}, ${t.delegatedBy(each.delegatedBy!)}`,
            },
            { key: 'until', label: t.delegateUntil, renderCell: (each) => each.until && formatDate(each.until) },
            { key: 'reason', label: general.reason, renderCell: (each) => each.reason },
            {
              key: 'actions',
              label: t.actions,
              renderCell: (each) =>
                may('delegations.write') && (
                  <Button size="small" onClick={() => setEndingId(each.id)}>
                    {t.endDelegation}
                    <span className="kv-hidden"> {each.receiver}</span>
                  </Button>
                ),
            },
          ]}
        />
      )}
      {may('delegations.write') && isOwnUnit && <Button onClick={() => setDelegating(true)}>{t.delegate}</Button>}
      {isDelegating && (
        <DelegateDialog onDone={() => void refresh(listAccounts)} onClose={() => setDelegating(false)} />
      )}
      {endingId && (
        <Confirm
          title={t.endDelegation}
          confirm={t.endDelegation}
          cancel={general.cancel}
          danger
          onConfirm={() => end(endingId)}
          onClose={() => setEndingId(null)}
        >
          {t.endAsk}
        </Confirm>
      )}
    </section>
  );
}
