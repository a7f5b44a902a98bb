import { randomFillSync } from 'node:crypto';

export const idBytes = 16;
/** Chance is drawn for many ids at once: asking for it costs more than the ids. */
const pool = Buffer.alloc(idBytes * 256);
let used = pool.length;

/** UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then random bits, so that keys grow with time. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const bytes = pool.subarray(used, (used += idBytes));
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Many at once, as bytes, each after the one before it: the 12 bits beside the time count up (RFC 9562, 6.2, method 1). */
export function newIds(count: number): Buffer {
  const ids = randomFillSync(Buffer.alloc(count * idBytes));
  const time = Date.now();
  for (let index = 0; index < count; index += 1) {
    const at = index * idBytes;
    // A full count goes on in the next millisecond.
    ids.writeUIntBE(time + (index >> 12), at, 6);
    ids.writeUInt16BE(0x7000 | (index & 0xfff), at + 6);
    ids[at + 8] = (ids[at + 8]! & 0x3f) | 0x80;
  }
  return ids;
}
