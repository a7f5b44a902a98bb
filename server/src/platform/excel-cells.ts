// Cells as SpreadsheetML. Text is always an inline string, so nothing a person typed can ever be read as a formula.
import { daysBetween, isDate } from '@khuevan/core/vietnam/dates.ts';
import { type Format, styleOf, type Tone } from './excel-styles.ts';

export type CellValue = string | number | boolean | null | undefined;

/** A cell that looks different from its column. */
export interface ToneCell {
  value: CellValue;
  tone: Tone;
  format?: Format;
}

export type Cell = CellValue | ToneCell;

const names: string[] = [];

/** "A" for 0, "Z" for 25, "AA" for 26. */
export function columnName(index: number): string {
  let name = names[index];
  if (name === undefined) {
    name =
      index < 26 ? String.fromCharCode(65 + index) : columnName(Math.floor(index / 26) - 1) + columnName(index % 26);
    names[index] = name;
  }
  return name;
}

const UNSAFE = /[<>&"\u0000-\u001F\uD800-\uDFFF\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_/;
const SPACED = /^[ \n]|[ \n]$|\n| {2}/;
/** Excel makes a formula of a text that begins so as soon as somebody edits it, unless the cell is formatted as text. */
const LIKE_FORMULA = /^[=+\-@\t\r]/;

const encoded: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', '\n': '&#10;' };

/** Text for XML as Excel reads it: what XML cannot hold is written _xHHHH_, and what looks like that is kept. */
export function escapeXml(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/[<>&"\n]/g, (mark) => encoded[mark] ?? mark)
    .replace(
      /[\u0000-\u001F\uFFFE\uFFFF]/g,
      (mark) => `_x${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
    );
}

/** Excel's day number; null before March 1900, where Excel's calendar is wrong. */
export function serialOf(iso: string): number | null {
  return isDate(iso) && iso >= '1900-03-01' ? daysBetween('1899-12-30', iso) : null;
}

export function cellXml(reference: string, cell: Cell, columnFormat: Format): string {
  const isToned = typeof cell === 'object' && cell !== null;
  const value = isToned ? cell.value : cell;
  const format = (isToned ? cell.format : undefined) ?? columnFormat;
  const tone = isToned ? cell.tone : 'plain';
  if (value === null || value === undefined || value === '')
    return isToned ? `<c r="${reference}" s="${styleOf(format, tone)}"/>` : '';
  if (typeof value === 'number') return `<c r="${reference}" s="${styleOf(format, tone)}"><v>${value}</v></c>`;
  if (typeof value === 'boolean')
    return `<c r="${reference}" s="${styleOf(format, tone)}" t="b"><v>${value ? 1 : 0}</v></c>`;
  const serial = format === 'date' ? serialOf(value) : null;
  if (serial !== null) return `<c r="${reference}" s="${styleOf(format, tone)}"><v>${serial}</v></c>`;
  const style = styleOf(LIKE_FORMULA.test(value) ? 'text' : format, tone);
  const space = SPACED.test(value) ? ' xml:space="preserve"' : '';
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t${space}>${escapeXml(value)}</t></is></c>`;
}
