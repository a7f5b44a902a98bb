export { buildProvince, demoPassword, type BuildResult } from './build.actions.ts';
export {
  buildProvinceFile,
  demoAccounts,
  demoFile,
  isDemo,
  loadDemoOnce,
  readFacts,
  startDemoClock,
} from './start.actions.ts';
export { readProvinceFile, type SchoolLine } from './province-file.ts';
export { differencesFrom, levelRows, type LevelCount, type LevelRows } from './level-rows.ts';
