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
  created_at timestamptz not null default now(),
  version integer not null default 1,
  constraint period_opens_before_closing check (opens_on <= closes_on)
);
comment on table period is 'Kỳ báo cáo';

create table period_form (
  period_id uuid not null constraint period_form_period references period (id),
  form_code text not null,
  form_version text not null,
  constraint period_form_pk primary key (period_id, form_code)
);
comment on table period_form is 'Biểu mẫu và phiên bản dùng trong kỳ';

create table period_deadline (
  period_id uuid not null constraint period_deadline_period references period (id),
  unit_kind text not null,
  due_on date not null,
  constraint period_deadline_pk primary key (period_id, unit_kind)
);
comment on table period_deadline is 'Hạn nộp theo loại đơn vị';

create table report (
  unit_id uuid not null,
  id uuid not null,
  period_id uuid not null,
  form_code text not null,
  form_version text not null,
  state text not null constraint report_state_known check (state in ('draft', 'submitted', 'returned', 'approved', 'supplement')),
  reviewer_id uuid not null,
  holder_id uuid not null,
  cells jsonb not null default '{}',
  records_digest text,
  compiled_at timestamptz,
  last_submission_no integer not null default 0,
  state_since timestamptz not null,
  version integer not null default 1,
  constraint report_pk primary key (unit_id, id),
  constraint report_once unique (unit_id, period_id, form_code)
);
create index report_period_ix on report (period_id, form_code, state);
comment on table report is 'Báo cáo của một đơn vị trong một kỳ';
comment on column report.holder_id is 'Đơn vị đang giữ báo cáo';

create table submission (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  no integer not null,
  form_version text not null,
  cells jsonb not null,
  parts jsonb not null default '[]',
  explanations jsonb not null default '[]',
  records_digest text not null,
  hash text not null,
  code text not null,
  sent_by uuid not null,
  sent_by_name text not null,
  sent_at timestamptz not null,
  constraint submission_pk primary key (unit_id, id),
  constraint submission_no_once unique (unit_id, report_id, no),
  constraint submission_report foreign key (unit_id, report_id) references report (unit_id, id)
);
comment on table submission is 'Bản gửi: số liệu đóng băng, có mã băm và mã in; không bao giờ sửa';

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
  decided_at timestamptz not null,
  constraint decision_pk primary key (unit_id, id),
  constraint decision_submission foreign key (unit_id, submission_id) references submission (unit_id, id)
);
create index decision_submission_ix on decision (unit_id, submission_id);
comment on table decision is 'Quyết định duyệt, trả về, mở lại';

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
  constraint report_event_pk primary key (unit_id, id),
  constraint report_event_report foreign key (unit_id, report_id) references report (unit_id, id)
);
create index report_event_report_ix on report_event (unit_id, report_id, at);
comment on table report_event is 'Dòng thời gian của báo cáo';

-- Sum of the latest approved school submissions at and below a unit. Changed by plus new minus old, in the deciding transaction.
create table aggregate (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  cells jsonb not null,
  parts integer not null,
  updated_at timestamptz not null,
  constraint aggregate_pk primary key (unit_id, period_id, form_code)
);
comment on table aggregate is 'Tổng hợp: tổng các bản đã duyệt ở dưới';

-- Which submission of a school is counted in the totals above it.
create table counted_submission (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  submission_id uuid not null,
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

create function cells_plus(a jsonb, b jsonb, sign integer) returns jsonb
language sql immutable
return (
  select coalesce(jsonb_object_agg(key, total), '{}')
  from (
    select key, sum(amount) as total
    from (
      select key, value::numeric as amount from jsonb_each_text(a)
      union all
      select key, sign * value::numeric from jsonb_each_text(b)
    ) both_sides
    group by key
  ) summed
);

-- All units at and above a unit on a day, nearest first. Follows reviewing relations of the level, else managing ones.
create function units_above(p_unit uuid, p_level text, p_day date) returns table (unit_id uuid, distance integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive up as (
    select p_unit as id, 0 as step
    union all
    select (
      select r.parent_id from unit_relation r
      where r.child_id = up.id and r.role in ('reviewing', 'managing') and r.level in (p_level, '*') and r.valid @> p_day
      order by r.role = 'reviewing' desc, r.level = p_level desc limit 1
    ), up.step + 1
    from up where up.id is not null and up.step < 8
  )
  select up.id, up.step from up where up.id is not null order by up.step;
end $$;

-- All units at and below a unit on a day, by any relation.
create function units_below(p_unit uuid, p_day date) returns table (unit_id uuid, kind text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive down as (
    select p_unit as id
    union
    select r.child_id from down join unit_relation r on r.parent_id = down.id and r.valid @> p_day
  )
  select u.id, u.kind from down join unit u on u.id = down.id;
end $$;

-- Count a school's submission in every total above it instead of the one counted before (null: count none).
-- Ancestors are changed from the nearest up, so that concurrent decisions lock in one order.
create function count_submission(p_unit uuid, p_period uuid, p_form text, p_level text, p_submission uuid, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_day date;
  v_old jsonb;
  v_new jsonb;
  v_change jsonb;
  v_parts integer;
  v_ancestor uuid;
begin
  if not (p_unit = any (current_setting('app.report_units')::uuid[])) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  select as_of into v_day from period where id = p_period;
  select s.cells into v_old from counted_submission c join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
  where c.unit_id = p_unit and c.period_id = p_period and c.form_code = p_form for update of c;
  select cells into v_new from submission where unit_id = p_unit and id = p_submission;
  if v_old is null and v_new is null then return; end if;
  v_change := cells_plus(coalesce(v_new, '{}'), coalesce(v_old, '{}'), -1);
  v_parts := (v_new is not null)::integer - (v_old is not null)::integer;
  if p_submission is null then
    delete from counted_submission where unit_id = p_unit and period_id = p_period and form_code = p_form;
  else
    insert into counted_submission values (p_unit, p_period, p_form, p_submission)
    on conflict (unit_id, period_id, form_code) do update set submission_id = excluded.submission_id;
  end if;
  for v_ancestor in select a.unit_id from units_above(p_unit, p_level, v_day) a order by a.distance loop
    insert into aggregate values (v_ancestor, p_period, p_form, v_change, v_parts, p_at)
    on conflict (unit_id, period_id, form_code) do update
    set cells = cells_plus(aggregate.cells, v_change, 1), parts = aggregate.parts + v_parts, updated_at = excluded.updated_at;
  end loop;
end $$;

-- What the public check page may know of a printed code. No persons, no figures.
create function check_print(p_code text) returns table (
  unit_name text, form_code text, period_name text, no integer, sent_at timestamptz, hash text, state text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select u.name, r.form_code, p.name, s.no, s.sent_at, s.hash,
    case
      when s.no < r.last_submission_no then 'superseded'
      when exists (select 1 from decision d where d.unit_id = s.unit_id and d.submission_id = s.id and d.kind in ('returned', 'reopened')
        and d.decided_at >= (select max(x.decided_at) from decision x where x.unit_id = s.unit_id and x.submission_id = s.id)) then 'returned'
      else 'same'
    end
  from print_code c
  join submission s on s.unit_id = c.unit_id and s.id = c.submission_id
  join report r on r.unit_id = s.unit_id and r.id = s.report_id
  join period p on p.id = r.period_id
  join unit u on u.id = s.unit_id
  where c.code = p_code;
end $$;
