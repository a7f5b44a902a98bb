-- Records of a school. Every key starts with school_id, so a class cannot hold another school's pupil and the tables can be
-- distributed by school. Columns follow core/src/records; a test compares them.

create table school_profile (
  school_id uuid not null,
  id uuid not null,
  school_year integer not null,
  ownership text,
  school_kind text,
  region text,
  difficult_areas text[],
  commune_code text,
  address text,
  phone text,
  email text,
  head_name text,
  head_phone text,
  founded_on date,
  national_standard text,
  two_sessions boolean,
  computers boolean,
  internet boolean,
  online_teaching boolean,
  electricity boolean,
  clean_water boolean,
  drinking_water boolean,
  toilets boolean,
  hand_washing boolean,
  life_skills boolean,
  disability_access boolean,
  counselling boolean,
  disaster_plan boolean,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint school_profile_pk primary key (school_id, id),
  constraint school_profile_year_once unique (school_id, school_year)
);
comment on table school_profile is 'Hồ sơ trường theo năm học';

create table site (
  school_id uuid not null,
  id uuid not null,
  school_year integer not null,
  code text not null,
  name text not null,
  is_main boolean not null,
  distance_km numeric(6, 2),
  address text,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint site_pk primary key (school_id, id),
  constraint site_code_once unique (school_id, school_year, code)
);
comment on table site is 'Điểm trường';

create table class (
  school_id uuid not null,
  id uuid not null,
  school_year integer not null,
  code text not null,
  name text not null,
  grade text not null,
  age_group text,
  site_code text,
  sessions_per_week text not null,
  two_sessions boolean not null,
  combined boolean not null,
  combined_grades text[],
  combined_ages text,
  boarding boolean not null,
  special boolean not null,
  specialisation text,
  homeroom_teacher text,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint class_pk primary key (school_id, id),
  constraint class_code_once unique (school_id, school_year, code),
  constraint class_site foreign key (school_id, school_year, site_code) references site (school_id, school_year, code)
);
comment on table class is 'Lớp học theo năm học';

create table student (
  school_id uuid not null,
  id uuid not null,
  code text not null,
  full_name text not null,
  birth_date date not null,
  sex text not null,
  ethnicity text not null,
  pin_cipher bytea,
  pin_hash bytea,
  pin_mask text,
  ministry_code text,
  guardian_name text,
  guardian_phone text,
  search_key text not null generated always as (search_key(full_name)) stored,
  given_name text collate "vi-x-icu" not null generated always as (given_name(full_name)) stored,
  other_names text collate "vi-x-icu" not null generated always as (other_names(full_name)) stored,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint student_pk primary key (school_id, id),
  constraint student_code_once unique (school_id, code),
  constraint student_pin_once unique (school_id, pin_hash)
);
create index student_search_ix on student using gin (name_words(search_key));
create index student_name_ix on student (school_id, given_name, other_names);
comment on table student is 'Học sinh (con người); số định danh được mã hóa';

-- One spell of attendance. Present on a day: entered_on <= day and (left_on is null or left_on > day).
create table enrolment (
  school_id uuid not null,
  id uuid not null,
  student_id uuid not null,
  school_year integer not null,
  class_code text not null,
  opening_class_code text,
  grade text not null,
  entry_status text not null,
  entered_on date not null,
  leave_status text,
  left_on date,
  leave_reason text,
  destination text,
  new_entrant boolean,
  repeating boolean,
  two_sessions boolean not null,
  boarding text,
  informatics boolean,
  disability text,
  policy_group text,
  cost_support boolean not null,
  small_minority_support boolean not null,
  meal_support boolean not null,
  health_checked boolean,
  foreign_language text,
  vocational boolean,
  education_result text,
  learning_result text,
  conduct_result text,
  year_result text,
  nutrition text[],
  fee_relief text,
  lunch_support boolean,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint enrolment_pk primary key (school_id, id),
  constraint enrolment_spell_once unique (school_id, student_id, school_year, entered_on),
  constraint enrolment_student foreign key (school_id, student_id) references student (school_id, id),
  constraint enrolment_class foreign key (school_id, school_year, class_code) references class (school_id, school_year, code),
  constraint enrolment_opening_class foreign key (school_id, school_year, opening_class_code) references class (school_id, school_year, code),
  constraint enrolment_leaves_after_entering check (left_on is null or left_on > entered_on),
  constraint enrolment_leaving_is_whole check ((left_on is null) = (leave_status is null))
);
create unique index enrolment_one_open_spell on enrolment (school_id, student_id, school_year) where left_on is null;
create index enrolment_year_ix on enrolment (school_id, school_year, class_code);
-- One in a hundred; forms ask for them school by school.
create index enrolment_disability_ix on enrolment (school_id, school_year) where disability is not null;
comment on table enrolment is 'Một lần học tại trường trong năm học';

create table staff_member (
  school_id uuid not null,
  id uuid not null,
  code text not null,
  full_name text not null,
  birth_date date not null,
  sex text not null,
  ethnicity text not null,
  pin_cipher bytea,
  pin_hash bytea,
  pin_mask text,
  phone text,
  search_key text not null generated always as (search_key(full_name)) stored,
  given_name text collate "vi-x-icu" not null generated always as (given_name(full_name)) stored,
  other_names text collate "vi-x-icu" not null generated always as (other_names(full_name)) stored,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint staff_member_pk primary key (school_id, id),
  constraint staff_member_code_once unique (school_id, code),
  constraint staff_member_pin_once unique (school_id, pin_hash)
);
comment on table staff_member is 'Cán bộ, giáo viên, nhân viên (con người)';

create table assignment (
  school_id uuid not null,
  id uuid not null,
  staff_member_id uuid not null,
  school_year integer not null,
  staff_group text not null,
  position text,
  level text not null,
  preschool_part text,
  contract text not null,
  training text not null,
  declared_standard text,
  subjects text[],
  youth_leader boolean not null,
  multiple_duties boolean not null,
  status text not null,
  entered_on date not null,
  left_on date,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint assignment_pk primary key (school_id, id),
  constraint assignment_once unique (school_id, staff_member_id, school_year),
  constraint assignment_staff_member foreign key (school_id, staff_member_id) references staff_member (school_id, id),
  constraint assignment_leaves_after_entering check (left_on is null or left_on > entered_on)
);
create index assignment_year_ix on assignment (school_id, school_year);
comment on table assignment is 'Công việc của cán bộ tại trường theo năm học';

create table room (
  school_id uuid not null,
  id uuid not null,
  school_year integer not null,
  level text not null,
  preschool_part text,
  room_kind text not null,
  solid integer not null constraint room_solid_counts check (solid >= 0),
  semi_solid integer not null constraint room_semi_solid_counts check (semi_solid >= 0),
  temporary integer not null constraint room_temporary_counts check (temporary >= 0),
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint room_pk primary key (school_id, id),
  constraint room_kind_once unique nulls not distinct (school_id, school_year, level, preschool_part, room_kind)
);
comment on table room is 'Phòng học theo loại và mức kiên cố';

create table budget_line (
  school_id uuid not null,
  id uuid not null,
  school_year integer not null,
  line text not null,
  settled numeric(14, 2) not null,
  planned numeric(14, 2) not null,
  estimated numeric(14, 2) not null,
  version integer not null default 1,
  recorded_at timestamptz not null default now(),
  audit_id uuid not null default current_setting('app.audit_id')::uuid,
  constraint budget_line_pk primary key (school_id, id),
  constraint budget_line_once unique (school_id, school_year, line)
);
comment on table budget_line is 'Chi ngân sách nhà nước, triệu đồng';

-- Codes of students and staff are issued from here, so that the code of a removed person is never given to another.
create table code_counter (
  school_id uuid not null,
  table_name text not null,
  last_serial integer not null,
  constraint code_counter_pk primary key (school_id, table_name)
);
comment on table code_counter is 'Số thứ tự cuối đã cấp cho mã học sinh, mã cán bộ của mỗi trường';

-- Country-wide: an active person is in one school only. Keyed by the number's hash; written in the same transaction, and freed
-- by whatever takes the number from the person.
create table pin_registry (
  kind text not null,
  pin_hash bytea not null,
  school_id uuid not null,
  constraint pin_registry_pk primary key (kind, pin_hash)
);
comment on table pin_registry is 'Mỗi số định danh đang học (đang làm việc) ở một nơi; chỉ giữ mã băm';

-- Flat reading of person and year, for lists, search and rules.
create view student_record with (security_invoker = true) as
select e.school_id, e.id, e.student_id, e.school_year, s.code, s.full_name, s.birth_date, s.sex, s.ethnicity, s.pin_mask as pin, s.pin_hash,
  s.ministry_code, s.guardian_name, s.guardian_phone, e.class_code, e.opening_class_code, e.grade, e.entry_status, e.entered_on,
  e.leave_status, e.left_on, e.leave_reason, e.destination, e.new_entrant, e.repeating, e.two_sessions, e.boarding, e.informatics,
  e.disability, e.policy_group, e.cost_support, e.small_minority_support, e.meal_support,
  e.health_checked, e.nutrition, e.fee_relief, e.lunch_support, e.foreign_language, e.vocational, e.education_result, e.learning_result, e.conduct_result, e.year_result,
  s.search_key, s.given_name, s.other_names,
  s.version || '.' || e.version as version, greatest(s.recorded_at, e.recorded_at) as recorded_at, e.audit_id
from enrolment e join student s on s.school_id = e.school_id and s.id = e.student_id;

create view staff_record with (security_invoker = true) as
select a.school_id, a.id, a.staff_member_id, a.school_year, s.code, s.full_name, s.birth_date, s.sex, s.ethnicity, s.pin_mask as pin, s.pin_hash,
  s.phone, a.staff_group, a.position, a.level, a.preschool_part, a.contract, a.training, a.declared_standard, a.subjects, a.youth_leader,
  a.multiple_duties, a.status, a.entered_on, a.left_on, s.search_key, s.given_name, s.other_names,
  s.version || '.' || a.version as version, greatest(s.recorded_at, a.recorded_at) as recorded_at, a.audit_id
from assignment a join staff_member s on s.school_id = a.school_id and s.id = a.staff_member_id;

-- Stamp and keep every record table.
do $$
declare t text;
begin
  foreach t in array array['school_profile', 'site', 'class', 'student', 'enrolment', 'staff_member', 'assignment', 'room', 'budget_line'] loop
    execute format('create trigger %I before update on %I for each row execute function stamp_record()', t || '_stamp', t);
    execute format('create trigger %I after update or delete on %I for each row execute function keep_history(%L)', t || '_history', t, t);
  end loop;
end $$;

create function free_pin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from pin_registry where kind = tg_argv[0] and pin_hash = old.pin_hash and school_id = old.school_id;
  return null;
end $$;

do $$
declare
  v_kind record;
begin
  for v_kind in select * from (values ('student', 'student'), ('staff', 'staff_member')) as kinds (name, person) loop
    execute format('create trigger %1$I after update of pin_hash on %2$I for each row when (old.pin_hash is distinct from new.pin_hash) execute function free_pin(%3$L)',
      v_kind.person || '_pin_changed', v_kind.person, v_kind.name);
    execute format('create trigger %1$I after delete on %2$I for each row when (old.pin_hash is not null) execute function free_pin(%3$L)',
      v_kind.person || '_pin_gone', v_kind.person, v_kind.name);
  end loop;
end $$;
