// The list of points as Excel, with the rule it was made by: to be laid before whoever decides.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import type { CommendationRule } from '@khuevan/core/reports/commendation.ts';
import { formatDate, formatSchoolYear } from '@khuevan/core/vietnam/dates.ts';
import { today } from '#platform/clock.ts';
import { writeWorkbook, type SheetRow } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import type { Commendations } from './commendations.actions.ts';

const columns = [
  { heading: 'STT', width: 6, format: 'integer' },
  { heading: 'Mã đơn vị', width: 14, format: 'text' },
  { heading: 'Đơn vị', width: 44, format: 'text' },
  { heading: 'Trực thuộc', width: 34, format: 'text' },
  { heading: 'Số biểu', width: 9, format: 'integer' },
  { heading: 'Đầy đủ', width: 9, format: 'decimal' },
  { heading: 'Đúng hạn', width: 9, format: 'decimal' },
  { heading: 'Không bị trả về', width: 14, format: 'decimal' },
  { heading: 'Giải trình', width: 12, format: 'decimal' },
  { heading: 'Điểm đề xuất', width: 13, format: 'decimal' },
] as const;

export function writeCommendationsFile(
  { inForce, units, unitName }: Commendations & { unitName: string },
  schoolYear: number,
): FileAnswer {
  const year = formatSchoolYear(schoolYear);
  const head: SheetRow[] = [
    { cells: [{ value: `Điểm đề xuất thi đua về báo cáo thống kê, năm học ${year}, ${unitName}`, tone: 'title' }] },
    { cells: [{ value: `Đến ngày ${formatDate(today())}. ${sayRule(inForce.rule)}`, tone: 'muted' }] },
    {
      cells: [
        {
          value: 'Đây là đề xuất do chương trình tính; Hội đồng thi đua - khen thưởng xem xét và quyết định.',
          tone: 'muted',
        },
      ],
    },
    { cells: columns.map(({ heading }) => ({ value: heading, tone: 'header' })) },
  ];
  const rows = units.map((unit, index): SheetRow => {
    const parts = unit.parts;
    return {
      cells: [
        index + 1,
        unit.code,
        unit.unitName,
        unit.parentName,
        unit.forms,
        parts?.completeness ?? null,
        parts?.timeliness ?? null,
        parts?.returns ?? null,
        parts?.findings ?? null,
        unit.score,
      ],
    };
  });
  return {
    fileName: `Diem de xuat thi dua ${year} ${unitName}.xlsx`,
    mediaType: xlsx,
    content: writeWorkbook([
      {
        name: 'Điểm đề xuất',
        columns: columns.map(({ width, format }) => ({ width, format })),
        rows: [...head, ...rows],
        frozen: { rows: 4, columns: 3 },
        filter: 'A4:J4',
        landscape: true,
      },
    ]),
  };
}

function sayRule({ weights, perLateDay, perReturn, perRefusedReason }: CommendationRule): string {
  return `Trọng số: đầy đủ ${weights.completeness}, đúng hạn ${weights.timeliness}, không bị trả về ${weights.returns}, giải trình được chấp nhận ${weights.findings}. Mỗi biểu 100 điểm một tiêu chí; trừ ${perLateDay} cho mỗi ngày chậm của từng lần gửi (một nửa nếu lý do chậm được chấp nhận), ${perReturn} cho mỗi lần trả về, ${perRefusedReason} cho mỗi lý do giải trình bị từ chối; biểu quá hạn chưa gửi: 0, chưa gửi lại: 0 điểm đầy đủ.`;
}
