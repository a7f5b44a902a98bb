// How a marked-up file looks: the sentences in front, the wrong cells coloured and noted, one line for each rule.
import type { Finding } from '@khuevan/core/findings.ts';
import type { RecordKind } from '@khuevan/core/records/field.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import type { Cell } from '#platform/excel-cells.ts';
import { CellError, ExcelDate, type ReadCell, type ReadRow } from '#platform/excel-reader.ts';
import type { Note, Sheet, SheetRow } from '#platform/excel-writer.ts';
import { findingsHeading, type Headings, schoolHeading } from './headings.ts';
import type { RuleCount } from './imports.queries.ts';
import { schoolField } from './row-reader.ts';
import type { TemplateColumn } from './template.ts';

export interface RowFindings {
  row: number;
  findings: Finding[];
}

export const isBad = ({ findings }: RowFindings): boolean => findings.some(({ severity }) => severity === 'error');

/** The columns of the file in its own order, those that were not read included, behind the one with the sentences. */
export function columnsOf(kind: RecordKind, headings: Headings, isOffice: boolean): TemplateColumn[] {
  const byColumn = new Map<number, TemplateColumn>(
    headings.ignored.map(({ column, text }) => [column, { heading: text }]),
  );
  for (const [key, column] of headings.columns) {
    const field = kind.fields.find((each) => each.key === key)!;
    byColumn.set(column, { heading: field.label.vi, field });
  }
  if (isOffice && headings.schoolColumn !== undefined)
    byColumn.set(headings.schoolColumn, { heading: schoolHeading.vi, isSchool: true });
  const used = [...byColumn.keys()].toSorted((a, b) => a - b);
  return [{ heading: findingsHeading, width: 60 }, ...used.map((source) => ({ ...byColumn.get(source)!, source }))];
}

const sentence = (finding: Finding) => ruleFace(finding.rule).message(finding).vi;
const tones = { error: 'error', warning: 'warning' } as const;

export function markRow(
  row: ReadRow,
  findings: readonly Finding[],
  columns: readonly TemplateColumn[],
  sheetName: string | undefined,
): SheetRow {
  const place = sheetName === undefined ? `Dòng ${row.number}` : `Sheet ${sheetName}, dòng ${row.number}`;
  const notes: Note[] = [];
  const cells: Cell[] = columns.map((column, index): Cell => {
    if (column.source === undefined)
      return { value: `${place}: ${findings.map(sentence).join(' ')}`, tone: 'error', format: 'text' };
    const cell = row.cells[column.source];
    const here = findings.filter(
      ({ field }) => field !== undefined && field === (column.isSchool ? schoolField : column.field?.key),
    );
    if (here.length === 0) return plainCell(cell);
    notes.push({ column: index, text: here.map(sentence).join('\n') });
    return {
      ...tonedValue(cell),
      tone: tones[here.some(({ severity }) => severity === 'error') ? 'error' : 'warning'],
    };
  });
  return { cells, notes };
}

function plainCell(cell: ReadCell): Cell {
  if (cell instanceof ExcelDate) return { value: cell.serial, tone: 'plain', format: 'date' };
  return cell instanceof CellError ? cell.code : cell;
}

function tonedValue(cell: ReadCell): { value: string | number | boolean | null; format?: 'date' } {
  if (cell instanceof ExcelDate) return { value: cell.serial, format: 'date' };
  return { value: cell instanceof CellError ? cell.code : (cell ?? null) };
}

const severities = { error: 'Lỗi', warning: 'Cảnh báo' };

export function overviewSheet(counts: readonly RuleCount[]): Sheet {
  return {
    name: 'Tổng hợp lỗi',
    columns: [
      { width: 60 },
      { width: 12 },
      { width: 10, format: 'integer' },
      { width: 12, format: 'integer' },
      { width: 12, format: 'integer' },
      { width: 24 },
      { width: 60 },
    ],
    rows: overviewRows(counts),
    frozen: { rows: 2, columns: 0 },
  };
}

function* overviewRows(counts: readonly RuleCount[]): Generator<SheetRow> {
  yield {
    cells: [{ value: 'Mỗi quy tắc một dòng; số dòng là số dòng của tệp đã tải lên', tone: 'title', format: 'general' }],
  };
  yield {
    cells: ['Quy tắc', 'Mức độ', 'Số lượng', 'Dòng đầu', 'Dòng cuối', 'Sheet', 'Căn cứ'].map((value): Cell => ({
      value,
      tone: 'header',
      format: 'general',
    })),
  };
  for (const { rule, severity, count, first_row: first, last_row: last, sheet } of counts) {
    const { title, source } = ruleFace(rule);
    yield {
      cells: [
        { value: title.vi, tone: severity === 'error' ? 'error' : 'warning' },
        severities[severity],
        count,
        first,
        last,
        sheet ?? 'nhiều sheet',
        source,
      ],
    };
  }
}
