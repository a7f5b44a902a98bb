-- An independent recount of form X05-GDTX-ĐN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day.
-- TT 24/2018/TT-BGDĐT names the form; its rows follow form 02-TH-ĐN (decision 18), and who counts is told there (decision 4).
with school as (
  -- Institutions, sites and money stand at the main level (decision 18); whatever is not public is "Tư thục".
  select u.id, u.main_level = '05' as is_here, p.ownership, p.ownership = '01' as is_public, p.region in ('01', '02', '03') as is_lowland,
    p.school_kind, p.computers, p.internet, p.online_teaching, p.electricity, p.clean_water, p.toilets, p.disability_access
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
-- Grades of continuing education (DM_KHOI) in their printed order: literacy, what follows it, then years 1-12. The block of rows starts
-- with literacy; each programme stands before its years.
grade (code, place, programme) as (
  values ('18', 0, null), ('19', 1, null), ('24', 3, 2), ('25', 4, 2), ('26', 5, 2), ('27', 6, 2), ('28', 7, 2),
    ('20', 9, 8), ('21', 10, 8), ('22', 11, 8), ('23', 12, 8), ('13', 14, 13), ('14', 15, 13), ('15', 16, 13)
),
school_cell as (
  select s.id as school_id, 'X' || r.row as code, c.col, sum(r.n) as value
  from school s
  cross join lateral (values
    (1, 1), (2, is_lowland::integer), (3, (not is_lowland)::integer), (4, (school_kind = '15')::integer), (5, (school_kind = '16')::integer),
    (6, (school_kind = '17')::integer), (7, computers::integer), (8, internet::integer), (9, online_teaching::integer),
    (10, electricity::integer), (11, clean_water::integer), (12, toilets::integer), (13, disability_access::integer),
    (14, (select count(*) from site t where t.school_id = s.id and t.school_year = $2))
  ) r (row, n)
  cross join lateral (values ('1', true), ('2', is_public), ('3', not is_public)) c (col, hit)
  where is_here and c.hit and r.n > 0 group by 1, 2, 3
),
class_cell as (
  select s.id as school_id, 'X' || r.row as code, c.col, count(*) as value
  from school s join class k on k.school_id = s.id and k.school_year = $2 join grade g on g.code = k.grade
  cross join lateral (values (15), (16 + g.place), (16 + g.programme)) r (row)
  cross join lateral (values ('1', true), ('2', is_public), ('3', not is_public)) c (col, hit)
  where c.hit and r.row is not null group by 1, 2, 3
),
-- Learners on the day, and people who teach without being staff: both are told in the same twelve columns.
learner as (
  select s.id as school_id, s.is_public, s.is_lowland, g.place, g.programme, e.new_entrant, e.repeating, e.disability, e.informatics,
    e.foreign_language, e.vocational, e.policy_group, e.cost_support, e.meal_support, st.sex = '02' as is_female,
    st.ethnicity not in ('01', '55') as is_minority
  from school s join enrolment e on e.school_id = s.id and e.school_year = $2 join grade g on g.code = e.grade
  join student st on st.school_id = e.school_id and st.id = e.student_id
  where e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
),
person as (
  select s.id as school_id, s.is_public, s.is_lowland, a.staff_group, a.position, a.contract, a.multiple_duties, a.subjects,
    m.sex = '02' as is_female, m.ethnicity not in ('01', '55') as is_minority, $2 - extract(year from m.birth_date)::integer as age,
    -- Luật Giáo dục 43/2019/QH14, Điều 72: a degree with the pedagogical certificate is as good as one of pedagogy (decision 4).
    case when a.training in ('18', '15', '09', '10') then 1 when a.training in ('17', '14') then 2 when a.training in ('16', '13') then 3
      when a.training = '02' then 4 when a.training = '01' then 5 else 6 end as training
  from school s join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.level = '05' and a.status in ('01', '07') and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
twelve_columns as (
  select school_id, r.row, is_public, is_female, is_minority
  from learner
  cross join lateral (values
    (33, true), (34, is_lowland), (35, not is_lowland), (36 + place, true), (36 + programme, programme is not null), (53, new_entrant),
    (54, repeating), (55, disability is not null), (56, informatics), (57, foreign_language is not null), (58, foreign_language = '01'),
    (59, foreign_language = '02'), (60, foreign_language = '03'), (61, foreign_language = '04'), (62, foreign_language = '05'),
    (63, foreign_language = '10'), (64, foreign_language = '11'), (65, foreign_language = '12'), (66, foreign_language = '13'),
    (67, foreign_language = '06'), (68, vocational), (69, policy_group is not null), (70, cost_support), (71, meal_support)
  ) r (row, hit)
  where r.hit
  union all
  -- A teacher of trades is a teacher too: the rows of visiting teachers and of those paid by the piece do not set them apart.
  select school_id, case contract when '06' then 131 else 132 end, is_public, is_female, is_minority
  from person where staff_group in ('03', '06') and contract in ('05', '06')
),
twelve_cell as (
  select school_id, 'X' || t.row as code, c.col, count(*) as value
  from twelve_columns t
  cross join lateral (values
    ('1', true), ('2', is_female), ('3', is_minority), ('4', is_female and is_minority),
    ('5', is_public), ('6', is_public and is_female), ('7', is_public and is_minority), ('8', is_public and is_female and is_minority),
    ('9', not is_public), ('10', not is_public and is_female), ('11', not is_public and is_minority),
    ('12', not is_public and is_female and is_minority)
  ) c (col, hit)
  where c.hit group by 1, 2, 3
),
duty as (
  -- Directors stand where schools have heads, and a centre that records heads counts alike (decision 18). One person with several duties is
  -- in row 130 only; there, and only there, "other" (12) counts (decision 4).
  select p.*, staff_group = '01' and position in ('01', '05') as is_director, staff_group = '01' and position in ('02', '06') as is_deputy,
    staff_group = '03' as is_teacher, staff_group = '06' as is_trade_teacher,
    case when staff_group <> '02' then null
      when multiple_duties and position in ('09', '10', '11', '12', '13', '15', '16', '25', '32', '33', '34') then 130
      when multiple_duties then null
      else case position when '09' then 121 when '10' then 121 when '13' then 122 when '32' then 123 when '15' then 124 when '25' then 125
        when '16' then 126 when '11' then 127 when '33' then 128 when '34' then 129 end
    end as support_row
  from person p where contract in ('02', '03', '04', '07', '08')
),
-- Subjects in the printed order; whatever has no row of its own is "Môn khác", as "Khác" takes the rest of the training levels. Both halves
-- of technology of lower secondary (14, 15) are technology, as in the form of that level.
subject (code, row) as (
  values ('22', 103), ('20', 104), ('23', 105), ('17', 106), ('21', 107), ('18', 108), ('06', 109), ('16', 110), ('24', 111), ('14', 111),
    ('15', 111), ('10', 112), ('07', 113), ('28', 114), ('29', 115), ('30', 116), ('31', 117)
),
staff_row as (
  select d.*, r.row
  from duty d
  cross join lateral (
    select v.row from (values
      (72, is_director or is_deputy or is_teacher or is_trade_teacher or support_row is not null), (73, is_director or is_deputy),
      (74, is_director), (74 + training, is_director), (81, is_deputy), (82, is_deputy and is_lowland), (83, is_deputy and not is_lowland),
      (83 + training, is_deputy), (90, is_teacher), (90 + training, is_teacher), (97, is_teacher and age between 20 and 29),
      (98, is_teacher and age between 30 and 39), (99, is_teacher and age between 40 and 49), (100, is_teacher and age between 50 and 54),
      (101, is_teacher and age between 55 and 59), (102, is_teacher and age = 60), (119, is_trade_teacher),
      (120, support_row is not null), (support_row, support_row is not null)
    ) v (row, hit) where v.hit
    union all
    -- Once a row, though somebody teach two subjects of it.
    select distinct coalesce(j.row, 118) from unnest(d.subjects) t (code) left join subject j using (code) where d.is_teacher
  ) r
),
staff_cell as (
  select school_id, 'X' || t.row as code, c.col, count(*) as value
  from staff_row t
  cross join lateral (values
    ('1', true), ('2', is_female), ('3', is_minority), ('4', is_female and is_minority),
    ('5', is_public), ('6', is_public and contract = '07'), ('7', is_public and contract = '08'),
    ('8', is_public and contract in ('02', '03', '04')),
    ('9', is_public and is_female), ('10', is_public and is_minority), ('11', is_public and is_female and is_minority),
    ('12', not is_public), ('13', not is_public and is_female), ('14', not is_public and is_minority),
    ('15', not is_public and is_female and is_minority)
  ) c (col, hit)
  where c.hit group by 1, 2, 3
),
room_kind (kind, row) as (
  values ('classroom', 133), ('borrowed_classroom', 134), ('library', 136), ('equipment', 137), ('informatics', 138),
    ('foreign_language', 139), ('arts', 140), ('music', 141), ('sports_hall', 142), ('inclusive_support', 143), ('tradition', 144),
    ('medical', 145), ('other_support', null)
),
room_cell as (
  select s.id as school_id, 'X' || r.row as code, c.col, sum(c.n) as value
  from school s join room k on k.school_id = s.id and k.school_year = $2 and k.level = '05' join room_kind t on t.kind = k.room_kind
  -- Row 135 has the learning-support rooms, those without a row too, and not the "other rooms" 144 and 145.
  cross join lateral (values (t.row), (case when t.row between 136 and 143 or t.row is null then 135 end)) r (row)
  cross join lateral (values
    ('1', true, solid + semi_solid + temporary), ('2', true, solid), ('3', true, semi_solid), ('4', true, temporary),
    ('5', is_public, solid + semi_solid + temporary), ('6', is_public, solid), ('7', is_public, semi_solid), ('8', is_public, temporary),
    ('9', not is_public, solid + semi_solid + temporary), ('10', not is_public, solid), ('11', not is_public, semi_solid),
    ('12', not is_public, temporary)
  ) c (col, hit, n)
  where c.hit and r.row is not null group by 1, 2, 3
),
budget_cell as (
  select s.id as school_id, 'NS' || r.row as code, c.col, sum(c.amount) as value
  from school s join budget_line b on b.school_id = s.id and b.school_year = $2
  join (values (48, 'total'), (49, 'source_budget'), (50, 'source_fees'), (51, 'source_other'), (52, 'use_personal'), (53, 'use_goods'),
    (54, 'use_support'), (55, 'use_other')) r (row, line) on r.line = b.line
  cross join lateral (values ('1', b.settled), ('2', b.planned), ('3', b.estimated)) c (col, amount)
  where s.is_here group by 1, 2, 3
)
select school_id, code || '.' || col as cell, value::numeric from school_cell
union all select school_id, code || '.' || col, value from class_cell
union all select school_id, code || '.' || col, value from twelve_cell
union all select school_id, code || '.' || col, value from staff_cell
union all select school_id, code || '.' || col, value from room_cell
union all select school_id, code || '.' || col, value from budget_cell
