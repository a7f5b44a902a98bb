import type { Finding } from '../findings.ts';
import {
  type Cells,
  cellKey,
  columnsOf,
  type Column,
  type FormDefinition,
  type Row,
  type Section,
  type Term,
  termOf,
} from './definition.ts';

/** One cell that a form has. */
export interface CellPlace {
  key: string;
  section: Section;
  row: Row;
  column: Column;
  /** Printed "#": must stay empty. */
  empty: boolean;
}

/** Every cell of a form, in the order of print. */
export function placesOf(form: FormDefinition): CellPlace[] {
  return form.sections.flatMap((section) =>
    section.rows.flatMap((row) =>
      columnsOf(form, section).map((column) => ({
        key: cellKey(row.code, column.code),
        section,
        row,
        column,
        empty: row.empty?.includes(column.code) ?? false,
      })),
    ),
  );
}

const byKey = new WeakMap<FormDefinition, Map<string, CellPlace>>();

function placesByKey(form: FormDefinition): Map<string, CellPlace> {
  const known = byKey.get(form) ?? new Map(placesOf(form).map((place) => [place.key, place]));
  byKey.set(form, known);
  return known;
}

// Amounts have at most two decimals (million đồng); binary fractions must not leak into sums.
export const toHundredths = (value: number): number => Math.round(value * 100) / 100 || 0;

/** Sum of filled forms, cell by cell. A cell is blank only where it is blank in all. */
export function sumCells(parts: Iterable<Cells>): Cells {
  const sum: Cells = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) sum[key] = toHundredths((sum[key] ?? 0) + value);
  }
  return sum;
}

/** Sum of some cells of one form; undefined where all of them are blank. */
export function sumOfCells(cells: Cells, terms: readonly Term[]): number | undefined {
  const filled = terms.map(termOf).flatMap(({ of, times }) => (cells[of] === undefined ? [] : cells[of] * times));
  return filled.length === 0 ? undefined : toHundredths(filled.reduce((sum, value) => sum + value, 0));
}

/** What must be added to `from` to get `to`; a blank cell counts as 0 and unchanged cells are left out. */
export function subtractCells(to: Cells, from: Cells): Cells {
  const change: Cells = {};
  for (const key of new Set([...Object.keys(to), ...Object.keys(from)])) {
    const value = toHundredths((to[key] ?? 0) - (from[key] ?? 0));
    if (value !== 0) change[key] = value;
  }
  return change;
}

/** The same cells are filled, with the same amounts. */
export function areSame(left: Cells, right: Cells): boolean {
  if (left === right) return true;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => {
      const value = right[key];
      return value !== undefined && toHundredths(left[key] ?? 0) === toHundredths(value);
    })
  );
}

/** One text for the same cells whatever their order: hashes and signatures are made of it. */
export function canonicalCells(cells: Cells): string {
  const keys = Object.keys(cells).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${toHundredths(cells[key] ?? 0)}`).join(',')}}`;
}

/** Cells that may not stand in a form: unknown ones, filled ones that must stay empty, values that are no amounts. */
export function findStrayCells(form: FormDefinition, cells: Cells): Finding[] {
  const places = placesByKey(form);
  const findings: Finding[] = [];
  for (const [key, value] of Object.entries(cells)) {
    const place = places.get(key);
    if (place && !place.empty && isAmount(place, value)) continue;
    const rule = !place ? 'unknown-cell' : place.empty ? 'empty-cell' : 'cell-value';
    findings.push({ rule: `${form.slug}.${rule}`, severity: 'error', cell: key, value: String(value) });
  }
  return findings;
}

/** Cells that must be filled and are blank. */
export function findBlankCells(form: FormDefinition, cells: Cells): CellPlace[] {
  return placesOf(form).filter((place) => !place.empty && !place.row.optional && cells[place.key] === undefined);
}

function isAmount(place: CellPlace, value: number): boolean {
  if (!Number.isFinite(value) || value < 0) return false;
  return place.column.amount ? Math.abs(value * 100 - Math.round(value * 100)) < 1e-6 : Number.isSafeInteger(value);
}
