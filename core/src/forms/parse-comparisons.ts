// What form files say of comparisons beyond the form: with other forms, with the law, with like units.
import * as z from 'zod';
import { type FormDefinition, termOf } from './definition.ts';

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const id = z.string().regex(/^[A-Za-z0-9.-]+$/);
const term = z.union([z.string(), z.strictObject({ of: z.string(), times: z.number().positive() })]);
const listOfCells = z.array(z.string()).min(1);

export const comparisons = {
  crossChecks: z
    .array(
      z.strictObject({
        id,
        severity: z.enum(['error', 'warning']),
        source: z.string().min(1),
        text,
        left: z.array(term).min(1),
        op: z.enum(['=', '<=', '>=']),
        right: z.array(term).min(1),
        other: z.strictObject({ form: z.string().min(1), when: z.enum(['now', 'last-year']) }),
        units: z.enum(['schools', 'offices', 'all']),
        tolerance: z.number().min(0).optional(),
        share: z.number().min(0).max(1).optional(),
      }),
    )
    .optional(),
  populationChecks: z
    .array(
      z.strictObject({
        id,
        source: z.string().min(1),
        text,
        cells: listOfCells,
        ages: z.strictObject({ from: z.int().min(0), to: z.int().max(120) }),
        share: z.number().min(0).max(1),
        least: z.number().min(0),
      }),
    )
    .optional(),
  standardCheck: z
    .strictObject({
      id,
      source: z.string().min(1),
      text,
      total: z.string(),
      degrees: z.strictObject({ 1: listOfCells, 2: listOfCells, 3: listOfCells }),
      without: z.array(z.string()),
      share: z.number().min(0).max(1),
      least: z.number().min(0),
    })
    .optional(),
  ratios: z
    .array(
      z.strictObject({
        id,
        source: z.string().min(1),
        name: text,
        over: listOfCells,
        under: listOfCells,
        percent: z.boolean().optional(),
        where: z.string().optional(),
        share: z.number().min(0).max(1),
        times: z.number().positive(),
      }),
    )
    .optional(),
  likeness: z
    .array(z.strictObject({ id, parts: z.array(z.strictObject({ cells: listOfCells, label: text })).min(2) }))
    .optional(),
};

/** Each of them by its id, with the cells of the form that it names. */
export function listComparisons(form: FormDefinition): Array<{ id: string; cells: string[] }> {
  const { crossChecks = [], populationChecks = [], standardCheck: standard, ratios = [], likeness = [] } = form;
  return [
    ...crossChecks.map((check) => ({ id: check.id, cells: check.left.map((each) => termOf(each).of) })),
    ...populationChecks,
    ...(standard
      ? [
          {
            id: standard.id,
            cells: [standard.total, ...Object.values(standard.degrees).flat(), ...standard.without],
          },
        ]
      : []),
    ...ratios.map((ratio) => ({
      id: ratio.id,
      cells: [...ratio.over, ...ratio.under, ...(ratio.where === undefined ? [] : [ratio.where])],
    })),
    ...likeness.map((each) => ({ id: each.id, cells: each.parts.flatMap((part) => part.cells) })),
  ];
}
