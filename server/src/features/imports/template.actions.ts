import { xlsx } from '@khuevan/core/contract/shapes.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import type { Field, RecordKind, RecordKindName } from '@khuevan/core/records/field.ts';
import { choiceOf, formatValue } from '@khuevan/core/records/format.ts';
import { fieldsFor, levelsAsked, recordKinds } from '@khuevan/core/records/kinds.ts';
import { codeName } from '@khuevan/core/codes/index.ts';
import type { Reading } from '#platform/database.ts';
import type { Cell } from '#platform/excel-cells.ts';
import { type SheetRow, writeWorkbook } from '#platform/excel-writer.ts';
import type { FileAnswer } from '#platform/http.ts';
import { hiddenFields } from './import-answers.ts';
import { readSchoolsInScope, readUnit, type SchoolRow } from './imports.queries.ts';
import { type TemplateColumn, type TemplateFace, templateColumns, templateSheets } from './template.ts';
import { isLastPage, readExportPage, readReferences } from './template.queries.ts';

/** Opens a reading transaction in the unit: each page of records is read in one of its own. */
export type Read = <T>(work: (reading: Reading) => Promise<T>) => Promise<T>;

/** The template of a kind; prefilled it is the export of the unit's records. */
export async function writeTemplate(
  read: Read,
  unitId: string,
  name: RecordKindName,
  schoolYear: number,
  prefilled: boolean,
): Promise<FileAnswer> {
  const kind = recordKinds[name];
  const { face, schools } = await read((reading) => planTemplate(reading, unitId, kind, schoolYear));
  const rows = prefilled ? recordRows(read, face, schools) : [];
  return {
    fileName:
      `${prefilled ? '' : 'Mẫu '}${kind.label.vi} ${face.unit.code} ${schoolYear}-${schoolYear + 1}.xlsx`.trim(),
    mediaType: xlsx,
    content: writeWorkbook(templateSheets(face, rows)),
  };
}

async function planTemplate(
  { tx, access }: Reading,
  unitId: string,
  kind: RecordKind,
  schoolYear: number,
): Promise<{ face: TemplateFace; schools: SchoolRow[] }> {
  const unit = await readUnit(tx, unitId);
  if (!unit) throw new ProblemError('not_found');
  const isOffice = unit.kind !== 'school';
  const templateUnit = { code: unit.code, name: unit.name, isOffice, levels: levelsAsked(unit) };
  const choices: Record<string, string[]> = {};
  for (const field of isOffice ? [] : fieldsFor(kind, templateUnit.levels))
    if (field.to) choices[field.key] = await readReferences(tx, recordKinds[field.to].view, unitId, schoolYear);
  const columns = templateColumns(kind, templateUnit, hiddenFields(kind, access.may('records.sensitive')));
  return { face: { kind, unit: templateUnit, schoolYear, columns, choices }, schools: await readSchoolsInScope(tx) };
}

async function* recordRows(
  read: Read,
  { kind, schoolYear, columns }: TemplateFace,
  schools: readonly SchoolRow[],
): AsyncGenerator<SheetRow> {
  for (const school of schools) {
    for (let offset = 0; ;) {
      const rows = await read(({ tx }) => readExportPage(tx, kind, school.id, schoolYear, offset));
      for (const values of rows) yield { cells: columns.map((column) => cellOf(column, values, school)) };
      if (isLastPage(rows)) break;
      offset += rows.length;
    }
  }
}

function cellOf({ field, isSchool }: TemplateColumn, values: Record<string, unknown>, school: SchoolRow): Cell {
  if (isSchool) return school.code;
  return field ? valueCell(field, values[field.key]) : null;
}

/** As the drop-downs write it, so that what was not changed reads back as it was. */
function valueCell(field: Field, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (field.type === 'code') return choice(field, value as string);
  if (field.type === 'codes') return (value as string[]).map((code) => choice(field, code)).join('; ');
  if (field.type === 'integer' || field.type === 'decimal') return value as number;
  return field.type === 'boolean' ? formatValue(field, value) : (value as string);
}

const choice = (field: Field, code: string) => choiceOf(code, codeName(field.list ?? '', code, 'vi'));
