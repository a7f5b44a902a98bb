-- Population of places: the denominators of indicators, imported with their source. Indicators themselves are not stored: they are
-- worked out from the totals, which every decision keeps current.

-- A table of one place and year. A newer one takes its place; the old one stays, as the figures of its time were made of it.
create table population (
  unit_id uuid not null,
  id uuid not null,
  year integer not null constraint population_year_known check (year between 2000 and 2100),
  source text not null,
  document_no text not null,
  file_name text not null,
  file_sha256 text not null,
  imported_by uuid not null,
  imported_by_name text not null,
  imported_in uuid not null,
  imported_at timestamptz not null,
  replaced_at timestamptz,
  constraint population_pk primary key (unit_id, id)
);
create unique index population_current_once on population (unit_id, year) where replaced_at is null;
comment on table population is 'Bảng dân số của một địa bàn trong một năm, có nguồn';
comment on column population.unit_id is 'Đơn vị quản lý giáo dục của địa bàn: Bộ (cả nước), Sở, Phòng, xã';
comment on column population.year is 'Năm của số dân; dùng cho năm học bắt đầu trong năm đó';
comment on column population.document_no is 'Số, ký hiệu văn bản cung cấp số liệu';
comment on column population.imported_in is 'Đơn vị đã nhập';
comment on column population.replaced_at is 'Lúc có bảng mới thay; trống là bảng đang dùng';

-- Columns as in the forms: the total, of which women, of which minorities. Unknown ones are blank.
create table population_count (
  unit_id uuid not null,
  population_id uuid not null,
  age smallint not null,
  people integer not null,
  female integer,
  minority integer,
  minority_female integer,
  constraint population_count_pk primary key (unit_id, population_id, age),
  constraint population_count_table foreign key (unit_id, population_id) references population (unit_id, id),
  constraint population_count_ages check (age between 0 and 120),
  constraint population_count_parts check (
    people >= 0 and coalesce(female, 0) between 0 and people and coalesce(minority, 0) between 0 and people
    and coalesce(minority_female, 0) between 0 and least(coalesce(female, people), coalesce(minority, people)))
);
comment on table population_count is 'Số người theo từng tuổi';
