-- An independent recount of form 02-TH-ĐN in plain SQL, straight from the official meaning of each row. It shares nothing with the
-- form's definition or its compiler; the demo and the tests compare both, cell by cell.
-- $1 schools, $2 first calendar year of the school year, $3 as-of day. Answers (cell, value); cells that count nobody may be absent.
with school as (
  select u.id, u.main_level, p.ownership = '01' as is_public, p.region in ('01', '02', '03') as is_lowland, p.school_kind, p.national_standard,
    p.two_sessions, p.computers, p.internet, p.electricity, p.clean_water, p.toilets, p.hand_washing, p.life_skills, p.disability_access,
    p.counselling, p.disaster_plan,
    (select count(*) from class c where c.school_id = u.id and c.school_year = $2 and c.grade in ('01', '02', '03', '04', '05')) as classes,
    (select count(*) from site s where s.school_id = u.id and s.school_year = $2 and not s.is_main) as satellites
  from unit u join school_profile p on p.school_id = u.id and p.school_year = $2
  where u.id = any ($1)
),
pupil as (
  select s.id as school_id, s.is_public, s.is_lowland, s.school_kind, e.grade, $2 - extract(year from st.birth_date)::integer as age,
    st.sex = '02' as is_female, st.ethnicity not in ('01', '55') as is_minority, e.new_entrant, e.repeating, e.two_sessions, e.boarding,
    e.disability, c.special, e.informatics, e.policy_group, e.cost_support, e.small_minority_support, e.meal_support
  from school s
  join enrolment e on e.school_id = s.id and e.school_year = $2
  join student st on st.school_id = e.school_id and st.id = e.student_id
  join class c on c.school_id = e.school_id and c.school_year = e.school_year and c.code = coalesce(e.opening_class_code, e.class_code)
  where e.grade between '01' and '05' and e.entered_on <= $3 and (e.left_on is null or e.left_on > $3)
),
included as (
  select school_id, count(*) as pupils from pupil where disability is not null and not special group by school_id
),
primary_school as (
  select s.*, coalesce(i.pupils, 0) as included from school s left join included i on i.school_id = s.id where s.main_level = '02'
),
school_cell as (
  select r.code, c.col, count(*) filter (where r.hit) as value
  from primary_school s
  cross join lateral (values
    ('1', true), ('2', is_lowland), ('3', is_lowland and classes >= 28), ('4', is_lowland and classes <= 27),
    ('5', not is_lowland), ('6', not is_lowland and classes >= 19), ('7', not is_lowland and classes <= 18),
    ('8', national_standard = '02'), ('9', national_standard = '03'), ('10', two_sessions), ('11', school_kind = '01'),
    ('12', school_kind in ('04', '18')), ('13', included between 1 and 19), ('14', included >= 20), ('15', satellites >= 5),
    ('16', computers), ('17', internet), ('18', electricity), ('19', clean_water), ('20', toilets), ('21', hand_washing),
    ('22', life_skills), ('23', disability_access), ('24', counselling), ('25', disaster_plan)
  ) r (code, hit)
  cross join lateral (values ('1', true), ('2', is_public), ('3', not is_public)) c (col, hit)
  where c.hit group by r.code, c.col
  -- Row 25 stays blank where no school has stated the fact.
  having r.code <> '25' or bool_or(r.hit is not null)
),
site_cell as (
  select '26' as code, c.col, count(*) as value
  from primary_school s join site p on p.school_id = s.id and p.school_year = $2
  cross join lateral (values ('1', true), ('2', is_public), ('3', not is_public)) c (col, hit)
  where c.hit group by c.col
),
class_cell as (
  select r.code, c.col, count(*) as value
  from school s join class k on k.school_id = s.id and k.school_year = $2 and k.grade in ('01', '02', '03', '04', '05')
  cross join lateral (values
    ('27', true), ('28', grade = '01'), ('29', grade = '02'), ('30', grade = '03'), ('31', grade = '04'), ('32', grade = '05'),
    ('33', k.two_sessions), ('34', k.boarding and s.school_kind = '01'), ('35', s.school_kind in ('04', '18')), ('36', k.combined)
  ) r (code, hit)
  cross join lateral (values ('1', true), ('2', is_public), ('3', not is_public)) c (col, hit)
  where c.hit and r.hit group by r.code, c.col
),
-- Pupils alike in everything the form asks are counted together first.
alike as (
  select is_public, is_lowland, grade, age, is_female, is_minority, new_entrant, repeating, two_sessions, boarding = '01' as boards, disability,
    special, informatics, policy_group is not null as has_policy, cost_support, small_minority_support, meal_support, count(*) as n
  from pupil group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
),
pupil_cell as (
  select r.code, c.col, sum(n) as value
  from alike
  cross join lateral (values
    ('37', true), ('38', is_lowland), ('39', not is_lowland),
    ('40', grade = '01'), ('41', grade = '02'), ('42', grade = '03'), ('43', grade = '04'), ('44', grade = '05'),
    ('45', age < 6), ('46', age = 6), ('47', age = 7), ('48', age = 8), ('49', age = 9), ('50', age = 10), ('51', age > 10),
    ('52', grade = '01' and age = 6), ('53', grade = '02' and age = 7), ('54', grade = '03' and age = 8), ('55', grade = '04' and age = 9),
    ('56', grade = '05' and age = 10), ('57', new_entrant), ('58', repeating), ('59', two_sessions), ('60', is_minority and boards),
    ('61', disability is not null and not special), ('62', disability = '03' and not special), ('63', disability = '02' and not special),
    ('64', disability = '05' and not special), ('65', disability = '01' and not special), ('66', disability = '04' and not special),
    ('67', disability is not null and special), ('68', disability = '03' and special), ('69', disability = '02' and special),
    ('70', disability = '05' and special), ('71', disability = '01' and special), ('72', disability = '04' and special),
    ('73', informatics), ('74', has_policy), ('75', cost_support), ('76', small_minority_support), ('77', meal_support)
  ) r (code, hit)
  cross join lateral (values
    ('1', true), ('2', is_female), ('3', is_minority), ('4', is_female and is_minority),
    ('5', is_public), ('6', is_public and is_female), ('7', is_public and is_minority), ('8', is_public and is_female and is_minority),
    ('9', not is_public), ('10', not is_public and is_female), ('11', not is_public and is_minority), ('12', not is_public and is_female and is_minority)
  ) c (col, hit)
  where r.hit and c.hit and not (r.code = '76' and c.col in ('3', '4', '7', '8', '11', '12'))
  group by r.code, c.col
),
person as (
  select s.is_public, s.is_lowland, a.staff_group, a.position, a.contract, a.youth_leader, a.multiple_duties, m.sex = '02' as is_female,
    m.ethnicity not in ('01', '55') as is_minority, $2 - extract(year from m.birth_date)::integer as age,
    case when a.training in ('18', '15', '09', '10') then 1 when a.training in ('17', '14') then 2 when a.training in ('16', '13') then 3
      when a.training = '02' then 4 when a.training = '01' then 5 else 6 end as training
  from school s join assignment a on a.school_id = s.id and a.school_year = $2
  join staff_member m on m.school_id = a.school_id and m.id = a.staff_member_id
  where a.level = '02' and a.contract in ('07', '08', '02', '03', '04') and a.status in ('01', '07')
    and a.entered_on <= $3 and (a.left_on is null or a.left_on > $3)
),
duty as (
  select p.*, staff_group = '01' and position = '01' as is_head, staff_group = '01' and position = '02' as is_deputy,
    staff_group = '03' and not youth_leader as is_teacher, staff_group = '03' and youth_leader as is_leader,
    staff_group = '02' and (case when multiple_duties then position in ('09', '10', '11', '12', '15', '16', '25', '32', '33', '34')
      else position in ('09', '10', '11', '15', '16', '25', '32', '33', '34') end) as is_support
  from person p
),
staff_cell as (
  select r.code, c.col, count(*) as value
  from duty
  cross join lateral (values
    ('78', is_head or is_deputy or is_teacher or is_leader or is_support), ('79', is_head or is_deputy),
    ('80', is_head), ('81', is_head and training = 1), ('82', is_head and training = 2), ('83', is_head and training = 3), ('84', is_head and training = 4),
    ('85', is_head and training = 5), ('86', is_head and training = 6),
    ('87', is_deputy), ('88', is_deputy and is_lowland), ('89', is_deputy and not is_lowland),
    ('90', is_deputy and training = 1), ('91', is_deputy and training = 2), ('92', is_deputy and training = 3), ('93', is_deputy and training = 4),
    ('94', is_deputy and training = 5), ('95', is_deputy and training = 6),
    ('96', is_teacher), ('97', is_teacher and training = 1), ('98', is_teacher and training = 2), ('99', is_teacher and training = 3),
    ('100', is_teacher and training = 4), ('101', is_teacher and training = 5), ('102', is_teacher and training = 6),
    ('103', is_teacher and age between 20 and 29), ('104', is_teacher and age between 30 and 39), ('105', is_teacher and age between 40 and 49),
    ('106', is_teacher and age between 50 and 54), ('107', is_teacher and age between 55 and 59), ('108', is_teacher and age = 60),
    ('109', is_leader), ('110', is_support),
    ('111', is_support and not multiple_duties and position in ('09', '10')), ('112', is_support and not multiple_duties and position = '32'),
    ('113', is_support and not multiple_duties and position = '15'), ('114', is_support and not multiple_duties and position = '25'),
    ('115', is_support and not multiple_duties and position = '16'), ('116', is_support and not multiple_duties and position = '11'),
    ('117', is_support and not multiple_duties and position = '33'), ('118', is_support and not multiple_duties and position = '34'),
    ('119', is_support and multiple_duties)
  ) r (code, hit)
  cross join lateral (values
    ('1', true), ('2', is_female), ('3', is_minority), ('4', is_female and is_minority),
    ('5', is_public), ('6', is_public and contract = '07'), ('7', is_public and contract = '08'), ('8', is_public and contract in ('02', '03', '04')),
    ('9', is_public and is_female), ('10', is_public and is_minority), ('11', is_public and is_female and is_minority),
    ('12', not is_public), ('13', not is_public and is_female), ('14', not is_public and is_minority), ('15', not is_public and is_female and is_minority)
  ) c (col, hit)
  where r.hit and c.hit group by r.code, c.col
),
room_cell as (
  select r.code, c.col, sum(b.n) as value
  from school s
  join room k on k.school_id = s.id and k.school_year = $2 and k.level = '02'
  cross join lateral (values ('solid', k.solid), ('semi', k.semi_solid), ('temporary', k.temporary)) b (solidity, n)
  cross join lateral (values
    ('120', room_kind = 'classroom'), ('121', room_kind = 'borrowed_classroom'),
    ('122', room_kind in ('library', 'equipment', 'informatics', 'foreign_language', 'arts', 'music', 'sports_hall', 'inclusive_support', 'other_support')),
    ('123', room_kind = 'library'), ('124', room_kind = 'equipment'), ('125', room_kind = 'informatics'), ('126', room_kind = 'foreign_language'),
    ('127', room_kind = 'arts'), ('128', room_kind = 'music'), ('129', room_kind = 'sports_hall'), ('130', room_kind = 'inclusive_support'),
    ('131', room_kind = 'tradition'), ('132', room_kind = 'medical')
  ) r (code, hit)
  cross join lateral (values
    ('1', true), ('2', solidity = 'solid'), ('3', solidity = 'semi'), ('4', solidity = 'temporary'),
    ('5', is_public), ('6', is_public and solidity = 'solid'), ('7', is_public and solidity = 'semi'), ('8', is_public and solidity = 'temporary'),
    ('9', not is_public), ('10', not is_public and solidity = 'solid'), ('11', not is_public and solidity = 'semi'), ('12', not is_public and solidity = 'temporary')
  ) c (col, hit)
  where r.hit and c.hit group by r.code, c.col
),
budget_cell as (
  select r.code, c.col, sum(c.amount) as value
  from school s
  join budget_line b on b.school_id = s.id and b.school_year = $2
  join (values ('NS24', 'total'), ('NS25', 'source_budget'), ('NS26', 'source_fees'), ('NS27', 'source_other'), ('NS28', 'use_personal'),
    ('NS29', 'use_goods'), ('NS30', 'use_support'), ('NS31', 'use_other')) r (code, line) on r.line = b.line
  cross join lateral (values ('1', b.settled), ('2', b.planned), ('3', b.estimated)) c (col, amount)
  where s.main_level = '02'
  group by r.code, c.col
)
select code || '.' || col as cell, value::numeric from school_cell
union all select code || '.' || col, value from site_cell
union all select code || '.' || col, value from class_cell
union all select code || '.' || col, value from pupil_cell
union all select code || '.' || col, value from staff_cell
union all select code || '.' || col, value from room_cell
union all select code || '.' || col, value from budget_cell
