export { buildProvince, demoPassword, type BuildResult } from './build.actions.ts';
export { buildProvinceFile, demoAccounts, loadDemoOnce, readFacts, startDemoClock } from './start.actions.ts';
export { readProvinceFile, type LineFault, type SchoolLine } from './province-file.ts';
