import { ProblemError } from '@khuevan/core/problems.ts';
import type { Writing } from '#platform/database.ts';
import type { Secrets } from '#platform/secrets.ts';
import { readPinCipher } from './pins.queries.ts';
import { shapes } from './record-shape.ts';

/** Reveals one person's number. The audit log says who asked, whose and why, never the number. @throws ProblemError not_found */
export async function readPin(
  { tx, audit }: Writing,
  secrets: Secrets,
  name: 'student' | 'staff',
  schoolId: string,
  id: string,
  reason: string,
): Promise<{ pin: string | null }> {
  const cipher = await readPinCipher(tx, shapes[name], schoolId, id);
  if (cipher === undefined) throw new ProblemError('not_found');
  audit.subjectKind = name;
  audit.subjectId = id;
  audit.detail = { reason };
  return { pin: cipher && secrets.decrypt(cipher) };
}
