-- An independent recount of form X01-MN-CN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day (31 May).
-- Rows as in decision 19: opening on 30 September by law, movements after it and up to the as-of day, nutrition of those present then.
with school as (
  select u.id, u.main_level,
    case when p.ownership = '01' then 1 when p.ownership in ('09', '02') then 2 when p.ownership = '03' then 3 end as owner
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
opening as (select make_date($2, 9, 30) as day),
part (grade, suffix) as (values ('16', 'NT'), ('17', 'MG')),
school_cell as (
  select s.id as school_id, s.code, c.col, count(*) as value
  from (
    select id, owner, 'TR' as code from school where main_level = '01'
    union all
    select s.id, s.owner, r.code
    from school s join class k on k.school_id = s.id and k.school_year = $2 join part using (grade)
    cross join lateral (values ('LO'), ('LO' || suffix)) r (code)
  ) s (id, owner, code)
  cross join lateral (values (1), (s.owner + 1)) c (col)
  where c.col is not null group by 1, 2, 3
),
child as (
  select s.id as school_id, s.owner, part.suffix, st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority,
    e.entered_on <= o.day and (e.left_on is null or e.left_on > o.day) as was_here,
    e.entered_on <= $3 and (e.left_on is null or e.left_on > $3) as is_here,
    case when e.entered_on > o.day and e.entered_on <= $3 then e.entry_status end as came,
    case when e.left_on > o.day and e.left_on <= $3 then e.leave_status end as went,
    e.destination, e.leave_reason, e.health_checked, e.nutrition
  from school s cross join opening o
  join enrolment e on e.school_id = s.id and e.school_year = $2 join part using (grade)
  join student st on st.school_id = e.school_id and st.id = e.student_id
),
child_row as (
  select c.school_id, c.owner, c.is_female, c.is_minority, r.code
  from child c
  cross join lateral (values
    ('DN', was_here), ('DE', came in ('02', '06', '10')), ('TL', came in ('03', '07')), ('DI', went in ('04', '08', '11')),
    ('TH', went in ('05', '09', '12')), ('CN', is_here)
  ) k (code, holds)
  cross join lateral (values (k.code), (k.code || c.suffix)) r (code)
  where k.holds
  union all
  select c.school_id, c.owner, c.is_female, c.is_minority, r.code
  from child c
  cross join lateral (
    select 'DIN' || c.destination::integer where c.went in ('04', '08', '11')
    union all select 'THL' || c.leave_reason::integer where c.went in ('05', '09', '12')
    union all select 'DD' || c.suffix where c.is_here and c.health_checked
    union all select 'DD' || c.suffix || n.status::integer
    from unnest(c.nutrition) n (status) where c.is_here and c.health_checked and n.status <> '00'
  ) r (code)
  where r.code is not null
),
child_cell as (
  select school_id, code, c.col, count(*) as value
  from child_row
  cross join lateral (values (0), (4 * owner)) o (first)
  cross join lateral (values (first + 1, true), (first + 2, is_female), (first + 3, is_minority), (first + 4, is_female and is_minority)) c (col, hit)
  where first is not null and c.hit group by 1, 2, 3
),
-- Those hired by the piece and visiting teachers are nobody's staff.
person as (
  select s.id as school_id, s.owner, a.staff_group, a.position, a.contract, a.status, m.sex = '02' as is_female,
    m.ethnicity not in ('01', '55') as is_minority,
    a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3) as is_here,
    a.left_on > o.day and a.left_on <= $3 as went,
    case a.staff_group when '01' then 1 when '03' then 2 when '02' then 3 end as place
  from school s cross join opening o
  join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.level = '01' and a.contract not in ('05', '06') and a.staff_group in ('01', '02', '03')
),
person_cell as (
  select school_id, r.code, c.col, count(*) as value
  from person
  cross join lateral (values ('DB', is_here), ('RD', went), ('NH', went and status = '05')) k (code, holds)
  cross join lateral (values
    (k.code), (k.code || place), (case when k.code = 'DB' and staff_group = '01' and position in ('01', '02') then 'DB1-' || position::integer end)
  ) r (code)
  -- Columns 6 to 8 are contracts of public schools, so that those of the owners do not follow one another evenly.
  cross join lateral (values
    (1, true), (2, is_female), (3, is_minority), (4, is_female and is_minority),
    (5, owner = 1), (6, owner = 1 and contract = '07'), (7, owner = 1 and contract = '08'), (8, owner = 1 and contract in ('02', '03', '04')),
    (9, owner = 1 and is_female), (10, owner = 1 and is_minority), (11, owner = 1 and is_female and is_minority),
    (12, owner = 2), (13, owner = 2 and is_female), (14, owner = 2 and is_minority), (15, owner = 2 and is_female and is_minority),
    (16, owner = 3), (17, owner = 3 and is_female), (18, owner = 3 and is_minority), (19, owner = 3 and is_female and is_minority)
  ) c (col, hit)
  where k.holds and r.code is not null and c.hit group by 1, 2, 3
)
select school_id, code || '.' || col as cell, value::numeric
from (select * from school_cell union all select * from child_cell union all select * from person_cell) counted
