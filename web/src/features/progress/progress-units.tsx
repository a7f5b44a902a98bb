import { BellRing } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { listProgressUnits, type progressUnit } from '@khuevan/core/contract/progress.ts';
import { useAddressQuery } from '../../address-query.ts';
import { Loaded } from '../../loaded.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { progressText } from '../../text/progress.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { Picker } from '../../ui/picker.tsx';
import type { Period } from '../periods/index.ts';
import { ProgressUnitTable } from './progress-unit-table.tsx';
import { RemindDialog } from './remind-dialog.tsx';

export type ProgressUnit = z.output<typeof progressUnit>;
type Show = 'all' | 'late' | 'owing' | 'reasons';
const shows: readonly Show[] = ['all', 'late', 'owing', 'reasons'];
const shownAtFirst = 50;
const refreshMs = 30_000;

interface ProgressUnitsProps {
  period: Period;
  formCode: string | undefined;
  show: Show;
  areaId: string | undefined;
  areas: Array<{ key: string; name: string }>;
}

/** The units behind the numbers; chosen ones are reminded. */
export function ProgressUnits({ period, formCode, show, areaId, areas }: ProgressUnitsProps) {
  const t = useText(progressText);
  const { unit, isOwnUnit, may } = useSession();
  const [, changeSearch] = useAddressQuery({ replace: true, preventScrollReset: true });
  const query = { periodId: period.id, ...(formCode && { formCode }), show, ...(areaId && { areaId }) };
  const found = useRead(
    listProgressUnits,
    { params: { unitId: unit.id }, query },
    { refetchInterval: refreshMs, placeholderData: (before) => before },
  );
  const area = areas.find((each) => each.key === areaId);
  return (
    <section className="kv-panel kv-stack">
      <div className="kv-row kv-row--apart">
        <h2 className="kv-section-title">{t.unitsTitle}</h2>
        <div className="kv-row kv-board__filters" role="group" aria-label={t.filter}>
          {shows.map((each) => (
            <button
              key={each}
              type="button"
              className="kv-pick"
              aria-pressed={each === show}
              onClick={() => changeSearch((search) => search.set('show', each))}
            >
              {t.shows[each]}
            </button>
          ))}
          {areas.length > 1 && (
            <Picker
              label={t.area}
              shown={area?.name ?? t.allAreas}
              items={[{ key: 'all', label: t.allAreas }, ...areas.map(({ key, name }) => ({ key, label: name }))]}
              selected={[area?.key ?? 'all']}
              onPick={(key) =>
                changeSearch((search) => (key === 'all' ? search.delete('area') : search.set('area', key)))
              }
            />
          )}
        </div>
      </div>
      <Loaded query={found}>
        {({ units, total }) => (
          <Chosen
            key={`${formCode ?? ''} ${show} ${areaId ?? ''}`}
            units={units}
            total={total}
            period={period}
            formCode={formCode}
            mayRemind={isOwnUnit && may('reviews.write')}
          />
        )}
      </Loaded>
    </section>
  );
}

interface ChosenProps {
  units: ProgressUnit[];
  total: number;
  period: Period;
  formCode: string | undefined;
  mayRemind: boolean;
}

function Chosen({ units, total, period, formCode, mayRemind }: ChosenProps) {
  const t = useText(progressText);
  const { number } = useFormat();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isReminding, setReminding] = useState(false);
  const [isAll, setAll] = useState(false);
  if (units.length === 0) return <p className="kv-muted">{t.nothing}</p>;
  const shown = isAll ? units : units.slice(0, shownAtFirst);
  const owing = shown.filter((unit) => unit.sent < unit.asked).map((unit) => unit.unitId);
  const picked = units.filter((unit) => chosen.has(unit.unitId) && unit.sent < unit.asked);
  const pick = (unitIds: string[], isOn: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const each of unitIds)
        if (isOn) next.add(each);
        else next.delete(each);
      return next;
    });
  return (
    <>
      {mayRemind && owing.length > 0 && (
        <div className="kv-row kv-progress__remind">
          <label>
            <input
              type="checkbox"
              className="kv-progress__pick"
              checked={owing.every((each) => chosen.has(each))}
              onChange={(event) => pick(owing, event.target.checked)}
            />
            {t.selectAll}
          </label>
          <Button
            type="primary"
            icon={<BellRing size={15} aria-hidden />}
            disabled={picked.length === 0}
            onClick={() => setReminding(true)}
          >
            {picked.length === 0 ? t.remindNone : t.remind(number(picked.length))}
          </Button>
        </div>
      )}
      <ProgressUnitTable units={shown} periodId={period.id} {...(mayRemind && { chosen, onPick: pick })} />
      {!isAll && units.length > shownAtFirst && (
        <div className="kv-row">
          <Button onClick={() => setAll(true)}>{t.showAll(number(units.length))}</Button>
        </div>
      )}
      {total > units.length && <p className="kv-muted">{t.more(number(units.length), number(total))}</p>}
      {isReminding && (
        <RemindDialog
          period={period}
          formCode={formCode}
          unitIds={picked.map((unit) => unit.unitId)}
          onDone={() => setChosen(new Set())}
          onClose={() => setReminding(false)}
        />
      )}
    </>
  );
}
