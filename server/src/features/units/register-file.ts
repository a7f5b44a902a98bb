// Reads the CSV file of a province's schools. Every line is either read or said, with its number and the reason.
import { parse } from 'csv-parse/sync';
import { codeEntry } from '@khuevan/core/codes/index.ts';

export interface RegisterLine {
  line: number;
  code: string;
  name: string;
  levelGroup: string;
  managingCode: string;
  managingName: string;
  provinceCode: string;
}

/** With the line as it stands in the file, by column. */
export type RegisterRow = RegisterLine & { record: Record<string, string> };

export interface LineFault {
  line: number;
  reason: string;
}

const columns = [
  'school_code',
  'school_name',
  'level',
  'managing_unit_code',
  'managing_unit_name',
  'province_code',
] as const;

/** @throws Error when the file is not such a CSV at all. */
export function readRegisterFile(
  text: string,
  moreColumns: readonly string[] = [],
): { lines: RegisterRow[]; faults: LineFault[] } {
  const records: Array<{ record: Record<string, string>; info: { lines: number } }> = parse(text, {
    columns: true,
    bom: true,
    trim: true,
    skip_empty_lines: true,
    info: true,
    relax_column_count: true,
  });
  const header = Object.keys(records[0]?.record ?? {});
  const missing = [...columns, ...moreColumns].filter((name) => !header.includes(name));
  if (missing.length > 0)
    throw new Error(`Tệp thiếu cột: ${missing.join(', ')}. / The file lacks the columns: ${missing.join(', ')}.`);
  const lines: RegisterRow[] = [];
  const faults: LineFault[] = [];
  const seen = new Set<string>();
  for (const { record, info } of records) {
    const reason = faultOf(record, seen);
    if (reason) {
      faults.push({ line: info.lines, reason });
      continue;
    }
    seen.add(record.school_code!);
    lines.push({
      line: info.lines,
      code: record.school_code!,
      name: record.school_name!.normalize('NFC'),
      levelGroup: record.level!,
      managingCode: record.managing_unit_code!,
      managingName: record.managing_unit_name!.normalize('NFC'),
      provinceCode: record.province_code!,
      record,
    });
  }
  return { lines, faults };
}

function faultOf(record: Record<string, string>, seen: ReadonlySet<string>): string | undefined {
  const value = (name: (typeof columns)[number]) => record[name] ?? '';
  if (!/^[0-9A-Za-z.-]{1,20}$/.test(value('school_code')))
    return `mã trường “${value('school_code')}” phải có 1-20 chữ số, chữ cái / bad school code`;
  if (seen.has(value('school_code')))
    return `mã trường ${value('school_code')} đã có ở dòng trên / the school code stands above already`;
  if (!value('school_name')) return 'thiếu tên trường / no school name';
  if (!codeEntry('level_group', value('level')))
    return `nhóm cấp học “${value('level')}” không có trong DM_NHOM_CAP_HOC / unknown level`;
  if (!/^[0-9A-Za-z.-]{1,20}$/.test(value('managing_unit_code')) || !value('managing_unit_name'))
    return 'thiếu mã hoặc tên đơn vị quản lý / no managing unit';
  if (!/^\d{2}$/.test(value('province_code')))
    return `mã tỉnh “${value('province_code')}” phải có 2 chữ số / bad province code`;
  return undefined;
}
