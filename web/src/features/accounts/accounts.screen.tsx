import './accounts.css';
import { UserPlus, Users } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { type account as accountShape, listAccounts } from '@khuevan/core/contract/accounts.ts';
import { codeName } from '@khuevan/core/codes/index.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { formatTime } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Table } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { AccountActions } from './account-actions.tsx';
import { CreateAccountDialog } from './create-account-dialog.tsx';
import { DelegationsPanel } from './delegations-panel.tsx';
import { TemporaryPasswordDialog } from './temporary-password-dialog.tsx';

export type Account = z.output<typeof accountShape>;
const pageSize = 50;

/** Who may work in this unit, and who stands in for whom. */
export function Component() {
  const t = useText(accountsText);
  const general = useText(generalText);
  const { unit, may } = useSession();
  const refresh = useRefresh();
  const [page, setPage] = useState(1);
  const [isCreating, setCreating] = useState(false);
  const [temporary, setTemporary] = useState<{ username: string; password: string } | null>(null);
  const { data, error, refetch } = useRead(listAccounts, { params: { unitId: unit.id }, query: { page, pageSize } });
  const show = async (username: string, password: string | null) => {
    setCreating(false);
    if (password) setTemporary({ username, password });
    await refresh(listAccounts);
  };
  return (
    <>
      <PageHeader
        title={t.listTitle}
        sub={t.listSub(unit.name)}
        actions={
          may('accounts.write') && (
            <Button type="primary" icon={<UserPlus size={16} />} onClick={() => setCreating(true)}>
              {t.create}
            </Button>
          )
        }
      />
      <div className="kv-stack">
        {error ? <ProblemView error={error} onRetry={() => void refetch()} /> : !data && <Busy>{general.loading}</Busy>}
        {data?.accounts.length === 0 && (
          <EmptyState icon={Users} title={t.none}>
            {t.noneHelp}
          </EmptyState>
        )}
        {data && data.accounts.length > 0 && (
          <div className="kv-panel kv-panel--flush">
            <AccountTable accounts={data.accounts} onChanged={show} />
          </div>
        )}
        {data && <Pager page={page} pageSize={pageSize} total={data.total} onPage={setPage} />}
        {data && <DelegationsPanel delegations={data.delegations} />}
      </div>
      {isCreating && (
        <CreateAccountDialog
          onCreated={(username, password) => void show(username, password)}
          onClose={() => setCreating(false)}
        />
      )}
      {temporary && <TemporaryPasswordDialog {...temporary} onClose={() => setTemporary(null)} />}
    </>
  );
}

function AccountTable({
  accounts,
  onChanged,
}: {
  accounts: Account[];
  onChanged: (username: string, password: string | null) => Promise<void>;
}) {
  const t = useText(accountsText);
  const shell = useText(shellText);
  const language = useLanguage();
  return (
    <Table
      rows={accounts}
      keyOf={(account) => account.id}
      columns={[
        { key: 'name', label: t.displayName, renderCell: (account) => account.displayName },
        { key: 'username', label: t.username, renderCell: (account) => account.username },
        {
          key: 'roles',
          label: t.rolesHeld,
          renderCell: (account) =>
            account.memberships.map((each) => (
              <div key={each.id}>
                {shell.roles[each.role]}
                {each.levels && (
                  <span className="kv-muted">
                    {' '}
                    ({each.levels.map((code) => codeName('level', code, language)).join(', ')})
                  </span>
                )}
              </div>
            )),
        },
        { key: 'state', label: t.state, renderCell: (account) => <AccountState account={account} /> },
        {
          key: 'actions',
          label: t.actions,
          renderCell: (account) => <AccountActions account={account} onChanged={onChanged} />,
        },
      ]}
    />
  );
}

function AccountState({ account }: { account: Account }) {
  const t = useText(accountsText);
  return (
    <span className="kv-row">
      {account.active ? <Tag tone="good">{t.active}</Tag> : <Tag tone="plain">{t.inactive}</Tag>}
      {account.lockedUntil && <Tag tone="warn">{t.lockedUntil(formatTime(account.lockedUntil))}</Tag>}
      {account.totpEnabled && <Tag tone="info">{t.hasTwoStep}</Tag>}
    </span>
  );
}
