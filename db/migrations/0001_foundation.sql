-- Extensions and the few functions that columns depend on.
create extension if not exists btree_gist;
create extension if not exists unaccent;

-- Vietnamese text without case and diacritics, so that "nguyen van duc" finds "Nguyễn Văn Đức".
-- The same folding as searchKey() in core/src/vietnam/text.ts; a test compares them.
create function search_key(value text) returns text
language sql immutable strict parallel safe
return lower(unaccent('unaccent', value) collate pg_c_utf8);

-- What unaccent answers depends on its list of letters only, which does not change under one server. Told so, PostgreSQL writes
-- the function out where it is used, at a third of the cost; where the owner of the database may not say so, it is called.
do $$
begin
  alter function unaccent(regdictionary, text) immutable;
exception when insufficient_privilege then
  null;
end $$;

-- The words of a search key, to be found by how they begin: "h'mai" is h and mai. Not strict, so that it is written out where
-- it is used: to call it would cost as much as the rest.
create function name_words(search_key text) returns tsvector
language sql immutable parallel safe
return array_to_tsvector(array_remove(string_to_array(translate(search_key, '''-.', '   '), ' '), ''));

-- Vietnamese lists are sorted by given name (the last word), then by the rest: order by given_name, other_names. As two texts,
-- because within one a tone mark would count only after every letter of the rest.
create function given_name(full_name text) returns text
language sql immutable strict parallel safe
return split_part(full_name, ' ', -1);

create function other_names(full_name text) returns text
language sql immutable strict parallel safe
return left(full_name, -1 - length(split_part(full_name, ' ', -1)));

-- Settings of the installation (demo clock, dates of seeds). No school data.
create table setting (
  key text not null constraint setting_pk primary key,
  value jsonb not null
);
comment on table setting is 'Thiết lập chung của hệ thống';

-- Code lists; the source is core/src/codes, loaded at every migration.
create table code_entry (
  list text not null,
  code text not null,
  name_vi text not null,
  name_en text not null,
  sort integer not null,
  attributes jsonb not null default '{}',
  constraint code_entry_pk primary key (list, code)
);
comment on table code_entry is 'Danh mục dùng chung';

-- Administrative units. A code changes meaning with time (15 was Yên Bái, is Lào Cai since 2025-07-01): the key holds the validity.
create table admin_unit (
  level text not null constraint admin_unit_level_known check (level in ('province', 'district', 'commune')),
  code text not null,
  name text not null,
  parent_code text,
  valid daterange not null,
  constraint admin_unit_pk primary key (level, code, valid without overlaps)
);
comment on table admin_unit is 'Đơn vị hành chính theo thời kỳ (QĐ 124/2004/QĐ-TTg; QĐ 19/2025/QĐ-TTg)';

create table admin_unit_succession (
  old_code text not null,
  new_code text not null,
  divided boolean not null,
  constraint admin_unit_succession_pk primary key (old_code, new_code)
);
comment on table admin_unit_succession is 'Xã cũ sang xã mới từ 01/07/2025';
