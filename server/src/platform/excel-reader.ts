// Reads .xlsx workbooks with little memory: sheet by sheet, some hundred rows at a time.
import type { ByteSource } from './byte-source.ts';
import { asRefusal, openPackage, type Package, type Relation, scanChunks } from './excel-package.ts';
import { refusal } from './excel-refusals.ts';
import { type CellContext, type ReadRow, RowListener } from './excel-rows.ts';
import { SharedStrings, stringListener } from './excel-strings.ts';
import { attributesOf, XmlScanner } from './excel-xml.ts';

export type { ReadCell, ReadRow } from './excel-rows.ts';
export { CellError, ExcelDate } from './excel-rows.ts';

export interface ReadSheet {
  name: string;
  isVisible: boolean;
  /** Size of its XML: what there is to read. */
  size: number;
  /** Rows that hold anything, in batches, in the order of the sheet; `read` is called with the bytes read so far. */
  rows(read?: (bytes: number) => void): AsyncGenerator<ReadRow[]>;
}

export interface ReadWorkbook {
  sheets: ReadSheet[];
}

const DAYS_FROM_1900_TO_1904 = 1462;
const MOST_SHEETS = 200;

/** @throws ProblemError file_refused, here or while rows are read. */
export async function openWorkbook(source: ByteSource): Promise<ReadWorkbook> {
  const parts = await openPackage(source);
  const relations = await parts.relations(parts.workbookPath);
  const plan = await readPlan(parts);
  let context: Promise<CellContext> | undefined;
  const cells = () => (context ??= readContext(parts, relations, plan.epochShift));
  const byId = new Map(relations.filter((each) => each.type === 'worksheet').map((each) => [each.id, each.path]));
  const sheets = plan.sheets.flatMap(({ name, isVisible, id }): ReadSheet[] => {
    const path = byId.get(id);
    if (path === undefined) return [];
    if (!parts.has(path)) throw refusal('damaged');
    return [{ name, isVisible, size: parts.sizeOf(path), rows: (read) => readRows(parts, path, cells, read) }];
  });
  if (sheets.length === 0) throw refusal('damaged');
  return { sheets };
}

interface Plan {
  sheets: { name: string; isVisible: boolean; id: string }[];
  epochShift: number;
}

async function readPlan(parts: Package): Promise<Plan> {
  const plan: Plan = { sheets: [], epochShift: 0 };
  await parts.scanSmall(parts.workbookPath, {
    open(tag, attributes) {
      if (tag === 'workbookPr') {
        const { date1904 } = attributesOf(attributes);
        if (date1904 === '1' || date1904 === 'true') plan.epochShift = DAYS_FROM_1900_TO_1904;
      } else if (tag === 'sheet') {
        const { name = '', state = 'visible', id = '' } = attributesOf(attributes);
        plan.sheets.push({ name, isVisible: state === 'visible', id });
        if (plan.sheets.length > MOST_SHEETS) throw refusal('unsafe');
      }
    },
  });
  return plan;
}

async function readContext(parts: Package, relations: Relation[], epochShift: number): Promise<CellContext> {
  const pathOf = (type: string) => relations.find((each) => each.type === type && parts.has(each.path))?.path;
  const strings = new SharedStrings();
  const stringsPath = pathOf('sharedStrings');
  if (stringsPath) await scanChunks(parts.read(stringsPath), stringListener(strings));
  const stylesPath = pathOf('styles');
  return { strings, isDateStyle: stylesPath ? await readDateStyles(parts, stylesPath) : [], epochShift };
}

/** Formats of Excel itself that show a day. */
const isDateFormat = (id: number) =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** A format of its own shows a day when a d or y stands outside quotes, brackets, escapes, widths and fillings. */
const showsDay = (code: string) => /[dy]/i.test(code.replaceAll(/"[^"]*"|\[[^\]]*\]|[\\_*]./g, ''));

async function readDateStyles(parts: Package, path: string): Promise<boolean[]> {
  const own = new Set<number>();
  const styles: boolean[] = [];
  let isInCellStyles = false;
  await parts.scanSmall(path, {
    open(tag, attributes) {
      if (tag === 'numFmt') {
        const { numFmtId, formatCode = '' } = attributesOf(attributes);
        if (showsDay(formatCode)) own.add(Number(numFmtId));
      } else if (tag === 'cellXfs') isInCellStyles = true;
      else if (tag === 'xf' && isInCellStyles) {
        const id = Number(attributesOf(attributes).numFmtId ?? 0);
        styles.push(isDateFormat(id) || own.has(id));
      }
    },
    close(tag) {
      if (tag === 'cellXfs') isInCellStyles = false;
    },
  });
  return styles;
}

async function* readRows(
  parts: Package,
  path: string,
  context: () => Promise<CellContext>,
  read?: (bytes: number) => void,
): AsyncGenerator<ReadRow[]> {
  const listener = new RowListener(await context());
  const scanner = new XmlScanner(listener);
  let bytes = 0;
  try {
    for await (const chunk of parts.read(path)) {
      scanner.write(chunk);
      bytes += chunk.length;
      read?.(bytes);
      const rows = listener.take();
      if (rows.length > 0) yield rows;
    }
    scanner.end();
  } catch (error) {
    throw asRefusal(error);
  }
  const rows = listener.take();
  if (rows.length > 0) yield rows;
}
