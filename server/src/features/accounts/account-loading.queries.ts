// Writes accounts as the owner of the database, past row-level security: for commands and for the demo.
import type pg from 'pg';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import { now } from '#platform/clock.ts';
import { newId } from '#platform/ids.ts';

export interface NewAccount {
  username: string;
  displayName: string;
  unitId: string;
  role: string;
  /** Levels of education it is limited to; absent: all. */
  levels?: string[];
}

interface Beginning {
  passwordHash: string;
  mustChangePassword: boolean;
  /** The day from which the roles hold. */
  since: string;
}

/** Each with one role in its unit; answers their ids in the same order. */
export async function insertAccounts(
  owner: pg.ClientBase,
  accounts: readonly NewAccount[],
  { passwordHash, mustChangePassword, since }: Beginning,
): Promise<string[]> {
  const made = accounts.map((each) => ({ ...each, id: newId(), membershipId: newId() }));
  await owner.query(
    `insert into account (id, unit_id, username, display_name, password_hash, must_change_password, created_at)
     select a.id, a."unitId", a.username, a."displayName", $2, $3, $4
     from jsonb_to_recordset($1) as a (id uuid, "unitId" uuid, username text, "displayName" text)`,
    [JSON.stringify(made), passwordHash, mustChangePassword, now()],
  );
  await owner.query(
    `insert into membership (id, account_id, unit_id, role, levels, valid)
     select a."membershipId", a.id, a."unitId", a.role, a.levels, daterange($2::date, null)
     from jsonb_to_recordset($1) as a (id uuid, "unitId" uuid, role text, levels text[], "membershipId" uuid)`,
    [JSON.stringify(made), since],
  );
  return made.map((each) => each.id);
}

export async function findAccount(owner: pg.ClientBase, username: string): Promise<boolean> {
  const { rowCount } = await owner.query('select 1 from account where username = $1', [username]);
  return rowCount !== 0;
}

/** A code may be that of a school and of an office. */
export async function findUnitsOfCode(
  owner: pg.ClientBase,
  code: string,
): Promise<Array<{ id: string; kind: UnitKind; name: string }>> {
  const { rows } = await owner.query<{ id: string; kind: UnitKind; name: string }>(
    'select id, kind, name from unit where code = $1 and valid @> current_date order by kind',
    [code],
  );
  return rows;
}
