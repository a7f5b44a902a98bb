// A population file: the template, and the cells of an uploaded workbook or CSV.
import { parse } from 'csv-parse/sync';
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { ExcelDate, openWorkbook, type ReadCell } from '#platform/excel-reader.ts';
import { refusal } from '#platform/excel-refusals.ts';
import { writeTable } from '#platform/excel-table.ts';
import type { Arrived } from '#platform/files.ts';
import type { FileAnswer } from '#platform/http.ts';
import { type FileCell, type FileRow, populationColumns } from './population-rows.rules.ts';
import type { PlaceRow } from './population.queries.ts';

/** From birth to the last year of upper secondary school: what the indicators ask for. */
const templateAges = Array.from({ length: 18 }, (_, age) => age);
const mostRows = 100_000;

export function writePopulationTemplate(year: number, places: readonly PlaceRow[]): FileAnswer {
  const face = {
    name: `Dan so ${year}`,
    above: [
      `Dân số năm ${year} theo từng tuổi / Population of ${year} by age`,
      'Tuổi tính theo năm dương lịch. Ô chưa biết để trống, không ghi 0. Mỗi địa bàn một bảng: bảng mới thay bảng cũ của năm đó.',
    ],
    frozenColumns: 3,
  };
  const columns = populationColumns.map(({ label, width, key }) => ({
    label,
    width,
    format: key === 'code' || key === 'name' ? ('text' as const) : ('integer' as const),
  }));
  const rows = places.flatMap((place) =>
    templateAges.map((age) => [place.code, place.name, age, null, null, null, null] as const),
  );
  return { fileName: `Mau dan so ${year}.xlsx`, mediaType: xlsx, content: writeTable(face, columns, rows) };
}

/** The rows of the first visible sheet, or of the CSV. @throws ProblemError file_refused */
export async function readFileRows(file: Arrived): Promise<FileRow[]> {
  const beginning = await file.source.read(0, Math.min(2, file.size));
  if (beginning.toString('latin1') !== 'PK') return readCsvRows(await file.source.read(0, file.size));
  const workbook = await openWorkbook(file.source);
  const sheet = workbook.sheets.find((each) => each.isVisible);
  if (!sheet) throw refusal('damaged');
  const rows: FileRow[] = [];
  for await (const batch of sheet.rows()) {
    rows.push(...batch.map(({ number, cells }) => ({ number, cells: Array.from(cells, cellOf) })));
    if (rows.length > mostRows) throw refusal('unsafe');
  }
  return rows;
}

function cellOf(cell: ReadCell): FileCell {
  if (typeof cell === 'string' || typeof cell === 'number' || cell === undefined) return cell;
  if (cell instanceof ExcelDate) return '#DATE';
  return typeof cell === 'boolean' ? String(cell) : `#${cell.code.replace(/^#/, '')}`;
}

function readCsvRows(bytes: Buffer): FileRow[] {
  const text = bytes.toString('utf8');
  if (text.includes('\0') || text.includes('\uFFFD')) throw refusal('not_workbook');
  const firstLine = text.slice(0, text.indexOf('\n') + 1);
  try {
    const records = parse(text, {
      bom: true,
      // Vietnamese Excel parts columns by semicolons, since the comma is in the numbers.
      delimiter: firstLine.includes(';') ? ';' : ',',
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      to: mostRows,
    }) as unknown as Array<{ record: string[]; info: { lines: number } }>;
    return records.map(({ record, info }) => ({ number: info.lines, cells: record }));
  } catch {
    throw refusal('not_workbook');
  }
}
