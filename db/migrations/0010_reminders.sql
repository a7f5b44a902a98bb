-- Who owes what below a unit, why it is late, what was said about it, and how units are commended for it.

-- For reminders only. Nobody but the account itself writes it.
alter table account
  add column email text constraint account_email_plain check (email ~ '^[^[:space:]@<>,;"]+@[^[:space:]@<>,;"]+$' and length(email) <= 200),
  add column wants_mail boolean not null default true,
  add column email_confirmed_at timestamptz,
  add column email_asked_at timestamptz,
  add column email_asks integer not null default 0,
  add column email_ask text constraint account_email_ask_known check (email_ask in ('waiting', 'sending', 'sent', 'failed'));
create index account_email_ask_ix on account (email_asked_at) where email_ask = 'waiting';
comment on column account.email is 'Thư điện tử để nhận nhắc việc; chỉ chủ tài khoản ghi';
comment on column account.wants_mail is 'Có nhận thư nhắc việc không';
comment on column account.email_confirmed_at is 'Lúc người nhận xác nhận địa chỉ bằng liên kết trong thư; chưa xác nhận thì không gửi thư nhắc việc';
comment on column account.email_asked_at is 'Lúc yêu cầu thư xác nhận gần nhất';
comment on column account.email_asks is 'Số thư xác nhận đã yêu cầu, tính lại sau một ngày không yêu cầu';
comment on column account.email_ask is 'Thư xác nhận đang ở đâu; trống là không có';

create table reminder_plan (
  period_id uuid not null constraint reminder_plan_pk primary key,
  owner_id uuid not null,
  days integer[] not null constraint reminder_plan_days_near check (cardinality(days) <= 20 and -60 <= all (days) and 60 >= all (days)),
  version integer not null default 1,
  constraint reminder_plan_period foreign key (period_id, owner_id) references period (id, owner_id)
);
comment on table reminder_plan is 'Các ngày nhắc của kỳ, tính từ hạn: -3 là trước hạn ba ngày, 1 là sau hạn một ngày';

create table notice (
  unit_id uuid not null,
  id uuid not null,
  kind text not null constraint notice_kind_known check (kind in
    ('deadline', 'review', 'nudge', 'digest', 'returned', 'reopened', 'extended', 'refused', 'supplement', 'collection')),
  audience text not null constraint notice_audience_known check (audience in ('everybody', 'head')),
  once_key text not null,
  period_id uuid,
  content jsonb not null,
  created_at timestamptz not null,
  posted boolean not null default false,
  constraint notice_pk primary key (unit_id, id),
  constraint notice_once unique (unit_id, once_key)
);
create index notice_unit_ix on notice (unit_id, created_at desc);
create index notice_unposted_ix on notice (created_at) where not posted;
comment on table notice is 'Thông báo gửi cho một đơn vị: nhắc hạn, nhắc của cấp trên, việc cấp trên quyết định, báo cáo đột xuất, tóm tắt cho thủ trưởng';
comment on column notice.posted is 'Đã lập thư điện tử của thông báo; lập một lần, khi máy chủ bật gửi thư';
comment on column notice.once_key is 'Mỗi đơn vị nhận một thông báo một lần: kỳ, hạn và bước nhắc';
comment on column notice.content is 'Số liệu của thông báo; câu chữ do chương trình viết. Không có dữ liệu cá nhân';

create table notice_reading (
  unit_id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  read_at timestamptz not null,
  constraint notice_reading_pk primary key (unit_id, notice_id, account_id),
  constraint notice_reading_notice foreign key (unit_id, notice_id) references notice (unit_id, id)
);
comment on table notice_reading is 'Ai đã đọc thông báo nào';

create table mail (
  unit_id uuid not null,
  id uuid not null,
  notice_id uuid not null,
  account_id uuid not null,
  state text not null default 'waiting' constraint mail_state_known check (state in ('waiting', 'sending', 'sent', 'failed', 'unwanted')),
  attempts integer not null default 0,
  claimed_at timestamptz,
  sent_at timestamptz,
  fault text,
  constraint mail_pk primary key (unit_id, id),
  constraint mail_once unique (unit_id, notice_id, account_id),
  constraint mail_notice foreign key (unit_id, notice_id) references notice (unit_id, id)
);
create index mail_waiting_ix on mail (state, claimed_at) where state in ('waiting', 'sending');
comment on table mail is 'Thư điện tử của thông báo, mỗi người nhận một dòng';

create table digest_plan (
  unit_id uuid not null constraint digest_plan_pk primary key,
  rhythm text not null constraint digest_plan_rhythm_known check (rhythm in ('daily', 'weekly', 'off'))
);
comment on table digest_plan is 'Nhịp tóm tắt cho thủ trưởng đơn vị; không có dòng là hằng tuần';

create table late_reason (
  unit_id uuid not null,
  period_id uuid not null,
  form_code text not null,
  reason text not null,
  expected_on date,
  account_name text not null,
  stated_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by_name text,
  constraint late_reason_pk primary key (unit_id, period_id, form_code)
);
comment on table late_reason is 'Lý do chậm do đơn vị nêu, và ngày đơn vị hẹn gửi';

create table commendation_rule (
  owner_id uuid not null constraint commendation_rule_owner references unit (id),
  school_year integer not null,
  rule jsonb not null,
  version integer not null default 1,
  constraint commendation_rule_pk primary key (owner_id, school_year)
);
comment on table commendation_rule is 'Trọng số chấm điểm thi đua của một tỉnh trong một năm học';

-- A report that came while it was reviewed, and still waits after that.
create function is_review_late(p_state text, p_since timestamptz, p_until date, p_day date) returns boolean language sql immutable
return p_state = 'submitted' and p_until < p_day and (p_since at time zone 'Asia/Ho_Chi_Minh')::date <= p_until;

-- Every form that is owed below a unit in a period, in one walk down the units: for boards of a whole province or country.
-- A line of all levels (*) leads to every level but those that have a line of their own, as in reports_to.
create function duties_under(p_unit uuid, p_period uuid, p_form text, p_with_self boolean)
returns table (unit_id uuid, above uuid[], kind text, level_group text, form_code text, level text, period_due_on date, due_on date, report_id uuid,
  state text, since timestamptz, holder_id uuid, sent_at timestamptz, sent_on date, open_until date)
language plpgsql stable
-- One plan for a school and for the country would be right for neither; of the country every unit is looked at, of a school few.
set plan_cache_mode = force_custom_plan set enable_nestloop = on as $$
declare
  v_day date := (select p.as_of from period p where p.id = p_period);
  v_local uuid[] := array (select distinct d.owner_id from period_deadline d join period p on p.id = d.period_id and p.owner_id <> d.owner_id where p.id = p_period);
begin
  if exists (select 1 from unit u where u.id = p_unit and u.kind = 'ministry') then
    perform set_config('enable_nestloop', 'off', true);
  end if;
  return query
  with recursive down as (
    select p_unit as id, '{}'::uuid[] as above, '*'::text as line, '{}'::text[] as but, p_unit as setter, 0 as step
    union all
    select l.child_id, d.above || d.id, case when l.level = '*' then d.line else l.level end, d.but || l.except_levels,
      case when d.id = any (v_local) then d.id else d.setter end, d.step + 1
    from down d join reporting_line l on l.parent_id = d.id and l.valid @> v_day and (l.level = '*' or d.line in ('*', l.level))
    where d.step < 8
  ), below as materialized (
    select d.id, d.above, d.line, d.but, d.setter, u.kind, u.level_group, u.levels
    from down d join unit u on u.id = d.id and u.valid @> v_day where d.step > 0 or p_with_self
  ), form as materialized (
    select f.form_code, f.level from period_form f where f.period_id = p_period and f.replaced_by is null and (p_form is null or f.form_code = p_form)
  ), of_schools as materialized (
    select b.id, b.above, b.kind, b.level_group, b.setter, f.form_code, f.level
    from below b join form f on is_asked(f.level, b.levels) and b.line in ('*', f.level) and f.level <> all (b.but)
    where b.kind = 'school'
  ), parents as materialized (
    select distinct s.above, s.form_code, s.level from of_schools s
  ), of_offices as materialized (
    select distinct s.above[i] as id, s.above[:i - 1] as above, s.form_code, s.level
    from parents s cross join lateral generate_series(case when p_with_self then 1 else 2 end, cardinality(s.above)) i
  ), office as materialized (
    select distinct on (b.id) b.id, b.kind, b.level_group, b.setter from below b where b.kind <> 'school'
  ), owed as (
    select * from of_schools
    union all
    select o.id, o.above, u.kind, u.level_group, u.setter, o.form_code, o.level from of_offices o join office u on u.id = o.id
  ), class as materialized (
    select b.kind, coalesce(b.level_group, '*') as schools, b.setter, any_value(b.id) as id from below b group by 1, 2, 3
  ), due as materialized (
    -- Units of a kind and group under the same setter are asked by the same day: one stands for all.
    select c.kind, c.schools, c.setter, d.due_on from class c join due_dates(p_period, array (select k.id from class k)) d on d.unit_id = c.id
  )
  select o.id, o.above, o.kind, o.level_group, o.form_code, o.level, d.due_on, coalesce(r.due_on, d.due_on), r.id, coalesce(r.state, 'not-started'),
    r.state_since, coalesce(r.holder_id, o.id), r.last_sent_at, (r.last_sent_at at time zone 'Asia/Ho_Chi_Minh')::date, r.open_until
  from owed o
  left join due d on d.kind = o.kind and d.schools = coalesce(o.level_group, '*') and d.setter = o.setter
  left join report r on r.period_id = p_period and r.form_code = o.form_code and r.unit_id = o.id
  where o.kind = 'school' or d.due_on is not null;
end $$;

-- The same for somebody who looks: a unit in their reach. Row-level security would ask row by row what is decided here once.
create function duties_below(p_unit uuid, p_period uuid, p_form text)
returns table (unit_id uuid, above uuid[], kind text, level_group text, form_code text, level text, period_due_on date, due_on date, report_id uuid,
  state text, since timestamptz, holder_id uuid, sent_at timestamptz, sent_on date, open_until date)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  return query select d.* from duties_under(p_unit, p_period, p_form, false) d;
end $$;

-- A letter for each account that works in the unit, has an address and wants letters.
create function post_letters(p_notices uuid[], p_day date) returns void
language sql as $$
  insert into mail (unit_id, id, notice_id, account_id)
  select distinct on (n.unit_id, n.id, a.id) n.unit_id, gen_random_uuid(), n.id, a.id
  from notice n
  join membership m on m.unit_id = n.unit_id and m.valid @> p_day and (n.audience = 'everybody' or m.role in ('head', 'administrator'))
  join account a on a.id = m.account_id and a.active and a.wants_mail and a.email_confirmed_at is not null
  where n.id = any (p_notices)
  on conflict on constraint mail_once do nothing
$$;

-- For every notice of the last day, whoever wrote it: what is older when e-mail is switched on is no news. Of two workers one finds it.
create function post_new_letters(p_day date, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_notices uuid[];
begin
  perform require_no_actor();
  with fresh as (
    update notice n set posted = true where not n.posted and n.created_at > p_at - interval '1 day' returning n.id
  )
  select array_agg(f.id) into v_notices from fresh f;
  perform post_letters(v_notices, p_day);
end $$;

-- Once for each unit, deadline and step, whoever asks how often. A step that fell on a day without the program is made up for within
-- two days; of several the latest only. Nothing is said to a unit that can no longer send.
create function draw_deadline_notices(p_day date, p_at timestamptz, p_default_days integer[]) returns integer
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
declare
  v_added integer;
begin
  perform require_no_actor();
  with owed as materialized (
    select p.id as period_id, p.name, d.unit_id, d.form_code, d.due_on, coalesce(l.days, p_default_days) as days
    from period p left join reminder_plan l on l.period_id = p.id
    cross join lateral duties_under(p.owner_id, p.id, null, false) d
    where p.opens_on <= p_day and d.state not in ('submitted', 'approved') and d.due_on is not null
      and p_day <= greatest(p.closes_on, d.open_until, d.due_on)
  ), step as (
    select o.period_id, o.name, o.unit_id, o.due_on, s.step, array_agg(o.form_code order by o.form_code) as forms
    from owed o cross join lateral (select max(day) as step from unnest(o.days) day where o.due_on + day between p_day - 2 and p_day) s
    where s.step is not null
    group by o.period_id, o.name, o.unit_id, o.due_on, s.step
  )
  insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
  select s.unit_id, gen_random_uuid(), 'deadline', 'everybody', concat_ws(':', 'deadline', s.period_id, s.due_on, s.step), s.period_id,
    jsonb_build_object('periodName', s.name, 'dueOn', s.due_on, 'daysLeft', s.due_on - p_day, 'forms', s.forms), p_at
  from step s
  on conflict on constraint notice_once do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;

-- The same for whoever holds reports that still wait after the last day of review, on the days after a deadline.
create function draw_review_notices(p_day date, p_at timestamptz, p_default_days integer[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_added integer;
begin
  perform require_no_actor();
  insert into notice (unit_id, id, kind, audience, once_key, period_id, content, created_at)
  select r.holder_id, gen_random_uuid(), 'review', 'everybody', concat_ws(':', 'review', p.id, p.review_until, s.step), p.id,
    jsonb_build_object('periodName', p.name, 'reviewUntil', p.review_until, 'reports', count(*), 'forms', json_agg(distinct r.form_code)), p_at
  from period p left join reminder_plan l on l.period_id = p.id
  cross join lateral (
    select max(day) as step from unnest(coalesce(l.days, p_default_days)) day where day > 0 and p.review_until + day between p_day - 2 and p_day
  ) s
  join report r on r.period_id = p.id and is_review_late(r.state, r.state_since, p.review_until, p_day)
  where s.step is not null
  group by p.id, r.holder_id, s.step
  on conflict on constraint notice_once do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;

-- What the head of a unit, or of each unit, has to know, of all periods that run or have closed within a month.
create function digest_figures(p_unit uuid, p_day date)
returns table (unit_id uuid, figures jsonb)
language plpgsql stable
set plan_cache_mode = force_custom_plan as $$
begin
  return query
  with duty as materialized (
    select d.unit_id, d.above, d.kind, d.due_on, d.state, d.since, d.holder_id, d.state not in ('submitted', 'approved') as is_open,
      d.state not in ('submitted', 'approved') and coalesce(d.due_on < p_day, false) as is_late
    from period p cross join lateral duties_under(coalesce(p_unit, p.owner_id), p.id, null, coalesce(p_unit <> p.owner_id, false)) d
    where p_day between p.opens_on and p.closes_on + 30
      and (p_unit is null or p.owner_id = p_unit or exists (select 1 from units_over(p_unit, p.as_of) o where o.unit_id = p.owner_id))
  ), own as (
    select d.unit_id as id, count(*) filter (where d.is_open and not d.is_late) as due, min(d.due_on) filter (where d.is_open and not d.is_late) as next_due_on,
      count(*) filter (where d.is_late) as late, count(*) filter (where d.state = 'returned') as returned,
      count(*) filter (where d.state = 'supplement') as supplement, count(*) filter (where d.state = 'submitted') as waiting
    from duty d group by d.unit_id
  ), reviewing as (
    select d.holder_id as id, count(*) as to_review, p_day - (min(d.since) at time zone 'Asia/Ho_Chi_Minh')::date as review_days
    from duty d where d.state = 'submitted' group by d.holder_id
  ), under as (
    select o.id, count(*) as owing, count(*) filter (where d.is_late) as late
    from duty d cross join lateral unnest(d.above) o (id) where d.is_open and d.kind = 'school' group by o.id
  ), asked as (
    select c.unit_id as id, count(*) filter (where c.due_on >= p_day) as due, min(c.due_on) filter (where c.due_on >= p_day) as next_due_on,
      count(*) filter (where c.due_on < p_day) as late
    from collections_owed(p_unit, null) c group by c.unit_id
  )
  select u.id, jsonb_build_object('day', p_day, 'due', coalesce(o.due, 0), 'nextDueOn', o.next_due_on, 'late', coalesce(o.late, 0),
    'returned', coalesce(o.returned, 0), 'supplement', coalesce(o.supplement, 0), 'waiting', coalesce(o.waiting, 0), 'toReview', coalesce(r.to_review, 0), 'reviewDays', r.review_days,
    'belowOwing', coalesce(b.owing, 0), 'belowLate', coalesce(b.late, 0), 'collections', coalesce(c.due, 0), 'nextCollectionDueOn', c.next_due_on,
    'collectionsLate', coalesce(c.late, 0))
  from (select id from own union select id from reviewing union select id from under union select id from asked) u
  left join own o on o.id = u.id left join reviewing r on r.id = u.id left join under b on b.id = u.id left join asked c on c.id = u.id
  where p_unit is null or u.id = p_unit;
end $$;

-- The same for somebody who looks at one unit in their reach.
create function digest_of(p_unit uuid, p_day date) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  return (select f.figures from digest_figures(p_unit, p_day) f);
end $$;

-- Once a day or once a week, to units in which somebody is its head.
create function draw_digests(p_day date, p_at timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_added integer;
begin
  perform require_no_actor();
  insert into notice (unit_id, id, kind, audience, once_key, content, created_at)
  select f.unit_id, gen_random_uuid(), 'digest', 'head',
    'digest:' || case when coalesce(g.rhythm, 'weekly') = 'daily' then p_day::text else to_char(p_day, 'IYYY-"W"IW') end,
    f.figures, p_at
  from digest_figures(null, p_day) f left join digest_plan g on g.unit_id = f.unit_id
  where coalesce(g.rhythm, 'weekly') <> 'off'
    and (f.figures - '{day,nextDueOn,reviewDays,nextCollectionDueOn}'::text[]) <> '{"due": 0, "late": 0, "returned": 0, "supplement": 0, "waiting": 0, "toReview": 0, "belowOwing": 0, "belowLate": 0, "collections": 0, "collectionsLate": 0}'
    and exists (select 1 from membership m where m.unit_id = f.unit_id and m.valid @> p_day and m.role in ('head', 'administrator'))
  on conflict on constraint notice_once do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;

-- Takes letters to be sent now. Two workers never take the same one; who dies with a letter in hand loses it after a quarter of an hour.
create function take_letters(p_at timestamptz, p_most integer)
returns table (unit_id uuid, id uuid, notice_id uuid, address text, unit_name text, kind text, content jsonb)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform require_no_actor();
  update mail m set state = 'unwanted' from account a
  where m.state = 'waiting' and a.id = m.account_id and not (a.active and a.wants_mail and a.email_confirmed_at is not null);
  return query
  with free as (
    select w.unit_id, w.id from mail w
    where w.state = 'waiting' and (w.claimed_at is null or w.claimed_at <= p_at - w.attempts * interval '5 minutes')
      or w.state = 'sending' and w.claimed_at <= p_at - interval '15 minutes'
    order by w.id limit p_most for update skip locked
  ), taken as (
    update mail m set state = 'sending', claimed_at = p_at, attempts = m.attempts + 1 from free f where m.unit_id = f.unit_id and m.id = f.id
    returning m.unit_id, m.id, m.notice_id, m.account_id
  )
  select t.unit_id, t.id, t.notice_id, a.email, u.name, n.kind, n.content
  from taken t join account a on a.id = t.account_id join unit u on u.id = t.unit_id join notice n on n.unit_id = t.unit_id and n.id = t.notice_id;
end $$;

create function settle_letter(p_unit uuid, p_id uuid, p_fault text, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform require_no_actor();
  update mail set fault = p_fault, sent_at = case when p_fault is null then p_at end,
    state = case when p_fault is null then 'sent' when attempts >= 5 then 'failed' else 'waiting' end
  where unit_id = p_unit and id = p_id and state = 'sending';
end $$;

-- Asks for a letter that confirms the own address. Ten without a day's rest are too many: they go to an address that may be a stranger's.
create function ask_own_confirmation(p_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account set email_ask = 'waiting', email_asked_at = p_at,
    email_asks = case when email_asked_at > p_at - interval '1 day' then email_asks + 1 else 1 end
  where id = current_setting('app.account_id')::uuid and email is not null and email_confirmed_at is null
    and (email_asks < 10 or email_asked_at <= p_at - interval '1 day');
  return found;
end $$;

-- The own address is changed by its account only; a new one is to be confirmed.
create function set_own_mail(p_email text, p_wants_mail boolean, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account set wants_mail = p_wants_mail where id = current_setting('app.account_id')::uuid;
  update account set email = p_email, email_confirmed_at = null, email_ask = null
  where id = current_setting('app.account_id')::uuid and email is distinct from p_email;
  if found and p_email is not null then return ask_own_confirmation(p_at); end if;
  return true;
end $$;

create function own_mail() returns table (email text, wants_mail boolean, confirmed_at timestamptz, ask text, asked_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select a.email, a.wants_mail, a.email_confirmed_at, a.email_ask, a.email_asked_at
    from account a where a.id = current_setting('app.account_id')::uuid;
end $$;

-- Letters of confirmation to be sent now; two workers never take the same one. One that was lost in sending is asked for again by its reader.
create function take_confirmations(p_most integer) returns table (account_id uuid, address text, reader text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform require_no_actor();
  return query
  with free as (
    select w.id from account w where w.email_ask = 'waiting' order by w.email_asked_at limit p_most for update skip locked
  )
  update account a set email_ask = 'sending' from free f where a.id = f.id returning a.id, a.email, a.display_name;
end $$;

create function settle_confirmation(p_account uuid, p_email text, p_sent boolean) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform require_no_actor();
  update account set email_ask = case when p_sent then 'sent' else 'failed' end
  where id = p_account and email = p_email and email_ask = 'sending';
end $$;

-- By whoever holds the link, signed in or not; nothing where the account has another address by now. Whether it was news is answered.
create function confirm_mail(p_account uuid, p_email text, p_at timestamptz) returns table (unit_id uuid, reader text, is_news boolean)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform require_no_actor();
  return query
  with before as (
    select a.id, a.email_confirmed_at from account a where a.id = p_account and a.email = p_email and a.active for update
  )
  update account a set email_confirmed_at = coalesce(b.email_confirmed_at, p_at), email_ask = null
  from before b where a.id = b.id returning a.unit_id, a.display_name, b.email_confirmed_at is null;
end $$;

-- What units below one (or it alone) did in the forms of a school year, for their commendation: each sending with the day it was due
-- by, how often it was given back, how many reasons stand refused. A first sending is due by the period, or by the day that was agreed
-- for it; a later one by the day that was set when it was asked for again, and by none where none was set.
create function conduct_below(p_unit uuid, p_school_year integer, p_day date, p_alone boolean)
returns table (unit_id uuid, parent_id uuid, kind text, period_id uuid, period_name text, form_code text, due_on date, report_id uuid, state text, sendings jsonb,
  returns integer, refused integer, is_excused boolean)
language plpgsql stable security definer set search_path = public, pg_temp
set plan_cache_mode = force_custom_plan as $$
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  return query
  with duty as materialized (
    select p.id as period_id, p.name, d.* from period p
    cross join lateral duties_under(p_unit, p.id, null, p_alone) d
    where p.school_year = p_school_year and p.opens_on <= p_day and (d.unit_id = p_unit or not p_alone)
      and (p.owner_id = p_unit or exists (select 1 from units_over(p_unit, p.as_of) o where o.unit_id = p.owner_id))
  ), asked as materialized (
    select distinct on (e.unit_id, e.report_id, coalesce(e.submission_no, 0)) e.unit_id, e.report_id, coalesce(e.submission_no, 0) + 1 as no, e.due_on
    from report_event e join duty d on d.unit_id = e.unit_id and d.report_id = e.report_id where e.due_on is not null
    order by e.unit_id, e.report_id, coalesce(e.submission_no, 0), e.at desc
  ), sent as (
    select s.unit_id, s.report_id, jsonb_agg(jsonb_build_object('on', (s.sent_at at time zone 'Asia/Ho_Chi_Minh')::date,
      'dueOn', coalesce(a.due_on, case when s.no = 1 then d.period_due_on end)) order by s.no) as sendings
    from submission s join duty d on d.unit_id = s.unit_id and d.report_id = s.report_id
    left join asked a on a.unit_id = s.unit_id and a.report_id = s.report_id and a.no = s.no
    group by s.unit_id, s.report_id
  ), back as (
    select s.unit_id, s.report_id, count(*)::integer as returns
    from decision s join duty d on d.unit_id = s.unit_id and d.report_id = s.report_id where s.kind = 'returned' group by s.unit_id, s.report_id
  ), last as (
    select distinct on (e.unit_id, e.report_id, e.finding_key, e.reason) e.unit_id, e.report_id, e.kind
    from explanation_decision e join duty d on d.unit_id = e.unit_id and d.report_id = e.report_id
    order by e.unit_id, e.report_id, e.finding_key, e.reason, e.decided_at desc, e.id desc
  ), doubted as (
    select l.unit_id, l.report_id, count(*)::integer as refused from last l where l.kind = 'refused' group by l.unit_id, l.report_id
  )
  select d.unit_id, d.above[cardinality(d.above)], d.kind, d.period_id, d.name, d.form_code, d.due_on, d.report_id, d.state, coalesce(s.sendings, '[]'),
    coalesce(b.returns, 0), coalesce(r.refused, 0), l.accepted_at is not null
  from duty d left join sent s on s.unit_id = d.unit_id and s.report_id = d.report_id left join back b on b.unit_id = d.unit_id and b.report_id = d.report_id
  left join doubted r on r.unit_id = d.unit_id and r.report_id = d.report_id
  left join late_reason l on l.unit_id = d.unit_id and l.period_id = d.period_id and l.form_code = d.form_code;
end $$;

-- One of these units, in which the actor works, takes a reason for lateness: a unit above, never the unit itself.
-- The reason that was read: one that was said otherwise since is not it.
create function accept_late_reason(p_unit uuid, p_period uuid, p_form text, p_reason text, p_in uuid[], p_account_name text, p_at timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update late_reason l set accepted_at = p_at, accepted_by_name = p_account_name
  where l.unit_id = p_unit and l.period_id = p_period and l.form_code = p_form and l.reason = p_reason and exists (
    select 1 from period p join period_form f on f.period_id = p.id and f.form_code = p_form
    cross join lateral units_above(p_unit, f.level, p.as_of) a
    where p.id = p_period and a.distance > 0 and a.unit_id = any (p_in) and a.unit_id = any (current_setting('app.acting_units')::uuid[]));
  return found;
end $$;
