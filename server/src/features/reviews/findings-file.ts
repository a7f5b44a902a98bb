// What units below have to correct and explain, as an Excel file.
import { findingStageWords } from '@khuevan/core/checks/stages.ts';
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { stateWords, type ReportState } from '@khuevan/core/reports/states.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import { today } from '#platform/clock.ts';
import { writeWorkbook, type SheetRow } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import type { FindingsBelow } from './findings.actions.ts';

const columns = [
  { heading: 'STT', width: 6, format: 'integer' },
  { heading: 'Mã đơn vị', width: 14, format: 'text' },
  { heading: 'Đơn vị', width: 40, format: 'text' },
  { heading: 'Trực thuộc', width: 32, format: 'text' },
  { heading: 'Báo cáo', width: 14, format: 'text' },
  { heading: 'Lần gửi', width: 9, format: 'integer' },
  { heading: 'Tình trạng', width: 20, format: 'text' },
  { heading: 'Ô', width: 9, format: 'text' },
  { heading: 'Kiểm tra', width: 44, format: 'text' },
  { heading: 'Nội dung', width: 90, format: 'text' },
  { heading: 'Lý do của đơn vị', width: 60, format: 'text' },
  { heading: 'Người nêu', width: 24, format: 'text' },
  { heading: 'Người xét', width: 24, format: 'text' },
  { heading: 'Ý kiến', width: 50, format: 'text' },
] as const;

export function writeFindingsFile(found: FindingsBelow): FileAnswer {
  const { form } = found;
  return {
    fileName: `Loi canh bao ${form.form_code} ${form.unit_name} ${today()}.xlsx`,
    mediaType: xlsx,
    content: writeWorkbook([
      {
        name: 'Lỗi, cảnh báo',
        columns: columns.map(({ width, format }) => ({ width, format })),
        rows: sheetRows(found),
        frozen: { rows: 4, columns: 3 },
        filter: 'A4:N4',
        landscape: true,
      },
    ]),
  };
}

function* sheetRows({ form, listed }: FindingsBelow): Generator<SheetRow> {
  yield {
    cells: [{ value: `Lỗi, cảnh báo biểu ${form.form_code}, ${form.period_name}, ${form.unit_name}`, tone: 'title' }],
  };
  const counts = Object.entries(findingStageWords).map(([stage, word]) => `${word.vi}: ${listed.stages[stage] ?? 0}`);
  yield { cells: [{ value: `Đến ngày ${formatDate(today())}: ${counts.join('; ')}`, tone: 'muted' }] };
  yield { cells: [] };
  yield { cells: columns.map(({ heading }) => ({ value: heading, tone: 'header' })) };
  for (const [index, each] of listed.findings.entries()) {
    yield {
      cells: [
        index + 1,
        each.unitCode,
        each.unitName,
        each.parentName,
        stateWords[each.state as ReportState].vi,
        each.submissionNo,
        findingStageWords[each.stage].vi,
        each.cell,
        each.title.vi,
        each.message.vi,
        each.reason,
        each.reasonByName,
        each.decision?.decidedByName ?? null,
        each.decision?.note ?? null,
      ],
    };
  }
}
