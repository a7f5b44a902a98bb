import type pg from 'pg';

/** Checks every entry of every chain as the database's owner; answers the exit code. */
export async function verifyAudit(client: pg.ClientBase, print: (line: string) => void): Promise<number> {
  const { rows: size } = await client.query<{ entries: string; chains: string }>(
    'select count(*) as entries, count(distinct unit_id) as chains from audit_entry',
  );
  const { rows: broken } = await client.query<{ code: string; name: string; seq: string; fault: string }>(
    `select u.code, u.name, b.seq, b.fault from broken_audit_chains() b left join unit u on u.id = b.unit_id order by u.code`,
  );
  for (const each of broken) print(`✗ ${each.code} ${each.name}: ${each.fault} (seq ${each.seq})`);
  print(
    `${broken.length === 0 ? '✓' : '✗'} ${size[0]!.entries} dòng nhật ký, ${size[0]!.chains} chuỗi, ${broken.length} chuỗi hỏng / ${size[0]!.entries} entries, ${size[0]!.chains} chains, ${broken.length} broken`,
  );
  return broken.length === 0 ? 0 : 1;
}
