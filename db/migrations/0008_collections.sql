-- Ad-hoc collections: a small form built by an office, the units it was addressed to, and their answers.

create table collection (
  id uuid not null constraint collection_pk primary key,
  owner_id uuid not null constraint collection_owner references unit (id),
  title text not null,
  purpose text not null default '',
  definition json not null,
  audience json not null,
  due_on date,
  state text not null default 'draft' constraint collection_state_known check (state in ('draft', 'open', 'closed')),
  asked integer not null default 0,
  created_at timestamptz not null,
  created_by_name text not null,
  published_at timestamptz,
  published_by_name text,
  closed_at timestamptz,
  version integer not null default 1,
  constraint collection_open_is_due check (state = 'draft' or (due_on is not null and published_at is not null))
);
create index collection_owner_ix on collection (owner_id, created_at desc);
comment on table collection is 'Báo cáo đột xuất: biểu do đơn vị cấp trên tự lập';
comment on column collection.definition is 'Dòng, cột, kiểu ô của biểu';
comment on column collection.audience is 'Gửi tới ai: loại đơn vị, cấp học, loại hình, loại trường, địa bàn; khi phát hành thì ghi thành collection_duty';
comment on column collection.asked is 'Số đơn vị phải trả lời, tính khi phát hành';

-- Who was asked is settled when the collection is published: units that are merged or founded later change nothing of it.
create table collection_duty (
  unit_id uuid not null,
  collection_id uuid not null,
  reminded_at timestamptz,
  reminded_by_name text,
  constraint collection_duty_pk primary key (unit_id, collection_id)
);
create index collection_duty_collection_ix on collection_duty (collection_id, unit_id);
comment on table collection_duty is 'Đơn vị phải trả lời một báo cáo đột xuất';

create table collection_answer (
  unit_id uuid not null,
  collection_id uuid not null,
  state text not null constraint collection_answer_state_known check (state in ('draft', 'submitted', 'returned')),
  cells json not null default '{}',
  list_rows json not null default '[]',
  sent_no integer not null default 0,
  first_sent_at timestamptz,
  sent_at timestamptz,
  sent_by_name text,
  late_reason text,
  return_reason text,
  returned_at timestamptz,
  returned_by_name text,
  due_on date,
  changed_at timestamptz not null,
  version integer not null default 1,
  constraint collection_answer_pk primary key (unit_id, collection_id),
  constraint collection_answer_duty foreign key (unit_id, collection_id) references collection_duty (unit_id, collection_id),
  constraint collection_answer_sent check (state = 'draft' or sent_at is not null)
);
create index collection_answer_sent_ix on collection_answer (collection_id, unit_id) where sent_no > 0;
comment on table collection_answer is 'Câu trả lời của một đơn vị';
comment on column collection_answer.cells is 'Các ô của biểu dạng bảng, theo "dòng.cột"';
comment on column collection_answer.list_rows is 'Các dòng của biểu dạng danh sách';
comment on column collection_answer.due_on is 'Hạn gửi lại do lần trả về đặt ra; trống thì theo hạn chung';

-- What was sent, returned or reminded, in order and never changed; a sending keeps what was sent.
create table collection_event (
  unit_id uuid not null,
  id uuid not null,
  collection_id uuid not null,
  kind text not null constraint collection_event_kind_known check (kind in ('sent', 'returned')),
  no integer not null,
  account_name text not null,
  reason text,
  content json,
  at timestamptz not null,
  constraint collection_event_pk primary key (unit_id, id),
  constraint collection_event_answer foreign key (unit_id, collection_id) references collection_answer (unit_id, collection_id)
);
create index collection_event_answer_ix on collection_event (unit_id, collection_id, at);
comment on table collection_event is 'Các lần gửi, trả về của câu trả lời; không bao giờ sửa';

create table collection_file (
  unit_id uuid not null,
  collection_id uuid not null,
  file_id uuid not null,
  name text not null,
  size bigint not null,
  added_at timestamptz not null,
  added_by_name text not null,
  constraint collection_file_pk primary key (unit_id, collection_id, file_id),
  constraint collection_file_answer foreign key (unit_id, collection_id) references collection_answer (unit_id, collection_id),
  constraint collection_file_stored foreign key (unit_id, file_id) references stored_file (unit_id, id) on delete cascade
);
comment on table collection_file is 'Tệp kèm câu trả lời';

-- Whom a collection addressed so would ask, below its owner on a day. What a school is, its newest profile says.
create function addressed_units(p_owner uuid, p_audience jsonb, p_day date)
returns table (unit_id uuid, kind text, code text, name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not reaches(p_owner) then
    raise insufficient_privilege;
  end if;
  return query
  with recursive asked as (
    select array (select jsonb_array_elements_text(p_audience -> 'kinds')) as kinds,
      array (select jsonb_array_elements_text(p_audience -> 'levels')) as levels,
      array (select jsonb_array_elements_text(p_audience -> 'levelGroups')) as level_groups,
      array (select jsonb_array_elements_text(p_audience -> 'ownerships')) as ownerships,
      array (select jsonb_array_elements_text(p_audience -> 'schoolKinds')) as school_kinds,
      array (select jsonb_array_elements_text(p_audience -> 'areas')::uuid) as areas
  ), inside as (
    select unnest(a.areas) as id from asked a
    union
    select r.child_id from inside join unit_relation r on r.parent_id = inside.id and r.valid @> p_day
  )
  select u.id, u.kind, u.code, u.name
  from asked a cross join units_below(p_owner, p_day) b join unit u on u.id = b.unit_id and u.valid @> p_day
  left join lateral (
    select f.ownership, f.school_kind from school_profile f
    where f.school_id = u.id and u.kind = 'school' and (a.ownerships <> '{}' or a.school_kinds <> '{}') order by f.school_year desc limit 1
  ) f on true
  where u.id <> p_owner and u.kind = any (a.kinds)
    and (u.kind <> 'school' or (a.levels = '{}' or u.levels && a.levels) and (a.level_groups = '{}' or u.level_group = any (a.level_groups))
      and (a.ownerships = '{}' or f.ownership = any (a.ownerships)) and (a.school_kinds = '{}' or f.school_kind = any (a.school_kinds)))
    and (a.areas = '{}' or u.id in (select i.id from inside i));
end $$;

-- Writes down who is asked, in one statement: a policy would be looked up for every unit of the country.
create function address_collection(p_collection uuid, p_day date) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_owner uuid;
  v_audience jsonb;
  v_asked integer;
begin
  select c.owner_id, c.audience::jsonb into v_owner, v_audience from collection c
  where c.id = p_collection and c.state = 'draft' and acts_in(c.owner_id) for update;
  if v_owner is null then raise exception 'no such draft' using errcode = '42501'; end if;
  insert into collection_duty (unit_id, collection_id) select a.unit_id, p_collection from addressed_units(v_owner, v_audience, p_day) a;
  get diagnostics v_asked = row_count;
  return v_asked;
end $$;

-- How the units that the actor reaches stand. The list of units is read once, as a set, and not by a policy row by row. Here and
-- below it is joined by its hash: right after a publishing the planner knows of no rows yet, and would compare each with each.
create function collection_progress(p_collection uuid)
returns table (unit_id uuid, state text, first_sent_at timestamptz, sent_at timestamptz, sent_no integer, late_reason text, due_on date,
  changed_at timestamptz, reminded_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = off as $$
begin
  return query
  select d.unit_id, coalesce(a.state, 'not-started'), a.first_sent_at, a.sent_at, coalesce(a.sent_no, 0), a.late_reason, a.due_on, a.changed_at, d.reminded_at
  from reached_units() s (id)
  join collection_duty d on d.unit_id = s.id and d.collection_id = p_collection
  left join collection_answer a on a.unit_id = d.unit_id and a.collection_id = d.collection_id;
end $$;

-- How many have answered what units in the actor's reach have asked: whom they asked is in it too.
create function count_collection_answers(p_collections uuid[]) returns table (collection_id uuid, answered integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select c.id, (select count(*)::integer from collection_answer a where a.collection_id = c.id and a.sent_no > 0 and a.state = 'submitted')
  from collection c where c.id = any (p_collections) and reaches(c.owner_id);
end $$;

-- Whether an answer was ever sent, also one that was returned since: to units that may change the form.
create function was_collection_answered(p_collection uuid) returns boolean
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select 1 from collection c join collection_answer a on a.collection_id = c.id and a.sent_no > 0
    where c.id = p_collection and reaches(c.owner_id));
end $$;

-- What some units have sent and was not returned, in their order; of those only that the actor reaches.
create function collection_contents(p_collection uuid, p_units uuid[])
returns table (unit_id uuid, code text, name text, cells json, list_rows json)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_reached uuid[] := array (select w.id from unnest(p_units) w (id) intersect select s.id from reached_units() s (id));
begin
  return query
  select u.id, u.code, u.name, a.cells, a.list_rows
  from unnest(v_reached) s (id)
  join collection_answer a on a.unit_id = s.id and a.collection_id = p_collection and a.state = 'submitted'
  join unit u on u.id = a.unit_id
  order by u.code, u.id;
end $$;

-- Sums of numbers, counts of answers and of each choice, by key: cells of a grid, or columns over all rows of a list ('#rows': how many).
create function collection_sums(p_collection uuid, p_numeric text[], p_tallied text[])
returns table (key text, choice text, total numeric, filled bigint)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = off as $$
begin
  return query
  with answer as (
    select a.cells, a.list_rows
    from reached_units() s (id)
    join collection_answer a on a.unit_id = s.id and a.collection_id = p_collection and a.state = 'submitted'
  ), cell as (
    select e.key, e.value from answer a cross join lateral json_each_text(a.cells) e
    union all
    select e.key, e.value from answer a cross join lateral json_array_elements(a.list_rows) r cross join lateral json_each_text(r.value) e
  )
  select c.key, case when c.key = any (p_tallied) then c.value end, sum(case when c.key = any (p_numeric) then c.value::numeric end), count(*)
  from cell c group by 1, 2
  union all
  select '#rows', null, null, coalesce(sum(json_array_length(a.list_rows)), 0)::bigint from answer a
  union all
  select '#answers', null, null, count(*) from answer a;
end $$;

-- The answers behind a sum, the largest first: each input cell it is made of with how often it is added; no weight is no number.
create function collection_parts(p_collection uuid, p_keys text[], p_weights numeric[], p_limit integer, p_offset integer)
returns table (unit_id uuid, code text, name text, amount numeric, value text, filled bigint, total bigint)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = off as $$
begin
  return query
  with asked as (select k.key, k.weight from unnest(p_keys, p_weights) k (key, weight)), part as (
    select a.unit_id, sum(e.value::numeric * k.weight) filter (where k.weight is not null) as amount, min(e.value) as value, count(*) as filled
    from reached_units() s (id)
    join collection_answer a on a.unit_id = s.id and a.collection_id = p_collection and a.state = 'submitted'
    cross join lateral (
      select c.key, c.value from json_each_text(a.cells) c
      union all
      select c.key, c.value from json_array_elements(a.list_rows) r cross join lateral json_each_text(r.value) c
    ) e join asked k on k.key = e.key
    group by a.unit_id
  )
  select p.unit_id, u.code, u.name, p.amount, p.value, p.filled, count(*) over () from part p join unit u on u.id = p.unit_id
  order by p.amount desc nulls last, p.value, u.code limit p_limit offset p_offset;
end $$;

-- The joined list: every row that was sent, after its unit. Only the answers on the page are opened.
create function collection_joined_rows(p_collection uuid, p_limit integer, p_offset integer)
returns table (unit_id uuid, code text, name text, no bigint, cells json)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = off as $$
begin
  return query
  with counted as materialized (
    select u.id, u.code, u.name, json_array_length(a.list_rows) as size,
      sum(json_array_length(a.list_rows)) over (order by u.code, u.id) - json_array_length(a.list_rows) as before
    from reached_units() s (id)
    join collection_answer a on a.unit_id = s.id and a.collection_id = p_collection and a.state = 'submitted'
    join unit u on u.id = a.unit_id
  )
  select c.id, c.code, c.name, r.no, r.value
  from counted c join collection_answer a on a.unit_id = c.id and a.collection_id = p_collection
  cross join lateral json_array_elements(a.list_rows) with ordinality r (value, no)
  where c.before < p_offset + p_limit and c.before + c.size > p_offset and c.before + r.no > p_offset and c.before + r.no <= p_offset + p_limit
  order by c.code, c.id, r.no;
end $$;

-- Reminds those who have not sent yet, and those to whom it was returned.
create function remind_collection(p_collection uuid, p_at timestamptz, p_name text) returns integer
language plpgsql security definer set search_path = public, pg_temp
set enable_nestloop = off as $$
declare
  v_reminded integer;
begin
  update collection_duty d set reminded_at = p_at, reminded_by_name = p_name
  from reached_units() s (id)
  where d.unit_id = s.id and d.collection_id = p_collection
    and exists (select 1 from collection c where c.id = p_collection and c.state = 'open' and c.owner_id = any (current_setting('app.acting_units')::uuid[]))
    and not exists (select 1 from collection_answer a where a.unit_id = d.unit_id and a.collection_id = p_collection and a.state = 'submitted');
  get diagnostics v_reminded = row_count;
  return v_reminded;
end $$;

-- Gives an answer back to its unit: by those who asked, never by that unit itself. False where it has changed since.
create function return_collection_answer(p_unit uuid, p_collection uuid, p_version integer, p_reason text, p_due date, p_name text, p_at timestamptz)
returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not acts_above(p_unit) or not exists (
    select 1 from collection c where c.id = p_collection and c.state = 'open' and c.owner_id <> p_unit
      and c.owner_id = any (current_setting('app.acting_units')::uuid[])
  ) then
    raise insufficient_privilege;
  end if;
  update collection_answer a set state = 'returned', return_reason = p_reason, returned_at = p_at, returned_by_name = p_name, due_on = p_due,
    changed_at = p_at, version = p_version + 1
  where a.unit_id = p_unit and a.collection_id = p_collection and a.state = 'submitted' and a.version = p_version;
  if not found then return false; end if;
  insert into collection_event (unit_id, id, collection_id, kind, no, account_name, reason, at)
  select a.unit_id, uuidv7(), a.collection_id, 'returned', a.sent_no, p_name, p_reason, p_at
  from collection_answer a where a.unit_id = p_unit and a.collection_id = p_collection;
  return true;
end $$;
