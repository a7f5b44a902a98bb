create table stored_file (
  unit_id uuid not null,
  id uuid not null,
  name text not null,
  media_type text not null,
  size bigint not null,
  sha256 text not null,
  created_at timestamptz not null default now(),
  constraint stored_file_pk primary key (unit_id, id)
);
comment on table stored_file is 'Tệp tải lên và tệp kết quả';

-- In pieces, so that neither side ever holds a whole file in memory.
create table stored_file_piece (
  unit_id uuid not null,
  file_id uuid not null,
  no integer not null,
  bytes bytea not null,
  constraint stored_file_piece_pk primary key (unit_id, file_id, no),
  constraint stored_file_piece_file foreign key (unit_id, file_id) references stored_file (unit_id, id) on delete cascade
);
comment on table stored_file_piece is 'Các mảnh của tệp';

create table import (
  unit_id uuid not null,
  id uuid not null,
  kind text not null,
  school_year integer not null,
  file_id uuid not null,
  file_name text not null,
  file_sha256 text not null,
  state text not null constraint import_state_known check (state in ('waiting', 'reading', 'ready', 'applying', 'applied', 'refused', 'failed', 'cancelled')),
  rows_read integer not null default 0,
  rows_total integer,
  rows_good integer not null default 0,
  rows_bad integer not null default 0,
  to_add integer not null default 0,
  to_change integer not null default 0,
  to_leave integer not null default 0,
  refusal jsonb,
  mode text constraint import_mode_known check (mode in ('all', 'good')),
  marked_file_id uuid,
  account_id uuid not null,
  account_name text not null,
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  version integer not null default 1,
  constraint import_pk primary key (unit_id, id)
);
create index import_recent_ix on import (unit_id, created_at desc);
comment on table import is 'Một lần nhập từ Excel';

create table import_row (
  unit_id uuid not null,
  import_id uuid not null,
  row_no integer not null,
  sheet text not null,
  school_id uuid,
  content jsonb not null,
  pin_cipher bytea,
  pin_hash bytea,
  is_good boolean not null,
  action text,
  target_id uuid,
  person_id uuid,
  constraint import_row_pk primary key (unit_id, import_id, row_no),
  constraint import_row_import foreign key (unit_id, import_id) references import (unit_id, id) on delete cascade
);
comment on table import_row is 'Dòng đã đọc, chờ ghi';

create table import_finding (
  unit_id uuid not null,
  import_id uuid not null,
  no integer not null,
  sheet text,
  row_no integer,
  field text,
  rule text not null,
  severity text not null,
  value text,
  params jsonb,
  constraint import_finding_pk primary key (unit_id, import_id, no),
  constraint import_finding_import foreign key (unit_id, import_id) references import (unit_id, id) on delete cascade
);
create index import_finding_rule_ix on import_finding (unit_id, import_id, rule, row_no);
comment on table import_finding is 'Lỗi, cảnh báo của lần nhập';
