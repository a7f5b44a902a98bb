// The list of what is missing as an Excel file, to be shared out among those who fill it in.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { formatDate, formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { writeWorkbook, type Sheet, type SheetRow } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import { today } from '#platform/clock.ts';
import type { Missing } from './missing.actions.ts';
import type { ReportRow } from './report.queries.ts';

const parts: Record<number, string> = { 1: '1. Trường, lớp', 2: '2. Học sinh', 3: '3. Đội ngũ' };
const headings = ['STT', 'Phần', 'Loại hồ sơ', 'Bản ghi', 'Mục', 'Còn thiếu, cách bổ sung', 'Người làm', 'Xong'];

export function writeMissingFile(report: ReportRow, missing: readonly Missing[]): FileAnswer {
  const title = `Thông tin còn thiếu, biểu ${report.form_code}, ${report.unit_name}, năm học ${formatSchoolYear(report.school_year)}`;
  const sheet: Sheet = {
    name: 'Còn thiếu',
    columns: [6, 16, 18, 30, 26, 70, 20, 8].map((width, index) => ({
      width,
      format: index === 0 ? 'integer' : index === 5 ? 'wrapped' : 'text',
    })),
    rows: sheetRows(title, missing),
    frozen: { rows: 4, columns: 0 },
    filter: 'A4:H4',
    landscape: true,
  };
  return {
    fileName: `Con thieu ${report.form_code} ${report.unit_name}.xlsx`,
    mediaType: xlsx,
    content: writeWorkbook([sheet]),
  };
}

function* sheetRows(title: string, missing: readonly Missing[]): Generator<SheetRow> {
  yield { cells: [{ value: title, tone: 'title' }] };
  yield { cells: [{ value: `${missing.length} mục, lập ngày ${formatDate(today())}`, tone: 'muted' }] };
  yield { cells: [] };
  yield { cells: headings.map((value) => ({ value, tone: 'header' })) };
  for (const [index, item] of missing.entries()) {
    const kind = recordKinds[item.kind as RecordKindName];
    const field = kind.fields.find((each) => each.key === item.field);
    yield {
      cells: [index + 1, parts[item.part], kind.label.vi, item.subject, field?.label.vi ?? '', item.message.vi, '', ''],
    };
  }
}
