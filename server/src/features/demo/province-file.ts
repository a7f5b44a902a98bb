// Reads the CSV file from which a province is built. Every line is either placed or said, with its number and the reason.
import { parse } from 'csv-parse/sync';
import { codeEntry } from '@khuevan/core/codes/index.ts';

export const columns = [
  'school_code',
  'school_name',
  'level',
  'managing_unit_code',
  'managing_unit_name',
  'province_code',
  'classes',
  'pupils',
  'staff',
] as const;

export interface SchoolLine {
  line: number;
  code: string;
  name: string;
  levelGroup: string;
  managingCode: string;
  managingName: string;
  provinceCode: string;
  classes?: number;
  pupils?: number;
  staff?: number;
}

export interface LineFault {
  line: number;
  reason: string;
}

/** @throws Error when the file is not such a CSV at all. */
export function readProvinceFile(text: string): { schools: SchoolLine[]; faults: LineFault[] } {
  const records: Array<{ record: Record<string, string>; info: { lines: number } }> = parse(text, {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
  });
  const header = Object.keys(records[0]?.record ?? {});
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new Error(`Tệp thiếu cột: ${missing.join(', ')}. / The file lacks the columns: ${missing.join(', ')}.`);
  const schools: SchoolLine[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const { record, info } of records) {
    const reason = faultOf(record, seen);
    if (reason) {
      faults.push({ line: info.lines, reason });
      continue;
    }
    seen.add(record.school_code!);
    schools.push({
      line: info.lines,
      code: record.school_code!,
      name: record.school_name!.normalize('NFC'),
      levelGroup: record.level!,
      managingCode: record.managing_unit_code!,
      managingName: record.managing_unit_name!.normalize('NFC'),
      provinceCode: record.province_code!,
      ...countsOf(record),
    });
  }
  return { schools, faults };
}

const counts = ['classes', 'pupils', 'staff'] as const;

function countsOf(record: Record<string, string>): Partial<Record<(typeof counts)[number], number>> {
  return Object.fromEntries(counts.filter((name) => record[name]).map((name) => [name, Number(record[name])]));
}

function faultOf(record: Record<string, string>, seen: ReadonlySet<string>): string | undefined {
  const value = (name: string) => record[name] ?? '';
  if (!/^[0-9A-Za-z.-]{1,20}$/.test(value('school_code')))
    return `mã trường “${value('school_code')}” phải có 1-20 chữ số, chữ cái / bad school code`;
  if (seen.has(value('school_code')))
    return `mã trường ${value('school_code')} đã có ở dòng trên / the school code stands above already`;
  if (!value('school_name')) return 'thiếu tên trường / no school name';
  if (!codeEntry('level_group', value('level')))
    return `nhóm cấp học “${value('level')}” không có trong DM_NHOM_CAP_HOC / unknown level`;
  if (!value('managing_unit_code') || !value('managing_unit_name'))
    return 'thiếu mã hoặc tên đơn vị quản lý / no managing unit';
  if (!/^\d{2}$/.test(value('province_code')))
    return `mã tỉnh “${value('province_code')}” phải có 2 chữ số / bad province code`;
  const bad = counts.find((name) => value(name) !== '' && !/^\d{1,6}$/.test(value(name)));
  if (bad) return `cột ${bad}: “${value(bad)}” không phải số nguyên / not a whole number`;
  const { classes, pupils, staff } = countsOf(record);
  if (classes === 0 && (pupils ?? 0) > 0) return 'có học sinh nhưng không có lớp / pupils without classes';
  const entry = codeEntry('level_group', value('level')) as unknown as { levels: string[] };
  const isPrimary = entry.levels.includes('02');
  if (!isPrimary && [classes, pupils, staff].some((count) => (count ?? 0) > 0))
    return 'không có cấp tiểu học nên không dựng được số lớp, học sinh, cán bộ đã cho / no primary level, so the numbers given cannot be built';
  return undefined;
}
