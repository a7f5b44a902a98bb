import { normalizeText, searchKey } from '@khuevan/core/vietnam/text.ts';
import type { Field } from '@khuevan/core/records/field.ts';

/** A block as Excel puts it on the clipboard: cells parted by tabs, rows by line ends, quotes around cells that hold either. */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let isQuoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    row = [];
    cell = '';
  };
  for (let index = 0; index < text.length; index++) {
    const letter = text[index]!;
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[index + 1] === '"') {
        cell += '"';
        index++;
      } else isQuoted = false;
    } else if (letter === '"' && cell === '') isQuoted = true;
    else if (letter === '\t') {
      row.push(cell);
      cell = '';
    } else if (letter === '\n') endRow();
    else if (letter !== '\r') cell += letter;
  }
  // Excel ends the block with a line end, which begins no row.
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

export function writeBlock(rows: string[][]): string {
  return rows
    .map((row) => row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join('\t'))
    .join('\r\n');
}

const foldHeading = (text: string) =>
  searchKey(normalizeText(text))
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/** The fields that the first line of a block names, where all its cells are headings; null where it is a line of values. */
export function fieldsOfHeading(line: string[], fields: Field[]): (Field | null)[] | null {
  const byHeading = new Map(
    fields.flatMap((field) =>
      [field.label.vi, field.label.en, field.key].map((name): [string, Field] => [foldHeading(name), field]),
    ),
  );
  const found = line.map((cell) => byHeading.get(foldHeading(cell)) ?? null);
  const named = found.filter((each) => each !== null).length;
  return named >= 2 && named >= line.filter((cell) => cell.trim() !== '').length - 1 ? found : null;
}
