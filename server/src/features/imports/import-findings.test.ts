// What is wrong in a file is said exactly: each planted fault by its rule, with sheet, row, column and value; one line for each
// rule; and a marked-up file in which exactly the bad cells are marked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import ExcelJS from 'exceljs';
import type { FastifyInstance } from 'fastify';
import type { RecordKindName } from '@khuevan/core/records/field.ts';
import { recordKinds } from '@khuevan/core/records/kinds.ts';
import { recordRules } from '@khuevan/core/rules/catalogue.ts';
import { plantFault, readingFaults } from '@khuevan/core/rules/faults.ts';
import { isOfPreschool } from '@khuevan/core/rules/preschool-faults.ts';
import type { RecordValues } from '@khuevan/core/rules/rule.ts';
import { drawSampleSchool } from '@khuevan/core/rules/sample-school.ts';
import type { TestDatabase } from '#platform/testing.ts';
import { units, type PersonName, type UnitName } from '#testing/cast.ts';
import {
  bytesOf,
  type FindingBody,
  type Importer,
  type ImportBody,
  sheetOf,
  type SummaryBody,
  openImporting,
} from '#testing/imports.ts';
import { readSheets } from '#testing/odd-workbooks.ts';

let db: TestDatabase;
let app: FastifyInstance;
let importer: Importer;
before(async () => {
  ({ db, app, importer } = await openImporting({ schools: [] }));
  const { site, class: classes } = drawSampleSchool('pool 0', 40).records;
  await importAll('clerk.hoasen', 'hoaSen', 'site', site);
  await importAll(
    'clerk.hoasen',
    'hoaSen',
    'class',
    classes.map((record) => ({ ...record, homeroomTeacher: null })),
  );
});
after(async () => {
  await app.close();
  await db.close();
});

const count = async (from: string) =>
  Number((await db.owner.query<{ n: string }>(`select count(*) as n from ${from}`)).rows[0]!.n);

const imported: RecordKindName[] = ['site', 'staff', 'class', 'student', 'room', 'budget'];

async function importAll(person: PersonName, unit: UnitName, kind: RecordKindName, rows: readonly RecordValues[]) {
  const ready = await importer.readIn(person, unit, kind, await bytesOf([sheetOf(kind, rows)]));
  assert.deepEqual(
    [ready.state, ready.rowsBad, ready.toAdd],
    ['ready', 0, rows.length],
    await tell(person, unit, ready),
  );
  await importer.apply(person, unit, ready.id);
}

/** All findings, page by page. */
async function findingsOf(person: PersonName, unit: UnitName, id: string): Promise<FindingBody[]> {
  const found: FindingBody[] = [];
  for (let page = 1; ; page += 1) {
    const { total, findings } = await importer.ask<{ total: number; findings: FindingBody[] }>(
      person,
      unit,
      id,
      `/findings?page=${page}&pageSize=50`,
    );
    found.push(...findings);
    if (found.length >= total) return found;
    assert.ok(findings.length > 0);
  }
}

const tell = async (person: PersonName, unit: UnitName, body: ImportBody) =>
  JSON.stringify([body.refusal, (await findingsOf(person, unit, body.id)).slice(0, 5)]);

test('a whole school comes in by files and goes out by files that change nothing', async () => {
  const { records } = drawSampleSchool('by files', 60);
  for (const kind of imported) await importAll('clerk.doican', 'doiCan', kind, records[kind]);
  for (const kind of imported) {
    assert.equal(
      await count(`${recordKinds[kind].view} where school_id = '${units.doiCan.id}'`),
      records[kind].length,
      kind,
    );
    const path = `/units/${units.doiCan.id}/templates/${kind}?schoolYear=2024&prefilled=true`;
    const { raw } = await importer.request('clerk.doican', 'GET', path);
    const again = await importer.readIn('clerk.doican', 'doiCan', kind, raw);
    const { state, toAdd, toChange, toLeave, rowsBad } = again;
    assert.deepEqual(
      [state, toAdd, toChange, toLeave, rowsBad],
      ['ready', 0, 0, records[kind].length, 0],
      `${kind} ${await tell('clerk.doican', 'doiCan', again)}`,
    );
  }
  const names = await db.owner.query<{ full_name: string }>('select full_name from student order by full_name');
  assert.deepEqual(
    names.rows.map((row) => row.full_name).toSorted(),
    records.student.map(({ fullName }) => String(fullName)).toSorted(),
  );
});

/** Rules whose faults nobody can plant in one row of a file; those of preschools are in files of preschools (level-columns.test.ts). */
const elsewhere = new Set([
  'class_too_large',
  'class_empty',
  'class_site_unknown',
  'class_teacher_unknown',
  // Of a column that a primary school does not have.
  'class_specialisation_level',
  // The files come in October: any result of the year is early then. Missing ones are the business of the end-of-year report.
  'student_year_result_leaver',
  'student_result_level',
  'student_year_result_grade',
  'student_year_result_contradicts',
  'student_year_result_missing',
  'student_assessment_missing',
]);

interface Planted {
  rule: string;
  row: number;
  record: RecordValues;
}

/** Records of several schools as if they were of one: numbers and codes of their own, so that none is taken for another. */
function poolOf(kind: RecordKindName): RecordValues[] {
  const drawn = [0, 1, 2, 3].flatMap((seed) => drawSampleSchool(`pool ${seed}`, 40).records[kind]);
  return drawn.map((record, index) => {
    const code = kind === 'class' || kind === 'site' ? `N${index}` : null;
    const own = { ...record, code, ...(kind === 'class' && { name: `Lớp N${index}`, homeroomTeacher: null }) };
    return typeof record.pin === 'string' ? { ...own, pin: record.pin.slice(0, 6) + String(500_000 + index) } : own;
  });
}

/** One row for each rule of the kind, each with its one fault, and a row without faults between any two. */
function plantAll(kind: RecordKindName) {
  const { context } = drawSampleSchool('pool 0', 40);
  const pool = poolOf(kind);
  const rules = [
    ...recordRules
      .filter((rule) => rule.kind === kind && !elsewhere.has(rule.id) && !isOfPreschool(rule.id))
      .map(({ id }) => id),
    ...Object.entries(readingFaults).flatMap(([id, fault]) => (fault.kind === kind ? [id] : [])),
  ];
  const planted: Planted[] = [];
  const rows: RecordValues[] = [];
  for (const rule of rules) {
    rows.push(pool.shift()!);
    for (;;) {
      try {
        const broken = plantFault(rule, pool.shift()!, context);
        // Whoever is born in another year got a number that others got as well.
        const { pin } = broken;
        const record =
          typeof pin === 'string' && pin.length === 12
            ? { ...broken, pin: pin.slice(0, 6) + String(700_000 + rows.length) }
            : broken;
        planted.push({ rule, row: rows.length + 2, record });
        rows.push(record);
        break;
      } catch (error) {
        assert.ok(error instanceof RangeError && pool.length > 0, `${rule}: ${String(error)}`);
      }
    }
  }
  return { rows, planted };
}

const fills = { FFFFC7CE: 'error', FFFFEB9C: 'warning' } as Record<string, string>;

/** Marked cells of a marked-up file: "row of the upload, heading" -> how it is marked; a program that is not ours reads it. */
async function marksOf(
  bytes: Buffer,
): Promise<{ marks: Map<string, string>; notes: Map<string, string>; rows: number[] }> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(bytes as unknown as ArrayBuffer, { ignoreNodes: ['dataValidations'] });
  const sheet = workbook.worksheets[0]!;
  const marks = new Map<string, string>();
  const notes = new Map<string, string>();
  const rows: number[] = [];
  const headings = sheet.getRow(4);
  sheet.eachRow((row, number) => {
    if (number < 5) return;
    const place = /dòng (\d+):/i.exec(row.getCell(1).text)![1]!;
    rows.push(Number(place));
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      const fill = cell.fill as ExcelJS.FillPattern | undefined;
      const tone = fills[fill?.fgColor?.argb ?? ''];
      if (!tone || column === 1) return;
      const key = `${place} ${headings.getCell(column).text.replace(/ \*$/, '')}`;
      marks.set(key, tone);
      const note = cell.note as ExcelJS.Comment | undefined;
      notes.set(key, (note?.texts ?? []).map(({ text }) => text).join(''));
    });
  });
  return { marks, notes, rows };
}

for (const kind of ['student', 'staff', 'class', 'site'] as const) {
  test(`each fault planted in a file of kind ${kind} is found by its rule, at its place, and marked there`, async () => {
    const { rows, planted } = plantAll(kind);
    const bytes = await bytesOf([sheetOf(kind, rows, { name: 'Tờ 1' })]);
    const ready = await importer.readIn('clerk.hoasen', 'hoaSen', kind, bytes);
    assert.equal(ready.state, 'ready', ready.refusal?.vi);
    const findings = (await findingsOf('clerk.hoasen', 'hoaSen', ready.id)).filter(
      ({ rule }) => rule !== 'import_column_ignored',
    );

    assert.deepEqual(
      findings.map(({ rule, row, sheet }) => `${row} ${rule} ${sheet}`).toSorted(),
      planted.map(({ rule, row }) => `${row} ${rule} Tờ 1`).toSorted(),
    );
    // The column is one of the kind's, and where a value is told it is what stands in that cell of the file.
    const [sheet] = await readSheets(bytes);
    const headings = sheet!.rows[0]!.cells.map(String);
    for (const { rule, row, field, value } of findings) {
      const label = recordKinds[kind].fields.find(({ key }) => key === field)?.label.vi;
      assert.ok(label && headings.includes(label), `${rule} points at ${field}`);
      if (value === undefined) continue;
      const cell = sheet!.rows.find(({ number }) => number === row)!.cells[headings.indexOf(label)];
      const written = planted.find((each) => each.row === row)!.record[field!];
      assert.ok(isSaid(value, cell, written), `${rule}: ${value} is not ${JSON.stringify([cell, written])}`);
    }

    const expected = new Map<string, string>();
    const bad = new Set(findings.filter(({ severity }) => severity === 'error').map(({ row }) => row));
    assert.equal(ready.rowsBad, bad.size);
    assert.equal(ready.rowsGood, rows.length - bad.size);
    for (const { rule, row, field, severity } of findings) {
      assert.equal(rule, planted.find((each) => each.row === row)!.rule);
      if (bad.has(row))
        expected.set(`${row} ${recordKinds[kind].fields.find(({ key }) => key === field)!.label.vi}`, severity);
    }
    if (bad.size === 0)
      return assert.equal((await importer.ask<ImportBody>('clerk.hoasen', 'hoaSen', ready.id)).hasMarkedFile, false);
    const path = `/units/${units.hoaSen.id}/imports/${ready.id}/marked-file`;
    const { marks, notes, rows: shown } = await marksOf((await importer.request('clerk.hoasen', 'GET', path)).raw);
    assert.deepEqual(
      shown,
      [...bad].toSorted((a, b) => a - b),
    );
    assert.deepEqual(Object.fromEntries(marks), Object.fromEntries(expected));
    for (const { row, field, message } of findings.filter((each) => bad.has(each.row)))
      assert.equal(
        notes.get(`${row} ${recordKinds[kind].fields.find(({ key }) => key === field)!.label.vi}`),
        message.vi,
      );
  });
}

/** What a finding tells of a cell: the cell itself, the code it stands for, or a personal number with its middle hidden, or all of one that is none. */
function isSaid(value: string, cell: unknown, written: unknown): boolean {
  const told = [cell, written].flatMap((each) =>
    Array.isArray(each) ? [each.join(', '), each.join('; '), ...each] : [String(each)],
  );
  if (told.includes(value)) return true;
  if (/^•+$/.test(value)) return told.some((each) => each.length === value.length);
  return /•/.test(value) && told.some((each) => each.startsWith(value.slice(0, 6)) && each.endsWith(value.slice(-2)));
}

test('the summary has one line for each rule, with how many and the first and last row, in the order of weight', async () => {
  const { context } = drawSampleSchool('pool 0', 40);
  const plan: Record<string, number[]> = {
    bad_date: [2, 9, 31],
    student_class_unknown: [5, 6],
    student_pin_missing: [3, 4, 10, 20],
    required: [40],
    bad_code: [9],
  };
  const rows = poolOf('student')
    .slice(0, 60)
    .map((record, index) => {
      let changed: RecordValues = record;
      for (const [rule, places] of Object.entries(plan))
        if (places.includes(index + 2)) changed = plantFault(rule, changed, context);
      return changed;
    });
  const ready = await importer.readIn(
    'clerk.hoasen',
    'hoaSen',
    'student',
    await bytesOf([sheetOf('student', rows, { name: 'Tờ 1' })]),
  );
  const { rules } = await importer.ask<SummaryBody>('clerk.hoasen', 'hoaSen', ready.id, '/summary');
  const lineOf = (rule: string, severity: string) => ({
    rule,
    severity,
    count: plan[rule]!.length,
    firstRow: Math.min(...plan[rule]!),
    lastRow: Math.max(...plan[rule]!),
    sheet: 'Tờ 1',
  });
  assert.deepEqual(
    rules.map(({ rule, severity, count: all, firstRow, lastRow, sheet }) => ({
      rule,
      severity,
      count: all,
      firstRow,
      lastRow,
      sheet,
    })),
    [
      lineOf('bad_date', 'error'),
      lineOf('student_class_unknown', 'error'),
      lineOf('bad_code', 'error'),
      lineOf('required', 'error'),
      lineOf('student_pin_missing', 'warning'),
    ],
  );
  assert.equal(ready.rowsBad, new Set([2, 9, 31, 5, 6, 40]).size);
  const { total, findings } = await importer.ask<{ total: number; findings: FindingBody[] }>(
    'clerk.hoasen',
    'hoaSen',
    ready.id,
    '/findings?rule=bad_date&page=2&pageSize=2',
  );
  assert.deepEqual([total, findings.map(({ row }) => row)], [3, [31]]);
});

test('cells that hold anything at all are findings, never a failure', async () => {
  const [first, ...others] = poolOf('student');
  const odd: Record<string, string> = {
    fullName: 'Nguyễn\u0000Văn An',
    guardianPhone: `${'x'.repeat(99)}😀 và còn nữa`,
    guardianName: '\uFFFE\u0007',
    ethnicity: '\\u0000 \\ud800 "\\"',
    classCode: "'; drop table student; --",
    destination: '=1+1',
    grade: '\u001F\u001E',
    sex: '_x0000_',
    birthDate: '{"a":[1]}',
    leaveReason: '😀'.repeat(60),
    pin: '\u0085\u2028\u200B',
  };
  const rows = Object.entries(odd).map(([key, value], index) => ({ ...others[index]!, [key]: value }));
  const ready = await importer.readIn(
    'clerk.hoasen',
    'hoaSen',
    'student',
    await bytesOf([sheetOf('student', [first!, ...rows])]),
  );
  assert.deepEqual([ready.state, ready.rowsRead], ['ready', rows.length + 1], ready.refusal?.vi);
  const findings = await findingsOf('clerk.hoasen', 'hoaSen', ready.id);
  for (const [index, key] of Object.keys(odd).entries()) {
    const found = findings.filter(({ row }) => row === index + 3);
    if (key === 'pin') continue;
    assert.ok(
      found.some(({ field }) => field === key),
      `${key}: ${JSON.stringify(found)}`,
    );
  }
  const told = Object.fromEntries(findings.map(({ field, row, value }) => [`${row} ${field}`, value]));
  assert.equal(told['3 fullName'], 'Nguyễn\uFFFDVăn An');
  assert.equal(told['4 guardianPhone'], 'x'.repeat(99));
  assert.equal(told['6 ethnicity'], '\\u0000 \\ud800 "\\"');
  assert.ok(ready.hasMarkedFile);
  const path = `/units/${units.hoaSen.id}/imports/${ready.id}/marked-file`;
  const { raw } = await importer.request('clerk.hoasen', 'GET', path);
  assert.equal((await readSheets(raw))[0]!.rows.filter(({ number }) => number > 4).length, ready.rowsBad);
});
