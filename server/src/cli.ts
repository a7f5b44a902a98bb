// `npm run khuevan -- <command>`: what an operator does beside the running server.
import { verifyAudit } from '#features/accounts';
import { buildProvinceFile } from '#features/demo';
import { verifyAggregates } from '#features/reviews';
import { asOwner, openRuntime, type Runtime } from './runtime.ts';

interface Command {
  usage: string;
  about: string;
  /** Answers the exit code. */
  run: (runtime: Runtime, args: string[]) => Promise<number>;
}

const commands: Record<string, Command> = {
  'audit verify': {
    usage: 'audit verify',
    about: 'Kiểm tra chuỗi nhật ký / Verify the audit chains',
    run: (runtime) => asOwner(runtime.ownerUrl, (client) => verifyAudit(client, console.log)),
  },
  'aggregates verify': {
    usage: 'aggregates verify',
    about: 'Tính lại tổng hợp từ các bản đã duyệt và so / Recount the totals and compare',
    run: (runtime) => asOwner(runtime.ownerUrl, (client) => verifyAggregates(client, console.log)),
  },
  'demo build': {
    usage: 'demo build FILE --year 2024 [--seed 1]',
    about: 'Dựng một tỉnh tổng hợp từ tệp CSV / Build a synthetic province from a CSV file',
    run: (runtime, args) => asOwner(runtime.ownerUrl, (owner) => buildProvinceFile(owner, runtime.secrets, args, console.log)),
  },
};

async function main(args: string[]): Promise<number> {
  const name = args.slice(0, 2).join(' ');
  const command = commands[name];
  if (!command) {
    console.log('npm run khuevan -- <lệnh / command>\n');
    for (const each of Object.values(commands)) console.log(`  ${each.usage.padEnd(44)}${each.about}`);
    return args.length === 0 ? 0 : 2;
  }
  const runtime = await openRuntime({ KHUEVAN_LOG_LEVEL: 'warn', ...process.env }, { joinRunning: true });
  try {
    return await command.run(runtime, args.slice(2));
  } finally {
    await runtime.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
