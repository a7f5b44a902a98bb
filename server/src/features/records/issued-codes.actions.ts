import type { RecordKindName } from '@khuevan/core/records/field.ts';
import type { Tx } from '#platform/database.ts';
import { issuedCode } from './issued-codes.ts';
import { shapes } from './record-shape.ts';
import { findTakenCodes, issueSerials } from './record-writing.queries.ts';

/** As many new codes for students or staff of a school. Codes that people typed in the same form are passed over. */
export async function issueCodes(
  tx: Tx,
  kind: Extract<RecordKindName, 'student' | 'staff'>,
  school: { id: string; code: string },
  count: number,
): Promise<string[]> {
  const { table } = shapes[kind].person!;
  const free: string[] = [];
  for (let ask = count; free.length < count; ask *= 2) {
    const codes = (await issueSerials(tx, table, school.id, ask)).map((serial) =>
      issuedCode(school.code, kind, serial),
    );
    const taken = await findTakenCodes(tx, table, school.id, codes);
    free.push(...codes.filter((code) => !taken.has(code)));
  }
  return free.slice(0, count);
}
