import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { indicatorsText } from '../../text/indicators.ts';
import { useText } from '../../text/words.ts';
import { formatSchoolYear, useFormat } from '../../ui/format.ts';
import type { Figure, Listed, Missing } from './figures.ts';

type Measured = Pick<Listed, 'unit' | 'decimals'>;

/** 97,35 % — with as many decimals as the definition says; in words where there is none. */
export function useValueWords(): (value: number | null, indicator: Measured) => string {
  const t = useText(indicatorsText);
  const { number } = useFormat();
  return (value, { unit, decimals }) =>
    value === null
      ? t.blank
      : [number(value, { min: decimals, max: decimals }), t.units[unit]].filter(Boolean).join('\u00A0');
}

export function useMissingWords(): (missing: Missing) => string {
  const t = useText(indicatorsText);
  return (missing) => {
    if (missing.kind === 'form') return t.missingForm(missing.form.toUpperCase(), formatSchoolYear(missing.schoolYear));
    if (missing.kind === 'cell') return t.missingCell(missing.cell, missing.form.toUpperCase());
    if (missing.kind === 'nobody') return t.nobody;
    const { from, to } = missing.ages;
    return from === to ? t.missingPopulationOne(missing.year, from) : t.missingPopulation(missing.year, from, to);
  };
}

/** Why there is no value, with the way to what is missing. */
export function MissingWords({ figure }: { figure: Pick<Figure, 'missing'> }) {
  const t = useText(indicatorsText);
  const wordsOf = useMissingWords();
  const { unit } = useSession();
  const [first] = figure.missing;
  if (!first) return null;
  return (
    <span className="kv-muted">
      {wordsOf(first)}
      {first.kind === 'population' && unit.kind !== 'school' && (
        <>
          {' '}
          <Link to={paths.population(unit.id, { year: first.year })}>{t.population}</Link>
        </>
      )}
    </span>
  );
}
