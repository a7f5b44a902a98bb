-- Row-level security: the only place where policies and grants are written. The application signs in as khuevan_app, which owns
-- nothing and cannot bypass policies. Policies read the row and the settings of the transaction (acts_in and the like: 0002):
--   app.report_units    units whose reports, imports, files and audit the actor may reach
--   app.record_schools  schools whose records of persons the actor may reach
--   app.account_id      the actor
--   app.acting_units    units at or above the transaction's unit in which the actor holds a membership
--   app.unit_kind       kind of the transaction's unit
--   app.scope           'nation' in a transaction of the ministry's own unit, which reaches every unit and no person: it goes on as
--                       khuevan_nation, because a list of all units would be read for every row
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'khuevan_app') then
    create role khuevan_app login noinherit nobypassrls nosuperuser nocreatedb nocreaterole;
  end if;
  if not exists (select 1 from pg_roles where rolname = 'khuevan_nation') then
    create role khuevan_nation nologin noinherit nobypassrls nosuperuser nocreatedb nocreaterole;
  end if;
  grant khuevan_nation to khuevan_app with inherit false, set true;
end $$;

do $$
declare t text;
begin
  -- Records of a school.
  foreach t in array array['school_profile', 'site', 'class', 'student', 'enrolment', 'staff_member', 'assignment', 'room', 'budget_line', 'history', 'code_counter'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy %I on %I for all to khuevan_app
      using (school_id = any (current_setting('app.record_schools', true)::uuid[]))
      with check (school_id = any (current_setting('app.record_schools', true)::uuid[]))$p$, t || '_scope', t);
  end loop;
  -- Rows of a unit, which it and those above write: what exactly of a report, the grants and a trigger say.
  foreach t in array array['report', 'counted_submission', 'aggregate_sum',
    'stored_file', 'stored_file_piece', 'import', 'import_site', 'import_class', 'import_student', 'import_staff', 'import_room', 'import_budget', 'import_match', 'import_finding', 'audit_entry', 'audit_head', 'account', 'membership',
    'collection_duty', 'mail', 'like_unit_median', 'like_unit_draw'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy %I on %I for all to khuevan_app
      using (unit_id = any (current_setting('app.report_units', true)::uuid[]))
      with check (unit_id = any (current_setting('app.report_units', true)::uuid[]))$p$, t || '_scope', t);
    execute format($p$create policy %I on %I for all to khuevan_nation
      using (current_setting('app.scope', true) = 'nation') with check (current_setting('app.scope', true) = 'nation')$p$, t || '_nation', t);
  end loop;
  -- Rows of a unit, which it and those above read, and which are written by one of the two.
  foreach t in array array['submission', 'print_code', 'explanation', 'digest_plan', 'late_reason', 'collection_answer', 'collection_event', 'collection_file',
    'decision', 'explanation_decision', 'remark', 'report_event', 'notice', 'population', 'population_count'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy %I on %I for select to khuevan_app using (unit_id = any (current_setting(''app.report_units'', true)::uuid[]))', t || '_scope', t);
    execute format('create policy %I on %I for select to khuevan_nation using (current_setting(''app.scope'', true) = ''nation'')', t || '_nation', t);
  end loop;
  -- What a unit says and sends is its own people's: nobody above does it in its name.
  foreach t in array array['print_code', 'explanation', 'digest_plan', 'collection_file'] loop
    execute format('create policy %I on %I for insert to khuevan_app, khuevan_nation with check (acts_in(unit_id))', t || '_adding', t);
    execute format('create policy %I on %I for update to khuevan_app, khuevan_nation using (acts_in(unit_id))', t || '_changing', t);
    execute format('create policy %I on %I for delete to khuevan_app, khuevan_nation using (acts_in(unit_id))', t || '_removing', t);
  end loop;
  -- Nobody accepts their own reason.
  create policy late_reason_adding on late_reason for insert to khuevan_app, khuevan_nation
    with check (acts_in(unit_id) and accepted_at is null and accepted_by_name is null);
  create policy late_reason_changing on late_reason for update to khuevan_app, khuevan_nation
    using (acts_in(unit_id)) with check (acts_in(unit_id) and accepted_at is null and accepted_by_name is null);
  create policy submission_adding on submission for insert to khuevan_app, khuevan_nation
    with check (acts_in(unit_id) and sent_by = current_setting('app.account_id', true)::uuid);
  create policy collection_answer_adding on collection_answer for insert to khuevan_app, khuevan_nation with check (acts_in(unit_id) and state = 'draft');
  create policy collection_answer_changing on collection_answer for update to khuevan_app, khuevan_nation
    using (acts_in(unit_id) and state <> 'submitted') with check (acts_in(unit_id));
  create policy collection_event_adding on collection_event for insert to khuevan_app, khuevan_nation with check (acts_in(unit_id) and kind = 'sent');
  create policy remark_changing on remark for update to khuevan_app, khuevan_nation using (acts_in(unit_id));
  -- Decisions are written from a unit above, in which the actor holds a membership: nobody decides on a report of their own unit.
  create policy decision_from_above on decision for insert to khuevan_app
    with check (unit_id = any (current_setting('app.report_units', true)::uuid[])
      and decided_in = any (current_setting('app.acting_units', true)::uuid[]) and decided_in <> unit_id
      and decided_by = current_setting('app.account_id', true)::uuid);
  -- So are those on reasons, and what is to be done about a report.
  create policy explanation_decision_from_above on explanation_decision for insert to khuevan_app
    with check (unit_id = any (current_setting('app.report_units', true)::uuid[])
      and decided_in = any (current_setting('app.acting_units', true)::uuid[]) and decided_in <> unit_id
      and decided_by = current_setting('app.account_id', true)::uuid);
  create policy remark_from_above on remark for insert to khuevan_app
    with check (unit_id = any (current_setting('app.report_units', true)::uuid[])
      and author_unit_id = any (current_setting('app.acting_units', true)::uuid[]) and author_unit_id <> unit_id
      and author_id = current_setting('app.account_id', true)::uuid);
  create policy report_event_adding on report_event for insert to khuevan_app, khuevan_nation with check (tells_event(unit_id, kind));
  create policy notice_from_above on notice for insert to khuevan_app, khuevan_nation with check (acts_above(unit_id));
  -- Denominators come from the ministry or a province.
  create policy population_adding on population for insert to khuevan_app, khuevan_nation
    with check (acts_in(imported_in) and governs(unit_id) and imported_by = current_setting('app.account_id', true)::uuid);
  create policy population_replacing on population for update to khuevan_app, khuevan_nation using (governs(unit_id));
  create policy population_count_adding on population_count for insert to khuevan_app, khuevan_nation with check (governs(unit_id));
  -- What somebody has read is theirs.
  alter table notice_reading enable row level security;
  create policy notice_reading_scope on notice_reading for all to khuevan_app
    using (unit_id = any (current_setting('app.report_units', true)::uuid[]) and account_id = current_setting('app.account_id', true)::uuid)
    with check (unit_id = any (current_setting('app.report_units', true)::uuid[]) and account_id = current_setting('app.account_id', true)::uuid);
  create policy notice_reading_nation on notice_reading for all to khuevan_nation
    using (account_id = current_setting('app.account_id', true)::uuid)
    with check (account_id = current_setting('app.account_id', true)::uuid);
  -- Rules are read by everybody they may apply to, and written by the ministry or the province whose they are.
  foreach t in array array['period', 'period_form', 'period_deadline', 'check_setting', 'reminder_plan', 'commendation_rule'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy %I on %I for select to khuevan_app, khuevan_nation using (true)', t || '_reading', t);
    execute format('create policy %I on %I for insert to khuevan_app, khuevan_nation with check (acts_in(owner_id) and governs(owner_id))', t || '_adding', t);
    execute format('create policy %I on %I for update to khuevan_app, khuevan_nation using (acts_in(owner_id) and governs(owner_id))', t || '_changing', t);
    execute format('create policy %I on %I for delete to khuevan_app, khuevan_nation using (acts_in(owner_id) and governs(owner_id))', t || '_removing', t);
  end loop;
  -- A collection is read by its owner and, once it was published, by whoever was asked or stands above somebody who was.
  alter table collection enable row level security;
  create policy collection_reading on collection for select to khuevan_app, khuevan_nation
    using (current_setting('app.scope', true) = 'nation' or owner_id = any (current_setting('app.report_units', true)::uuid[])
      or exists (select 1 from collection_duty d where d.collection_id = id and d.unit_id = any (current_setting('app.report_units', true)::uuid[])));
  create policy collection_adding on collection for insert to khuevan_app, khuevan_nation
    with check (acts_in(owner_id) and current_setting('app.unit_kind', true) <> 'school');
  create policy collection_changing on collection for update to khuevan_app, khuevan_nation using (acts_in(owner_id));
  create policy collection_removing on collection for delete to khuevan_app, khuevan_nation using (acts_in(owner_id) and state = 'draft');
  -- Rows of an account.
  foreach t in array array['session', 'idempotency_key'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy %I on %I for all to khuevan_app, khuevan_nation
      using (account_id = current_setting('app.account_id', true)::uuid)
      with check (account_id = current_setting('app.account_id', true)::uuid)$p$, t || '_scope', t);
  end loop;
end $$;

grant usage on schema public to khuevan_app;
grant select on setting, code_entry, admin_unit, admin_unit_succession, unit, unit_relation, period, period_form, period_deadline to khuevan_app;
grant insert, update on period, period_deadline to khuevan_app;
grant insert, update (middle_of) on period_form to khuevan_app;
grant delete on period_deadline to khuevan_app;
grant select, insert, update, delete on school_profile, site, class, student, enrolment, staff_member, assignment, room, budget_line to khuevan_app;
grant select, insert, update on code_counter to khuevan_app;
grant select on student_record, staff_record, history, audit_entry, aggregate_sum, aggregate, counted_submission to khuevan_app;
grant select on report, remark to khuevan_app;
grant insert (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, state_since),
  update (state, holder_id, state_since, cells, records_digest, compiled_at, missing_total, last_submission_no, due_on, open_until, version) on report to khuevan_app;
grant insert, update (answer, answered_by_name, answered_at, resolved_at, version) on remark to khuevan_app;
grant select, insert, update on explanation to khuevan_app;
-- Snapshots, decisions and events are written once.
grant select, insert on submission, decision, report_event, print_code to khuevan_app;
grant select, insert, update, delete on stored_file, stored_file_piece, import, import_site, import_class, import_student, import_staff, import_room, import_budget, import_match,
  import_finding to khuevan_app;
grant select, insert, update, delete on session, idempotency_key to khuevan_app;
grant select, insert on population, population_count to khuevan_app;
grant update (replaced_at) on population to khuevan_app;
grant select, insert on check_setting, explanation_decision to khuevan_app;
grant select, insert, update on reminder_plan, commendation_rule, digest_plan, late_reason to khuevan_app;
-- A notice stands as it was written; letters are seen by the functions that send them.
grant select, insert on notice, notice_reading to khuevan_app;
-- The password hash and the TOTP secret are readable by the sign-in functions only.
grant select (id, unit_id, username, display_name, totp_enabled, locked_until, active, must_change_password, created_at) on account to khuevan_app;
-- The address for letters is written by set_own_mail only.
grant insert (id, unit_id, username, display_name, password_hash, must_change_password, created_at),
  update (active, locked_until, failed_attempts, password_hash, must_change_password) on account to khuevan_app;
grant select, insert, update (valid) on membership to khuevan_app;

grant select, insert, update, delete on collection to khuevan_app;
grant select on collection_duty to khuevan_app;
grant select, insert (unit_id, collection_id, state, cells, list_rows, changed_at, version),
  update (state, cells, list_rows, sent_no, first_sent_at, sent_at, sent_by_name, late_reason, changed_at, version) on collection_answer to khuevan_app;
grant select, insert on collection_event to khuevan_app;
grant select, insert, delete on collection_file to khuevan_app;

-- Numbers are written through this function: hashes of other schools are never readable.
-- Enters the persons of the given spells (or assignments) in the registry: a person is active where the newest spell is open,
-- and last year's may never have been closed. A number held by another school raises pin_registry_pk.
create function register_pins(p_kind text, p_records uuid[]) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_schools uuid[] := current_setting('app.record_schools')::uuid[];
begin
  if p_kind = 'student' then
    delete from pin_registry r using enrolment y join student p on p.school_id = y.school_id and p.id = y.student_id
    where y.school_id = any (v_schools) and y.id = any (p_records) and r.kind = 'student' and r.pin_hash = p.pin_hash and r.school_id = p.school_id;
    insert into pin_registry (kind, pin_hash, school_id)
    select 'student', p.pin_hash, n.school_id
    from (
      select distinct on (o.school_id, o.student_id) o.school_id, o.student_id, o.left_on
      from enrolment o
      where (o.school_id, o.student_id) in (select y.school_id, y.student_id from enrolment y where y.school_id = any (v_schools) and y.id = any (p_records))
      order by o.school_id, o.student_id, o.school_year desc, o.entered_on desc
    ) n join student p on p.school_id = n.school_id and p.id = n.student_id
    where n.left_on is null and p.pin_hash is not null;
  else
    delete from pin_registry r using assignment y join staff_member p on p.school_id = y.school_id and p.id = y.staff_member_id
    where y.school_id = any (v_schools) and y.id = any (p_records) and r.kind = 'staff' and r.pin_hash = p.pin_hash and r.school_id = p.school_id;
    insert into pin_registry (kind, pin_hash, school_id)
    select 'staff', p.pin_hash, n.school_id
    from (
      select distinct on (o.school_id, o.staff_member_id) o.school_id, o.staff_member_id, o.left_on
      from assignment o
      where (o.school_id, o.staff_member_id) in (select y.school_id, y.staff_member_id from assignment y where y.school_id = any (v_schools) and y.id = any (p_records))
      order by o.school_id, o.staff_member_id, o.school_year desc, o.entered_on desc
    ) n join staff_member p on p.school_id = n.school_id and p.id = n.staff_member_id
    where n.left_on is null and p.pin_hash is not null;
  end if;
end $$;

-- Which waiting rows are of people whose number is active in another school. Looked up one by one: the registry is the country's.
create function waiting_pins_held_elsewhere(p_kind text, p_unit uuid, p_import uuid) returns table (school_id uuid, sheet_no smallint, row_no integer, pin_mask text, full_name text)
language plpgsql stable security definer set search_path = public, pg_temp
set enable_nestloop = on set enable_hashjoin = off set enable_mergejoin = off as $$
begin
  if not reaches(p_unit) then
    raise insufficient_privilege;
  end if;
  return query execute format('
    select r.school_id, r.sheet_no, r.row_no, r.pin_mask, r.full_name from %I r join pin_registry h on h.kind = $3 and h.pin_hash = r.pin_hash and h.school_id <> r.school_id
    where r.unit_id = $1 and r.import_id = $2 and r.left_on is null', 'import_' || p_kind)
  using p_unit, p_import, p_kind;
end $$;

-- The one entry to a transaction: checks that the actor holds a membership at or above the unit on that day and sets the scope.
-- Answers the memberships that reach the unit; none means the unit is outside the actor's reach. A request that concerns the unit
-- alone says so (p_alone): what lies below is then neither looked for nor seen.
create function enter_scope(p_account uuid, p_unit uuid, p_day date, p_alone boolean, p_audit uuid)
returns table (membership_unit uuid, membership_kind text, role text, levels text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_over uuid[] := array (select o.unit_id from units_over(p_unit, p_day) o) || p_unit;
  v_kind text := (select u.kind from unit u where u.id = p_unit);
  v_acting uuid[];
  v_units uuid[];
  v_schools uuid[];
  v_with_records boolean;
begin
  -- The ministry works on snapshots: a membership there opens no records of persons.
  select array_agg(distinct m.unit_id), bool_or(u.kind <> 'ministry') into v_acting, v_with_records
  from membership m join account a on a.id = m.account_id and a.active join unit u on u.id = m.unit_id
  where m.account_id = p_account and m.valid @> p_day and m.unit_id = any (v_over);
  if v_acting is not null and (p_alone or v_kind in ('school', 'ministry')) then
    -- Most requests are a school's, and nothing is below a school; below the ministry is everything (app.scope).
    v_units := array[p_unit];
    v_schools := case when v_with_records and v_kind = 'school' then v_units end;
  elsif v_acting is not null then
    select array_agg(b.unit_id), array_agg(b.unit_id) filter (where b.kind = 'school' and v_with_records)
    into v_units, v_schools from units_below(p_unit, p_day) b;
  end if;
  perform set_config('app.account_id', p_account::text, true), set_config('app.audit_id', coalesce(p_audit::text, ''), true),
    set_config('app.acting_units', coalesce(v_acting, '{}')::text, true), set_config('app.report_units', coalesce(v_units, '{}')::text, true),
    set_config('app.record_schools', coalesce(v_schools, '{}')::text, true), set_config('app.unit_kind', v_kind, true),
    set_config('app.scope', case when v_acting is not null and v_kind = 'ministry' and not p_alone then 'nation' else '' end, true);
  -- The list of schools is then an index condition, read once, and never a filter parsed for every row.
  if cardinality(v_schools) > 1 then set local enable_seqscan = off; end if;
  return query
  select m.unit_id, u.kind, m.role, m.levels
  from membership m join unit u on u.id = m.unit_id
  where m.account_id = p_account and m.valid @> p_day and m.unit_id = any (v_acting);
end $$;

-- Every unit above one, by any relation, on a day.
create function units_over(p_unit uuid, p_day date) returns table (unit_id uuid)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with recursive up as (
    select p_unit as id
    union
    -- Looked up unit by unit: asked at every request, of a country's relations.
    select r.parent_id from up cross join lateral (select * from unit_relation o where o.child_id = up.id and o.valid @> p_day offset 0) r
  )
  select up.id from up where up.id <> p_unit;
end $$;

-- Sign-in happens before there is a scope: these functions are its only doors.
create function sign_in_account(p_username text)
returns table (id uuid, unit_id uuid, display_name text, password_hash text, totp_secret bytea, totp_enabled boolean,
  totp_last_step bigint, failed_attempts integer, locked_until timestamptz, active boolean, must_change_password boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select a.id, a.unit_id, a.display_name, a.password_hash, a.totp_secret, a.totp_enabled, a.totp_last_step,
    a.failed_attempts, a.locked_until, a.active, a.must_change_password
  from account a where a.username = p_username;
end $$;

create function note_sign_in(p_account uuid, p_succeeded boolean, p_locked_until timestamptz, p_totp_step bigint) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare v_attempts integer;
begin
  update account set
    failed_attempts = case when p_succeeded then 0 else failed_attempts + 1 end,
    locked_until = p_locked_until,
    totp_last_step = greatest(totp_last_step, coalesce(p_totp_step, 0))
  where id = p_account returning failed_attempts into v_attempts;
  return v_attempts;
end $$;

-- People change their own account only.
create function set_own_password(p_hash text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account set password_hash = p_hash, must_change_password = false where id = current_setting('app.account_id')::uuid;
end $$;

create function set_own_totp(p_secret bytea, p_enabled boolean, p_step bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update account set totp_secret = p_secret, totp_enabled = p_enabled, totp_last_step = p_step where id = current_setting('app.account_id')::uuid;
end $$;

-- Ends every session of an account of a unit in scope.
create function end_sessions_of(p_account uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from session s using account a
  where s.account_id = p_account and a.id = p_account and reaches(a.unit_id);
end $$;

-- With the roles that must use two-step verification: whether the account holds one of them and has not set it up.
create function session_account(p_token_hash bytea, p_now timestamptz, p_two_step_roles text[], p_day date)
returns table (session_id uuid, csrf_token text, totp_pending boolean, account_id uuid, username text, display_name text,
  unit_id uuid, must_change_password boolean, owes_two_step boolean, last_seen_at timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select s.id, s.csrf_token, s.totp_pending, a.id, a.username, a.display_name, a.unit_id, a.must_change_password,
    cardinality(p_two_step_roles) > 0 and not a.totp_enabled
      and exists (select 1 from membership m where m.account_id = a.id and m.valid @> p_day and m.role = any (p_two_step_roles)),
    s.last_seen_at
  from session s join account a on a.id = s.account_id and a.active
  where s.token_hash = p_token_hash and s.expires_at > p_now;
end $$;

create function memberships_of(p_account uuid, p_day date)
returns table (unit_id uuid, unit_kind text, unit_code text, unit_name text, unit_levels text[], role text, levels text[], until date, delegated boolean)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query select u.id, u.kind, u.code, u.name, u.levels, m.role, m.levels, upper(m.valid) - 1, m.delegated_by is not null
  from membership m join unit u on u.id = m.unit_id
  where m.account_id = p_account and m.valid @> p_day
  order by m.delegated_by is not null, u.name;
end $$;

-- Who stands in for whom in a unit, from now on. The receiver may be of another unit, whose accounts this one does not see otherwise.
create function delegations_of(p_unit uuid, p_day date)
returns table (id uuid, role text, from_day date, until_day date, reason text, giver text, receiver text, receiver_unit text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  if not reaches(p_unit) then
    raise exception 'unit outside scope' using errcode = '42501';
  end if;
  return query select m.id, m.role, lower(m.valid), upper(m.valid) - 1, m.reason, g.display_name, a.display_name, u.name
  from membership m join account a on a.id = m.account_id join unit u on u.id = a.unit_id join account g on g.id = m.delegated_by
  where m.unit_id = p_unit and upper(m.valid) > p_day
  order by upper(m.valid), a.display_name limit 200;
end $$;

-- Search of names across many schools: each word of the key begins a word of the name. A policy is a barrier for the text index,
-- so the search runs here, inside the scope the transaction was given.
create function search_students(p_key text, p_year integer, p_limit integer)
returns table (school_id uuid, id uuid, full_name text, birth_date date, class_code text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  v_words text[] := tsvector_to_array(name_words(p_key));
  v_asked tsquery;
begin
  if v_words = '{}' then
    return;
  end if;
  select string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*', ' & ')::tsquery into v_asked from unnest(v_words) as words (word);
  -- Planned anew for each text: a rare name is found by its words, a common one by leafing through the schools. Of more than a
  -- thousand the first that come are taken, because who searches so widely will type on.
  return query execute '
    select m.school_id, m.id, m.full_name, m.birth_date, m.class_code from (
      select s.school_id, e.id, s.full_name, s.birth_date, e.class_code, s.given_name, s.other_names
      from student s join enrolment e on e.school_id = s.school_id and e.student_id = s.id and e.school_year = $2
      where s.school_id = any ($1) and name_words(s.search_key) @@ $4 limit 1000
    ) m order by m.given_name, m.other_names, m.school_id, m.id limit $3'
  using current_setting('app.record_schools')::uuid[], p_year, p_limit, v_asked;
end $$;

-- Background work is put in the queue inside the writing transaction.
create function enqueue_job(p_task text, p_payload json, p_key text) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform graphile_worker.add_job(p_task, p_payload, job_key => p_key, max_attempts => 5);
end $$;

-- What the application may, it may for the whole country too, but for the records of schools: whatever has a school_id.
do $$
declare g record;
begin
  for g in
    with privileges as (
      select c.oid, x.privilege_type, null::name as column_name from pg_class c cross join lateral aclexplode(c.relacl) x
      where c.relnamespace = 'public'::regnamespace and x.grantee = 'khuevan_app'::regrole
      union all
      select a.attrelid, x.privilege_type, a.attname from pg_attribute a cross join lateral aclexplode(a.attacl) x
      where a.attacl is not null and x.grantee = 'khuevan_app'::regrole
    )
    select p.oid::regclass as granted_on, p.privilege_type || coalesce(' (' || string_agg(quote_ident(p.column_name), ', ') || ')', '') as privilege
    from privileges p
    where not exists (select from pg_attribute a where a.attrelid = p.oid and a.attname = 'school_id')
    group by p.oid, p.privilege_type, p.column_name is null
  loop
    execute format('grant %s on %s to khuevan_nation', g.privilege, g.granted_on);
  end loop;
  grant usage on schema public to khuevan_nation;
end $$;

-- Functions are for the application only.
do $$
declare f record;
begin
  for f in select p.oid::regprocedure as signature from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.prosecdef loop
    execute format('revoke all on function %s from public', f.signature);
    if f.signature::text not like 'keep_history%' and f.signature::text not like 'broken_audit_chains%' then
      execute format('grant execute on function %s to khuevan_app, khuevan_nation', f.signature);
    end if;
  end loop;
end $$;
