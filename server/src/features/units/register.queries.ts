// Writes the register of units as the owner of the database, past row-level security.
import type pg from 'pg';

export type RegisterKind = 'ministry' | 'province' | 'district' | 'commune' | 'school';

export interface RegisterUnit {
  id: string;
  kind: RegisterKind;
  code: string;
  name: string;
  levelGroup: string | null;
  levels: string[];
  mainLevel: string | null;
  provinceCode: string | null;
  parentId: string | null;
}

/** Units that are entered today have always been there: reports of last September find who reviews them. */
const inForceSince = '[2000-01-01,)';

export async function findUnits(owner: pg.ClientBase, kind: string, codes: string[]): Promise<Map<string, string>> {
  const { rows } = await owner.query<{ code: string; id: string }>(
    'select code, id from unit where kind = $1 and code = any ($2) and valid @> current_date',
    [kind, codes],
  );
  return new Map(rows.map((row) => [row.code, row.id]));
}

export async function hasUnits(owner: pg.ClientBase): Promise<boolean> {
  const { rowCount } = await owner.query('select 1 from unit limit 1');
  return rowCount !== 0;
}

export async function findProvinceName(owner: pg.ClientBase, code: string, day: string): Promise<string | undefined> {
  const { rows } = await owner.query<{ name: string | null }>(
    `select coalesce(
       (select name from unit where kind = 'province' and code = $1 and valid @> $2::date),
       (select 'Sở Giáo dục và Đào tạo ' || name from admin_unit where level = 'province' and code = $1 and valid @> $2::date)) as name`,
    [code, day],
  );
  return rows[0]!.name ?? undefined;
}

export async function insertUnits(owner: pg.ClientBase, units: RegisterUnit[]): Promise<void> {
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

/** Names and levels as the file has them; answers how many units changed. */
export async function updateUnits(owner: pg.ClientBase, units: RegisterUnit[]): Promise<number> {
  const { rowCount } = await owner.query(
    `update unit set name = g.name, level_group = g."levelGroup", levels = g.levels, main_level = g."mainLevel", province_code = g."provinceCode"
     from (select u.id, u.name, u."levelGroup", array(select jsonb_array_elements_text(u.levels)) as levels, u."mainLevel", u."provinceCode"
       from jsonb_to_recordset($1) as u (id uuid, name text, "levelGroup" text, levels jsonb, "mainLevel" text, "provinceCode" text)) g
     where unit.id = g.id and (unit.name, unit.level_group, unit.levels, unit.main_level, unit.province_code)
       is distinct from (g.name, g."levelGroup", g.levels, g."mainLevel", g."provinceCode")`,
    [JSON.stringify(units)],
  );
  return rowCount ?? 0;
}

/**
 * From a day on, units stand under the office that the file names; before it, under the one before. Relations of a single level
 * of education stay. Answers how many units moved.
 */
export async function moveUnits(
  owner: pg.ClientBase,
  units: ReadonlyArray<{ id: string; parentId: string | null }>,
  since: string,
): Promise<number> {
  const { rows } = await owner.query<{ child_id: string; parent_id: string; role: string }>(
    `select r.child_id, g."parentId" as parent_id, r.role
     from unit_relation r join jsonb_to_recordset($1) as g (id uuid, "parentId" uuid) on g.id = r.child_id
     where r.role in ('managing', 'reviewing') and r.level = '*' and r.valid @> $2::date and r.parent_id <> g."parentId"`,
    [JSON.stringify(units), since],
  );
  if (rows.length === 0) return 0;
  const moved = JSON.stringify(rows);
  const named = `from jsonb_to_recordset($1) as m (child_id uuid, parent_id uuid, role text) where r.child_id = m.child_id and r.role = m.role and r.level = '*'`;
  await owner.query(
    `delete from unit_relation r using jsonb_to_recordset($1) as m (child_id uuid, role text)
     where r.child_id = m.child_id and r.role = m.role and r.level = '*' and lower(r.valid) >= $2::date`,
    [moved, since],
  );
  await owner.query(
    `update unit_relation r set valid = daterange(lower(r.valid), $2::date) ${named} and r.valid @> $2::date`,
    [moved, since],
  );
  await owner.query(
    `insert into unit_relation (child_id, parent_id, role, level, valid)
     select m.child_id, m.parent_id, m.role, '*', daterange($2::date, null)
     from jsonb_to_recordset($1) as m (child_id uuid, parent_id uuid, role text)`,
    [moved, since],
  );
  return new Set(rows.map((row) => row.child_id)).size;
}

/** Schools of these provinces that the file does not name. */
export async function countOthers(owner: pg.ClientBase, provinceCodes: string[], ids: string[]): Promise<number> {
  const { rows } = await owner.query<{ others: number }>(
    `select count(*)::integer as others from unit
     where kind = 'school' and province_code = any ($1) and valid @> current_date and id <> all ($2::uuid[])`,
    [provinceCodes, ids],
  );
  return rows[0]!.others;
}

/** Without statistics the first queries after a load are planned for empty tables. */
export async function analyzeUnits(owner: pg.ClientBase): Promise<void> {
  for (const table of ['unit', 'unit_relation', 'reporting_line']) await owner.query(`analyze ${table}`);
}
