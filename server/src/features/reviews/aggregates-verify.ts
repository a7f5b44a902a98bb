import type pg from 'pg';

/** Recounts every total out of decisions and submissions, as the database's owner; answers the exit code. */
export async function verifyAggregates(client: pg.ClientBase, print: (line: string) => void): Promise<number> {
  const { rows: size } = await client.query<{ totals: string; submissions: string }>(
    'select (select count(*) from aggregate) as totals, (select count(*) from counted_submission) as submissions',
  );
  const { rows: wrong } = await client.query<{
    code: string;
    name: string;
    period: string;
    form_code: string;
    cells: number;
    example: string;
  }>(
    `select u.code, u.name, p.name as period, w.form_code, count(*)::integer as cells,
       min(format('%s: %s, đếm lại / recounted %s', coalesce(nullif(w.cell, ''), 'số bản / parts'), w.stored, w.recounted)) as example
     from wrong_aggregates() w left join unit u on u.id = w.unit_id left join period p on p.id = w.period_id
     group by u.code, u.name, p.name, w.form_code order by u.code limit 200`,
  );
  for (const each of wrong)
    print(
      `✗ ${each.code} ${each.name}, ${each.period}, ${each.form_code}: ${each.cells} ô sai / wrong cells (${each.example})`,
    );
  const { totals, submissions } = size[0]!;
  print(
    `${wrong.length === 0 ? '✓' : '✗'} ${totals} tổng hợp từ ${submissions} bản gửi, ${wrong.length} sai / ${totals} aggregates of ${submissions} submissions, ${wrong.length} wrong`,
  );
  return wrong.length === 0 ? 0 : 1;
}
