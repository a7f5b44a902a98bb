-- An independent recount of form X06-KT-ĐN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day.
with school as (
  -- Special schools are of preschool (kind 04) or of general education (kind 18); whatever is not public is "Tư thục" (decision 4).
  select u.id, p.ownership, p.ownership = '01' as is_public, p.school_kind in ('04', '18') as is_special, p.disability_access
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
-- Present on the day (decision 4); included or special by the class at opening (decision 18); the level is that of the learner's own grade.
learner as (
  select e.school_id, e.disability, c.special, st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority,
    case
      when e.grade in ('16', '17') then 1
      when e.grade in ('01', '02', '03', '04', '05') then 2
      when e.grade in ('06', '07', '08', '09') then 3
      when e.grade in ('10', '11', '12') then 4
      -- Grades of continuing education, with literacy (18) and what follows it (19).
      when e.grade in ('13', '14', '15', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27', '28') then 5
    end as level
  from school s
  join enrolment e on e.school_id = s.id and e.school_year = $2
  join student st on st.school_id = e.school_id and st.id = e.student_id
  join class c on c.school_id = e.school_id and c.school_year = e.school_year and c.code = coalesce(e.opening_class_code, e.class_code)
  where e.disability is not null and e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
),
school_cell as (
  select s.id as school_id, r.code, c.col, count(*) as value
  from school s
  cross join lateral (values
    ('X1', true), ('X2', is_special),
    ('X3', exists (select from learner l where l.school_id = s.id and not l.special)), ('X4', disability_access)
  ) r (code, hit)
  cross join lateral (values ('1', true), ('2', is_public), ('3', ownership is not null and not is_public)) c (col, hit)
  where r.hit and c.hit group by s.id, r.code, c.col
),
-- Seven rows a block: the total, then the disabilities as Luật Người khuyết tật 51/2010/QH12, Điều 3 names them, in the printed order.
disability (place, code) as (values (1, '03'), (2, '02'), (3, '05'), (4, '01'), (5, '04'), (6, '06')),
learner_row as (
  select l.*, 'X' || (b.first_code + p.place) as code
  from learner l
  cross join lateral (
    select case when l.special then 47 else 5 end as first_code
    union all
    select case when l.special then 54 else 12 end + 7 * (l.level - 1)
  ) b
  cross join lateral (select 0 as place union all select d.place from disability d where d.code = l.disability) p
),
learner_cell as (
  select school_id, code, c.col, count(*) as value
  from learner_row
  cross join lateral (values ('1', true), ('2', is_female), ('3', is_minority)) c (col, hit)
  where c.hit group by school_id, code, c.col
),
-- At work on the day; paid by the piece (05) and visiting (06) are not of the institution.
person as (
  select s.id as school_id, s.is_special, a.staff_group, a.position, m.sex = '02' as is_female, m.ethnicity not in ('01', '55') as is_minority
  from school s join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.contract not in ('05', '06') and a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
staff_cell as (
  select school_id, r.code, c.col, count(*) as value
  from person
  cross join lateral (values
    ('X89', is_special and staff_group = '01'), ('X90', is_special and staff_group = '03'),
    ('X91', staff_group = '02' and position = '33'), ('X92', is_special and staff_group = '02' and position = '33')
  ) r (code, hit)
  cross join lateral (values ('1', true), ('2', is_female), ('3', is_minority)) c (col, hit)
  where r.hit and c.hit group by school_id, r.code, c.col
)
select school_id, code || '.' || col as cell, value::numeric from school_cell
union all select school_id, code || '.' || col, value from learner_cell
union all select school_id, code || '.' || col, value from staff_cell
