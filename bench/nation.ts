// A synthetic country: 34 provinces, 3,321 communes, 54,000 schools, and what each school has sent of one form. Nearly all are
// approved and in every total above them; the last ones wait for their commune.
import type pg from 'pg';
import { createRandom } from '../core/src/vietnam/random.ts';
import { idOf, units } from '../server/src/testing/cast.ts';
import { cellKeys, form, seatPeriod } from '../server/src/testing/reports.ts';
import { prepare } from './measure.ts';
import { schoolYear, seat, type Seat } from './province.ts';

export const nation = { provinces: 34, communes: 3321, schools: 54_000, waiting: 400 };
/** Different forms that schools have sent, those of a commune the same: totals are counts of them. */
const drawn = 200;

const codeOf = (ordinal: number, digits: number) => String(ordinal).padStart(digits, '0');
const office = (kind: string, code: string, parentId: string | null, role: string): Seat => ({
  id: idOf(kind + code),
  kind,
  code,
  name: `${kind} ${code}`,
  parentId,
  role,
  username: `${kind}.${code}`,
});

export interface Nation {
  periodId: string;
  ministry: Seat;
  provinces: Seat[];
  communes: Seat[];
  /** Schools whose reports wait, with their commune and report. */
  waiting: Array<{ unitId: string; reportId: string; commune: string }>;
}

export async function buildNation(owner: pg.Pool): Promise<Nation> {
  const ministry = { ...office('ministry', '0', null, 'administrator'), id: units.ministry.id };
  const provinces = list(nation.provinces, (n) => office('province', codeOf(n, 2), ministry.id, 'reviewer'));
  const communes = list(nation.communes, (n) =>
    office('commune', codeOf(n, 5), provinces[n % provinces.length]!.id, 'reviewer'),
  );
  const schools = list(nation.schools, (n) =>
    office('school', codeOf(n, 8), communes[n % communes.length]!.id, 'clerk'),
  );
  await prepare(`${nation.schools} schools and their offices`, () =>
    seat(owner, [ministry, ...provinces, ...communes, ...schools]),
  );
  const periodId = await seatPeriod(owner, schoolYear);
  await prepare('their reports, decisions and totals', () => seatReports(owner, periodId));
  const { rows } = await owner.query<Nation['waiting'][number]>(
    `select r.unit_id as "unitId", r.id as "reportId", c.code as commune from report r join unit c on c.id = r.reviewer_id where r.state = 'submitted' order by r.unit_id`,
  );
  await owner.query('vacuum analyze');
  await owner.query('checkpoint');
  return { periodId, ministry, provinces, communes, waiting: rows };
}

const list = <T>(count: number, make: (ordinal: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** A tenth of the cells is blank. */
function drawForm(n: number) {
  const random = createRandom(`form ${n}`);
  const values = cellKeys.map(() => (random.chance(0.1) ? null : random.integer(0, 999)));
  return {
    n,
    cells: Object.fromEntries(cellKeys.flatMap((key, place) => (values[place] === null ? [] : [[key, values[place]]]))),
    amounts: values.map((value) => (value ?? 0) * 100),
    filled: values.map((value) => (value === null ? 0 : 1)),
  };
}

/** Everything at once, as 54,000 sendings and approvals would have left it. */
async function seatReports(owner: pg.Pool, periodId: string): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query('set local session_replication_role = replica');
    await client.query(
      `create temporary table drawn as select * from jsonb_to_recordset($1) as d (n integer, cells json, amounts bigint[], filled integer[])`,
      [JSON.stringify(list(drawn, drawForm))],
    );
    await client.query(
      `create temporary table sent as
       select u.id as unit_id, c.parent_id as commune, p.parent_id as province, m.parent_id as ministry, gen_random_uuid() as report_id,
         gen_random_uuid() as submission_id, dense_rank() over (order by c.parent_id) % $1 as n, row_number() over (order by u.code) > $2 as waits
       from unit u join unit_relation c on c.child_id = u.id and c.role = 'reviewing' join unit_relation p on p.child_id = c.parent_id and p.role = 'reviewing'
       join unit_relation m on m.child_id = p.parent_id and m.role = 'reviewing' where u.kind = 'school'`,
      [drawn, nation.schools - nation.waiting],
    );
    await client.query('analyze sent');
    const one = [periodId, form.code, form.version];
    for (const statement of [
      `insert into report (unit_id, id, period_id, form_code, form_version, state, reviewer_id, holder_id, cells, records_digest, compiled_at, last_submission_no, last_sent_at, state_since)
       select s.unit_id, s.report_id, $1, $2, $3, case when s.waits then 'submitted' else 'approved' end, s.commune, s.commune, d.cells, 'seated', now(), 1, now(), now()
       from sent s join drawn d on d.n = s.n`,
      `insert into submission (unit_id, id, report_id, no, form_version, cells, records_digest, hash, code, sent_by, sent_by_name, sent_at)
       select s.unit_id, s.submission_id, s.report_id, 1, $3, d.cells, 'seated', md5($1 || s.unit_id::text || $2), s.unit_id::text, s.unit_id, 'seated', now()
       from sent s join drawn d on d.n = s.n`,
      `insert into decision (unit_id, id, report_id, submission_id, kind, decided_by, decided_by_name, decided_in, decided_at)
       select s.unit_id, gen_random_uuid(), s.report_id, s.submission_id, 'approved', s.commune, $1 || $2 || $3, s.commune, now() from sent s where not s.waits`,
      `insert into counted_submission (unit_id, period_id, form_code, submission_id, no, hash, counted_in)
       select s.unit_id, $1, $2, s.submission_id, 1, $3, array[s.unit_id, s.commune, s.province, s.ministry] from sent s where not s.waits`,
      `insert into aggregate_sum (unit_id, period_id, form_code, amounts, filled, parts, updated_at)
       select s.unit_id, $1, $2, d.amounts, d.filled, 1, now() from sent s join drawn d on d.n = s.n where not s.waits and $3 <> ''`,
      // A total is so many times each drawn form; each place of the list is added up by itself.
      `insert into aggregate_sum (unit_id, period_id, form_code, amounts, filled, parts, updated_at)
       select e.unit_id, $1, $2, array_agg(e.amount order by e.place), array_agg(e.filled order by e.place), max(e.parts), now()
       from (
         select w.unit_id, a.place, sum(a.amount * w.times)::bigint as amount, sum(a.filled * w.times)::integer as filled, sum(w.times)::integer as parts
         from (select up.unit_id, s.n, count(*) as times from sent s cross join lateral unnest(array[s.commune, s.province, s.ministry]) up (unit_id)
               where not s.waits group by up.unit_id, s.n) w
         join drawn d on d.n = w.n cross join lateral unnest(d.amounts, d.filled) with ordinality a (amount, filled, place) group by w.unit_id, a.place) e
       where $3 <> '' group by e.unit_id`,
    ])
      await client.query(statement, one);
    await client.query('commit');
  } finally {
    client.release();
  }
}
