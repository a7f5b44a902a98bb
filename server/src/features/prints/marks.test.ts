// What is not official says so on paper: section by section, in the PDF's lines and in the Excel file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import ExcelJS from 'exceljs';
import { findForm, loadForms } from '#features/forms';
import { layOutPrint } from './print-layout.ts';
import { printPdf, printXlsx } from './prints.actions.ts';
import type { PrintSource } from './prints.queries.ts';

const remark = 'mã riêng, không thuộc biểu chính thức';

const draftOf = (formCode: string, formVersion: string): PrintSource => ({
  unitName: 'Trường Tiểu học Mẫu',
  unitKind: 'school',
  aboveName: 'Phòng GDĐT Mẫu',
  headName: null,
  provinceName: 'Tỉnh Thái Nguyên',
  formCode,
  formVersion,
  periodName: 'Đầu năm học 2024-2025',
  schoolYear: 2024,
  asOf: '2024-09-30',
  state: 'draft',
  cells: { '1.1': 1 },
  submission: null,
});

/** The first column of the sheets that somebody downloads. */
async function linesInExcel(formCode: string, formVersion: string): Promise<string[]> {
  const { content } = await printXlsx(draftOf(formCode, formVersion), 'https://khuevan.example');
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(content as unknown as ArrayBuffer);
  return workbook.worksheets.flatMap((sheet) => (sheet.getColumn(1).values as unknown[]).map(String));
}

// Written by hand: the sections whose rows are not in the print of Thông tư 24/2018/TT-BGDĐT.
const cases: Array<[code: string, version: string, attached: string[]]> = [
  ['01-MN-ĐN', '2018', ['NS']],
  ['02-TH-ĐN', '2018', ['NS']],
  ['02-TH-ĐN', '2022', ['NS', 'I (bổ sung)']],
];

for (const [code, version, attached] of cases)
  test(`${code} ${version}: ${attached.join(' and ')} bear the remark in print and in Excel, and nothing else does`, async () => {
    const form = findForm(code, version);
    const titles = layOutPrint(form, {}).flatMap(({ rows }) => rows.filter(({ kind }) => kind === 'title'));
    assert.deepEqual(
      titles.map(({ text }) => text),
      form.sections.map(
        ({ number, title }) => `${number} ${title.vi}${attached.includes(number) ? ` – ${remark}` : ''}`,
      ),
    );
    const inExcel = (await linesInExcel(code, version)).filter((text) => text.includes(remark));
    assert.deepEqual(
      inExcel,
      titles.map(({ text }) => text).filter((text) => text.includes(remark)),
    );
  });

test('a row whose number was never seen in print bears a code of ours', () => {
  const isNumber = (code: string) => /^\d+$/.test(code);
  // The budget sheet of 01-MN-ĐN prints them.
  const printed = (code: number) => (code >= 15 && code <= 23) || (code >= 56 && code <= 71);
  for (const form of loadForms().filter(({ version }) => version === '2018'))
    for (const { rows } of form.sections.filter(({ official = form.official }) => !official)) {
      const numbers = rows.map(({ code }) => code).filter(isNumber);
      assert.deepEqual(
        form.slug === 'x07-nsnn-dn' ? numbers.filter((code) => !printed(Number(code))) : numbers,
        [],
        form.code,
      );
    }
});

test('a page is rendered', async () => {
  const { content } = await printPdf(draftOf('02-TH-ĐN', '2022'), 'https://khuevan.example');
  assert.equal((content as Buffer).subarray(0, 4).toString('latin1'), '%PDF');
});
