import { join } from 'node:path';
import { type CellValue, formatCell } from '@khuevan/core/collections/content.ts';
import {
  cellKeyOf,
  type CollectionDefinition,
  isNumeric,
  type Place,
  placeOf,
  rowsOf,
} from '@khuevan/core/collections/definition.ts';
import { withRowSums, withSums } from '@khuevan/core/collections/sums.ts';
import { pdf } from '@khuevan/core/contract/shapes.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import { formatNumber } from '@khuevan/core/vietnam/numbers.ts';
import { dayOf, now, today } from '#platform/clock.ts';
import type { Reading } from '#platform/database.ts';
import type { FileAnswer } from '#platform/http.ts';
import { renderPdf } from '#platform/pdf.ts';
import { readWhole } from './answers.actions.ts';
import { requireCollection } from './collections.actions.ts';
import { shownSum } from './result-sheet.ts';
import { readSums } from './results.actions.ts';
import { countProgress, selectJoinedRows, selectPrintFace } from './results.queries.ts';

const template = join(import.meta.dirname, 'collection.typ');
/** Some 150 pages; more than that nobody reads on paper. */
const mostPrinted = 5000;

interface PrintRow {
  cells: string[];
  strong: boolean;
  indent: number;
}

interface Print {
  title: string;
  lines: string[];
  draft: boolean;
  note: string;
  front: Array<{ label: string; wide: boolean }>;
  columns: Array<{ label: string; number: boolean }>;
  rows: PrintRow[];
  face: NonNullable<Awaited<ReturnType<typeof selectPrintFace>>>;
}

const signers: Record<string, string> = { school: 'HIỆU TRƯỞNG', province: 'GIÁM ĐỐC', ministry: 'BỘ TRƯỞNG' };

async function faceOf({ tx, access }: Reading): Promise<Print['face']> {
  const face = await selectPrintFace(tx, access.unitId, today());
  if (!face) throw new ProblemError('not_found');
  return face;
}

const columnsOf = (form: CollectionDefinition): Print['columns'] =>
  form.columns.map((each) => ({ label: each.label, number: each.sumOf !== undefined || isNumeric(each.type) }));

function shownCell(place: Place, value: CellValue | undefined): string {
  if (place.kind === 'closed') return 'X';
  return formatCell(place.kind === 'sum' ? 'sum' : place.type, value);
}

export async function describeAnswer(reading: Reading, collectionId: string): Promise<Print> {
  const { definition: form, title, ownerName, answer } = await readWhole(reading, collectionId);
  const isSent = answer.state === 'submitted';
  const [only] = rowsOf(form);
  const whole = withSums(form, answer.cells);
  const rows =
    form.shape === 'grid'
      ? form.rows.map((row): PrintRow => ({
          cells: [
            row.label,
            ...form.columns.map((each) => shownCell(placeOf(row, each), whole[cellKeyOf(row.key, each.key)])),
          ],
          strong: row.sumOf !== undefined,
          indent: row.indent,
        }))
      : answer.rows.map((row, index): PrintRow => {
          const summed = withRowSums(form, row);
          return {
            cells: [
              String(index + 1),
              ...form.columns.map((each) => shownCell(placeOf(only!, each), summed[each.key])),
            ],
            strong: false,
            indent: 0,
          };
        });
  return {
    title,
    lines: [`Theo yêu cầu của ${ownerName}`],
    draft: !isSent,
    note:
      isSent && answer.sentAt
        ? `Gửi lần ${answer.sentNo} ngày ${formatDate(dayOf(new Date(answer.sentAt)))}`
        : 'Bản đang lập',
    front: [form.shape === 'grid' ? { label: 'Chỉ tiêu', wide: true } : { label: 'TT', wide: false }],
    columns: columnsOf(form),
    rows,
    face: await faceOf(reading),
  };
}

export async function describeResult(reading: Reading, collectionId: string): Promise<Print> {
  const { tx } = reading;
  const { title, definition: form, owner_name: ownerName, due_on: dueOn } = await requireCollection(tx, collectionId);
  const counts = await countProgress(tx, collectionId, dueOn, today());
  return {
    title,
    lines: [
      `Theo yêu cầu của ${ownerName}${dueOn ? `, hạn ${formatDate(dueOn)}` : ''}`,
      `Tổng hợp từ ${formatNumber(counts.submitted)} trên ${formatNumber(counts.asked)} đơn vị`,
    ],
    draft: false,
    note: `In ngày ${formatDate(dayOf(now()))}`,
    front: form.shape === 'grid' ? [{ label: 'Chỉ tiêu', wide: true }] : [{ label: 'Đơn vị', wide: true }],
    columns: columnsOf(form),
    rows:
      form.shape === 'grid'
        ? await summedRows(reading, collectionId, form)
        : await joinedRows(reading, collectionId, form),
    face: await faceOf(reading),
  };
}

async function summedRows(reading: Reading, collectionId: string, form: CollectionDefinition): Promise<PrintRow[]> {
  const sums = await readSums(reading, collectionId);
  return form.rows.map((row) => ({
    cells: [
      row.label,
      ...form.columns.map((each) => {
        const shown = shownSum(placeOf(row, each), cellKeyOf(row.key, each.key), sums);
        return typeof shown === 'number' ? formatNumber(shown) : (shown ?? '');
      }),
    ],
    strong: row.sumOf !== undefined,
    indent: row.indent,
  }));
}

async function joinedRows({ tx }: Reading, collectionId: string, form: CollectionDefinition): Promise<PrintRow[]> {
  const joined = await selectJoinedRows(tx, collectionId, mostPrinted + 1, 0);
  if (joined.length > mostPrinted)
    throw new ProblemError('file_refused', {
      reasonVi: `Danh sách dài hơn ${formatNumber(mostPrinted)} dòng nên không in. Tải Excel để xem.`,
      reasonEn: `The list has more than ${formatNumber(mostPrinted)} rows and is not printed. Download it as Excel.`,
    });
  const [only] = rowsOf(form);
  return joined.map((row) => {
    const summed = withRowSums(form, row.cells);
    return {
      cells: [row.name, ...form.columns.map((each) => shownCell(placeOf(only!, each), summed[each.key]))],
      strong: false,
      indent: 0,
    };
  });
}

/** Figures are read inside the scope; the drawing happens after the transaction has ended. */
export async function drawPrint({ face, ...print }: Print): Promise<FileAnswer> {
  const place = face.province?.replace(/^(Tỉnh|Thành phố) /, '') ?? 'Hà Nội';
  const drawn = {
    ...print,
    unit: face.name,
    above: face.above ?? ' ',
    empty: print.rows.length === 0,
    place: `${place}, ngày …… tháng …… năm 20……`,
    signer: signers[face.kind] ?? 'TRƯỞNG PHÒNG',
  };
  return {
    fileName: `${print.title} ${face.name}.pdf`.replaceAll('/', '-'),
    mediaType: pdf,
    content: await renderPdf(template, drawn),
    inline: true,
  };
}
