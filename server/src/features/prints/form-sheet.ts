// The print as an Excel file: the same lines, one sheet a table, numbers as numbers.
import type ExcelJS from 'exceljs';
import type { PrintFace } from './prints.actions.ts';
import type { PrintPart } from './print-layout.ts';

const thin = { style: 'thin' } as const;
const border = { top: thin, left: thin, bottom: thin, right: thin };
const labelColumns = 3;

export async function writeFormSheet(face: PrintFace, parts: PrintPart[]): Promise<Buffer> {
  // Half a second and 14 MB, which a server should not spend before somebody asks for such a file.
  const { default: Excel } = await import('exceljs');
  const workbook = new Excel.Workbook();
  workbook.creator = 'Khuê Văn';
  for (const [index, part] of parts.entries())
    drawPart(
      workbook.addWorksheet(`Bảng ${index + 1}`, {
        pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
      }),
      face,
      part,
    );
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function drawPart(sheet: ExcelJS.Worksheet, face: PrintFace, part: PrintPart): void {
  sheet.columns = [{ width: 58 }, { width: 9 }, { width: 8 }, ...part.columns.map(() => ({ width: 12 }))];
  sheet.addRow([face.unit]).font = { bold: true };
  sheet.addRow([`Biểu ${face.form} · ${face.name} · năm học ${face.schoolYear} · có đến ngày ${face.asOf}`]);
  if (face.notice) sheet.addRow([face.notice]);
  sheet.addRow([face.code ? `Mã bản in ${face.code} · lần gửi ${face.no} · ${face.hash}` : face.note]).font = {
    italic: true,
  };
  drawHead(sheet, part, sheet.rowCount + 1);
  for (const row of part.rows) {
    const line = sheet.addRow(row.kind === 'row' ? [row.text, row.unit, row.code, ...row.values] : [row.text]);
    line.font = { bold: row.kind === 'title' || (row.kind === 'row' && row.strong), italic: row.kind === 'caption' };
    line.getCell(1).alignment = { indent: row.kind === 'title' ? 0 : row.indent, wrapText: true };
    for (let column = 1; column <= labelColumns + part.columns.length; column += 1) {
      line.getCell(column).border = border;
      if (column > labelColumns) line.getCell(column).numFmt = '#,##0.##';
    }
  }
}

function drawHead(sheet: ExcelJS.Worksheet, part: PrintPart, top: number): void {
  const put = (row: number, column: number, text: string, rows: number, columns: number) => {
    const cell = sheet.getCell(row, column);
    cell.value = text;
    cell.font = { bold: true };
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
    if (rows > 1 || columns > 1) sheet.mergeCells(row, column, row + rows - 1, column + columns - 1);
    for (let y = row; y < row + rows; y += 1)
      for (let x = column; x < column + columns; x += 1) sheet.getCell(y, x).border = border;
  };
  for (const [index, text] of ['Chỉ tiêu', 'Đơn vị', 'Mã số'].entries()) put(top, index + 1, text, part.depth, 1);
  for (const cell of part.head) put(top + cell.y, cell.x + labelColumns + 1, cell.text, cell.rowSpan, cell.columnSpan);
  for (const [index, text] of ['A', 'B', 'C', ...part.columns].entries()) put(top + part.depth, index + 1, text, 1, 1);
  sheet.views = [{ state: 'frozen', xSplit: labelColumns, ySplit: top + part.depth }];
}
