-- An independent recount of form X07-NSNN-CN in plain SQL, from the printed meaning of each row. It shares nothing with the form's
-- definition or its compiler. $1 schools, $2 first calendar year of the school year, $3 as-of day (money has none: it is only bound).
-- A block of eight lines a level, at which a school's money stands by its main level, then one for each kind of training, of no level.
with line as (
  select b.school_id, b.settled, b.planned, b.estimated, u.main_level, b.line,
    case when b.line like 'training\_%' then 56 when b.line like 'retraining\_%' then 64 else 8 + 8 * u.main_level::integer end as first_row,
    array_position(
      array['total', 'source_budget', 'source_fees', 'source_other', 'use_personal', 'use_goods', 'use_support', 'use_other'],
      regexp_replace(b.line, '^(re)?training_', '')
    ) - 1 as place
  from budget_line b join unit u on u.id = b.school_id
  where b.school_id = any ($1) and b.school_year = $2 and $3::date is not null
)
select school_id, 'NS' || r.row || '.' || c.col as cell, sum(c.amount)::numeric as value
from line
-- The whole is every total.
cross join lateral (values (first_row + place), (case when place = 0 then 15 end)) r (row)
cross join lateral (values (1, settled), (2, planned), (3, estimated)) c (col, amount)
where r.row is not null
group by school_id, r.row, c.col
