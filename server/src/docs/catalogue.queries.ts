// What the database says about itself: tables and columns with their comments, as the dictionary prints them.
import type pg from 'pg';

export interface ColumnFace {
  name: string;
  type: string;
  required: boolean;
  comment: string | null;
}

export interface TableFace {
  name: string;
  comment: string | null;
  isView: boolean;
  /** Row-level security is on. */
  scoped: boolean;
  primaryKey: string[];
  /** Tables it refers to. */
  refersTo: string[];
  columns: ColumnFace[];
}

export async function readCatalogue(client: pg.ClientBase | pg.Pool): Promise<TableFace[]> {
  const { rows } = await client.query<TableFace>(`
    select c.relname::text as name, obj_description(c.oid, 'pg_class') as comment, c.relkind = 'v' as "isView",
      c.relrowsecurity as scoped,
      array(
        select a.attname::text from pg_index i, unnest(i.indkey) with ordinality as k (number, place)
        join pg_attribute a on a.attnum = k.number
        where i.indrelid = c.oid and i.indisprimary and a.attrelid = c.oid order by k.place
      ) as "primaryKey",
      array(
        select distinct f.confrelid::regclass::text as target from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
        order by target
      ) as "refersTo",
      (
        select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'required', a.attnotnull, 'comment', col_description(c.oid, a.attnum)) order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      ) as columns
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'v')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relkind = 'v', c.relname`);
  return rows;
}
