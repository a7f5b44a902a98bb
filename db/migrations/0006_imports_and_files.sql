-- Files and imports, owned by the unit that uploaded them. Files are kept encrypted, in pieces, so that any instance can serve
-- them and neither side ever holds a whole file in memory.
create table stored_file (
  unit_id uuid not null,
  id uuid not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  constraint stored_file_pk primary key (unit_id, id)
);
comment on table stored_file is 'Tệp tải lên và tệp kết quả';

create table stored_file_piece (
  unit_id uuid not null,
  file_id uuid not null,
  no integer not null,
  bytes bytea not null,
  constraint stored_file_piece_pk primary key (unit_id, file_id, no),
  constraint stored_file_piece_file foreign key (unit_id, file_id) references stored_file (unit_id, id) on delete cascade
);
-- Encrypted bytes cannot be compressed.
alter table stored_file_piece alter column bytes set storage external;
comment on table stored_file_piece is 'Các mảnh của tệp, được mã hóa';

create table import (
  unit_id uuid not null,
  id uuid not null,
  kind text not null,
  school_year integer not null,
  file_id uuid not null,
  file_name text not null,
  file_sha256 text not null,
  state text not null constraint import_state_known check (state in ('waiting', 'reading', 'ready', 'applying', 'applied', 'refused', 'failed', 'cancelled')),
  fields text[] not null default '{}',
  sheets jsonb not null default '{}',
  schools jsonb not null default '[]',
  persons_repeat boolean not null default true,
  rows_read integer not null default 0,
  rows_total integer,
  rows_good integer not null default 0,
  rows_bad integer not null default 0,
  to_add integer not null default 0,
  to_change integer not null default 0,
  to_leave integer not null default 0,
  refusal jsonb,
  mode text constraint import_mode_known check (mode in ('all', 'good')),
  marked_file_id uuid,
  account_id uuid not null,
  account_name text not null,
  created_at timestamptz not null default now(),
  touched_at timestamptz not null default now(),
  resumed integer not null default 0,
  finished_at timestamptz,
  version integer not null default 1,
  constraint import_pk primary key (unit_id, id)
);
create index import_recent_ix on import (unit_id, created_at desc);
create index import_unfinished_ix on import (unit_id, touched_at) where state in ('waiting', 'reading', 'applying');
comment on table import is 'Một lần nhập từ Excel';
comment on column import.fields is 'Các cột có trong tệp; cột không có thì giữ nguyên';
comment on column import.schools is 'Các trường có dòng chờ ghi, mỗi trường bao nhiêu dòng';
comment on column import.persons_repeat is 'Có thể có nhiều dòng của cùng một người mới';
comment on column import.touched_at is 'Lần cuối có tiến triển; việc bị bỏ dở được làm lại từ đây';
comment on column import.resumed is 'Số lần việc bị bỏ dở được làm lại';

-- Rows that were read well wait here as typed columns, one table a kind: import_site ... import_budget. Columns follow the
-- tables of the records; a test compares them. Who is who is not known yet: each has the ids of a new record and a new person
-- (several spells of one new person share the person's).
do $$
declare
  v_kind record;
  v_columns text;
begin
  for v_kind in
    select * from (values ('site', array['site']), ('class', array['class']), ('student', array['student', 'enrolment']),
      ('staff', array['staff_member', 'assignment']), ('room', array['room']), ('budget', array['budget_line'])) as kinds (name, tables)
  loop
    select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' order by array_position(v_kind.tables, c.relname::text), a.attnum)
    into v_columns
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relname = any (v_kind.tables) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      and a.attname not in ('school_id', 'id', 'school_year', 'student_id', 'staff_member_id', 'version', 'recorded_at', 'audit_id');
    execute format('create table %I (unit_id uuid not null, import_id uuid not null, school_id uuid not null, sheet_no smallint not null, row_no integer not null,
      record_id uuid not null, person_id uuid not null, %s,
      constraint %I primary key (unit_id, import_id, school_id, sheet_no, row_no))', 'import_' || v_kind.name, v_columns, 'import_' || v_kind.name || '_pk');
    execute format('comment on table %I is %L', 'import_' || v_kind.name, 'Dòng đã đọc, chờ ghi');
  end loop;
end $$;

-- What was found out about a waiting row: whom it means, and what will happen. A row without a match is new.
create table import_match (
  unit_id uuid not null,
  import_id uuid not null,
  school_id uuid not null,
  sheet_no smallint not null,
  row_no integer not null,
  action text not null constraint import_match_action_known check (action in ('add', 'change', 'leave', 'none')),
  person_id uuid,
  record_id uuid,
  person_differs boolean not null default false,
  record_differs boolean not null default false,
  constraint import_match_pk primary key (unit_id, import_id, school_id, sheet_no, row_no)
);
comment on table import_match is 'Kết quả đối chiếu dòng chờ ghi với hồ sơ đã có';
comment on column import_match.action is 'add thêm, change sửa, leave giữ nguyên, none dòng lỗi không ghi';

create table import_finding (
  unit_id uuid not null,
  import_id uuid not null,
  id uuid not null default uuidv7(),
  sheet text,
  sheet_no smallint,
  row_no integer,
  field text,
  rule text not null,
  severity text not null,
  subject text,
  value text,
  params jsonb,
  matched boolean not null default false,
  constraint import_finding_pk primary key (unit_id, import_id, id)
);
create index import_finding_rule_ix on import_finding (unit_id, import_id, rule, sheet_no, row_no);
create index import_finding_row_ix on import_finding (unit_id, import_id, sheet_no, row_no, id);
comment on table import_finding is 'Lỗi, cảnh báo của lần nhập';
comment on column import_finding.matched is 'Có từ đối chiếu với hồ sơ, được tìm lại mỗi lần đối chiếu';

-- A server that was killed leaves an import unfinished and its job locked for hours. Whoever works on an import holds its lock to
-- the end of the transaction; where nobody does and nothing has moved, the work is queued again: reading and storing, the file in
-- which the bad rows are marked, and a second transaction of the storing that waits to be ended. What still does not end, because
-- whoever began it may not write there any more, has failed.
create function import_lock(p_import uuid) returns bigint language sql immutable return hashtextextended(p_import::text, 20240930);

create function resume_imports(p_now timestamptz, p_idle_since timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_import record;
  v_most constant integer := 20;
begin
  update import i set state = 'failed', finished_at = p_now, touched_at = p_now
  where i.state in ('waiting', 'reading', 'applying') and i.touched_at <= p_idle_since and i.resumed >= v_most and pg_try_advisory_xact_lock(import_lock(i.id));
  for v_import in
    select i.unit_id, i.id, i.account_id, i.account_name, case i.state when 'applying' then 'imports.apply' else 'imports.read' end as task, 'import:' as job
    from import i where i.state in ('waiting', 'reading', 'applying') and i.touched_at <= p_idle_since and i.resumed < v_most
    union all
    select i.unit_id, i.id, i.account_id, i.account_name, 'imports.mark', 'mark:'
    from import i where i.state in ('ready', 'applied') and i.rows_bad > 0 and i.marked_file_id is null
    and i.touched_at <= p_now - interval '2 minutes' and i.created_at > p_now - interval '1 day'
    union all
    select i.unit_id, i.id, i.account_id, i.account_name, 'imports.tidy', 'tidy:'
    from pg_prepared_xacts x join import i on x.gid = 'khuevan-' || i.id where x.database = current_database() and i.state <> 'applying'
  loop
    continue when not pg_try_advisory_xact_lock(import_lock(v_import.id));
    perform graphile_worker.add_job(v_import.task,
      json_build_object('unitId', v_import.unit_id, 'importId', v_import.id, 'actor', json_build_object('accountId', v_import.account_id, 'name', v_import.account_name)),
      job_key => v_import.job || v_import.id, max_attempts => 5);
    update import set touched_at = p_now, resumed = resumed + 1 where unit_id = v_import.unit_id and id = v_import.id;
  end loop;
end $$;

-- Columns that two tables have in common, ready to be written into a statement; NULL where there are none.
create function shared_columns(p_one regclass, p_other regclass, p_except text[]) returns text[]
language sql stable as $$
  select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a join pg_attribute b on b.attrelid = p_other and b.attname = a.attname
  where a.attrelid = p_one and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and b.attgenerated = '' and not b.attisdropped
  and a.attname <> all (p_except) and a.attname <> 'school_id'
$$;

-- Stores the waiting rows of some schools that are plainly new: people with their codes, spells or other records of the year, and
-- the numbers in the country-wide registry. One statement a table for any number of schools: whether the caller may write in them
-- is asked once and not row by row. Answers how many rows there were. To the people without a code of the schools p_issued, codes are given as the other lists say.
create function store_new_rows(p_kind text, p_unit uuid, p_import uuid, p_schools uuid[], p_year integer, p_issued uuid[], p_prefixes text[], p_digits integer[], p_before integer[])
returns integer language plpgsql security definer set search_path = public, pg_temp set enable_nestloop = off set work_mem = '32MB' as $$
declare
  v_waiting regclass := 'import_' || p_kind;
  v_year regclass;
  v_person regclass;
  v_person_column text;
  v_columns text[];
  v_new text;
  v_first text;
  v_latest text;
  v_stored integer;
begin
  if not (current_setting('app.report_units')::uuid[] @> array[p_unit] and current_setting('app.record_schools')::uuid[] @> p_schools) then
    raise insufficient_privilege;
  end if;
  select k.year_table, k.person_table, k.person_column into strict v_year, v_person, v_person_column
  from (values ('site', 'site', null, null), ('class', 'class', null, null), ('student', 'enrolment', 'student', 'student_id'),
    ('staff', 'assignment', 'staff_member', 'staff_member_id'), ('room', 'room', null, null), ('budget', 'budget_line', null, null)) as k (kind, year_table, person_table, person_column)
  where k.kind = p_kind;
  v_new := format('%s r left join import_match m on m.unit_id = $1 and m.import_id = $2 and m.school_id = r.school_id and m.sheet_no = r.sheet_no and m.row_no = r.row_no
    where r.unit_id = $1 and r.import_id = $2 and r.school_id = any ($3) and m.action is null', v_waiting);
  -- The first and the latest row of each new person; where nobody has two, every row is both.
  v_first := 'select r.* from ' || v_new;
  v_latest := v_first;
  if exists (select from import i where i.unit_id = p_unit and i.id = p_import and i.persons_repeat) then
    v_first := format('select distinct on (r.school_id, r.person_id) r.* from %s order by r.school_id, r.person_id, r.sheet_no, r.row_no', v_new);
    v_latest := format('select distinct on (r.school_id, r.person_id) r.* from %s order by r.school_id, r.person_id, r.entered_on desc', v_new);
  end if;
  perform begin_bulk();
  if v_person is not null then
    v_columns := shared_columns(v_waiting, v_person, '{code}');
    execute format($q$
      insert into %s (school_id, id, code, %s)
      select n.school_id, n.person_id, coalesce(n.code, s.prefix || lpad((s.before + n.place)::text, greatest(s.digits, length((s.before + n.place)::text)), '0')), %s
      from (
        select f.*, %s as place
        from (%s) f
      ) n left join unnest($4, $5, $6, $7) as s (school_id, prefix, digits, before) on s.school_id = n.school_id$q$,
      v_person, array_to_string(v_columns, ', '), 'n.' || array_to_string(v_columns, ', n.'),
      case when p_issued = '{}' then 'null::integer' else 'row_number() over (partition by f.school_id, f.code is null order by f.sheet_no, f.row_no)' end, v_first)
    using p_unit, p_import, p_schools, p_issued, p_prefixes, p_digits, p_before;
  end if;
  v_columns := shared_columns(v_waiting, v_year, '{}');
  execute format('insert into %s (school_id, id, school_year%s, %s) select r.school_id, r.record_id, $4%s, %s from %s',
    v_year, ', ' || v_person_column, array_to_string(v_columns, ', '), case when v_person is not null then ', r.person_id' end, 'r.' || array_to_string(v_columns, ', r.'), v_new)
  using p_unit, p_import, p_schools, p_year;
  get diagnostics v_stored = row_count;
  perform end_bulk(v_year, p_schools);
  if v_person is not null then
    execute format($q$
      insert into pin_registry (kind, pin_hash, school_id)
      select $4, n.pin_hash, n.school_id from (%s) n where n.left_on is null and n.pin_hash is not null order by n.pin_hash$q$, v_latest)
    using p_unit, p_import, p_schools, p_kind;
  end if;
  return v_stored;
end $$;

-- Between these two, new rows are not held against foreign keys one by one; the second holds all of them against their keys at
-- once, as this transaction has written them. What they refer to is locked as a foreign key would. Where the owner of the
-- database may not do this, the rows are held against their keys as always.
create function begin_bulk() returns void language plpgsql as $$
begin
  if has_parameter_privilege('session_replication_role', 'set') then
    perform set_config('session_replication_role', 'replica', true);
  end if;
end $$;

create function end_bulk(p_table regclass, p_schools uuid[]) returns void
language plpgsql set enable_nestloop = off set enable_mergejoin = off set work_mem = '32MB' as $$
declare
  v_audit uuid := current_setting('app.audit_id')::uuid;
  v_key record;
  v_missing boolean;
begin
  if current_setting('session_replication_role') <> 'replica' then
    return;
  end if;
  perform set_config('session_replication_role', 'origin', true);
  for v_key in
    select c.conname, c.confrelid::regclass as target, string_agg(format('t.%I = n.%I', k.attname, f.attname), ' and ') as same, string_agg(format('n.%I is not null', f.attname), ' and ') as given
    from pg_constraint c cross join lateral unnest(c.conkey, c.confkey) as pair (here, there)
    join pg_attribute f on f.attrelid = c.conrelid and f.attnum = pair.here join pg_attribute k on k.attrelid = c.confrelid and k.attnum = pair.there
    where c.contype = 'f' and c.conrelid = p_table group by c.conname, c.confrelid
  loop
    execute format('select from %s t where t.school_id = any ($1) and t.audit_id <> $2 and exists (select from %s n where n.school_id = any ($1) and n.audit_id = $2 and %s) for key share',
      v_key.target, p_table, v_key.same) using p_schools, v_audit;
    execute format('select exists (select from %s n where n.school_id = any ($1) and n.audit_id = $2 and %s and not exists (select from %s t where t.school_id = any ($1) and %s))',
      p_table, v_key.given, v_key.target, v_key.same) using p_schools, v_audit into v_missing;
    if v_missing then
      raise foreign_key_violation using constraint = v_key.conname, table = p_table::text, message = format('rows of %s refer to nothing (%s)', p_table, v_key.conname);
    end if;
  end loop;
end $$;
