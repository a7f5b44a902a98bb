// Writes a zip while its entries are being made, so that no file is ever whole in memory.
import { Readable } from 'node:stream';
import { constants, crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  name: string;
  content: Iterable<string> | AsyncIterable<string>;
}

interface Written {
  name: Buffer;
  crc: number;
  size: number;
  compressed: number;
  offset: number;
}

const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
/** Bit 3: sizes and checksum follow the content; bit 11: names are UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** 1 January 1980: the same workbook is the same bytes. */
const DATE = 0x21;
/** Without zip64, which not every reader of workbooks knows. */
const LARGEST = 0xffff_ffff;

/** The bytes of a zip, in the order in which its entries come. @throws RangeError past 4 GB. */
export async function* writeZip(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  let offset = 0;
  for await (const entry of entries) {
    const done: Written = { name: Buffer.from(entry.name), crc: 0, size: 0, compressed: 0, offset };
    const head = localHeader(done.name);
    yield head;
    for await (const chunk of deflate(entry.content, done)) {
      done.compressed += chunk.length;
      yield chunk;
    }
    if (done.size > LARGEST || done.compressed > LARGEST)
      throw new RangeError(`${entry.name} is larger than a zip can hold`);
    yield descriptor(done);
    offset += head.length + done.compressed + 16;
    written.push(done);
  }
  const directory = Buffer.concat(written.map(directoryEntry));
  if (offset + directory.length > LARGEST) throw new RangeError('the workbook is larger than a zip can hold');
  yield directory;
  yield endOfDirectory(written.length, directory.length, offset);
}

async function* deflate(content: ZipEntry['content'], done: Written): AsyncGenerator<Buffer> {
  const tally = async function* (): AsyncGenerator<Buffer> {
    for await (const text of gather(content)) {
      const bytes = Buffer.from(text);
      done.crc = crc32(bytes, done.crc);
      done.size += bytes.length;
      yield bytes;
    }
  };
  const source = Readable.from(tally(), { objectMode: false });
  const deflater = createDeflateRaw({ level: 4, chunkSize: 64 * 1024, strategy: constants.Z_DEFAULT_STRATEGY });
  source.on('error', (error) => deflater.destroy(error));
  try {
    for await (const chunk of source.pipe(deflater)) yield chunk as Buffer;
  } finally {
    // Nobody wants the rest: whoever makes it is told.
    source.destroy();
  }
}

const LEAST_CHUNK = 32 * 1024;

/** Joins small texts: each chunk costs a journey to another thread. */
async function* gather(content: ZipEntry['content']): AsyncGenerator<string> {
  let text = '';
  for await (const part of content) {
    text += part;
    if (text.length < LEAST_CHUNK) continue;
    yield text;
    text = '';
  }
  if (text !== '') yield text;
}

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(LOCAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(FLAGS, 6);
  head.writeUInt16LE(DEFLATED, 8);
  head.writeUInt16LE(DATE, 12);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, name]);
}

function descriptor({ crc, size, compressed }: Written): Buffer {
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(DESCRIPTOR, 0);
  tail.writeUInt32LE(crc, 4);
  tail.writeUInt32LE(compressed, 8);
  tail.writeUInt32LE(size, 12);
  return tail;
}

function directoryEntry({ name, crc, size, compressed, offset }: Written): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(CENTRAL, 0);
  head.writeUInt16LE(VERSION, 4);
  head.writeUInt16LE(VERSION, 6);
  head.writeUInt16LE(FLAGS, 8);
  head.writeUInt16LE(DEFLATED, 10);
  head.writeUInt16LE(DATE, 14);
  head.writeUInt32LE(crc, 16);
  head.writeUInt32LE(compressed, 20);
  head.writeUInt32LE(size, 24);
  head.writeUInt16LE(name.length, 28);
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, name]);
}

function endOfDirectory(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
