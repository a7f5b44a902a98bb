import { SearchX } from 'lucide-react';
import { Checkbox } from 'antd';
import { Link } from 'react-router';
import { codeName } from '@khuevan/core/codes/index.ts';
import { level } from '@khuevan/core/codes/levels.ts';
import { listUnits } from '@khuevan/core/contract/units.ts';
import { useAddressQuery } from '../../address-query.ts';
import { paths } from '../../paths.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { shellText } from '../../text/shell.ts';
import { unitsText } from '../../text/units.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { Table } from '../../ui/table.tsx';

const pageSize = 50;
const kinds = ['province', 'district', 'commune', 'school'] as const;

/** Every unit below this one, found by a part of its name. */
export function Component() {
  const t = useText(unitsText);
  const general = useText(generalText);
  const shell = useText(shellText);
  const language = useLanguage();
  const { number } = useFormat();
  const { unit } = useSession();
  const [params, changeParams] = useAddressQuery({ replace: true });
  const kind = kinds.find((each) => each === params.get('kind'));
  const query = {
    search: params.get('search') || undefined,
    kind,
    level: params.get('level') || undefined,
    directly: params.get('directly') === 'true' ? ('true' as const) : undefined,
    page: Number(params.get('page')) || 1,
    pageSize,
  };
  const { data, error, refetch } = useRead(
    listUnits,
    { params: { unitId: unit.id }, query },
    { placeholderData: (previous) => previous },
  );
  const put = (key: string, value: string) =>
    changeParams((next) => {
      if (value) next.set(key, value);
      else next.delete(key);
      if (key !== 'page') next.delete('page');
    });
  return (
    <>
      <PageHeader title={t.title} beside={data && <span className="kv-muted">{t.count(number(data.total))}</span>} />
      <div className="kv-filters">
        <SearchInput
          value={query.search ?? ''}
          label={t.search}
          hint={t.searchHint}
          onSearch={(text) => put('search', text)}
        />
        <select
          className="kv-select"
          aria-label={t.kind}
          value={kind ?? ''}
          onChange={(event) => put('kind', event.target.value)}
        >
          <option value="">
            {t.kind}: {general.all.toLocaleLowerCase()}
          </option>
          {kinds.map((each) => (
            <option key={each} value={each}>
              {shell.kinds[each]}
            </option>
          ))}
        </select>
        <select
          className="kv-select"
          aria-label={t.level}
          value={query.level ?? ''}
          onChange={(event) => put('level', event.target.value)}
        >
          <option value="">
            {t.level}: {general.all.toLocaleLowerCase()}
          </option>
          {level.entries.map((entry) => (
            <option key={entry.code} value={entry.code}>
              {entry[language]}
            </option>
          ))}
        </select>
        <Checkbox
          checked={query.directly === 'true'}
          onChange={(event) => put('directly', event.target.checked ? 'true' : '')}
        >
          {t.directly}
        </Checkbox>
      </div>
      {error ? <ProblemView error={error} onRetry={() => void refetch()} /> : !data && <Busy>{general.loading}</Busy>}
      {data?.total === 0 && (
        <EmptyState icon={SearchX} title={t.nothing}>
          {t.nothingHelp}
        </EmptyState>
      )}
      {data && data.total > 0 && (
        <div className="kv-panel kv-panel--flush">
          <UnitTable units={data.units} />
        </div>
      )}
      {data && (
        <Pager page={query.page} pageSize={pageSize} total={data.total} onPage={(page) => put('page', String(page))} />
      )}
    </>
  );
}

interface UnitLine {
  id: string;
  kind: string;
  code: string;
  name: string;
  levels: string[];
  parentName: string | null;
}

function UnitTable({ units }: { units: UnitLine[] }) {
  const t = useText(unitsText);
  const language = useLanguage();
  const { may } = useSession();
  const accountsLink = (unit: UnitLine) => (
    <Link to={paths.accounts(unit.id)}>
      {t.openAccounts}
      <span className="kv-hidden"> {unit.name}</span>
    </Link>
  );
  return (
    <Table
      rows={units}
      keyOf={(unit) => unit.id}
      columns={[
        {
          key: 'name',
          label: t.name,
          renderCell: (unit) => (
            <Link to={unit.kind === 'school' && may('records.read') ? paths.profile(unit.id) : paths.home(unit.id)}>
              {unit.name}
            </Link>
          ),
        },
        { key: 'code', label: t.code, renderCell: (unit) => unit.code },
        {
          key: 'levels',
          label: t.levels,
          renderCell: (unit) => unit.levels.map((code) => codeName('level', code, language)).join(', '),
        },
        { key: 'parent', label: t.parent, renderCell: (unit) => unit.parentName },
        ...(may('accounts.write') ? [{ key: 'accounts', label: t.openAccounts, renderCell: accountsLink }] : []),
      ]}
    />
  );
}
