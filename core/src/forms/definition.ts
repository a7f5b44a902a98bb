import type { Severity } from '../findings.ts';
import type { Text } from '../records/field.ts';
import type { MeasureName } from './measures.ts';

export type PeriodKind = 'start' | 'middle' | 'end';

/** A statistical form as data. Files: forms/<code>/<version>.json, beside their independently worked out expected result. */
export interface FormDefinition {
  /** As printed, e.g. "02-TH-ĐN". */
  code: string;
  /** File and URL segment, e.g. "02-th-dn". */
  slug: string;
  /** Version, e.g. "2018". */
  version: string;
  name: Text;
  source: string;
  /** Level of education, code list `level`; `*` for a form that every school fills, whatever it teaches. */
  level: string;
  /** False where the official numbering or layout is not known: said on screen and on paper. */
  official: boolean;
  /** Kind of period that asks for it; by the day of its figures it belongs to the start of the year where nothing is said. */
  period?: 'start' | 'end';
  /** What is not official about it; said of every form that is not. */
  notice?: Text;
  /** First and last day on which the form is in force. */
  valid: { from: string; to: string | null };
  columnSets: ColumnSet[];
  sections: Section[];
  checks: Check[];
  /** Held against last year's approved figures of the same form. */
  yearChecks?: YearCheck[];
  /** Held against the approved start-of-year figures of the same year. */
  openingChecks?: OpeningCheck[];
  /** Held against another form of the same unit, or against another row of last year's. */
  crossChecks?: CrossCheck[];
  /** Held against the people of the place: of offices only. */
  populationChecks?: PopulationCheck[];
  /** Teachers below the training standard in force on the as-of day. */
  standardCheck?: StandardCheck;
  /** Held against the same ratios of like units. */
  ratios?: Ratio[];
  /** What makes units alike; each list divides all units by the part in which they have most. */
  likeness?: Likeness[];
}

/** A form of every level: schools of several levels fill it once. */
export const everyLevel = '*';

/** Whether a school that teaches these levels fills a form of this one. */
export const isFilledAt = (formLevel: string, taught: readonly string[]): boolean =>
  formLevel === everyLevel || taught.includes(formLevel);

export interface ColumnSet {
  id: string;
  columns: Column[];
}

export interface Column {
  /** Printed column number, unique in its set, e.g. "5". */
  code: string;
  /** Headings from top to bottom: grouped headings repeat the upper text, e.g. ["Công lập", "Nữ"]. */
  headings: Text[];
  /** Filter on the column dimensions of the section's measure. */
  filter: Filter;
  /** For measures with several amounts (budget): which amount. */
  amount?: string;
}

export interface Section {
  id: string;
  /** Printed number, e.g. "III". */
  number: string;
  title: Text;
  columnSet: string;
  /** Which of the wizard's parts it belongs to: 1 school & classes, 2 students, 3 staff, 4 rooms, 5 budget. */
  part: 1 | 2 | 3 | 4 | 5;
  /** Holds for every row of the section beside the row's own filter. */
  filter?: Filter;
  /** False where the section is attached and not part of the official form. */
  official?: boolean;
  /** Rows that together are the whole of the section, where its first row is not. */
  whole?: string[];
  /** The law or decision behind the section's filter. */
  note?: string;
  rows: Row[];
}

export interface Row {
  code: string;
  /** Printed before the text: a number ("3.1.") or the mark of a subdivision ("-", "+"). */
  number?: string;
  label: Text;
  unit: Text;
  indent: number;
  /** Caption printed above this row, e.g. "Chia ra theo vùng:". */
  caption?: Text;
  /** Rows without a measure are typed or blank. */
  measure?: MeasureName;
  /** Several filters are alternatives: a record counts, once, when one of them holds. */
  filter?: Filter | Filter[];
  /** Columns that must stay empty (printed "#"). */
  empty?: string[];
  /** Printed "?": not always obtainable from records. Blank, not 0, where no counted record states the fact. */
  optional?: boolean;
  /** The law or decision behind a non-obvious row filter. */
  note?: string;
}

/** All conditions hold together. A list means "one of"; an object compares; `null` means "not stated", "*" means "stated". */
export type Filter = Record<string, Condition>;
export type Condition = string[] | boolean | null | '*' | { eq?: number; min?: number; max?: number };

/** A row, column or cell in a check, optionally multiplied: { of: "27", times: 35 }. */
export type Term = string | { of: string; times: number };

export function termOf(term: Term): { of: string; times: number } {
  return typeof term === 'string' ? { of: term, times: 1 } : term;
}

/** Comparison of two sums. */
export interface Check {
  id: string;
  severity: Severity;
  source: string;
  text: Text;
  left: Term[];
  op: '=' | '<=' | '>=';
  right: Term[];
  /**
   * `rows`: terms are rows of one section (or of sections with the same columns), compared in each column.
   * `columns`: terms are columns, compared in each row of the section.
   * `cells`: terms are cells "row.column", compared once.
   */
  by: 'rows' | 'columns' | 'cells';
  /** The section of a columns check. */
  section?: string;
  /** Restrict a rows check to these columns. */
  columns?: string[];
  /** Allowed difference, absolute. */
  tolerance?: number;
  /** Allowed difference as a share of the right side; the greater of both counts. */
  share?: number;
  /** A cell: without an amount in it nothing is compared. */
  where?: string;
}

/** Comparison of cells of this form with cells of another one, where the unit has both. */
export interface CrossCheck extends Pick<Check, 'id' | 'severity' | 'source' | 'text' | 'op' | 'tolerance' | 'share'> {
  /** Cells "row.column" of this form. */
  left: Term[];
  /** Cells "row.column" of the other form. */
  right: Term[];
  /** Slug of the other form, and whether this or last year's period of the same kind is meant. */
  other: { form: string; when: 'now' | 'last-year' };
  /** Whose reports: where pupils change schools, only totals compare. */
  units: 'schools' | 'offices' | 'all';
}

/** The rows of teachers by training, to be read by the law in force on the as-of day; always a warning. */
export interface StandardCheck {
  id: string;
  source: string;
  text: Text;
  /** Cell "row.column" of all teachers. */
  total: string;
  /** Cells by degree in teacher education (1 intermediate, 2 college, 3 university), and without one. */
  degrees: { 1: string[]; 2: string[]; 3: string[] };
  without: string[];
  /** Nothing is said of up to this share of the teachers, nor of up to `least`. */
  share: number;
  least: number;
}

/** Two sums of cells, divided. */
export interface Ratio {
  id: string;
  source: string;
  name: Text;
  over: string[];
  under: string[];
  percent?: boolean;
  /** A cell: without an amount in it the ratio says nothing. */
  where?: string;
  /** A value this far from the median, as a share of it, is never far. */
  share: number;
  /** And how many robust deviations (1.4826 times the median of distances from the median) are. */
  times: number;
}

export interface Likeness {
  id: string;
  parts: Array<{ cells: string[]; label: Text }>;
}

/** A sum of cells that rarely changes much from one year to the next; always a warning, which a reason answers. */
export interface YearCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column". */
  cells: string[];
  /** Nothing is said of a change up to this share of last year's sum, nor up to `least`. */
  share: number;
  least: number;
}

/** Pupils of some ages, who cannot be more than the people of these ages; always a warning, for people are estimated. */
export interface PopulationCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column". */
  cells: string[];
  ages: { from: number; to: number };
  /** Nothing is said of up to this share of the people more, nor of up to `least`. */
  share: number;
  least: number;
}

/** The figures with which the year began, said by two reports: a difference is a warning, which a reason answers. */
export interface OpeningCheck {
  id: string;
  source: string;
  text: Text;
  /** Cells "row.column" of this form. */
  cells: string[];
  /** Slug of the start-of-year form, and its cells. */
  form: string;
  against: string[];
}

/** Cells of one filled form: key "<row>.<column>", a missing key is a blank cell. */
export type Cells = Record<string, number>;

export function cellKey(row: string, column: string): string {
  return `${row}.${column}`;
}

export function columnsOf(form: FormDefinition, section: Section): Column[] {
  const set = form.columnSets.find((each) => each.id === section.columnSet);
  if (!set) throw new RangeError(`${form.code}: section ${section.id} names no known column set`);
  return set.columns;
}
