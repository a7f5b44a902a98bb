// First act: the clerk and Excel. Templates, an import with planted errors, the marked-up file, the fix, the same file again.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import {
  applyImport,
  downloadMarkedFile,
  downloadTemplate,
  listImportFindings,
  readImport,
  startImport,
  summariseImport,
} from '@khuevan/core/contract/imports.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { listKinds } from '@khuevan/core/records/kinds.ts';
import { RefusedError, type Person } from './api-client.ts';
import { must, type Story } from './step.ts';

type ImportState = ResponseOf<typeof readImport>;

interface Desk {
  story: Story;
  clerk: Person;
  params: { unitId: string };
  students: { kind: 'student'; schoolYear: number };
  out: string;
}

export async function playExcel(story: Story, clerk: Person, schoolYear: number, out: string): Promise<void> {
  const desk: Desk = { story, clerk, params: { unitId: clerk.unitId }, students: { kind: 'student', schoolYear }, out };
  await story.step(
    'templates of every record kind',
    () =>
      Promise.all(
        listKinds.map((kind) =>
          clerk.file(downloadTemplate, {
            params: { ...desk.params, kind: kind.name as 'student' },
            query: { schoolYear },
          }),
        ),
      ),
    (files) => ({ templates: files.length, bytes: files.reduce((sum, file) => sum + file.length, 0) }),
  );
  const template = await clerk.file(downloadTemplate, {
    params: { ...desk.params, kind: 'student' },
    query: { schoolYear, prefilled: 'true' },
  });
  await importWithErrors(desk, template);
  await importCorrected(desk, template);
}

async function importWithErrors({ story, clerk, params, students, out }: Desk, template: Buffer): Promise<void> {
  const before = await countStudents(clerk, students.schoolYear);
  const bad = await editTemplate(template, plantErrors);
  const read = await story.step(
    'import with planted errors: read and checked',
    () => importFile(clerk, students, 'hoc-sinh-co-loi.xlsx', bad),
    (state) => ({ rows: state.rowsRead, bad: state.rowsBad }),
  );
  const one = { ...params, id: read.id };
  must(
    read.state === 'ready' && read.rowsBad === planted.length,
    `${planted.length} rows were planted, ${read.rowsBad} found bad (${read.state})`,
  );
  const { findings } = await clerk.call(listImportFindings, { params: one, query: { pageSize: 200 } });
  for (const { row, field } of planted)
    must(
      findings.some((finding) => finding.severity === 'error' && finding.field === field && finding.row === row),
      `the fault planted at row ${row}, ${field} is found`,
    );
  const { rules } = await clerk.call(summariseImport, { params: one });
  await until(clerk, read.id, (state) => state.hasMarkedFile);
  await writeFile(join(out, 'hoc-sinh-da-danh-dau.xlsx'), await clerk.file(downloadMarkedFile, { params: one }));
  const answer = await clerk.call(applyImport, { params: one, body: { mode: 'all' } }).then(
    async () => (await settled(clerk, read.id)).state,
    (error: unknown) => (error instanceof RefusedError ? error.code : Promise.reject(error as Error)),
  );
  await story.step(
    'all or nothing: refused, nothing written',
    () => countStudents(clerk, students.schoolYear),
    (count) => ({ students: count, answer, rules: rules.length }),
  );
  must((await countStudents(clerk, students.schoolYear)) === before, 'a refused import writes nothing');
}

async function importCorrected({ story, clerk, params, students }: Desk, template: Buffer): Promise<void> {
  const before = await countStudents(clerk, students.schoolYear);
  const counts = (state: ImportState) => ({ added: state.toAdd, changed: state.toChange, left: state.toLeave });
  const good = await editTemplate(template, addPupils);
  const ready = await importFile(clerk, students, 'hoc-sinh-da-sua.xlsx', good);
  must(ready.rowsBad === 0 && ready.toAdd === newPupils.length, `${ready.toAdd} to add, ${ready.rowsBad} bad`);
  await clerk.call(applyImport, { params: { ...params, id: ready.id }, body: { mode: 'all' } });
  const applied = await story.step('the corrected file is written', () => settled(clerk, ready.id), counts);
  const after = await countStudents(clerk, students.schoolYear);
  must(
    applied.state === 'applied' && after === before + newPupils.length,
    `${applied.state}: ${after} pupils after ${before}`,
  );

  const again = await story.step(
    'the same file again changes nothing',
    () => importFile(clerk, students, 'hoc-sinh-da-sua.xlsx', good),
    counts,
  );
  must(again.toAdd === 0 && again.toChange === 0, `${again.toAdd} to add, ${again.toChange} to change`);
}

/** Rows of the sheet with the value that breaks them. Row 1 of the records is the first below the head. */
const planted: Array<{ record: number; field: string; header: string; value: string; row: number }> = [
  { record: 1, field: 'birthDate', header: 'Ngày sinh', value: '31/02/2018', row: 0 },
  { record: 3, field: 'ethnicity', header: 'Dân tộc', value: 'Kinhh', row: 0 },
  { record: 5, field: 'classCode', header: 'Lớp', value: '9Z', row: 0 },
  { record: 8, field: 'sex', header: 'Giới tính', value: '', row: 0 },
];

const newPupils = ['Nguyễn Thị Ánh Dương', 'Hoàng Đức Ân', 'Ma Thị Yến'];

interface Sheet {
  sheet: ExcelJS.Worksheet;
  headRow: number;
  column(header: string): number;
  lastRow: number;
}

async function editTemplate(template: Buffer, edit: (sheet: Sheet) => void): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(template as unknown as ArrayBuffer);
  const found = workbook.worksheets.map(findHead).find((each) => each !== undefined);
  if (!found) throw new Error('the template has no head row');
  edit(found);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function findHead(sheet: ExcelJS.Worksheet): Sheet | undefined {
  for (let headRow = 1; headRow <= 10; headRow += 1) {
    const headers = new Map<string, number>();
    sheet.getRow(headRow).eachCell((cell, column) => headers.set(cell.text.replaceAll('*', '').trim(), column));
    if (!headers.has('Họ và tên') || !headers.has('Ngày sinh')) continue;
    const column = (header: string) => headers.get(header) ?? headers.size + 1;
    let lastRow = headRow;
    while (sheet.getRow(lastRow + 1).getCell(column('Họ và tên')).text !== '') lastRow += 1;
    return { sheet, headRow, column, lastRow };
  }
  return undefined;
}

function plantErrors({ sheet, headRow, column }: Sheet): void {
  for (const fault of planted) {
    fault.row = headRow + fault.record;
    sheet.getRow(fault.row).getCell(column(fault.header)).value = fault.value || null;
  }
}

/** New rows are typed below the last, as a clerk would: copied from a classmate, with another name, no code and no number. */
function addPupils({ sheet, headRow, column, lastRow }: Sheet): void {
  for (const [index, name] of newPupils.entries()) {
    const row = sheet.getRow(lastRow + 1 + index);
    sheet.getRow(headRow + 1 + index).eachCell((cell, place) => {
      row.getCell(place).value = cell.value;
    });
    row.getCell(column('Họ và tên')).value = name;
    for (const header of ['Mã học sinh', 'Số định danh cá nhân', 'Mã định danh Bộ GDĐT'])
      row.getCell(column(header)).value = null;
  }
}

async function importFile(
  clerk: Person,
  query: { kind: 'student'; schoolYear: number },
  name: string,
  content: Buffer,
): Promise<ImportState> {
  const started = await clerk.upload(startImport, { params: { unitId: clerk.unitId }, query }, name, content);
  return settled(clerk, started.id);
}

const settled = (clerk: Person, id: string): Promise<ImportState> =>
  until(clerk, id, (state) => !['waiting', 'reading', 'applying'].includes(state.state));

async function until(clerk: Person, id: string, holds: (state: ImportState) => boolean): Promise<ImportState> {
  for (let tries = 0; tries < 600; tries += 1) {
    const state = await clerk.call(readImport, { params: { unitId: clerk.unitId, id } });
    if (holds(state)) return state;
    await pause(100);
  }
  throw new Error(`import ${id} does not settle`);
}

async function countStudents(clerk: Person, schoolYear: number): Promise<number> {
  return (
    await clerk.call(recordEndpoints.student.list, {
      params: { schoolId: clerk.unitId },
      query: { schoolYear, pageSize: 1 },
    })
  ).total;
}
