// What an operator does beside the running server, by name. docs/operations.md tells of each; a test compares.
import { verifyAudit } from '#features/accounts';
import { buildProvinceFile } from '#features/demo';
import { verifyAggregates } from '#features/reviews';
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
  'demo build': {
    usage: 'demo build FILE --year 2024 [--seed 1]',
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
