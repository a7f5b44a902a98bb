// Shared reference data, brought up to date at every start: code lists from core, administrative units from db/admin-units.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type pg from 'pg';
import { rowsOf } from '@khuevan/core/codes/code-list.ts';
import { codeLists } from '@khuevan/core/codes/index.ts';
import { inOneTransaction } from '#platform/owner.ts';

const folder = join(import.meta.dirname, '../../../../db/admin-units');
const unitFiles = ['provinces.csv', 'districts.csv', 'communes-until-2025-06-30.csv', 'communes-since-2025-07-01.csv'];

const lockKey = 7_305_213;

/** Idempotent; does nothing when the same data was loaded before. Runs as the owner. */
export async function loadReferences(client: pg.ClientBase): Promise<void> {
  const units = (await Promise.all(unitFiles.map((name) => readRows(name)))).flat();
  const successors = await readRows('successors.csv');
  const digest = createHash('sha256')
    .update(JSON.stringify([codeLists, units, successors]))
    .digest('hex');
  if ((await loadedDigest(client)) === digest) return;
  await inOneTransaction(client, async () => {
    // Servers that start together take turns; the second finds the work done.
    await client.query('select pg_advisory_xact_lock($1)', [lockKey]);
    if ((await loadedDigest(client)) === digest) return;
    await loadCodes(client);
    await loadAdminUnits(client, units, successors);
    await client.query(
      `insert into setting values ('references', to_jsonb($1::text)) on conflict (key) do update set value = excluded.value`,
      [digest],
    );
  });
}

async function loadedDigest(client: pg.ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ value: string }>(
    `select value #>> '{}' as value from setting where key = 'references'`,
  );
  return rows[0]?.value;
}

async function loadCodes(client: pg.ClientBase): Promise<void> {
  const entries = codeLists
    .flatMap((list) => rowsOf(list))
    .map(({ nameVi, nameEn, ...rest }) => ({ ...rest, name_vi: nameVi, name_en: nameEn }));
  await client.query('delete from code_entry');
  await client.query(
    `insert into code_entry (list, code, name_vi, name_en, sort, attributes)
     select * from json_to_recordset($1) as e (list text, code text, name_vi text, name_en text, sort integer, attributes jsonb)`,
    [JSON.stringify(entries)],
  );
}

type Row = Record<string, string>;

async function readRows(name: string): Promise<Row[]> {
  return parse(await readFile(join(folder, name), 'utf8'), { columns: true });
}

async function loadAdminUnits(client: pg.ClientBase, units: Row[], successors: Row[]): Promise<void> {
  await client.query('delete from admin_unit');
  await client.query(
    `insert into admin_unit (level, code, name, parent_code, valid)
     select level, code, name, nullif(parent_code, ''), daterange(nullif(valid_from, '')::date, nullif(valid_to, '')::date, '[]')
     from json_to_recordset($1) as u (level text, code text, name text, parent_code text, valid_from text, valid_to text)`,
    [JSON.stringify(units)],
  );
  await client.query('delete from admin_unit_succession');
  await client.query(
    `insert into admin_unit_succession (old_code, new_code, divided)
     select old_code, new_code, divided <> 'no' from json_to_recordset($1) as s (old_code text, new_code text, divided text) on conflict do nothing`,
    [JSON.stringify(successors)],
  );
}
