// Writes what only a synthetic province has, as the owner of the database: the period and the setting of the demo.
import type pg from 'pg';
import { newId } from '#platform/ids.ts';

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
