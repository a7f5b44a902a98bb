import { randomInt } from 'node:crypto';
import { hash, verify, type Options } from '@node-rs/argon2';

// 2 is argon2id. OWASP's second recommendation for argon2id: 19 MiB, two passes; about 20 ms on one core.
const cost: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/** False also for a stored hash that is none, so that an account without a password cannot be entered. */
export async function matchesPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password).catch(() => false);
}

// No letters or digits that look alike on paper.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Fourteen letters, about 69 bits: read out over the telephone, changed at first sign-in. */
export function makeTemporaryPassword(): string {
  const group = (length: number) => Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
  return `${group(5)}-${group(5)}-${group(4)}`;
}
