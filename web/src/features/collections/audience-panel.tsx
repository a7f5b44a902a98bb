import { Plus, X } from 'lucide-react';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { CodeList } from '@khuevan/core/codes/code-list.ts';
import { level, levelGroup } from '@khuevan/core/codes/levels.ts';
import { ownership, schoolKind } from '@khuevan/core/codes/schools.ts';
import type { Audience } from '@khuevan/core/collections/audience.ts';
import { listAddressees } from '@khuevan/core/contract/collections.ts';
import { listUnits } from '@khuevan/core/contract/units.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import { searchKey } from '@khuevan/core/vietnam/text.ts';
import { Loaded } from '../../loaded.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { Table } from '../../ui/table.tsx';
import { Pager } from '../../ui/pager.tsx';
import type { Collection } from './collection-data.ts';

type Kind = Audience['kinds'][number];

/** Tiers below one. */
const kindsBelow: Record<UnitKind, Kind[]> = {
  ministry: ['school', 'commune', 'district', 'province'],
  province: ['school', 'commune', 'district'],
  district: ['school', 'commune'],
  commune: ['school'],
  school: [],
};

const pageSize = 50;

export function useAddressees(audience: Audience, page: number) {
  const { unit } = useSession();
  const query = {
    page,
    pageSize,
    kinds: audience.kinds.join(','),
    levels: audience.levels.join(','),
    levelGroups: audience.levelGroups.join(','),
    ownerships: audience.ownerships.join(','),
    schoolKinds: audience.schoolKinds.join(','),
    areas: audience.areas.join(','),
  };
  return useRead(listAddressees, { params: { unitId: unit.id }, query }, { placeholderData: (old) => old });
}

interface AudiencePanelProps {
  audience: Audience;
  areas: Collection['areas'];
  onChange: (audience: Audience) => void;
}

/** By kind, area and what schools are; how many and who, as it is chosen. */
export function AudiencePanel({ audience, areas, onChange }: AudiencePanelProps) {
  const t = useText(collectionsText);
  const { unit } = useSession();
  const toggled = <T,>(list: readonly T[], item: T): T[] =>
    list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
  return (
    <section className="kv-panel kv-stack" aria-labelledby="builder-audience">
      <h2 id="builder-audience">{t.audience}</h2>
      <fieldset>
        <legend className="kv-field__label">{t.kindsLabel}</legend>
        <div className="kv-builder__choices">
          {kindsBelow[unit.kind].map((kind) => (
            <label key={kind} className="kv-toggle">
              <input
                type="checkbox"
                checked={audience.kinds.includes(kind)}
                onChange={() => onChange({ ...audience, kinds: toggled(audience.kinds, kind) })}
              />{' '}
              {t.kinds[kind]}
            </label>
          ))}
        </div>
      </fieldset>
      {audience.kinds.includes('school') && <Schools audience={audience} onChange={onChange} />}
      <Areas audience={audience} areas={areas} onChange={onChange} />
      <Receivers audience={audience} />
    </section>
  );
}

const listsOfSchools = { levels: level, levelGroups: levelGroup, ownerships: ownership, schoolKinds: schoolKind };

/** Which schools: nothing chosen in a list is all of it. */
function Schools({ audience, onChange }: Omit<AudiencePanelProps, 'areas'>) {
  const t = useText(collectionsText);
  const read = useReading();
  const lists = Object.entries(listsOfSchools) as Array<[keyof typeof listsOfSchools, CodeList]>;
  return (
    <div className="kv-form">
      {lists.map(([key, { entries }]) => (
        <Labelled key={key} label={t.schoolsBy[key]}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              placeholder={t.schoolsAll}
              value={audience[key]}
              options={entries.map(({ code, vi, en }) => ({ value: code, label: read({ vi, en }) }))}
              showSearch={{
                filterOption: (typed, option) => searchKey(option?.label ?? '').includes(searchKey(typed)),
              }}
              onChange={(codes) => onChange({ ...audience, [key]: codes })}
            />
          )}
        </Labelled>
      ))}
    </div>
  );
}

function Areas({ audience, areas, onChange }: AudiencePanelProps) {
  const t = useText(collectionsText);
  const { unit } = useSession();
  const [search, setSearch] = useState('');
  const [names, setNames] = useState(() => new Map(areas.map(({ id, name }) => [id, name])));
  const found = useRead(
    listUnits,
    { params: { unitId: unit.id }, query: { search, page: 1, pageSize: 8 } },
    { enabled: search.trim().length > 1 },
  );
  const add = (id: string, name: string) => {
    setNames((old) => new Map(old).set(id, name));
    onChange({ ...audience, areas: [...audience.areas, id] });
    setSearch('');
  };
  const offered = search.trim().length > 1 ? (found.data?.units ?? []) : [];
  return (
    <div className="kv-stack">
      <div>
        <h3 className="kv-field__label">{t.areasLabel}</h3>
        <p className="kv-field__hint">{t.areasHint}</p>
      </div>
      {audience.areas.length > 0 && (
        <div className="kv-row">
          {audience.areas.map((id) => (
            <Button
              key={id}
              size="small"
              icon={<X size={14} aria-hidden />}
              aria-label={t.areaRemove(names.get(id) ?? id)}
              onClick={() => onChange({ ...audience, areas: audience.areas.filter((each) => each !== id) })}
            >
              {names.get(id) ?? id}
            </Button>
          ))}
        </div>
      )}
      <div className="kv-filters">
        <SearchInput value={search} label={t.areaSearch} hint={t.areaSearch} onSearch={setSearch} />
      </div>
      {offered.length > 0 && (
        <div className="kv-row">
          {offered
            .filter((each) => !audience.areas.includes(each.id))
            .map((each) => (
              <Button
                key={each.id}
                size="small"
                icon={<Plus size={14} aria-hidden />}
                aria-label={t.areaAdd(each.name)}
                onClick={() => add(each.id, each.name)}
              >
                {each.name}
              </Button>
            ))}
        </div>
      )}
    </div>
  );
}

function Receivers({ audience }: { audience: Audience }) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const [chosen, setChosen] = useState({ of: audience, page: 1 });
  const page = chosen.of === audience ? chosen.page : 1;
  const query = useAddressees(audience, page);
  return (
    <Loaded query={query}>
      {({ total, byKind, units }) => (
        <div className="kv-stack">
          <p role="status">
            <strong>{total === 0 ? t.receiversNone : t.receivers(number(total))}</strong>{' '}
            {total > 0 && (
              <span className="kv-muted">
                (
                {Object.entries(byKind)
                  .map(([kind, count]) => `${t.kinds[kind as Kind]}: ${number(count)}`)
                  .join(', ')}
                )
              </span>
            )}
          </p>
          {total > 0 && (
            <details>
              <summary>{t.receiversList}</summary>
              <Table
                rows={units}
                keyOf={(each) => each.id}
                columns={[
                  { key: 'code', label: '#', renderCell: (each) => each.code },
                  { key: 'name', label: t.unit, renderCell: (each) => each.name },
                ]}
              />
              <Pager
                page={page}
                pageSize={pageSize}
                total={total}
                onPage={(next) => setChosen({ of: audience, page: next })}
              />
            </details>
          )}
        </div>
      )}
    </Loaded>
  );
}
