-- Periods, reports, submissions, reviews. A submission is an immutable snapshot; totals are sums of approved snapshots.

create table period (
  id uuid not null constraint period_pk primary key,
  owner_id uuid not null constraint period_owner references unit (id),
  name text not null,
  school_year integer not null,
  kind text not null constraint period_kind_known check (kind in ('start', 'middle', 'end')),
  as_of date not null,
  opens_on date not null,
  closes_on date not null,
  review_from date,
  review_until date,
  resend_by date,
  created_at timestamptz not null default now(),
  version integer not null default 1,
  counts_from date,
  constraint period_opens_before_closing check (opens_on <= closes_on),
  constraint period_counts_up_to_its_day check (counts_from <= as_of),
  constraint period_face_once unique (id, owner_id, school_year, kind),
  constraint period_owner_once unique (id, owner_id)
);
create index period_owner_ix on period (owner_id, school_year);
comment on table period is 'Kỳ báo cáo';
comment on column period.review_until is 'Ngày cuối của thời gian duyệt; quá ngày này, nơi đang giữ báo cáo chờ duyệt được nhắc';
comment on column period.resend_by is 'Báo cáo bị trả về thì gửi lại chậm nhất ngày này, nếu lần trả về không đặt hạn khác';
comment on column period.counts_from is 'Ngày chốt đầu năm: biến động được tính từ sau ngày này; trống thì theo luật (30/9)';
comment on column period.as_of is 'Ngày chốt số liệu: đếm và xác định nơi duyệt theo ngày này';

-- After which day a period counts movements: at the start of a year its own, else what it says, else that of TT 24/2018/TT-BGDĐT.
create function opening_day(p period) returns date
language sql immutable return case when p.kind = 'start' then p.as_of else coalesce(p.counts_from, make_date(p.school_year, 9, 30)) end;

-- Owner, year and kind stand here too, so that one owner asks for a form once a year and kind of period; in the middle of a year once
-- for each as-of day.
create table period_form (
  period_id uuid not null,
  owner_id uuid not null,
  school_year integer not null,
  kind text not null,
  form_code text not null,
  form_version text not null,
  level text not null,
  cells text[] not null,
  first_version text,
  middle_of date,
  replaced_by uuid constraint period_form_replaced_by references period (id),
  constraint period_form_pk primary key (period_id, form_code),
  constraint period_form_once unique nulls not distinct (owner_id, school_year, kind, form_code, middle_of),
  constraint period_form_middle check ((kind = 'middle') = (middle_of is not null)),
  constraint period_form_period foreign key (period_id, owner_id, school_year, kind) references period (id, owner_id, school_year, kind)
);
comment on table period_form is 'Biểu mẫu và phiên bản dùng trong kỳ';
comment on column period_form.level is 'Cấp học của biểu, hoặc * cho mọi trường';
comment on column period_form.cells is 'Các ô của biểu: thứ tự của mọi tổng hợp trong kỳ; phiên bản công bố giữa kỳ chỉ thêm ô ở cuối';

comment on column period_form.middle_of is 'Ngày chốt của kỳ giữa năm: mỗi ngày một kỳ; kỳ đầu năm, cuối năm để trống';
comment on column period_form.replaced_by is 'Kỳ của Bộ đã hỏi biểu này thay: ở kỳ này không còn ai phải gửi, số đã gửi vẫn giữ';
comment on column period_form.first_version is 'Phiên bản lúc mở kỳ, nếu giữa kỳ đã công bố phiên bản khác';

create table period_deadline (
  period_id uuid not null constraint period_deadline_period references period (id),
  owner_id uuid not null constraint period_deadline_owner references unit (id),
  unit_kind text not null constraint period_deadline_kind_known check (unit_kind in ('school', 'commune', 'district', 'province')),
  due_on date not null,
  level_group text not null default '*',
  constraint period_deadline_pk primary key (period_id, owner_id, unit_kind, level_group),
  constraint period_deadline_group_of_schools check (unit_kind = 'school' or level_group = '*')
);
comment on table period_deadline is 'Hạn nộp theo loại đơn vị và nhóm cấp học của trường';
comment on column period_deadline.owner_id is 'Đơn vị đặt hạn: nơi mở kỳ, hoặc Sở GDĐT đặt hạn sớm hơn cho các đơn vị của mình';
comment on column period_deadline.level_group is 'Nhóm cấp học (DM_NHOM_CAP_HOC), hoặc * cho mọi trường không có hạn riêng';

-- Cells are written and read whole, and so kept as they are written: json, not jsonb, which sorts a thousand keys at every change.
create table report (
  unit_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  form_code text not null,
  form_version text not null,
  state text not null constraint report_state_known check (state in ('draft', 'submitted', 'returned', 'approved', 'supplement')),
  reviewer_id uuid not null,
  holder_id uuid not null,
  cells json not null default '{}',
  records_digest text,
  compiled_at timestamptz,
  missing_total integer not null default 0,
  last_submission_no integer not null default 0,
  last_sent_at timestamptz,
  due_on date,
  open_until date,
  state_since timestamptz not null,
  version integer not null default 1,
  constraint report_pk primary key (unit_id, id),
  constraint report_held_in_its_state check (holder_id = case when state in ('submitted', 'approved') then reviewer_id else unit_id end),
  constraint report_once unique (unit_id, period_id, form_code)
);
create index report_period_ix on report (period_id, form_code, state);
create index report_holder_ix on report (holder_id, state);
comment on table report is 'Báo cáo của một đơn vị trong một kỳ';
comment on column report.reviewer_id is 'Đơn vị duyệt, xác định theo ngày chốt số liệu';
comment on column report.holder_id is 'Đơn vị đang giữ báo cáo';
comment on column report.records_digest is 'Dấu của hồ sơ lúc lấy dữ liệu; của đơn vị tổng hợp: dấu của các bản gửi được cộng';
comment on column report.due_on is 'Hạn riêng do lần trả về, bổ sung, mở lại hoặc mở thêm gần nhất đặt ra; trống thì theo hạn của kỳ. Kỳ đã đóng thì làm được đến hết ngày này';
comment on column report.open_until is 'Ngày cuối đơn vị còn được làm báo cáo sau khi kỳ đã đóng, do cấp trên mở riêng; trống thì theo kỳ';
comment on column report.missing_total is 'Số mục còn thiếu ở lần lấy dữ liệu gần nhất';

create table submission (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  no integer not null,
  form_version text not null,
  cells json not null,
  parts jsonb not null default '[]',
  explanations jsonb not null default '[]',
  kept_from integer,
  records_digest text not null,
  hash text not null,
  code text not null,
  sent_by uuid not null,
  sent_by_name text not null,
  sent_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  constraint submission_pk primary key (unit_id, id),
  constraint submission_no_once unique (unit_id, report_id, no),
  constraint submission_is_compiled check (records_digest <> ''),
  constraint submission_keeps_what_was_before check (kept_from < no),
  constraint submission_report foreign key (unit_id, report_id) references report (unit_id, id)
);
comment on table submission is 'Bản gửi: số liệu đóng băng, có mã băm và mã in; không bao giờ sửa';
comment on column submission.kept_from is 'Bản bổ sung: số của bản gửi mà các ô không phải bổ sung được giữ nguyên từ đó';
comment on column submission.recorded_at is 'Lúc ghi theo đồng hồ của cơ sở dữ liệu, như recorded_at của hồ sơ: để xem lại hồ sơ như khi gửi';

create table decision (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  submission_id uuid not null,
  kind text not null constraint decision_kind_known check (kind in ('approved', 'returned', 'reopened')),
  reason text,
  due_on date,
  decided_by uuid not null,
  decided_by_name text not null,
  decided_in uuid not null,
  decided_at timestamptz not null,
  constraint decision_pk primary key (unit_id, id),
  constraint decision_kind_once unique (unit_id, submission_id, kind),
  constraint decision_from_above check (decided_in <> unit_id),
  constraint decision_says_why check (kind = 'approved' or reason is not null),
  constraint decision_submission foreign key (unit_id, submission_id) references submission (unit_id, id)
);
comment on table decision is 'Quyết định duyệt, trả về, mở lại';
comment on column decision.decided_in is 'Đơn vị mà người quyết định làm việc: luôn ở trên đơn vị báo cáo';

create table remark (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  submission_id uuid,
  cell text,
  text text not null,
  is_work_item boolean not null default false,
  author_id uuid not null,
  author_name text not null,
  author_unit_id uuid not null,
  written_at timestamptz not null,
  answer text,
  answered_by_name text,
  answered_at timestamptz,
  resolved_at timestamptz,
  version integer not null default 1,
  constraint remark_pk primary key (unit_id, id),
  constraint remark_report foreign key (unit_id, report_id) references report (unit_id, id)
);
create index remark_report_ix on remark (unit_id, report_id);
comment on table remark is 'Ý kiến theo ô; khi trả về thành việc phải làm, trường trả lời từng việc';

create table explanation (
  unit_id uuid not null,
  report_id uuid not null,
  finding_key text not null,
  reason text not null,
  account_name text not null,
  stated_at timestamptz not null,
  constraint explanation_pk primary key (unit_id, report_id, finding_key),
  constraint explanation_report foreign key (unit_id, report_id) references report (unit_id, id)
);
comment on table explanation is 'Lý do cho từng cảnh báo, đi cùng báo cáo';

create table report_event (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  kind text not null,
  state text not null,
  account_name text not null,
  reason text,
  submission_no integer,
  at timestamptz not null,
  due_on date,
  constraint report_event_pk primary key (unit_id, id),
  constraint report_event_report foreign key (unit_id, report_id) references report (unit_id, id)
);
create index report_event_report_ix on report_event (unit_id, report_id, at);
comment on table report_event is 'Dòng thời gian của báo cáo';
comment on column report_event.due_on is 'Ngày phải gửi do việc này đặt ra (trả về, bổ sung, mở lại, mở thêm thời gian): lần gửi tiếp theo được tính chậm theo ngày đó';

-- Sum of the latest approved school submissions at and below a unit. Changed by plus new minus old, in the deciding transaction.
-- Amounts are hundredths (money has two decimals), in the order of period_form.cells: an approval changes every tier, and adding up
-- two lists costs a tenth of merging two objects, and compressing them at every change would cost more than that.
create table aggregate_sum (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  amounts bigint[] storage external not null,
  filled integer[] storage external not null,
  parts integer not null,
  updated_at timestamptz not null,
  constraint aggregate_sum_pk primary key (unit_id, period_id, form_code)
);
comment on table aggregate_sum is 'Tổng hợp: tổng các bản đã duyệt ở dưới, theo thứ tự các ô của biểu';
comment on column aggregate_sum.amounts is 'Phần trăm của đơn vị tính: 946 học sinh là 94600';
comment on column aggregate_sum.filled is 'Mỗi ô có số ở bao nhiêu bản: ô không bản nào có thì để trống, không phải 0';

-- The same with the cells by name.
create view aggregate with (security_invoker = true) as
select a.unit_id, a.period_id, a.form_code, named.cells, a.parts, a.updated_at
from aggregate_sum a
join period_form f on f.period_id = a.period_id and f.form_code = a.form_code
cross join lateral (
  select coalesce(json_object_agg(c.key, trim_scale(c.amount / 100.0)) filter (where c.filled > 0), '{}') as cells
  from unnest(f.cells, a.amounts, a.filled) c (key, amount, filled)
) named;
comment on view aggregate is 'Tổng hợp: tổng các bản đã duyệt ở dưới';

-- Which submission of a school is counted in the totals above it, and in which totals.
create table counted_submission (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  submission_id uuid not null,
  no integer not null,
  hash text not null,
  counted_in uuid[] not null,
  constraint counted_submission_pk primary key (unit_id, period_id, form_code),
  constraint counted_submission_submission foreign key (unit_id, submission_id) references submission (unit_id, id)
);
comment on table counted_submission is 'Bản gửi đang được tính trong tổng hợp';

-- Code printed on paper; keyed by the code so that the public check touches nothing else.
create table print_code (
  code text not null constraint print_code_pk primary key,
  unit_id uuid not null,
  submission_id uuid not null
);
comment on table print_code is 'Mã in trên giấy';

-- To whom a unit reports: of each of its relations the days on which no better one holds. The reviewing relation goes before the
-- managing one, that of the level before that of all. Made from unit_relation, which changes a few times a year and is asked always.
create table reporting_line (
  child_id uuid not null constraint reporting_line_child references unit (id),
  level text not null,
  except_levels text[] not null,
  parent_id uuid not null constraint reporting_line_parent references unit (id),
  valid daterange not null,
  constraint reporting_line_pk primary key (child_id, level, valid without overlaps)
);
create index reporting_line_parent_ix on reporting_line (parent_id);
comment on table reporting_line is 'Đơn vị gửi báo cáo lên đâu, theo cấp học và thời gian; suy ra từ unit_relation';
comment on column reporting_line.except_levels is 'Dòng của mọi cấp (*) không tính các cấp có dòng riêng';

create function draw_reporting_lines() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_children uuid[] := '{}';
begin
  if tg_op in ('INSERT', 'UPDATE') then v_children := array (select distinct child_id from new_relations); end if;
  if tg_op in ('DELETE', 'UPDATE') then v_children := v_children || array (select distinct child_id from old_relations); end if;
  delete from reporting_line l where l.child_id = any (v_children);
  insert into reporting_line
  with relation as (
    select * from unit_relation r where r.child_id = any (v_children) and r.role in ('reviewing', 'managing')
  ), asked as (
    select child_id, level, '{}'::text[] as except_levels from relation where level <> '*' group by child_id, level
    union all
    select child_id, '*', coalesce(array_agg(distinct level) filter (where level <> '*'), '{}') from relation group by child_id
  ), ranked as (
    select a.child_id, a.level, a.except_levels, r.parent_id, datemultirange(r.valid) - coalesce(range_agg(r.valid) over (
        partition by a.child_id, a.level order by r.role = 'reviewing' desc, r.level <> '*' desc, r.valid
        rows between unbounded preceding and 1 preceding), '{}') as days
    from asked a join relation r on r.child_id = a.child_id and r.level in (a.level, '*')
  )
  select child_id, level, except_levels, parent_id, piece from ranked cross join lateral unnest(days) piece;
  return null;
end $$;
create trigger unit_relation_added after insert on unit_relation referencing new table as new_relations
  for each statement execute function draw_reporting_lines();
create trigger unit_relation_changed after update on unit_relation referencing old table as old_relations new table as new_relations
  for each statement execute function draw_reporting_lines();
create trigger unit_relation_removed after delete on unit_relation referencing old table as old_relations
  for each statement execute function draw_reporting_lines();

-- The parent to whom a unit reports on a day for a level.
create function reports_to(p_unit uuid, p_level text, p_day date) returns uuid
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return (
    select l.parent_id from reporting_line l
    where l.child_id = p_unit and l.valid @> p_day and (l.level = p_level or l.level = '*' and p_level <> all (l.except_levels))
  );
end $$;

-- All units at and above a unit on a day, nearest first.
create function units_above(p_unit uuid, p_level text, p_day date) returns table (unit_id uuid, distance integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive up as (
    select p_unit as id, 0 as step
    union all
    select reports_to(up.id, p_level, p_day), up.step + 1 from up where up.id is not null and up.step < 8
  )
  select up.id, up.step from up where up.id is not null order by up.step;
end $$;

-- By when each of some units is asked in a period. Of whoever set days above a unit, the day for its group of schools goes before that
-- for its kind; of several who did, the earliest holds. A unit without a row is asked by no day, an office then for nothing.
create function due_dates(p_period uuid, p_units uuid[]) returns table (unit_id uuid, due_on date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_owner uuid;
  v_day date;
begin
  select p.owner_id, p.as_of into v_owner, v_day from period p where p.id = p_period;
  return query
  with recursive asked as materialized (
    select u.id, u.kind, coalesce(u.level_group, '*') as level_group from unit u where u.id = any (p_units)
  ), up as (
    -- Of the owner it is known that it stands above; the way up is gone only for others.
    select a.id, a.id as above_id from asked a
    where exists (select 1 from period_deadline d where d.period_id = p_period and d.owner_id <> v_owner)
    union
    select up.id, l.parent_id from up join reporting_line l on l.child_id = up.above_id and l.valid @> v_day
  ), setter as (
    select a.id, v_owner as owner_id from asked a
    union all
    select up.id, up.above_id from up where up.above_id not in (up.id, v_owner)
  ), said as (
    select a.id, coalesce(min(d.due_on) filter (where d.level_group <> '*'), min(d.due_on)) as due_on
    from asked a join setter s on s.id = a.id
    join period_deadline d on d.period_id = p_period and d.owner_id = s.owner_id and d.unit_kind = a.kind and d.level_group in (a.level_group, '*')
    group by a.id, s.owner_id
  )
  select s.id, min(s.due_on) from said s group by s.id;
end $$;

-- All units that report to a unit on a day for a level, at every distance: the other way round of units_above.
create function units_reporting_to(p_unit uuid, p_level text, p_day date)
returns table (unit_id uuid, parent_id uuid, distance integer, kind text, code text, name text, levels text[])
language plpgsql stable security definer set search_path = public, pg_temp
-- Planned for the day that is asked, here and below: for all days, every line of the country would be read for each unit.
set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with recursive down as (
    select p_unit as id, null::uuid as parent, 0 as step
    union all
    select l.child_id, l.parent_id, down.step + 1
    from down join reporting_line l on l.parent_id = down.id and l.valid @> p_day and (l.level = p_level or l.level = '*' and p_level <> all (l.except_levels))
    where down.step < 8
  )
  select u.id, down.parent, down.step, u.kind, u.code, u.name, u.levels from down join unit u on u.id = down.id and u.valid @> p_day
  where down.step > 0;
end $$;

-- Whether a form of a level is asked of a school that teaches these levels: one of all levels (*) is asked of every school.
create function is_asked(p_level text, p_levels text[]) returns boolean language sql immutable
return p_level = '*' or p_level = any (p_levels);

-- Whose figures a form of a level is made of, below a unit on a day: schools of which it is asked and the offices between.
create function units_asked(p_unit uuid, p_level text, p_day date)
returns table (unit_id uuid, parent_id uuid, distance integer, kind text, code text, name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive below as materialized (
    select b.* from units_reporting_to(p_unit, p_level, p_day) b
  ), holding as (
    select b.parent_id as id from below b where b.kind = 'school' and is_asked(p_level, b.levels)
    union
    select b.parent_id from holding h join below b on b.unit_id = h.id
  )
  select b.unit_id, b.parent_id, b.distance, b.kind, b.code, b.name from below b
  where case when b.kind = 'school' then is_asked(p_level, b.levels) else b.unit_id in (select h.id from holding h) end;
end $$;

-- Those of them that stand directly below, without walking to the last school.
create function units_asked_next(p_unit uuid, p_level text, p_day date) returns table (unit_id uuid, kind text, name text)
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  return query
  select u.id, u.kind, u.name
  from reporting_line l join unit u on u.id = l.child_id and u.valid @> p_day
  where l.parent_id = p_unit and l.valid @> p_day and (l.level = p_level or l.level = '*' and p_level <> all (l.except_levels))
    and exists (
      with recursive down as (
        select u.id, u.kind, u.levels, 0 as step
        union all
        select c.id, c.kind, c.levels, down.step + 1
        from down join reporting_line n on n.parent_id = down.id and n.valid @> p_day and (n.level = p_level or n.level = '*' and p_level <> all (n.except_levels))
        join unit c on c.id = n.child_id and c.valid @> p_day
        where down.step < 8
      )
      select 1 from down where down.kind = 'school' and is_asked(p_level, down.levels) limit 1
    );
end $$;

-- How many schools are asked at and below a unit. Below the ministry is every school that reports to anybody.
create function schools_asked(p_unit uuid, p_level text, p_day date) returns integer
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
declare
  v_kind text := (select u.kind from unit u where u.id = p_unit);
begin
  if v_kind = 'ministry' then
    return (
      select count(*) from unit u
      join reporting_line l on l.child_id = u.id and l.valid @> p_day and (l.level = p_level or l.level = '*' and p_level <> all (l.except_levels))
      where u.kind = 'school' and is_asked(p_level, u.levels) and u.valid @> p_day);
  elsif v_kind = 'school' then
    return (select count(*) from unit u where u.id = p_unit and is_asked(p_level, u.levels));
  end if;
  return (
    with recursive down as (
      select p_unit as id, 0 as step
      union all
      select l.child_id, down.step + 1
      from down join reporting_line l on l.parent_id = down.id and l.valid @> p_day and (l.level = p_level or l.level = '*' and p_level <> all (l.except_levels))
      where down.step < 8
    )
    select count(*) from down join unit u on u.id = down.id
    where u.kind = 'school' and is_asked(p_level, u.levels) and u.valid @> p_day);
end $$;

-- All units at and below a unit on a day, by any relation.
create function units_below(p_unit uuid, p_day date) returns table (unit_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp
-- Planned once for all days, it would leaf through every relation of the country for each unit.
set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with recursive down as (
    select p_unit as id
    union
    select r.child_id from down join unit_relation r on r.parent_id = down.id and r.valid @> p_day
  )
  select u.id, u.kind from down join unit u on u.id = down.id;
end $$;

-- Cells as hundredths in the order of the form's keys; null where blank.
create function amounts_of(p_cells json, p_keys text[]) returns bigint[]
language sql immutable
return (
  select array_agg((e.value::numeric * 100)::bigint order by k.place)
  from unnest(p_keys) with ordinality k (key, place) left join json_each_text(p_cells) e on e.key = k.key
);

-- Count a school's approved submission in every total above it instead of the one counted before (null: count none any longer).
-- Totals are changed from the nearest up: units form a tree for each level and day, so concurrent decisions take the totals they
-- share in one order, and each adds to what the other has committed.
create function count_submission(p_unit uuid, p_period uuid, p_form text, p_submission uuid, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_report uuid;
  v_keys text[];
  v_old uuid;
  v_old_amounts bigint[];
  v_old_totals uuid[];
  v_new_amounts bigint[];
  v_new_totals uuid[];
  v_no integer;
  v_hash text;
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  -- One decision on a report at a time; also for the first, when there is nothing counted yet to lock.
  select r.id, f.cells into v_report, v_keys
  from report r join unit u on u.id = r.unit_id and u.kind = 'school' join period_form f on f.period_id = r.period_id and f.form_code = r.form_code
  where r.unit_id = p_unit and r.period_id = p_period and r.form_code = p_form for update of r;
  if v_report is null then raise exception 'no report of a school' using errcode = '23503'; end if;
  select c.submission_id, c.counted_in, amounts_of(s.cells, v_keys) into v_old, v_old_totals, v_old_amounts
  from counted_submission c join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
  where c.unit_id = p_unit and c.period_id = p_period and c.form_code = p_form;
  if v_old is not distinct from p_submission then return; end if;

  if p_submission is null then
    if not exists (select 1 from decision d where d.unit_id = p_unit and d.submission_id = v_old and d.kind = 'reopened') then
      raise exception 'submission was not reopened' using errcode = '42501';
    end if;
    delete from counted_submission where unit_id = p_unit and period_id = p_period and form_code = p_form;
  else
    select amounts_of(s.cells, v_keys), s.no, s.hash into v_new_amounts, v_no, v_hash from submission s
    where s.unit_id = p_unit and s.id = p_submission and s.report_id = v_report
      and exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = 'approved')
      and not exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = 'reopened');
    if v_no is null then raise exception 'submission is not approved' using errcode = '42501'; end if;
    select array_agg(a.unit_id order by a.distance) into v_new_totals
    from period p join period_form f on f.period_id = p.id and f.form_code = p_form, units_above(p_unit, f.level, p.as_of) a
    where p.id = p_period;
    insert into counted_submission values (p_unit, p_period, p_form, p_submission, v_no, v_hash, v_new_totals)
    on conflict (unit_id, period_id, form_code) do update
    set submission_id = excluded.submission_id, no = excluded.no, hash = excluded.hash, counted_in = excluded.counted_in;
  end if;

  -- Normally both lists are the same; a total that only the old submission was counted in comes after those of the new one.
  with tier as (
    select t.id, min(t.place) as place, bool_or(t.is_new) as adds, bool_or(not t.is_new) as removes
    from (
      select n.id, n.place, true from unnest(v_new_totals) with ordinality n (id, place)
      union all
      select o.id, 100 + o.place, false from unnest(v_old_totals) with ordinality o (id, place)
    ) t (id, place, is_new)
    group by t.id
  ), change as materialized (
    select k.adds, k.removes, array_agg(coalesce(c.added, 0) - coalesce(c.removed, 0)) as amounts,
      array_agg((c.added is not null)::integer - (c.removed is not null)::integer) as filled
    from (select distinct tier.adds, tier.removes from tier) k
    cross join lateral unnest(case when k.adds then v_new_amounts end, case when k.removes then v_old_amounts end) c (added, removed)
    group by k.adds, k.removes
  )
  insert into aggregate_sum as a (unit_id, period_id, form_code, amounts, filled, parts, updated_at)
  select tier.id, p_period, p_form, change.amounts, change.filled, tier.adds::integer - tier.removes::integer, p_at
  from tier join change on change.adds = tier.adds and change.removes = tier.removes
  order by tier.place
  on conflict (unit_id, period_id, form_code) do update set
    -- One of the lists is shorter where the form got cells in between.
    amounts = array (select coalesce(h.held, 0) + coalesce(h.change, 0) from unnest(a.amounts, excluded.amounts) h (held, change)),
    filled = array (select coalesce(h.held, 0) + coalesce(h.change, 0) from unnest(a.filled, excluded.filled) h (held, change)),
    parts = a.parts + excluded.parts,
    updated_at = excluded.updated_at;
end $$;

-- Whoever starts a report and whoever publishes a version of its form wait for each other.
create function form_lock(p_period uuid, p_form text) returns bigint language sql immutable return hashtextextended(p_period || p_form, 20220930);

-- The period goes on with a version of the form that has more cells. What was sent stays counted and becomes "needs supplement"; what
-- was not is fetched anew. Totals need no change: new cells stand at the end, and a list that is too short lacks them.
create function publish_form_version(p_period uuid, p_form text, p_version text, p_added text[], p_due date, p_reason text, p_account_name text, p_at timestamptz)
returns table (asked integer, restarted integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from period p where p.id = p_period and p.owner_id = any (current_setting('app.acting_units')::uuid[])) then
    raise insufficient_privilege;
  end if;
  perform pg_advisory_xact_lock(form_lock(p_period, p_form));
  update period_form f set form_version = p_version, cells = f.cells || p_added, first_version = coalesce(f.first_version, f.form_version)
  where f.period_id = p_period and f.form_code = p_form and not f.cells && p_added and f.form_version <> p_version;
  if not found then raise exception 'no such form to be added to' using errcode = '23503'; end if;
  update period set version = version + 1 where id = p_period;
  -- First whatever is being sent or decided on comes to its end.
  perform from report r where r.period_id = p_period and r.form_code = p_form order by r.unit_id for update;
  return query
  with was as (
    select r.unit_id, r.id, r.state in ('submitted', 'approved', 'supplement') as sent, s.cells, s.no
    from report r left join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no
    where r.period_id = p_period and r.form_code = p_form
  ), moved as (
    update report r set form_version = p_version, compiled_at = null, records_digest = null, missing_total = 0, version = r.version + 1,
      state = case when was.sent then 'supplement' else r.state end,
      state_since = case when was.sent then p_at else r.state_since end,
      holder_id = r.unit_id,
      due_on = case when was.sent then p_due else r.due_on end,
      cells = case when was.sent then was.cells else '{}' end
    from was where r.unit_id = was.unit_id and r.id = was.id
    returning r.unit_id, r.id, r.state, was.sent, was.no
  ), noticed as (
    insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
    select m.unit_id, uuidv7(), 'supplement', 'everybody', concat_ws(':', 'supplement', m.id, p_version), p_period,
      jsonb_build_object('periodName', p.name, 'formCode', p_form, 'reportId', m.id, 'fromUnit', o.name, 'dueOn', case when m.sent then p_due end,
        'version', p_version, 'cells', cardinality(p_added)), p_at
    from moved m join period p on p.id = p_period join unit o on o.id = p.owner_id
    on conflict on constraint notice_once do nothing
  ), told as (
    insert into report_event (unit_id, id, report_id, kind, state, account_name, reason, submission_no, at, due_on)
    select m.unit_id, uuidv7(), m.id, case when m.sent then 'supplement' else 'form-changed' end, m.state, p_account_name, p_reason, m.no, p_at,
      case when m.sent then p_due end from moved m
    returning kind
  )
  select count(*) filter (where t.kind = 'supplement')::integer, count(*) filter (where t.kind <> 'supplement')::integer from told t;
end $$;

-- Who opens a period above takes over what units below ask already for the same time: nobody owes a form twice. What was sent to
-- theirs stays there.
create function take_over_forms(p_period uuid, p_forms text[]) returns table (owner_name text, period_name text, form_code text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from period p where p.id = p_period and acts_in(p.owner_id) and governs(p.owner_id)) then
    raise insufficient_privilege;
  end if;
  -- A period of the middle of a year may have been moved to another day: what it took, or lost, for the old one is free again.
  update period_form f set replaced_by = null where f.replaced_by = p_period or f.period_id = p_period;
  return query
  update period_form f set replaced_by = p_period
  from period p, period q, unit u
  where p.id = p_period and q.id = f.period_id and u.id = q.owner_id and f.form_code = any (p_forms) and f.replaced_by is null
    and q.school_year = p.school_year and q.kind = p.kind and (p.kind <> 'middle' or q.as_of = p.as_of)
    and exists (select 1 from units_over(q.owner_id, q.as_of) o where o.unit_id = p.owner_id)
  returning u.name, q.name, f.form_code;
end $$;

-- How many of the submissions in a unit's total are by a version of the form; no names, so a unit that sees only itself may ask.
create function parts_by_version(p_unit uuid, p_period uuid, p_form text, p_version text) returns integer
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  return (
    select count(*) from counted_submission c join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
    where c.period_id = p_period and c.form_code = p_form and p_unit = any (c.counted_in) and s.form_version = p_version);
end $$;

-- Totals that differ from a recount out of decisions and submissions alone; no rows when all is well. Reads what its caller may read.
create function wrong_aggregates() returns table (unit_id uuid, period_id uuid, form_code text, cell text, stored numeric, recounted numeric)
language plpgsql stable as $$
begin
  return query
  with approved as (
    select distinct on (s.unit_id, s.report_id) s.unit_id, r.period_id, r.form_code, f.level, p.as_of, s.cells
    from submission s
    join report r on r.unit_id = s.unit_id and r.id = s.report_id
    join unit u on u.id = s.unit_id and u.kind = 'school'
    join period p on p.id = r.period_id
    join period_form f on f.period_id = p.id and f.form_code = r.form_code
    where exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = 'approved')
      and not exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = 'reopened')
    order by s.unit_id, s.report_id, s.no desc
  ), counted as (
    select up.unit_id, a.period_id, a.form_code, a.cells from approved a cross join lateral units_above(a.unit_id, a.level, a.as_of) up
  ), expected as (
    select c.unit_id, c.period_id, c.form_code, e.key, sum(e.value::numeric) as amount
    from counted c cross join lateral json_each_text(c.cells) e group by 1, 2, 3, 4
    union all
    select c.unit_id, c.period_id, c.form_code, '', count(*) from counted c group by 1, 2, 3
  ), held as (
    select a.unit_id, a.period_id, a.form_code, e.key, e.value::numeric as amount from aggregate a cross join lateral json_each_text(a.cells) e
    union all
    select a.unit_id, a.period_id, a.form_code, '', a.parts from aggregate a where a.parts <> 0
  )
  select coalesce(h.unit_id, e.unit_id), coalesce(h.period_id, e.period_id), coalesce(h.form_code, e.form_code), coalesce(h.key, e.key), h.amount, e.amount
  from held h full join expected e on e.unit_id = h.unit_id and e.period_id = h.period_id and e.form_code = h.form_code and e.key = h.key
  where h.amount is distinct from e.amount;
end $$;

-- A report's state, number and days follow what was sent and decided: whoever changes the row. Functions of the database, which run as
-- its owner, answer for the rest themselves.
create function follow_decisions() returns trigger language plpgsql as $$
declare
  v_is_actor boolean := current_user in ('khuevan_app', 'khuevan_nation');
  v_kind text := case new.state when 'draft' then 'reopened' when 'approved' then 'approved' when 'returned' then 'returned' end;
begin
  -- An old decision decides nothing again: only what is approved is reopened, only what is sent is approved or returned.
  if new.state is distinct from old.state and v_kind is not null and (
    v_is_actor and old.state <> case v_kind when 'reopened' then 'approved' else 'submitted' end
    or not exists (
      select 1 from submission s join decision d on d.unit_id = s.unit_id and d.submission_id = s.id and d.kind = v_kind
      where s.unit_id = new.unit_id and s.report_id = new.id and s.no = new.last_submission_no)
  ) then
    raise exception 'report % is not %', new.id, v_kind using errcode = '42501';
  end if;
  if not v_is_actor then return new; end if;
  if (new.due_on, new.open_until) is distinct from (old.due_on, old.open_until) and not acts_above(new.unit_id) then
    raise exception 'days of report % are set from above', new.id using errcode = '42501';
  end if;
  if new.state = 'supplement' and old.state <> 'supplement' then
    raise exception 'report % needs no supplement', new.id using errcode = '42501';
  end if;
  if new.last_submission_no <> old.last_submission_no or new.state = 'submitted' and old.state <> 'submitted' then
    new.last_sent_at := (
      select s.sent_at from submission s where s.unit_id = new.unit_id and s.report_id = new.id and s.no = new.last_submission_no);
    if new.last_sent_at is null or new.last_submission_no <> old.last_submission_no + 1 or new.state <> 'submitted' then
      raise exception 'report % was not sent', new.id using errcode = '42501';
    end if;
  end if;
  return new;
end $$;
create trigger report_follows_decisions before update on report for each row execute function follow_decisions();

-- It begins as a draft, for the one reviewer that its level and day give.
create function begin_report() returns trigger language plpgsql as $$
begin
  if current_user in ('khuevan_app', 'khuevan_nation') and (new.state <> 'draft' or not exists (
    select 1 from period p join period_form f on f.period_id = p.id and f.form_code = new.form_code
    where p.id = new.period_id and f.form_version = new.form_version and new.reviewer_id = reports_to(new.unit_id, f.level, p.as_of)
  )) then
    raise exception 'no such report is asked for' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger report_begins before insert on report for each row execute function begin_report();

-- What the public check page may know of a printed code. No persons, no figures.
create function check_print(p_code text) returns table (
  unit_name text, form_code text, period_name text, no integer, sent_at timestamptz, hash text, state text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select u.name, r.form_code, p.name, s.no, s.sent_at, s.hash,
    case
      when s.no < r.last_submission_no then 'superseded'
      -- Both are final for a submission: after them only another one can be approved.
      when exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind in ('returned', 'reopened')) then 'returned'
      else 'same'
    end
  from print_code c
  join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
  join report r on r.unit_id = s.unit_id and r.id = s.report_id
  join period p on p.id = r.period_id
  join unit u on u.id = s.unit_id
  where c.code = p_code;
end $$;
