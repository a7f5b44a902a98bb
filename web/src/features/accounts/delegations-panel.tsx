import { Button } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
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
import { DelegateDialog } from './delegate-dialog.tsx';

export function DelegationsPanel({ delegations }: { delegations: ResponseOf<typeof listAccounts>['delegations'] }) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const { unit, may, isOwnUnit } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [isDelegating, setDelegating] = useState(false);
  const [endingId, setEndingId] = useState<string | null>(null);
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
            {
              key: 'person',
              label: t.person,
              renderCell: (each) => (
                <>
                  {each.receiverName} <span className="kv-muted">({each.receiverUnitName})</span>
                </>
              ),
            },
            {
              key: 'role',
              label: t.role,
              renderCell: (each) => `${shell.roles[each.role]}, ${t.delegatedBy(each.giverName)}`,
            },
            { key: 'until', label: t.delegateUntil, renderCell: (each) => formatDate(each.until) },
            { key: 'reason', label: general.reason, renderCell: (each) => each.reason },
            {
              key: 'actions',
              label: t.actions,
              renderCell: (each) =>
                may('delegations.write') && (
                  <Button size="small" onClick={() => setEndingId(each.id)}>
                    {t.endDelegation}
                    <span className="kv-hidden"> {each.receiverName}</span>
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
