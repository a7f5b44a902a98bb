import type { RecordKindName } from '@khuevan/core/records/field.ts';

/** Room for the serial in the 20 characters of a code. */
const longestSchoolCode = 13;

/** What the codes of a school are made of: a beginning, and a serial of at least so many digits. */
export function codePattern(schoolCode: string, kind: RecordKindName): { prefix: string; digits: number } {
  const place = schoolCode.slice(-longestSchoolCode);
  return kind === 'staff' ? { prefix: `${place}-C`, digits: 4 } : { prefix: `${place}-`, digits: 5 };
}

/** "19164401-00012" of a student, "19164401-C0012" of a staff member: readable, one school's, never issued twice. */
export function issuedCode(schoolCode: string, kind: RecordKindName, serial: number): string {
  const { prefix, digits } = codePattern(schoolCode, kind);
  return prefix + String(serial).padStart(digits, '0');
}
