import type { RecordKindName } from '@khuevan/core/records/field.ts';

/** Room for the serial in the 20 characters of a code. */
const longestSchoolCode = 13;

/** "19164401-00012" of a student, "19164401-C0012" of a staff member: readable, one school's, never issued twice. */
export function issuedCode(schoolCode: string, kind: RecordKindName, serial: number): string {
  const place = schoolCode.slice(-longestSchoolCode);
  return kind === 'staff' ? `${place}-C${String(serial).padStart(4, '0')}` : `${place}-${String(serial).padStart(5, '0')}`;
}
