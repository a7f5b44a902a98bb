// Bytes that can be read at any place, wherever they lie: in memory, in pieces in the database, in another thread.

export interface ByteSource {
  readonly size: number;
  /** Exactly these bytes; the range lies inside the source. */
  read(position: number, length: number): Promise<Buffer>;
}

export function sourceOf(bytes: Buffer): ByteSource {
  return { size: bytes.length, read: async (position, length) => bytes.subarray(position, position + length) };
}

/** A source that is kept in pieces of equal size (the last may be shorter); the newest pieces stay at hand. */
export function sourceOfPieces(
  size: number,
  pieceSize: number,
  readPiece: (no: number) => Promise<Buffer>,
): ByteSource {
  const kept = new Map<number, Promise<Buffer>>();
  const mostKept = 2;
  const piece = (no: number): Promise<Buffer> => {
    const found = kept.get(no);
    if (found) return found;
    const asked = readPiece(no);
    kept.set(no, asked);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value!);
    return asked;
  };
  return {
    size,
    async read(position, length) {
      const parts: Buffer[] = [];
      for (let at = position; at < position + length;) {
        const no = Math.floor(at / pieceSize);
        const bytes = await piece(no);
        const part = bytes.subarray(at - no * pieceSize, Math.min(bytes.length, position + length - no * pieceSize));
        if (part.length === 0) throw new RangeError('read past the end of a file');
        parts.push(part);
        at += part.length;
      }
      return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    },
  };
}
