-- Audit: one entry per write request, in the same transaction, chained by hash within each unit.
create table audit_head (
  unit_id uuid not null constraint audit_head_pk primary key,
  seq bigint not null,
  hash bytea not null
);
comment on table audit_head is 'Mắt xích cuối của chuỗi nhật ký mỗi đơn vị';

create table audit_entry (
  unit_id uuid not null,
  seq bigint not null,
  id uuid not null,
  at timestamptz not null,
  account_id uuid,
  account_name text not null,
  action text not null,
  subject_kind text,
  subject_id uuid,
  detail jsonb not null,
  previous_hash bytea not null,
  hash bytea not null,
  constraint audit_entry_pk primary key (unit_id, seq),
  constraint audit_entry_id_once unique (unit_id, id)
);
create index audit_entry_subject_ix on audit_entry (unit_id, subject_id);
comment on table audit_entry is 'Nhật ký: ai làm gì, lúc nào; mỗi dòng nối băm với dòng trước';

-- Append inside the writing transaction. The head row is locked to its end, so a unit's chain has no gaps and no forks.
create function append_audit(p_unit uuid, p_id uuid, p_at timestamptz, p_account uuid, p_name text, p_action text,
  p_subject_kind text, p_subject uuid, p_detail jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_seq bigint;
  v_previous bytea;
  v_hash bytea;
begin
  insert into audit_head (unit_id, seq, hash) values (p_unit, 0, '\x00') on conflict (unit_id) do nothing;
  select seq, hash into v_seq, v_previous from audit_head where unit_id = p_unit for update;
  v_seq := v_seq + 1;
  v_hash := audit_hash(p_unit, v_seq, p_id, p_at, p_account, p_name, p_action, p_subject_kind, p_subject, p_detail, v_previous);
  insert into audit_entry values (p_unit, v_seq, p_id, p_at, p_account, p_name, p_action, p_subject_kind, p_subject, p_detail, v_previous, v_hash);
  update audit_head set seq = v_seq, hash = v_hash where unit_id = p_unit;
end $$;

-- One reading of an entry as bytes, used to write and to verify.
create function audit_hash(p_unit uuid, p_seq bigint, p_id uuid, p_at timestamptz, p_account uuid, p_name text, p_action text,
  p_subject_kind text, p_subject uuid, p_detail jsonb, p_previous bytea) returns bytea
language sql immutable
return sha256(p_previous || convert_to(jsonb_build_array(p_unit, p_seq, p_id, extract(epoch from p_at), p_account, p_name, p_action,
  p_subject_kind, p_subject, p_detail)::text, 'UTF8'));

-- First broken entry of each chain; no rows when all is well.
create function broken_audit_chains() returns table (unit_id uuid, seq bigint, fault text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  return query
  with chained as (
    select e.*, lag(e.hash, 1, '\x00'::bytea) over (partition by e.unit_id order by e.seq) as expected_previous,
      row_number() over (partition by e.unit_id order by e.seq) as expected_seq
    from audit_entry e
  ), faults as (
    select c.unit_id, c.seq, case
      when c.seq <> c.expected_seq then 'missing entry'
      when c.previous_hash <> c.expected_previous then 'broken link'
      when c.hash <> audit_hash(c.unit_id, c.seq, c.id, c.at, c.account_id, c.account_name, c.action, c.subject_kind, c.subject_id, c.detail, c.previous_hash) then 'changed entry'
    end as fault
    from chained c
    union all
    select h.unit_id, h.seq, 'cut tail' from audit_head h
    where not exists (select 1 from audit_entry e where e.unit_id = h.unit_id and e.seq = h.seq and e.hash = h.hash) and h.seq > 0
    union all
    select distinct e.unit_id, 0::bigint, 'missing head' from audit_entry e
    where not exists (select 1 from audit_head h where h.unit_id = e.unit_id)
  )
  select distinct on (f.unit_id) f.unit_id, f.seq, f.fault from faults f where f.fault is not null order by f.unit_id, f.seq;
end $$;

-- Recorded time: the row as it was, from when to when. The current row is in its own table.
create table history (
  school_id uuid not null,
  table_name text not null,
  record_id uuid not null,
  version integer not null,
  recorded_from timestamptz not null,
  recorded_to timestamptz not null,
  audit_id uuid not null,
  ended_by uuid not null,
  content jsonb not null,
  constraint history_pk primary key (school_id, table_name, record_id, version)
);
comment on table history is 'Các phiên bản cũ của hồ sơ: đã biết gì, từ lúc nào đến lúc nào';

create function stamp_record() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.recorded_at := now();
  new.audit_id := current_setting('app.audit_id')::uuid;
  return new;
end $$;

create function keep_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into history values (old.school_id, tg_argv[0], old.id, old.version, old.recorded_at, now(), old.audit_id,
    current_setting('app.audit_id')::uuid, to_jsonb(old));
  return null;
end $$;
