-- An independent recount of the end-of-year forms X02-TH-CN, X03-THCS-CN, X04-THPT-CN and X05-GDTX-CN in plain SQL, from the printed
-- meaning of each row. It shares nothing with their definitions or the compiler. $1 schools, $2 first calendar year of the school year,
-- $3 as-of day (31 May), $4 level of the form. Readings: decision 19; who counts and who is private: decision 4.
with school as (
  select u.id, u.main_level, p.ownership = '01' as is_public
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
opening as (select make_date($2, 9, 30) as day),
-- Grades of the level with the end of the row's code, and the year of schooling; literacy and what follows it are no years.
grade as (
  select code, coalesce(mark, year::text) as suffix, year
  from (
    values ('02', 1, '{01,02,03,04,05}'::text[]), ('03', 6, '{06,07,08,09}'), ('04', 10, '{10,11,12}'),
      ('05', 1, '{24,25,26,27,28,20,21,22,23,13,14,15}')
  ) v (level, first, codes)
  cross join lateral (select code, first + place::integer - 1 as year, null as mark from unnest(codes) with ordinality g (code, place)) g
  where v.level = $4
  union all
  select code, mark, null from (values ('18', 'XM'), ('19', 'SC')) v (code, mark) where $4 = '05'
),
school_cell as (
  select s.id as school_id, s.code, c.col, count(*) as value
  from (
    select id, is_public, 'TR' from school where main_level = $4
    union all
    select s.id, s.is_public, r.code
    from school s join class k on k.school_id = s.id and k.school_year = $2 join grade g on g.code = k.grade
    cross join lateral (values ('LO'), ('LO' || suffix)) r (code)
  ) s (id, is_public, code)
  cross join lateral (values (1, true), (2, is_public), (3, not is_public)) c (col, hit)
  where c.hit group by 1, 2, 3
),
pupil as (
  select s.id as school_id, s.is_public, g.suffix, g.year, st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority,
    e.entered_on <= o.day and (e.left_on is null or e.left_on > o.day) as was_here,
    e.entered_on <= $3 and (e.left_on is null or e.left_on > $3) as is_here,
    case when e.entered_on > o.day and e.entered_on <= $3 then e.entry_status end as came,
    case when e.left_on > o.day and e.left_on <= $3 then e.leave_status end as went,
    e.destination, e.leave_reason, e.education_result, e.learning_result, e.conduct_result, e.year_result
  from school s cross join opening o
  join enrolment e on e.school_id = s.id and e.school_year = $2 join grade g on g.code = e.grade
  join student st on st.school_id = e.school_id and st.id = e.student_id
),
pupil_row as (
  select p.school_id, p.is_public, p.is_female, p.is_minority, r.code
  from pupil p
  cross join lateral (
    -- Rows with one for each grade; a code that ends in a digit is parted from it. The last year of a level is not followed by another.
    select unnest(array[k.code, case when k.is_graded then k.code || case when k.code ~ '\d$' then '-' else '' end || p.suffix end])
    from (values
      ('DN', was_here, true), ('DE', came in ('02', '06', '10'), true), ('TL', came in ('03', '07'), true),
      ('DI', went in ('04', '08', '11'), true), ('TH', went in ('05', '09', '12'), true), ('CN', is_here, true),
      ('GD' || education_result::integer, is_here and $4 = '02', true),
      -- Learning and conduct are assessed from grade 6 (TT 22/2021/TT-BGDĐT, TT 43/2021/TT-BGDĐT).
      ('HT' || learning_result::integer, is_here and $4 <> '02', year > 5), ('RL' || conduct_result::integer, is_here and $4 <> '02', year > 5),
      ('LL', is_here and year_result = '01', year not in (5, 9, 12)), ('DG', is_here and year_result = '02', year > 0),
      ('OL', is_here and year_result = '03', year > 0)
    ) k (code, holds, is_graded) where k.holds
    union all select 'DIN' || p.destination::integer where p.went in ('04', '08', '11')
    union all select 'THL' || p.leave_reason::integer where p.went in ('05', '09', '12')
    union all
    -- Who completes what: continuing education has a row for each of its three programmes.
    select 'HC' || case when $4 = '05' then d.year else '' end
    from (values ('02', '5', '04'), ('03', '9', '05'), ('04', '12', '06'), ('04', '12', '07'), ('04', '12', '08')) d (level, year, result)
    where p.is_here and p.year_result = d.result and $4 in (d.level, '05')
    union all select 'TN' where p.is_here and p.year_result = '07' and $4 in ('04', '05')
    -- Who sat the exam graduated (07) or did not (08).
    union all select 'DT' where p.is_here and p.year_result in ('07', '08') and $4 in ('04', '05')
  ) r (code)
  where r.code is not null
),
pupil_cell as (
  select school_id, code, c.col, count(*) as value
  from pupil_row
  cross join lateral (values (0, true), (4, is_public), (8, not is_public)) o (first, holds)
  cross join lateral (values (first + 1, true), (first + 2, is_female), (first + 3, is_minority), (first + 4, is_female and is_minority)) c (col, hit)
  where o.holds and c.hit group by 1, 2, 3
),
-- Those hired by the piece and visiting teachers are nobody's staff; teachers of trades are told apart in continuing education.
person as (
  select s.id as school_id, s.is_public, a.staff_group, a.position, a.contract, a.status, a.youth_leader, m.sex = '02' as is_female,
    m.ethnicity not in ('01', '55') as is_minority,
    a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3) as is_here,
    a.left_on > o.day and a.left_on <= $3 as went,
    array_position(array['01', '03', '02', '06'], a.staff_group) as place
  from school s cross join opening o
  join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.level = $4 and a.contract not in ('05', '06') and (a.staff_group in ('01', '02', '03') or a.staff_group = '06' and $4 = '05')
),
person_cell as (
  select school_id, r.code, c.col, count(*) as value
  from person
  cross join lateral (values ('DB', is_here), ('RD', went), ('NH', went and status = '05')) k (code, holds)
  cross join lateral (values
    (k.code, true), (k.code || place, true),
    -- Directors stand where schools have heads (decision 18).
    ('DB1-1', k.code = 'DB' and place = 1 and (position = '01' or position = '05' and $4 = '05')),
    ('DB1-2', k.code = 'DB' and place = 1 and (position = '02' or position = '06' and $4 = '05')),
    ('DB2-1', k.code = 'DB' and place = 2 and youth_leader and $4 in ('02', '03'))
  ) r (code, holds)
  cross join lateral (values
    (1, true), (2, is_female), (3, is_minority), (4, is_female and is_minority),
    (5, is_public), (6, is_public and contract = '07'), (7, is_public and contract = '08'), (8, is_public and contract in ('02', '03', '04')),
    (9, is_public and is_female), (10, is_public and is_minority), (11, is_public and is_female and is_minority),
    (12, not is_public), (13, not is_public and is_female), (14, not is_public and is_minority), (15, not is_public and is_female and is_minority)
  ) c (col, hit)
  where k.holds and r.holds and c.hit group by 1, 2, 3
)
select school_id, code || '.' || col as cell, value::numeric
from (select * from school_cell union all select * from pupil_cell union all select * from person_cell) counted
