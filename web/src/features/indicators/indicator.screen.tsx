import './indicators.css';
import { ArrowLeft } from 'lucide-react';
import { useMemo } from 'react';
import { Link, useParams } from 'react-router';
import { readIndicator } from '@khuevan/core/contract/indicators.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { indicatorsText } from '../../text/indicators.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatDate, formatSchoolYear, formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { Comparison } from './comparison.tsx';
import { MissingWords, useMissingWords, useValueWords } from './figure-words.tsx';
import type { Shown } from './figures.ts';
import { Findings } from './indicators.screen.tsx';
import { SeriesChart } from './series-chart.tsx';

/** One indicator: what it says, what it is made of, how it changed, and how units compare. */
export function Component() {
  const { unit, schoolYear } = useSession();
  const { slug = '' } = useParams();
  const query = useRead(readIndicator, { params: { unitId: unit.id, slug }, query: { schoolYear } }, { staleTime: 0 });
  return <Loaded query={query}>{(shown) => <Indicator shown={shown} />}</Loaded>;
}

function Indicator({ shown }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  const { indicator, counted } = shown;
  return (
    <div className="kv-stack">
      <PageHeader
        title={read(indicator.name)}
        beside={indicator.schemes.map((scheme) => (
          <Tag key={scheme} tone="plain">
            {t.schemes[scheme]}
          </Tag>
        ))}
        sub={unit.kind === 'school' ? undefined : t.counted(number(counted.parts), number(counted.schools))}
        actions={
          <Link
            className="kv-button-link kv-button-link--plain"
            to={paths.indicators(unit.id, { level: indicator.level })}
          >
            <ArrowLeft size={15} aria-hidden /> {t.back}
          </Link>
        }
      />
      <Findings findings={shown.findings} />
      <div className="kv-columns">
        <Definition shown={shown} />
        {shown.figures.length > 1 && <Breakdowns shown={shown} />}
      </div>
      <Series shown={shown} />
      <MadeOf shown={shown} />
      {unit.kind !== 'school' && <Comparison key={indicator.slug} shown={shown} />}
    </div>
  );
}

function Definition({ shown: { indicator, figures } }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const read = useReading();
  const { number } = useFormat();
  const { schoolYear } = useSession();
  const valueWords = useValueWords();
  const whole = figures.find((each) => each.breakdown === 'all')!;
  return (
    <section className="kv-panel" aria-labelledby="indicator-value">
      <h2 id="indicator-value">
        {t.value} {formatSchoolYear(schoolYear)}
      </h2>
      <div className="kv-definition">
        <p className={whole.value === null ? 'kv-muted' : 'kv-figure'}>{valueWords(whole.value, indicator)}</p>
        {whole.denominator !== null && whole.numerator !== null && (
          <p>
            {number(whole.numerator)} / {number(whole.denominator)}
          </p>
        )}
        {whole.value === null && (
          <p>
            <MissingWords figure={whole} />
          </p>
        )}
        <p>{read(indicator.definition)}</p>
        <dl>
          <dt>{t.formula}</dt>
          <dd>{read(indicator.formula)}</dd>
          <dt>{t.source}</dt>
          <dd>{indicator.source}</dd>
          <dt>{t.standard}</dt>
          <dd>
            {t.version(indicator.version, formatDate(indicator.valid.from))}
            {indicator.moetCode && ` · ${t.code(indicator.moetCode)}`}
          </dd>
        </dl>
      </div>
    </section>
  );
}

function Breakdowns({ shown: { indicator, figures } }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const { number } = useFormat();
  const valueWords = useValueWords();
  const missingWords = useMissingWords();
  return (
    <section className="kv-panel" aria-labelledby="indicator-breakdowns">
      <h2 id="indicator-breakdowns">{t.breakdownTitle}</h2>
      <Table
        rows={figures}
        keyOf={(each) => each.breakdown}
        columns={[
          { key: 'of', label: t.breakdown, renderCell: (each) => t.breakdowns[each.breakdown] },
          {
            key: 'value',
            label: t.value,
            isNumber: true,
            renderCell: (each) =>
              each.value === null ? (
                <span className="kv-muted" title={each.missing.map(missingWords).join(' ')}>
                  {t.blank}
                </span>
              ) : (
                valueWords(each.value, indicator)
              ),
          },
          ...(indicator.unit === 'count'
            ? []
            : [
                {
                  key: 'above',
                  label: t.numerator,
                  isNumber: true,
                  renderCell: (each: (typeof figures)[number]) => number(each.numerator),
                },
                {
                  key: 'below',
                  label: t.denominator,
                  isNumber: true,
                  renderCell: (each: (typeof figures)[number]) => number(each.denominator),
                },
              ]),
        ]}
      />
    </section>
  );
}

const drawn = ['all', 'female', 'minority'] as const;

function Series({ shown: { indicator, series } }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const valueWords = useValueWords();
  const valueOf = (year: Shown['series'][number], breakdown: (typeof drawn)[number]) =>
    year.figures.find((each) => each.breakdown === breakdown)?.value ?? null;
  // Sizes of a part beside the whole would press both flat.
  const shownBreakdowns = drawn.filter(
    (each) =>
      (each === 'all' || indicator.unit !== 'count') &&
      (each === 'all' || series.some((year) => valueOf(year, each) !== null)),
  );
  const years = useMemo(() => series.map((each) => formatSchoolYear(each.schoolYear)), [series]);
  const lines = shownBreakdowns.map((each) => ({
    name: t.breakdowns[each],
    values: series.map((year) => valueOf(year, each)),
  }));
  const known = series.filter((year) => valueOf(year, 'all') !== null).length;
  return (
    <section className="kv-panel kv-stack" aria-labelledby="indicator-series">
      <h2 id="indicator-series" className="kv-section-title">
        {t.series}
      </h2>
      {known < 2 ? <p className="kv-muted">{t.seriesNone}</p> : <SeriesChart years={years} lines={lines} />}
      <Table
        rows={series}
        keyOf={(each) => String(each.schoolYear)}
        columns={[
          { key: 'year', label: t.schoolYear, renderCell: (each) => formatSchoolYear(each.schoolYear) },
          ...shownBreakdowns.map((breakdown) => ({
            key: breakdown,
            label: t.breakdowns[breakdown],
            isNumber: true,
            renderCell: (each: Shown['series'][number]) => valueWords(valueOf(each, breakdown), indicator),
          })),
          { key: 'version', label: t.standard, renderCell: (each) => each.version ?? '' },
        ]}
      />
    </section>
  );
}

function MadeOf({ shown: { cells, population } }: { shown: Shown }) {
  const t = useText(indicatorsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  if (cells.length === 0 && !population) return null;
  return (
    <section className="kv-panel" aria-labelledby="indicator-cells">
      <h2 id="indicator-cells">{t.madeOf}</h2>
      <p className="kv-muted">{t.madeOfHelp}</p>
      <Table
        rows={cells}
        keyOf={(each) => `${each.side} ${each.periodId} ${each.cell}`}
        columns={[
          { key: 'side', label: t.side, renderCell: (each) => t[each.side] },
          {
            key: 'cell',
            label: t.cell,
            renderCell: (each) => (
              <Link to={paths.aggregate(unit.id, { period: each.periodId, form: each.formCode, cell: each.cell })}>
                {t.openCell(each.cell)}
                <span className="kv-hidden"> {read(each.label)}</span>
              </Link>
            ),
          },
          { key: 'label', label: t.row, renderCell: (each) => `${each.formCode}: ${read(each.label)}` },
          { key: 'year', label: t.schoolYear, renderCell: (each) => formatSchoolYear(each.schoolYear) },
          {
            key: 'amount',
            label: t.value,
            isNumber: true,
            renderCell: (each) => number(each.amount && each.sign * each.amount),
          },
        ]}
      />
      {population && (
        <p>
          {t.denominator}:{' '}
          <Link to={paths.population(unit.id, { year: population.year })}>
            {t.peopleOf(population.ages.from, population.ages.to, population.year)}
          </Link>{' '}
          <strong>{number(population.people)}</strong>{' '}
          <span className="kv-muted">
            {t.peopleSource(
              population.source,
              population.documentNo,
              population.importedBy,
              formatTime(population.importedAt),
            )}
          </span>
        </p>
      )}
    </section>
  );
}
