// A step of `npm run check`: generated documents are what the code says. `--fix` writes them.
import { findStaleDocuments, writeDocuments } from './documents.ts';

if (process.argv.includes('--fix')) {
  await writeDocuments(console.log);
} else {
  const stale = await findStaleDocuments();
  for (const file of stale.keys()) console.log(`${file} is not what the code says: npm run khuevan -- docs write`);
  process.exitCode = stale.size === 0 ? 0 : 1;
}
