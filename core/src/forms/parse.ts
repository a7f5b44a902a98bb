import * as z from 'zod';
import { codeEntry } from '../codes/index.ts';
import {
  columnsOf,
  everyLevel,
  termOf,
  type Check,
  type Condition,
  type Filter,
  type FormDefinition,
  type Section,
} from './definition.ts';
import { dimensions, measures, type MeasureName } from './measures.ts';
import { comparisons, listComparisons } from './parse-comparisons.ts';

const text = z.strictObject({ vi: z.string().min(1), en: z.string().min(1) });
const condition = z.union([
  z.array(z.string()).min(1),
  z.boolean(),
  z.null(),
  z.literal('*'),
  z.strictObject({ eq: z.int().optional(), min: z.int().optional(), max: z.int().optional() }),
]);
const filter = z.record(z.string(), condition);
const term = z.union([z.string(), z.strictObject({ of: z.string(), times: z.number().positive() })]);
const measureName = z.enum(Object.keys(measures) as [MeasureName, ...MeasureName[]]);

const row = z.strictObject({
  code: z.string().regex(/^[^.\s]+$/),
  number: z.string().optional(),
  label: text,
  unit: text,
  indent: z.int().min(0).max(4),
  caption: text.optional(),
  measure: measureName.optional(),
  filter: z.union([filter, z.array(filter).min(2)]).optional(),
  empty: z.array(z.string()).min(1).optional(),
  optional: z.boolean().optional(),
  note: z.string().min(1).optional(),
});

const formDefinition = z.strictObject({
  code: z.string().min(1),
  slug: z.string().regex(/^[a-z0-9-]+$/),
  version: z.string().min(1),
  name: text,
  source: z.string().min(1),
  level: z.string(),
  official: z.boolean(),
  period: z.enum(['start', 'end']).optional(),
  notice: text.optional(),
  valid: z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() }),
  columnSets: z.array(
    z.strictObject({
      id: z.string().min(1),
      columns: z
        .array(
          z.strictObject({
            code: z.string().regex(/^[^.\s]+$/),
            headings: z.array(text).min(1),
            filter,
            amount: z.string().optional(),
          }),
        )
        .min(1),
    }),
  ),
  sections: z.array(
    z.strictObject({
      id: z.string().min(1),
      number: z.string(),
      title: text,
      columnSet: z.string(),
      part: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
      filter: filter.optional(),
      official: z.boolean().optional(),
      whole: z.array(z.string()).min(2).optional(),
      note: z.string().min(1).optional(),
      rows: z.array(row).min(1),
    }),
  ),
  checks: z.array(
    z.strictObject({
      id: z.string().regex(/^[A-Za-z0-9.-]+$/),
      severity: z.enum(['error', 'warning']),
      source: z.string().min(1),
      text,
      left: z.array(term).min(1),
      op: z.enum(['=', '<=', '>=']),
      right: z.array(term).min(1),
      by: z.enum(['rows', 'columns', 'cells']),
      section: z.string().optional(),
      columns: z.array(z.string()).min(1).optional(),
      tolerance: z.number().min(0).optional(),
      share: z.number().min(0).max(1).optional(),
      where: z.string().optional(),
    }),
  ),
  yearChecks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9.-]+$/),
        source: z.string().min(1),
        text,
        cells: z.array(z.string()).min(1),
        share: z.number().min(0),
        least: z.number().min(0),
      }),
    )
    .optional(),
  openingChecks: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[A-Za-z0-9.-]+$/),
        source: z.string().min(1),
        text,
        cells: z.array(z.string()).min(1),
        form: z.string().regex(/^[a-z0-9-]+$/),
        against: z.array(z.string()).min(1),
      }),
    )
    .optional(),
  ...comparisons,
});

/** A form file says something that cannot hold; every fault is listed. */
export class FormFault extends Error {
  readonly faults: string[];

  constructor(name: string, faults: string[]) {
    super(`form ${name}:\n${faults.join('\n')}`);
    this.name = 'FormFault';
    this.faults = faults;
  }
}

/** Reads a form from its file's content. @throws FormFault with all faults at once. */
export function parseForm(content: unknown): FormDefinition {
  const parsed = formDefinition.safeParse(content);
  if (!parsed.success) {
    throw new FormFault(
      '',
      parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    );
  }
  // Not the copy that was checked: versions of a form share what they have in common, and there are forms of hundreds of rows.
  const form = content as FormDefinition;
  const faults = [
    ...findStructureFaults(form),
    ...form.sections.flatMap((section) => findSectionFaults(form, section)),
    ...findCheckFaults(form),
  ];
  if (faults.length > 0) throw new FormFault(form.code, faults);
  return form;
}

function findStructureFaults(form: FormDefinition): string[] {
  const faults: string[] = [];
  if (form.level !== everyLevel && !codeEntry('level', form.level))
    faults.push(`level ${form.level} is not in the code list`);
  if (form.official === (form.notice !== undefined)) faults.push('a notice says what is not official, and only that');
  const once = (what: string, codes: string[]): void => {
    for (const code of new Set(codes.filter((each, index) => codes.indexOf(each) !== index)))
      faults.push(`${what} ${code} appears twice`);
  };
  once(
    'column set',
    form.columnSets.map((set) => set.id),
  );
  for (const set of form.columnSets)
    once(
      `column set ${set.id}: column`,
      set.columns.map((column) => column.code),
    );
  once(
    'section',
    form.sections.map((section) => section.id),
  );
  once(
    'row',
    form.sections.flatMap((section) => section.rows.map((each) => each.code)),
  );
  once(
    'check',
    [...form.checks, ...(form.yearChecks ?? []), ...(form.openingChecks ?? []), ...listComparisons(form)].map(
      (check) => check.id,
    ),
  );
  return faults;
}

function findSectionFaults(form: FormDefinition, section: Section): string[] {
  if (!form.columnSets.some((set) => set.id === section.columnSet))
    return [`section ${section.id}: no column set ${section.columnSet}`];
  const columns = columnsOf(form, section);
  const faults = (section.whole ?? [])
    .filter((code) => !section.rows.some((each) => each.code === code && each.measure))
    .map((code) => `section ${section.id}: no row ${code} to be part of the whole`);
  for (const each of section.rows) {
    const place = `row ${each.code}`;
    for (const code of each.empty ?? []) {
      if (!columns.some((column) => column.code === code)) faults.push(`${place}: no column ${code} to leave empty`);
    }
    if (!each.measure) {
      if (each.filter) faults.push(`${place}: a filter needs a measure`);
      continue;
    }
    const measure = measures[each.measure];
    const offered = [...measure.columnDimensions, ...measure.dimensions];
    for (const one of [each.filter ?? {}].flat()) faults.push(...findFilterFaults(place, one, offered));
    faults.push(...findFilterFaults(`section ${section.id} for ${each.measure}`, section.filter ?? {}, offered));
    for (const column of columns) {
      faults.push(
        ...findFilterFaults(`column ${column.code} of ${each.measure}`, column.filter, measure.columnDimensions),
      );
      if (measure.amounts ? !column.amount || !measure.amounts.includes(column.amount) : column.amount !== undefined) {
        faults.push(
          `column ${column.code} of ${each.measure}: amount ${column.amount ?? 'missing'} is not one of ${measure.amounts?.join(', ') ?? 'none'}`,
        );
      }
    }
  }
  return [...new Set(faults)];
}

function findFilterFaults(place: string, each: Filter, offered: readonly string[]): string[] {
  return Object.entries(each).flatMap(([name, value]) => {
    if (!offered.includes(name)) return [`${place}: dimension ${name} is not offered`];
    const fault = findConditionFault(name, value);
    return fault ? [`${place}: ${name} ${fault}`] : [];
  });
}

function findConditionFault(name: string, value: Condition): string | undefined {
  const kind = dimensions[name];
  if (value === null || value === '*') return undefined;
  if (kind === 'flag') return typeof value === 'boolean' ? undefined : 'is yes or no';
  if (kind === 'number')
    return typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length > 0
      ? undefined
      : 'is compared with eq, min, max';
  if (!kind || !Array.isArray(value)) return 'is compared with a list of codes';
  const unknown = value.filter((code) => ('list' in kind ? !codeEntry(kind.list, code) : !kind.values.includes(code)));
  return unknown.length > 0 ? `has no code ${unknown.join(', ')}` : undefined;
}

function findCheckFaults(form: FormDefinition): string[] {
  const faultsOf = (id: string, faults: string[]) => faults.map((fault) => `check ${id}: ${fault}`);
  return [
    ...form.checks.flatMap((check) => faultsOf(check.id, findFaultsOfCheck(form, check))),
    ...form.checks.flatMap(({ id, where }) => faultsOf(id, where === undefined ? [] : findMissingCells(form, [where]))),
    ...[...(form.yearChecks ?? []), ...(form.openingChecks ?? [])].flatMap(({ id, cells }) =>
      faultsOf(id, findMissingCells(form, cells)),
    ),
    ...listComparisons(form).flatMap(({ id, cells }) => faultsOf(id, findMissingCells(form, cells))),
  ];
}

const sectionOf = (form: FormDefinition, code: string): Section | undefined =>
  form.sections.find((each) => each.rows.some((one) => one.code === code));

function findMissingCells(form: FormDefinition, cells: string[]): string[] {
  return cells.flatMap((cell) => {
    const [rowCode = '', column = ''] = cell.split('.');
    const section = sectionOf(form, rowCode);
    return section && columnsOf(form, section).some((each) => each.code === column) ? [] : [`no cell ${cell}`];
  });
}

function findFaultsOfCheck(form: FormDefinition, check: Check): string[] {
  const codes = [...check.left, ...check.right].map((each) => termOf(each).of);
  if (check.by === 'columns') {
    const section = form.sections.find((each) => each.id === check.section);
    if (!section) return [`no section ${check.section ?? ''}`];
    return codes
      .filter((code) => !columnsOf(form, section).some((column) => column.code === code))
      .map((code) => `no column ${code}`);
  }
  if (check.section !== undefined) return ['only a check of columns names a section'];
  if (check.by === 'cells') return findMissingCells(form, codes);
  const unknown = codes.filter((code) => !sectionOf(form, code));
  if (unknown.length > 0) return unknown.map((code) => `no row ${code}`);
  const sections = codes.flatMap((code) => sectionOf(form, code) ?? []);
  if (new Set(sections.map((section) => section.columnSet)).size > 1) return ['compares rows with different columns'];
  const columns = sections.slice(0, 1).flatMap((section) => columnsOf(form, section).map((column) => column.code));
  return (check.columns ?? []).filter((code) => !columns.includes(code)).map((code) => `no column ${code}`);
}
