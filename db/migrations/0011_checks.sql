-- Checks as units above set them, reasons as reviewers take them, and ratios beside those of like units.

-- Each setting is a row and stays: the newest of an owner is in force. Without a severity it takes the owner's setting back.
create table check_setting (
  owner_id uuid not null constraint check_setting_owner references unit (id),
  id uuid not null,
  form_slug text not null,
  rule text not null,
  severity text constraint check_setting_severity_known check (severity in ('off', 'warning', 'error')),
  tolerance jsonb not null default '{}',
  reason text not null,
  set_by uuid not null,
  set_by_name text not null,
  set_at timestamptz not null,
  constraint check_setting_pk primary key (owner_id, id)
);
create index check_setting_rule_ix on check_setting (owner_id, form_slug, rule, set_at);
comment on table check_setting is 'Mức và ngưỡng của từng kiểm tra do cấp trên đặt, có lý do; dòng mới nhất có hiệu lực';
comment on column check_setting.severity is 'Tắt, cảnh báo, lỗi; trống là đặt lại như biểu mẫu quy định';
comment on column check_setting.tolerance is 'Ngưỡng: share (tỷ lệ), least (số tuyệt đối), times (số lần độ lệch)';

-- What a form asks of a unit differs from its file by these, the nearest unit above first.
create function check_settings_of(p_unit uuid, p_form text, p_level text, p_day date)
returns table (rule text, severity text, tolerance jsonb, owner_id uuid, owner_name text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with newest as (
    select distinct on (s.owner_id, s.rule) s.rule, s.severity, s.tolerance, s.owner_id, a.distance
    from units_above(p_unit, p_level, p_day) a join check_setting s on s.owner_id = a.unit_id and s.form_slug = p_form
    order by s.owner_id, s.rule, s.set_at desc, s.id desc
  )
  select distinct on (n.rule) n.rule, n.severity, n.tolerance, n.owner_id, u.name
  from newest n join unit u on u.id = n.owner_id
  where n.severity is not null order by n.rule, n.distance;
end $$;

alter table submission add column check_settings jsonb not null default '[]';
comment on column submission.check_settings is 'Mức và ngưỡng kiểm tra có hiệu lực lúc gửi, khác với biểu mẫu';

-- A reviewer takes or refuses the reason for a warning. The newest row on a reason counts; a refused one is asked for again.
create table explanation_decision (
  unit_id uuid not null,
  id uuid not null,
  report_id uuid not null,
  submission_id uuid not null,
  finding_key text not null,
  reason text not null,
  kind text not null constraint explanation_decision_kind_known check (kind in ('accepted', 'refused')),
  note text,
  decided_by uuid not null,
  decided_by_name text not null,
  decided_in uuid not null,
  decided_at timestamptz not null,
  constraint explanation_decision_pk primary key (unit_id, id),
  constraint explanation_decision_from_above check (decided_in <> unit_id),
  constraint explanation_decision_says_why check (kind = 'accepted' or note is not null),
  constraint explanation_decision_submission foreign key (unit_id, submission_id) references submission (unit_id, id)
);
create index explanation_decision_report_ix on explanation_decision (unit_id, report_id, finding_key);
comment on table explanation_decision is 'Chấp nhận hoặc không chấp nhận lý do của một cảnh báo';
comment on column explanation_decision.reason is 'Lý do được xét: lý do khác thì xét lại';

-- A ratio of a unit, and what it has most of its figures in: of each part the first cell. Like units have the same parts.
create type like_unit_value as (unit_id uuid, reviewer uuid, ratio text, value double precision, parts text);

-- Of the schools of a province that sent a form.
create function like_unit_values(p_province uuid, p_period uuid, p_form text, p_level text, p_day date, p_ratios jsonb, p_likeness jsonb) returns like_unit_value[]
language plpgsql stable as $$
declare
  v_keys text[] := array (
    select jsonb_array_elements_text(r.value -> 'over' || (r.value -> 'under') || jsonb_build_array(r.value -> 'where')) from jsonb_array_elements(p_ratios) r
    union select jsonb_array_elements_text(c.value -> 'cells') from jsonb_array_elements(p_likeness) l cross join lateral jsonb_array_elements(l.value -> 'parts') c
  );
begin
  return array (
    with sent as materialized (
      select b.unit_id as id, b.parent_id as reviewer,
        (select jsonb_object_agg(e.key, e.value::numeric) from json_each_text(s.cells) e where e.key = any (v_keys)) as cells
      from units_reporting_to(p_province, p_level, p_day) b
      join report r on r.unit_id = b.unit_id and r.period_id = p_period and r.form_code = p_form and r.state in ('submitted', 'approved')
      join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no
      where b.kind = 'school'
    ), alike as materialized (
      select s.id, s.reviewer, s.cells, (
        select coalesce(string_agg((
          select c.value -> 'cells' ->> 0 from jsonb_array_elements(l.value -> 'parts') with ordinality c (value, place)
          order by (select coalesce(sum((s.cells ->> k.key)::numeric), 0) from jsonb_array_elements_text(c.value -> 'cells') k (key)) desc, c.place limit 1
        ), ' ' order by l.place), '')
        from jsonb_array_elements(p_likeness) with ordinality l (value, place)
      ) as parts
      from sent s
    )
    select row (a.id, a.reviewer, q.ratio, (q.over / q.under)::double precision, a.parts)::like_unit_value
    from alike a cross join lateral (
      select r.value ->> 'id' as ratio,
        (select sum((a.cells ->> k.key)::numeric) from jsonb_array_elements_text(r.value -> 'over') k (key)) as over,
        (select sum((a.cells ->> k.key)::numeric) from jsonb_array_elements_text(r.value -> 'under') k (key)) as under
      from jsonb_array_elements(p_ratios) r
      where not r.value ? 'where' or (a.cells ->> (r.value ->> 'where'))::numeric > 0
    ) q
    where q.over is not null and q.under > 0
  );
end $$;

-- The median of like units and the median of their distances from it: under each reviewer, and in the whole province, where there are enough.
create function like_unit_medians(p_values like_unit_value[], p_province uuid, p_least integer)
returns table (holder uuid, ratio text, parts text, median double precision, spread double precision, units integer)
language sql stable as $$
  with held as materialized (
    select v.reviewer as holder, v.ratio, v.parts, v.value from unnest(p_values) v where v.reviewer <> p_province
    union all
    select p_province, v.ratio, v.parts, v.value from unnest(p_values) v
  ), middle as materialized (
    select h.holder, h.ratio, h.parts, percentile_cont(0.5) within group (order by h.value) as median, count(*)::integer as units
    from held h group by h.holder, h.ratio, h.parts having count(*) >= p_least
  )
  select m.holder, m.ratio, m.parts, m.median, percentile_cont(0.5) within group (order by abs(h.value - m.median)), m.units
  from middle m join held h on h.holder = m.holder and h.ratio = m.ratio and h.parts = m.parts
  group by m.holder, m.ratio, m.parts, m.median, m.units
$$;

-- Beside the medians: those of the same reviewer, where there are enough, else those of the province. Answers units in scope only: of the
-- others nothing but the medians is told.
create function like_unit_ratios(p_unit uuid, p_period uuid, p_form text, p_ratios jsonb, p_likeness jsonb, p_least integer)
returns table (unit_id uuid, ratio text, value double precision, median double precision, spread double precision, units integer, parts text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_level text;
  v_day date;
  v_province uuid;
  v_values like_unit_value[];
  v_scope uuid[] := current_setting('app.report_units')::uuid[];
begin
  if not (p_unit = any (v_scope)) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  select f.level, p.as_of into v_level, v_day from period p join period_form f on f.period_id = p.id and f.form_code = p_form where p.id = p_period;
  select a.unit_id into v_province from units_above(p_unit, v_level, v_day) a join unit u on u.id = a.unit_id and u.kind = 'province' order by a.distance limit 1;
  if v_province is null then return; end if;
  v_values := like_unit_values(v_province, p_period, p_form, v_level, v_day, p_ratios, p_likeness);
  return query
  with middle as materialized (select * from like_unit_medians(v_values, v_province, p_least))
  select v.unit_id, v.ratio, v.value, m.median, m.spread, m.units, v.parts
  from unnest(v_values) v
  cross join lateral (
    select * from middle o where o.ratio = v.ratio and o.parts = v.parts and o.holder in (v.reviewer, v_province)
    order by o.holder = v.reviewer desc limit 1
  ) m
  where v.unit_id = any (v_scope);
end $$;

-- The medians as of a morning: what a draft is held against, so that sending reads a few rows however many units there are.
create table like_unit_median (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  parts text not null,
  ratio text not null,
  median double precision not null,
  spread double precision not null,
  units integer not null,
  constraint like_unit_median_pk primary key (unit_id, period_id, form_code, parts, ratio)
);
comment on table like_unit_median is 'Trung vị các tỷ lệ của những đơn vị cùng loại đã gửi, tính mỗi sáng; để so một báo cáo trước khi gửi';
comment on column like_unit_median.unit_id is 'Đơn vị duyệt hoặc Sở mà các đơn vị này thuộc về';
comment on column like_unit_median.spread is 'Trung vị của khoảng cách đến trung vị';

create table like_unit_draw (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  drawn_on date not null,
  constraint like_unit_draw_pk primary key (unit_id, period_id, form_code)
);
comment on table like_unit_draw is 'Trung vị của đơn vị cùng loại tính lần cuối ngày nào; mỗi ngày một lần';
comment on column like_unit_draw.unit_id is 'Đơn vị mở kỳ';

-- For the work of the morning: once a day, whoever asks how often. Of two workers the second waits and finds it done.
create function draw_like_units(p_day date, p_period uuid, p_form text, p_ratios jsonb, p_likeness jsonb, p_least integer) returns integer
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
declare
  v_level text;
  v_as_of date;
  v_province uuid;
  v_values like_unit_value[];
  v_drawn integer := 0;
  v_count integer;
begin
  perform require_no_actor();
  insert into like_unit_draw as l (unit_id, period_id, form_code, drawn_on) select p.owner_id, p.id, p_form, p_day from period p where p.id = p_period
  on conflict on constraint like_unit_draw_pk do update set drawn_on = excluded.drawn_on where l.drawn_on < excluded.drawn_on;
  if not found then return 0; end if;
  select f.level, p.as_of into v_level, v_as_of from period p join period_form f on f.period_id = p.id and f.form_code = p_form where p.id = p_period;
  delete from like_unit_median m where m.period_id = p_period and m.form_code = p_form;
  for v_province in select u.id from unit u where u.kind = 'province' and u.valid @> v_as_of loop
    -- Kept: as an argument they would be worked out at each place where the medians name them.
    v_values := like_unit_values(v_province, p_period, p_form, v_level, v_as_of, p_ratios, p_likeness);
    insert into like_unit_median (unit_id, period_id, form_code, parts, ratio, median, spread, units)
    select m.holder, p_period, p_form, m.parts, m.ratio, m.median, m.spread, m.units from like_unit_medians(v_values, v_province, p_least) m;
    get diagnostics v_count = row_count;
    v_drawn := v_drawn + v_count;
  end loop;
  return v_drawn;
end $$;

-- What units in scope are held against, by the parts they belong to; a school sees nothing else of the others.
create function like_unit_medians_of(p_units uuid[], p_parts text[], p_period uuid, p_form text)
returns table (unit_id uuid, ratio text, median double precision, spread double precision, units integer)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  select distinct on (d.id, m.ratio) d.id, m.ratio, m.median, m.spread, m.units
  from period p join period_form f on f.period_id = p.id and f.form_code = p_form
  cross join unnest(p_units, p_parts) d (id, parts)
  cross join lateral units_above(d.id, f.level, p.as_of) a
  join unit u on u.id = a.unit_id and (a.distance = 1 or u.kind = 'province')
  join like_unit_median m on m.unit_id = a.unit_id and m.period_id = p.id and m.form_code = p_form and m.parts = d.parts
  where p.id = p_period and reaches(d.id) order by d.id, m.ratio, a.distance;
end $$;
