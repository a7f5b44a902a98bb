// The cells of a sheet, row by row. A cell is text, number or boolean; a number shown as a date, and an error of a formula,
// say so.
import { refusal } from './excel-refusals.ts';
import { decodeEscapes, LONGEST_CELL, type SharedStrings } from './excel-strings.ts';
import { attributesOf, decodeEntities, type XmlListener } from './excel-xml.ts';

/** A number that Excel shows as a date: its day number in the 1900 system. */
export class ExcelDate {
  readonly serial: number;

  constructor(serial: number) {
    this.serial = serial;
  }
}

/** #REF!, #N/A and the like, or a formula that was never calculated. */
export class CellError {
  readonly code: string;

  constructor(code: string) {
    this.code = code;
  }
}

export type ReadCell = string | number | boolean | ExcelDate | CellError | undefined;

export interface ReadRow {
  /** As Excel numbers it, from 1. */
  number: number;
  /** By column, from 0; holes are empty cells. */
  cells: ReadCell[];
}

export interface CellContext {
  strings: SharedStrings;
  /** By number of the cell style. */
  isDateStyle: readonly boolean[];
  /** Days to add in workbooks that count from 1904. */
  epochShift: number;
}

const MOST_COLUMNS = 300;
const LAST_ROW = 1_048_576;

/** Gathers rows that hold anything; the caller takes them away with `take`. */
export class RowListener implements XmlListener {
  private readonly context: CellContext;
  private rows: ReadRow[] = [];
  private row: ReadRow = { number: 0, cells: [] };
  private column = -1;
  private type = '';
  private style = 0;
  private content = '';
  private isInCell = false;
  private isContent = false;
  private isFormula = false;
  private isPhonetic = false;

  constructor(context: CellContext) {
    this.context = context;
  }

  take(): ReadRow[] {
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'v' || name === 't') this.isContent = this.isInCell && !this.isPhonetic;
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'f') this.isFormula = true;
    else if (name === 'rPh') this.isPhonetic = true;
  }

  text(part: string): void {
    if (!this.isContent) return;
    this.content = this.content === '' ? part : this.content + part;
    if (this.content.length > LONGEST_CELL) throw refusal('unsafe');
  }

  close(name: string): void {
    if (name === 'c') this.closeCell();
    else if (name === 'v' || name === 't') this.isContent = false;
    else if (name === 'row') {
      if (this.row.cells.length > 0) this.rows.push(this.row);
    } else if (name === 'rPh') this.isPhonetic = false;
  }

  private openRow(attributes: string): void {
    const said = attributesOf(attributes).r;
    const number = said === undefined ? this.row.number + 1 : Number(said);
    // A row that comes twice or too early would be two rows in one place: Excel does not open such a sheet either.
    if (!Number.isInteger(number) || number <= this.row.number || number > LAST_ROW) throw refusal('damaged');
    this.row = { number, cells: [] };
    this.column = -1;
  }

  private openCell(attributes: string): void {
    this.isInCell = true;
    this.isFormula = false;
    this.content = '';
    this.type = '';
    this.style = 0;
    this.column += 1;
    for (let at = attributes.indexOf('='); at >= 0;) {
      const quote = attributes[at + 1];
      if (quote !== '"' && quote !== "'") throw refusal('damaged');
      const end = attributes.indexOf(quote, at + 2);
      if (end < 0) throw refusal('damaged');
      // Only attributes of one letter matter: r, s, t.
      if (attributes.charCodeAt(at - 2) <= SPACE) this.takeAttribute(attributes, attributes[at - 1]!, at + 2, end);
      at = attributes.indexOf('=', end + 1);
    }
  }

  private takeAttribute(attributes: string, name: string, start: number, end: number): void {
    if (name === 'r') this.column = columnAt(attributes, start, end);
    else if (name === 's') this.style = Number(attributes.slice(start, end));
    else if (name === 't') this.type = decodeEntities(attributes.slice(start, end));
  }

  private closeCell(): void {
    this.isInCell = false;
    if (this.column >= MOST_COLUMNS) return;
    const value = this.isFormula && this.content === '' && this.type !== 'str' ? NOT_CALCULATED : this.read();
    if (value === undefined) return;
    if (this.row.cells[this.column] !== undefined) throw refusal('damaged');
    this.row.cells[this.column] = value;
  }

  private read(): ReadCell {
    const { content, type } = this;
    if (content === '') return undefined;
    switch (type) {
      case 's':
        return this.context.strings.at(Number(content)) || this.missing();
      case 'inlineStr':
      case 'str':
        return decodeEscapes(content);
      case 'b':
        return content === '1' || content === 'true';
      case 'e':
        return new CellError(content);
      case 'd':
        return content;
      default: {
        const number = Number(content);
        if (!Number.isFinite(number)) throw refusal('damaged');
        if (number === 0 && content.trim() === '') return undefined;
        return this.context.isDateStyle[this.style] ? new ExcelDate(number + this.context.epochShift) : number;
      }
    }
  }

  /** An empty shared string is an empty cell; one that is not there means that the file was cut. */
  private missing(): undefined {
    if (this.context.strings.at(Number(this.content)) === undefined) throw refusal('damaged');
    return undefined;
  }
}

const NOT_CALCULATED = new CellError('');
const SPACE = 32;
const LETTER_A = 65;

/** The column of "AB12", from 0. */
function columnAt(text: string, start: number, end: number): number {
  let column = 0;
  for (let at = start; at < end; at += 1) {
    const letter = text.charCodeAt(at) - LETTER_A;
    if (letter < 0 || letter > 25) break;
    column = column * 26 + letter + 1;
  }
  if (column === 0) throw refusal('damaged');
  return column - 1;
}
