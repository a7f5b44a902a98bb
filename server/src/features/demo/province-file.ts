// The register file as a synthetic province is built from it: with how many classes, pupils and staff each school gets.
import { type LineFault, readRegisterFile, type RegisterLine, type RegisterRow } from '#features/units';

const counts = ['classes', 'pupils', 'staff'] as const;
type Counts = Partial<Record<(typeof counts)[number], number>>;

export type SchoolLine = RegisterLine & Counts;

/** @throws Error when the file is not such a CSV at all. */
export function readProvinceFile(text: string): { schools: SchoolLine[]; faults: LineFault[] } {
  const { lines, faults } = readRegisterFile(text, counts);
  const schools: SchoolLine[] = [];
  for (const row of lines) {
    const { record, ...line } = row;
    const reason = faultOf(row);
    if (reason) faults.push({ line: line.line, reason });
    else schools.push({ ...line, ...countsOf(record) });
  }
  return { schools, faults: faults.toSorted((a, b) => a.line - b.line) };
}

function countsOf(record: Record<string, string>): Counts {
  return Object.fromEntries(counts.filter((name) => record[name]).map((name) => [name, Number(record[name])]));
}

function faultOf({ record }: RegisterRow): string | undefined {
  const bad = counts.find((name) => record[name] && !/^\d{1,6}$/.test(record[name]));
  if (bad) return `cột ${bad}: “${record[bad]}” không phải số nguyên / not a whole number`;
  const { classes, pupils } = countsOf(record);
  if (classes === 0 && (pupils ?? 0) > 0) return 'có học sinh nhưng không có lớp / pupils without classes';
  return undefined;
}
