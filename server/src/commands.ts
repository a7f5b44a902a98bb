// What an operator does beside the running server, by name. docs/operations.md tells of each; a test compares.
import { createAccountByCommand, verifyAudit } from '#features/accounts';
import { buildProvinceFile, isDemo } from '#features/demo';
import { verifyAggregates } from '#features/reviews';
import { loadRegisterFile } from '#features/units';
import { writeDocuments } from './docs/documents.ts';
import { asOwner, openRuntime, type Runtime } from './runtime.ts';

interface Command {
  usage: string;
  about: string;
  /** Answers the exit code. */
  run: (args: string[]) => Promise<number>;
}

/** On the configured database; where a server runs the embedded one now, beside it. */
function onDatabase(work: (runtime: Runtime, args: string[]) => Promise<number>): Command['run'] {
  return async (args) => {
    const runtime = await openRuntime({ KHUEVAN_LOG_LEVEL: 'warn', ...process.env }, { joinRunning: true });
    try {
      return await work(runtime, args);
    } finally {
      await runtime.close();
    }
  };
}

export const commands: Record<string, Command> = {
  'audit verify': {
    usage: 'audit verify',
    about: 'Kiểm tra chuỗi nhật ký / Verify the audit chains',
    run: onDatabase(({ ownerUrl }) => asOwner(ownerUrl, (client) => verifyAudit(client, console.log))),
  },
  'aggregates verify': {
    usage: 'aggregates verify',
    about: 'Tính lại tổng hợp từ các bản đã duyệt và so / Recount the totals and compare',
    run: onDatabase(({ ownerUrl }) => asOwner(ownerUrl, (client) => verifyAggregates(client, console.log))),
  },
  'register load': {
    usage: 'register load FILE [--since 2025-07-01]',
    about: 'Nạp danh sách trường từ tệp CSV, không có người / Load the register of schools from a CSV file',
    run: onDatabase(({ ownerUrl }, args) =>
      asOwner(ownerUrl, async (owner) => {
        if (!(await isDemo(owner))) return loadRegisterFile(owner, args, console.log);
        console.log('Cơ sở dữ liệu này là bản dùng thử. / This database is the demo: take another one.');
        return 2;
      }),
    ),
  },
  'account create': {
    usage: 'account create --unit CODE --role ROLE --name NAME USERNAME',
    about: 'Tạo tài khoản với mật khẩu tạm / Create an account with a temporary password',
    run: onDatabase(({ ownerUrl }, args) =>
      asOwner(ownerUrl, (owner) => createAccountByCommand(owner, args, console.log)),
    ),
  },
  'demo build': {
    usage: 'demo build FILE --year 2024 [--seed 1] [--levels 01,02,03,04,05]',
    about: 'Dựng một tỉnh tổng hợp từ tệp CSV / Build a synthetic province from a CSV file',
    run: onDatabase(({ ownerUrl, secrets }, args) =>
      asOwner(ownerUrl, (owner) => buildProvinceFile(owner, secrets, args, console.log)),
    ),
  },
  'docs write': {
    usage: 'docs write',
    about: 'Viết lại tài liệu, kiểu của bảng từ mã nguồn / Write documents and table types from code',
    run: async () => {
      await writeDocuments(console.log);
      return 0;
    },
  },
};
