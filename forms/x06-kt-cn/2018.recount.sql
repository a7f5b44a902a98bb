-- An independent recount of form X06-KT-CN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day (31 May). Readings: decisions 18 and 19.
with school as (
  -- Special schools are of preschool (kind 04) or of general education (kind 18); whatever is not public is "Tư thục" (decision 4).
  select u.id, p.ownership = '01' as is_public, p.school_kind in ('04', '18') as is_special
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
-- Included or special by the class at opening; the level is that of the learner's own grade.
learner as (
  select e.school_id, e.disability, c.special, st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority,
    case
      when e.grade in ('16', '17') then 'MN' when e.grade between '01' and '05' then 'TH' when e.grade between '06' and '09' then 'CS'
      when e.grade between '10' and '12' then 'PT' else 'TX'
    end as level,
    e.entered_on <= o.day and (e.left_on is null or e.left_on > o.day) as was_here,
    e.entered_on <= $3 and (e.left_on is null or e.left_on > $3) as is_here,
    case when e.entered_on > o.day and e.entered_on <= $3 then e.entry_status end as came,
    case when e.left_on > o.day and e.left_on <= $3 then e.leave_status end as went, e.leave_reason, e.year_result
  from school s cross join (select make_date($2, 9, 30)) o (day)
  join enrolment e on e.school_id = s.id and e.school_year = $2
  join student st on st.school_id = e.school_id and st.id = e.student_id
  join class c on c.school_id = e.school_id and c.school_year = e.school_year and c.code = coalesce(e.opening_class_code, e.class_code)
  where e.disability is not null
),
learner_row as (
  select l.*, r.code
  from learner l
  cross join lateral (
    select unnest(array[k.code, k.code || l.level])
    from (values
      ('DN', was_here), ('DE', came in ('02', '06', '10')), ('TL', came in ('03', '07')), ('DI', went in ('04', '08', '11')),
      ('TH', went in ('05', '09', '12')), ('CN', is_here), ('LL', is_here and year_result = '01'), ('DG', is_here and year_result = '02'),
      ('OL', is_here and year_result = '03'), ('HC', is_here and year_result in ('04', '05', '06', '07', '08'))
    ) k (code, holds) where k.holds
    union all select 'DN' || case when l.special then 'CB' else 'HN' end where l.was_here
    union all select 'CN' || case when l.special then 'CB' else 'HN' end where l.is_here
    -- As Luật Người khuyết tật 51/2010/QH12, Điều 3 names disabilities, in the printed order.
    union all select 'CN' || array_position(array['03', '02', '05', '01', '04', '06'], l.disability) where l.is_here
    union all select 'THL' || l.leave_reason::integer where l.went in ('05', '09', '12')
  ) r (code)
  where r.code is not null
),
-- At work on the day; paid by the piece (05) and visiting (06) are not of the institution.
person as (
  select s.id as school_id, s.is_special, a.staff_group, a.position, m.sex = '02' as is_female, m.ethnicity not in ('01', '55') as is_minority
  from school s join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.contract not in ('05', '06') and a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
one as (
  select school_id, code, is_female, is_minority from learner_row
  union all
  select school_id, r.code, is_female, is_minority
  from person
  cross join lateral (values
    ('DB1', is_special and staff_group = '01'), ('DB2', is_special and staff_group = '03'), ('DB3', staff_group = '02' and position = '33'),
    ('DB3-1', is_special and staff_group = '02' and position = '33')
  ) r (code, holds)
  where r.holds
),
cell as (
  select school_id, code, c.col, count(*) as value
  from one cross join lateral (values (1, true), (2, is_female), (3, is_minority)) c (col, hit)
  where c.hit group by 1, 2, 3
  union all
  select s.id, r.code, c.col, count(*)
  from school s
  cross join lateral (values
    ('TR', true), ('TR1', is_special),
    ('TR2', exists (select from learner l where l.school_id = s.id and l.is_here and not l.special))
  ) r (code, hit)
  cross join lateral (values (1, true), (2, is_public), (3, not is_public)) c (col, hit)
  where r.hit and c.hit group by 1, 2, 3
)
select school_id, code || '.' || col as cell, value::numeric from cell
