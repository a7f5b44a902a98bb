import assert from 'node:assert/strict';
import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { test } from 'node:test';
import { createSecrets } from './secrets.ts';

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

test('fingerprints are HMAC-SHA-256', () => {
  for (const text of texts)
    assert.deepEqual(secrets.fingerprint(text), createHmac('sha256', key('number fingerprints')).update(text).digest());
});

test('what is encrypted is AES-256-GCM, reads back, and never looks the same', () => {
  for (const text of texts) {
    const bytes = secrets.encrypt(text);
    const decipher = createDecipheriv('aes-256-gcm', key('personal numbers'), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    assert.equal(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString(), text);
    assert.equal(secrets.decrypt(bytes), text);
  }
  const nonces = Array.from({ length: 5000 }, () => secrets.encrypt('019218000901').toString('hex', 0, 12));
  assert.equal(new Set(nonces).size, nonces.length);
});

test('bytes that were changed, cut or belong to another secret are not read', () => {
  const bytes = secrets.encrypt('019218000901');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index]! ^= 1;
    assert.throws(() => secrets.decrypt(changed));
  }
  for (const length of [0, 11, 12, 27, 39]) assert.throws(() => secrets.decrypt(bytes.subarray(0, length)));
  assert.throws(() => createSecrets(Buffer.alloc(32, 8)).decrypt(bytes));
});
