import type { Finding, RuleFace } from '../findings.ts';
import { formatNumber } from '../vietnam/numbers.ts';
import { sumOfCells, toHundredths } from './cells.ts';
import type { Cells, FormDefinition, PopulationCheck } from './definition.ts';

const ruleOf = (form: FormDefinition, check: PopulationCheck) => `${form.slug}.${check.id}`;

/** The ages that a form is held against; null where it names none. */
export function agesAsked({ populationChecks = [] }: FormDefinition): PopulationCheck['ages'] | null {
  if (populationChecks.length === 0) return null;
  const ages = populationChecks.map((check) => check.ages);
  return { from: Math.min(...ages.map(({ from }) => from)), to: Math.max(...ages.map(({ to }) => to)) };
}

/**
 * More pupils of some ages than people of these ages: a rate above 100 %. Where an age is not known there is nothing to compare.
 * @param people of the place, by age
 */
export function runPopulationChecks(
  form: FormDefinition,
  cells: Cells,
  people: ReadonlyMap<number, number> | undefined,
): Finding[] {
  return (form.populationChecks ?? []).flatMap((check): Finding[] => {
    const { from, to } = check.ages;
    const known = Array.from({ length: to - from + 1 }, (_, index) => people?.get(from + index) ?? Number.NaN);
    const [count, all] = [sumOfCells(cells, check.cells), known.reduce((sum, each) => sum + each, 0)];
    if (count === undefined || Number.isNaN(all)) return [];
    if (count <= all + Math.max(check.least, toHundredths(all * check.share))) return [];
    const params = { count, people: all, from, to };
    return [{ rule: ruleOf(form, check), severity: 'warning', cell: check.cells[0]!, value: String(count), params }];
  });
}

export function populationCheckFaces(form: FormDefinition): RuleFace[] {
  return (form.populationChecks ?? []).map((check) => ({
    id: ruleOf(form, check),
    severity: 'warning' as const,
    source: check.source,
    title: check.text,
    message: ({ params = {} }) => {
      const [count, people] = [params.count, params.people].map((each) => formatNumber(Number(each)));
      const cells = check.cells.join(' + ');
      const ages = params.from === params.to ? `${params.from}` : `${params.from}-${params.to}`;
      return {
        vi: `${check.text.vi} Ô ${cells} = ${count}, dân số ${ages} tuổi của địa bàn = ${people}. Đối chiếu bảng dân số cùng năm, cùng địa bàn; nếu đúng, nêu lý do.`,
        en: `${check.text.en} Cells ${cells} = ${count}, people aged ${ages} of the place = ${people}. Compare the population table of the same year and place; if right, give the reason.`,
      };
    },
  }));
}
