import type { Finding, RuleFace } from '../findings.ts';
import type { Text } from '../records/field.ts';
import { openingCheckFaces } from './opening-checks.ts';
import { yearCheckFaces } from './year-checks.ts';
import { toHundredths } from './cells.ts';
import { comparisonWords, toleranceOf } from './comparison-words.ts';
import { likeUnitFaces } from '../checks/like-units.ts';
import { crossCheckFaces } from './cross-checks.ts';
import { populationCheckFaces } from './population-checks.ts';
import { standardCheckFaces } from './standard-check.ts';
import {
  type Cells,
  cellKey,
  type Check,
  columnsOf,
  type FormDefinition,
  type Section,
  type Term,
  termOf,
} from './definition.ts';

/** Everything a form says about its own figures. A blank cell counts as 0; a comparison of nothing but blanks is left out. */
export function runChecks(form: FormDefinition, cells: Cells): Finding[] {
  return comparisonsOf(form).flatMap((comparison) => compare(form, comparison, cells) ?? []);
}

/** One place where a check is made: the cells on both sides, and how often each counts. */
interface Comparison {
  check: Check;
  left: Array<{ key: string; times: number }>;
  right: Array<{ key: string; times: number }>;
}

const comparisons = new WeakMap<FormDefinition, Comparison[]>();

/** They depend on the form alone: worked out once. */
function comparisonsOf(form: FormDefinition): Comparison[] {
  const known =
    comparisons.get(form) ??
    form.checks.flatMap((check) =>
      placesToCompare(form, check).map((keyOf): Comparison => {
        const side = (terms: Term[]) => terms.map(termOf).map(({ of, times }) => ({ key: keyOf(of), times }));
        return { check, left: side(check.left), right: side(check.right) };
      }),
    );
  comparisons.set(form, known);
  return known;
}

type KeyOf = (code: string) => string;

/** Each place where a check is made, as the way from a term's code to a cell. */
function placesToCompare(form: FormDefinition, check: Check): KeyOf[] {
  if (check.by === 'cells') return [(code) => code];
  if (check.by === 'columns') {
    const section = form.sections.find((each) => each.id === check.section);
    return (section?.rows ?? []).map((row) => (code) => cellKey(row.code, code));
  }
  const section = sectionOfRow(form, termOf(check.left[0] ?? '').of);
  const columns = check.columns ?? columnsOf(form, section).map((column) => column.code);
  return columns.map((column) => (code) => cellKey(code, column));
}

function sectionOfRow(form: FormDefinition, code: string): Section {
  const section = form.sections.find((each) => each.rows.some((row) => row.code === code));
  if (!section) throw new RangeError(`${form.code} has no row ${code}`);
  return section;
}

function compare(form: FormDefinition, { check, ...sides }: Comparison, cells: Cells): Finding | undefined {
  if (check.where !== undefined && !cells[check.where]) return undefined;
  let filled = 0;
  const add = (terms: Comparison['left']): number => {
    let sum = 0;
    for (const { key, times } of terms) {
      const value = cells[key];
      if (value === undefined) continue;
      filled += 1;
      sum += value * times;
    }
    return toHundredths(sum);
  };
  const left = add(sides.left);
  const right = add(sides.right);
  if (filled === 0) return undefined;
  const tolerance = toleranceOf(check, right);
  const holds =
    check.op === '='
      ? Math.abs(left - right) <= tolerance
      : check.op === '<='
        ? left <= right + tolerance
        : left >= right - tolerance;
  if (holds) return undefined;
  return {
    rule: `${form.slug}.${check.id}`,
    severity: check.severity,
    cell: sides.left[0]?.key ?? sides.right[0]?.key ?? '',
    value: String(left),
    params: { left, right, difference: toHundredths(left - right), tolerance },
  };
}

/** The faces of a form's checks, against its own figures, last year's and those of the opening, and of the rules on single cells (findStrayCells). */
export function checkFaces(form: FormDefinition): RuleFace[] {
  const faces = form.checks.map((check) => ({
    id: `${form.slug}.${check.id}`,
    severity: check.severity,
    source: check.source,
    title: check.text,
    message: (finding: Finding) => describeFinding(form, check, finding),
  }));
  return [
    ...faces,
    ...yearCheckFaces(form),
    ...openingCheckFaces(form),
    ...crossCheckFaces(form),
    ...likeUnitFaces(form),
    ...populationCheckFaces(form),
    ...standardCheckFaces(form),
    ...cellFaces(form),
  ];
}

function cellFaces(form: FormDefinition): RuleFace[] {
  const face = (id: string, title: Text, message: (finding: Finding) => Text): RuleFace => ({
    id: `${form.slug}.${id}`,
    severity: 'error',
    source: form.source,
    title,
    message,
  });
  return [
    face('unknown-cell', { vi: 'Biểu không có ô này.', en: 'The form has no such cell.' }, ({ cell = '' }) => ({
      vi: `Biểu ${form.code} không có ô ${cell}.`,
      en: `Form ${form.code} has no cell ${cell}.`,
    })),
    face(
      'empty-cell',
      { vi: 'Ô đánh dấu "#" phải để trống.', en: 'A cell marked "#" stays empty.' },
      ({ cell = '', value = '' }) => ({
        vi: `Ô ${cell} được đánh dấu "#", phải để trống; đang có ${value}.`,
        en: `Cell ${cell} is marked "#" and must stay empty; it holds ${value}.`,
      }),
    ),
    face(
      'cell-value',
      { vi: 'Giá trị ô không hợp lệ.', en: 'The value of a cell is not valid.' },
      ({ cell = '', value = '' }) => ({
        vi: `Ô ${cell} là số không âm (số người, lớp, phòng là số nguyên); đang có ${value}.`,
        en: `Cell ${cell} is a number from 0 up (whole for persons, classes, rooms); it holds ${value}.`,
      }),
    ),
  ];
}

/** The sentence for one finding of a check: what is compared, where, with which values. */
function describeFinding(form: FormDefinition, check: Check, finding: Finding): Text {
  const { left = 0, right = 0, tolerance: allowed = 0 } = finding.params ?? {};
  const say = (language: 'vi' | 'en'): string => {
    const op = comparisonWords[check.severity][check.op][language];
    const number = (value: string | number): string =>
      Number(value).toLocaleString(language === 'vi' ? 'vi-VN' : 'en-US');
    const tolerance = allowed
      ? language === 'vi'
        ? ` (cho phép lệch ${number(allowed)})`
        : ` (a difference of ${number(allowed)} is allowed)`
      : '';
    const [before, after] = [check.left, check.right].map((terms) => nameTerms(form, check, terms, language));
    return `${placeOf(form, check, finding, language)}${before} = ${number(left)} ${op} ${after} = ${number(right)}${tolerance}.`;
  };
  return { vi: `${check.text.vi} ${say('vi')}`, en: `${check.text.en} ${say('en')}` };
}

function nameTerms(form: FormDefinition, check: Check, terms: Term[], language: 'vi' | 'en'): string {
  const word = { rows: { vi: 'mã', en: 'row' }, columns: { vi: 'cột', en: 'column' }, cells: { vi: 'ô', en: 'cell' } }[
    check.by
  ][language];
  const codes = terms.map(termOf).map(({ of, times }) => (times === 1 ? of : `${times} × ${of}`));
  const only = terms.length === 1 && check.by !== 'columns' ? termOf(terms[0] ?? '').of.split('.')[0] : undefined;
  const label =
    only === undefined
      ? ''
      : ` “${sectionOfRow(form, only).rows.find((row) => row.code === only)?.label[language] ?? ''}”`;
  return `${word} ${codes.join(' + ')}${label}`;
}

/** The row or column in which a check failed; a check of cells names its cells itself. */
function placeOf(form: FormDefinition, check: Check, finding: Finding, language: 'vi' | 'en'): string {
  if (check.by === 'cells') return '';
  const [rowCode = '', columnCode = ''] = (finding.cell ?? '').split('.');
  const section = sectionOfRow(form, rowCode);
  if (check.by === 'columns') {
    const row = section.rows.find((each) => each.code === rowCode);
    return `${language === 'vi' ? 'Mã' : 'Row'} ${rowCode} “${row?.label[language] ?? ''}”: `;
  }
  const column = columnsOf(form, section).find((each) => each.code === columnCode);
  const headings = [...new Set(column?.headings.map((heading) => heading[language]))].join(', ');
  return `${language === 'vi' ? 'Cột' : 'Column'} ${columnCode} (${headings}): `;
}
