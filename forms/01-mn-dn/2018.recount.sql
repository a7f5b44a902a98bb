-- An independent recount of form 01-MN-ĐN in plain SQL, written from the printed labels and notes of its rows and from decisions 4 and 23.
-- It shares nothing with the form's filters, its compiler or the recount in TypeScript.
-- $1 schools, $2 first calendar year of the school year, $3 as-of day. Answers (school_id, cell, value); cells that count nobody may be absent.
with school as (
  select u.id as school_id, u.main_level, u.level_group, p.region in ('01', '02', '03') as is_lowland, p.region in ('04', '05', '06') as is_mountain,
    p.ownership, p.national_standard, p.computers, p.internet, p.electricity, p.clean_water, p.toilets, p.hand_washing, p.life_skills, p.disaster_plan,
    -- "Nhà trẻ" by the kind of institution: nurseries and independent groups.
    u.level_group in ('03', '04') as is_nursery
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
-- Where a school stands in the columns: among all, and with the public, the private ("Ngoài công lập" too) or the people-founded.
owner as (
  select school_id, 0 as place from school
  union all
  select school_id, o.place from school join (values ('01', 1), ('02', 2), ('09', 2), ('03', 3)) o (ownership, place) using (ownership)
),
child as (
  select s.school_id, s.is_lowland, s.is_mountain, e.grade = '16' as is_nursery, coalesce(e.opening_class_code, e.class_code) as class_code,
    $2 - extract(year from st.birth_date)::integer as age,
    -- Completed months: the month of birth does not count until its day has come.
    12 * ($2 - extract(year from st.birth_date)) + extract(month from $3::date) - extract(month from st.birth_date)
      + 12 * (extract(year from $3::date) - $2) - (extract(day from st.birth_date) > extract(day from $3::date))::integer as months,
    st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority, e.two_sessions, e.boarding, e.health_checked, e.nutrition,
    e.fee_relief, e.cost_support, e.small_minority_support, e.lunch_support, e.disability is not null and not c.special as is_included
  from school s
  join enrolment e on e.school_id = s.school_id and e.school_year = $2 and e.grade in ('16', '17')
  join student st on st.school_id = s.school_id and st.id = e.student_id
  join class c on c.school_id = s.school_id and c.school_year = $2 and c.code = coalesce(e.opening_class_code, e.class_code)
  where e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
),
size as (
  select school_id, class_code, count(*) as children, count(*) filter (where is_included) as included from child group by school_id, class_code
),
class_of as (
  select s.school_id, k.grade, k.age_group, k.combined, k.combined_ages, k.two_sessions, k.boarding, coalesce(z.children, 0) as children,
    coalesce(z.included, 0) as included
  from school s
  join class k on k.school_id = s.school_id and k.school_year = $2 and k.grade in ('16', '17')
  left join size z on z.school_id = s.school_id and z.class_code = k.code
),
main_school as (
  select s.*, coalesce(k.classes, 0) as classes, coalesce(x.sites, 0) as sites
  from school s
  left join (select school_id, count(*) as classes from class_of group by 1) k using (school_id)
  left join (select school_id, count(*) as sites from site where school_year = $2 group by 1) x using (school_id)
  where s.main_level = '01'
),
one_row (school_id, code, n) as (
  select school_id, case level_group when '04' then 51 when '05' then 52 else 53 end, 1 from main_school where level_group in ('04', '05', '19')
  union all
  -- Row 1 is nurseries, kindergartens and preschools, row 54 their sites.
  select school_id, r.code, r.n
  from main_school cross join lateral (values (1, 1), (54, sites)) r (code, n) where level_group in ('01', '02', '03')
  union all
  -- The same lines thrice; nurseries have no national standard (lines 7, 8) and end with the toilets.
  select school_id, b.first_code + r.line - case when level_group = '03' and r.line > 8 then 2 else 0 end, 1
  from main_school
  join (values ('03', 2), ('02', 15), ('01', 33)) b (level_group, first_code) using (level_group)
  cross join lateral (values
    (0, true), (1, is_lowland), (2, is_lowland and classes < 9), (3, is_lowland and classes >= 9),
    (4, is_mountain), (5, is_mountain and classes < 6), (6, is_mountain and classes >= 6),
    (7, national_standard = '02'), (8, national_standard = '03'), (9, sites >= 5), (10, computers), (11, internet), (12, electricity),
    (13, clean_water), (14, toilets), (15, hand_washing), (16, life_skills), (17, disaster_plan)
  ) r (line, hit)
  where r.hit and not (level_group = '03' and (r.line in (7, 8) or r.line > 14))
  union all
  select school_id, case grade when '16' then r.of_group else r.of_class end, 1
  from class_of
  cross join lateral (values
    (55, 55, true), (56, 69, true), (null, 70, age_group = '06'), (57, 71, two_sessions), (58, 72, boarding), (59, 73, included = 1),
    (60, 74, included = 2), (67, 81, combined and combined_ages = '2'), (68, 82, combined and combined_ages = '3')
  ) r (of_group, of_class, hit)
  where r.hit
  union all
  -- Of one age: the first row of each pair has fewer children than the limit, the second as many or more.
  select school_id, a.code + (children >= a.limit_of_size)::integer, 1
  from class_of
  join (values ('16', '01', 61, 15), ('16', '02', 63, 20), ('16', '03', 65, 25), ('17', '04', 75, 25), ('17', '05', 77, 30), ('17', '06', 79, 35))
    a (grade, age_group, code, limit_of_size) using (grade, age_group)
  where not combined
),
one_cell as (
  select school_id, code, 1 + o.place as col, sum(n) as value from one_row join owner o using (school_id) where code is not null group by 1, 2, 3
),
child_row as (
  select school_id, case when is_nursery then r.nursery else r.kindergarten end as code, count(*) as n, count(*) filter (where is_female) as f,
    count(*) filter (where is_minority) as m, count(*) filter (where is_female and is_minority) as fm
  from child
  cross join lateral (values
    (83, 83, true), (84, 90, true), (85, 91, is_lowland), (86, 92, is_mountain), (87, 93, two_sessions), (88, 94, boarding is not null),
    (89, 95, is_included), (96, 101, true),
    -- The last age of nurseries is "over 36 months"; of kindergartens "under 3" comes first and "over 6" is 6 and more.
    (case when months <= 12 then 97 when months <= 24 then 98 when months <= 36 then 99 else 100 end, 102 + least(greatest(age, 2), 6) - 2, true),
    (107, 112, health_checked), (108, 113, health_checked and '01' = any (nutrition)), (109, 114, health_checked and '02' = any (nutrition)),
    (110, 115, health_checked and '03' = any (nutrition)), (111, 116, health_checked and '04' = any (nutrition)),
    (null, 117, fee_relief = '2'), (null, 118, fee_relief = '3'), (null, 119, cost_support), (120, 120, small_minority_support),
    (null, 121, lunch_support and age = 5), (null, 122, lunch_support and age in (3, 4))
  ) r (nursery, kindergarten, hit)
  where r.hit group by 1, 2
),
child_cell as (
  select school_id, code, 4 * o.place + c.col as col, c.value
  from child_row join owner o using (school_id) cross join lateral (values (1, n), (2, f), (3, m), (4, fm)) c (col, value)
  where code is not null
),
-- At work on the day; paid by the piece (05) and visiting (06) are not of the institution.
person as (
  select s.school_id, s.is_nursery, s.is_lowland, s.is_mountain, a.staff_group, a.position, a.preschool_part, a.contract,
    m.sex = '02' as is_female, m.ethnicity not in ('01', '55') as is_minority, $2 - extract(year from m.birth_date)::integer as age,
    case when a.training in ('09', '10', '15', '18') then 0 when a.training in ('14', '17') then 1 when a.training in ('13', '16') then 2
      when a.training = '02' then 3 when a.training = '01' then 4 else 5 end as training
  from school s join assignment a on a.school_id = s.school_id and a.school_year = $2 and a.level = '01'
  join staff_member m on m.school_id = s.school_id and m.id = a.staff_member_id
  where a.status in ('01', '07') and a.contract not in ('05', '06') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
person_row as (
  select p.*, case when is_nursery then r.nursery else r.other end as code
  from person p
  cross join lateral (values (staff_group = '01' and position = '01', staff_group = '01' and position = '02')) w (is_head, is_deputy)
  cross join lateral (values
    (123, 123, is_head or is_deputy), (124, 139, is_head or is_deputy), (125, 140, is_head), (126 + training, 141 + training, is_head),
    (132, 147, is_deputy), (null, 148, is_deputy and is_lowland), (null, 149, is_deputy and is_mountain),
    (133 + training, 150 + training, is_deputy)
  ) r (nursery, other, hit)
  where r.hit
  union all
  select p.*, r.code
  from person p
  join (values ('15', 0), ('16', 0), ('11', 1), ('25', 1), ('20', 2), ('31', 2), ('17', 3)) l (position, line) using (position)
  cross join lateral (values (156), (case when is_nursery then 157 else 162 end), (case when is_nursery then 158 else 163 end + l.line)) r (code)
  where staff_group = '02'
  union all
  -- Teachers by what they teach.
  select p.*, r.code
  from person p
  join (values ('01', 168), ('02', 181)) b (preschool_part, first_code) using (preschool_part)
  cross join lateral (values
    (167), (b.first_code), (b.first_code + 1 + training),
    (b.first_code + 7 + case when age between 20 and 49 then age / 10 - 2 when age between 50 and 54 then 3 when age between 55 and 59 then 4
      when age = 60 then 5 end)
  ) r (code)
  where staff_group = '03'
),
person_cell as (
  select school_id, code, c.col, count(*) as value
  from person_row join owner o using (school_id)
  cross join lateral (values
    (array[1, 5, 12, 16], true), (array[2, 9, 13, 17], is_female), (array[3, 10, 14, 18], is_minority),
    (array[4, 11, 15, 19], is_female and is_minority), (array[null, 6], contract = '07'), (array[null, 7], contract = '08'),
    (array[null, 8], contract in ('02', '03', '04'))
  ) k (cols, hit)
  cross join lateral (values (k.cols[1 + o.place])) c (col)
  where k.hit and code is not null and c.col is not null group by 1, 2, 3
),
room_cell as (
  select r.school_id, case r.preschool_part when '01' then k.nursery else k.kindergarten end as code, 4 * o.place + c.col as col, sum(c.value) as value
  from room r join owner o using (school_id)
  join (values ('classroom', 194, 203), ('borrowed_classroom', 195, 204), ('physical_education', 197, 206), ('arts', 198, 207),
    ('multipurpose', 199, 208), ('inclusive_support', null, 209), ('kitchen', 201, 211), ('medical', 202, 212),
    -- "Phòng phục vụ học tập" and "Phòng khác" hold their rows and what has none of its own.
    ('physical_education', 196, 205), ('arts', 196, 205), ('multipurpose', 196, 205), ('inclusive_support', 196, 205), ('other_support', 196, 205),
    ('kitchen', 200, 210), ('medical', 200, 210), ('other_room', 200, 210)) k (room_kind, nursery, kindergarten) using (room_kind)
  cross join lateral (values (1, solid + semi_solid + temporary), (2, solid), (3, semi_solid), (4, temporary)) c (col, value)
  where r.school_year = $2 and r.level = '01' and r.preschool_part in ('01', '02')
  group by 1, 2, 3
),
-- The attached sheet: 15 is its three blocks together (16 preschool, 56 other training, 64 retraining); the money of a school goes with its main level.
money_cell as (
  select b.school_id, r.code, c.col, sum(c.value) as value
  from main_school s join budget_line b on b.school_id = s.school_id and b.school_year = $2
  cross join lateral (
    select k.first_code + p.place as code
    from (values ('', 16), ('training_', 56), ('retraining_', 64)) k (prefix, first_code)
    cross join (values ('total', 0), ('source_budget', 1), ('source_fees', 2), ('source_other', 3), ('use_personal', 4), ('use_goods', 5),
      ('use_support', 6), ('use_other', 7)) p (line, place)
    where b.line = k.prefix || p.line
    union all
    select 15 where b.line in ('total', 'training_total', 'retraining_total')
  ) r
  cross join lateral (values (1, settled), (2, planned), (3, estimated)) c (col, value)
  group by 1, 2, 3
)
select school_id, code || '.' || col as cell, value::numeric from one_cell
union all select school_id, code || '.' || col, value from child_cell
union all select school_id, code || '.' || col, value from person_cell
union all select school_id, code || '.' || col, value from room_cell where code is not null
union all select school_id, 'NS' || code || '.' || col, value from money_cell
