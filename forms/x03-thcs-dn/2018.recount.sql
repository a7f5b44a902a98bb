-- An independent recount of form X03-THCS-ĐN in plain SQL, written from the printed labels and notes of its rows and from decisions 4 and 18.
-- It shares nothing with the form's filters, its compiler or the recount in TypeScript.
-- $1 schools, $2 first calendar year of the school year, $3 as-of day. Answers (school_id, cell, value); cells that count nobody may be absent.
with school as (
  select u.id as school_id, u.main_level, u.levels, p.ownership = '01' as is_public, p.region in ('01', '02', '03') as is_lowland, p.school_kind,
    p.national_standard, p.two_sessions, p.computers, p.internet, p.online_teaching, p.electricity, p.clean_water, p.toilets, p.hand_washing,
    p.life_skills, p.disability_access, p.counselling, p.disaster_plan
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
-- Grades 6-9 count here whatever else the school teaches, so that nobody is in two forms.
lower_class as (
  select s.school_id, s.is_public, s.school_kind, k.grade::integer as grade, k.two_sessions, k.boarding, k.combined
  from school s join class k on k.school_id = s.school_id and k.school_year = $2 and k.grade in ('06', '07', '08', '09')
),
pupil as (
  select s.school_id, s.is_public, s.is_lowland, s.school_kind, e.grade::integer as grade, $2 - extract(year from st.birth_date)::integer as age,
    st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority, c.special, e.new_entrant, e.repeating, e.two_sessions, e.boarding,
    e.disability, e.informatics, e.foreign_language, e.vocational, e.policy_group, e.cost_support, e.small_minority_support, e.meal_support
  from school s
  join enrolment e on e.school_id = s.school_id and e.school_year = $2 and e.grade in ('06', '07', '08', '09')
  join student st on st.school_id = s.school_id and st.id = e.student_id
  -- The class at opening tells whether the education is special.
  join class c on c.school_id = s.school_id and c.school_year = $2 and c.code = coalesce(e.opening_class_code, e.class_code)
  where e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
),
-- A school of several levels is one school, at its main level; its size and its included pupils are those of grades 6-9.
main_school as (
  select s.*, coalesce(k.classes, 0) as classes, coalesce(p.included, 0) as included, coalesce(x.sites, 0) as sites,
    coalesce(x.satellites, 0) as satellites
  from school s
  left join (select school_id, count(*) as classes from lower_class group by 1) k using (school_id)
  left join (select school_id, count(*) as included from pupil where disability is not null and not special group by 1) p using (school_id)
  left join (select school_id, count(*) as sites, count(*) filter (where not is_main) as satellites from site where school_year = $2 group by 1) x
    using (school_id)
  where s.main_level = '03'
),
school_row as (
  select school_id, is_public, r.code, r.n
  from main_school
  cross join lateral (values
    ('X1', 1), ('X2', is_lowland::integer), ('X3', (is_lowland and classes >= 28)::integer), ('X4', (is_lowland and classes < 28)::integer),
    ('X5', (not is_lowland)::integer), ('X6', (not is_lowland and classes >= 19)::integer), ('X7', (not is_lowland and classes < 19)::integer),
    ('X8', (not levels && '{01,02}')::integer), ('X9', ('02' = any (levels) and '01' <> all (levels))::integer),
    ('X10', ('01' = any (levels))::integer), ('X11', (national_standard = '02')::integer), ('X12', (national_standard = '03')::integer),
    ('X13', two_sessions::integer), ('X14', (school_kind = '03')::integer), ('X15', (school_kind = '01')::integer),
    ('X16', (school_kind in ('04', '18'))::integer), ('X17', (included between 1 and 19)::integer), ('X18', (included >= 20)::integer),
    ('X19', (satellites >= 5)::integer), ('X20', computers::integer), ('X21', internet::integer), ('X22', online_teaching::integer),
    ('X23', electricity::integer), ('X24', clean_water::integer), ('X25', toilets::integer), ('X26', hand_washing::integer),
    ('X27', life_skills::integer), ('X28', disability_access::integer), ('X29', counselling::integer), ('X30', disaster_plan::integer),
    ('X31', sites)
  ) r (code, n)
  -- Every school that teaches the level; it is in no total.
  union all
  select school_id, is_public, r.code, r.hit::integer
  from school cross join lateral (values ('X32', true), ('X33', main_level <> '03')) r (code, hit)
  where '03' = any (levels)
  union all
  select school_id, is_public, r.code, r.hit::integer
  from lower_class
  cross join lateral (values
    ('X34', true), ('X' || (29 + grade), true), ('X39', two_sessions), ('X40', boarding), ('X41', school_kind in ('01', '02', '03')),
    ('X42', school_kind in ('04', '18')), ('X43', combined)
  ) r (code, hit)
),
pupil_row as (
  select school_id, is_public, r.code, count(*) as n, count(*) filter (where is_female) as f, count(*) filter (where is_minority) as m,
    count(*) filter (where is_female and is_minority) as fm
  from pupil
  cross join lateral (values
    ('X44', true), ('X45', is_lowland), ('X46', not is_lowland), ('X' || (41 + grade), true),
    -- Ages 11-14 have a row each, with one below and one above.
    ('X' || (41 + least(greatest(age, 10), 15)), true), ('X' || (51 + grade), age = grade + 5),
    ('X61', new_entrant), ('X62', repeating), ('X63', two_sessions), ('X64', school_kind in ('02', '03')), ('X65', is_minority and boarding = '01'),
    ('X66', disability is not null and not special), ('X72', disability is not null and special),
    -- The rows go by sight, hearing and speech, mind, movement, nerves; any other disability is in the sum only.
    ('X' || (66 + array_position('{03,02,05,01,04}', disability)), not special),
    ('X' || (72 + array_position('{03,02,05,01,04}', disability)), special),
    ('X78', informatics), ('X79', foreign_language is not null),
    ('X' || (79 + array_position('{01,02,03,04,05,10,11,12,13,06}', foreign_language)), true),
    ('X90', vocational), ('X91', policy_group is not null), ('X92', cost_support), ('X93', small_minority_support), ('X94', meal_support)
  ) r (code, hit)
  where r.hit and r.code is not null group by 1, 2, 3
),
-- NĐ 57/2017/NĐ-CP is for minorities only: the columns that tell them apart are printed "#".
pupil_cell as (
  select school_id, code || '.' || c.col as cell, c.n as value
  from pupil_row p
  cross join lateral (values (1, true), (5, is_public), (9, not is_public)) o (first, owned)
  cross join lateral (values (o.first, p.n), (o.first + 1, f), (o.first + 2, m), (o.first + 3, fm)) c (col, n)
  where o.owned and not (code = 'X93' and c.col in (3, 4, 7, 8, 11, 12))
),
-- Staff of the level who work on the day; piecework and visiting contracts are none of the school's.
person as (
  select s.school_id, s.is_public, s.is_lowland, a.position, a.contract, a.multiple_duties, a.subjects, m.sex = '02' as is_female,
    m.ethnicity not in ('01', '55') as is_minority, $2 - extract(year from m.birth_date)::integer as age,
    a.staff_group = '01' and a.position = '01' as is_head, a.staff_group = '01' and a.position = '02' as is_deputy,
    a.staff_group = '03' and not a.youth_leader as is_teacher, a.staff_group = '03' and a.youth_leader as is_leader,
    -- Whoever has several duties is often recorded as "other" (12), and counts so in their row only.
    a.staff_group = '02' and (a.position in ('09', '10', '11', '13', '15', '16', '25', '32', '33', '34') or a.multiple_duties and a.position = '12')
      as is_support,
    -- Intermediate, college, university, master, doctor, other: a certificate stands beside a teacher's degree (Luật Giáo dục 2019, Điều 72).
    case when a.training in ('18', '15', '09', '10') then 1 when a.training in ('17', '14') then 2 when a.training in ('16', '13') then 3
      when a.training = '02' then 4 when a.training = '01' then 5 else 6 end as training
  from school s
  join assignment a on a.school_id = s.school_id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.level = '03' and a.contract not in ('05', '06') and a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
-- Who teaches two subjects is in both rows, but once in each. "Other subject" is read as whatever is taught
-- and has no row, so that nobody with a subject is in none.
subject_row (code, taught) as (values
  (126, '{22}'::text[]), (127, '{20}'), (128, '{23}'), (129, '{17}'), (130, '{21}'), (131, '{18}'), (132, '{06}'), (133, '{16}'), (134, '{24,14,15}'),
  (135, '{08}'), (136, '{05}'), (137, '{19}'), (138, '{10}'), (139, '{07}'), (140, '{11}'), (141, '{12}'), (142, '{13}'), (143, '{34}'), (144, '{35}'),
  (145, '{33}'), (146, '{32}'), (147, '{36,01,02,09,25,26,27,28,29,30,31}')
),
staff_row as (
  select person.*, r.code
  from person
  cross join lateral (values
    -- Managers are read as 4.1.1 and 4.1.2; a manager recorded as neither is an error of the record.
    ('X95', is_head or is_deputy or is_teacher or is_leader or is_support), ('X96', is_head or is_deputy),
    ('X97', is_head), ('X' || (97 + training), is_head),
    ('X104', is_deputy), ('X105', is_deputy and is_lowland), ('X106', is_deputy and not is_lowland), ('X' || (106 + training), is_deputy),
    ('X113', is_teacher), ('X' || (113 + training), is_teacher),
    ('X120', is_teacher and age between 20 and 29), ('X121', is_teacher and age between 30 and 39), ('X122', is_teacher and age between 40 and 49),
    ('X123', is_teacher and age between 50 and 54), ('X124', is_teacher and age between 55 and 59), ('X125', is_teacher and age = 60),
    ('X148', is_leader), ('X149', is_support), ('X159', is_support and multiple_duties),
    ('X150', is_support and not multiple_duties and position in ('09', '10')),
    ('X' || (150 + array_position('{13,32,15,25,16,11,33,34}', position)), is_support and not multiple_duties)
  ) r (code, hit)
  where r.hit and r.code is not null
  union all
  select person.*, 'X' || r.code from person join subject_row r on person.subjects && r.taught where is_teacher
),
staff_cell as (
  select school_id, code || '.' || c.col as cell, count(*) as value
  from staff_row
  cross join lateral (values
    (1, true), (2, is_female), (3, is_minority), (4, is_female and is_minority),
    (5, is_public), (6, is_public and contract = '07'), (7, is_public and contract = '08'), (8, is_public and contract in ('02', '03', '04')),
    (9, is_public and is_female), (10, is_public and is_minority), (11, is_public and is_female and is_minority),
    (12, not is_public), (13, not is_public and is_female), (14, not is_public and is_minority), (15, not is_public and is_female and is_minority)
  ) c (col, hit)
  where c.hit group by 1, 2
),
room_cell as (
  select s.school_id, r.code || '.' || c.col as cell, sum(c.n) as value
  from school s
  join room k on k.school_id = s.school_id and k.school_year = $2 and k.level = '03'
  cross join lateral (values
    ('X160', room_kind = 'classroom'), ('X161', room_kind = 'borrowed_classroom'),
    -- Tradition and medical rooms are "other rooms", outside the sum.
    ('X162', room_kind not in ('classroom', 'borrowed_classroom', 'tradition', 'medical')),
    ('X163', room_kind = 'library'), ('X164', room_kind = 'equipment'), ('X165', room_kind = 'informatics'), ('X166', room_kind = 'foreign_language'),
    ('X167', room_kind = 'arts'), ('X168', room_kind = 'music'), ('X169', room_kind = 'sports_hall'), ('X170', room_kind = 'inclusive_support'),
    ('X171', room_kind = 'tradition'), ('X172', room_kind = 'medical'),
    -- Rooms of subjects (TT 14/2020/TT-BGDĐT) serve learning too: they are in the sum.
    ('X173', room_kind = 'science'), ('X174', room_kind = 'technology'), ('X175', room_kind = 'social_science'), ('X176', room_kind = 'multipurpose')
  ) r (code, hit)
  cross join lateral (values (1, true), (5, is_public), (9, not is_public)) o (first, owned)
  cross join lateral (values
    (o.first, k.solid + k.semi_solid + k.temporary), (o.first + 1, k.solid), (o.first + 2, k.semi_solid), (o.first + 3, k.temporary)
  ) c (col, n)
  where r.hit and o.owned group by 1, 2
),
-- The money of a school of several levels stands with its main level, for it is not told by level.
budget_cell as (
  select s.school_id, r.code || '.' || c.col as cell, sum(c.amount) as value
  from school s
  join budget_line b on b.school_id = s.school_id and b.school_year = $2
  join (values ('NS32', 'total'), ('NS33', 'source_budget'), ('NS34', 'source_fees'), ('NS35', 'source_other'), ('NS36', 'use_personal'),
    ('NS37', 'use_goods'), ('NS38', 'use_support'), ('NS39', 'use_other')) r (code, line) on r.line = b.line
  cross join lateral (values (1, b.settled), (2, b.planned), (3, b.estimated)) c (col, amount)
  where s.main_level = '03' group by 1, 2
)
select school_id, code || '.' || c.col as cell, sum(n)::numeric as value
from school_row cross join lateral (values (1, true), (2, is_public), (3, not is_public)) c (col, hit)
where c.hit and n is not null group by 1, 2
union all select school_id, cell, value from pupil_cell
union all select school_id, cell, value from staff_cell
union all select school_id, cell, value from room_cell
union all select school_id, cell, value from budget_cell
