// Files in the database, encrypted, in pieces: any instance can serve them, and no file is ever whole in memory. An upload is
// first put by on this machine, in the same encrypted pieces, so that a slow line holds no transaction open.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { ProblemError } from '@khuevan/core/problems.ts';
import { type ByteSource, sourceOfPieces } from './byte-source.ts';
import { now } from './clock.ts';
import type { Tx } from './database.ts';
import { newId } from './ids.ts';
import type { Secrets } from './secrets.ts';

export const pieceSize = 512 * 1024;
const nonceLength = 12;
const tagLength = 16;
const overhead = nonceLength + tagLength;

export interface FileFace {
  name: string;
  mediaType: string;
}

export interface StoredFile extends FileFace {
  id: string;
  size: number;
  sha256: string;
}

/** A file that has arrived and is not stored yet. */
export interface Arrived {
  size: number;
  sha256: string;
  /** For judging it before it is stored. */
  source: ByteSource;
  store(tx: Tx, unitId: string, face: FileFace): Promise<StoredFile>;
  forget(): Promise<void>;
}

/** The key of the pieces is derived, not the one of personal numbers: each secret has one use. */
function keyOf(secrets: Secrets): Buffer {
  return Buffer.from(secrets.derive('stored files'), 'base64url');
}

function seal(key: Buffer, bytes: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  // In this mode the end adds no bytes: a piece need not be copied for it.
  const body = cipher.update(bytes);
  cipher.final();
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

function unseal(key: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength));
  decipher.setAuthTag(sealed.subarray(nonceLength, overhead));
  const bytes = decipher.update(sealed.subarray(overhead));
  decipher.final();
  return bytes;
}

/** Cuts a stream into pieces of one size; the last may be shorter. */
async function* piecesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream) {
    parts.push(chunk);
    length += chunk.length;
    if (length < pieceSize) continue;
    let bytes = Buffer.concat(parts);
    for (; bytes.length >= pieceSize; bytes = bytes.subarray(pieceSize)) yield bytes.subarray(0, pieceSize);
    parts = [bytes];
    length = bytes.length;
  }
  if (length > 0) yield Buffer.concat(parts);
}

/** Puts a stream by. What was put by is gone when the stream fails; otherwise the caller forgets it. */
export async function receive(secrets: Secrets, stream: AsyncIterable<Buffer>): Promise<Arrived> {
  const key = keyOf(secrets);
  const folder = await mkdtemp(join(tmpdir(), 'khuevan-upload-'));
  const hash = createHash('sha256');
  let size = 0;
  try {
    const file = await open(join(folder, 'pieces'), 'w+', 0o600);
    for await (const piece of piecesOf(stream)) {
      hash.update(piece);
      size += piece.length;
      await file.write(seal(key, piece));
    }
    return arrived(key, file, folder, size, hash.digest('hex'));
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

function arrived(key: Buffer, file: FileHandle, folder: string, size: number, sha256: string): Arrived {
  const lengthOf = (no: number) => Math.min(pieceSize, size - no * pieceSize) + overhead;
  const readSealed = async (no: number): Promise<Buffer> => {
    const bytes = Buffer.alloc(lengthOf(no));
    await file.read(bytes, 0, bytes.length, no * (pieceSize + overhead));
    return bytes;
  };
  return {
    size,
    sha256,
    source: sourceOfPieces(size, pieceSize, async (no) => unseal(key, await readSealed(no))),
    async store(tx, unitId, face) {
      const id = newId();
      await addFile(tx, unitId, { ...face, id, size, sha256 });
      // While one piece is being stored, the next is read.
      let storing: Promise<void> = Promise.resolve();
      for (let no = 0; no * pieceSize < size; no += 1) {
        const bytes = await readSealed(no);
        await storing;
        storing = addPiece(tx, unitId, id, no, bytes);
        // Heard at the next await; until then it must not count as unheard.
        storing.catch(() => undefined);
      }
      await storing;
      return { ...face, id, size, sha256 };
    },
    async forget() {
      await file.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stores what is being made, inside the caller's transaction. */
export async function storeContent(
  tx: Tx,
  secrets: Secrets,
  unitId: string,
  face: FileFace,
  content: AsyncIterable<Buffer>,
): Promise<StoredFile> {
  const key = keyOf(secrets);
  const id = newId();
  const hash = createHash('sha256');
  let size = 0;
  let no = 0;
  await addFile(tx, unitId, { ...face, id, size, sha256: '' });
  for await (const piece of piecesOf(content)) {
    hash.update(piece);
    size += piece.length;
    await addPiece(tx, unitId, id, no, seal(key, piece));
    no += 1;
  }
  const sha256 = hash.digest('hex');
  await tx
    .updateTable('stored_file')
    .set({ size, sha256 })
    .where('unit_id', '=', unitId)
    .where('id', '=', id)
    .execute();
  return { ...face, id, size, sha256 };
}

async function addFile(tx: Tx, unitId: string, { id, name, mediaType, size, sha256 }: StoredFile): Promise<void> {
  await tx
    .insertInto('stored_file')
    .values({ unit_id: unitId, id, name, media_type: mediaType, size, sha256, created_at: now() })
    .execute();
}

async function addPiece(tx: Tx, unitId: string, fileId: string, no: number, bytes: Buffer): Promise<void> {
  await tx.insertInto('stored_file_piece').values({ unit_id: unitId, file_id: fileId, no, bytes }).execute();
}

/** Opens a transaction inside the scope of whoever reads; each piece is read in one of its own. */
export type InScope = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

export interface OpenFile extends StoredFile {
  source: ByteSource;
  stream(): Readable;
}

/** @throws ProblemError not_found */
export async function openFile(secrets: Secrets, inScope: InScope, unitId: string, fileId: string): Promise<OpenFile> {
  const key = keyOf(secrets);
  const face = await inScope((tx) =>
    tx.selectFrom('stored_file').selectAll().where('unit_id', '=', unitId).where('id', '=', fileId).executeTakeFirst(),
  );
  if (!face) throw new ProblemError('not_found');
  const size = Number(face.size);
  const readPiece = async (no: number): Promise<Buffer> => {
    const row = await inScope((tx) =>
      tx
        .selectFrom('stored_file_piece')
        .select('bytes')
        .where('unit_id', '=', unitId)
        .where('file_id', '=', fileId)
        .where('no', '=', no)
        .executeTakeFirst(),
    );
    if (!row) throw new ProblemError('not_found');
    return unseal(key, row.bytes);
  };
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let no = 0; no * pieceSize < size; no += 1) yield await readPiece(no);
  };
  return {
    id: fileId,
    name: face.name,
    mediaType: face.media_type,
    size,
    sha256: face.sha256,
    source: sourceOfPieces(size, pieceSize, readPiece),
    stream: () => Readable.from(pieces(), { objectMode: false }),
  };
}

export async function removeFiles(tx: Tx, unitId: string, fileIds: string[]): Promise<void> {
  if (fileIds.length > 0)
    await tx.deleteFrom('stored_file').where('unit_id', '=', unitId).where('id', 'in', fileIds).execute();
}
