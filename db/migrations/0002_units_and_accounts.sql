-- Units form a forest per day; managing and reviewing are relations with validity and level of education.
create table unit (
  id uuid not null constraint unit_pk primary key,
  kind text not null constraint unit_kind_known check (kind in ('ministry', 'province', 'district', 'commune', 'school')),
  code text not null constraint unit_code_length check (length(code) between 1 and 20),
  name text not null,
  level_group text,
  levels text[] not null default '{}',
  main_level text,
  province_code text,
  valid daterange not null,
  search_key text not null generated always as (search_key(name)) stored,
  constraint unit_code_once unique (kind, code, valid without overlaps)
);
comment on table unit is 'Đơn vị: Bộ, Sở, Phòng, xã, trường';
comment on column unit.level_group is 'Nhóm cấp học (DM_NHOM_CAP_HOC) của trường';
comment on column unit.main_level is 'Cấp học chính: trường nhiều cấp chỉ được đếm một lần, ở cấp này';

create table unit_relation (
  child_id uuid not null constraint unit_relation_child references unit (id),
  parent_id uuid not null constraint unit_relation_parent references unit (id),
  role text not null constraint unit_relation_role_known check (role in ('managing', 'reviewing', 'following')),
  level text not null,
  valid daterange not null,
  constraint unit_relation_pk primary key (child_id, role, level, valid without overlaps),
  constraint unit_relation_not_self check (child_id <> parent_id)
);
create index unit_relation_parent_ix on unit_relation (parent_id);
comment on table unit_relation is 'Quan hệ quản lý, duyệt báo cáo, theo dõi; theo cấp học và thời gian';
comment on column unit_relation.level is 'Cấp học, hoặc * cho mọi cấp';

create table account (
  id uuid not null constraint account_pk primary key,
  unit_id uuid not null constraint account_unit references unit (id),
  username text not null constraint account_username_once unique,
  display_name text not null,
  password_hash text not null,
  totp_secret bytea,
  totp_enabled boolean not null default false,
  totp_last_step bigint not null default 0,
  failed_attempts integer not null default 0,
  locked_until timestamptz,
  active boolean not null default true,
  must_change_password boolean not null default false,
  created_at timestamptz not null default now()
);
comment on table account is 'Tài khoản; mật khẩu argon2id, khóa TOTP được mã hóa';

-- A delegation is a membership with a giver and an end date.
create table membership (
  id uuid not null constraint membership_pk primary key,
  account_id uuid not null constraint membership_account references account (id),
  unit_id uuid not null constraint membership_unit references unit (id),
  role text not null constraint membership_role_known check (role in ('clerk', 'head', 'reviewer', 'administrator', 'analyst')),
  levels text[],
  valid daterange not null,
  delegated_by uuid constraint membership_delegated_by references account (id),
  reason text,
  constraint membership_delegation_ends check (delegated_by is null or upper(valid) is not null)
);
create index membership_account_ix on membership (account_id);
create index membership_unit_ix on membership (unit_id);
comment on table membership is 'Vai trò của tài khoản tại đơn vị, kể cả ủy quyền có thời hạn';
comment on column membership.levels is 'Các cấp học được giao; trống là mọi cấp';

-- Local tables: no foreign keys to shared ones.
create table session (
  id uuid not null constraint session_pk primary key,
  token_hash bytea not null constraint session_token_once unique,
  account_id uuid not null,
  csrf_token text not null,
  totp_pending boolean not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  address text,
  agent text
);
create index session_account_ix on session (account_id);
comment on table session is 'Phiên làm việc';

create table idempotency_key (
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  response text,
  created_at timestamptz not null default now(),
  constraint idempotency_key_pk primary key (account_id, key)
);
comment on table idempotency_key is 'Chống gửi lặp: cùng khóa thì trả lại đúng câu trả lời trước';

-- What a transaction reaches (see 0020_access.sql): the ministry's own every unit, any other those that are listed.
create function reached_units() returns setof uuid language plpgsql stable as $$
begin
  if current_setting('app.scope', true) = 'nation' then
    return query select u.id from unit u;
  else
    return query select unnest(current_setting('app.report_units')::uuid[]);
  end if;
end $$;

create function reaches(p_unit uuid) returns boolean
language sql stable return current_setting('app.scope', true) = 'nation' or p_unit = any (current_setting('app.report_units', true)::uuid[]);

-- Who writes in it: people of the unit itself; people who work in a unit above it; people in the transaction of a ministry or a province.
create function acts_in(p_unit uuid) returns boolean
language sql stable return reaches(p_unit) and p_unit = any (current_setting('app.acting_units', true)::uuid[]);

create function acts_above(p_unit uuid) returns boolean
language sql stable return reaches(p_unit) and array_remove(current_setting('app.acting_units', true)::uuid[], p_unit) <> '{}';

create function governs(p_unit uuid) returns boolean
language sql stable return reaches(p_unit) and current_setting('app.unit_kind', true) in ('ministry', 'province');

-- Who may say of a report that something happened: what a unit does, it says itself; what is decided, those above.
create function tells_event(p_unit uuid, p_kind text) returns boolean
language sql stable return case
  when p_kind = 'start' then reaches(p_unit)
  when p_kind in ('compile', 'explain', 'answer', 'submit') then acts_in(p_unit)
  else acts_above(p_unit) end;

-- Background work acts for nobody: its functions are closed to whoever acts for an account.
create function require_no_actor() returns void language plpgsql as $$
begin
  if current_setting('app.account_id', true) <> '' then
    raise insufficient_privilege;
  end if;
end $$;
