import { sql } from 'kysely';
import type { SetSeverity, Tolerance } from '@khuevan/core/checks/settings.ts';
import { now } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';
import { newId } from '#platform/ids.ts';

/** A form as a unit fills it on a day. */
export interface FormOfUnit {
  unitId: string;
  slug: string;
  level: string;
  asOf: string;
}

export interface SettingInForce {
  rule: string;
  severity: SetSeverity;
  tolerance: Tolerance;
  owner_id: string;
  owner_name: string;
}

/** What the unit and those above have set, the nearest first; by check. */
export async function selectSettingsInForce(
  tx: Tx,
  { unitId, slug, level, asOf }: FormOfUnit,
): Promise<SettingInForce[]> {
  const { rows } = await sql<SettingInForce>`
    select rule, severity, tolerance, owner_id, owner_name from check_settings_of(${unitId}, ${slug}, ${level}, ${asOf})`.execute(
    tx,
  );
  return rows;
}

export interface SettingRow {
  id: string;
  rule: string;
  severity: SetSeverity | null;
  tolerance: Tolerance;
  reason: string;
  owner_id: string;
  owner_name: string;
  set_by_name: string;
  set_at: Date;
}

/** Newest first. */
export async function selectSettingHistory(tx: Tx, { unitId, slug, level, asOf }: FormOfUnit): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    select s.id, s.rule, s.severity, s.tolerance, s.reason, s.owner_id, u.name as owner_name, s.set_by_name, s.set_at
    from units_above(${unitId}, ${level}, ${asOf}) a
    join check_setting s on s.owner_id = a.unit_id and s.form_slug = ${slug}
    join unit u on u.id = s.owner_id
    order by s.set_at desc, s.id desc limit 500`.execute(tx);
  return rows;
}

export interface NewSetting {
  ownerId: string;
  formSlug: string;
  rule: string;
  severity: SetSeverity | null;
  tolerance: Tolerance;
  reason: string;
  setBy: string;
  setByName: string;
}

export async function insertSetting(tx: Tx, setting: NewSetting): Promise<SettingRow> {
  const { rows } = await sql<SettingRow>`
    insert into check_setting (owner_id, id, form_slug, rule, severity, tolerance, reason, set_by, set_by_name, set_at)
    values (${setting.ownerId}, ${newId()}, ${setting.formSlug}, ${setting.rule}, ${setting.severity}, ${JSON.stringify(setting.tolerance)},
      ${setting.reason}, ${setting.setBy}, ${setting.setByName}, ${now()})
    returning id, rule, severity, tolerance, reason, owner_id, set_by_name, set_at,
      (select u.name from unit u where u.id = owner_id) as owner_name`.execute(tx);
  return rows[0]!;
}

export async function selectPeriodForm(
  tx: Tx,
  periodId: string,
  formCode: string,
): Promise<{ form_version: string; level: string; as_of: string } | undefined> {
  return tx
    .selectFrom('period_form as f')
    .innerJoin('period as p', 'p.id', 'f.period_id')
    .select(['f.form_version', 'f.level', 'p.as_of'])
    .where('f.period_id', '=', periodId)
    .where('f.form_code', '=', formCode)
    .executeTakeFirst();
}
