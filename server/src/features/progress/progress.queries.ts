import { sql } from 'kysely';
import type { UnitKind } from '@khuevan/core/permissions.ts';
import type { ReportState } from '@khuevan/core/reports/states.ts';
import type { Tx } from '#platform/database.ts';

export interface AskedPeriodRow {
  id: string;
  name: string;
  opens_on: string;
  unit_kind: UnitKind;
  unit_name: string;
}

/** A period that applies to a unit, and asks for the form where one is named. */
export async function selectAskedPeriod(
  tx: Tx,
  unitId: string,
  periodId: string,
  formCode: string | undefined,
): Promise<AskedPeriodRow | undefined> {
  const { rows } = await sql<AskedPeriodRow>`
    select p.id, p.name, p.opens_on, u.kind as unit_kind, u.name as unit_name from period p join unit u on u.id = ${unitId}
    where p.id = ${periodId}
      and (p.owner_id = u.id or exists (select 1 from units_over(u.id, p.as_of) a where a.unit_id = p.owner_id))
      and (${formCode ?? null}::text is null or exists (select 1 from period_form f where f.period_id = p.id and f.form_code = ${formCode ?? null}))`.execute(
    tx,
  );
  return rows[0];
}

export interface TallyRow {
  asked: number;
  approved: number;
  submitted: number;
  reviewLate: number;
  returned: number;
  supplement: number;
  draft: number;
  notStarted: number;
  inTime: number;
  late: number;
  worstDaysLate: number;
}

export interface ProgressRow {
  total: TallyRow;
  areas: Array<TallyRow & { key: string; name: string }>;
  levels: Array<TallyRow & { key: string }>;
  kinds: Array<TallyRow & { unitKind: UnitKind; levelGroup: string | null }>;
  holders: Array<{
    unitId: string | null;
    name: string | null;
    unitKind: UnitKind;
    count: number;
    longestDays: number | null;
  }>;
  sentRecently: number;
  approvedRecently: number;
}

/** What is owed below a unit, each with its area: the office right below, or the unit itself for its own schools. */
const owedBelow = (unitId: string, periodId: string, formCode: string | undefined, day: string) => sql`
  duty as materialized (
    select d.*, is_review_late(d.state, d.since, (select p.review_until from period p where p.id = ${periodId}), ${day}) as is_review_late,
      d.state in ('submitted', 'approved') as is_sent, (d.since at time zone 'Asia/Ho_Chi_Minh')::date as since_on,
      case when cardinality(d.above) > 1 then d.above[2] when d.kind = 'school' then d.above[1] else d.unit_id end as area_id,
      coalesce(greatest(0, coalesce(case when d.state in ('submitted', 'approved') then d.sent_on end, ${day}::date) - d.due_on), 0) as days_late
    from duties_below(${unitId}, ${periodId}, ${formCode ?? null}) d
  )`;

const tally = sql`
  jsonb_build_object('asked', count(*), 'approved', count(*) filter (where state = 'approved'), 'submitted', count(*) filter (where state = 'submitted'),
    'reviewLate', count(*) filter (where is_review_late), 'returned', count(*) filter (where state = 'returned'), 'supplement', count(*) filter (where state = 'supplement'),
    'draft', count(*) filter (where state = 'draft'), 'notStarted', count(*) filter (where state = 'not-started'),
    'inTime', count(*) filter (where is_sent and days_late = 0), 'late', count(*) filter (where days_late > 0),
    'worstDaysLate', coalesce(max(days_late), 0)) as tally`;

/**
 * One walk over what is owed. The whole, areas and levels count the forms of schools, which offices only add up; forms of offices
 * stand in the kinds.
 */
export async function selectProgress(
  tx: Tx,
  unitId: string,
  { periodId, formCode, day, paceFrom }: { periodId: string; formCode?: string; day: string; paceFrom: string },
): Promise<ProgressRow> {
  const { rows } = await sql<ProgressRow>`
    with ${owedBelow(unitId, periodId, formCode, day)},
    grouped as materialized (
      select grouping(area_id) as no_area, grouping(level) as no_level, area_id, level, ${tally} from duty where kind = 'school'
      group by grouping sets ((), (area_id), (level))
    ), kinds as (
      select kind, level_group, ${tally} from duty group by kind, level_group
    ), held as (
      select null::uuid as "unitId", kind as "unitKind", count(*) as count, ${day}::date - min(since_on) as "longestDays" from duty where not is_sent group by kind
      union all
      select holder_id, null, count(*), ${day}::date - min(since_on) from duty where state = 'submitted' group by holder_id
    )
    select (select g.tally from grouped g where g.no_area = 1 and g.no_level = 1) as total,
      (select coalesce(json_agg(g.tally || jsonb_build_object('key', u.id, 'name', u.name) order by u.kind = 'school', u.name collate "vi-x-icu"), '[]')
       from grouped g join unit u on u.id = g.area_id where g.no_area = 0) as areas,
      (select coalesce(json_agg(g.tally || jsonb_build_object('key', g.level) order by g.level), '[]') from grouped g where g.no_level = 0) as levels,
      (select coalesce(json_agg(k.tally || jsonb_build_object('unitKind', k.kind, 'levelGroup', k.level_group) order by k.kind = 'school', k.kind, k.level_group), '[]')
       from kinds k) as kinds,
      (select coalesce(json_agg(to_jsonb(h) || jsonb_build_object('name', u.name, 'unitKind', coalesce(h."unitKind", u.kind)) order by h."unitId" is not null, h.count desc), '[]')
       from (select * from held order by "unitId" is not null, count desc limit 60) h left join unit u on u.id = h."unitId") as holders,
      (select count(*) from duty where kind = 'school' and is_sent and sent_on > ${paceFrom}) as "sentRecently",
      (select count(*) from duty where kind = 'school' and state = 'approved' and since_on > ${paceFrom}) as "approvedRecently"`.execute(
    tx,
  );
  return rows[0]!;
}

export interface ProgressUnitRow {
  total: number;
  unit_id: string;
  unit_name: string;
  unit_kind: UnitKind;
  code: string;
  parent_name: string;
  area_id: string;
  asked: number;
  sent: number;
  approved: number;
  days_late: number;
  due_on: string | null;
  open: Array<{
    formCode: string;
    state: ReportState;
    reportId: string | null;
    holderName: string;
    since: string | null;
  }>;
  reasons: Array<{
    formCode: string;
    reason: string;
    expectedOn: string | null;
    statedAt: string;
    isAccepted: boolean;
  }>;
  nudged_at: Date | null;
}

export interface WhichUnits {
  periodId: string;
  formCode?: string | undefined;
  areaId?: string | undefined;
  show: 'all' | 'late' | 'owing' | 'reasons';
  day: string;
  officesOnly: boolean;
  most: number;
}

/** The latest first, then those of whom most is missing. */
export async function selectProgressUnits(tx: Tx, unitId: string, which: WhichUnits): Promise<ProgressUnitRow[]> {
  const { periodId, formCode, areaId, show, day, officesOnly, most } = which;
  const { rows } = await sql<ProgressUnitRow>`
    with ${owedBelow(unitId, periodId, formCode, day)},
    reason as materialized (
      select r.unit_id, json_agg(json_build_object('formCode', r.form_code, 'reason', r.reason, 'expectedOn', r.expected_on, 'statedAt', r.stated_at,
        'isAccepted', r.accepted_at is not null) order by r.form_code) as reasons
      from late_reason r where r.period_id = ${periodId} and (${formCode ?? null}::text is null or r.form_code = ${formCode ?? null})
      group by r.unit_id
    ), nudge as materialized (
      select n.unit_id, max(n.created_at) as at from notice n where n.period_id = ${periodId} and n.kind = 'nudge' group by n.unit_id
    ), picked as (
      select d.unit_id, d.kind, d.area_id, d.above[cardinality(d.above)] as parent_id, count(*)::integer as asked,
        (count(*) filter (where d.is_sent))::integer as sent, (count(*) filter (where d.state = 'approved'))::integer as approved,
        max(d.days_late)::integer as days_late, min(d.due_on) filter (where not d.is_sent) as due_on,
        coalesce(json_agg(json_build_object('formCode', d.form_code, 'state', d.state, 'reportId', d.report_id, 'holderName', h.name, 'since', d.since)
          order by d.form_code) filter (where d.state <> 'approved'), '[]') as open
      from duty d join unit h on h.id = d.holder_id
      where ${officesOnly ? sql`d.kind <> 'school'` : sql`true`} and ${areaId ? sql`d.area_id = ${areaId}` : sql`true`}
      group by d.unit_id, d.kind, d.area_id, d.above[cardinality(d.above)]
    )
    select count(*) over ()::integer as total, p.unit_id, u.name as unit_name, p.kind as unit_kind, u.code, o.name as parent_name, p.area_id, p.asked, p.sent,
      p.approved, p.days_late, p.due_on, p.open, coalesce(r.reasons, '[]') as reasons, n.at as nudged_at
    from picked p join unit u on u.id = p.unit_id join unit o on o.id = p.parent_id
    left join reason r on r.unit_id = p.unit_id left join nudge n on n.unit_id = p.unit_id
    where case ${show} when 'late' then p.days_late > 0 when 'owing' then p.sent < p.asked when 'reasons' then r.reasons is not null else true end
    order by p.days_late desc, p.asked - p.sent desc, o.name collate "vi-x-icu", u.name collate "vi-x-icu"
    limit ${most}`.execute(tx);
  return rows;
}
