// Encryption of personal identification numbers, their keyed hash for search, and other keys derived from the one secret.
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hash,
  hkdfSync,
  randomBytes,
  randomFillSync,
} from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

export interface Secrets {
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, text. */
  encrypt(text: string): Buffer;
  /** @throws Error when the bytes were changed or belong to another secret. */
  decrypt(bytes: Buffer): string;
  /** HMAC-SHA-256, so that equal numbers can be found without being read. */
  fingerprint(text: string): Buffer;
  /** A password or key for one purpose, the same on every instance. */
  derive(purpose: string): string;
}

export function createSecrets(secret: Buffer): Secrets {
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'khuevan', purpose, 32));
  // As key objects: given as bytes, a key costs more to prepare for every number than the number itself.
  const cipherKey = createSecretKey(key('personal numbers'));
  return {
    encrypt(text) {
      const nonce = nextNonce();
      const cipher = createCipheriv('aes-256-gcm', cipherKey, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    decrypt(bytes) {
      const decipher = createDecipheriv('aes-256-gcm', cipherKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
    fingerprint: hmacOf(key('number fingerprints')),
    derive: (purpose) => key(purpose).toString('base64url'),
  };
}

const nonceLength = 12;
const noncesAtOnce = 1024;
let nonces = Buffer.alloc(0);

/** Random bytes, asked for many at a time: each asking costs as much as an encryption. */
function nextNonce(): Buffer {
  if (nonces.length === 0) nonces = randomFillSync(Buffer.alloc(nonceLength * noncesAtOnce));
  const nonce = nonces.subarray(0, nonceLength);
  nonces = nonces.subarray(nonceLength);
  return nonce;
}

const blockLength = 64;

/** HMAC-SHA-256 (RFC 2104) as two plain hashes: for short texts several times as fast as an Hmac object. */
function hmacOf(key: Buffer): (text: string) => Buffer {
  const pad = (byte: number) =>
    Buffer.from(Buffer.alloc(blockLength, byte).map((each, index) => each ^ (key[index] ?? 0)));
  const inner = pad(0x36);
  const outer = pad(0x5c);
  return (text) =>
    hash(
      'sha256',
      Buffer.concat([outer, hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer')]),
      'buffer',
    );
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
