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

-- Ratios of the units that sent a form, each with the median of the units like it and the median of their distances from it. Like
-- units have most of their figures in the same parts; they are those of the same reviewer, where there are enough, else those of
-- the province. Answers units in scope only: of the others nothing but these two medians is told.
create function like_unit_ratios(p_unit uuid, p_period uuid, p_form text, p_ratios jsonb, p_likeness jsonb, p_least integer)
returns table (unit_id uuid, ratio text, value double precision, median double precision, spread double precision, units integer, parts text[], pool text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_level text;
  v_day date;
  v_province uuid;
  v_keys text[];
  v_scope uuid[] := current_setting('app.report_units')::uuid[];
begin
  if not (p_unit = any (v_scope)) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  select f.level, p.as_of into v_level, v_day from period p join period_form f on f.period_id = p.id and f.form_code = p_form where p.id = p_period;
  select a.unit_id into v_province from units_above(p_unit, v_level, v_day) a join unit u on u.id = a.unit_id and u.kind = 'province' order by a.distance limit 1;
  if v_province is null then return; end if;
  v_keys := array (
    select jsonb_array_elements_text(r.value -> 'over' || (r.value -> 'under') || jsonb_build_array(r.value -> 'where')) from jsonb_array_elements(p_ratios) r
    union select jsonb_array_elements_text(c.value -> 'cells') from jsonb_array_elements(p_likeness) l cross join lateral jsonb_array_elements(l.value -> 'parts') c
  );
  return query
  with sent as materialized (
    select b.unit_id as id, b.parent_id as reviewer,
      (select jsonb_object_agg(e.key, e.value::numeric) from json_each_text(s.cells) e where e.key = any (v_keys)) as cells
    from units_reporting_to(v_province, v_level, v_day) b
    join report r on r.unit_id = b.unit_id and r.period_id = p_period and r.form_code = p_form and r.state in ('submitted', 'approved')
    join submission s on s.unit_id = r.unit_id and s.report_id = r.id and s.no = r.last_submission_no
    where b.kind = 'school'
  ), alike as materialized (
    select s.id, s.reviewer, s.cells, array (
      select (
        select c.value -> 'cells' ->> 0 from jsonb_array_elements(l.value -> 'parts') with ordinality c (value, place)
        order by (select coalesce(sum((s.cells ->> k.key)::numeric), 0) from jsonb_array_elements_text(c.value -> 'cells') k (key)) desc, c.place limit 1
      ) from jsonb_array_elements(p_likeness) with ordinality l (value, place) order by l.place
    ) as parts
    from sent s
  ), divided as materialized (
    select a.id, a.reviewer, a.parts, q.ratio, (q.over / q.under)::double precision as value
    from alike a cross join lateral (
      select r.value ->> 'id' as ratio,
        (select sum((a.cells ->> k.key)::numeric) from jsonb_array_elements_text(r.value -> 'over') k (key)) as over,
        (select sum((a.cells ->> k.key)::numeric) from jsonb_array_elements_text(r.value -> 'under') k (key)) as under
      from jsonb_array_elements(p_ratios) r
      where not r.value ? 'where' or (a.cells ->> (r.value ->> 'where'))::numeric > 0
    ) q
    where q.over is not null and q.under > 0
  ), pooled as materialized (
    select d.*, case when n.units >= p_least then d.reviewer else v_province end as holder
    from divided d
    join (select o.ratio, o.parts, o.reviewer, count(*) as units from divided o group by o.ratio, o.parts, o.reviewer) n
      on n.ratio = d.ratio and n.parts = d.parts and n.reviewer = d.reviewer
  ), asked as materialized (
    select distinct p.ratio, p.parts, p.holder from pooled p where p.id = any (v_scope)
  ), middle as materialized (
    select k.ratio, k.parts, k.holder, count(*)::integer as units, percentile_cont(0.5) within group (order by d.value) as median
    from asked k join divided d on d.ratio = k.ratio and d.parts = k.parts and (k.holder = v_province or d.reviewer = k.holder)
    group by k.ratio, k.parts, k.holder having count(*) >= p_least
  ), spread as materialized (
    select m.ratio, m.parts, m.holder, percentile_cont(0.5) within group (order by abs(d.value - m.median)) as spread
    from middle m join divided d on d.ratio = m.ratio and d.parts = m.parts and (m.holder = v_province or d.reviewer = m.holder)
    group by m.ratio, m.parts, m.holder
  )
  select p.id, p.ratio, p.value, m.median, w.spread, m.units, p.parts, case when m.holder = v_province then 'province' else 'reviewer' end
  from pooled p
  join middle m on m.ratio = p.ratio and m.parts = p.parts and m.holder = p.holder
  join spread w on w.ratio = m.ratio and w.parts = m.parts and w.holder = m.holder
  where p.id = any (v_scope);
end $$;
