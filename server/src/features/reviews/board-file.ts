// The board as an Excel file: the list that goes out with a reminder.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import { writeWorkbook, type SheetRow } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import { dayOf, today } from '#platform/clock.ts';
import type { Board } from './board.actions.ts';
import type { FormOfPeriodRow } from './board.queries.ts';

const columns = [
  { heading: 'STT', width: 6, format: 'integer' },
  { heading: 'Mã đơn vị', width: 14, format: 'text' },
  { heading: 'Đơn vị', width: 44, format: 'text' },
  { heading: 'Trực thuộc', width: 34, format: 'text' },
  { heading: 'Trạng thái', width: 14, format: 'text' },
  { heading: 'Từ ngày', width: 12, format: 'date' },
  { heading: 'Hạn gửi', width: 12, format: 'date' },
  { heading: 'Chậm (ngày)', width: 12, format: 'integer' },
  { heading: 'Lần gửi', width: 9, format: 'integer' },
  { heading: 'Đang giữ', width: 44, format: 'text' },
  { heading: 'Việc chưa xong', width: 12, format: 'integer' },
] as const;

export function writeBoardFile(board: Board & { form: FormOfPeriodRow }): FileAnswer {
  const { form } = board;
  return {
    fileName: `Tien do ${form.form_code} ${form.unit_name} ${today()}.xlsx`,
    mediaType: xlsx,
    content: writeWorkbook([
      {
        name: 'Tiến độ',
        columns: columns.map(({ width, format }) => ({ width, format })),
        rows: sheetRows(board),
        frozen: { rows: 4, columns: 3 },
        filter: 'A4:K4',
        landscape: true,
      },
    ]),
  };
}

function* sheetRows({ form, totals, units }: Board & { form: FormOfPeriodRow }): Generator<SheetRow> {
  yield { cells: [{ value: `Tiến độ biểu ${form.form_code}, ${form.period_name}, ${form.unit_name}`, tone: 'title' }] };
  const counts = Object.entries(stateWords).map(([state, word]) => `${word.vi}: ${totals[state] ?? 0}`);
  yield {
    cells: [
      { value: `Đến ngày ${formatDate(today())}: ${counts.join('; ')}; chậm hạn: ${totals.late ?? 0}`, tone: 'muted' },
    ],
  };
  yield { cells: [] };
  yield { cells: columns.map(({ heading }) => ({ value: heading, tone: 'header' })) };
  for (const [index, unit] of units.entries()) {
    yield {
      cells: [
        index + 1,
        unit.code,
        unit.unitName,
        unit.parentName,
        stateWords[unit.state].vi,
        unit.stateSince && dayOf(new Date(unit.stateSince)),
        unit.dueOn,
        unit.daysLate > 0 ? { value: unit.daysLate, tone: 'warning' } : 0,
        unit.lastSubmissionNo,
        unit.holderName,
        unit.openWorkItems,
      ],
    };
  }
}
