// What stands in a cell, exactly as we hand it on: of every kind of cell, of sheets with holes, of dates in both systems.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import ExcelJS from 'exceljs';
import { ProblemError } from '@khuevan/core/problems.ts';
import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { inPieces, oddWorkbook, readCells, readSheets, xmlHead } from '#testing/odd-workbooks.ts';
import { CellError, ExcelDate, openWorkbook } from './excel-reader.ts';
import { SharedStrings } from './excel-strings.ts';

const row = (cells: string, number?: number) => `<row${number === undefined ? '' : ` r="${number}"`}>${cells}</row>`;
const text = (value: string, reference = '') =>
  `<c${reference && ` r="${reference}"`} t="inlineStr"><is><t>${value}</t></is></c>`;
const read = (rows: string, more: Parameters<typeof oddWorkbook>[0] = {}) =>
  readCells(oddWorkbook({ sheets: [{ rows }], ...more }));

const refused = (bytes: Buffer, sentence: RegExp, what: string) =>
  assert.rejects(
    readSheets(bytes),
    (error: unknown) => {
      assert.ok(error instanceof ProblemError && error.code === 'file_refused', `${what}: ${String(error)}`);
      assert.match(String(error.params?.reasonVi), sentence, what);
      return true;
    },
    what,
  );
const damaged = /^Tệp bị hỏng/;
const unsafe = /^Tệp có cấu trúc không an toàn/;

test('text, numbers, booleans, errors and formulas as Excel writes them', async () => {
  const cells = [
    '<c r="A1" t="s"><v>1</v></c>',
    text('trong ô', 'B1'),
    '<c r="C1"><v>15.5</v></c>',
    '<c r="D1"><v>1.9E10</v></c>',
    '<c r="E1"><v>-0.25</v></c>',
    '<c r="F1" t="b"><v>1</v></c>',
    '<c r="G1" t="b"><v>0</v></c>',
    '<c r="H1" t="e"><v>#N/A</v></c>',
    '<c r="I1"><f>SUM(C1:D1)</f><v>34.5</v></c>',
    '<c r="J1" t="str"><f>UPPER(B1)</f><v>TRONG Ô</v></c>',
    '<c r="K1" t="str"><f>""</f><v></v></c>',
    '<c r="L1"><f>NOW()</f></c>',
    '<c r="M1" t="e"><f>VLOOKUP(1,A:B,2)</f><v>#REF!</v></c>',
    '<c r="N1" t="str"><v>019218000001</v></c>',
    '<c r="O1" t="d"><v>2018-03-15T00:00:00</v></c>',
    '<c r="P1" s="0"/>',
    '<c r="Q1"><v> </v></c>',
    '<c r="R1" t="s"><v>0</v></c>',
    '<c r="S1" t="inlineStr"/>',
  ];
  const [found] = await read(row(cells.join(''), 1), { strings: '<si><t/></si><si><t>chung</t></si>', formats: [0] });
  assert.deepEqual(found, [
    'chung',
    'trong ô',
    15.5,
    19_000_000_000,
    -0.25,
    true,
    false,
    new CellError('#N/A'),
    34.5,
    'TRONG Ô',
    undefined,
    new CellError(''),
    new CellError('#REF!'),
    '019218000001',
    '2018-03-15T00:00:00',
  ]);
});

test('rich text is one text; how it is pronounced is not part of it; spaces, line breaks and escapes stay', async () => {
  const strings = [
    '<si><r><rPr><b/></rPr><t>Nguyễn </t></r><r><t xml:space="preserve">Văn </t></r><r><t>An</t></r></si>',
    '<si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></si>',
    '<si><t xml:space="preserve">  hai dấu cách  </t></si>',
    '<si><t>dòng 1\ndòng 2_x000D_\ndòng 3</t></si>',
    '<si><t>_x005F_x000D_ và _x00e9_</t></si>',
    '<si><t><![CDATA[<b>&amp;</b>]]></t></si>',
    '<si><t>&lt;script&gt; &amp; &#x1F600;</t></si>',
  ];
  const cells = strings.map((_, index) => `<c t="s"><v>${index}</v></c>`);
  const inline =
    '<c t="inlineStr"><is><r><t>Trần </t></r><r><t>Thị</t></r><rPh sb="0" eb="1"><t>đọc</t></rPh></is></c>';
  const [found] = await read(row([...cells, inline].join('')), { strings: strings.join('') });
  assert.deepEqual(found, [
    'Nguyễn Văn An',
    '東京',
    '  hai dấu cách  ',
    'dòng 1\ndòng 2\r\ndòng 3',
    '_x000D_ và é',
    '<b>&amp;</b>',
    '<script> & 😀',
    'Trần Thị',
  ]);
});

test('composed and decomposed Vietnamese comes as it was written, also over the border of a chunk', async () => {
  const names = ['Nguyễn Thị Ước', 'Nguyễn Thị Ước'.normalize('NFD'), 'Đặng Ỷ Lan\u0323'];
  const rows = Array.from({ length: 3000 }, (_, index) => row(text(names[index % 3]!) + text(`😀${index}`))).join('');
  const found = await read(rows);
  assert.deepEqual(
    found,
    Array.from({ length: 3000 }, (_, index) => [names[index % 3], `😀${index}`]),
  );
});

test('a number is a day where its format shows one, in both systems', async () => {
  const formats = [
    0,
    14,
    'dd/mm/yyyy',
    '[$-42A]d mmmm yyyy;@',
    '#,##0.00',
    '[Red]#,##0',
    '&quot;ngày&quot; 0',
    22,
    'h:mm',
    '0_d*y',
    'mm\\-yyyy',
    47,
  ];
  const shows = [false, true, true, true, false, false, false, true, false, false, true, false];
  const rows = row(formats.map((_, index) => `<c s="${index}"><v>43174.5</v></c>`).join(''));
  for (const date1904 of [false, true]) {
    const [found] = await read(rows, { formats, date1904 });
    const serial = date1904 ? 43_174.5 + 1462 : 43_174.5;
    assert.deepEqual(
      found,
      shows.map((isDay) => (isDay ? new ExcelDate(serial) : 43_174.5)),
    );
  }
  const dayOf = async (serial: string, date1904: boolean) => {
    const [[cell]] = (await read(row(`<c s="0"><v>${serial}</v></c>`), { formats: [14], date1904 })) as [[ExcelDate]];
    return parseDate(Math.floor(cell.serial));
  };
  assert.equal(await dayOf('43174', false), '2018-03-15');
  assert.equal(await dayOf('41712', true), '2018-03-15');
  assert.equal(await dayOf('61', false), '1900-03-01');
  assert.equal(await dayOf('60', false), null, 'the day that never was');
  assert.equal(await dayOf('59', false), '1900-02-28');
  assert.equal(await dayOf('0', true), '1904-01-01');
  const [[unknown]] = (await read(row('<c s="99"><v>43174</v></c>'), { formats: [14] })) as [[unknown]];
  assert.equal(unknown, 43_174, 'a style that is not there says nothing');
});

test('holes, missing references and rows without numbers keep their places; what is empty is no row', async () => {
  const rows =
    row(text('a', 'B3') + text('b', 'AA3'), 3) +
    row('<c r="A4" s="1"/><c r="B4"><v></v></c>', 4) +
    '<row r="7" spans="1:3" ht="20"/>' +
    row(text('c') + text('d', 'D8') + text('e'), 8) +
    row(text('f')) +
    row(text('last', 'A1048576'), 1_048_576);
  const [sheet] = await readSheets(oddWorkbook({ sheets: [{ rows }], formats: [0, 1] }));
  assert.deepEqual(
    sheet!.rows.map(({ number, cells }) => [
      number,
      Object.entries(cells)
        .map(([column, cell]) => `${column}:${JSON.stringify(cell)}`)
        .join(' '),
    ]),
    [
      [3, '1:"a" 26:"b"'],
      [8, '0:"c" 3:"d" 4:"e"'],
      [9, '0:"f"'],
      [1_048_576, '0:"last"'],
    ],
  );
});

test('columns past any form of ours are passed over, and past the last of Excel too', async () => {
  const cells = [
    text('1', 'A1'),
    text('300', 'KN1'),
    text('301', 'KO1'),
    text('16384', 'XFD1'),
    text('beyond', 'XFE1'),
    text('far', `${'Z'.repeat(400)}1`),
  ];
  const [found] = await read(row(cells.join('')));
  assert.deepEqual([found!.length, found![0], found![299]], [300, '1', '300']);
});

test('rows and cells that come twice or out of order are a damaged file: Excel would not open it either', async () => {
  const [a, b] = [text('a'), text('b')];
  const files: Record<string, string> = {
    'a row twice': row(a, 5) + row(b, 5),
    'a row too early': row(a, 5) + row(b, 4),
    'an empty row twice': row('', 5) + row(b, 5),
    'row 0': row(a, 0),
    'a row past the last': row(a, 1_048_577),
    'half a row': row(a, 1.5),
    'a row that is no number': '<row r="một"><c/></row>',
    'a cell twice': row(text('a', 'B1') + text('b', 'B1')),
    'a cell without a column': row('<c r="12"><v>1</v></c>'),
    'a small letter': row('<c r="a1"><v>1</v></c>'),
    'an attribute without quotes': row('<c r=A1><v>1</v></c>'),
    'a number that is none': row('<c><v>mười</v></c>'),
    'a number without end': row('<c><v>Infinity</v></c>'),
    'a shared string that is not there': row('<c t="s"><v>2</v></c>'),
    'a shared string before the first': row('<c t="s"><v>-1</v></c>'),
    'half a shared string': row('<c t="s"><v>0.5</v></c>'),
    'a shared string that is no number': row('<c t="s"><v>x</v></c>'),
  };
  for (const [what, rows] of Object.entries(files))
    await refused(oddWorkbook({ sheets: [{ rows }], strings: '<si><t>a</t></si><si><t>b</t></si>' }), damaged, what);
});

test('very long texts are read up to what Excel holds, and no further', async () => {
  const longest = 'Đ'.repeat(32_767);
  const [found] = await read(row(text(longest) + '<c t="s"><v>0</v></c>'), {
    strings: `<si><t>${'_x000D_'.repeat(32_767)}</t></si>`,
  });
  assert.deepEqual(found, [longest, '\r'.repeat(32_767)]);
  const pieces = `<t>${'x'.repeat(30_000)}</t>`.repeat(9);
  await refused(oddWorkbook({ sheets: [{ rows: row(`<c t="inlineStr"><is>${pieces}</is></c>`) }] }), unsafe, 'inline');
  await refused(
    oddWorkbook({ sheets: [{ rows: row('<c t="s"><v>0</v></c>') }], strings: `<si>${pieces}</si>` }),
    unsafe,
    'shared',
  );
});

test('a workbook of another program reads as it was meant', async () => {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Học sinh');
  sheet.addRow(['Nguyễn Văn An', new Date('2018-03-15T00:00:00Z'), 7, true, '019218000001']);
  sheet.getCell('B1').numFmt = 'dd/mm/yyyy';
  sheet.getCell('A2').value = { richText: [{ text: 'Trần ', font: { bold: true } }, { text: 'Thị Bình' }] };
  sheet.getCell('B2').value = { formula: 'B1+1', result: new Date('2018-03-16T00:00:00Z') };
  sheet.getCell('B2').numFmt = 'dd/mm/yyyy';
  sheet.getCell('C2').value = { formula: 'C1*2', result: 14 };
  sheet.getCell('D2').value = { error: '#N/A' };
  sheet.getCell('E2').value = { text: 'thư', hyperlink: 'mailto:a@example.org' };
  sheet.getCell('A3').value = { formula: 'UPPER(A1)', result: 'NGUYỄN VĂN AN' };
  sheet.mergeCells('A4:C4');
  sheet.getCell('A4').value = 'gộp';
  const bytes = Buffer.from(await workbook.xlsx.writeBuffer());
  assert.deepEqual(await readCells(bytes), [
    ['Nguyễn Văn An', new ExcelDate(43_174), 7, true, '019218000001'],
    ['Trần Thị Bình', new ExcelDate(43_175), 14, new CellError('#N/A'), 'thư'],
    ['NGUYỄN VĂN AN'],
    ['gộp'],
  ]);
});

test('shared strings take a bounded place, empty ones as well', () => {
  const strings = new SharedStrings();
  const place = 12;
  const most = (128 * 1024 * 1024) / place;
  for (let count = 0; count < Math.floor(most); count += 1) strings.add('');
  assert.equal(strings.at(1_000_000), '');
  assert.throws(
    () => strings.add(''),
    (error: unknown) => error instanceof ProblemError && error.code === 'file_refused',
  );
});

test('sheets keep their order, names and whether they are seen', async () => {
  const sheets = [
    { name: 'Học sinh &amp; lớp', rows: row(text('a')) },
    { name: 'Ẩn', state: 'hidden', rows: row(text('b')) },
    { name: '_mau', state: 'veryHidden', rows: row(text('c')) },
  ];
  assert.deepEqual(
    (await readSheets(oddWorkbook({ sheets }))).map(({ name, isVisible, rows }) => [
      name,
      isVisible,
      rows[0]!.cells[0],
    ]),
    [
      ['Học sinh & lớp', true, 'a'],
      ['Ẩn', false, 'b'],
      ['_mau', false, 'c'],
    ],
  );
  const many = Array.from({ length: 201 }, () => ({ rows: '' }));
  await refused(oddWorkbook({ sheets: many }), unsafe, 'more sheets than anybody has');
});

test('XML with a mark of byte order, with prefixes, Windows line ends and foreign elements is read; UTF-16 is not', async () => {
  const inside = `<x:worksheet xmlns:x="m" xmlns:o="o">\r\n<x:sheetData>\r\n<x:row r="1" o:dyDescent="0.25">\r\n<x:c r="A1" t="inlineStr"><x:is><x:t>An</x:t></x:is></x:c>\r\n<x:c r='B1' o:note="r=&quot;Z9&quot;"><o:ext>7</o:ext><x:v>1</x:v></x:c>\r\n</x:row></x:sheetData>\r\n</x:worksheet>`;
  const document = xmlHead.replace('\n', '\r\n') + inside;
  assert.deepEqual(await readCells(oddWorkbook({ sheetXml: `\uFEFF${document}` })), [['An', 1]]);
  for (const bytes of [Buffer.from(`\uFEFF${document}`, 'utf16le'), Buffer.from(document, 'utf16le').swap16()])
    await refused(oddWorkbook({ sheetXml: bytes }), damaged, 'UTF-16');
  const entities = `<!DOCTYPE a [<!ENTITY a "An">]>${document.replace('An', '&a;')}`;
  await refused(oddWorkbook({ sheetXml: entities }), unsafe, 'a document type');
  await refused(oddWorkbook({ sheetXml: document.replace('An', '&a;') }), unsafe, 'an entity');
  await refused(oddWorkbook({ sheetXml: document.replace('</x:row>', '') }), damaged, 'a row without end');
  await refused(oddWorkbook({ sheetXml: document.slice(0, -40) }), damaged, 'a sheet that was cut');
});

test('rows come in small batches while the file is read, and rows that hold nothing but looks do not come at all', async () => {
  const filled = Array.from({ length: 60_000 }, () => row(text(randomBytes(24).toString('base64')))).join('');
  const bytes = oddWorkbook({ sheets: [{ rows: filled }] });
  let asked = 0;
  const pieces = inPieces(bytes);
  const watched = {
    size: pieces.size,
    read: (at: number, length: number) => ((asked = Math.max(asked, at)), pieces.read(at, length)),
  };
  const [sheet] = (await openWorkbook(watched)).sheets;
  asked = 0;
  let rows = 0;
  let first = 0;
  for await (const batch of sheet!.rows()) {
    first ||= asked;
    assert.ok(batch.length < 4000, `${batch.length} rows at once`);
    rows += batch.length;
  }
  assert.equal(rows, 60_000);
  assert.ok(first < bytes.length / 4, `${first} of ${bytes.length} bytes were taken before the first batch`);
  const empty = Array.from(
    { length: 200_000 },
    (_, index) => `<row r="${index + 2}" s="1" customFormat="1"><c r="A${index + 2}" s="1"/></row>`,
  );
  assert.deepEqual(await read(row(text('a'), 1) + empty.join(''), { formats: [0, 14] }), [['a']]);
});
