import '../reviews/board.css';
import { Award, FileDown, Printer } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { exportCommendations, listCommendations } from '@khuevan/core/contract/commendations.ts';
import { criteria } from '@khuevan/core/reports/commendation.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { commendationsText } from '../../text/commendations.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatSchoolYear, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { Explained } from './explained.tsx';
import { RulePanel } from './rule-panel.tsx';

type Listed = ResponseOf<typeof listCommendations>;

/** Offices see the units below by their points; a school sees its own. */
export function Component() {
  const { unit, schoolYear } = useSession();
  return unit.kind === 'school' ? (
    <Explained key={schoolYear} unitId={unit.id} />
  ) : (
    <Offices key={`${unit.id} ${schoolYear}`} />
  );
}

function Offices() {
  const t = useText(commendationsText);
  const { unit, schoolYear } = useSession();
  const notifyProblem = useNotifyProblem();
  const params = { unitId: unit.id, schoolYear };
  const query = useRead(listCommendations, { params });
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.title}
        sub={t.sub(formatSchoolYear(schoolYear))}
        actions={
          <>
            <Button
              icon={<FileDown size={15} aria-hidden />}
              onClick={() => void download(exportCommendations, { params }).catch(notifyProblem)}
            >
              {t.excel}
            </Button>
            <Button icon={<Printer size={15} aria-hidden />} onClick={() => print()}>
              {t.print}
            </Button>
          </>
        }
      />
      <p className="kv-note">{t.proposal}</p>
      <Loaded query={query}>
        {(listed) => (
          <>
            <RulePanel inForce={listed.inForce} />
            <UnitList units={listed.units} />
          </>
        )}
      </Loaded>
    </div>
  );
}

const shownAtFirst = 100;
const kinds = ['school', 'office'] as const;

function UnitList({ units }: { units: Listed['units'] }) {
  const t = useText(commendationsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const schools = units.filter((each) => each.unitKind === 'school');
  const offices = units.filter((each) => each.unitKind !== 'school');
  const [chosen, setChosen] = useState<(typeof kinds)[number]>(schools.length > 0 ? 'school' : 'office');
  const [isAll, setAll] = useState(false);
  const listed = chosen === 'school' ? schools : offices;
  const points = (value: number | undefined) => (value === undefined ? '' : number(value, { min: 1, max: 1 }));
  if (units.length === 0) {
    return (
      <div className="kv-panel">
        <EmptyState icon={Award} title={t.none} />
      </div>
    );
  }
  return (
    <section className="kv-panel kv-stack">
      <div className="kv-row kv-row--apart">
        <h2 className="kv-section-title">{t.listTitle}</h2>
        {schools.length > 0 && offices.length > 0 && (
          <div className="kv-row kv-board__filters" role="group" aria-label={t.filter}>
            {kinds.map((kind) => (
              <button
                key={kind}
                type="button"
                className="kv-pick"
                aria-pressed={kind === chosen}
                onClick={() => setChosen(kind)}
              >
                {t.kinds[kind]}
              </button>
            ))}
          </div>
        )}
      </div>
      <Table
        rows={isAll ? listed : listed.slice(0, shownAtFirst)}
        keyOf={(row) => row.unitId}
        columns={[
          {
            key: 'rank',
            label: t.rank,
            isNumber: true,
            renderCell: (row) => row.score !== null && number(1 + listed.findIndex((each) => each.score === row.score)),
          },
          {
            key: 'unit',
            label: t.unit,
            renderCell: (row) => (
              <Link to={paths.commendation(unit.id, row.unitId)} title={t.explain(row.unitName)}>
                {row.unitName}
              </Link>
            ),
          },
          { key: 'parent', label: t.parent, renderCell: (row) => row.parentName },
          { key: 'forms', label: t.forms, isNumber: true, renderCell: (row) => number(row.forms) },
          ...criteria.map((criterion) => ({
            key: criterion,
            label: t.criteria[criterion],
            isNumber: true,
            renderCell: (row: Listed['units'][number]) => points(row.parts?.[criterion]),
          })),
          {
            key: 'score',
            label: t.score,
            isNumber: true,
            renderCell: (row) => (row.score === null ? t.notYet : <strong>{points(row.score)}</strong>),
          },
        ]}
      />
      {!isAll && listed.length > shownAtFirst && (
        <div className="kv-row">
          <Button onClick={() => setAll(true)}>{t.showAll(number(listed.length))}</Button>
        </div>
      )}
    </section>
  );
}
