// `account create`: the first people of a register, who then make the others on the screen.
import { parseArgs } from 'node:util';
import type pg from 'pg';
import { createAccount } from '@khuevan/core/contract/accounts.ts';
import { permissionsOf, roles } from '@khuevan/core/permissions.ts';
import { today } from '#platform/clock.ts';
import { appendCommandAudit, inOneTransaction } from '#platform/owner.ts';
import { findAccount, findUnitsOfCode, insertAccounts } from './account-loading.queries.ts';
import { hashPassword, makeTemporaryPassword } from './passwords.ts';

type Print = (line: string) => void;

const usage =
  'Cách dùng / Usage: npm run khuevan -- account create --unit CODE --role ROLE --name "Họ và tên" [--kind KIND] USERNAME';

/** Prints the temporary password, which is shown nowhere else; answers the exit code. */
export async function createAccountByCommand(owner: pg.ClientBase, args: string[], print: Print): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      unit: { type: 'string' },
      kind: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
    },
  });
  const refuse = (...lines: string[]): number => {
    for (const line of lines) print(line);
    return 2;
  };
  const [username] = positionals;
  if (positionals.length !== 1 || !values.unit || !values.role || !values.name) return refuse(usage);
  const read = createAccount.body.safeParse({ username, displayName: values.name.normalize('NFC'), role: values.role });
  if (!read.success) {
    const fields = new Set(read.error.issues.map((issue) => issue.path[0]));
    return refuse(
      ...(fields.has('username') ? ['Tên đăng nhập: 3-50 chữ thường không dấu, số, . _ - / Bad username'] : []),
      ...(fields.has('displayName') ? ['Họ và tên: 2-100 chữ / Bad name'] : []),
      ...(fields.has('role') ? [`Vai trò / Role: ${roles.join(', ')}`] : []),
    );
  }
  const { displayName, role } = read.data;
  const units = await findUnitsOfCode(owner, values.unit);
  const found = units.filter((unit) => values.kind === undefined || unit.kind === values.kind);
  const [unit] = found;
  if (!unit) return refuse(`Không có đơn vị mã ${values.unit}. / There is no unit ${values.unit}.`);
  if (found.length > 1)
    return refuse(
      `Nhiều đơn vị có mã ${values.unit}, hãy thêm --kind: / Several units have this code, add --kind:`,
      ...found.map((each) => `  --kind ${each.kind}   ${each.name}`),
    );
  if (permissionsOf(role, unit.kind).size === 0) {
    const offered = roles.filter((each) => permissionsOf(each, unit.kind).size > 0).join(', ');
    return refuse(`${unit.name}: không có vai trò ${role}; có: / has no such role; there are: ${offered}`);
  }
  if (await findAccount(owner, read.data.username))
    return refuse(`Đã có tài khoản ${read.data.username}. / The account ${read.data.username} exists.`);
  const password = makeTemporaryPassword();
  await inOneTransaction(owner, async () => {
    const account = { username: read.data.username, displayName, unitId: unit.id, role };
    const [id] = await insertAccounts(owner, [account], {
      passwordHash: await hashPassword(password),
      mustChangePassword: true,
      since: today(),
    });
    const detail = { username: account.username, role };
    await appendCommandAudit(owner, unit.id, 'account.created', { kind: 'account', id: id! }, detail);
  });
  print(`${unit.name}: ${read.data.username} (${displayName}), ${role}`);
  print(`Mật khẩu tạm, chỉ hiện lần này, phải đổi khi đăng nhập lần đầu: / Temporary password, shown only now:`);
  print(`  ${password}`);
  return 0;
}
