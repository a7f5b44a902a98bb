// Opens a workbook's zip and decides, before anything is unpacked, whether it may be read at all.
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import type { ByteSource } from './byte-source.ts';
import { refusal } from './excel-refusals.ts';
import { attributesOf, type XmlListener, XmlScanner, XmlFault } from './excel-xml.ts';

export interface Package {
  has(path: string): boolean;
  /** Size of a part once unpacked. */
  sizeOf(path: string): number;
  /** The bytes of a part, in chunks. @throws ProblemError when it is damaged or larger than it says. */
  read(path: string): AsyncGenerator<Buffer>;
  /** Reads a part that is never large. @throws ProblemError when it is damaged, unsafe, or large all the same. */
  scanSmall(path: string, listener: Partial<XmlListener>): Promise<void>;
  /** Target paths of a part's relationships, by the last word of their type. '' is the package itself. */
  relations(part: string): Promise<Relation[]>;
  workbookPath: string;
}

export interface Relation {
  id: string;
  /** "worksheet", "sharedStrings", "styles". */
  type: string;
  path: string;
}

const MOST_ENTRIES = 2000;
const MOST_UNPACKED = 700 * 1024 * 1024;
/** What is small unpacked may be as dense as it likes. */
const HARMLESS = 8 * 1024 * 1024;
const MOST_RATIO = 200;
const SMALL_PART = 16 * 1024 * 1024;
/** Of one part. Each sheet is one, and what else a workbook has is far fewer. */
const MOST_RELATIONS = 5000;

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const ACTIVE = /vbaproject|macrosheet|dialogsheet|activex|oleobject|\/embeddings\/|\/ctrlprops\/|customui/i;
const LINKED = /externallink/i;

/** @throws ProblemError file_refused */
export async function openPackage(source: ByteSource): Promise<Package> {
  await refuseOtherFormats(source);
  const zip = await openZip(source);
  const entries = await listEntries(zip, source.size);
  const types = await readContentTypes(zip, entries);
  refuseActiveParts(entries, types);
  const opened: Omit<Package, 'workbookPath'> = {
    has: (path) => entries.has(path),
    sizeOf: (path) => entries.get(path)?.uncompressedSize ?? 0,
    read: (path) => readPart(zip, entries, path),
    scanSmall: (path, listener) => scanSmallPart(zip, entries, path, listener),
    relations: (part) => readRelations(zip, entries, part),
  };
  const workbookPath = (await opened.relations('')).find((each) => each.type === 'officeDocument')?.path;
  if (!workbookPath || !entries.has(workbookPath)) throw refusal('other_format');
  const type = types.get(workbookPath) ?? '';
  if (type !== WORKBOOK) throw refusal(/macroenabled/i.test(type) ? 'macros' : 'other_format');
  return { ...opened, workbookPath };
}

async function refuseOtherFormats(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(8, source.size));
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) return;
  if (!head.equals(Buffer.from('d0cf11e0a1b11ae1', 'hex'))) throw refusal('not_workbook');
  // A workbook with a password is an old-format container around its encrypted self.
  const mark = Buffer.from('EncryptedPackage', 'utf16le');
  const step = 1024 * 1024;
  for (let at = 0; at < source.size; at += step) {
    const bytes = await source.read(at, Math.min(step + mark.length, source.size - at));
    if (bytes.includes(mark)) throw refusal('encrypted');
  }
  throw refusal('old_format');
}

class SourceReader extends yauzl.RandomAccessReader {
  private readonly source: ByteSource;

  constructor(source: ByteSource) {
    super();
    this.source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const { source } = this;
    const last = Math.min(end, source.size);
    const chunks = async function* (): AsyncGenerator<Buffer> {
      const step = 64 * 1024;
      for (let at = start; at < last; at += step) yield await source.read(at, Math.min(step, last - at));
    };
    const stream = new PassThrough();
    pipeline(chunks, stream, () => undefined);
    return stream;
  }
}

async function openZip(source: ByteSource): Promise<yauzl.ZipFile> {
  try {
    return await yauzl.fromRandomAccessReaderPromise(new SourceReader(source), source.size, { autoClose: false });
  } catch {
    throw refusal('damaged');
  }
}

type Entries = Map<string, yauzl.Entry>;

async function listEntries(zip: yauzl.ZipFile, size: number): Promise<Entries> {
  if (zip.entryCount > MOST_ENTRIES) throw refusal('unsafe');
  const entries: Entries = new Map();
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw refusal('encrypted');
      if (entries.has(entry.fileName) || !entry.canDecodeFileData()) throw refusal('unsafe');
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw asRefusal(error);
  }
  refuseBombs([...entries.values()], size);
  return entries;
}

/** Small files that unpack to huge ones, by density or by entries that lie over one another. */
function refuseBombs(entries: yauzl.Entry[], size: number): void {
  let unpacked = 0;
  let packed = 0;
  for (const { uncompressedSize, compressedSize } of entries) {
    unpacked += uncompressedSize;
    packed += compressedSize;
    if (uncompressedSize > HARMLESS && uncompressedSize > compressedSize * MOST_RATIO) throw refusal('unsafe');
  }
  if (unpacked > MOST_UNPACKED || packed > size) throw refusal('unsafe');
  const placed = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  for (const [index, entry] of placed.entries()) {
    const next = placed[index + 1]?.relativeOffsetOfLocalHeader ?? size;
    if (entry.relativeOffsetOfLocalHeader + entry.compressedSize > next) throw refusal('unsafe');
  }
}

const CHUNK = 64 * 1024;

/** Ends with a refusal when there is more or less than the directory says, or another checksum. */
async function* readPart(zip: yauzl.ZipFile, entries: Entries, path: string): AsyncGenerator<Buffer> {
  const entry = entries.get(path);
  if (!entry) throw refusal('damaged');
  let size = 0;
  let crc = 0;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    const unpacked =
      entry.compressionMethod === 0
        ? packed
        : pipeline(packed, createInflateRaw({ chunkSize: CHUNK }), () => undefined);
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > entry.uncompressedSize) throw refusal('unsafe');
      crc = crc32(chunk, crc);
      yield chunk;
    }
  } catch (error) {
    throw asRefusal(error);
  }
  if (size !== entry.uncompressedSize || crc !== entry.crc32) throw refusal('damaged');
}

/** Whatever goes wrong inside a file is the file's fault, and said as such. */
export function asRefusal(error: unknown): Error {
  if (error instanceof XmlFault) return refusal(/document type|entity/.test(error.message) ? 'unsafe' : 'damaged');
  if (error instanceof Error && 'code' in error && error.code === 'file_refused') return error;
  const isOfZip = error instanceof Error && (Object.getPrototypeOf(error) === Error.prototype || isCode(error, /^Z_/));
  return isOfZip && !isCode(error, /^[0-9A-Y]/) ? refusal('damaged') : (error as Error);
}

const isCode = (error: Error, pattern: RegExp) =>
  'code' in error && typeof error.code === 'string' && pattern.test(error.code);

async function scanSmallPart(
  zip: yauzl.ZipFile,
  entries: Entries,
  path: string,
  listener: Partial<XmlListener>,
): Promise<void> {
  if ((entries.get(path)?.uncompressedSize ?? 0) > SMALL_PART) throw refusal('unsafe');
  await scanChunks(readPart(zip, entries, path), listener);
}

export async function scanChunks(
  chunks: AsyncIterable<Buffer>,
  { open, text, close }: Partial<XmlListener>,
): Promise<void> {
  const nothing = () => undefined;
  const scanner = new XmlScanner({ open: open ?? nothing, text: text ?? nothing, close: close ?? nothing });
  try {
    for await (const chunk of chunks) scanner.write(chunk);
    scanner.end();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** Media types by part; those given by extension are looked up for the entries that are there. */
async function readContentTypes(zip: yauzl.ZipFile, entries: Entries): Promise<Map<string, string>> {
  const types = new Map<string, string>();
  const byExtension = new Map<string, string>();
  if (!entries.has('[Content_Types].xml')) throw refusal('other_format');
  await scanSmallPart(zip, entries, '[Content_Types].xml', {
    open(name, attributes) {
      const { PartName, Extension, ContentType = '' } = attributesOf(attributes);
      if (name === 'Override' && PartName) types.set(PartName.replace(/^\//, ''), ContentType);
      if (name === 'Default' && Extension) byExtension.set(Extension.toLowerCase(), ContentType);
    },
  });
  for (const path of entries.keys()) {
    const fallback = byExtension.get(path.slice(path.lastIndexOf('.') + 1).toLowerCase());
    if (!types.has(path) && fallback) types.set(path, fallback);
  }
  return types;
}

function refuseActiveParts(entries: Entries, types: Map<string, string>): void {
  for (const path of entries.keys()) {
    const said = `/${path} ${types.get(path) ?? ''}`;
    if (ACTIVE.test(said)) throw refusal('macros');
    if (LINKED.test(said)) throw refusal('links');
  }
  if (entries.has('mimetype') || entries.has('xl/workbook.bin')) throw refusal('other_format');
}

async function readRelations(zip: yauzl.ZipFile, entries: Entries, part: string): Promise<Relation[]> {
  const slash = part.lastIndexOf('/');
  const folder = part.slice(0, slash + 1);
  const path = `${folder}_rels/${part.slice(slash + 1)}.rels`;
  const found: Relation[] = [];
  if (!entries.has(path)) return found;
  await scanSmallPart(zip, entries, path, {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const { Id = '', Type = '', Target = '', TargetMode } = attributesOf(attributes);
      const type = Type.slice(Type.lastIndexOf('/') + 1);
      if (TargetMode === 'External') {
        // An address typed into a cell becomes a link to a page; it is never followed.
        if (type !== 'hyperlink') throw refusal('links');
        return;
      }
      found.push({ id: Id, type, path: resolvePath(folder, Target) });
      if (found.length > MOST_RELATIONS) throw refusal('unsafe');
    },
  });
  return found;
}

function resolvePath(folder: string, target: string): string {
  const steps: string[] = target.startsWith('/') ? [] : folder.split('/').filter(Boolean);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
