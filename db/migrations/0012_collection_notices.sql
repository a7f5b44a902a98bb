-- What units are told of ad-hoc collections: in the bell, by e-mail where it is on, in the head's digest.

-- Answers that are still owed, each with the day it is due by: of one unit or of all, to one collection or to all that are open.
create function collections_owed(p_unit uuid, p_collection uuid)
returns table (unit_id uuid, collection_id uuid, title text, from_unit text, published_on date, due_on date)
language plpgsql stable
set plan_cache_mode = force_custom_plan as $$
begin
  return query
  select d.unit_id, c.id, c.title, o.name, (c.published_at at time zone 'Asia/Ho_Chi_Minh')::date, coalesce(a.due_on, c.due_on)
  from collection c join unit o on o.id = c.owner_id join collection_duty d on d.collection_id = c.id
  left join collection_answer a on a.unit_id = d.unit_id and a.collection_id = d.collection_id
  where c.state = 'open' and (p_unit is null or d.unit_id = p_unit) and (p_collection is null or c.id = p_collection)
    and a.state is distinct from 'submitted';
end $$;

create function collection_content(p_about text, p_collection uuid, p_title text, p_from_unit text, p_due date, p_day date) returns jsonb
language sql immutable
return jsonb_build_object('about', p_about, 'collectionId', p_collection, 'title', p_title, 'fromUnit', p_from_unit, 'dueOn', p_due, 'daysLeft', p_due - p_day);

-- Tells those who owe an answer, all or one, what the owner has done; once each for what is called p_once.
create function tell_collection(p_collection uuid, p_unit uuid, p_about text, p_once text, p_day date, p_at timestamptz) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from collection c where c.id = p_collection and c.owner_id = any (current_setting('app.acting_units')::uuid[])) then
    raise insufficient_privilege;
  end if;
  insert into notice (unit_id, id, kind, audience, once_key, content, created_at)
  select o.unit_id, gen_random_uuid(), 'collection', 'everybody', concat_ws(':', 'collection', p_collection, p_about, p_once),
    collection_content(p_about, o.collection_id, o.title, o.from_unit, o.due_on, p_day), p_at
  from collections_owed(p_unit, p_collection) o
  on conflict on constraint notice_once do nothing;
end $$;

-- Each morning, as for the forms of periods: once for each answer, day and step, and not for steps before the collection was published.
create function draw_collection_notices(p_day date, p_at timestamptz, p_days integer[]) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_added integer;
begin
  perform require_no_actor();
  insert into notice (unit_id, id, kind, audience, once_key, content, created_at)
  select o.unit_id, gen_random_uuid(), 'collection', 'everybody', concat_ws(':', 'collection', o.collection_id, 'deadline', o.due_on, s.step),
    collection_content('deadline', o.collection_id, o.title, o.from_unit, o.due_on, p_day), p_at
  from collections_owed(null, null) o
  cross join lateral (
    select max(day) as step from unnest(p_days) day where o.due_on + day between p_day - 2 and p_day and o.due_on + day > o.published_on
  ) s
  where s.step is not null
  on conflict on constraint notice_once do nothing;
  get diagnostics v_added = row_count;
  return v_added;
end $$;
