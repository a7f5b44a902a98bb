// Writes a synthetic province as the owner of the database: units, relations, accounts, the period. Records go through loadSchools.
import type pg from 'pg';
import { newId } from '#platform/ids.ts';

export interface NewUnit {
  id: string;
  kind: 'ministry' | 'province' | 'district' | 'school';
  code: string;
  name: string;
  levelGroup: string | null;
  levels: string[];
  mainLevel: string | null;
  provinceCode: string | null;
  parentId: string | null;
}

export interface NewAccount {
  username: string;
  displayName: string;
  unitId: string;
  role: string;
}

const inForceSince = '[2000-01-01,)';

export async function findUnits(owner: pg.ClientBase, kind: string, codes: string[]): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ code: string; id: string }>(
    'select code, id from unit where kind = $1 and code = any ($2) and valid @> current_date',
    [kind, codes],
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

export async function findProvinceName(owner: pg.ClientBase, code: string, day: string): Promise<string | undefined> {
  const { rows } = await owner.query<{ name: string }>(
    `select name from admin_unit where level = 'province' and code = $1 and valid @> $2::date`,
    [code, day],
  );
  return rows[0]?.name;
}

export async function insertUnits(owner: pg.ClientBase, units: NewUnit[]): Promise<void> {
  await owner.query(
    `insert into unit (id, kind, code, name, level_group, levels, main_level, province_code, valid)
     select u.id, u.kind, u.code, u.name, u."levelGroup", array(select jsonb_array_elements_text(u.levels)), u."mainLevel", u."provinceCode", '${inForceSince}'
     from jsonb_to_recordset($1) as u (id uuid, kind text, code text, name text, "levelGroup" text, levels jsonb, "mainLevel" text, "provinceCode" text)`,
    [JSON.stringify(units)],
  );
  await owner.query(
    `insert into unit_relation (child_id, parent_id, role, level, valid)
     select u.id, u."parentId", r.role, '*', '${inForceSince}'
     from jsonb_to_recordset($1) as u (id uuid, "parentId" uuid), unnest(array['managing', 'reviewing']) as r (role) where u."parentId" is not null`,
    [JSON.stringify(units)],
  );
}

export async function insertAccounts(
  owner: pg.ClientBase,
  accounts: NewAccount[],
  passwordHash: string,
): Promise<void> {
  await owner.query(
    `with made as (
       insert into account (id, unit_id, username, display_name, password_hash)
       select a.id, a."unitId", a.username, a."displayName", $2
       from jsonb_to_recordset($1) as a (id uuid, "unitId" uuid, username text, "displayName" text) returning id, unit_id, username
     )
     insert into membership (id, account_id, unit_id, role, valid)
     select a."membershipId", m.id, m.unit_id, a.role, '${inForceSince}'
     from made m join jsonb_to_recordset($1) as a (username text, role text, "membershipId" uuid) on a.username = m.username`,
    [JSON.stringify(accounts.map((each) => ({ ...each, id: newId(), membershipId: newId() }))), passwordHash],
  );
}

export async function insertPeriod(
  owner: pg.ClientBase,
  ownerId: string,
  period: {
    name: string;
    schoolYear: number;
    asOf: string;
    opensOn: string;
    closesOn: string;
    forms: Array<{ code: string; version: string; level: string; cells: string[] }>;
    deadlines: Record<string, string>;
  },
): Promise<void> {
  const id = newId();
  await owner.query(
    `insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on) values ($1, $2, $3, $4, 'start', $5, $6, $7)`,
    [id, ownerId, period.name, period.schoolYear, period.asOf, period.opensOn, period.closesOn],
  );
  for (const form of period.forms)
    await owner.query(
      `insert into period_form (period_id, owner_id, school_year, kind, form_code, form_version, level, cells) values ($1, $2, $3, 'start', $4, $5, $6, $7)`,
      [id, ownerId, period.schoolYear, form.code, form.version, form.level, form.cells],
    );
  for (const [kind, dueOn] of Object.entries(period.deadlines))
    await owner.query('insert into period_deadline (period_id, owner_id, unit_kind, due_on) values ($1, $2, $3, $4)', [
      id,
      ownerId,
      kind,
      dueOn,
    ]);
}

export async function hasPeriod(owner: pg.ClientBase, schoolYear: number): Promise<boolean> {
  const { rowCount } = await owner.query('select 1 from period where school_year = $1', [schoolYear]);
  return rowCount !== 0;
}

export async function readDemoSetting(owner: pg.ClientBase): Promise<unknown> {
  const { rows } = await owner.query<{ value: unknown }>(`select value from setting where key = 'demo'`);
  return rows[0]?.value;
}

export async function keepDemoSetting(owner: pg.ClientBase, value: unknown): Promise<void> {
  await owner.query(`insert into setting values ('demo', $1) on conflict (key) do update set value = excluded.value`, [
    JSON.stringify(value),
  ]);
}

/** All of the build or none of it. */
export async function inOneTransaction<T>(owner: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await owner.query('begin');
  try {
    const result = await work();
    await owner.query('commit');
    return result;
  } catch (error) {
    await owner.query('rollback');
    throw error;
  }
}
