import { Secret, TOTP } from 'otpauth';
import { timeOutside } from '#platform/clock.ts';

const period = 30;
const totpOf = (secret: string, username: string) =>
  new TOTP({
    issuer: 'Khuê Văn',
    label: username,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: 6,
    period,
  });

export const makeTotpSecret = (): string => new Secret({ size: 20 }).base32;

export const totpUri = (secret: string, username: string): string => totpOf(secret, username).toString();

/** The time step of a right code, at most one step early or late, and never one already used; else null. */
export function stepOfCode(secret: string, code: string, lastStep: number): number | null {
  const timestamp = timeOutside().getTime();
  const delta = totpOf(secret, '').validate({ token: code, timestamp, window: 1 });
  if (delta === null) return null;
  const step = Math.floor(timestamp / 1000 / period) + delta;
  return step > lastStep ? step : null;
}
