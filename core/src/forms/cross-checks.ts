import type { Finding, RuleFace } from '../findings.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { placesOf, sumOfCells, toHundredths } from './cells.ts';
import { comparisonWords, toleranceOf } from './comparison-words.ts';
import { type Cells, type CrossCheck, type FormDefinition, type Term, termOf } from './definition.ts';

const ruleOf = (form: FormDefinition, check: CrossCheck) => `${form.slug}.${check.id}`;

/** What forms compare with and do not find among them: another form, or a cell of it in any version. */
export function findUncomparable(forms: readonly FormDefinition[]): string[] {
  return forms.flatMap((form) =>
    (form.crossChecks ?? []).flatMap(({ id, other, right }) => {
      const versions = forms.filter(({ slug }) => slug === other.form);
      if (versions.length === 0) return [`${form.code}: check ${id}: no form ${other.form}`];
      return right
        .map((term) => termOf(term).of)
        .filter((cell) => !versions.some((each) => placesOf(each).some(({ key }) => key === cell)))
        .map((cell) => `${form.code}: check ${id}: form ${other.form} has no cell ${cell}`);
    }),
  );
}

/** The cross checks that concern a kind of unit. */
export function crossChecksFor(form: FormDefinition, isSchool: boolean): CrossCheck[] {
  const concerned = isSchool ? 'schools' : 'offices';
  return (form.crossChecks ?? []).filter(({ units }) => units === 'all' || units === concerned);
}

/**
 * Figures of a form held against those of other forms. Where a side has none of its cells there is nothing to compare.
 * @param otherOf cells of the form that a check names, and how that form is printed; null where the unit has none
 */
export function runCrossChecks(
  form: FormDefinition,
  cells: Cells,
  isSchool: boolean,
  otherOf: (other: CrossCheck['other']) => { code: string; cells: Cells } | null,
): Finding[] {
  return crossChecksFor(form, isSchool).flatMap((check): Finding[] => {
    const other = otherOf(check.other);
    const left = sumOfCells(cells, check.left);
    const right = other === null ? undefined : sumOfCells(other.cells, check.right);
    if (other === null || left === undefined || right === undefined) return [];
    const tolerance = toleranceOf(check, right);
    const difference = toHundredths(left - right);
    const beyond = check.op === '=' ? Math.abs(difference) : check.op === '<=' ? difference : -difference;
    if (beyond <= tolerance) return [];
    return [
      {
        rule: ruleOf(form, check),
        severity: check.severity,
        cell: termOf(check.left[0]!).of,
        value: String(left),
        params: { left, right, difference, tolerance, other: other.code },
      },
    ];
  });
}

export function crossCheckFaces(form: FormDefinition): RuleFace[] {
  return (form.crossChecks ?? []).map((check) => ({
    id: ruleOf(form, check),
    severity: check.severity,
    source: check.source,
    title: check.text,
    message: ({ params = {} }) => {
      const [left = '', right = '', tolerance = ''] = [params.left, params.right, params.tolerance].map((each) =>
        formatNumber(Number(each)),
      );
      const name = (terms: Term[]) =>
        terms
          .map(termOf)
          .map(({ of, times }) => (times === 1 ? of : `${formatNumber(times)} × ${of}`))
          .join(' + ');
      const op = comparisonWords[check.severity][check.op];
      const isPast = check.other.when === 'last-year';
      const allowed =
        Number(params.tolerance) > 0
          ? { vi: ` (cho phép lệch ${tolerance})`, en: ` (a difference of ${tolerance} is allowed)` }
          : { vi: '', en: '' };
      return {
        vi: `${check.text.vi} Ô ${name(check.left)} = ${left} ${op.vi} ô ${name(check.right)} của biểu ${params.other}${isPast ? ' năm trước' : ''} = ${right}${allowed.vi}.`,
        en: `${check.text.en} Cell ${name(check.left)} = ${left} ${op.en} cell ${name(check.right)} of form ${params.other}${isPast ? ' of last year' : ''} = ${right}${allowed.en}.`,
      };
    },
  }));
}
