import { sql } from 'kysely';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/database.ts';

const face = [
  'unit.id',
  'unit.kind',
  'unit.code',
  'unit.name',
  'unit.level_group',
  'unit.levels',
  'unit.main_level',
  'unit.province_code',
] as const;

export async function selectUnit(tx: Tx, unitId: string) {
  return tx.selectFrom('unit').select(face).where('id', '=', unitId).executeTakeFirst();
}

/** Nearest first. */
export async function selectUnitsAbove(tx: Tx, unitId: string) {
  return tx
    .selectFrom(sql<{ unit_id: string; distance: number }>`units_above(${unitId}, '*', ${today()})`.as('above'))
    .innerJoin('unit', 'unit.id', 'above.unit_id')
    .select(face)
    .where('unit.id', '<>', unitId)
    .orderBy('above.distance')
    .execute();
}

export interface UnitFilter {
  search?: string | undefined;
  kind?: string | undefined;
  level?: string | undefined;
  directly?: boolean | undefined;
}

/** Units below one, each with the unit that manages it. Sorted by tier, then by Vietnamese name. */
export async function selectUnitsBelow(tx: Tx, unitId: string, filter: UnitFilter, limit: number, offset: number) {
  let query = tx
    .selectFrom(sql<{ unit_id: string }>`units_below(${unitId}, ${today()})`.as('below'))
    .innerJoin('unit', 'unit.id', 'below.unit_id')
    .leftJoinLateral(
      (inner) =>
        inner
          .selectFrom('unit_relation')
          .innerJoin('unit as parent', 'parent.id', 'unit_relation.parent_id')
          .select(['parent.id as parent_id', 'parent.name as parent_name'])
          .whereRef('unit_relation.child_id', '=', 'unit.id')
          .where('unit_relation.role', '=', 'managing')
          .where(sql<boolean>`unit_relation.valid @> ${today()}::date`)
          .limit(1)
          .as('managed'),
      (join) => join.onTrue(),
    )
    .where('unit.id', '<>', unitId);
  if (filter.kind) query = query.where('unit.kind', '=', filter.kind);
  if (filter.level) query = query.where(sql<boolean>`${filter.level} = any (unit.levels)`);
  if (filter.directly) query = query.where('managed.parent_id', '=', unitId);
  if (filter.search)
    query = query.where((where) =>
      where.or([
        where('unit.search_key', 'like', sql<string>`'%' || search_key(${filter.search}) || '%'`),
        where('unit.code', 'like', `${filter.search}%`),
      ]),
    );
  return query
    .select(face)
    .select(['managed.parent_id', 'managed.parent_name', sql<number>`count(*) over ()::integer`.as('total')])
    .orderBy(
      sql`array_position(array['province', 'district', 'commune', 'school'], unit.kind), unit.name collate "vi-x-icu"`,
    )
    .limit(limit)
    .offset(offset)
    .execute();
}
