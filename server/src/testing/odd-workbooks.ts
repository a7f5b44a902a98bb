// Workbooks as no program of good will writes them: each part, size, checksum and name can be made to lie.
import { crc32, deflateRawSync } from 'node:zlib';
import { type ByteSource, sourceOfPieces } from '#platform/byte-source.ts';
import { openWorkbook, type ReadCell, type ReadRow } from '#platform/excel-reader.ts';

export interface Part {
  name: string;
  content: string | Buffer;
  /** What the directory says instead of the truth. */
  said?: Partial<Record<'crc' | 'size' | 'packed' | 'offset' | 'method' | 'flags', number>>;
  /** Bytes to store instead of the content's own compression. */
  packed?: Buffer;
  /** Bytes behind the part that belong to none. */
  gap?: Buffer;
}

const UTF8 = 0x0800;

/** A zip of these parts; what is not said about a part is true. */
export function zipOf(parts: readonly Part[], said: { entries?: number } = {}): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, said: lies = {}, packed: given, gap = Buffer.alloc(0) } of parts) {
    const bytes = Buffer.from(content as string);
    const packed = given ?? (lies.method === 0 ? bytes : deflateRawSync(bytes));
    const fileName = Buffer.from(name);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(lies.flags ?? UTF8, 2);
    fields.writeUInt16LE(lies.method ?? 8, 4);
    fields.writeUInt16LE(0x21, 8);
    fields.writeUInt32LE(lies.crc ?? crc32(bytes), 10);
    fields.writeUInt32LE(lies.packed ?? packed.length, 14);
    fields.writeUInt32LE(lies.size ?? bytes.length, 18);
    fields.writeUInt16LE(fileName.length, 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(lies.offset ?? offset, 10);
    const local = [Buffer.from('PK\u0003\u0004'), fields, fileName, packed, gap];
    pieces.push(...local);
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000'), fields, tail, fileName);
    offset += local.reduce((sum, piece) => sum + piece.length, 0);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006');
  end.writeUInt16LE(said.entries ?? parts.length, 8);
  end.writeUInt16LE(said.entries ?? parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, listed, end]);
}

export const xmlHead = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packaged = 'http://schemas.openxmlformats.org/package/2006';
export const sheetMediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

interface OddSheet {
  name?: string;
  state?: string;
  /** What stands in sheetData. */
  rows: string;
}

interface Odd {
  sheets?: readonly OddSheet[];
  /** The whole first sheet, whatever it is. */
  sheetXml?: string | Buffer;
  /** What stands in sst. */
  strings?: string;
  /** Number formats of the cell styles: numbers of Excel's own, or codes. */
  formats?: readonly (number | string)[];
  date1904?: boolean;
  mediaType?: string;
  /** Further parts, or others in place of the usual ones. */
  parts?: Record<string, string | Buffer>;
  types?: string;
  relations?: string;
}

/** The parts of a workbook of these rows, as Excel names them. */
export function partsOf(odd: Odd): Part[] {
  const sheets = odd.sheets ?? [{ rows: '' }];
  const parts: Record<string, string | Buffer> = {
    '[Content_Types].xml': `${xmlHead}<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${odd.mediaType ?? sheetMediaType}"/>${odd.types ?? ''}</Types>`,
    '_rels/.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xmlHead}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr${odd.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets.map(({ name, state }, index) => `<sheet name="${name ?? `Sheet${index + 1}`}" sheetId="${index + 1}"${state ? ` state="${state}"` : ''} r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xmlHead}<Relationships xmlns="${packaged}/relationships">${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId98" Type="${office}/styles" Target="styles.xml"/><Relationship Id="rId99" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>${odd.relations ?? ''}</Relationships>`,
    'xl/styles.xml': stylesOf(odd.formats ?? []),
    'xl/sharedStrings.xml': `${xmlHead}<sst xmlns="${main}">${odd.strings ?? ''}</sst>`,
  };
  for (const [index, { rows }] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] =
      `${xmlHead}<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`;
  }
  if (odd.sheetXml !== undefined) parts['xl/worksheets/sheet1.xml'] = odd.sheetXml;
  return Object.entries({ ...parts, ...odd.parts }).map(([name, content]) => ({ name, content }));
}

function stylesOf(formats: readonly (number | string)[]): string {
  const own = formats.flatMap((format, index) =>
    typeof format === 'string' ? [`<numFmt numFmtId="${164 + index}" formatCode="${format}"/>`] : [],
  );
  const styles = formats.map(
    (format, index) => `<xf numFmtId="${typeof format === 'string' ? 164 + index : format}"/>`,
  );
  // A format among the named styles is not one of a cell.
  return `${xmlHead}<styleSheet xmlns="${main}"><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.join('')}</cellXfs></styleSheet>`;
}

export const oddWorkbook = (odd: Odd): Buffer => zipOf(partsOf(odd));

/** In pieces as the database keeps them, so that nothing works only because the file is whole in memory. */
export const inPieces = (bytes: Buffer, pieceSize = 1000): ByteSource =>
  sourceOfPieces(bytes.length, pieceSize, async (no) => {
    if (no * pieceSize >= bytes.length) throw new RangeError(`there is no piece ${no}`);
    return bytes.subarray(no * pieceSize, (no + 1) * pieceSize);
  });

/** All rows of all sheets. */
export async function readSheets(bytes: Buffer): Promise<{ name: string; isVisible: boolean; rows: ReadRow[] }[]> {
  const { sheets } = await openWorkbook(inPieces(bytes));
  const found = [];
  for (const { name, isVisible, rows } of sheets) {
    const read: ReadRow[] = [];
    for await (const batch of rows()) read.push(...batch);
    found.push({ name, isVisible, rows: read });
  }
  return found;
}

/** The cells of the first sheet's rows, holes as undefined. */
export async function readCells(bytes: Buffer): Promise<ReadCell[][]> {
  return (await readSheets(bytes))[0]!.rows.map(({ cells }) => Array.from(cells));
}
