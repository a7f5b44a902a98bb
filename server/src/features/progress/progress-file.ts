// The progress of a period as Excel: the numbers on the first sheet, the units that are shown on the second.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { formatDate } from '@khuevan/core/vietnam/dates.ts';
import { dayOf, today } from '#platform/clock.ts';
import type { Sheet, SheetRow } from '#platform/excel-writer.ts';
import { writeWorkbook } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import type { drawProgress, Progress, ProgressUnits } from './progress.actions.ts';

type Drawn = Awaited<ReturnType<typeof drawProgress>>;
type Tally = Progress['total'];

const kindWords: Record<UnitKind, string> = {
  ministry: 'Bộ',
  province: 'Sở',
  district: 'Phòng',
  commune: 'Xã',
  school: 'Trường',
};

const tallyHeadings = [
  'Phải gửi',
  'Đã duyệt',
  'Chờ duyệt',
  'Quá hạn duyệt',
  'Trả về',
  'Cần bổ sung',
  'Đang lập',
  'Chưa lập',
  'Đúng hạn',
  'Chậm hạn',
  'Chậm nhất (ngày)',
  'Đầy đủ (%)',
  'Đúng hạn (%)',
];

const share = (part: number, whole: number): number | null => (whole === 0 ? null : Math.round((part / whole) * 100));

const cellsOf = (each: Tally) => [
  each.asked,
  each.approved,
  each.submitted,
  each.reviewLate,
  each.returned,
  each.supplement,
  each.draft,
  each.notStarted,
  each.inTime,
  each.late,
  each.worstDaysLate,
  share(each.approved + each.submitted, each.asked),
  share(each.inTime, each.asked),
];

export function writeProgressFile(drawn: Drawn, { units }: ProgressUnits, formCode: string | undefined): FileAnswer {
  const { period } = drawn;
  const title = `${period.name}, ${formCode ? `biểu ${formCode}` : 'mọi biểu'}, ${period.unit_name}`;
  return {
    fileName: `Tien do ky ${period.unit_name} ${today()}.xlsx`,
    mediaType: xlsx,
    content: writeWorkbook([numbersSheet(drawn, title), unitsSheet(units, title)]),
  };
}

const headOf = (title: string): SheetRow[] => [
  { cells: [{ value: `Tiến độ: ${title}`, tone: 'title' }] },
  { cells: [{ value: `Đến ngày ${formatDate(today())}`, tone: 'muted' }] },
  { cells: [] },
];

function numbersSheet(drawn: Drawn, title: string): Sheet {
  const block = (heading: string, rows: Array<Tally & { name: string }>): SheetRow[] => [
    { cells: [heading, ...tallyHeadings].map((value) => ({ value, tone: 'header' as const })) },
    ...rows.map((each) => ({ cells: [each.name, ...cellsOf(each)] })),
    { cells: [] },
  ];
  const kinds = drawn.kinds.map((each) => ({
    ...each,
    name: each.name ? `${kindWords[each.unitKind]}: ${each.name}` : kindWords[each.unitKind],
  }));
  return {
    name: 'Số liệu',
    columns: [{ width: 46, format: 'text' }, ...tallyHeadings.map(() => ({ width: 11, format: 'integer' as const }))],
    rows: [
      ...headOf(title),
      ...block('Biểu của các trường', [{ ...drawn.total, name: 'Tất cả' }]),
      ...block('Theo địa bàn', drawn.areas),
      ...block('Theo cấp học', drawn.levels),
      ...block('Theo loại đơn vị', kinds),
    ],
    frozen: { rows: 3, columns: 1 },
    landscape: true,
  };
}

const unitColumns = [
  { heading: 'STT', width: 6, format: 'integer' },
  { heading: 'Mã đơn vị', width: 14, format: 'text' },
  { heading: 'Đơn vị', width: 44, format: 'text' },
  { heading: 'Trực thuộc', width: 34, format: 'text' },
  { heading: 'Phải gửi', width: 9, format: 'integer' },
  { heading: 'Đã gửi', width: 9, format: 'integer' },
  { heading: 'Đã duyệt', width: 9, format: 'integer' },
  { heading: 'Hạn', width: 12, format: 'date' },
  { heading: 'Chậm (ngày)', width: 12, format: 'integer' },
  { heading: 'Biểu chưa xong, ai đang giữ', width: 60, format: 'text' },
  { heading: 'Lý do chậm', width: 60, format: 'text' },
  { heading: 'Nhắc gần nhất', width: 14, format: 'date' },
] as const;

function unitsSheet(units: ProgressUnits['units'], title: string): Sheet {
  const rows = units.map((unit, index): SheetRow => {
    const open = unit.open.map((each) => `${each.formCode}: ${stateWords[each.state].vi} (${each.holderName})`);
    const reasons = unit.reasons.map(
      (each) => `${each.formCode}: ${each.reason}${each.expectedOn ? ` (hẹn gửi ${formatDate(each.expectedOn)})` : ''}`,
    );
    return {
      cells: [
        index + 1,
        unit.code,
        unit.unitName,
        unit.parentName,
        unit.asked,
        unit.sent,
        unit.approved,
        unit.dueOn,
        unit.daysLate > 0 ? { value: unit.daysLate, tone: 'warning' } : 0,
        open.join('; '),
        reasons.join('; '),
        unit.nudgedAt && dayOf(new Date(unit.nudgedAt)),
      ],
    };
  });
  return {
    name: 'Đơn vị',
    columns: unitColumns.map(({ width, format }) => ({ width, format })),
    rows: [
      ...headOf(title),
      { cells: unitColumns.map(({ heading }) => ({ value: heading, tone: 'header' })) },
      ...rows,
    ],
    frozen: { rows: 4, columns: 3 },
    filter: 'A4:L4',
    landscape: true,
  };
}
