import { FileDown } from 'lucide-react';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { compareUnits, exportComparison } from '@khuevan/core/contract/indicators.ts';
import type { Breakdown } from '@khuevan/core/indicators/definition.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { indicatorsText } from '../../text/indicators.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { Table } from '../../ui/table.tsx';
import { useMissingWords, useValueWords } from './figure-words.tsx';
import { type ComparedUnit, lengthOf, type Shown, sortByValue } from './figures.ts';

const tiers = ['province', 'district', 'commune', 'school'] as const;
type Tier = (typeof tiers)[number];
const shownAtFirst = 50;

/** The same indicator for units below: a table with bars. */
export function Comparison({ shown: { indicator, figures } }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const { unit, schoolYear } = useSession();
  const notifyProblem = useNotifyProblem();
  const [breakdown, setBreakdown] = useState<Breakdown>('all');
  const [tier, setTier] = useState<Tier | undefined>();
  const [isByValue, setByValue] = useState(true);
  const input = {
    params: { unitId: unit.id, slug: indicator.slug },
    query: { schoolYear, breakdown, ...(tier && { tier }) },
  };
  const compared = useRead(compareUnits, input, { placeholderData: (previous) => previous });
  return (
    <section className="kv-panel kv-stack" aria-labelledby="indicator-units">
      <div className="kv-row kv-row--apart">
        <h2 id="indicator-units" className="kv-section-title">
          {t.compare}
        </h2>
        <div className="kv-row">
          <select
            className="kv-select kv-select--short"
            aria-label={t.tier}
            value={tier ?? ''}
            onChange={(event) => setTier(tiers.find((each) => each === event.target.value))}
          >
            <option value="">{t.directly}</option>
            {(compared.data?.tiers ?? []).map((each) => (
              <option key={each} value={each}>
                {t.tiers[each]}
              </option>
            ))}
          </select>
          <select
            className="kv-select kv-select--short"
            aria-label={t.breakdown}
            value={breakdown}
            onChange={(event) =>
              setBreakdown(figures.find((each) => each.breakdown === event.target.value)?.breakdown ?? 'all')
            }
          >
            {figures.map((each) => (
              <option key={each.breakdown} value={each.breakdown}>
                {t.breakdowns[each.breakdown]}
              </option>
            ))}
          </select>
          <select
            className="kv-select kv-select--short"
            aria-label={t.order}
            value={isByValue ? 'value' : 'name'}
            onChange={(event) => setByValue(event.target.value === 'value')}
          >
            <option value="value">{t.byValue}</option>
            <option value="name">{t.byName}</option>
          </select>
          <Button
            icon={<FileDown size={15} aria-hidden />}
            onClick={() => void download(exportComparison, input).catch(notifyProblem)}
          >
            {t.exportOne}
          </Button>
        </div>
      </div>
      <p className="kv-muted">{t.compareHelp}</p>
      <Loaded query={compared}>
        {({ units }) => <Units units={units} indicator={indicator} isByValue={isByValue} />}
      </Loaded>
    </section>
  );
}

function Units({
  units,
  indicator,
  isByValue,
}: {
  units: ComparedUnit[];
  indicator: Shown['indicator'];
  isByValue: boolean;
}) {
  const t = useText(indicatorsText);
  const { number } = useFormat();
  const valueWords = useValueWords();
  const missingWords = useMissingWords();
  const [isAll, setAll] = useState(false);
  const sorted = useMemo(() => (isByValue ? sortByValue(units) : units), [units, isByValue]);
  if (units.length === 0) return <p className="kv-muted">{t.compareNone}</p>;
  return (
    <>
      <Table
        rows={isAll ? sorted : sorted.slice(0, shownAtFirst)}
        keyOf={(each) => each.unitId}
        columns={[
          {
            key: 'unit',
            label: t.unit,
            renderCell: (each) => <Link to={paths.indicator(each.unitId, indicator.slug)}>{each.unitName}</Link>,
          },
          { key: 'parent', label: t.parent, renderCell: (each) => each.parentName },
          {
            key: 'value',
            label: t.value,
            isNumber: true,
            renderCell: (each) => (
              <span title={each.missing.map(missingWords).join(' ') || undefined}>
                {valueWords(each.value, indicator)}
              </span>
            ),
          },
          {
            key: 'bar',
            label: '',
            renderCell: (each) =>
              each.value !== null && (
                <span className="kv-length" aria-hidden>
                  <span style={{ width: `${lengthOf(each.value, units)}%` }} />
                </span>
              ),
          },
          {
            key: 'fraction',
            label: t.fraction,
            isNumber: true,
            renderCell: (each) =>
              each.denominator === null ? '' : `${number(each.numerator)} / ${number(each.denominator)}`,
          },
          {
            key: 'approved',
            label: t.approved,
            isNumber: true,
            renderCell: (each) =>
              each.parts < each.schools ? t.ofSchools(number(each.parts), number(each.schools)) : number(each.parts),
          },
        ]}
      />
      {!isAll && sorted.length > shownAtFirst && (
        <div className="kv-row">
          <Button onClick={() => setAll(true)}>{t.showAll(number(sorted.length))}</Button>
        </div>
      )}
    </>
  );
}
