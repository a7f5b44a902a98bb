import './indicators.css';
import { ChartNoAxesCombined, FileDown, TriangleAlert, Users } from 'lucide-react';
import { Button } from 'antd';
import { Link, useNavigate } from 'react-router';
import { codeName } from '@khuevan/core/codes/index.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { exportLibrary, listIndicators } from '@khuevan/core/contract/indicators.ts';
import { everyLevel } from '@khuevan/core/forms/definition.ts';
import { useAddressQuery } from '../../address-query.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { indicatorsText } from '../../text/indicators.ts';
import { useLanguage, useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatSchoolYear, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { MissingWords, useValueWords } from './figure-words.tsx';
import { groupIndicators, type Listed } from './figures.ts';

type Library = ResponseOf<typeof listIndicators>;

/** Every indicator of the unit, by level; definition and formula in sight. */
export function Component() {
  const t = useText(indicatorsText);
  const { unit, schoolYear } = useSession();
  const notifyProblem = useNotifyProblem();
  const input = { params: { unitId: unit.id }, query: { schoolYear } };
  const library = useRead(listIndicators, input, { staleTime: 0 });
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.title}
        sub={t.sub(formatSchoolYear(schoolYear))}
        actions={
          <>
            {unit.kind !== 'school' && (
              <Link
                className="kv-button-link kv-button-link--plain"
                to={paths.population(unit.id, { year: schoolYear })}
              >
                <Users size={15} aria-hidden /> {t.population}
              </Link>
            )}
            <Button
              icon={<FileDown size={15} aria-hidden />}
              onClick={() => void download(exportLibrary, input).catch(notifyProblem)}
            >
              {t.exportAll}
            </Button>
          </>
        }
      />
      <Loaded query={library}>{(found) => <Levels library={found} />}</Loaded>
    </div>
  );
}

function Levels({ library }: { library: Library }) {
  const t = useText(indicatorsText);
  const language = useLanguage();
  const { number } = useFormat();
  const { unit, schoolYear } = useSession();
  const navigate = useNavigate();
  const [params, changeParams] = useAddressQuery({ replace: true });
  const levels = [...new Set(library.indicators.map((each) => each.level))];
  const counted = levels.find((each) => library.counted[each]);
  const level = levels.find((each) => each === params.get('level')) ?? counted;
  if (!counted || !level)
    return (
      <div className="kv-panel">
        <EmptyState
          icon={ChartNoAxesCombined}
          title={t.noneTitle(formatSchoolYear(schoolYear))}
          actions={
            unit.kind !== 'school' && <Button onClick={() => void navigate(paths.board(unit.id))}>{t.seeBoard}</Button>
          }
        >
          {t.none}
        </EmptyState>
      </div>
    );
  const ofLevel = library.indicators.filter((each) => each.level === level);
  const slugs = new Set(ofLevel.map((each) => each.slug));
  const parts = library.counted[level];
  return (
    <>
      <div className="kv-row">
        <select
          className="kv-select kv-select--short"
          aria-label={t.levels}
          value={level}
          onChange={(event) => changeParams((next) => next.set('level', event.target.value))}
        >
          {levels.map((each) => (
            <option key={each} value={each}>
              {each === everyLevel ? t.everyLevel : codeName('level', each, language)}
            </option>
          ))}
        </select>
        {parts && unit.kind !== 'school' && (
          <span className="kv-muted">{t.counted(number(parts.parts), number(parts.schools))}</span>
        )}
      </div>
      <Findings findings={library.findings.filter((each) => slugs.has(each.slug))} />
      {groupIndicators(ofLevel).map(({ group, indicators }) => (
        <section key={group} className="kv-panel" aria-label={t.groups[group]}>
          <h2>{t.groups[group]}</h2>
          <ul className="kv-indicators">
            {indicators.map((each) => (
              <Line key={each.slug} indicator={each} />
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

export function Findings({ findings }: { findings: Library['findings'] }) {
  const t = useText(indicatorsText);
  const read = useReading();
  if (findings.length === 0) return null;
  return (
    <div className="kv-note kv-note--warn">
      <strong>
        <TriangleAlert size={16} aria-hidden /> {t.findings(findings.length)}
      </strong>
      <ul>
        {findings.map((each) => (
          <li key={`${each.rule} ${each.slug} ${each.breakdown}`}>
            {each.breakdown !== 'all' && `${t.breakdowns[each.breakdown]}: `}
            {read(each.message)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Line({ indicator }: { indicator: Listed }) {
  const t = useText(indicatorsText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  const valueWords = useValueWords();
  const { figure } = indicator;
  return (
    <li className="kv-indicator">
      <div>
        <Link to={paths.indicator(unit.id, indicator.slug)}>{read(indicator.name)}</Link>{' '}
        <span className="kv-muted">{indicator.moetCode && t.code(indicator.moetCode)}</span>
        <p>{read(indicator.definition)}</p>
        {figure.denominator !== null || indicator.unit !== 'count' ? (
          <p className="kv-muted">
            {t.formula}: {read(indicator.formula)}
          </p>
        ) : null}
      </div>
      <div className="kv-indicator__value">
        <strong className={figure.value === null ? 'kv-muted' : undefined}>
          {valueWords(figure.value, indicator)}
        </strong>
        {figure.value === null ? (
          <p>
            <MissingWords figure={figure} />
          </p>
        ) : (
          figure.denominator !== null && (
            <p className="kv-muted">
              {number(figure.numerator)} / {number(figure.denominator)}
            </p>
          )
        )}
      </div>
    </li>
  );
}
