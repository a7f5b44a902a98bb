// A province of schools with their sites and classes, and one workbook with all their pupils, as an office would upload it.
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { codeName } from '../core/src/codes/index.ts';
import type { Field } from '../core/src/records/field.ts';
import { choiceOf, formatValue } from '../core/src/records/format.ts';
import { recordKinds } from '../core/src/records/kinds.ts';
import { createSchool } from '../server/src/features/demo/people.ts';
import { templateColumns, templateSheets } from '../server/src/features/imports/template.ts';
import { loadSchools, type LoadedRecord } from '../server/src/features/records/index.ts';
import type { Cell } from '../server/src/platform/excel-cells.ts';
import { writeWorkbook, type SheetRow } from '../server/src/platform/excel-writer.ts';
import { newId } from '../server/src/platform/ids.ts';
import type { Secrets } from '../server/src/platform/secrets.ts';
import { schoolYear } from './province.ts';

export const pupilCount = 100_000;
const schoolCount = 245;
const seenOn = `${schoolYear}-10-09`;
const province = { id: newId(), code: '19', name: 'Sở GDĐT' };
export const importer = { accountId: newId(), username: 'quantri.bench', unitId: province.id };

interface School {
  id: string;
  code: string;
  ordinal: number;
}

const schools: School[] = Array.from({ length: schoolCount }, (_, ordinal) => ({
  id: newId(),
  code: `19${String(ordinal).padStart(6, '0')}`,
  ordinal,
}));

function make({ code, ordinal }: School) {
  const pupils = Math.floor(pupilCount / schoolCount) + (ordinal < pupilCount % schoolCount ? 1 : 0);
  const names = { schoolCode: code, schoolName: `Trường TH ${code}`, levelGroup: '06' };
  return createSchool(
    { seed: 'import', ordinal, schoolCount, ...names, provinceCode: '19', districtCode: '164', schoolYear, pupils },
    seenOn,
  );
}

/** Schools with everything but their pupils. */
export async function seatImportingProvince(owner: pg.Pool, secrets: Secrets): Promise<void> {
  const inForce = '[2000-01-01,)';
  await owner.query(
    `insert into unit (id, kind, code, name, province_code, valid) values ($1, 'province', $2, $3, $2, $4)`,
    [province.id, province.code, province.name, inForce],
  );
  await owner.query(
    `insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid)
     select id, 'school', code, 'Trường TH ' || code, '06', '{02}', '02', '19', $3 from unnest($1::uuid[], $2::text[]) as s (id, code)`,
    [schools.map(({ id }) => id), schools.map(({ code }) => code), inForce],
  );
  await owner.query(
    `insert into unit_relation (child_id, parent_id, role, level, valid)
     select id, $2, role, '*', $3 from unnest($1::uuid[]) as s (id), unnest(array['managing', 'reviewing']) as r (role)`,
    [schools.map(({ id }) => id), province.id, inForce],
  );
  await owner.query(
    `insert into account (id, unit_id, username, display_name, password_hash) values ($1, $2, $3, $3, 'none')`,
    [importer.accountId, province.id, importer.username],
  );
  await owner.query(
    `insert into membership (id, account_id, unit_id, role, valid) values ($1, $2, $3, 'administrator', $4)`,
    [newId(), importer.accountId, province.id, inForce],
  );
  const client = await owner.connect();
  try {
    await loadSchools(client, secrets, loads());
  } finally {
    client.release();
  }
}

function* loads() {
  for (const school of schools) {
    const { profile, sites, classes } = make(school);
    const records = { profile: [profile], site: sites, class: classes } as unknown as Record<string, LoadedRecord[]>;
    yield { schoolId: school.id, schoolYear, records };
  }
}

/** 100,000 rows in the template of the office, with every column, as people fill it: codes as their drop-downs say them. */
export async function writePupilFile(path: string): Promise<void> {
  const kind = recordKinds.student;
  const unit = { code: province.code, name: province.name, isOffice: true, levels: null };
  const columns = templateColumns(kind, unit);
  const rows = function* (): Generator<SheetRow> {
    for (const school of schools) {
      for (const pupil of make(school).students) {
        const values = pupil as unknown as Record<string, unknown>;
        yield { cells: columns.map(({ field }) => (field ? cellOf(field, values[field.key]) : school.code)) };
      }
    }
  };
  const sheets = templateSheets({ kind, unit, schoolYear, columns }, rows());
  await pipeline(writeWorkbook(sheets), createWriteStream(path));
}

function cellOf(field: Field, value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (field.type === 'code') return choiceOf(value as string, codeName(field.list ?? '', value as string, 'vi'));
  return field.type === 'boolean' ? formatValue(field, value) : (value as Cell);
}
