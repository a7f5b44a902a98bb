// The schema keeps the rules that let the same database be distributed by school later. Each rule is read from the catalogue.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { seatCast } from './cast.ts';
import { createTestDatabase, type TestDatabase } from '#platform/testing.ts';

let db: TestDatabase;
before(async () => {
  db = await createTestDatabase();
  await seatCast(db.owner);
  await db.owner.query(`insert into aggregate_sum select id, id, 'x', '{}', '{}', 0, now() from unit`);
});
after(() => db.close());

const rows = async (query: string): Promise<string[]> =>
  (await db.owner.query<{ found: string }>(query)).rows.map((row) => row.found);

/** Shared by all schools: small, rarely written, referring only to one another. */
const shared = [
  'setting',
  'code_entry',
  'admin_unit',
  'admin_unit_succession',
  'unit',
  'unit_relation',
  'reporting_line',
  'account',
  'membership',
  'period',
  'period_form',
  'period_deadline',
  'collection',
  'check_setting',
  'reminder_plan',
  'commendation_rule',
  'migration',
];
/** Kept on one node: no foreign keys at all. */
const local = ['session', 'idempotency_key'];
/** Country-wide uniqueness: keyed by the number itself. */
const registries = ['pin_registry', 'print_code'];

const tables = `select c.oid, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'`;
const quoted = (names: string[]) => names.map((name) => `'${name}'`).join(', ');

interface Rule {
  name: string;
  /** What breaks it. */
  found: string;
  /** A breach, to see the rule find it. */
  breach: string;
}

/** What a policy may be made of: a column beside a setting, a function of such settings (0002), a state, nothing. */
const condition = [
  `\\w+ (= (ANY )?\\(+current_setting\\(''app\\.(record_schools|report_units|account_id|acting_units)''::text, true\\)\\)?::uuid(\\[\\])?|<> unit_id)`,
  `(reaches|acts_in|acts_above|governs|tells_event)\\(\\w+(, \\w+)?\\)`,
  `current_setting\\(''app.unit_kind''::text, true\\) <> ''school''::text`,
  `(state|kind) (=|<>) ''\\w+''::text`,
  `\\w+ IS NULL`,
].join('|');

const rules: Rule[] = [
  {
    name: 'every other table is owned by a school or a unit, and its primary, unique and exclusion keys begin with the owner',
    found: `
    with owned as (select * from (${tables}) t where relname not in (${quoted([...shared, ...local, ...registries])}))
    select o.relname || ': no owner column' as found from owned o
    where not exists (select 1 from pg_attribute a where a.attrelid = o.oid and a.attname in ('school_id', 'unit_id') and a.attnotnull and a.atttypid = 'uuid'::regtype)
    union all
    select o.relname || ': ' || i.indexrelid::regclass from owned o join pg_index i on i.indrelid = o.oid and (i.indisunique or i.indisexclusion)
    where (select a.attname from pg_attribute a where a.attrelid = o.oid and a.attnum = i.indkey[0]) not in ('school_id', 'unit_id')
    union all
    select o.relname || ': no primary key' from owned o where not exists (select 1 from pg_index i where i.indrelid = o.oid and i.indisprimary)`,
    breach: `create table planted (id uuid constraint planted_pk primary key, school_id uuid not null)`,
  },
  {
    name: 'foreign keys between owned tables carry the owner; no SET NULL, no action on update; deferred ones start deferred',
    found: `
    select c.conrelid::regclass || '.' || c.conname as found from pg_constraint c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
      and (c.confdeltype in ('n', 'd') or c.confupdtype <> 'a' or c.condeferrable <> c.condeferred
        or (c.conrelid::regclass::text not in (${quoted([...shared, ...local])})
          and (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1]) not in ('school_id', 'unit_id')))`,
    breach: `alter table class add constraint planted_fk foreign key (school_id, school_year, site_code) references site (school_id, school_year, code) on update cascade`,
  },
  {
    name: 'shared tables refer only to shared tables; local ones and registries to none',
    found: `
    select c.conname as found from pg_constraint c where c.contype = 'f' and c.connamespace = 'public'::regnamespace and (
      c.conrelid::regclass::text in (${quoted([...local, ...registries])})
      or (c.conrelid::regclass::text in (${quoted(shared)}) and c.confrelid::regclass::text not in (${quoted(shared)})))`,
    breach: `alter table session add constraint planted_fk foreign key (account_id) references account (id)`,
  },
  {
    name: 'every constraint was named by us',
    found: `
    select conrelid::regclass || '.' || conname as found from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n'
      and (conname ~ '_(pkey|key|fkey|check|excl)\\d*$')`,
    breach: `alter table site add check (name <> '')`,
  },
  {
    name: 'every table with scoped rows has row-level security, and one permissive policy for all commands or one for each',
    found: `
    select t.relname || ': ' || count(p.oid) || ' policies' as found from (${tables}) t
    join pg_class c on c.oid = t.oid left join pg_policy p on p.polrelid = t.oid and 'khuevan_app'::regrole = any (p.polroles)
    where t.relname not in (${quoted([...shared.filter((name) => name !== 'account' && name !== 'membership'), ...registries])})
    group by t.relname, c.relrowsecurity having not c.relrowsecurity or count(p.oid) = 0 or not bool_and(p.polpermissive)
      or count(p.oid) > count(distinct p.polcmd) or (count(p.oid) > 1 and bool_or(p.polcmd = '*'))`,
    breach: `alter table room disable row level security`,
  },
  {
    name: 'policies read the row and the settings of the transaction, nothing else',
    found: `
      select p.polrelid::regclass || ': ' || e.condition as found
      from pg_policy p cross join lateral (values (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid))) e (condition)
      where not (p.polcmd = 'r' and p.polrelid::regclass::text in (${quoted(shared)}))
        and e.condition <> '(current_setting(''app.scope''::text, true) = ''nation''::text)'
        and regexp_replace(e.condition, '${condition}', '', 'g') !~ '^[()]*( AND [()]*)*$'
      union all
      select distinct d.objid::regprocedure || ' reads ' || d.refobjid::regclass from pg_depend d
      where d.classid = 'pg_proc'::regclass and d.refclassid = 'pg_class'::regclass
        and d.objid::regproc::text in ('reaches', 'acts_in', 'acts_above', 'governs', 'tells_event')`,
    breach: `create policy planted on room for select to khuevan_app using (school_id in (select id from unit))`,
  },
  {
    name: 'views look with the eyes of who reads them',
    found: `select relname as found from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce('security_invoker=true' = any (reloptions), false)`,
    breach: `create view planted as select * from student`,
  },
  {
    name: 'elevated functions are plpgsql with a fixed search path, and none is open to the public',
    found: `
    select p.oid::regprocedure::text as found from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace = 'public'::regnamespace and p.prosecdef
      and (l.lanname <> 'plpgsql' or not coalesce(p.proconfig::text like '%search_path=public, pg_temp%', false) or has_function_privilege('public', p.oid, 'execute'))`,
    breach: `create function planted() returns integer language plpgsql security definer as 'begin return 1; end'`,
  },
  {
    name: 'no sequence carries a meaning, no trigger notifies',
    found: `
      select relname as found from pg_class where relnamespace = 'public'::regnamespace and relkind = 'S'
      union all select proname from pg_proc where pronamespace = 'public'::regnamespace and prosrc ~* '\\mnotify\\M'`,
    breach: `create sequence planted`,
  },
  {
    name: 'the application can sign in only as a role that bypasses nothing and owns nothing',
    found: `
    select rolname::text as found from pg_roles where rolname in ('khuevan_app', 'khuevan_nation') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit)
    union all
    select c.relname::text from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in ('khuevan_app', 'khuevan_nation')`,
    breach: `alter table room owner to khuevan_app`,
  },
  {
    name: 'whoever works for the whole country reads no record of a school',
    found: `
    select t.relname as found from (${tables}) t
    where exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'school_id' and not a.attisdropped)
      and has_any_column_privilege('khuevan_nation', t.oid, 'select, insert, update')`,
    breach: `grant select (full_name) on student to khuevan_nation`,
  },
  {
    name: 'every record table keeps its history and its stamps',
    found: `
    select t.relname as found from (${tables}) t
    where exists (select 1 from pg_attribute a where a.attrelid = t.oid and a.attname = 'audit_id') and t.relname <> 'history'
      and (select count(*) from pg_trigger g where g.tgrelid = t.oid and g.tgfoid in ('stamp_record'::regproc, 'keep_history'::regproc)) <> 2`,
    breach: `drop trigger room_history on room`,
  },
];

for (const rule of rules) {
  test(rule.name, async () => {
    assert.deepEqual(await rows(rule.found), []);
    const client = await db.owner.connect();
    try {
      await client.query('begin');
      await client.query(rule.breach);
      const { rowCount } = await client.query(rule.found);
      assert.ok(rowCount, 'the planted breach is found');
    } finally {
      await client.query('rollback');
      client.release();
    }
  });
}

test('the tables named shared, local or registry exist', async () => {
  const all = await rows(`select relname as found from (${tables}) t`);
  // The list of applied migrations is made by migrate() and belongs to the owner.
  assert.deepEqual(
    [...shared, ...local, ...registries].filter((name) => !all.includes(name)),
    [],
  );
});

test('the application joins by key or by hash, never by merging (decision 26)', async () => {
  const { rows: said } = await db.database.pool.query('show enable_mergejoin');
  assert.deepEqual(said, [{ enable_mergejoin: 'off' }]);
});

test('without a scope the application sees no scoped row, and cannot write one', async () => {
  const client = await db.database.pool.connect();
  try {
    for (const table of await rows(
      `select relname as found from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relrowsecurity`,
    )) {
      const columns = table === 'account' ? 'id' : 'true';
      const { rowCount } = await client
        .query(`select ${columns} from ${table}`)
        .catch((error: unknown) => ({ rowCount: (error as { code?: string }).code === '42501' ? 0 : -1 }));
      assert.equal(rowCount, 0, table);
    }
    await assert.rejects(
      client.query(
        `insert into report_event values (gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), 'x', 'x', 'x', null, null, now())`,
      ),
      { code: '42501' },
    );
  } finally {
    client.release();
  }
});
