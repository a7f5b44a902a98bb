// From rows of a sheet to records: reading, rules, findings. No database here: it runs in a thread of its own for large files.
import type { Finding } from '@khuevan/core/findings.ts';
import type { Field, RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { fieldsFor, recordKinds } from '@khuevan/core/records/kinds.ts';
import { parseCells } from '@khuevan/core/records/parse.ts';
import { runRecordRules, subjectOf } from '@khuevan/core/rules/catalogue.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { formatDate, parseDate } from '@khuevan/core/vietnam/dates.ts';
import { maskPin } from '@khuevan/core/vietnam/pin.ts';
import { beginningOf, normalizeText } from '@khuevan/core/vietnam/text.ts';
import { CellError, ExcelDate, type ReadCell, type ReadRow } from '#platform/excel-reader.ts';
import { RowPacker } from '#platform/row-packer.ts';
import { schoolHeading } from './headings.ts';
import type { ReadingPlan, RowBatch, SchoolFacts } from './reading-plan.ts';
import type { SeenRecords } from './seen-records.ts';
import { WaitingRows } from './waiting-rows.ts';

interface Column {
  field: Field;
  /** Its place among the kind's fields. */
  place: number;
  /** Its place in the sheet. */
  index: number;
}

export interface SheetPlace {
  sheetNo: number;
  name: string;
  columns: Map<string, number>;
  schoolColumn: number | undefined;
}

const MASKED_PIN = /^\d{6}•{4}\d{2}$/;

/** Reads the rows of one sheet. */
export class RowReader {
  private readonly kind: RecordKind;
  private readonly plan: ReadingPlan;
  private readonly place: SheetPlace;
  private readonly columns: Column[];
  /** What the row says, by field of the kind; undefined where the file has no such column. */
  private readonly input: unknown[];
  private readonly pinPlace: number;
  private readonly isPartial: boolean;
  private readonly schools: Map<string, SchoolFacts>;
  private readonly waiting: WaitingRows;
  private readonly seen: SeenRecords;

  /** @param seen of all sheets of the file. */
  constructor(plan: ReadingPlan, place: SheetPlace, seen: SeenRecords) {
    this.kind = recordKinds[plan.kind];
    this.plan = plan;
    this.place = place;
    this.columns = this.kind.fields
      .map((field, at) => ({ field, place: at, index: place.columns.get(field.key)! }))
      .filter(({ field }) => place.columns.has(field.key));
    this.input = this.kind.fields.map(() => undefined);
    this.pinPlace = this.columns.find(({ field }) => field.type === 'pin')?.place ?? -1;
    // What has no column is not empty but unknown, and stays as it is stored.
    this.isPartial = fieldsFor(this.kind, plan.levels).some(
      (field) => !field.readOnly && !place.columns.has(field.key),
    );
    this.schools = new Map(plan.schools.map((school) => [school.code, school]));
    this.waiting = new WaitingRows(plan, new Set(place.columns.keys()), place.sheetNo);
    this.seen = seen;
  }

  /** Adds what the row holds to the batch. Rows without a value in any known column are no rows. */
  read(row: ReadRow, batch: RowsTaken): void {
    const findings: Finding[] = [];
    if (!this.takeInput(row, findings)) return;
    batch.rowsRead += 1;
    const school = this.schoolOf(row, findings);
    const { values, findings: unread } = parseCells(this.kind, this.input, { partial: this.isPartial });
    const mask = this.maskOf(values, findings);
    for (const finding of unread) if (!findings.some(({ field }) => field === finding.field)) findings.push(finding);
    if (school) {
      if (mask !== undefined) values.pin = mask;
      findings.push(
        ...runRecordRules(this.plan.kind, values, school.context),
        ...classless(this.plan.kind, values, school),
      );
    }
    if (findings.length > 0) this.report(row, values, findings, batch);
    if (findings.some(({ severity }) => severity === 'error')) {
      batch.rowsBad += 1;
      return;
    }
    const pin = mask === undefined && typeof values.pin === 'string' ? values.pin : null;
    this.seen.add(school!.id, values, pin);
    if (pin !== null) {
      values.pin = maskPin(pin);
      batch.pins.push(pin);
    }
    this.waiting.add(batch.rows, school!.id, row.number, values, pin !== null);
  }

  /** Answers whether the row holds anything. */
  private takeInput(row: ReadRow, findings: Finding[]): boolean {
    let isEmpty = true;
    for (const { field, place, index } of this.columns) {
      const cell = row.cells[index];
      let value: unknown = null;
      if (cell !== undefined && !(typeof cell === 'string' && isBlank(cell))) {
        isEmpty = false;
        if (cell instanceof CellError)
          findings.push({
            rule: 'import_formula_error',
            severity: 'error',
            kind: this.kind.name,
            field: field.key,
            value: beginningOf(cell.code, 20),
          });
        else value = cell instanceof ExcelDate ? looseDate(cell, field) : cell;
      }
      this.input[place] = value;
    }
    return !isEmpty;
  }

  private schoolOf(row: ReadRow, findings: Finding[]): SchoolFacts | undefined {
    if (!this.plan.isOffice) return this.plan.schools[0];
    const code = textOfCell(row.cells[this.place.schoolColumn ?? -1]);
    const school = this.schools.get(code);
    if (!school)
      findings.push({
        rule: 'import_unknown_school',
        severity: 'error',
        kind: this.kind.name,
        field: schoolField,
        value: beginningOf(code, 20),
      });
    return school;
  }

  /** The masked number as it came; undefined where there is a whole one or none. */
  private maskOf(values: RecordValues, findings: Finding[]): string | undefined {
    if (this.pinPlace < 0 || 'pin' in values) return undefined;
    const said = this.input[this.pinPlace];
    const mask = normalizeText(typeof said === 'string' ? said : '');
    if (!MASKED_PIN.test(mask))
      findings.push({ rule: 'import_pin_masked', severity: 'error', kind: this.kind.name, field: 'pin' });
    return mask;
  }

  private report(row: ReadRow, values: RecordValues, findings: Finding[], batch: RowsTaken): void {
    const subject = subjectOf(this.plan.kind, values);
    for (const finding of findings)
      batch.findings.push({
        ...finding,
        subject,
        sheet: this.place.name,
        sheetNo: this.place.sheetNo,
        row: row.number,
      });
  }
}

/** Most cells begin with a letter or digit, which settles it. */
function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x80) && text.trim() === '';
}

/** Key under which findings about the school column stand; it is no field of the record. */
export const schoolField = 'schoolCode';
export const labelOfSchoolField = schoolHeading;

/** Dates go to date fields as Excel's number; elsewhere Excel made a date of something that was none. */
function looseDate({ serial }: ExcelDate, field: Field): unknown {
  if (field.type === 'date') return serial;
  const iso = parseDate(Math.floor(serial));
  return iso === null
    ? serial
    : field.type === 'text' || field.type === 'reference' || field.type === 'name'
      ? new Date(`${iso}T00:00:00Z`)
      : formatDate(iso);
}

function textOfCell(cell: ReadCell): string {
  return typeof cell === 'string' || typeof cell === 'number' ? normalizeText(String(cell)) : '';
}

/** The rule on unknown classes says nothing where no classes are loaded; here that means that the school has none. */
function classless(kind: RecordKindName, { classCode }: RecordValues, { context }: SchoolFacts): Finding[] {
  if (kind !== 'student' || context.classes.size > 0 || typeof classCode !== 'string') return [];
  return [{ rule: 'student_class_unknown', severity: 'error', kind, field: 'classCode', value: classCode }];
}

/** Rows on their way to a batch. */
export interface RowsTaken extends Pick<RowBatch, 'pins' | 'findings' | 'rowsRead' | 'rowsBad'> {
  rows: RowPacker;
}

export const noRows = ({ rowType }: ReadingPlan, room: ArrayBuffer): RowsTaken => ({
  rows: new RowPacker(rowType, room),
  pins: [],
  findings: [],
  rowsRead: 0,
  rowsBad: 0,
});

export const batchOf = (taken: RowsTaken, share: number, { rows, mayRepeat }: SeenRecords): RowBatch => ({
  ...taken,
  type: 'batch',
  rows: taken.rows.finish(),
  count: taken.rows.count,
  pinPlaces: taken.rows.reserved,
  share,
  rowsOfSchools: rows,
  mayRepeat,
});
