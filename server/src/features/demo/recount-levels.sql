-- An independent recount of schools, classes, learners and staff by level in plain SQL, straight from the tables, to hold the province
-- totals of each level's form against. The grades of a level and who counts as staff are written out here once more, on purpose.
-- $1 schools, $2 first calendar year of the school year, $3 as-of day.
-- Answers (level, what, part, sex, value): part is a grade (of learners, classes) or a staff group, null for all of them; sex null for both.
with grade_of (level, grade) as (values
  ('01', '16'), ('01', '17'),
  ('02', '01'), ('02', '02'), ('02', '03'), ('02', '04'), ('02', '05'),
  ('03', '06'), ('03', '07'), ('03', '08'), ('03', '09'),
  ('04', '10'), ('04', '11'), ('04', '12'),
  ('05', '13'), ('05', '14'), ('05', '15'), ('05', '18'), ('05', '19'), ('05', '20'), ('05', '21'), ('05', '22'), ('05', '23'),
  ('05', '24'), ('05', '25'), ('05', '26'), ('05', '27'), ('05', '28')
),
taught as (
  select distinct g.level, c.school_id
  from class c join grade_of g on g.grade = c.grade
  where c.school_id = any ($1) and c.school_year = $2
),
counted (level, what, part, sex, value) as (
  select level, 'school', null, null, count(*) from taught group by level
  union all
  select g.level, 'class', c.grade, null, count(*)
  from class c join grade_of g on g.grade = c.grade
  where c.school_id = any ($1) and c.school_year = $2
  group by grouping sets ((g.level), (g.level, c.grade))
  union all
  select g.level, 'student', e.grade, s.sex, count(*)
  from enrolment e join grade_of g on g.grade = e.grade join student s on s.school_id = e.school_id and s.id = e.student_id
  where e.school_id = any ($1) and e.school_year = $2 and e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
  group by grouping sets ((g.level), (g.level, e.grade), (g.level, s.sex), (g.level, e.grade, s.sex))
  union all
  select a.level, 'staff', a.staff_group, m.sex, count(*)
  from assignment a join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.school_id = any ($1) and a.school_year = $2 and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
    and a.status in ('01', '07') and a.contract in ('07', '08', '02', '03', '04') and a.staff_group in ('01', '02', '03')
  group by grouping sets ((a.level), (a.level, a.staff_group), (a.level, m.sex), (a.level, a.staff_group, m.sex))
)
select level, what, part, sex, value::integer from counted order by level, what, part nulls first, sex nulls first
