import '../imports/imports.css';
import './indicators.css';
import { ChartNoAxesCombined, Users } from 'lucide-react';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPopulation, readPopulation } from '@khuevan/core/contract/population.ts';
import { useAddressQuery } from '../../address-query.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { populationText } from '../../text/population.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { PopulationImport } from './population-import.tsx';

type Population = ResponseOf<typeof listPopulation>;
type PopulationTable = Population['tables'][number];

/** The population of places, with where it is from; and the import for those who answer for it. */
export function Component() {
  const t = useText(populationText);
  const { unit, schoolYear, may } = useSession();
  const [params, changeParams] = useAddressQuery({ replace: true });
  const year = Number(params.get('year')) || schoolYear;
  const replaced = params.get('replaced') === 'true';
  const query = useRead(
    listPopulation,
    { params: { unitId: unit.id }, query: { year, ...(replaced && { replaced: 'true' as const }) } },
    { staleTime: 0 },
  );
  const years = [...new Set([schoolYear, schoolYear - 1, year, ...(query.data?.years ?? [])])].toSorted(
    (a, b) => b - a,
  );
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.title}
        sub={t.sub}
        actions={
          <>
            <select
              className="kv-select kv-select--short"
              aria-label={t.year}
              value={year}
              onChange={(event) => changeParams((next) => next.set('year', event.target.value))}
            >
              {years.map((each) => (
                <option key={each} value={each}>
                  {t.yearOther(each)}
                </option>
              ))}
            </select>
            <Link className="kv-button-link kv-button-link--plain" to={paths.indicators(unit.id)}>
              <ChartNoAxesCombined size={15} aria-hidden /> {t.indicators}
            </Link>
          </>
        }
      />
      {may('population.write') && <PopulationImport key={year} year={year} />}
      <Loaded query={query}>
        {(found) => (
          <>
            <section className="kv-panel kv-stack" aria-labelledby="population-tables">
              <div className="kv-row kv-row--apart">
                <h2 id="population-tables" className="kv-section-title">
                  {t.tables(year)}
                </h2>
                <Checkbox
                  checked={replaced}
                  onChange={(event) => changeParams((next) => next.set('replaced', String(event.target.checked)))}
                >
                  {t.withReplaced}
                </Checkbox>
              </div>
              {found.tables.length === 0 ? (
                <EmptyState icon={Users} title={t.noneTitle(year)}>
                  {may('population.write') ? t.none : `${t.none} ${t.noneAsk}`}
                </EmptyState>
              ) : (
                <Tables tables={found.tables} />
              )}
            </section>
            <Without places={found.tables.length === 0 ? [] : found.without} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Tables({ tables }: { tables: PopulationTable[] }) {
  const t = useText(populationText);
  const { number } = useFormat();
  const [opened, setOpened] = useState<PopulationTable | null>(null);
  return (
    <>
      <Table
        rows={tables}
        keyOf={(each) => each.id}
        columns={[
          {
            key: 'place',
            label: t.place,
            renderCell: (each) => (
              <>
                {each.unitName}{' '}
                <button
                  type="button"
                  className="kv-link"
                  aria-expanded={opened?.id === each.id}
                  onClick={() => setOpened(opened?.id === each.id ? null : each)}
                >
                  {opened?.id === each.id ? t.close : t.open}
                  <span className="kv-hidden"> {each.unitName}</span>
                </button>
              </>
            ),
          },
          { key: 'people', label: t.people, isNumber: true, renderCell: (each) => number(each.people) },
          { key: 'ages', label: t.ages, renderCell: (each) => `${each.ages.from}–${each.ages.to}` },
          { key: 'origin', label: t.origin, renderCell: (each) => `${each.source}, ${each.documentNo}` },
          { key: 'file', label: t.file, renderCell: (each) => each.fileName },
          {
            key: 'imported',
            label: t.imported,
            renderCell: (each) => `${each.importedBy}, ${formatTime(each.importedAt)}`,
          },
          {
            key: 'state',
            label: t.state,
            renderCell: (each) =>
              each.replacedAt ? (
                <Tag tone="plain">{t.old(formatTime(each.replacedAt))}</Tag>
              ) : (
                <Tag tone="good">{t.used}</Tag>
              ),
          },
        ]}
      />
      {opened && <Counts table={opened} />}
    </>
  );
}

function Counts({ table }: { table: PopulationTable }) {
  const t = useText(populationText);
  const { number } = useFormat();
  const query = useRead(readPopulation, { params: { unitId: table.unitId, populationId: table.id } });
  return (
    <Loaded query={query}>
      {({ counts }) => (
        <section aria-label={table.unitName}>
          <h3>{table.unitName}</h3>
          <Table
            rows={counts}
            keyOf={(each) => String(each.age)}
            columns={[
              { key: 'age', label: t.age, isNumber: true, renderCell: (each) => each.age },
              { key: 'people', label: t.total, isNumber: true, renderCell: (each) => number(each.people) },
              { key: 'female', label: t.female, isNumber: true, renderCell: (each) => number(each.female) },
              { key: 'minority', label: t.minority, isNumber: true, renderCell: (each) => number(each.minority) },
              {
                key: 'minorityFemale',
                label: t.minorityFemale,
                isNumber: true,
                renderCell: (each) => number(each.minorityFemale),
              },
            ]}
          />
        </section>
      )}
    </Loaded>
  );
}

function Without({ places }: { places: Population['without'] }) {
  const t = useText(populationText);
  const { number } = useFormat();
  if (places.length === 0) return null;
  return (
    <details className="kv-panel">
      <summary>{t.without(number(places.length))}</summary>
      <ul>
        {places.map((each) => (
          <li key={each.id}>{each.name}</li>
        ))}
      </ul>
    </details>
  );
}
