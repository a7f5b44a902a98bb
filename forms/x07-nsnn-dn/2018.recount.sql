-- An independent recount of form X07-NSNN-ĐN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day (money has none: it is only bound).
-- TT 24/2018/TT-BGDĐT prints code 15 for the whole and a block of eight for preschool (16-23): its total, three sources, four uses. The
-- blocks of the other levels (NS24, NS32, NS40, NS48) repeat it, with codes of ours. A school's money is not told by level: it stands in the block of its main level.
-- Other training (56-63) and retraining (64-71) have the same eight lines and are of no level: each has lines of its own in the records.
with money as (
  select b.school_id, u.main_level, b.line, b.settled, b.planned, b.estimated
  from unit u join budget_line b on b.school_id = u.id and b.school_year = $2
  where u.id = any ($1) and $3::date is not null
),
block (main_level, first_code) as (values ('01', 16), ('02', 24), ('03', 32), ('04', 40), ('05', 48)),
printed (place, line) as (
  values (0, 'total'), (1, 'source_budget'), (2, 'source_fees'), (3, 'source_other'), (4, 'use_personal'), (5, 'use_goods'),
    (6, 'use_support'), (7, 'use_other')
),
entry as (
  select m.school_id, k.first_code + p.place as code, m.settled, m.planned, m.estimated
  from money m join block k using (main_level) join printed p using (line)
  union all
  select m.school_id, k.first_code + p.place, m.settled, m.planned, m.estimated
  from printed p cross join (values ('training', 56), ('retraining', 64)) k (prefix, first_code)
  join money m on m.line = k.prefix || '_' || p.line
  union all
  -- Code 15 is the sum of the levels and of both blocks, so of all totals of all schools.
  select school_id, 15, settled, planned, estimated from money where line in ('total', 'training_total', 'retraining_total')
)
select school_id, case when code between 24 and 55 then 'NS' else '' end || code || '.' || c.col as cell, sum(c.amount)::numeric as value
from entry cross join lateral (values ('1', settled), ('2', planned), ('3', estimated)) c (col, amount)
group by school_id, code, c.col
having sum(c.amount) is not null
