// `npm run khuevan -- <command>`
import { commands } from './commands.ts';

async function main(args: string[]): Promise<number> {
  const command = commands[args.slice(0, 2).join(' ')];
  if (command) return command.run(args.slice(2));
  console.log('npm run khuevan -- <lệnh / command>\n');
  for (const each of Object.values(commands)) console.log(`  ${each.usage.padEnd(44)}${each.about}`);
  return args.length === 0 ? 0 : 2;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
