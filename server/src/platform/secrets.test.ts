import assert from 'node:assert/strict';
import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { cipherLength, createSecrets, fingerprintLength } from './secrets.ts';

const root = Buffer.alloc(32, 7);
const secrets = createSecrets(root);
const key = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'khuevan', purpose, 32));
const texts = [
  '019218000901',
  '',
  'a',
  'Nguyễn Thị Ánh',
  'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  'x'.repeat(256),
  'ệ'.repeat(400),
];

const halfOfHmac = (text: string) =>
  createHmac('sha256', key('number fingerprints')).update(text).digest().subarray(0, 16);

test('fingerprints are the first half of HMAC-SHA-256', () => {
  for (const text of texts) assert.deepEqual(secrets.fingerprint(text), halfOfHmac(text));
});

test('what is encrypted is AES-256-CTR under its own fingerprint, and reads back', () => {
  for (const text of texts) {
    const bytes = secrets.encrypt(text);
    const nonce = halfOfHmac(text);
    assert.deepEqual(bytes.subarray(0, 16), nonce);
    const decipher = createDecipheriv('aes-256-ctr', key('personal numbers'), nonce);
    assert.equal(Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString(), text);
    assert.equal(secrets.decrypt(bytes), text);
  }
});

test('many numbers at once are encrypted as one by one', () => {
  const numbers = Array.from({ length: 1000 }, (_, index) => String(19_218_000_000 + index * 7919).padStart(12, '0'));
  const room = cipherLength + fingerprintLength;
  const into = new Uint8Array(numbers.length * room);
  secrets.seal(
    numbers,
    into,
    numbers.flatMap((_, index) => [index * room, index * room + cipherLength]),
  );
  assert.deepEqual(
    Buffer.from(into),
    Buffer.concat(numbers.flatMap((number) => [secrets.encrypt(number), secrets.fingerprint(number)])),
  );
  for (const wrong of ['', '1', '0192180009011', '01921800090x', '０19218000901'])
    assert.throws(() => secrets.seal([wrong], into, [0, cipherLength]));
});

test('bytes that were changed, cut or belong to another secret are not read', () => {
  const bytes = secrets.encrypt('019218000901');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    assert.throws(() => secrets.decrypt(changed));
  }
  for (const length of [0, 11, 15, 16, 27]) assert.throws(() => secrets.decrypt(bytes.subarray(0, length)));
  assert.throws(() => createSecrets(Buffer.alloc(32, 8)).decrypt(bytes));
});
