import '../reviews/board.css';
import './progress.css';
import { FileDown, Printer, SearchX } from 'lucide-react';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { listPeriods } from '@khuevan/core/contract/periods.ts';
import { exportProgress, readProgress } from '@khuevan/core/contract/progress.ts';
import { useAddressQuery } from '../../address-query.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { progressText } from '../../text/progress.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatClock } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Picker } from '../../ui/picker.tsx';
import { type Period, WithPeriod } from '../periods/index.ts';
import { PlanPanel } from './plan-panel.tsx';
import { ProgressCards } from './progress-cards.tsx';
import { HolderTable, TallyTable } from './progress-tables.tsx';
import { ProgressUnits } from './progress-units.tsx';

const refreshMs = 30_000;

type Progress = ResponseOf<typeof readProgress>;

/** How complete and how timely a whole period is, by area, level and kind; who holds what; who is to be reminded. */
export function Component() {
  return <WithPeriod>{({ period }) => <PeriodProgress key={period.id} period={period} />}</WithPeriod>;
}

const shows = ['all', 'late', 'owing', 'reasons'] as const;

function PeriodProgress({ period }: { period: Period }) {
  const t = useText(progressText);
  const { unit } = useSession();
  const notifyProblem = useNotifyProblem();
  const [search] = useSearchParams();
  const formCode = period.forms.find((each) => each.code === search.get('form'))?.code;
  const query = { periodId: period.id, ...(formCode && { formCode }) };
  const show = shows.find((each) => each === search.get('show')) ?? 'all';
  const areaId = search.get('area') ?? undefined;
  const progress = useRead(readProgress, { params: { unitId: unit.id }, query }, { refetchInterval: refreshMs });
  const file = { params: { unitId: unit.id }, query: { ...query, show, ...(areaId && { areaId }) } };
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.title}
        sub={progress.data && t.at(formatClock(progress.data.at))}
        actions={
          <>
            <Pickers period={period} formCode={formCode} />
            <Button
              icon={<FileDown size={15} aria-hidden />}
              onClick={() => void download(exportProgress, file).catch(notifyProblem)}
            >
              {t.excel}
            </Button>
            <Button icon={<Printer size={15} aria-hidden />} onClick={() => print()}>
              {t.print}
            </Button>
          </>
        }
      />
      <Loaded query={progress}>
        {(found) =>
          found.kinds.length === 0 ? (
            <div className="kv-panel">
              <EmptyState icon={SearchX} title={t.none} />
            </div>
          ) : (
            <>
              <ProgressCards progress={found} />
              <Areas progress={found} />
              <ProgressUnits period={period} formCode={formCode} show={show} areaId={areaId} areas={found.areas} />
              <Numbers progress={found} />
              <PlanPanel period={period} />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Areas({ progress }: { progress: Progress }) {
  const t = useText(progressText);
  const { unit } = useSession();
  const areas = progress.areas.map((area) => (area.key === unit.id ? { ...area, name: t.direct(area.name) } : area));
  return (
    <section className="kv-panel">
      <h2>{t.byArea}</h2>
      <TallyTable heading={t.areas} rows={areas} total={progress.total} />
    </section>
  );
}

function Numbers({ progress }: { progress: Progress }) {
  const t = useText(progressText);
  const kinds = progress.kinds.map((each) => ({ ...each, name: t.kindOf(t.unitKinds[each.unitKind], each.name) }));
  return (
    <>
      <section className="kv-panel">
        <h2>{t.byLevel}</h2>
        <TallyTable heading={t.levels} rows={progress.levels} />
      </section>
      <section className="kv-panel">
        <h2>{t.byKind}</h2>
        <TallyTable heading={t.kinds} rows={kinds} />
      </section>
      <section className="kv-panel">
        <h2>{t.holdersTitle}</h2>
        <HolderTable holders={progress.holders} />
      </section>
    </>
  );
}

function Pickers({ period, formCode }: { period: Period; formCode: string | undefined }) {
  const t = useText(progressText);
  const read = useReading();
  const { unit, schoolYear } = useSession();
  const periods = useRead(listPeriods, { params: { unitId: unit.id }, query: { schoolYear } }, { staleTime: 60_000 });
  const [, changeSearch] = useAddressQuery();
  const choose = (key: string, value: string) =>
    changeSearch((search) => {
      if (value) search.set(key, value);
      else search.delete(key);
    });
  return (
    <>
      <Picker
        className="kv-picker--wide"
        label={t.choosePeriod}
        shown={period.name}
        items={(periods.data?.periods ?? []).map((each) => ({ key: each.id, label: each.name }))}
        selected={[period.id]}
        onPick={(id) => choose('period', id)}
      />
      <Picker
        label={t.chooseForm}
        shown={formCode ?? t.allForms}
        items={[
          { key: 'all', label: t.allForms },
          ...period.forms.map((each) => ({ key: each.code, label: `${each.code} ${read(each.name)}` })),
        ]}
        selected={[formCode ?? 'all']}
        onPick={(code) => choose('form', code === 'all' ? '' : code)}
      />
    </>
  );
}
