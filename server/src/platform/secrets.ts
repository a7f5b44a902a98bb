// Encryption of personal identification numbers, their keyed hash for search, and other keys derived from the one secret.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

export interface Secrets {
  /**
   * With a synthetic nonce (SIV, as RFC 5297, of HMAC-SHA-256 and AES-256-CTR): the fingerprint, then the text. There is no nonce to
   * use twice; equal texts look equal, as their fingerprints do.
   */
  encrypt(text: string): Buffer;
  /** @throws Error when the bytes were changed or belong to another secret. */
  decrypt(bytes: Buffer): string;
  /** HMAC-SHA-256, the half of it (RFC 2104, section 5), so that equal numbers can be found without being read. */
  fingerprint(text: string): Buffer;
  /** Many numbers of 12 digits at once: each cipher and fingerprint is written to its two places. */
  seal(numbers: readonly string[], into: Uint8Array, places: readonly number[]): void;
  /** A password or key for one purpose, the same on every instance. */
  derive(purpose: string): string;
}

/** Bytes of a fingerprint, which is the nonce too; and of a number of 12 digits, encrypted. */
export const fingerprintLength = 16;
export const cipherLength = fingerprintLength + 12;

export function createSecrets(secret: Buffer): Secrets {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'khuevan', purpose, 32));
  // As key objects: given as bytes, a key costs more to prepare for every number than the number itself.
  const cipherKey = createSecretKey(key('personal numbers'));
  const fingerprint = hmacOf(key('number fingerprints'));
  return {
    encrypt(text) {
      const nonce = fingerprint(text);
      return Buffer.concat([nonce, createCipheriv('aes-256-ctr', cipherKey, nonce).update(text, 'utf8')]);
    },
    decrypt(bytes) {
      if (bytes.length < fingerprintLength) throw new RangeError('bytes are missing');
      const nonce = bytes.subarray(0, fingerprintLength);
      const text = createDecipheriv('aes-256-ctr', cipherKey, nonce)
        .update(bytes.subarray(fingerprintLength))
        .toString('utf8');
      if (!timingSafeEqual(nonce, fingerprint(text))) throw new Error('bytes were changed or belong to another secret');
      return text;
    },
    fingerprint,
    seal(numbers, into, places) {
      const nonces = Buffer.alloc(numbers.length * fingerprintLength);
      for (const [index, number] of numbers.entries()) {
        if (!/^\d{12}$/.test(number)) throw new RangeError('a personal number has 12 digits');
        const print = fingerprint(number);
        into.set(print, places[2 * index + 1]);
        nonces.set(print, index * fingerprintLength);
      }
      // The first block of CTR is the encrypted nonce: for texts no longer than a block, one call does for all of them.
      const stream = createCipheriv('aes-256-ecb', cipherKey, null).setAutoPadding(false).update(nonces);
      for (const [index, number] of numbers.entries()) {
        const at = places[2 * index]!;
        const from = index * fingerprintLength;
        for (let byte = 0; byte < fingerprintLength; byte += 1) into[at + byte] = nonces[from + byte]!;
        for (let digit = 0; digit < number.length; digit += 1)
          into[at + fingerprintLength + digit] = number.charCodeAt(digit) ^ stream[from + digit]!;
      }
    },
    derive: (purpose) => key(purpose).toString('base64url'),
  };
}

const blockLength = 64;

/**
 * The first half of HMAC-SHA-256 (RFC 2104) as two plain hashes: for short texts several times as fast as an Hmac object. Bytes go as texts of one
 * byte a letter: Node makes a text faster than a Buffer.
 */
function hmacOf(key: Buffer): (text: string) => Buffer {
  const pad = (byte: number) =>
    Buffer.from(Buffer.alloc(blockLength, byte).map((each, index) => each ^ (key[index] ?? 0)));
  const inner = pad(0x36);
  const outer = Buffer.concat([pad(0x5c), Buffer.alloc(32)]);
  return (text) => {
    outer.write(hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'binary'), blockLength, 'latin1');
    return Buffer.from(hash('sha256', outer, 'binary').slice(0, fingerprintLength), 'latin1');
  };
}

/** The configured secret, or the one kept in the data folder, made on first start. */
export async function loadSecrets(config: Pick<Config, 'KHUEVAN_SECRET' | 'KHUEVAN_DATA'>): Promise<Secrets> {
  if (config.KHUEVAN_SECRET) return createSecrets(Buffer.from(config.KHUEVAN_SECRET, 'base64'));
  const file = join(config.KHUEVAN_DATA, 'secret.key');
  if (!existsSync(file)) {
    await mkdir(config.KHUEVAN_DATA, { recursive: true });
    await writeFile(file, randomBytes(32).toString('base64'), { mode: 0o600, flag: 'wx' });
  }
  return createSecrets(Buffer.from(await readFile(file, 'utf8'), 'base64'));
}
