// What we write, read back by our own reader and by a program that shares no code with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { readSheets } from '#testing/odd-workbooks.ts';
import { columnName, escapeXml, serialOf } from './excel-cells.ts';
import { ExcelDate } from './excel-reader.ts';
import { sheetName, writeTable } from './excel-table.ts';
import { type Sheet, type SheetRow, writeWorkbook } from './excel-writer.ts';

const bytesOf = (sheets: readonly Sheet[]) => buffer(writeWorkbook(sheets));

/** As another program sees it. */
async function openElsewhere(bytes: Buffer): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
  return workbook;
}

const column = { width: 20 };

test('a text that looks like a formula is written as text, and comes back letter by letter', async () => {
  const texts = [
    '=1+1',
    '=HYPERLINK("http://example.org?"&A1,"bấm")',
    "=cmd|' /C calc'!A0",
    '+84 912 000 001',
    '-5',
    '@SUM(A1:A9)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    ' =1+1',
    "'=1+1",
    '|=1',
    '＝1+1',
    '=',
    '0912000001',
    '019218000001',
    '1E5',
    'TRUE',
    '#N/A',
  ];
  const formats = ['general', 'text', 'date', 'integer', 'decimal', 'wrapped'] as const;
  const bytes = await bytesOf([
    {
      name: 'A',
      columns: formats.map((format) => ({ width: 20, format })),
      rows: texts.map((value) => ({
        cells: formats.map((_, index) => (index % 2 ? { value, tone: 'error' } : value)),
      })),
    },
  ]);
  const [sheet] = await readSheets(bytes);
  assert.deepEqual(
    sheet!.rows.map(({ cells }) => cells),
    texts.map((value) => formats.map(() => value)),
  );
  const elsewhere = (await openElsewhere(bytes)).worksheets[0]!;
  for (const [index, value] of texts.entries()) {
    for (const place of formats.keys()) {
      const cell = elsewhere.getCell(index + 1, place + 1);
      assert.equal(cell.type, ExcelJS.ValueType.String, value);
      // exceljs gives line ends and tabs back in the escapes of the format.
      assert.equal(decode(cell.text), value);
      assert.equal(cell.formula, undefined);
      // Excel makes a formula of such a text when somebody edits the cell, unless the cell is formatted as text.
      if (/^[=+\-@\t\r]/.test(value)) assert.equal(cell.numFmt, '@', value);
    }
  }
});

const decode = (text: string) =>
  text.replaceAll(/_x([0-9A-F]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

test('every letter comes back, or what XML cannot hold as a sign that something was there', async () => {
  const texts = [
    'Nguyễn Thị Ước',
    'Nguyễn Thị Ước'.normalize('NFD'),
    '<b>&amp;"\'</b> ]]> <!-- -->',
    '  hai  dấu cách  ',
    'dòng 1\ndòng 2\r\ndòng 3\ttab',
    '_x000D_ viết thường _x00e9_ và _x_',
    '😀 𠮷 👨‍👩‍👧',
    '\u0000\u0001\u001F\u007F\u0085\u2028\uFEFF\uFFFE\uFFFF',
    'x'.repeat(32_767),
  ];
  const bytes = await bytesOf([
    { name: 'Ước & <b>', columns: [column], rows: texts.map((value) => ({ cells: [value] })) },
  ]);
  const [sheet] = await readSheets(bytes);
  assert.equal(sheet!.name, 'Ước & <b>');
  for (const [index, value] of texts.entries())
    assert.equal(sheet!.rows[index]!.cells[0], value, JSON.stringify(value));
  const lone = await bytesOf([{ name: 'A', columns: [column], rows: [{ cells: ['a\uD800b'] }] }]);
  assert.equal((await readSheets(lone))[0]!.rows[0]!.cells[0], 'a\uFFFDb');
  assert.equal(escapeXml('a"b'), 'a&quot;b');
});

test('numbers, days, yes and no, and nothing, with their tones', async () => {
  const days = ['2018-03-15', '1900-03-01', '1900-02-28', '2199-12-31', '2024-02-29', '2023-02-29', '15/03/2018'];
  const numbers = [0, -0.5, 1e21, 1e-7, 123_456.78, 2 ** 53];
  const bytes = await bytesOf([
    {
      name: 'A',
      columns: [{ width: 12, format: 'date' }, { width: 12, format: 'decimal' }, column],
      rows: days.map((day, index) => ({
        cells: [day, numbers[index], index % 2 === 0 ? true : { value: null, tone: 'warning' }],
      })),
    },
  ]);
  const [sheet] = await readSheets(bytes);
  const serials = [43_174, 61, undefined, 109_574, 45_351];
  assert.deepEqual(
    sheet!.rows.map(({ cells }) => cells[0]),
    days.map((day, index) => (serials[index] === undefined ? day : new ExcelDate(serials[index]))),
  );
  assert.deepEqual(
    sheet!.rows.slice(0, 6).map(({ cells }) => cells[1]),
    numbers,
  );
  assert.deepEqual(
    sheet!.rows.map(({ cells }) => cells[2]),
    days.map((_, index) => (index % 2 === 0 ? true : undefined)),
  );
  const elsewhere = (await openElsewhere(bytes)).worksheets[0]!;
  assert.deepEqual(elsewhere.getCell('A1').value, new Date('2018-03-15T00:00:00Z'));
  assert.equal(elsewhere.getCell('A1').numFmt, 'dd/mm/yyyy');
  assert.equal(elsewhere.getCell('A3').value, '1900-02-28');
  assert.equal(elsewhere.getCell('B5').value, 123_456.78);
  assert.deepEqual(
    (elsewhere.getCell('C2').fill as ExcelJS.FillPattern).fgColor,
    { argb: 'FFFFEB9C' },
    'an empty cell can be marked',
  );
  assert.equal(serialOf('1900-02-29'), null);
});

test('drop-downs, notes, frozen rows, hidden sheets, filters and widths are where they were put', async () => {
  const rows: SheetRow[] = [
    { cells: [{ value: 'Tiêu đề', tone: 'title' }], height: 30 },
    { cells: ['Họ và tên', 'Giới tính'], notes: [{ column: 1, text: 'Bắt buộc.\nGhi "Nam" & <Nữ>' }] },
    { cells: ['An', 'Nam'] },
  ];
  const bytes = await bytesOf([
    {
      name: "Lớp 1'A",
      columns: [
        { width: 30, format: 'text' },
        { width: 12, hidden: true },
      ],
      rows,
      frozen: { rows: 2, columns: 1 },
      filter: 'A2:B2',
      merged: ['A1:B1'],
      dropDowns: [{ column: 1, firstRow: 3, lastRow: 500, source: "'Danh muc'!$A$2:$A$3", strict: true }],
      noted: true,
      landscape: true,
    },
    {
      name: 'Danh muc',
      state: 'hidden',
      columns: [column],
      rows: [{ cells: ['Giới tính'] }, { cells: ['Nam'] }, { cells: ['Nữ'] }],
    },
    { name: '_mau', state: 'veryHidden', columns: [], rows: [] },
  ]);
  assert.deepEqual(
    (await readSheets(bytes)).map(({ name, isVisible }) => [name, isVisible]),
    [
      ["Lớp 1'A", true],
      ['Danh muc', false],
      ['_mau', false],
    ],
  );
  const workbook = await openElsewhere(bytes);
  assert.deepEqual(
    workbook.worksheets.map(({ state }) => state),
    ['visible', 'hidden', 'veryHidden'],
  );
  const sheet = workbook.worksheets[0]!;
  assert.deepEqual(
    { ...sheet.views[0] },
    { ...sheet.views[0], state: 'frozen', xSplit: 1, ySplit: 2, topLeftCell: 'B3' },
  );
  const note = sheet.getCell('B2').note as ExcelJS.Comment;
  assert.equal(note.texts!.map((part) => part.text).join(''), 'Bắt buộc.\nGhi "Nam" & <Nữ>');
  assert.equal(sheet.getCell('A2').note, undefined);
  for (const place of ['B3', 'B500']) {
    const { type, formulae, showErrorMessage, allowBlank } = sheet.getCell(place).dataValidation;
    assert.deepEqual(
      [type, formulae, showErrorMessage, allowBlank],
      ['list', ["'Danh muc'!$A$2:$A$3"], true, true],
      place,
    );
  }
  assert.equal(sheet.getCell('B501').dataValidation, undefined);
  assert.equal(sheet.autoFilter, 'A2:B2');
  assert.ok(sheet.getCell('B1').isMerged);
  assert.deepEqual([sheet.getColumn(1).width, sheet.getColumn(2).hidden, sheet.getRow(1).height], [30, true, 30]);
  assert.equal(sheet.pageSetup.orientation, 'landscape');
});

test('any list is a table; names that Excel refuses are made such that it takes them', async () => {
  const bytes = await buffer(
    writeTable(
      { name: 'Lớp [1A]/2024: *', above: ['Danh sách', 'Ngày 15/10/2024'] },
      [{ label: 'Tên' }, { label: 'Số', format: 'integer' }],
      [['=An', 3]],
    ),
  );
  const [sheet] = await readSheets(bytes);
  assert.equal(sheet!.name, 'Lớp  1A  2024');
  assert.deepEqual(
    sheet!.rows.map(({ cells }) => cells),
    [['Danh sách'], ['Ngày 15/10/2024'], ['Tên', 'Số'], ['=An', 3]],
  );
  assert.equal((await openElsewhere(bytes)).worksheets[0]!.autoFilter, 'A3:B3');
  assert.equal(sheetName("'''"), 'Sheet1');
  assert.equal(sheetName('x'.repeat(40)).length, 31);
  assert.ok(sheetName('a'.repeat(30) + '😀').isWellFormed(), 'no letter is cut in two');
  assert.doesNotMatch(sheetName(`${'a'.repeat(30)}'b`), /'$/, 'nor does a quote stand last');
});

test('columns are named as Excel names them', () => {
  const expected: [number, string][] = [
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
    [16_383, 'XFD'],
  ];
  for (const [index, name] of expected) assert.equal(columnName(index), name);
});

test('rows are asked for as they are taken, however many there are', async () => {
  let asked = 0;
  let isOver = false;
  const endless = function* (): Generator<SheetRow> {
    try {
      for (;;) {
        asked += 1;
        yield { cells: [`Nguyễn Văn ${(asked * 2_654_435_761) % 1_000_003}`, asked] };
      }
    } finally {
      isOver = true;
    }
  };
  const stream = writeWorkbook([{ name: 'A', columns: [column, column], rows: endless() }]);
  let bytes = 0;
  const counts: number[] = [];
  for await (const chunk of stream) {
    bytes += (chunk as Buffer).length;
    counts.push(asked);
    if (bytes > 1_000_000) break;
  }
  // About fourteen packed bytes a row; what is ahead of the reader is bounded by a few chunks.
  assert.ok(counts[0]! < 20_000, `${counts[0]} rows for the first chunk`);
  assert.ok(asked < bytes / 5, `${asked} rows for ${bytes} bytes`);
  await new Promise((done) => setTimeout(done, 50));
  assert.ok(isOver, 'who made the rows is told that no more are wanted');
  const atTheEnd = asked;
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(asked, atTheEnd);
});

test('what fails while rows are made fails the workbook', async () => {
  const failing = async function* (): AsyncGenerator<SheetRow> {
    yield { cells: ['a'] };
    throw new TypeError('the database is gone');
  };
  await assert.rejects(bytesOf([{ name: 'A', columns: [column], rows: failing() }]), /the database is gone/);
});
