import './board.css';
import { FileDown, Printer, SearchX } from 'lucide-react';
import { Button, Input } from 'antd';
import { useMemo, useState } from 'react';
import { exportBoard, readAggregate, readBoard } from '@khuevan/core/contract/reviews.ts';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { useAddressQuery } from '../../address-query.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { reviewsText } from '../../text/reviews.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatClock, formatDate, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { StateTag } from '../../ui/tag.tsx';
import { daysOfKinds, type PeriodChoice, WithPeriod } from '../periods/index.ts';
import { headlineOf, useForm } from '../reports/index.ts';
import {
  type BoardFilter,
  boardFilters,
  type BoardUnit,
  countUnits,
  findUnits,
  fits,
  groupByParent,
  longestWait,
} from './board.ts';
import { BoardGrid } from './board-grid.tsx';
import { GroupTable, UnitTable } from './board-tables.tsx';
import { LateOpeningDialog } from './late-opening-dialog.tsx';

const refreshMs = 15_000;

/** Who is where, who holds it, how late: for everybody above schools. */
export function Component() {
  return <WithPeriod>{(choice) => <Board key={`${choice.period.id} ${choice.form.code}`} {...choice} />}</WithPeriod>;
}

function Board({ period, form, pickers }: PeriodChoice) {
  const t = useText(reviewsText);
  const notifyProblem = useNotifyProblem();
  const { unit } = useSession();
  const query = { periodId: period.id, formCode: form.code };
  const board = useRead(readBoard, { params: { unitId: unit.id }, query }, { refetchInterval: refreshMs });
  const deadlines = daysOfKinds(period).map((each) => t.deadlineOf[each.unitKind](formatDate(each.dueOn)));
  const at = board.data && formatClock(board.data.at);
  const sub = [at && (board.isError ? t.boardOld(at) : t.boardAt(at)), ...deadlines].filter(Boolean).join(' · ');
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.boardTitle}
        sub={sub}
        actions={
          <>
            {pickers}
            <Button
              icon={<FileDown size={15} aria-hidden />}
              onClick={() => void download(exportBoard, { params: { unitId: unit.id }, query }).catch(notifyProblem)}
            >
              {t.excel}
            </Button>
            <Button icon={<Printer size={15} aria-hidden />} onClick={() => print()}>
              {t.print}
            </Button>
          </>
        }
      />
      <Loaded query={board}>
        {({ units, at: moment }) =>
          units.length === 0 ? (
            <div className="kv-panel">
              <EmptyState icon={SearchX} title={t.boardNone} />
            </div>
          ) : (
            <Shown units={units} at={moment} period={period} form={form} />
          )
        }
      </Loaded>
    </div>
  );
}

function Shown({
  units,
  at,
  period,
  form,
}: { units: BoardUnit[]; at: string } & Pick<PeriodChoice, 'period' | 'form'>) {
  const t = useText(reviewsText);
  const schools = useMemo(() => units.filter((unit) => unit.unitKind === 'school'), [units]);
  const offices = useMemo(() => units.filter((unit) => unit.unitKind !== 'school'), [units]);
  const main = schools.length > 0 ? schools : offices;
  const groups = useMemo(() => groupByParent(main), [main]);
  return (
    <>
      <Cards units={main} at={at} period={period} form={form} isSchools={schools.length > 0} />
      <div className={groups.length > 1 ? 'kv-columns kv-columns--board' : undefined}>
        <section className="kv-panel">
          <h2>
            {schools.length === 0 ? t.gridTitleUnits : groups.length > 1 ? t.gridTitle : t.gridTitleOne}{' '}
            <span className="kv-muted kv-board__help">{schools.length > 0 ? t.gridHelp : t.gridHelpUnits}</span>
          </h2>
          <BoardGrid groups={groups} />
          <p className="kv-board__legend">
            {(['approved', 'submitted', 'returned', 'supplement', 'draft', 'not-started'] as const).map((state) => (
              <StateTag key={state} state={state} />
            ))}
          </p>
        </section>
        {groups.length > 1 && (
          <section className="kv-panel">
            <h2>{t.tableTitle}</h2>
            <GroupTable groups={groups} isSchools={schools.length > 0} link={{ period: period.id, form: form.code }} />
          </section>
        )}
      </div>
      {schools.length > 0 && offices.length > 0 && (
        <section className="kv-panel">
          <h2>{t.officesTitle}</h2>
          <UnitTable units={offices} label={t.officesTitle} />
        </section>
      )}
      <FilteredList units={units} period={period} form={form} />
    </>
  );
}

function Cards({
  units,
  at,
  period,
  form,
  isSchools,
}: { units: BoardUnit[]; at: string; isSchools: boolean } & Pick<PeriodChoice, 'period' | 'form'>) {
  const t = useText(reviewsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  const counts = countUnits(units);
  const mine = units.filter((each) => fits(each, 'mine', unit.id)).length;
  const worst = Math.max(0, ...units.map((each) => each.daysLate));
  return (
    <div className="kv-counts">
      <section className="kv-panel kv-count">
        <h2>{read(stateWords.approved)}</h2>
        <p>
          <strong>{number(counts.approved)}</strong> {(isSchools ? t.ofSchools : t.ofUnits)(number(counts.all))}
        </p>
        <div className="kv-bar" aria-hidden>
          {(['approved', 'submitted', 'supplement', 'returned'] as const).map((state) => (
            <span key={state} className={`kv-bar__part kv-bar__part--${state}`} style={{ flexGrow: counts[state] }} />
          ))}
          <span className="kv-bar__part" style={{ flexGrow: counts.notSent }} />
        </div>
      </section>
      <section className="kv-panel kv-count">
        <h2>{read(stateWords.submitted)}</h2>
        <p>
          <strong>{number(counts.submitted)}</strong>{' '}
          {counts.submitted > 0 && t.waitingLongest(number(longestWait(units, at)))}
        </p>
        {mine > 0 && <p className="kv-muted">{t.waitingForMe(number(mine))}</p>}
      </section>
      <section className="kv-panel kv-count">
        <h2>{read(stateWords.returned)}</h2>
        <p>
          <strong>{number(counts.returned)}</strong> {counts.returned > 0 && t.itemsOpen(number(counts.openItems))}
        </p>
      </section>
      {counts.supplement > 0 && (
        <section className="kv-panel kv-count">
          <h2>{read(stateWords.supplement)}</h2>
          <p>
            <strong className="kv-warn">{number(counts.supplement)}</strong>
          </p>
        </section>
      )}
      <section className="kv-panel kv-count">
        <h2>{t.lateCard}</h2>
        <p>
          <strong className={counts.late > 0 ? 'kv-bad' : undefined}>{number(counts.late)}</strong>{' '}
          {counts.late > 0 ? t.lateMost(number(worst)) : t.lateNone}
        </p>
      </section>
      <StudentsCard period={period} form={form} />
    </div>
  );
}

/** The pupils in what is approved: the total is there the moment the last approval lands. */
function StudentsCard({ period, form }: Pick<PeriodChoice, 'period' | 'form'>) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const { unit } = useSession();
  const definition = useForm(form.slug, form.version);
  const aggregate = useRead(
    readAggregate,
    { params: { unitId: unit.id }, query: { periodId: period.id, formCode: form.code } },
    { refetchInterval: refreshMs },
  );
  const countsStudents = definition.data?.sections.some(({ rows }) =>
    rows.some(({ measure }) => measure === 'student'),
  );
  if (countsStudents === false) return null;
  const students =
    definition.data && aggregate.data && (headlineOf(definition.data, aggregate.data.cells, 'student') ?? 0);
  return (
    <section className="kv-panel kv-count">
      <h2>{t.studentsCard}</h2>
      <p>
        <strong>{number(students)}</strong> {aggregate.data && t.studentsOf(number(aggregate.data.parts))}
      </p>
    </section>
  );
}

const shownAtFirst = 50;

function FilteredList({ units, period, form }: { units: BoardUnit[] } & Pick<PeriodChoice, 'period' | 'form'>) {
  const t = useText(reviewsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit, may } = useSession();
  const [opening, setOpening] = useState<BoardUnit | null>(null);
  const filterWords = {
    ...t.filters,
    notStarted: read(stateWords['not-started']),
    returned: read(stateWords.returned),
    supplement: read(stateWords.supplement),
  };
  const [params, changeParams] = useAddressQuery({ replace: true, preventScrollReset: true });
  const [search, setSearch] = useState('');
  const [isAll, setAll] = useState(false);
  const filter = boardFilters.find((each) => each === params.get('show')) ?? 'all';
  const found = useMemo(() => findUnits(units, search), [units, search]);
  // Only a form that grew has units to supplement it.
  const offered = boardFilters.filter(
    (each) => each !== 'supplement' || each === filter || found.some((one) => fits(one, each, unit.id)),
  );
  const shown = found.filter((each) => fits(each, filter, unit.id)).toSorted((a, b) => b.daysLate - a.daysLate);
  const choose = (next: BoardFilter) => changeParams((made) => made.set('show', next));
  return (
    <section className="kv-panel kv-stack">
      <div className="kv-row kv-row--apart">
        <h2 className="kv-section-title">{t.listTitle}</h2>
        <div className="kv-row kv-board__filters" role="group" aria-label={t.filter}>
          {offered.map((each) => (
            <button
              key={each}
              type="button"
              className="kv-pick"
              aria-pressed={each === filter}
              onClick={() => choose(each)}
            >
              {filterWords[each]} {number(found.filter((one) => fits(one, each, unit.id)).length)}
            </button>
          ))}
          <Input
            allowClear
            className="kv-board__search"
            value={search}
            placeholder={t.search}
            aria-label={t.search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      </div>
      {shown.length === 0 ? (
        <p className="kv-muted">{t.nothingFound}</p>
      ) : (
        <UnitTable
          units={isAll ? shown : shown.slice(0, shownAtFirst)}
          label={t.listTitle}
          {...(period.state === 'closed' && may('reports.reopen') && { onOpenLate: setOpening })}
        />
      )}
      {!isAll && shown.length > shownAtFirst && (
        <div className="kv-row">
          <Button onClick={() => setAll(true)}>{t.showAll(number(shown.length))}</Button>
        </div>
      )}
      {opening && (
        <LateOpeningDialog unit={opening} periodId={period.id} formCode={form.code} onClose={() => setOpening(null)} />
      )}
    </section>
  );
}
