// Files that are no honest workbooks, each made here: every one is refused with its own sentence, and none is unpacked to find out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { ProblemError } from '@khuevan/core/problems.ts';
import {
  oddWorkbook,
  type Part,
  partsOf,
  readCells,
  readSheets,
  sheetMediaType,
  xmlHead,
  zipOf,
} from '#testing/odd-workbooks.ts';

const sentences = {
  not_workbook: /^Tệp này không phải bảng tính Excel \(\.xlsx\)\. Tải mẫu/,
  old_format: /^Tệp dạng Excel cũ \(\.xls\)\. Mở bằng Excel, chọn Lưu thành/,
  other_format: /^Tệp không phải dạng \.xlsx \(có thể là \.xlsb, \.ods, Word hoặc tệp nén\)/,
  encrypted: /^Tệp có đặt mật khẩu nên hệ thống không đọc được/,
  macros: /^Tệp có macro hoặc đối tượng nhúng nên không được nhận/,
  links: /^Tệp có liên kết tới tệp khác bên ngoài nên không được nhận/,
  damaged: /^Tệp bị hỏng hoặc tải lên chưa trọn vẹn/,
  unsafe: /^Tệp có cấu trúc không an toàn/,
};
type Reason = keyof typeof sentences;

/** Read to the end: a lie may show only when a part is unpacked. */
async function refusedAs(bytes: Buffer, reason: Reason, what: string): Promise<void> {
  await assert.rejects(readSheets(bytes), (error: unknown) => {
    assert.ok(error instanceof ProblemError, `${what}: ${String(error)}`);
    assert.equal(error.code, 'file_refused', what);
    assert.match(String(error.params?.reasonVi), sentences[reason], what);
    return true;
  });
}

const row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Họ và tên</t></is></c><c r="B1"><v>7</v></c></row>';
const honest = { sheets: [{ rows: row }] };
const part = (name: string, said: Part['said'], change: Partial<Part> = {}) =>
  zipOf(partsOf(honest).map((each) => (each.name === name ? { ...each, ...change, said } : each)));
const sheet = 'xl/worksheets/sheet1.xml';

test('an honest workbook of the same makings is read', async () => {
  assert.deepEqual(await readCells(oddWorkbook(honest)), [['Họ và tên', 7]]);
});

test('what is no workbook is told apart, whatever its name says', async () => {
  const cfb = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  const files: Record<string, [Buffer, Reason]> = {
    'an empty file': [Buffer.alloc(0), 'not_workbook'],
    'one letter': [Buffer.from('P'), 'not_workbook'],
    csv: [Buffer.from('\uFEFFHọ và tên;Ngày sinh\r\nNguyễn Văn An;15/03/2018\r\n'), 'not_workbook'],
    'a page of a browser': [Buffer.from('<html><table><tr><td>Họ và tên</td></tr></table></html>'), 'not_workbook'],
    png: [Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'not_workbook'],
    pdf: [Buffer.from('%PDF-1.7\n'), 'not_workbook'],
    'a zip of nothing': [zipOf([]), 'not_workbook'],
    '.xls': [Buffer.concat([cfb, Buffer.alloc(3000, 1)]), 'old_format'],
    'a workbook with a password': [
      Buffer.concat([cfb, Buffer.alloc(1024 * 1024 - 20, 1), Buffer.from('EncryptedPackage', 'utf16le')]),
      'encrypted',
    ],
    'a zip of a csv': [zipOf([{ name: 'hoc-sinh.csv', content: 'An;2018' }]), 'other_format'],
    '.docx': [
      oddWorkbook({
        mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
      }),
      'other_format',
    ],
    '.xltx': [oddWorkbook({ mediaType: sheetMediaType.replace('sheet.main', 'template.main') }), 'other_format'],
    '.xlsb': [oddWorkbook({ ...honest, parts: { 'xl/workbook.bin': 'x' } }), 'other_format'],
    '.ods': [
      oddWorkbook({ ...honest, parts: { mimetype: 'application/vnd.oasis.opendocument.spreadsheet' } }),
      'other_format',
    ],
    'a workbook that was cut': [oddWorkbook(honest).subarray(0, 900), 'damaged'],
    'a head alone': [Buffer.from('PK\u0003\u0004'), 'damaged'],
  };
  for (const [what, [bytes, reason]] of Object.entries(files)) await refusedAs(bytes, reason, what);
});

test('macros, embedded objects and links to other files are refused by what the parts are, not by the name of the file', async () => {
  const override = (path: string, type: string) => `<Override PartName="${path}" ContentType="${type}"/>`;
  const relation = (type: string, target: string, mode = '') =>
    `<Relationship Id="rId50" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"${mode}/>`;
  const external = ' TargetMode="External"';
  const files: Record<string, [Parameters<typeof oddWorkbook>[0], Reason]> = {
    'a macro project': [{ parts: { 'xl/vbaProject.bin': 'x' } }, 'macros'],
    'a macro project in capitals': [{ parts: { 'XL/VBAPROJECT.BIN': 'x' } }, 'macros'],
    'a macro project under another name': [
      { parts: { 'xl/thumbs.bin': 'x' }, types: override('/xl/thumbs.bin', 'application/vnd.ms-office.vbaProject') },
      'macros',
    ],
    '.xlsm renamed': [{ mediaType: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml' }, 'macros'],
    'an Excel 4 macro sheet': [
      { types: override('/xl/worksheets/sheet1.xml', 'application/vnd.ms-excel.macrosheet+xml') },
      'macros',
    ],
    ActiveX: [{ parts: { 'xl/activeX/activeX1.xml': '<ocx/>' } }, 'macros'],
    'an embedded document': [{ parts: { 'xl/embeddings/oleObject1.bin': 'x' } }, 'macros'],
    'a ribbon of its own': [{ parts: { 'customUI/customUI.xml': '<customUI/>' } }, 'macros'],
    'a link to a workbook': [{ parts: { 'xl/externalLinks/externalLink1.xml': '<externalLink/>' } }, 'links'],
    'a relation to a file outside': [
      { relations: relation('externalLinkPath', 'file:///C:/diem.xlsx', external) },
      'links',
    ],
    'a template from the network': [
      { relations: relation('attachedTemplate', 'https://example.org/a', external) },
      'links',
    ],
  };
  for (const [what, [odd, reason]] of Object.entries(files))
    await refusedAs(oddWorkbook({ ...honest, ...odd }), reason, what);
  const hyperlink = oddWorkbook({ ...honest, relations: relation('hyperlink', 'https://example.org/', external) });
  assert.deepEqual(await readCells(hyperlink), [['Họ và tên', 7]], 'an address typed into a cell is no link to a file');
});

test('a bomb is known by what it declares, by what comes out, by its many parts, and by parts that share their bytes', async () => {
  const spaces = Buffer.alloc(12 * 1024 * 1024, ' ');
  await refusedAs(
    oddWorkbook({ ...honest, parts: { 'docProps/app.xml': spaces } }),
    'unsafe',
    'twelve megabytes of nothing',
  );
  const huge = partsOf(honest).map((each) =>
    each.name === sheet ? { ...each, said: { size: 720 * 1024 * 1024, packed: 5 } } : each,
  );
  await refusedAs(zipOf(huge), 'unsafe', 'declares 720 MB');
  const long = deflateRawSync(Buffer.from(`${xmlHead}<worksheet>${' '.repeat(3_000_000)}</worksheet>`));
  await refusedAs(part(sheet, { size: 100 }, { packed: long }), 'unsafe', 'unpacks to more than it says');
  const many = Array.from({ length: 2001 }, (_, index) => ({ name: `a/${index}.xml`, content: '<a/>' }));
  await refusedAs(zipOf([...partsOf(honest), ...many]), 'unsafe', 'too many parts');
  const twice = partsOf(honest);
  const copy = { name: 'xl/worksheets/sheet2.xml', content: twice.at(-1)!.content, said: { offset: 0 } };
  await refusedAs(zipOf([...twice, copy]), 'unsafe', 'two parts over the same bytes');
  await refusedAs(zipOf([...twice, { ...twice.at(-1)! }]), 'unsafe', 'two parts of one name');
  await refusedAs(part(sheet, { method: 12 }), 'unsafe', 'a compression nobody uses here');
  await refusedAs(part(sheet, { flags: 0x0801 }), 'encrypted', 'a part with a password');
});

test('sizes, checksums, places and names that lie are a damaged file, not a failure', async () => {
  await refusedAs(part(sheet, { crc: 1 }), 'damaged', 'another checksum');
  await refusedAs(part(sheet, { size: 400 }), 'damaged', 'less than it says');
  await refusedAs(part(sheet, { method: 0, size: 400 }), 'damaged', 'stored, and longer than it says');
  await refusedAs(
    part(sheet, {}, { packed: Buffer.from('this is no deflate stream at all') }),
    'damaged',
    'no deflate',
  );
  await refusedAs(part(sheet, { packed: 9 }), 'damaged', 'a stream that was cut');
  const whole = oddWorkbook(honest);
  await refusedAs(part('xl/styles.xml', { offset: whole.length - 5, packed: 0, size: 0 }), 'damaged', 'beyond the end');
  await refusedAs(part(sheet, { offset: whole.length - 40, packed: 10 }), 'damaged', 'a place where no part is');
  await refusedAs(zipOf(partsOf(honest), { entries: 40 }), 'damaged', 'a directory that ends early');
  for (const name of ['../../etc/passwd', '/etc/passwd', 'C:/Windows/win.ini', 'xl\\..\\..\\a.xml'])
    await refusedAs(oddWorkbook({ ...honest, parts: { [name]: 'x' } }), 'damaged', name);
});

test('parts that are missing or point elsewhere are told', async () => {
  const without = (name: string) => zipOf(partsOf(honest).filter((each) => each.name !== name));
  await refusedAs(without('[Content_Types].xml'), 'other_format', 'no content types');
  await refusedAs(without('_rels/.rels'), 'other_format', 'no relations');
  await refusedAs(without('xl/workbook.xml'), 'other_format', 'no workbook');
  await refusedAs(without('xl/_rels/workbook.xml.rels'), 'damaged', 'sheets without places');
  await refusedAs(without(sheet), 'damaged', 'no sheet');
  const outside = {
    'xl/_rels/workbook.xml.rels':
      '<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="../../../../etc/passwd"/></Relationships>',
  };
  await refusedAs(oddWorkbook({ ...honest, parts: outside }), 'damaged', 'a sheet outside of the package');
  assert.deepEqual(await readCells(without('xl/styles.xml')), [['Họ và tên', 7]], 'styles may be missing');
  assert.deepEqual(await readCells(without('xl/sharedStrings.xml')), [['Họ và tên', 7]], 'and so may shared strings');
});

test('parts that should be small are not unpacked when they say that they are huge', async () => {
  const noDeflate = Buffer.alloc(100_000, 0xff);
  for (const name of ['xl/workbook.xml', 'xl/styles.xml', 'xl/_rels/workbook.xml.rels', '[Content_Types].xml'])
    await refusedAs(part(name, { size: 17 * 1024 * 1024 }, { packed: noDeflate }), 'unsafe', name);
  await refusedAs(oddWorkbook({ ...honest, relations: '<Relationship/>'.repeat(5001) }), 'unsafe', 'endless relations');
  // The same lie about a sheet is looked into, and found to be no deflate stream.
  await refusedAs(part(sheet, { size: 17 * 1024 * 1024 }, { packed: noDeflate }), 'damaged', sheet);
});
