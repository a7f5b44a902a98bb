// Indicators as Excel files: every rate with its numerator and denominator beside it.
import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { type Breakdown, breakdownNames, type IndicatorUnit } from '@khuevan/core/indicators/definition.ts';
import type { Text } from '@khuevan/core/records/field.ts';
import { writeTable, type TableColumn } from '#platform/excel-table.ts';
import type { FileAnswer } from '#platform/http.ts';
import type { Comparison, LibraryLine } from './comparison.actions.ts';

export const breakdownWords: Record<Breakdown, Text> = {
  all: { vi: 'Chung', en: 'All' },
  female: { vi: 'Nữ', en: 'Female' },
  male: { vi: 'Nam', en: 'Male' },
  minority: { vi: 'Dân tộc thiểu số', en: 'Ethnic minorities' },
  minorityFemale: { vi: 'Nữ dân tộc thiểu số', en: 'Female, ethnic minorities' },
  public: { vi: 'Công lập', en: 'Public' },
  nonPublic: { vi: 'Ngoài công lập', en: 'Not public' },
};

const unitWords: Record<IndicatorUnit, string> = { percent: '%', ratio: '', count: '', million: 'triệu đồng' };
const yearWords = (schoolYear: number): string => `năm học ${schoolYear}-${schoolYear + 1}`;

export function writeComparison(
  { indicator, unit, units }: Comparison,
  { schoolYear, breakdown }: { schoolYear: number; breakdown: Breakdown },
): FileAnswer {
  const shown = unitWords[indicator.unit];
  const columns: TableColumn[] = [
    { label: 'STT', width: 6, format: 'integer' },
    { label: 'Đơn vị', width: 44, format: 'text' },
    { label: 'Trực thuộc', width: 34, format: 'text' },
    { label: `Giá trị${shown && ` (${shown})`}`, width: 12, format: 'general' },
    { label: 'Tử số', width: 12, format: 'general' },
    { label: 'Mẫu số', width: 12, format: 'general' },
    { label: 'Trường đã duyệt', width: 12, format: 'integer' },
    { label: 'Số trường', width: 12, format: 'integer' },
  ];
  const above = [
    `${indicator.name.vi}, ${yearWords(schoolYear)}, ${unit.name}`,
    `${breakdownWords[breakdown].vi}. Công thức: ${indicator.formula.vi}. Nguồn: ${indicator.source}.`,
  ];
  const rows = units.map((each, index) => [
    index + 1,
    each.unitName,
    each.parentName,
    each.value,
    each.numerator,
    each.denominator,
    each.parts,
    each.schools,
  ]);
  return {
    fileName: `Chi tieu ${indicator.slug} ${schoolYear} ${unit.name}.xlsx`,
    mediaType: xlsx,
    content: writeTable({ name: 'So sánh', above, frozenColumns: 2 }, columns, rows),
  };
}

export function writeLibrary(lines: readonly LibraryLine[], schoolYear: number): FileAnswer {
  const columns: TableColumn[] = [
    { label: 'Mã đơn vị', width: 14, format: 'text' },
    { label: 'Đơn vị', width: 40, format: 'text' },
    { label: 'Chỉ tiêu', width: 22, format: 'text' },
    { label: 'Mã của ngành', width: 10, format: 'text' },
    { label: 'Tên chỉ tiêu', width: 48, format: 'text' },
    { label: 'Đơn vị tính', width: 10, format: 'text' },
    { label: 'Tử số', width: 12, format: 'general' },
    { label: 'Mẫu số', width: 12, format: 'general' },
    ...breakdownNames.map((name): TableColumn => ({ label: breakdownWords[name].vi, width: 12, format: 'general' })),
    { label: 'Nguồn, phiên bản', width: 48, format: 'text' },
  ];
  const above = [
    `Chỉ tiêu thống kê, ${yearWords(schoolYear)}`,
    'Tính từ báo cáo đã duyệt. Ô trống là chưa đủ số liệu, không phải 0. Làm tròn nửa lên.',
  ];
  return {
    fileName: `Chi tieu ${schoolYear}.xlsx`,
    mediaType: xlsx,
    content: writeTable({ name: 'Chỉ tiêu', above, frozenColumns: 2 }, columns, rowsOf(lines)),
  };
}

function* rowsOf(lines: readonly LibraryLine[]) {
  for (const { unit, indicator, figures } of lines) {
    const byBreakdown = new Map(figures.map((figure) => [figure.breakdown, figure]));
    const whole = byBreakdown.get('all');
    yield [
      unit.code,
      unit.name,
      indicator.slug,
      indicator.moetCode,
      indicator.name.vi,
      unitWords[indicator.unit],
      whole?.numerator,
      whole?.denominator,
      ...breakdownNames.map((name) => byBreakdown.get(name)?.value),
      `${indicator.source} (${indicator.version})`,
    ];
  }
}
